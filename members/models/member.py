"""Countries and the cities, regions and associations the secretariat keeps a record of."""

import datetime

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.dated import Dated
from content.languages import in_language, one_language_required, reading_order
from content.models import Picture
from content.records import PublicRecord
from content.richtext import RichTextField
from content.sortkeys import initial, sort_key


class Country(Dated):
    """A country. Its validity says when it counted as part of the region; never valid: outside."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_in_region = models.BooleanField(_("in the region"), default=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [one_language_required("name", "members_country_name_given")]

    def __str__(self):
        return self.name or self.code


class MemberQuerySet(models.QuerySet):
    def members(self, on: datetime.date | None = None):
        """Those who are members of the association on that day (today when not given)."""
        periods = self.model._meta.get_field("periods").related_model.objects.on(on)
        return self.filter(Exists(periods.filter(member=OuterRef("pk"))))

    def editable_by(self, user):
        """Those whose profile this person may change today: a representative's own ones."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Exists(user.mandates.on().filter(member=OuterRef("pk"))))

    def with_population(self, on: datetime.date | None = None):
        """Adds `population` and `population_year`: the latest figure up to that day."""
        day = on or timezone.localdate()
        figures = self.model._meta.get_field("figures").related_model.objects
        latest = figures.filter(
            member=OuterRef("pk"), kind="population", year__lte=day.year
        ).order_by("-year", "-pk")
        return self.annotate(
            population=Subquery(latest.values("value")[:1]),
            population_year=Subquery(latest.values("year")[:1]),
        )

    def in_alphabetical_order(self, language: str | None = None):
        """By the stored sort key of the reader's language; names are never empty in both."""
        return self.order_by(f"sort_key_{reading_order(language)[0]}", "pk")


class Member(PublicRecord):
    """A record the secretariat keeps; whether it is a member on a day follows from its periods."""

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        METROPOLIS = "metropolis", _("metropolis")
        DISTRICT = "district", _("district or municipality")
        REGION = "region", _("region")
        ASSOCIATION = "association", _("association or union of municipalities")
        ASSOCIATE = "associate", _("associate")

    title_field = "name"

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CITY)
    slug = models.SlugField(_("address"), unique=True, max_length=80)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="members", verbose_name=_("country")
    )
    # The name of today, kept from the dated names (members/naming.py).
    name = models.CharField(_("name"), max_length=150)
    sort_key_ru = models.CharField(max_length=400, editable=False, default="")
    sort_key_en = models.CharField(max_length=400, editable=False, default="")
    initial_ru = models.CharField(max_length=2, editable=False, default="")
    initial_en = models.CharField(max_length=2, editable=False, default="")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Moscow")
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    geonames_id = models.PositiveIntegerField("GeoNames", null=True, blank=True, unique=True)
    slogan = models.CharField(_("slogan"), max_length=200, blank=True)
    about = RichTextField(_("about the city"), blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    photo = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("photo"),
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["sort_key_ru", "pk"]
        constraints = [
            one_language_required("name", "members_member_name_given"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="members_member_place_on_earth",
                violation_error_message=_("Give latitude and longitude, in degrees, or neither."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key_ru", "id"], name="members_member_order_ru"),
            models.Index(fields=["sort_key_en", "id"], name="members_member_order_en"),
            GinIndex(OpClass("name_ru", name="gin_trgm_ops"), name="members_member_trgm_ru"),
            GinIndex(OpClass("name_en", name="gin_trgm_ops"), name="members_member_trgm_en"),
        ]

    def __str__(self):
        return self.name or self.slug

    def save(self, *args, **kwargs):
        for code in ("ru", "en"):
            name, _code = in_language(self, "name", code)
            setattr(self, f"sort_key_{code}", sort_key(name))
            setattr(self, f"initial_{code}", initial(name))
        if kwargs.get("update_fields") is not None:
            derived = {"sort_key_ru", "sort_key_en", "initial_ru", "initial_en", "updated_at"}
            kwargs["update_fields"] = {*kwargs["update_fields"], *derived}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("members:detail", args=[self.slug])


class OldSlug(models.Model):
    """An earlier address of a member: it redirects to the present one."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="old_slugs")
    slug = models.SlugField(unique=True, max_length=80)

    class Meta:
        verbose_name = _("earlier address")
        verbose_name_plural = _("earlier addresses")

    def __str__(self):
        return self.slug
