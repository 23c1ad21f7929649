"""Countries and the cities, regions and associations the secretariat keeps a record of."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content import dated
from content.languages import LANGUAGE_CODES, in_language, one_language_required, reading_order
from content.models import Picture, Topic
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from content.sortkeys import initial, search_fold, sort_key
from content.timezones import validate_time_zone

if TYPE_CHECKING:
    from members.models.facts import MemberName

# What `save` derives from the dated names: never typed, never more than a save away from the truth.
DERIVED_FROM_NAMES = frozenset(
    {"name_ru", "name_en", "sort_key_ru", "sort_key_en", "initial_ru", "initial_en", "name_search"}
)

# Pages beside those of the members: /members/join/ is no city.
RESERVED_SLUGS = frozenset({"join", "how-to-join", "map", "export", "anniversaries"})


class Country(PublicFact, dated.Dated):
    """A country. Its validity says when it counted as part of the region; never valid: outside."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_in_region = models.BooleanField(_("in the region"), default=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [
            one_language_required("name", "members_country_name_given"),
            dated.starts_before_end("members_country_starts_before_end"),
        ]

    def __str__(self):
        return self.name or self.code


class MemberQuerySet(models.QuerySet):
    def members(self, on: datetime.date | None = None):
        """Those who are members of the association on that day (today when not given)."""
        return self.filter(Exists(self._related("periods").on(on).filter(member=OuterRef("pk"))))

    def editable_by(self, user):
        """Those whose profile this person may change today: a representative's own ones.

        The right ends with the membership, whatever the last day of the mandate is. A record that
        never was a member, such as a guest's, stays with its representatives.
        """
        if not user.is_authenticated:
            return self.none()
        mandates = user.mandates.on().filter(member=OuterRef("pk"))
        return self.still_ours().filter(Exists(mandates))

    def still_ours(self):
        """Those that have not left; what never was a member has not left either."""
        periods = self._related("periods").filter(member=OuterRef("pk"))
        has_left = ~Exists(periods.on()) & Exists(periods.filter(ends_on__lt=dated.today()))
        return self.filter(~has_left)

    def with_name_on(self, day: datetime.date):
        """Adds `dated_name_ru` and `dated_name_en`: the name borne on that day, or today's one."""
        names = self._related("names").on(day).filter(member=OuterRef("pk"), kind="name")
        shown = {
            f"dated_name_{code}": Case(
                When(Exists(names), then=Subquery(names.values(f"name_{code}")[:1])),
                default=F(f"name_{code}"),
                output_field=models.CharField(),
            )
            for code in LANGUAGE_CODES
        }
        return self.annotate(**shown)

    def named_like(self, text: str):
        """Those who bear, bore or are called by a name with `text` in it, whatever the language.

        ё counts as е, hyphens as spaces; a slip of a letter or two is forgiven.
        """
        folded = search_fold(text)
        if not folded:
            return self
        return self.filter(
            Q(name_search__contains=folded) | Q(name_search__trigram_word_similar=folded)
        )

    def with_population(self, on: datetime.date | None = None):
        """Adds `population` and `population_year`: the latest figure up to that day."""
        day = on or dated.today()
        latest = (
            self._related("figures")
            .filter(member=OuterRef("pk"), kind="population", year__lte=day.year)
            .order_by("-year", "-pk")
        )
        return self.annotate(
            population=Subquery(latest.values("value")[:1]),
            population_year=Subquery(latest.values("year")[:1]),
        )

    def with_status(self, on: datetime.date | None = None):
        """Adds `status` (a value of `StatusChange.Status` or None) and `status_since` of that day.

        On a day of membership it is "member" unless a step of this membership says "suspended";
        on any other day what came after the last membership, which alone leaves "former".
        `status_since` is None where no step says so. See `members.lifecycle`.
        """
        day = on or dated.today()
        own = self._related("periods").filter(member=OuterRef("pk"))
        steps = self._related("status_changes").filter(
            member=OuterRef("pk"), happened_on__lte=day
        ).order_by("-happened_on", "-pk")  # fmt: skip
        begun = own.on(day).values("starts_on")[:1]
        ended = own.filter(ends_on__lt=day).order_by("-ends_on").values("ends_on")[:1]
        inside = steps.filter(
            status__in=["member", "suspended"], happened_on__gte=OuterRef("_begun")
        )
        outside = steps.exclude(status__in=["member", "suspended"]).filter(
            happened_on__gt=Coalesce(OuterRef("_ended"), Value(datetime.date.min))
        )
        joined = self.alias(_begun=Subquery(begun), _ended=Subquery(ended))
        is_member = Q(_begun__isnull=False)
        return joined.annotate(
            status=Case(
                When(
                    is_member, then=Coalesce(Subquery(inside.values("status")[:1]), Value("member"))
                ),
                When(
                    _ended__isnull=False,
                    then=Coalesce(Subquery(outside.values("status")[:1]), Value("former")),
                ),
                default=Subquery(outside.values("status")[:1]),
                output_field=models.CharField(null=True),
            ),
            status_since=Case(
                When(is_member, then=Subquery(inside.values("happened_on")[:1])),
                default=Subquery(outside.values("happened_on")[:1]),
                output_field=models.DateField(null=True),
            ),
        )

    def in_alphabetical_order(self, language: str | None = None):
        """By the stored sort key of the reader's language; names are never empty in both."""
        return self.order_by(f"sort_key_{reading_order(language)[0]}", "pk")

    def _related(self, name: str) -> models.Manager:
        """The manager of a dated fact, whose model stands in a later module."""
        return self.model._meta.get_field(name).related_model.objects


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
    # The name of today: `save` takes it from the dated names where there are any.
    name = models.CharField(_("name"), max_length=150)
    sort_key_ru = models.CharField(max_length=400, editable=False, default="")
    sort_key_en = models.CharField(max_length=400, editable=False, default="")
    initial_ru = models.CharField(max_length=2, editable=False, default="")
    initial_en = models.CharField(max_length=2, editable=False, default="")
    # Every name and alias in every language, folded: what the directory searches.
    name_search = models.TextField(editable=False, default="")
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Moscow", validators=[validate_time_zone]
    )
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
    investment_url = models.URLField(_("investment page"), blank=True)
    tourism_url = models.URLField(_("tourism page"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_country_capital = models.BooleanField(_("capital of its country"), default=False)
    is_region_capital = models.BooleanField(_("capital of its region"), default=False)
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="members", verbose_name=_("topics")
    )
    emblem = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("emblem"),
    )  # fmt: skip
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
            GinIndex(OpClass("name_search", name="gin_trgm_ops"), name="members_member_trgm"),
        ]

    def __str__(self):
        return self.name or self.slug

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("A page of the portal has this address already.")})
        former = OldSlug.objects.filter(slug=self.slug).exclude(member_id=self.pk).first()
        if former:
            raise ValidationError(
                {
                    "slug": _("This address leads to “%s”, which once stood under it.")
                    % former.member
                }
            )

    def save(self, *args, **kwargs):
        """Save, with the name of today from the dated names; an address left behind is kept."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *DERIVED_FROM_NAMES, "updated_at"}
        with transaction.atomic():
            if not self._state.adding:
                self._keep_old_slug()
            self.take_names([] if self._state.adding else self._dated_names())
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("members:detail", args=[self.slug])

    def take_names(self, names: Iterable["MemberName"], on: datetime.date | None = None) -> bool:
        """Set all that is derived from dated names, unsaved; says whether anything changed.

        Where no name is valid on that day the present one stays.
        """
        before = [getattr(self, field) for field in sorted(DERIVED_FROM_NAMES)]
        spellings = set()
        for name in names:
            spellings |= {name.name_ru, name.name_en, name.native}
            if name.kind == name.Kind.NAME and name.is_valid_on(on):
                self.name_ru, self.name_en = name.name_ru, name.name_en
        for code in LANGUAGE_CODES:
            shown, _code = in_language(self, "name", code)
            setattr(self, f"sort_key_{code}", sort_key(shown))
            setattr(self, f"initial_{code}", initial(shown))
        spellings |= {self.name_ru, self.name_en}
        self.name_search = "\n".join(sorted({search_fold(one) for one in spellings if one}))
        return before != [getattr(self, field) for field in sorted(DERIVED_FROM_NAMES)]

    def _dated_names(self) -> models.QuerySet:
        """The rows in the database, whatever was prefetched."""
        names = self._meta.get_field("names").related_model
        return names.objects.filter(member_id=self.pk)

    def _keep_old_slug(self) -> None:
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("slug", flat=True).first()
        if stored and stored != self.slug:
            OldSlug.objects.filter(member=self, slug=self.slug).delete()
            OldSlug.objects.create(member=self, slug=stored)


class OldSlug(models.Model):
    """An earlier address of a member: it redirects to the present one."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="old_slugs")
    slug = models.SlugField(unique=True, max_length=80)

    class Meta:
        verbose_name = _("earlier address")
        verbose_name_plural = _("earlier addresses")

    def __str__(self):
        return self.slug
