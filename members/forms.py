"""The filter of the directory, and the forms of the cabinet: the profile, its returned fields."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from content.editing import CONFLICT, NOW_STORED, OneTimeKeyMixin
from content.pictures import accept_upload
from members.directory import NOT_STATED, Choices
from members.models import Member, ProfileChange
from members.moderation import ProposedPhoto
from members.profile import LABELS, PHOTO, TEXT_FIELDS, TOPICS, Standing, stored, words
from members.profile_text import tidy

SLOGAN_LENGTH = 200
ABOUT_LENGTH = 3000
ALT_LENGTH = 300
PHOTO_FIELDS = (PHOTO, "photo_alt_ru", "photo_alt_en", "drop_photo")
TELEPHONE = RegexValidator(
    r"^\+?[\d\s().,–-]+(?:(?:доб\.?|ext\.?)\s*\d+)?$",
    _("Enter the number with its country code, for example +7 843 292-09-34."),
)


class DirectoryForm(forms.Form):
    """The filter above the list; an unknown value is told and narrows nothing."""

    q = forms.CharField(
        label=_("City or association"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), required=False)
    size = forms.ChoiceField(label=_("Population"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    letter = forms.CharField(required=False, max_length=2, widget=forms.HiddenInput)

    def __init__(self, data, choices: Choices):
        super().__init__(data, auto_id="filter_%s")
        self.fields["country"].choices = [
            ("", _("All countries")),
            *((code, name) for code, (name, _language) in choices.countries.items()),
        ]
        self.fields["size"].choices = [
            ("", _("Any size")),
            *((size.code, size.name) for size in choices.sizes),
            (NOT_STATED, _("Not stated")),
        ]
        kinds = [(kind.value, str(kind.label).capitalize()) for kind in Member.Kind]
        self.fields["kind"].choices = [("", _("Any kind")), *kinds]

    def address_of(self, letter: str) -> str:
        """The query of the same list under a letter; of all letters when it is empty."""
        kept = {
            name: value
            for name, value in self.data.items()
            if name in self.fields and name != "letter" and value
        }
        return "?" + urlencode(kept | ({"letter": letter} if letter else {}))

    def selects(self) -> list[forms.BoundField]:
        """The lists to choose from, for a template that writes them without widgets."""
        return [self[name] for name in ("country", "size", "kind")]


def _area(rows: int, language: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "lang": language})


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


class ProfileForm(OneTimeKeyMixin):
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
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        help_text=_("For example, https://city.example"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        error_messages={"invalid": _("Enter the address of the site with https://")},
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, validators=[TELEPHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("New photo"), required=False,
        help_text=_("JPEG, PNG or WebP, 400 pixels or more on the shorter side, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    photo_alt_ru = _text(_("What the photo shows"), ALT_LENGTH, 2, "ru", help_text=_(
        "For those who do not see it, in one language at least."
    ))  # fmt: skip
    photo_alt_en = _text(_("What the photo shows"), ALT_LENGTH, 2, "en")
    drop_photo = forms.BooleanField(label=_("Take the waiting photo back"), required=False)

    def __init__(self, *args, standing: Standing, fields: Iterable[str] | None = None, **kwargs):
        self.standing = standing
        super().__init__(*args, **kwargs)
        self._keep_only({*TEXT_FIELDS, PHOTO} if fields is None else set(fields))
        for name in self.text_fields:
            self._start(name, self.standing.value(name))
        waiting = standing.changes.get(PHOTO)
        if waiting and PHOTO in self.fields:
            self.initial |= {"photo_alt_ru": waiting.alt_ru, "photo_alt_en": waiting.alt_en}
        else:
            self.fields.pop("drop_photo", None)
        self.initial["version"] = standing.token

    def _keep_only(self, wanted: set[str]) -> None:
        self.text_fields = [name for name in TEXT_FIELDS if name in wanted]
        known = {*TEXT_FIELDS, *PHOTO_FIELDS}
        kept = {*self.text_fields, *(PHOTO_FIELDS if PHOTO in wanted else ())}
        for name in known - kept:
            del self.fields[name]

    def _start(self, name: str, value: str) -> None:
        """Start from a value; one that is longer than usual stays valid while it is unchanged."""
        shown = tidy(words(name, value))
        self.initial[name] = shown
        field = self.fields[name]
        if isinstance(field, PlainText) and len(shown) > field.max_length:
            field.allow(len(shown))

    def clean_photo(self):
        upload = self.cleaned_data.get(PHOTO)
        return accept_upload(upload) if upload else None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(PHOTO) and not (cleaned.get("photo_alt_ru") or cleaned.get("photo_alt_en")):
            self.add_error("photo_alt_ru", _("Say what the photo shows, in one language at least."))
        if cleaned.get("version") != self.standing.token:
            self._show_conflict(cleaned)
        if self.errors and cleaned.get(PHOTO):
            self.add_error(
                PHOTO, _("The photo is fine, but browsers send a file once: choose it again.")
            )
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

    def proposed_photo(self) -> ProposedPhoto | None:
        """The photo to propose; without an upload, other words for the one that waits."""
        if PHOTO not in self.fields:
            return None
        data = self.cleaned_data
        if not data[PHOTO] and PHOTO not in self.standing.changes:
            return None
        return ProposedPhoto(data[PHOTO], data["photo_alt_ru"], data["photo_alt_en"])

    @property
    def drops_photo(self) -> bool:
        return self.cleaned_data.get("drop_photo", False)

    def rows(self) -> list[list[forms.BoundField]]:
        """The text fields of the page, row by row: a pair of languages, or one field."""
        rows = [
            [self[name] for name in topic.fields if name in self.text_fields] for topic in TOPICS
        ]
        return [row for row in rows if row]


class CorrectionsForm(ProfileForm):
    """Only the fields that staff returned, starting from what they returned."""

    keep_photo = forms.BooleanField(label=_("Keep the photo that is public now"), required=False)

    def __init__(self, *args, returned: list[ProfileChange], **kwargs):
        self.returned = {change.field: change for change in returned}
        super().__init__(*args, fields=self.returned, **kwargs)
        for name in self.text_fields:
            self._start(name, self.returned[name].new_value)
            self.fields[name].label = LABELS[name]
        if photo := self.returned.get(PHOTO):
            self.initial |= {"photo_alt_ru": photo.alt_ru, "photo_alt_en": photo.alt_en}
        else:
            del self.fields["keep_photo"]

    def reasons(self) -> list[tuple[forms.BoundField, ProfileChange]]:
        """The returned text fields, each with what was returned and why."""
        return [(self[name], self.returned[name]) for name in self.text_fields]

    def corrected(self) -> set[str]:
        """The fields that are settled by this form, also those that stay as they are public."""
        return {*self.text_fields, *([PHOTO] if self.cleaned_data.get("keep_photo") else [])}
