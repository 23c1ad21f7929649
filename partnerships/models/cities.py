"""Cities outside the register of members: the other side of a partnership."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.languages import LANGUAGE_CODES, in_language, one_language_required, reading_order
from content.records import PublicFact, PublicRecord
from content.sortkeys import search_fold, sort_key
from members.models import Country

DERIVED = ("sort_key_ru", "sort_key_en", "name_search")


class OutsideCityQuerySet(models.QuerySet):
    def named_like(self, text: str):
        """Those with `text` in a name or an alias, a slip of a letter or two forgiven."""
        folded = search_fold(text)
        if not folded:
            return self
        return self.filter(
            Q(name_search__contains=folded) | Q(name_search__trigram_word_similar=folded)
        )

    def called(self, text: str):
        """Those that bear exactly this name or alias, whatever its case, ё and hyphens."""
        folded = search_fold(text)
        if not folded:
            return self.none()
        # One name stands on a line: the first, the last, the only one or one between.
        return self.filter(
            Q(name_search=folded)
            | Q(name_search__startswith=f"{folded}\n")
            | Q(name_search__endswith=f"\n{folded}")
            | Q(name_search__contains=f"\n{folded}\n")
        )

    def in_alphabetical_order(self, language: str | None = None):
        return self.order_by(f"sort_key_{reading_order(language)[0]}", "pk")


class OutsideCity(PublicRecord):
    """A city that is no member, with the spellings by which it is found."""

    title_field = "name"

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="outside_cities", verbose_name=_("country")
    )
    name = models.CharField(_("name"), max_length=150)
    sort_key_ru = models.CharField(max_length=400, editable=False, default="")
    sort_key_en = models.CharField(max_length=400, editable=False, default="")
    # Every name and alias in every language, folded, one on a line.
    name_search = models.TextField(editable=False, default="")
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OutsideCityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city outside")
        verbose_name_plural = _("cities outside")
        ordering = ["sort_key_ru", "pk"]
        constraints = [
            one_language_required("name", "partnerships_outsidecity_name_given"),
            *(
                models.UniqueConstraint(
                    Lower(f"name_{code}"),
                    "country",
                    condition=Q(**{f"name_{code}__gt": ""}),
                    name=f"partnerships_outsidecity_once_{code}",
                    violation_error_message=_("This city is on the list already."),
                )
                for code in LANGUAGE_CODES
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="partnerships_outsidecity_place_on_earth",
                violation_error_message=_("Give latitude and longitude, in degrees, or neither."),
            ),
        ]
        indexes = [
            GinIndex(
                OpClass("name_search", name="gin_trgm_ops"), name="partnerships_outsidecity_trgm"
            )
        ]

    def __str__(self):
        return self.name or self.slug

    def save(self, *args, **kwargs):
        """Save, with the sort keys and what the search compares."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *DERIVED, "updated_at"}
        aliases = [] if self._state.adding else list(self.aliases.all())
        self.take_names(aliases)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("partnerships:city", args=[self.slug])

    def take_names(self, aliases) -> None:
        """Set what is derived from the names and these aliases, unsaved."""
        spellings = {self.name_ru, self.name_en}
        for alias in aliases:
            spellings |= {alias.name_ru, alias.name_en}
        for code in LANGUAGE_CODES:
            setattr(self, f"sort_key_{code}", sort_key(in_language(self, "name", code)[0]))
        self.name_search = "\n".join(sorted({search_fold(one) for one in spellings if one}))


class CityAlias(PublicFact):
    """Another spelling of a city outside, such as Pazardjik for Pazardzhik."""

    city = models.ForeignKey(
        OutsideCity, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("city")
    )
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        verbose_name = _("other spelling")
        verbose_name_plural = _("other spellings")
        ordering = ["pk"]
        constraints = [one_language_required("name", "partnerships_cityalias_given")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Save; the city is found by this spelling from now on."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._renew_city()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            self._renew_city()
        return deleted

    def _renew_city(self) -> None:
        OutsideCity.objects.get(pk=self.city_id).save(update_fields=DERIVED)
