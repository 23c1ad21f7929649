"""What a member owes for a year: groups of countries, scales with their rates, the payee."""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, starts_before_end, validity
from content.editing import Versioned
from content.languages import one_language_required
from members.models import Country, Member, SizeCategory

DIGITS = {"max_digits": 12, "decimal_places": 2}
YEARS = [MinValueValidator(2004), MaxValueValidator(2100)]


class Currency(models.TextChoices):
    """Currencies by their ISO 4217 codes, which are written beside every amount."""

    RUB = "RUB", _("Russian rouble (RUB)")
    EUR = "EUR", _("euro (EUR)")
    USD = "USD", _("US dollar (USD)")
    KZT = "KZT", _("Kazakhstani tenge (KZT)")
    CNY = "CNY", _("Chinese yuan (CNY)")


class CountryGroup(Versioned):
    """Countries whose members pay by the same rates, by the strength of their economies."""

    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("group of countries")
        verbose_name_plural = _("groups of countries")
        ordering = ["order", "pk"]
        constraints = [one_language_required("name", "dues_countrygroup_name_given")]

    def __str__(self):
        return self.name or f"{self.pk}"


class CountryInGroup(Dated):
    """From when to when a country is in a group: in one at a time."""

    group = models.ForeignKey(CountryGroup, on_delete=models.CASCADE, related_name="entries")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )

    class Meta:
        verbose_name = _("country in a group")
        verbose_name_plural = _("countries in a group")
        ordering = ["country__code", "starts_on", "pk"]
        constraints = [
            starts_before_end("dues_countryingroup_starts_before_end"),
            ExclusionConstraint(
                name="dues_countryingroup_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS), ("country", "=")],
                violation_error_message=_(
                    "This country is in a group on some of these days already. End that entry "
                    "first."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.country}"


class FeeScale(Versioned):
    """The rates of one year in one currency, as a body of the association approved them."""

    year = models.PositiveSmallIntegerField(_("year of the dues"), validators=YEARS)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default="RUB")
    title = models.CharField(_("title"), max_length=200)
    approved = models.CharField(
        _("approved by"), max_length=300, blank=True,
        help_text=_("The body, the place and the day, for example: the Council in Ufa."),
    )  # fmt: skip
    due_on = models.DateField(_("to be paid by"))

    class Meta:
        verbose_name = _("fee scale")
        verbose_name_plural = _("fee scales")
        ordering = ["-year", "currency"]
        constraints = [
            one_language_required("title", "dues_feescale_title_given"),
            models.UniqueConstraint(
                fields=["year", "currency"],
                name="dues_feescale_once_a_year",
                violation_error_message=_("This year has a scale in this currency already."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2004, 2100)), name="dues_feescale_year_possible"
            ),
        ]

    def __str__(self):
        return self.title or f"{self.year} {self.currency}"


class FeeRate(models.Model):
    """What one kind of member owes. Without a size or a group it holds for all of them.

    Where several rates fit a member the one that says more wins, the group before the size.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("city, metropolis, district")
        REGION = "region", _("region")
        ASSOCIATION = "association", _("association or union of municipalities")
        ASSOCIATE = "associate", _("associate")

    MUNICIPAL = (Member.Kind.CITY, Member.Kind.METROPOLIS, Member.Kind.DISTRICT)

    scale = models.ForeignKey(FeeScale, on_delete=models.CASCADE, related_name="rates")
    kind = models.CharField(
        _("kind of member"), max_length=12, choices=Kind, default=Kind.MUNICIPALITY
    )
    size_category = models.ForeignKey(
        SizeCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("size category"),
    )  # fmt: skip
    country_group = models.ForeignKey(
        CountryGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="rates",
        verbose_name=_("group of countries"),
    )  # fmt: skip
    amount = models.DecimalField(_("amount"), **DIGITS)

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["kind", "country_group__order", "size_category__minimum", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "kind", "size_category", "country_group"],
                nulls_distinct=False,
                name="dues_feerate_one_for_a_case",
                violation_error_message=_(
                    "The scale has a rate for this kind, size and group already."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="dues_feerate_amount_positive",
                violation_error_message=_("A rate is more than zero."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.amount}"

    @classmethod
    def kind_of(cls, member: Member) -> str:
        """The kind of rate that a member pays by."""
        return cls.Kind.MUNICIPALITY if member.kind in cls.MUNICIPAL else member.kind


class Payee(Versioned, Dated):
    """Who is paid, and where: printed on the invoices issued while it is valid."""

    currency = models.CharField(
        _("for invoices in"), max_length=3, choices=Currency, blank=True,
        help_text=_("Empty: for every currency that has no details of its own."),
    )  # fmt: skip
    legal_name = models.CharField(_("legal name"), max_length=200)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    tax_numbers = models.CharField(
        _("registration numbers"), max_length=200, blank=True,
        help_text=_("As they are to be printed, for example INN, KPP, OGRN."),
    )  # fmt: skip
    bank = models.CharField(_("bank"), max_length=200)
    account = models.CharField(_("account or IBAN"), max_length=60)
    bank_codes = models.CharField(
        _("codes of the bank"), max_length=200, blank=True,
        help_text=_("As they are to be printed: BIK and correspondent account, or SWIFT."),
    )  # fmt: skip
    signatory = models.CharField(
        _("who signs"), max_length=200, blank=True, help_text=_("Office and name.")
    )

    class Meta:
        verbose_name = _("payee")
        verbose_name_plural = _("payees")
        ordering = ["-starts_on", "currency", "pk"]
        constraints = [
            one_language_required("legal_name", "dues_payee_name_given"),
            one_language_required("bank", "dues_payee_bank_given"),
            starts_before_end("dues_payee_starts_before_end"),
            ExclusionConstraint(
                name="dues_payee_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS), ("currency", "=")],
                violation_error_message=_(
                    "Other details hold for this currency on some of these days."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.legal_name or self.bank} {self.currency}".strip()

    SNAPSHOT = (
        "legal_name_ru", "legal_name_en", "address_ru", "address_en", "tax_numbers", "bank_ru",
        "bank_en", "account", "bank_codes", "signatory_ru", "signatory_en",
    )  # fmt: skip

    @classmethod
    def on(cls, currency: str, day: datetime.date) -> "Payee | None":
        """The details for invoices in a currency issued on that day; its own before general."""
        fitting = cls.objects.on(day).filter(currency__in=[currency, ""])
        return fitting.order_by("-currency").first()

    def snapshot(self) -> dict[str, str]:
        """All that an invoice prints, to be kept with it."""
        return {name: getattr(self, name) or "" for name in self.SNAPSHOT}
