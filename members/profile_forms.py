"""The forms of the profile: all of it, one's own photos, the fields that were returned."""

from collections.abc import Iterable

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from content.editing import CONFLICT, NOW_STORED, OneTimeKeyMixin
from members.models import ProfileChange
from members.picture_fields import PictureBlock, PicturesMixin
from members.profile import (
    EMBLEM,
    LABELS,
    PHOTO,
    TEXT_FIELDS,
    TOPICS,
    Standing,
    stored,
    words,
)
from members.profile_text import tidy
from members.web_addresses import WebAddressField

SLOGAN_LENGTH = 200
ABOUT_LENGTH = 3000
NOTE_LENGTH = 2000
TELEPHONE = RegexValidator(
    r"^\+?[\d\s().,–-]+(?:(?:доб\.?|ext\.?)\s*\d+)?$",
    _("Enter the number with its country code, for example +7 843 292-09-34."),
)


def _area(rows: int, language: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows} | ({"lang": language} if language else {}))


class PlainText(forms.CharField):
    """Text of several lines, tidied before its length is judged."""

    def to_python(self, value):
        return tidy(super().to_python(value))

    def allow(self, length: int) -> None:
        """Take up to so many characters."""
        self.max_length = length
        self.widget.attrs["maxlength"] = length
        self.validators = [
            MaxLengthValidator(length) if isinstance(validator, MaxLengthValidator) else validator
            for validator in self.validators
        ]


def _text(label, length: int, rows: int, language: str, **options) -> PlainText:
    return PlainText(
        label=label, max_length=length, required=False, widget=_area(rows, language), **options
    )


def _address(label, **options) -> forms.URLField:
    return WebAddressField(
        label=label, max_length=200, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        error_messages={"invalid": _("Enter the address of the site with https://")}, **options,
    )  # fmt: skip


class ProfileForm(PicturesMixin, OneTimeKeyMixin):
    """What a representative may propose. It writes nothing itself: see `moderation.propose`.

    Build and judge it while the member's row is locked: `standing` is what the guard compares.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    slogan_ru = _text(_("Slogan"), SLOGAN_LENGTH, 2, "ru", help_text=_(
        "One line under the name of the city. It reads best with up to 80 characters."
    ))  # fmt: skip
    slogan_en = _text(_("Slogan"), SLOGAN_LENGTH, 2, "en")
    about_ru = _text(_("Text about the city"), ABOUT_LENGTH, 8, "ru", help_text=_(
        "Three to six sentences: what would a colleague in another city find useful? An empty "
        "line begins a new paragraph, a line that begins with “- ” is an entry of a list."
    ))  # fmt: skip
    about_en = _text(_("Text about the city"), ABOUT_LENGTH, 8, "en")
    website = _address(_("Website"), help_text=_("For example, https://city.example"))
    investment_url = _address(_("Investment page"), help_text=_("Where investors begin."))
    tourism_url = _address(_("Tourism page"), help_text=_("Where guests of the city begin."))
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, validators=[TELEPHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip

    def __init__(self, *args, standing: Standing, fields: Iterable[str] | None = None, **kwargs):
        self.standing = standing
        super().__init__(*args, **kwargs)
        wanted = {*TEXT_FIELDS, PHOTO, EMBLEM} if fields is None else set(fields)
        self._keep_only(wanted)
        for name in self.text_fields:
            self._start(name, self.standing.value(name))
        self.add_pictures(wanted)
        self.initial["version"] = standing.token

    def _keep_only(self, wanted: set[str]) -> None:
        self.text_fields = [name for name in TEXT_FIELDS if name in wanted]
        for name in {*TEXT_FIELDS} - wanted:
            del self.fields[name]

    def _start(self, name: str, value: str) -> None:
        """Start from a value; one that is longer than usual stays valid while it is unchanged."""
        shown = tidy(words(name, value))
        self.initial[name] = shown
        field = self.fields[name]
        if isinstance(field, PlainText) and len(shown) > field.max_length:
            field.allow(len(shown))

    def clean(self):
        cleaned = super().clean()
        self.judge_pictures()
        if cleaned.get("version") != self.standing.token:
            self._show_conflict(cleaned)
        if self.errors:
            self.ask_for_pictures_again()
        return cleaned

    def _show_conflict(self, cleaned: dict) -> None:
        self.add_error(None, forms.ValidationError(CONFLICT, code="conflict"))
        for name in self.text_fields:
            now = tidy(words(name, self.standing.value(name)))
            if name in cleaned and cleaned[name] != now:
                self.add_error(name, NOW_STORED % (now or "—"))
        self.data = self.data.copy()
        self.data["version"] = self.standing.token

    def changes(self) -> dict[str, str]:
        """Values as they shall be stored; what was not touched keeps its formatting."""
        return {
            name: self.standing.value(name)
            if self.cleaned_data[name] == tidy(words(name, self.standing.value(name)))
            else stored(name, self.cleaned_data[name])
            for name in self.text_fields
        }

    def rows(self) -> list[list[forms.BoundField]]:
        """The text fields of the page, row by row: a pair of languages, or one field."""
        rows = [
            [self[name] for name in topic.fields if name in self.text_fields] for topic in TOPICS
        ]
        return [row for row in rows if row]


class ConfirmationForm(ProfileForm):
    """The texts and contacts once more, and a word about what the secretariat keeps."""

    note = _text(_("What else is not right"), NOTE_LENGTH, 4, "", help_text=_(
        "Names, population, leaders, membership: the secretariat corrects them."
    ))  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, fields=TEXT_FIELDS, **kwargs)


class CorrectionsForm(ProfileForm):
    """Only the fields that staff returned, starting from what they returned."""

    def __init__(self, *args, returned: list[ProfileChange], **kwargs):
        self.returned = {change.field: change for change in returned}
        super().__init__(*args, fields=self.returned, **kwargs)
        for name in self.text_fields:
            self._start(name, self.returned[name].new_value)
            self.fields[name].label = LABELS[name]
        for name in self.picture_fields:
            self.offer_to_keep(name, self.returned[name])

    def reasons(self) -> list[tuple[forms.BoundField, ProfileChange]]:
        """The returned text fields, each with what was returned and why."""
        return [(self[name], self.returned[name]) for name in self.text_fields]

    def picture_reasons(self) -> list[tuple[PictureBlock, ProfileChange]]:
        """The returned pictures, each with its fields and the reason."""
        return [(block, self.returned[block.name]) for block in self.picture_blocks()]

    def corrected(self) -> set[str]:
        """The fields that are settled by this form, also those that stay as they are public."""
        return {*self.text_fields, *self.kept_pictures()}
