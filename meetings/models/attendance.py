"""Who is named for an assembly, and who was there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.languages import given_in_one_language, in_language
from content.models import PrivateFile
from governance.models import Person, SeatTerm
from meetings.models.meeting import Meeting
from members.models import Member


class NamedPerson(models.Model):
    """Somebody from the register of people, or a name as it was given."""

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("person"),
    )  # fmt: skip
    name = models.CharField(
        pgettext_lazy("a person", "name"),
        max_length=150,
        blank=True,
        help_text=_("Of who is not in the register."),
    )

    class Meta:
        abstract = True

    def name_in(self, language: str | None = None) -> str:
        """The name for a reader of this language, of the other one where it lacks."""
        if self.person_id:
            return in_language(self.person, "full_name", language)[0]
        return in_language(self, "name", language)[0]


def person_or_name(name: str) -> models.CheckConstraint:
    """The constraint that a row says who it is about."""
    return models.CheckConstraint(
        condition=Q(person__isnull=False) | given_in_one_language("name"),
        name=name,
        violation_error_message=_("Say who it is: choose a person or give a name."),
    )


class AssemblyDelegate(NamedPerson):
    """Who votes for a member at an assembly, and who does so when the delegate cannot come."""

    class Role(models.TextChoices):
        DELEGATE = "delegate", _("delegate")
        SUBSTITUTE = "substitute", _("substitute")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="delegates", verbose_name=_("meeting")
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="assembly_delegates",
        verbose_name=_("member"),
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.DELEGATE)
    is_coming = models.BooleanField(_("comes"), default=True)
    has_mandate = models.BooleanField(
        _("has a mandate"), default=False, help_text=_("Without it one may speak, not vote.")
    )
    mandate = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("scan of the mandate"),
    )  # fmt: skip
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        editable=False,
    )  # fmt: skip
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("delegate to an assembly")
        verbose_name_plural = _("delegates to an assembly")
        ordering = ["meeting", "member", "role"]
        constraints = [
            person_or_name("meetings_assemblydelegate_who"),
            models.UniqueConstraint(
                fields=["meeting", "member", "role"],
                name="meetings_assemblydelegate_once",
                violation_error_message=_("This member has one already."),
            ),
        ]

    def __str__(self):
        return f"{self.name_in()} – {self.member}"


class Attendance(NamedPerson):
    """Somebody on the list of a meeting; a guest stands for nobody."""

    class Role(models.TextChoices):
        DELEGATE = "delegate", _("delegate")
        SUBSTITUTE = "substitute", _("substitute")
        GUEST = "guest", _("guest")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("meeting")
    )
    seat_term = models.ForeignKey(
        SeatTerm, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("seat"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("member"),
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.DELEGATE)
    has_mandate = models.BooleanField(_("has a mandate"), default=False)
    is_present = models.BooleanField(_("present"), default=False)
    mode = models.CharField(
        _("in person or online"), max_length=9, choices=Mode, default=Mode.IN_PERSON
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance list")
        ordering = ["meeting", "role", "pk"]
        constraints = [
            person_or_name("meetings_attendance_who"),
            models.CheckConstraint(
                condition=Q(role="guest", seat_term__isnull=True)
                | (~Q(role="guest") & Q(seat_term__isnull=False, member__isnull=True))
                | (~Q(role="guest") & Q(seat_term__isnull=True, member__isnull=False)),
                name="meetings_attendance_stands_for_one",
                violation_error_message=_("A delegate stands for one seat or one member."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "seat_term", "role"],
                condition=Q(seat_term__isnull=False),
                name="meetings_attendance_seat_once",
                violation_error_message=_("This seat has one on the list already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "member", "role"],
                condition=Q(member__isnull=False) & ~Q(role="guest"),
                name="meetings_attendance_member_once",
                violation_error_message=_("This member has one on the list already."),
            ),
        ]

    def __str__(self):
        return f"{self.name_in()} – {self.meeting}"
