"""Bodies, their seats, whom the seats belong to and who fills them."""

import datetime
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, DatedQuerySet, Precision, starts_before_end, today, validity
from content.languages import one_language_required
from content.models import PrivateFile
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from governance import tree
from governance.models.offices import EndReason, OfficeTerm
from governance.models.organisations import Organisation
from governance.models.people import Person
from governance.overlaps import refuse_overlap
from members.models import Member


class Body(PublicRecord):
    """A body of an organisation: an assembly, a council, a committee, a secretariat."""

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("assembly")
        COUNCIL = "council", _("council")
        BUREAU = "bureau", _("bureau")
        PRESIDENCY = "presidency", _("presidency")
        COMMITTEE = "committee", _("committee")
        BOARD = "board", _("board")
        SECRETARIAT = "secretariat", _("secretariat")
        OTHER = "other", _("another body")

    title_field = "name"

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bodies",
        verbose_name=_("organisation"),
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children",
        verbose_name=_("part of"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.COUNCIL)
    name = models.CharField(_("name"), max_length=200)
    description = RichTextField(_("description"), blank=True)
    quorum_share = models.DecimalField(
        _("quorum: more than this share of the seats"), max_digits=4, decimal_places=3,
        default=Decimal("0.5"), help_text=_("0.5 means more than half."),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founded_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["order", "pk"]
        constraints = [
            one_language_required("name", "governance_body_name_given"),
            models.CheckConstraint(
                condition=Q(quorum_share__gte=0, quorum_share__lt=1),
                name="governance_body_quorum_is_a_share",
                violation_error_message=_("A share is a number from 0 to 1, such as 0.5."),
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gte=models.F("founded_on")),
                name="governance_body_in_order",
                violation_error_message=_("A body is not dissolved before it is founded."),
            ),
        ]

    def __str__(self):
        return self.name or self.slug

    def clean(self):
        super().clean()
        tree.refuse_cycle(self)

    def save(self, *args, **kwargs):
        """Save; a cycle of parents is refused."""
        with transaction.atomic():
            tree.lock_and_refuse_cycle(self)
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("governance:body", args=[self.slug])


class BodyName(PublicFact):
    """An alias of a body: "Executive Office" for "Executive Bureau"."""

    body = models.ForeignKey(
        Body, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("body")
    )
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["pk"]
        constraints = [one_language_required("name", "governance_bodyname_given")]

    def __str__(self):
        return self.name or f"{self.pk}"


class SeatQuerySet(DatedQuerySet):
    def vacant(self, day: datetime.date | None = None):
        """Seats that exist on that day and belong to nobody."""
        terms = SeatTerm.objects.on(day).filter(seat=OuterRef("pk"))
        return self.on(day).filter(~Exists(terms))


class Seat(PublicFact, Dated):
    """A seat in a body while it exists: "President", "member of the Council"."""

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="seats", verbose_name=_("body")
    )
    title = models.CharField(_("title of the seat"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    by_office = models.BooleanField(
        _("filled by virtue of an office"), default=False,
        help_text=_("Whoever heads the member fills its seat, as long as they are the head."),
    )  # fmt: skip

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["order", "pk"]
        constraints = [
            one_language_required("title", "governance_seat_title_given"),
            starts_before_end("governance_seat_starts_before_end"),
        ]

    def __str__(self):
        return f"{self.body}: {self.title}"


class SeatTermQuerySet(DatedQuerySet):
    def to_be_filled(self, day: datetime.date | None = None):
        """Seats of members on that day on which no delegate of theirs sits."""
        day = day or today()
        delegates = SeatFilling.objects.counting(day).filter(
            term=OuterRef("pk"), role=SeatFilling.Role.DELEGATE
        )
        return self.on(day).filter(
            ~Exists(delegates),
            Exists(Seat.objects.on(day).filter(pk=OuterRef("seat_id"))),
            member__isnull=False,
        )


class SeatTerm(PublicFact, Dated):
    """Whom a seat belongs to from one day to another: a member or a person."""

    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, related_name="terms", verbose_name=_("seat")
    )
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="seat_terms",
        verbose_name=_("member"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="seat_terms",
        verbose_name=_("person"),
    )  # fmt: skip
    is_re_elected = models.BooleanField(_("re-elected"), default=False)
    end_reason = models.CharField(
        _("reason of the end"), max_length=10, choices=EndReason, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = SeatTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of a seat")
        verbose_name_plural = _("terms of seats")
        ordering = ["starts_on", "pk"]
        constraints = [
            starts_before_end("governance_seatterm_starts_before_end"),
            models.CheckConstraint(
                condition=Q(member__isnull=True) ^ Q(person__isnull=True),
                name="governance_seatterm_one_owner",
                violation_error_message=_("A seat belongs to a member or to a person."),
            ),
            ExclusionConstraint(
                name="governance_seatterm_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS), ("seat", "=")],
                violation_error_message=_("Two terms of this seat overlap in time."),
            ),
        ]

    def __str__(self):
        return f"{self.seat}: {self.owner}"

    @property
    def owner(self) -> Member | Person | None:
        """The member or the person whom the seat belongs to."""
        return self.member or self.person

    def validate_constraints(self, exclude=None):
        if self.seat_id:
            refuse_overlap(self, SeatTerm.objects.filter(seat=self.seat_id))
        super().validate_constraints(exclude)


class SeatFillingQuerySet(DatedQuerySet):
    def counting(self, day: datetime.date | None = None):
        """Fillings valid on that day; one by virtue of an office only while the office is held."""
        held = OfficeTerm.objects.on(day).filter(pk=OuterRef("office_term_id"))
        return self.on(day).filter(Q(office_term__isnull=True) | Exists(held))


class SeatFilling(PublicFact, Dated):
    """Who sits on a member's seat: the delegate, or a substitute with or without a mandate.

    It counts on a day when it is valid and its term of office, if any, is valid on that day.
    """

    class Role(models.TextChoices):
        DELEGATE = "delegate", _("delegate")
        SUBSTITUTE = "substitute", _("substitute")

    term = models.ForeignKey(
        SeatTerm, on_delete=models.CASCADE, related_name="fillings",
        verbose_name=_("term of a seat"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="fillings", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.DELEGATE)
    has_mandate = models.BooleanField(
        _("has a mandate"), default=False,
        help_text=_("A substitute without a mandate may speak, may not vote."),
    )  # fmt: skip
    mandate = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("mandate"),
    )  # fmt: skip
    office_term = models.ForeignKey(
        OfficeTerm, null=True, blank=True, on_delete=models.PROTECT, related_name="fillings",
        verbose_name=_("by virtue of the office"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = SeatFillingQuerySet.as_manager()

    class Meta:
        verbose_name = _("filling of a seat")
        verbose_name_plural = _("fillings of seats")
        ordering = ["role", "starts_on", "pk"]
        constraints = [
            starts_before_end("governance_seatfilling_starts_before_end"),
            ExclusionConstraint(
                name="governance_seatfilling_one_at_a_time",
                expressions=[
                    (validity(), RangeOperators.OVERLAPS), ("term", "="), ("role", "="),
                ],
                violation_error_message=_("Two people in one role on this seat overlap in time."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person}, {self.get_role_display()}"

    @property
    def lasts_until(self) -> datetime.date | None:
        """The last day of itself, its seat and its office, whichever comes first; None: no end."""
        return self.end[0]

    @property
    def end(self) -> tuple[datetime.date | None, str]:
        """The same with how precisely it is known."""
        rows = [row for row in (self, self.term, self.office_term) if row and row.ends_on]
        first = min(rows, key=lambda row: row.ends_on, default=None)
        return (first.ends_on, first.ends_precision) if first else (None, Precision.DAY)

    def validate_constraints(self, exclude=None):
        if self.term_id:
            refuse_overlap(self, SeatFilling.objects.filter(term=self.term_id, role=self.role))
        super().validate_constraints(exclude)
