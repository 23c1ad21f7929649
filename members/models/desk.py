"""Work with the representatives: yearly confirmation, hand-over of mandates, letters on paper."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models import PrivateFile
from members.models.member import Member
from members.models.representatives import Representative


class PaperLetter(models.Model):
    """A letter of a member by which staff entered data on its behalf."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="paper_letters", verbose_name=_("member")
    )
    dated = models.DateField(_("date of the letter"))
    number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    scan = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("scan")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("entered by"),
    )  # fmt: skip
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("letter of a member")
        verbose_name_plural = _("letters of members")
        ordering = ["-dated", "-pk"]

    def __str__(self):
        return f"{self.member}, {self.dated:%d.%m.%Y}"


class Confirmation(models.Model):
    """The yearly question to a member whether its page is right, and the answer.

    `answered_at` is the date the public page shows as "confirmed on".
    """

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="confirmations", verbose_name=_("member")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    opened_on = models.DateField(_("asked since"))
    deadline = models.DateField(_("answer by"))
    answered_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("confirmed by"),
    )  # fmt: skip
    letter = models.ForeignKey(
        PaperLetter, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("by letter of"),
    )  # fmt: skip
    # What the member says of facts that the secretariat keeps, until somebody has seen to it.
    note = models.TextField(_("corrections of other facts"), blank=True)
    note_settled_at = models.DateTimeField(_("corrections seen to"), null=True, blank=True)

    class Meta:
        verbose_name = _("yearly confirmation")
        verbose_name_plural = _("yearly confirmations")
        ordering = ["-year", "member"]
        constraints = [
            models.UniqueConstraint(fields=["member", "year"], name="members_confirmation_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_by__isnull=False),
                name="members_confirmation_answer_has_author",
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.year}"


class LadderStep(models.Model):
    """One rung of the ladder of reminders about a confirmation: whom it reached, and when."""

    class Rung(models.IntegerChoices):
        REPRESENTATIVE = 1, _("representative")
        SECOND = 2, _("second representative")
        DEPARTMENT = 3, _("head of the department")
        LETTER = 4, _("letter on paper")

    confirmation = models.ForeignKey(Confirmation, on_delete=models.CASCADE, related_name="steps")
    rung = models.PositiveSmallIntegerField(_("rung"), choices=Rung)
    # Empty where a rung had nobody to write to: the next one follows at once.
    email = models.EmailField(_("e-mail"), blank=True)
    letter = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("letter"),
    )  # fmt: skip
    taken_at = models.DateTimeField(_("on"), auto_now_add=True)

    class Meta:
        verbose_name = _("rung of the ladder")
        verbose_name_plural = _("rungs of the ladder")
        ordering = ["rung"]
        constraints = [
            models.UniqueConstraint(fields=["confirmation", "rung"], name="members_ladderstep_once")
        ]

    def __str__(self):
        return self.get_rung_display()


class Handover(models.Model):
    """A leaving representative names the successor; staff confirm by the letter."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the secretariat")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    mandate = models.ForeignKey(
        Representative, on_delete=models.CASCADE, related_name="handovers",
        verbose_name=_("mandate"),
    )  # fmt: skip
    email = models.EmailField(_("e-mail of the successor"))
    full_name = models.CharField(_("name of the successor"), max_length=150)
    position = models.CharField(_("position"), max_length=200, blank=True)
    language = models.CharField(
        _("language of mails"), max_length=2, choices=settings.LANGUAGES, default="ru"
    )
    letter = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("letter")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    asked_at = models.DateTimeField(_("sent"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(state="waiting"),
                name="members_handover_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="members_handover_decided_has_date",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.mandate.member}: {self.full_name}"
