"""The association and the organisations around it: names, figures, founding papers."""

from collections.abc import Iterable

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Deferrable, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.dated import Dated, Precision, starts_before_end, validity
from content.languages import LANGUAGE_CODES, one_language_required, reading_order
from content.models import PrivateFile
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from content.sortkeys import search_fold, sort_key
from governance import tree
from governance.models.people import Person
from members.models import Country, Member

# What `save` derives from the dated legal names.
DERIVED_FROM_NAMES = frozenset({"name_ru", "name_en", "sort_key_ru", "sort_key_en", "name_search"})


class OrganisationQuerySet(models.QuerySet):
    def in_alphabetical_order(self, language: str | None = None):
        """By the stored sort key of the reader's language."""
        return self.order_by(f"sort_key_{reading_order(language)[0]}", "pk")

    def named_like(self, text: str):
        """Those who bear, bore or are called by a name with `text` in it, in any language."""
        return self.filter(name_search__contains=search_fold(text))


class Organisation(PublicRecord):
    """The association, the world body and its sections, other associations, networks."""

    class Kind(models.TextChoices):
        WORLD_BODY = "world_body", _("world organisation")
        SECTION = "section", _("section of the world organisation")
        ASSOCIATION = "association", _("association of municipalities")
        NETWORK = "network", _("network of cities")
        BRANCH = "branch", _("branch of a network")
        UNION = "union", _("union")
        PROGRAMME = "programme", _("programme")
        UN_BODY = "un_body", _("body of the United Nations")
        OTHER = "other", _("other organisation")

    title_field = "name"

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children",
        verbose_name=_("part of"),
    )  # fmt: skip
    is_own = models.BooleanField(_("this association itself"), default=False)
    # The name of today: `save` takes it from the legal names where there are any.
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    sort_key_ru = models.CharField(max_length=400, editable=False, default="")
    sort_key_en = models.CharField(max_length=400, editable=False, default="")
    # Every name and alias in every language, folded.
    name_search = models.TextField(editable=False, default="")
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founded_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    dissolved_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    aims = RichTextField(_("aims"), blank=True)
    services = RichTextField(_("services"), blank=True)
    website = models.URLField(_("website"), blank=True)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("country of its seat"),
    )  # fmt: skip
    member = models.OneToOneField(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="organisation",
        verbose_name=_("our member"), help_text=_("Where the organisation is itself a member."),
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key_ru", "pk"]
        constraints = [
            one_language_required("name", "governance_organisation_name_given"),
            models.UniqueConstraint(
                fields=["is_own"],
                condition=Q(is_own=True),
                name="governance_organisation_one_own",
                violation_error_message=_("Another record is marked as this association."),
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gte=models.F("founded_on")),
                name="governance_organisation_in_order",
                violation_error_message=_("An organisation is not dissolved before it is founded."),
            ),
        ]

    def __str__(self):
        return self.name or self.slug

    def clean(self):
        super().clean()
        tree.refuse_cycle(self)

    def save(self, *args, **kwargs):
        """Save, with the name of today from the legal names; a cycle of parents is refused."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *DERIVED_FROM_NAMES, "updated_at"}
        with transaction.atomic():
            tree.lock_and_refuse_cycle(self)
            names = OrganisationName.objects.filter(organisation=self.pk)
            self.take_names([] if self._state.adding else names)
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("governance:organisation", args=[self.slug])

    def take_names(self, names: Iterable["OrganisationName"]) -> None:
        """Set all that is derived from dated names, unsaved; without a legal name today's stays."""
        spellings = {self.short_name_ru, self.short_name_en}
        for name in names:
            spellings |= {name.name_ru, name.name_en}
            if name.kind == name.Kind.LEGAL and name.is_valid_on():
                self.name_ru, self.name_en = name.name_ru, name.name_en
        for code in LANGUAGE_CODES:
            other = next((one for one in (self.name_ru, self.name_en) if one), "")
            setattr(self, f"sort_key_{code}", sort_key(getattr(self, f"name_{code}") or other))
        spellings |= {self.name_ru, self.name_en}
        self.name_search = "\n".join(sorted({search_fold(one) for one in spellings if one}))


class OrganisationName(PublicFact, Dated):
    """A legal name an organisation bears or bore, or an alias in use."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("legal name")
        ALIAS = "alias", _("alias")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="names",
        verbose_name=_("organisation"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.LEGAL)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["-kind", "starts_on", "pk"]
        constraints = [
            one_language_required("name", "governance_organisationname_given"),
            starts_before_end("governance_organisationname_starts_before_end"),
            ExclusionConstraint(
                name="governance_organisationname_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS), ("organisation", "=")],
                condition=Q(kind="legal"),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("Two legal names of one organisation overlap in time."),
            ),
        ]

    def __str__(self):
        return self.name or f"{self.pk}"

    def save(self, *args, **kwargs):
        """Save; the organisation takes over what follows from its names."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._renew_organisation()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            self._renew_organisation()
        return deleted

    def _renew_organisation(self) -> None:
        # A fresh row: the one at hand may hold old or unsaved values of other fields.
        Organisation.objects.get(pk=self.organisation_id).save(update_fields=DERIVED_FROM_NAMES)


class OrganisationFigure(PublicFact):
    """How many of what an organisation counts, as of a day, with the source: 87 cities."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="figures",
        verbose_name=_("organisation"),
    )  # fmt: skip
    what = models.CharField(_("what is counted"), max_length=120)
    value = models.PositiveBigIntegerField(_("how many"))
    as_of = models.DateField(_("as of"))
    as_of_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["-as_of", "pk"]
        constraints = [one_language_required("what", "governance_organisationfigure_given")]

    def __str__(self):
        return f"{self.value} {self.what}"


class FoundingPaper(PublicFact):
    """A treaty, charter or decision by which an organisation was founded, and who signed it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="founding_papers",
        verbose_name=_("organisation"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    file = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("file"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("founding paper")
        verbose_name_plural = _("founding papers")
        ordering = ["signed_on", "pk"]
        constraints = [one_language_required("title", "governance_foundingpaper_title_given")]

    def __str__(self):
        return self.title or f"{self.pk}"


class PaperSignatory(PublicFact):
    """Who signed a founding paper, for whom and in which office then."""

    paper = models.ForeignKey(
        FoundingPaper, on_delete=models.CASCADE, related_name="signatories",
        verbose_name=_("founding paper"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signatures",
        verbose_name=_("person"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="signatures",
        verbose_name=_("member"),
    )  # fmt: skip
    name = models.CharField(
        pgettext_lazy("a person", "name"), max_length=200, blank=True,
        help_text=_("Where there is no record of the signatory."),
    )  # fmt: skip
    office = models.CharField(_("office at that time"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.person or self.member or self.name or self.pk}"

    def clean(self):
        super().clean()
        if not (self.person_id or self.member_id or self.name_ru or self.name_en):
            raise ValidationError(_("Choose a person or a member, or write the name."))
