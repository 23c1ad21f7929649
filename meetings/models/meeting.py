"""Meetings of bodies: when and where, the agenda, the papers and who may read them."""

import datetime
import zoneinfo

from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import dates
from content.languages import one_language_required
from content.models import PrivateFile
from content.publishing import HIDDEN, Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from content.timezones import validate_time_zone
from governance import tree
from governance.models import Body, Person, SeatTerm
from members.models import Member


class MeetingQuerySet(PublishableQuerySet):
    def upcoming(self, at: datetime.datetime | None = None):
        """Published meetings that are planned and have not ended, soonest first."""
        at = at or timezone.now()
        found = self.published(at).filter(ends_at__gte=at, state=Meeting.State.PLANNED)
        return found.order_by("starts_at", "pk")

    def of_bodies_of(self, member: Member):
        """Meetings that concern a member: assemblies of all members, bodies it has a seat in."""
        seats = SeatTerm.objects.on().filter(seat__body=OuterRef("body"), member=member)
        return self.filter(
            Q(body__organisation__is_own=True, body__kind="assembly") | Exists(seats)
        )

    def without_minutes(self):
        """Meetings that were held and whose minutes nobody has approved in both languages."""
        counted = self.alias(languages=Count("minutes"))
        return counted.filter(state=Meeting.State.HELD, languages__lt=2)


class Meeting(PublicRecord, Publishable):
    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "planned")
        HELD = "held", pgettext_lazy("meeting", "held")
        CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("body")
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, help_text=_("As in “27th session”.")
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts",
        verbose_name=_("held within"),
    )  # fmt: skip
    state = models.CharField(
        pgettext_lazy("meeting", "course"), max_length=9, choices=State, default=State.PLANNED
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Moscow", validators=[validate_time_zone]
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    chair = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("in the chair"),
    )  # fmt: skip
    secretary = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("secretary of the meeting"),
    )  # fmt: skip
    notes = RichTextField(_("text"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            one_language_required("title", "meetings_meeting_title_given"),
            published_needs_a_moment("meetings_meeting_public_from"),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="meetings_meeting_ends_after_start",
                violation_error_message=_("A meeting cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="meetings_meeting_not_within_itself",
                violation_error_message=_("A meeting is not held within itself."),
            ),
            models.UniqueConstraint(
                fields=["body", "number"],
                condition=Q(number__isnull=False),
                name="meetings_meeting_number_once",
                violation_error_message=_("This body has a meeting of this number."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at", "id"], condition=~Q(status__in=HIDDEN),
                name="meetings_meeting_public_order",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.title or self.slug

    def clean(self):
        super().clean()
        tree.refuse_cycle(self)

    def save(self, *args, **kwargs):
        """Save; a circle of meetings within one another is refused."""
        with transaction.atomic():
            tree.lock_and_refuse_cycle(self)
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("meetings:detail", args=[self.slug])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def day(self) -> datetime.date:
        """The first day by the clock of the place: seats, names and dues are those of this day."""
        return dates.local_day(self.starts_at, self.zone)

    @property
    def is_general_assembly(self) -> bool:
        """Whether every member of the association votes here, and not the holders of seats."""
        return self.body.kind == "assembly" and self.body.organisation.is_own

    @property
    def is_closed(self) -> bool:
        """Whether minutes in some language are approved: what they say is changed no more."""
        return self.minutes.exists()


class AgendaItem(PublicFact):
    """One thing to talk about, in the order of the agenda."""

    class Kind(models.TextChoices):
        POLITICAL = "political", _("political")
        STATUTORY = "statutory", _("statutory")
        OTHER = "other", pgettext_lazy("agenda", "other")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="agenda", verbose_name=_("meeting")
    )
    order = models.PositiveIntegerField(_("number"), default=1)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.STATUTORY)
    speaker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("speaker"),
    )  # fmt: skip
    speaker_text = models.CharField(
        _("speaker in words"), max_length=200, blank=True,
        help_text=_("Who is not in the register of people: name and office."),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["meeting", "order", "pk"]
        constraints = [
            one_language_required("title", "meetings_agendaitem_title_given"),
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="meetings_agendaitem_order_once",
                violation_error_message=_("The agenda has this number already."),
            ),
        ]

    def __str__(self):
        return f"{self.order}. {self.title}"


class MeetingDocumentQuerySet(models.QuerySet):
    def public(self):
        """What anybody may read: public papers of published meetings."""
        shown = Meeting.objects.published().values("pk")
        return self.filter(audience=MeetingDocument.Audience.PUBLIC, meeting__in=shown)

    def for_user(self, user):
        """The papers this person may fetch; staff who keep meetings fetch all of them."""
        if not user.is_authenticated:
            return self.public()
        if user.has_perm("meetings.view_meetingdocument"):
            return self
        return self.for_members(Member.objects.members().editable_by(user))

    def for_members(self, own):
        """The papers that these members may read today (`own`: a QuerySet of members)."""
        audience = MeetingDocument.Audience
        allowed = Q(audience=audience.PUBLIC)
        if own.exists():
            seats = SeatTerm.objects.on().filter(
                seat__body=OuterRef("meeting__body"), member__in=own
            )
            allowed |= Q(audience=audience.MEMBERS) | (Q(audience=audience.BODY) & Exists(seats))
        return self.filter(allowed, meeting__in=Meeting.objects.published().values("pk"))


class MeetingDocument(PublicFact):
    """A paper of a meeting, for the public, for members, or for the body alone."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("for everybody")
        MEMBERS = "members", _("for members")
        BODY = "body", _("for the body")

    class Language(models.TextChoices):
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")
        BOTH = "both", _("both languages")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="documents", verbose_name=_("meeting")
    )
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents",
        verbose_name=_("agenda item"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(
        _("language"), max_length=4, choices=Language, default=Language.RUSSIAN
    )
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    audience = models.CharField(
        _("who may read it"), max_length=7, choices=Audience, default=Audience.BODY
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MeetingDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a meeting")
        verbose_name_plural = _("documents of a meeting")
        ordering = ["meeting", "item__order", "pk"]
        constraints = [one_language_required("title", "meetings_meetingdocument_title_given")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:document", args=[self.meeting.slug, self.pk])
