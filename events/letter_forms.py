"""Forms of the secretariat about letters: what is said, in which languages, to whom."""

import zoneinfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from content import timezones
from content.editing import OneTimeKeyMixin
from events import audiences
from events.admin_forms import CancelForm, PlaceTimeField
from events.models import Event, EventLetter, ReminderRule

WORDS = ("subject_ru", "subject_en", "text_ru", "text_en")


class WordsMixin(forms.Form):
    """Subject and text in both languages, or whole in one that is marked as the only one."""

    is_one_language = forms.BooleanField(
        label=gettext_lazy("in one language only"), required=False,
        help_text=gettext_lazy("Readers of the other language get it with a note on top."),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if self.wants_words(cleaned):
            self._refuse_halves(cleaned)
        return cleaned

    def wants_words(self, cleaned: dict) -> bool:
        return True

    def _refuse_halves(self, cleaned: dict) -> None:
        given = {code: self._is_whole(cleaned, code) for code in ("ru", "en")}
        if cleaned.get("is_one_language") and any(given.values()):
            return
        for name in WORDS:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Write it in both languages, or tick that there is one."))

    def _is_whole(self, cleaned: dict, code: str) -> bool:
        """Both subject and text, or neither: half a letter is none."""
        return bool(cleaned.get(f"subject_{code}") and cleaned.get(f"text_{code}"))


class LetterForm(WordsMixin, OneTimeKeyMixin, forms.ModelForm):
    """A letter to audiences of an event, before it is sent."""

    audiences = forms.MultipleChoiceField(
        label=pgettext_lazy("of a letter", "to whom"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = EventLetter
        fields = ["audiences", *WORDS, "is_one_language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audiences"].choices = audiences.choices()
        for name in WORDS:
            self.fields[name].required = False
        for name in ("subject_ru", "subject_en"):
            self.fields[name].help_text = _("Says what to do by when.")

    @property
    def words(self) -> dict[str, str | None]:
        """What is said; nothing in the language that lacks."""
        return {name: self.cleaned_data.get(name) or None for name in WORDS}

    def _post_clean(self):
        """The row is written by `staff_letters.send`, not by this form."""


class RuleForm(WordsMixin, forms.ModelForm):
    """The own words of a reminder; none are needed, except after the moment."""

    class Meta:
        model = ReminderRule
        fields = WORDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.has_own_words():
            halves = [self.instance.text_ru, self.instance.text_en]
            self.initial["is_one_language"] = not all(halves)

    def wants_words(self, cleaned: dict) -> bool:
        is_after = self.instance.side == ReminderRule.Side.AFTER
        return is_after or any(cleaned.get(name) for name in WORDS)


class PostponeForm(CancelForm):
    """Why the event is postponed, in one language at least."""


class NewDateForm(CancelForm):
    """When and where a postponed event will be, and what is to be said about it."""

    starts_at = PlaceTimeField(label=gettext_lazy("starts at"))
    ends_at = PlaceTimeField(label=gettext_lazy("ends at"))
    time_zone = forms.ChoiceField(label=gettext_lazy("time zone"))
    place_ru = forms.CharField(
        label=gettext_lazy("place, in Russian"), max_length=200, required=False
    )
    place_en = forms.CharField(
        label=gettext_lazy("place, in English"), max_length=200, required=False
    )
    field_order = ("time_zone", "starts_at", "ends_at", "place_ru", "place_en")

    def __init__(self, data=None, *, event: Event):
        initial = {
            name: getattr(event, name)
            for name in ("starts_at", "ends_at", "time_zone", "place_ru", "place_en")
        }
        super().__init__(data, initial=initial)
        offered = dict(timezones.choices()) | {event.time_zone: event.time_zone}
        self.fields["time_zone"].choices = list(offered.items())
        chosen = (data or {}).get("time_zone")
        zone = zoneinfo.ZoneInfo(chosen if chosen in offered else event.time_zone)
        for name in ("starts_at", "ends_at"):
            self.fields[name].zone = zone

    def clean(self):
        """Here the reason may be left out: the new date says enough."""
        cleaned = forms.Form.clean(self)
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at < starts_at:
            self.add_error("ends_at", _("An event cannot end before it starts."))
        return cleaned
