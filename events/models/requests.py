"""What is asked for and not yet done: invitations, changes after the deadline, guests."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.models import PrivateFile
from events.models.event import Event
from events.models.registration import Delegation
from members.models import Member


class Invitation(models.Model):
    """A member is invited to an event and says whether it comes."""

    class State(models.TextChoices):
        OPEN = "open", _("not answered")
        ACCEPTED = "accepted", pgettext_lazy("an answer", "accepted")
        DECLINED = "declined", _("declined")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("event")
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    state = models.CharField(_("answer"), max_length=8, choices=State, default=State.OPEN)
    answer_until = models.DateTimeField(_("answer by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("answered by"),
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("invited by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("invitation to an event")
        verbose_name_plural = _("invitations to events")
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "member"], name="events_invitation_once"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="events_invitation_answered_when",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.event}"


class InvitationStep(models.Model):
    """One rung of the ladder of reminders that an open invitation has climbed."""

    class Rung(models.IntegerChoices):
        ANSWERING = 1, _("the representative who answers")
        ALL = 2, _("all representatives")
        HEAD = 3, _("letter to the head of the city")

    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, related_name="steps", verbose_name=_("invitation")
    )
    rung = models.PositiveSmallIntegerField(_("step"), choices=Rung)
    emails = ArrayField(models.EmailField(), verbose_name=_("sent to"), default=list, blank=True)
    letter = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("letter on paper"),
    )  # fmt: skip
    posted_on = models.DateField(_("posted"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder of an invitation")
        verbose_name_plural = _("reminders of invitations")
        ordering = ["invitation", "rung"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "rung"], name="events_invitationstep_once"
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True) | Q(letter__isnull=False),
                name="events_invitationstep_posted_letter",
            ),
        ]

    def __str__(self):
        return f"{self.invitation}: {self.get_rung_display()}"


class ChangeRequest(models.Model):
    """What a delegation wants changed after the deadline; the old data stay until staff agree."""

    class State(models.TextChoices):
        OPEN = "open", _("to decide")
        ACCEPTED = "accepted", pgettext_lazy("an answer", "accepted")
        REFUSED = "refused", pgettext_lazy("an answer", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("an answer", "taken back")

    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="change_requests",
        verbose_name=_("delegation"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    # The version of the delegation the change was made from, and the rows as they shall be.
    seen_version = models.PositiveIntegerField(editable=False)
    wanted = models.JSONField(editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # Empty where a participant asked on the page of their own link.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("asked by"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer to the delegation"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("change after the deadline")
        verbose_name_plural = _("changes after the deadline")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation"], condition=Q(state="open"),
                name="events_changerequest_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="events_changerequest_decided_when",
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.delegation)


class GuestApplication(models.Model):
    """Somebody of no member registers: nothing counts until the address is confirmed.

    Unconfirmed ones are erased after three days.
    """

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="guest_applications",
        verbose_name=_("event"),
    )  # fmt: skip
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language of mails"), max_length=2, default="ru")
    wanted = models.JSONField(editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    delegation = models.OneToOneField(
        Delegation, null=True, blank=True, on_delete=models.CASCADE,
        related_name="guest_application", verbose_name=_("delegation"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("registration of a guest")
        verbose_name_plural = _("registrations of guests")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, delegation__isnull=True)
                | Q(confirmed_at__isnull=False, delegation__isnull=False),
                name="events_guestapplication_confirmed_has_place",
            )
        ]

    def __str__(self):
        return f"{self.email}: {self.event}"


class FeedToken(models.Model):
    """The personal calendar address of one user: works while the user has a right to it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("personal calendar address")
        verbose_name_plural = _("personal calendar addresses")

    def __str__(self):
        return str(self.user)
