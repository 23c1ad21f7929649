"""Memberships of our members in other associations, cities these name, charters cities signed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, Precision, start_of_period, starts_before_end, validity
from content.languages import one_language_required
from content.records import PublicFact
from governance.models import Organisation, Person
from members.models import Member


class Affiliation(PublicFact, Dated):
    """A member belongs to another association, from when to when, in which grade."""

    class Grade(models.TextChoices):
        FULL = "full", _("full member")
        ASSOCIATE = "associate", _("associate member")
        OBSERVER = "observer", _("observer")
        PROGRAMME = "programme", _("city of the programme")
        OTHER = "other", _("another form")

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("member")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations",
        verbose_name=_("association"),
    )  # fmt: skip
    # Empty where no source says in which grade.
    grade = models.CharField(_("grade"), max_length=9, choices=Grade, blank=True)
    is_founder = models.BooleanField(_("founding member"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("membership in another association")
        verbose_name_plural = _("memberships in other associations")
        ordering = ["starts_on", "pk"]
        constraints = [
            starts_before_end("partnerships_affiliation_starts_before_end"),
            ExclusionConstraint(
                name="partnerships_affiliation_no_overlap",
                expressions=[
                    (validity(), RangeOperators.OVERLAPS), ("member", "="), ("organisation", "="),
                ],
                violation_error_message=_(
                    "This member belongs to this association on some of these days already."
                ),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.member}: {self.organisation}"


class ListedCity(PublicFact):
    """A city that an association names as its member and that is no record of ours."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="listed_cities",
        verbose_name=_("association"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=150)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("city of another association")
        verbose_name_plural = _("cities of other associations")
        ordering = ["order", "pk"]
        constraints = [one_language_required("name", "partnerships_listedcity_name_given")]

    def __str__(self):
        return self.name


class CharterSigning(PublicFact):
    """A charter or declaration that a member signed, by whom and when."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="charter_signings", verbose_name=_("member")
    )
    charter = models.CharField(_("charter"), max_length=300)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_charters",
        verbose_name=_("person"),
    )  # fmt: skip
    signatory = models.CharField(_("signed by"), max_length=200, blank=True)
    office = models.CharField(_("office then"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("charter signed")
        verbose_name_plural = _("charters signed")
        ordering = ["signed_on", "pk"]
        constraints = [one_language_required("charter", "partnerships_chartersigning_given")]

    def __str__(self):
        return f"{self.member}: {self.charter}"

    def clean(self):
        super().clean()
        self._round_day()

    def save(self, *args, **kwargs):
        self._round_day()
        super().save(*args, **kwargs)

    def _round_day(self) -> None:
        if self.signed_on:
            self.signed_on = start_of_period(self.signed_on, self.signed_precision)
