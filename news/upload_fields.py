"""Many pictures in one field of a form."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from content import pictures


class PicturesInput(forms.ClearableFileInput):
    """A file input that takes several pictures at once."""

    allow_multiple_selected = True

    def __init__(self, attrs=None):
        accepted = {"multiple": True, "accept": "image/jpeg,image/png,image/webp"}
        super().__init__({**accepted, **(attrs or {})})


class PicturesField(forms.FileField):
    """Several pictures: each is judged, and every refusal names its file.

    `refuse` takes the number of files and raises ValidationError where they are too many, before
    anything is decoded.
    """

    widget = PicturesInput

    def __init__(self, *, refuse=None, **kwargs):
        super().__init__(**kwargs)
        self.refuse = refuse

    def clean(self, data, initial=None) -> list[pictures.CheckedPicture]:
        uploads = [one for one in (data or []) if one] if isinstance(data, list) else (
            [data] if data else []
        )  # fmt: skip
        if not uploads:
            super().clean(None, initial)
            return []
        if self.refuse:
            self.refuse(len(uploads))
        return self._judged(uploads)

    def _judged(self, uploads: list[UploadedFile]) -> list[pictures.CheckedPicture]:
        checked, problems = [], []
        for upload in uploads:
            try:
                checked.append(pictures.accept_upload(super().clean(upload)))
            except ValidationError as error:
                for sentence in error.messages:
                    values = {"name": upload.name, "problem": sentence}
                    problems.append(_("%(name)s: %(problem)s") % values)
        if problems:
            raise ValidationError(problems)
        return checked
