"""Offices at members and organisations, and who held them from when to when."""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, DatedQuerySet, starts_before_end, validity
from content.languages import one_language_required
from content.records import PublicFact
from governance.models.organisations import Organisation
from governance.models.people import Person
from governance.overlaps import refuse_overlap
from members.models import Member


class OfficeTermQuerySet(DatedQuerySet):
    def heads(self, day: datetime.date | None = None):
        """Terms of heads of members on that day; of several at one member the first office's."""
        heads = self.on(day).filter(office__kind=Office.Kind.HEAD, office__member__isnull=False)
        return heads.order_by("office__order", "office_id", "starts_on", "pk")


class EndReason(models.TextChoices):
    TERM = "term", _("the term ended")
    RESIGNED = "resigned", _("resigned")
    RE_ELECTED = "re_elected", _("re-elected for another term")
    DISMISSED = "dismissed", _("dismissed")
    DIED = "died", _("died")
    ABOLISHED = "abolished", _("the office or the seat was abolished")
    OTHER = "other", _("another reason")


class Office(PublicFact):
    """An office at a member or at an organisation: the head of a city, the President."""

    class Kind(models.TextChoices):
        HEAD = "head", _("head")
        DEPUTY = "deputy", _("deputy head")
        CHAIR_OF_ASSEMBLY = "chair_of_assembly", _("chair of the representative assembly")
        SECRETARY_GENERAL = "secretary_general", _("secretary general")
        PRESIDENT = "president", _("president")
        VICE_PRESIDENT = "vice_president", _("vice-president")
        OTHER = "other", _("another office")

    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="offices",
        verbose_name=_("member"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="offices",
        verbose_name=_("organisation"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=17, choices=Kind, default=Kind.HEAD)
    title = models.CharField(_("title of the office"), max_length=200)
    title_genitive = models.CharField(
        _("title in the genitive"), max_length=200, blank=True,
        help_text=_("Russian, whose: for letters and minutes."),
    )  # fmt: skip
    title_dative = models.CharField(
        _("title in the dative"), max_length=200, blank=True,
        help_text=_("Russian, to whom: for the head of a letter."),
    )  # fmt: skip
    is_single = models.BooleanField(_("held by one person at a time"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["order", "pk"]
        constraints = [
            one_language_required("title", "governance_office_title_given"),
            models.CheckConstraint(
                condition=Q(member__isnull=True) ^ Q(organisation__isnull=True),
                name="governance_office_one_owner",
                violation_error_message=_("An office belongs to a member or to an organisation."),
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.member or self.organisation}"

    def save(self, *args, **kwargs):
        """Save; the terms follow whether the office is held by one person at a time."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.terms.exclude(is_single=self.is_single).update(is_single=self.is_single)


class OfficeTerm(PublicFact, Dated):
    """A person in an office from one day to another."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="terms", verbose_name=_("office")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="office_terms", verbose_name=_("person")
    )
    # Copied from the office on save: the constraint on overlaps reads it.
    is_single = models.BooleanField(default=True, editable=False)
    is_acting = models.BooleanField(_("acting"), default=False)
    end_reason = models.CharField(
        _("reason of the end"), max_length=10, choices=EndReason, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = OfficeTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["starts_on", "pk"]
        constraints = [
            starts_before_end("governance_officeterm_starts_before_end"),
            ExclusionConstraint(
                name="governance_officeterm_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS), ("office", "=")],
                condition=Q(is_single=True),
                violation_error_message=_("Two terms of this office overlap in time."),
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="governance_officeterm_ends")]

    def __str__(self):
        return f"{self.person}, {self.office.title}"

    def validate_constraints(self, exclude=None):
        """The constraint on overlaps reads `is_single`: no form has it, it is never left out."""
        if self.office_id:
            self.is_single = self.office.is_single
            if self.is_single:
                refuse_overlap(self, OfficeTerm.objects.filter(office=self.office_id))
        super().validate_constraints(set(exclude or ()) - {"is_single"})

    def save(self, *args, **kwargs):
        self.is_single = self.office.is_single
        super().save(*args, **kwargs)
