"""Forms of the secretariat: a rating, an edition with its window, its classes and zones."""

import itertools
import zoneinfo

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from awards.calls_forms import by_the_clock
from content import timezones
from content.languages import LANGUAGE_CODES
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordForm
from events.admin_fields import BesideFieldsMixin
from events.admin_forms import PlaceTimeField
from ratings import staying
from ratings.models import Edition, SizeClass

STAYS = gettext_lazy("This stays as it is now.")


class RatingForm(PublishNowMixin, PublicRecordForm):
    """A rating."""


class EditionForm(BesideFieldsMixin, PublishNowMixin, PublicRecordForm):
    """An edition; its times are entered by its own clock."""

    TIMES = ("opens_at", "closes_at")
    beside = {
        "ratings_edition_slug_once": "slug",
        "ratings_edition_closes_after_opening": "closes_at",
        "ratings_edition_period_in_order": "period_ends_on",
    }
    time_zone = forms.ChoiceField(label=gettext_lazy("time zone"))
    opens_at = PlaceTimeField(label=gettext_lazy("answers from"), required=False)
    closes_at = PlaceTimeField(label=gettext_lazy("answers until"), required=False)
    source_url = forms.URLField(
        label=gettext_lazy("page of the source"), max_length=500, required=False,
        assume_scheme="https",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("time_zone"):
            known, own = timezones.choices(), self.instance.time_zone
            field.choices = known if own in dict(known) else [*known, (own, own)]
            field.initial = own
        zone = self._zone()
        for name in self.TIMES:
            if field := self.fields.get(name):
                by_the_clock(field, zone)

    def _zone(self) -> zoneinfo.ZoneInfo:
        """The clock that was chosen in this post, or else that of the edition."""
        chosen = self.data.get("time_zone") if self.is_bound else None
        return zoneinfo.ZoneInfo(chosen) if chosen in timezones.CITIES else self.instance.zone

    def clean_slug(self):
        """An address that was left empty is the year of the edition."""
        if slug := self.cleaned_data.get("slug"):
            return slug
        rating, year = self.cleaned_data.get("rating"), self.cleaned_data.get("year")
        taken = set()
        if rating:
            others = rating.editions.exclude(pk=self.instance.pk)
            taken = set(others.values_list("slug", flat=True))
        numbered = (f"{year}-{number}" for number in range(2, 99))
        return next(slug for slug in (str(year), *numbered) if slug not in taken)

    def clean(self):
        """The row is locked by now: nothing of what is sealed changes."""
        cleaned = super().clean()
        if self.instance.pk:
            now = staying.locked(self.instance)
            refuse(self, staying.staying(Edition, now))
            if now.opened_at and cleaned.get("kind", Edition.Kind.HELD) != Edition.Kind.HELD:
                self.add_error("kind", _("Its questionnaire was opened: it is held here."))
            for name in self.TIMES:
                if now.opened_at and name in cleaned and cleaned[name] is None:
                    self.add_error(name, _("Say from when and until when answers come."))
        return cleaned


class SizeClassForm(BesideFieldsMixin):
    """A class; codes and overlaps are judged for all classes of the post together."""

    beside = {
        "ratings_sizeclass_bounds": "maximum",
        "ratings_sizeclass_title_given": "title_ru",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        either_language(self, "title")


class SizeClassFormSet(BaseInlineFormSet):
    """The classes of an edition: none covers what another one covers."""

    def clean(self):
        kept = [form for form in self.forms if _is_kept(form, self)]
        self._refuse_codes_twice(kept)
        super().clean()
        kept.sort(key=lambda form: form.cleaned_data["minimum"])
        for lower, upper in itertools.pairwise(kept):
            top = lower.cleaned_data.get("maximum")
            if top is None or top > upper.cleaned_data["minimum"]:
                upper.add_error("minimum", OVERLAP)
        if self.instance.pk and self.has_changed():
            self._refuse_what_stays()
            self._refuse_exchanges(kept)

    def _refuse_codes_twice(self, kept: list[forms.BaseForm]) -> None:
        """In the post, and in rows that are not renamed before this one is."""
        gone = self._gone()
        stored = SizeClass.objects.filter(edition_id=self.instance.pk).exclude(pk__in=gone)
        codes = {one.pk: one.code for one in stored}
        seen: set[str] = set()
        for form in kept:
            code = form.cleaned_data.get("code")
            others = {own for pk, own in codes.items() if pk != form.instance.pk}
            is_taken = code in seen or (code in others and "code" in form.changed_data)
            if code and is_taken:
                form.add_error("code", TAKEN)
            seen.add(code)

    def _gone(self) -> set[int]:
        """Keys of the rows that this post deletes, whatever else is wrong in it."""
        return {form.instance.pk for form in self.forms
                if form.instance.pk and self.can_delete
                and self._should_delete_form(form)}  # fmt: skip

    def _refuse_what_stays(self) -> None:
        edition = staying.locked(self.instance)
        for form in self.forms:
            refuse(form, staying.staying(SizeClass, edition))

    def _refuse_exchanges(self, kept: list[forms.BaseForm]) -> None:
        if any(form.errors for form in self.forms):
            return
        gone = self._gone()
        try:
            in_order([form.instance for form in kept if form.has_changed()], gone)
        except Exchanged:
            kept[0].add_error("minimum", _("Exchange the bounds of two classes in two steps."))


TAKEN = SizeClass._meta.constraints[1].violation_error_message
OVERLAP = SizeClass._meta.constraints[-1].violation_error_message


class Exchanged(Exception):
    """Classes trade their places: there is no order to write them in."""


def in_order(rows: list[SizeClass], gone: set[int] = frozenset()) -> list[SizeClass]:
    """Changed classes in an order in which none ever covers another one's numbers.

    A boundary that moves: the class that shrinks is written first. `gone`: keys of those that are
    deleted before. Raises Exchanged where no order will do.
    """
    others = SizeClass.objects.filter(edition_id__in={row.edition_id for row in rows})
    stored = {one.pk: (one.minimum, one.maximum) for one in others.exclude(pk__in=gone)}
    left, ordered = list(rows), []
    while left:
        if (row := next((one for one in left if not _meets(one, stored)), None)) is None:
            raise Exchanged
        stored[row.pk or -len(ordered) - 1] = (row.minimum, row.maximum)
        ordered.append(row)
        left.remove(row)
    return ordered


def _meets(row: SizeClass, stored: dict) -> bool:
    return any(
        pk != row.pk
        and (row.maximum is None or low < row.maximum)
        and (high is None or row.minimum < high)
        for pk, (low, high) in stored.items()
    )


class ZoneForm(forms.ModelForm):
    """A zone; either language will do."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        either_language(self, "title")


class CloneForm(forms.Form):
    """Year, address and title of the next edition."""

    title_ru = forms.CharField(
        label=gettext_lazy("Title in Russian"), max_length=200, required=False
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=200, required=False
    )
    year = forms.IntegerField(
        label=pgettext_lazy("of an edition", "Year"), min_value=1990, max_value=2100
    )
    slug = forms.SlugField(label=gettext_lazy("Address"), max_length=120)

    def __init__(self, *args, edition: Edition, **kwargs):
        self.edition = edition
        super().__init__(*args, **kwargs)

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if self.edition.rating.editions.filter(slug=slug).exists():
            raise forms.ValidationError(_("The rating has an edition at this address already."))
        return slug

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("title_ru") or cleaned.get("title_en")):
            self.add_error("title_ru", _("Give it in Russian or in English."))
        return cleaned


def refuse(form: forms.BaseForm, names: set[str]) -> None:
    """Say beside each changed field that it stays; the page was opened before that was so."""
    if not hasattr(form, "cleaned_data"):
        return
    for name in sorted(names & set(form.changed_data) & set(form.cleaned_data)):
        form.add_error(name, STAYS)


def either_language(form: forms.BaseForm, name: str) -> None:
    """Either language will do: the constraint of the model demands one of them."""
    for code in LANGUAGE_CODES:
        if field := form.fields.get(f"{name}_{code}"):
            field.required = False


def _is_kept(form: forms.BaseForm, formset: BaseInlineFormSet) -> bool:
    values = getattr(form, "cleaned_data", None) or {}
    is_gone = formset.can_delete and formset._should_delete_form(form)
    return not is_gone and values.get("minimum") is not None
