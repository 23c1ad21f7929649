"""Dated facts about members: names, figures, membership, size categories."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models, transaction
from django.db.models import Deferrable, Func, Q
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, starts_before_end, validity
from content.languages import one_language_required
from content.records import PublicFact
from members.models.member import DERIVED_FROM_NAMES, Member

# More than any city, region or metropolis has: a slip of zeros is refused.
MOST_INHABITANTS = 100_000_000


class MemberName(PublicFact, Dated):
    """A name a member bears or bore, or an alias by which it is searched.

    The constraint on overlaps is checked at the end of a transaction: rows may swap their days.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        ALIAS = "alias", _("alias")

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="names", verbose_name=_("member")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.NAME)
    name = models.CharField(_("name"), max_length=150)
    native = models.CharField(_("in its own language"), max_length=150, blank=True)
    native_language = models.CharField(_("that language"), max_length=8, blank=True)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["kind", "starts_on", "pk"]
        constraints = [
            one_language_required("name", "members_membername_given"),
            starts_before_end("members_membername_starts_before_end"),
            ExclusionConstraint(
                name="members_membername_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS), ("member", "=")],
                condition=Q(kind="name"),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("Two names of one member overlap in time."),
            ),
        ]

    def __str__(self):
        return self.name or self.native

    def save(self, *args, **kwargs):
        """Save; the member takes over what follows from its names in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._renew_member()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            self._renew_member()
        return deleted

    def _renew_member(self) -> None:
        # A fresh row: the one at hand may hold old or unsaved values of other fields.
        member = Member.objects.get(pk=self.member_id)
        if member.take_names(MemberName.objects.filter(member=member)):
            member.save(update_fields=DERIVED_FROM_NAMES)
            if "member" in self._state.fields_cache:
                self.member.refresh_from_db(fields=[*DERIVED_FROM_NAMES, "version"])


class MemberFigure(PublicFact):
    """A yearly figure with its source."""

    class Kind(models.TextChoices):
        POPULATION = "population", _("population")
        AREA = "area", _("area, hectares")
        VISITORS = "visitors", _("visitors in the year")

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="figures", verbose_name=_("member")
    )
    kind = models.CharField(_("figure"), max_length=12, choices=Kind, default=Kind.POPULATION)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.PositiveBigIntegerField(_("value"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["kind", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "year"], name="members_memberfigure_once_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(kind="population") | Q(value__range=(1, MOST_INHABITANTS)),
                name="members_memberfigure_population_possible",
                violation_error_message=_(
                    "A population is a number from 1 to 100,000,000. Check the zeros."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.year}: {self.value}"


class MembershipPeriod(PublicFact, Dated):
    """From when to when a member belongs to the association."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="periods", verbose_name=_("member")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("membership period")
        verbose_name_plural = _("membership periods")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False), name="members_membershipperiod_has_start"
            ),
            starts_before_end("members_membershipperiod_starts_before_end"),
            ExclusionConstraint(
                name="members_membershipperiod_no_overlap",
                expressions=[(validity(), RangeOperators.OVERLAPS), ("member", "=")],
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("Two membership periods overlap."),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.starts_on}–{self.ends_on or ''}"


def _bounds() -> Func:
    """The inhabitants as a PostgreSQL range: the minimum included, the maximum not."""
    return Func("minimum", "maximum", function="int8range", output_field=BigIntegerRangeField())


class SizeCategory(PublicFact, Dated):
    """A class of cities by inhabitants; bounds: minimum included, maximum not."""

    code = models.SlugField(_("code"))
    name = models.CharField(_("name"), max_length=80)
    minimum = models.PositiveIntegerField(_("from, inhabitants"), default=0)
    maximum = models.PositiveIntegerField(_("below, inhabitants"), null=True, blank=True)

    class Meta:
        verbose_name = _("size category")
        verbose_name_plural = _("size categories")
        ordering = ["minimum"]
        constraints = [
            one_language_required("name", "members_sizecategory_name_given"),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gt=models.F("minimum")),
                name="members_sizecategory_bounds",
                violation_error_message=_("“Below” has to be more than “from”."),
            ),
            starts_before_end("members_sizecategory_starts_before_end"),
            ExclusionConstraint(
                name="members_sizecategory_one_for_a_city",
                expressions=[
                    (validity(), RangeOperators.OVERLAPS),
                    (_bounds(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Another size category covers some of these numbers of inhabitants on the same "
                    "days. End that one or change its bounds first."
                ),
            ),
        ]

    def __str__(self):
        return self.name or self.code

    def holds(self, population: int | None) -> bool:
        """Whether a city of so many inhabitants belongs here."""
        if population is None:
            return False
        return self.minimum <= population and (self.maximum is None or population < self.maximum)
