"""The papers of an event, who may read them, and what speakers are asked to send."""

import datetime
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import secretlinks
from content.languages import in_language, one_language_required
from content.models import PrivateFile
from content.records import PublicFact
from events.models import Event, Participant
from events.models.registration import HOLDING
from governance.models import SeatTerm
from meetings.models import AgendaItem
from members.models import Member
from programme.models.sessions import Session, SpeakerRole

SALT = "programme.material"


class EventDocumentQuerySet(models.QuerySet):
    def shown(self):
        """What staff have released, of events that the public sees."""
        return self.filter(is_shown=True, event__in=Event.objects.published().values("pk"))

    def public(self):
        """What anybody may read."""
        return self.shown().filter(access=EventDocument.Access.PUBLIC)

    def for_user(self, user):
        """What this person may fetch; staff who keep documents fetch all of them."""
        if not user.is_authenticated:
            return self.public()
        if user.has_perm("programme.view_eventdocument"):
            return self
        own = Member.objects.members().editable_by(user)
        # Delegations of those who are no members are represented as well.
        sent = Member.objects.editable_by(user)
        there = Participant.objects.filter(event=OuterRef("event"), status__in=HOLDING)
        place = Exists(there.filter(delegation__member__in=sent))
        place |= Exists(there.filter(email__iexact=user.email)) if user.email else Q()
        return self._allowed(place, own)

    def for_participant(self, person: Participant):
        """What the link of a place opens: public papers, and those of delegates with a place."""
        found = self.shown().filter(event=person.event_id)
        readable = [EventDocument.Access.PUBLIC]
        if person.status in HOLDING:
            readable.append(EventDocument.Access.DELEGATES)
        return found.filter(access__in=readable)

    def _allowed(self, place, own):
        access = EventDocument.Access
        allowed = Q(access=access.PUBLIC) | (Q(access=access.DELEGATES) & place)
        if own.exists():
            seats = SeatTerm.objects.on().filter(member__in=own)
            seats = seats.filter(
                Q(seat__body=OuterRef("event__body_invited"))
                | Q(seat__body=OuterRef("event__meeting__body"))
            )
            allowed |= Q(access=access.MEMBERS) | (Q(access=access.BODY) & Exists(seats))
        return self.shown().filter(allowed)


class EventDocument(PublicFact):
    """One paper of an event in its newest version, or the address of a recording."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        SLIDES = "slides", _("slides")
        RECORDING = "recording", _("recording")

    class Access(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("document", "for everybody")
        MEMBERS = "members", pgettext_lazy("document", "for members")
        DELEGATES = "delegates", pgettext_lazy("document", "for delegates")
        BODY = "body", pgettext_lazy("document", "for the body")

    class Language(models.TextChoices):
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")
        BOTH = "both", _("both languages")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="documents", verbose_name=_("event")
    )
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents",
        verbose_name=_("session"),
    )  # fmt: skip
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="event_documents", verbose_name=_("agenda item"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.DOCUMENT)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(
        _("language"), max_length=4, choices=Language, default=Language.RUSSIAN
    )
    access = models.CharField(
        _("who may read it"), max_length=9, choices=Access, default=Access.DELEGATES
    )
    is_shown = models.BooleanField(
        _("released"), default=True, help_text=_("Readers see it only then.")
    )
    due_at = models.DateTimeField(
        _("due"), null=True, blank=True, help_text=_("Empty: before the event begins.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    link = models.URLField(_("address of the recording"), max_length=500, blank=True)
    # The newest version; all of them are in `versions`.
    file = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("file"), editable=False,
    )  # fmt: skip
    uploaded_at = models.DateTimeField(_("uploaded"), null=True, blank=True, editable=False)
    is_late = models.BooleanField(_("late"), default=False, editable=False)

    objects = EventDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of an event")
        verbose_name_plural = _("documents of events")
        ordering = ["event", "order", "pk"]
        constraints = [
            one_language_required("title", "programme_eventdocument_title_given"),
            models.CheckConstraint(
                condition=Q(kind="recording", file__isnull=True) & ~Q(link="")
                | ~Q(kind="recording") & Q(link=""),
                name="programme_eventdocument_link_of_recording",
                violation_error_message=_(
                    "A recording has an address and no file; everything else has no address."
                ),
            ),
        ]

    def __str__(self):
        return in_language(self, "title")[0]

    def get_absolute_url(self):
        return reverse("programme:document", args=[self.event.slug, self.pk])

    @property
    def deadline(self) -> datetime.datetime:
        """What comes after it is late: the day it was due, or the beginning of the event."""
        return self.due_at or self.event.starts_at


class DocumentVersion(models.Model):
    """One upload of a document. Earlier ones stay for the secretariat."""

    document = models.ForeignKey(
        EventDocument, on_delete=models.CASCADE, related_name="versions",
        verbose_name=_("document"),
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    is_late = models.BooleanField(_("late"), default=False)
    # Empty: sent by a speaker without an account.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("uploaded by"),
    )  # fmt: skip
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of a document")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="programme_documentversion_number_once"
            )
        ]

    def __str__(self):
        return f"{self.document} ({self.number})"


def new_seed() -> str:
    return secrets.token_hex(16)


class MaterialRequestQuerySet(models.QuerySet):
    def open(self):
        """What was asked for and has not come."""
        return self.filter(state=MaterialRequest.State.ASKED)

    def overdue(self, at: datetime.datetime):
        return self.open().filter(due_at__lt=at)

    def to_release(self):
        """What has come and waits for the secretariat to look at it."""
        return self.filter(document__is_shown=False, document__isnull=False)


class MaterialRequest(models.Model):
    """Something asked of a speaker: slides, a text for the interpreters, a photo."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("material", "asked")
        RECEIVED = "received", pgettext_lazy("material", "received")
        LATE = "late", pgettext_lazy("material", "received late")
        WAIVED = "waived", pgettext_lazy("material", "not needed any more")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="material_requests",
        verbose_name=_("event"),
    )  # fmt: skip
    speaker = models.ForeignKey(
        SpeakerRole, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="material_requests", verbose_name=_("speaker"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    mail_language = models.CharField(
        _("language of mails"), max_length=2, choices=[("ru", "Русский"), ("en", "English")],
        default="ru",
    )  # fmt: skip
    what = models.CharField(_("what is asked for"), max_length=300)
    kind = models.CharField(
        _("kind"), max_length=9, choices=EventDocument.Kind, default=EventDocument.Kind.SLIDES
    )
    language = models.CharField(
        _("in which language"), max_length=4, choices=EventDocument.Language,
        default=EventDocument.Language.RUSSIAN,
    )  # fmt: skip
    access = models.CharField(
        _("who may read it"), max_length=9, choices=EventDocument.Access,
        default=EventDocument.Access.DELEGATES,
    )  # fmt: skip
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    document = models.OneToOneField(
        EventDocument, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="material_request", verbose_name=_("document"), editable=False,
    )  # fmt: skip
    received_at = models.DateTimeField(_("received"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("asked by"), editable=False,
    )  # fmt: skip
    # The link is made of the seed and a key of the server: the database alone opens nothing.
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("link works until"), null=True, editable=False)

    objects = MaterialRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("material asked for")
        verbose_name_plural = _("materials asked for")
        ordering = ["event", "due_at", "pk"]
        constraints = [
            one_language_required("what", "programme_materialrequest_what_given"),
            models.CheckConstraint(
                condition=~Q(kind="recording"), name="programme_materialrequest_is_a_file",
                violation_error_message=_("A recording is not asked of a speaker."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "late"], received_at__isnull=False)
                | Q(state__in=["asked", "waived"], received_at__isnull=True),
                name="programme_materialrequest_received_when",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person_in()}: {in_language(self, 'what')[0]}"

    def save(self, *args, **kwargs):
        self.token_hash = secretlinks.hashed(self.token)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "token_hash"}
        super().save(*args, **kwargs)

    def person_in(self, language: str | None = None) -> str:
        """Whom it is asked of."""
        return self.name or (self.speaker.name_in(language) if self.speaker else self.email)

    @property
    def address(self) -> str:
        """Where letters go; empty where nobody knows."""
        return self.email or (self.speaker.address if self.speaker else "")

    @property
    def token(self) -> str:
        """The last part of the link that takes an upload without an account."""
        return salted_hmac(SALT, self.seed, algorithm="sha256").hexdigest()
