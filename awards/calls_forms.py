"""Forms of the secretariat: a round with its window, its categories and its entry form."""

import zoneinfo

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import EntrantKind, EntryField, EntryFieldChoice, Round
from content import timezones
from content.languages import LANGUAGE_CODES
from content.publishing import HIDDEN, PublishNowMixin
from content.record_admin import PublicRecordForm
from events.admin_fields import BesideFieldsMixin
from events.admin_forms import PlaceTimeField

CHOOSING = (EntryField.Kind.CHOICE, EntryField.Kind.CHOICES)


class BoxesField(forms.MultipleChoiceField):
    """A list of codes as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def has_changed(self, initial, data):
        return set(initial or ()) != set(data or ())


class AwardForm(PublishNowMixin, PublicRecordForm):
    """An award; the organisation that gives it is named where it is somebody else."""

    website = forms.URLField(
        label=gettext_lazy("web page"), max_length=200, required=False, assume_scheme="https"
    )

    def clean(self):
        cleaned = super().clean()
        named = cleaned.get("given_by_ru") or cleaned.get("given_by_en")
        if cleaned.get("giver") == "others" and "given_by_ru" in self.fields and not named:
            self.add_error("given_by_ru", _("Say which organisation gives it."))
        return cleaned


class RoundForm(BesideFieldsMixin, PublishNowMixin, PublicRecordForm):
    """A round; its times are entered by its own clock."""

    TIMES = ("opens_at", "closes_at")
    beside = {
        "awards_round_closes_after_opening": "closes_at",
        "awards_round_slug_once": "slug",
        "awards_round_limit_from_1": "limit_per_entrant",
    }

    time_zone = forms.ChoiceField(label=gettext_lazy("time zone"))
    opens_at = PlaceTimeField(label=gettext_lazy("entries from"))
    closes_at = PlaceTimeField(label=gettext_lazy("entries until"))
    who_may_enter = BoxesField(
        label=gettext_lazy("who may enter"), choices=EntrantKind.choices, required=False
    )
    languages = BoxesField(
        label=gettext_lazy("languages of entries"), required=False, initial=["ru", "en"],
        choices=[("ru", gettext_lazy("Russian")), ("en", gettext_lazy("English"))],
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "time_zone" in self.fields:
            _offer_zones(self.fields["time_zone"], self.instance.time_zone)
        zone = zone_of(self, self.instance)
        for name in self.TIMES:
            if field := self.fields.get(name):
                by_the_clock(field, zone)

    def clean_slug(self):
        """An address that was left empty is the year of the round."""
        if slug := self.cleaned_data.get("slug"):
            return slug
        award, year = self.cleaned_data.get("award"), self.cleaned_data.get("year")
        taken = set(award.rounds.exclude(pk=self.instance.pk).values_list("slug", flat=True)) \
            if award else set()  # fmt: skip
        numbered = (f"{year}-{number}" for number in range(2, 99))
        return next(slug for slug in (str(year), *numbered) if slug not in taken)

    def clean(self):
        cleaned = super().clean()
        self._refuse_a_call_for_nobody(cleaned)
        self._refuse_to_change_what_entries_hang_on()
        return cleaned

    def _refuse_a_call_for_nobody(self, cleaned: dict) -> None:
        closes_at = cleaned.get("closes_at")
        is_call = closes_at and closes_at > timezone.now() and cleaned.get("status") not in HIDDEN
        if "who_may_enter" in self.fields and is_call:
            for name, words in [
                ("who_may_enter", _("Say who may enter.")),
                ("languages", _("Say in which languages entries may be written.")),
            ]:
                if not cleaned.get(name):
                    self.add_error(name, words)

    def _refuse_to_change_what_entries_hang_on(self) -> None:
        """The round is locked by now, as it is while entries are sent."""
        hanging = {"award", "is_for_children"} & set(self.changed_data) & set(self.cleaned_data)
        if self.instance.pk and hanging and self.instance.entries.exists():
            for name in sorted(hanging):
                self.add_error(name, _("There are entries already: this stays as it is."))


class CategoryForm(BesideFieldsMixin):
    """A category; its own deadline is entered by the clock of the round."""

    beside = {
        "awards_category_title_given": "title_ru",
        "awards_category_code_once": "code",
        "awards_category_ages_in_order": "min_age",
        "awards_category_limit_from_1": "limit_per_entrant",
    }
    closes_at = PlaceTimeField(
        label=gettext_lazy("entries until"), required=False,
        help_text=gettext_lazy("Where it differs from the round."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _either_language(self, "title")


class CategoryFormSet(BaseInlineFormSet):
    """A category closes by the clock of the round, after the round opens."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if field := form.fields.get("closes_at"):
            by_the_clock(field, zone_of(form, self.instance))

    def clean(self):
        super().clean()
        for form in self.forms:
            closes_at = getattr(form, "cleaned_data", {}).get("closes_at")
            if closes_at and self.instance.opens_at and closes_at <= self.instance.opens_at:
                form.add_error("closes_at", _("Entries close after they open."))


class EntryFieldForm(forms.ModelForm):
    """A question of the entry form, with the answers to choose from, one a line."""

    answers_ru = forms.CharField(
        label=gettext_lazy("answers to choose from, in Russian"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("One a line."),
    )  # fmt: skip
    answers_en = forms.CharField(
        label=gettext_lazy("answers to choose from, in English"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The same answers in the same order."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _either_language(self, "label")
        self.kept = list(self.instance.choices.all()) if self.instance.pk else []
        for code in LANGUAGE_CODES:
            labels = [getattr(one, f"label_{code}") or "" for one in self.kept]
            self.initial[f"answers_{code}"] = "\n".join(labels) if any(labels) else ""

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if self.instance.pk and kind != self.initial["kind"] and self._is_answered():
            raise forms.ValidationError(
                _("There are answers already: the kind of the question stays. Ask a new question.")
            )
        return kind

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind") or self.instance.kind
        self.lines = {code: _lines(cleaned.get(f"answers_{code}")) for code in LANGUAGE_CODES}
        number = max(map(len, self.lines.values()))
        if {0, number} < {0, *map(len, self.lines.values())}:
            self.add_error("answers_en", _("Give as many answers in both languages."))
        elif kind not in CHOOSING and number:
            self.add_error("answers_ru", _("Only a choice has answers to choose from."))
        elif kind in CHOOSING and number < 2:
            self.add_error("answers_ru", _("Give at least two answers to choose from."))
        elif number < len(self.kept) and self._is_answered():
            words = _("There are answers already: word a choice anew or add one, but keep all.")
            self.add_error("answers_ru", words)
        return cleaned

    def _is_answered(self) -> bool:
        """The question is locked: nobody answers it while this is judged."""
        field = EntryField.objects.select_for_update().get(pk=self.instance.pk)
        return field.answers.exists() or field.files.exists()

    def save(self, commit=True):
        field = super().save(commit)
        if commit:
            self._save_choices(field)
        return field

    def _save_choices(self, field: EntryField) -> None:
        number = max(map(len, self.lines.values()))
        rows = self.kept[:number] + [
            EntryFieldChoice(field=field) for _n in range(number - len(self.kept))
        ]
        for place, row in enumerate(rows):
            row.order = place + 1
            for code, lines in self.lines.items():
                setattr(row, f"label_{code}", lines[place] if lines else None)
            row.save()
        for row in self.kept[number:]:
            row.delete()


def zone_of(form: forms.BaseForm, round: Round) -> zoneinfo.ZoneInfo:
    """The clock that was chosen in this post for the whole round, or else that of the round."""
    chosen = form.data.get("time_zone") if form.is_bound else None
    return zoneinfo.ZoneInfo(chosen) if chosen in timezones.CITIES else round.zone


def by_the_clock(field: PlaceTimeField, zone: zoneinfo.ZoneInfo) -> None:
    """Let a moment be entered by the clock of `zone`, and say so beside it."""
    field.zone = zone
    for part, words in zip(field.widget.widgets, (_("day"), _("time")), strict=True):
        part.attrs["aria-label"] = f"{field.label}: {words}"
    clock = _("By this clock: %s.") % timezones.zone_words(timezone.now(), zone)
    field.help_text = f"{clock} {field.help_text}".strip()


def _offer_zones(field: forms.ChoiceField, own: str) -> None:
    known = timezones.choices()
    field.choices = known if own in dict(known) else [*known, (own, own)]
    field.initial = own


def _either_language(form: forms.BaseForm, name: str) -> None:
    """Either language will do: the constraint of the model demands one of them."""
    for code in LANGUAGE_CODES:
        if field := form.fields.get(f"{name}_{code}"):
            field.required = False


def _lines(text: str | None) -> list[str]:
    return [line.strip()[:200] for line in (text or "").splitlines() if line.strip()]
