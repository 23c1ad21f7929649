"""The outbox: every mail that leaves is a row first."""

import datetime
import uuid
from collections.abc import Collection, Iterable

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models
from django.db.models import Case, Exists, F, Q, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mailing.models.switch import Switch

WITHOUT_SECRETS = {
    field: Case(
        When(is_secret=True, then=Value("")), default=F(field), output_field=models.TextField()
    )
    for field in ("text_body", "html_body")
}


def normalised_address(email: str) -> str:
    """The address as it is compared and stored: one person, one spelling."""
    return email.strip().lower()


class MessageQuerySet(models.QuerySet):
    def due(self, at: datetime.datetime | None = None):
        """Queued mails that may leave at this moment: neither frozen nor out of date."""
        at = at or timezone.now()
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            Q(is_bulk=False) | ~Exists(Switch.objects.frozen()),
            state=Message.State.QUEUED,
            next_attempt_at__lte=at,
        )

    def in_sending_order(self):
        """Mails to one person before bulk mail, then those that wait longest."""
        return self.order_by("is_bulk", "next_attempt_at", "pk")

    def claim(self, pk: int, at: datetime.datetime | None = None) -> bool:
        """Move a due mail from queued to sending; says whether this caller won it."""
        at = at or timezone.now()
        claimed = self.due(at).filter(pk=pk).update(
            state=Message.State.SENDING, claimed_at=at, attempts=F("attempts") + 1
        )  # fmt: skip
        return claimed == 1

    def settle(self, state: str, **fields) -> int:
        """Write a final state; what was secret in the mails is forgotten with it."""
        return self.update(state=state, **WITHOUT_SECRETS, **fields)

    def written(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these (occasion, address) have a row already; one query."""
        if not pairs:
            return set()
        occasions, emails = zip(*pairs, strict=True)
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                "SELECT occasion, email FROM mailing_message JOIN"
                " unnest(%s::text[], %s::text[]) AS asked(occasion, email)"
                " USING (occasion, email)",
                [list(occasions), list(emails)],
            )
            return set(cursor.fetchall())

    def bounced(self, emails: Collection[str]) -> set[str]:
        """Those of these addresses whose last settled mail did not arrive; one query."""
        settled = [Message.State.SENT, Message.State.FAILED]
        last = (
            self.filter(email__in=set(emails), state__in=settled)
            .order_by("email", "-pk")
            .distinct("email")
        )
        rows = last.values_list("email", "state")
        return {email for email, state in rows if state == Message.State.FAILED}

    def insert_new(self, messages: Iterable["Message"]) -> int:
        """Write those whose occasion is new for their address; returns how many were."""
        messages = list(messages)
        self.bulk_create(messages, ignore_conflicts=True)
        return self.filter(uid__in=[message.uid for message in messages]).count()


class Message(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("state of a mail", "waits")
        SENDING = "sending", pgettext_lazy("state of a mail", "being sent")
        SENT = "sent", pgettext_lazy("state of a mail", "sent")
        FAILED = "failed", pgettext_lazy("state of a mail", "failed")
        UNSURE = "unsure", pgettext_lazy("state of a mail", "unsure")
        MISSED = "missed", pgettext_lazy("state of a mail", "missed")
        CANCELLED = "cancelled", pgettext_lazy("state of a mail", "cancelled")

    REQUEUEABLE = (State.FAILED, State.UNSURE)

    # Given by us, so that the Message-ID of a mail stays the same however often it is tried.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    occasion = models.CharField(_("occasion"), max_length=200)
    kind = models.CharField(pgettext_lazy("a mail", "kind"), max_length=100, blank=True)
    email = models.EmailField(pgettext_lazy("a mail", "to"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="messages", verbose_name=_("user"),
    )  # fmt: skip
    language = models.CharField(
        _("language"), max_length=2, choices=[("ru", "Русский"), ("en", "English")]
    )
    subject = models.CharField(_("subject"), max_length=255)
    text_body = models.TextField(_("text"), blank=True)
    html_body = models.TextField(_("HTML text"), blank=True)
    # Where mail programs end such letters with one click (RFC 8058); empty: they cannot be ended.
    unsubscribe_url = models.CharField(max_length=500, blank=True, editable=False)
    is_bulk = models.BooleanField(_("bulk mail"), default=False)
    is_secret = models.BooleanField(pgettext_lazy("a mail", "secret"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.QUEUED)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(pgettext_lazy("a mail", "due at"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    expires_at = models.DateTimeField(_("pointless after"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    sent_at = models.DateTimeField(pgettext_lazy("a mail", "sent at"), null=True, blank=True)
    last_error = models.CharField(_("what happened"), max_length=500, blank=True)
    content_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    object_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey()
    created_at = models.DateTimeField(
        pgettext_lazy("a mail", "written at"), default=timezone.now, editable=False
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [
            ("requeue_message", "Can send a failed or unsure mail again"),
            ("cancel_message", "Can cancel a waiting mail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "email"], name="mailing_message_occasion_once"
            ),
            models.CheckConstraint(
                condition=~Q(occasion="") & ~Q(email="") & Q(email=Lower("email")),
                name="mailing_message_addressed",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "queued", "sending", "sent", "failed", "unsure", "missed", "cancelled"
                    ]
                ),
                name="mailing_message_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="mailing_message_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "unsure"])
                | Q(claimed_at__isnull=False, attempts__gt=0),
                name="mailing_message_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False)
                | Q(state__in=["queued", "sending"])
                | Q(text_body="", html_body=""),
                name="mailing_message_secret_forgotten",
            ),
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="mailing_message_about_whole",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["is_bulk", "next_attempt_at", "id"], condition=Q(state="queued"),
                name="mailing_message_sending_order",
            ),
            models.Index(
                fields=["state", "claimed_at"], condition=~Q(state="sent"),
                name="mailing_message_unsettled",
            ),
            models.Index(fields=["content_type", "object_id"], name="mailing_message_about"),
            models.Index(fields=["email", "-id"], name="mailing_message_of_address"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.subject} → {self.email}"

    @property
    def may_be_requeued(self) -> bool:
        """Whether staff may have it sent again; the text of a secret one is forgotten."""
        return self.state in self.REQUEUEABLE and not self.is_secret

    @property
    def may_be_cancelled(self) -> bool:
        return self.state == self.State.QUEUED
