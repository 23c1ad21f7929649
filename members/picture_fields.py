"""Pictures in the forms of the profile: each with its words, and with what else can be done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.models import Picture
from content.pictures import accept_upload
from members.models import ProfileChange
from members.profile import EMBLEM, GALLERY, LABELS, PHOTO, PICTURE_FIELDS, public_picture
from members.profile_pictures import ProposedPicture, smallest

ALT_LENGTH = 300
UPLOADS = {
    PHOTO: (
        _("New photo"),
        _("JPEG, PNG or WebP, 400 pixels or more on the shorter side, up to 20 MB."),
    ),
    EMBLEM: (
        _("New emblem"),
        _("PNG, JPEG or WebP, 128 pixels or more on the shorter side, up to 20 MB."),
    ),
}
ALT_HINT = _("For those who do not see it, in one language at least.")
CHOOSE_AGAIN = _("The photo is fine, but browsers send a file once: choose it again.")


@dataclass(frozen=True)
class PictureBlock:
    """One picture on the page: what is public, what waits, and the fields about it."""

    name: str
    label: str | Promise
    public: Picture | None
    waiting: ProfileChange | None
    upload: forms.BoundField
    alts: tuple[forms.BoundField, ...]
    choices: tuple[forms.BoundField, ...]


class PicturesMixin(forms.Form):
    """Adds the fields of the pictures. The form has `standing`; call `add_pictures` first."""

    picture_fields: tuple[str, ...] = ()

    def add_pictures(self, wanted: Iterable[str]) -> None:
        """Add the fields of those pictures that are among `wanted`."""
        self.picture_fields = tuple(name for name in PICTURE_FIELDS if name in {*wanted})
        for name in self.picture_fields:
            self._add(name)

    def _add(self, name: str) -> None:
        label, hint = UPLOADS.get(name, UPLOADS[PHOTO])
        self.fields[name] = forms.FileField(
            label=label, help_text=hint, required=False,
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        )  # fmt: skip
        if name != EMBLEM:
            for code in ("ru", "en"):
                self.fields[f"{name}_alt_{code}"] = forms.CharField(
                    label=_("What the photo shows"), max_length=ALT_LENGTH, required=False,
                    help_text=ALT_HINT if code == "ru" else "",
                    widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                )  # fmt: skip
        waiting = self.standing.changes.get(name)
        if waiting:
            self._start_words(name, waiting)
            self._tick(f"drop_{name}", _("Take the waiting photo back"))
        elif name in GALLERY and public_picture(self.standing.member, name):
            self._tick(f"remove_{name}", _("Take this photo off the page"))

    def _tick(self, name: str, label) -> None:
        self.fields[name] = forms.BooleanField(label=label, required=False)

    def _start_words(self, name: str, change: ProfileChange) -> None:
        self.initial |= {f"{name}_alt_ru": change.alt_ru, f"{name}_alt_en": change.alt_en}

    def offer_to_keep(self, name: str, returned: ProfileChange) -> None:
        """A returned picture may be given up; its words are what the form starts from."""
        self._start_words(name, returned)
        self._tick(f"keep_{name}", _("Keep the photo that is public now"))

    def judge_pictures(self) -> None:
        """Replace each upload by the picture that was made of it, or say what is wrong."""
        for name in self.picture_fields:
            if upload := self.cleaned_data.get(name):
                try:
                    self.cleaned_data[name] = accept_upload(upload, smallest(name))
                except ValidationError as error:
                    self.add_error(name, error)
            if name != EMBLEM and self.cleaned_data.get(name) and not any(self._words(name)):
                self.add_error(
                    f"{name}_alt_ru", _("Say what the photo shows, in one language at least.")
                )

    def ask_for_pictures_again(self) -> None:
        """For a form with errors: good files have to be chosen once more."""
        for name in self.picture_fields:
            if self.cleaned_data.get(name):
                self.add_error(name, CHOOSE_AGAIN)

    def _words(self, name: str) -> tuple[str, str]:
        data = self.cleaned_data
        return data.get(f"{name}_alt_ru", ""), data.get(f"{name}_alt_en", "")

    def pictures(self) -> dict[str, ProposedPicture]:
        """What to propose, by field: new pictures, other words for waiting ones, removals."""
        data, found = self.cleaned_data, {}
        for name in self.picture_fields:
            removes = data.get(f"remove_{name}", False) and not data[name]
            if data[name] or removes or name in self.standing.changes:
                words = ("", "") if removes else self._words(name)
                found[name] = ProposedPicture(data[name] or None, *words, removes=removes)
        return found

    def dropped(self) -> set[str]:
        """Fields whose waiting picture is taken back."""
        return self._ticked("drop")

    def kept_pictures(self) -> set[str]:
        """Returned pictures that are given up: the public one stays."""
        return self._ticked("keep")

    def _ticked(self, what: str) -> set[str]:
        return {name for name in self.picture_fields if self.cleaned_data.get(f"{what}_{name}")}

    def picture_blocks(self) -> list[PictureBlock]:
        """The pictures of the page with their fields, in order."""
        return [self._block(name) for name in self.picture_fields]

    def _block(self, name: str) -> PictureBlock:
        alts = tuple(self[f"{name}_alt_{code}"] for code in ("ru", "en") if name != EMBLEM)
        choices = (f"{what}_{name}" for what in ("drop", "remove", "keep"))
        return PictureBlock(
            name=name,
            label=LABELS[name],
            public=public_picture(self.standing.member, name),
            waiting=self.standing.changes.get(name),
            upload=self[name],
            alts=alts,
            choices=tuple(self[choice] for choice in choices if choice in self.fields),
        )
