"""What representatives type: whom they send to an assembly, whom they nominate."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.editing import CONFLICT, NOW_STORED, OneTimeKeyMixin
from mailing.cleaning import one_line

ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")


class NameField(forms.CharField):
    """A name in one line, without control characters and spare spaces."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 150, "required": False, **kwargs})

    def to_python(self, value):
        return one_line(super().to_python(value))


class DelegatesForm(OneTimeKeyMixin):
    """The delegate and the substitute, each with the scan of the mandate.

    `seen` is the `delegates.version` of what it was opened with.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    delegate_name_ru = NameField(label=_("Name of the delegate"))
    delegate_name_en = NameField(label=_("Name of the delegate"))
    delegate_mandate = forms.FileField(
        label=_("Scan of the mandate"), required=False,
        help_text=_("PDF or picture, up to 20 MB. Without a mandate one may speak, not vote."),
    )  # fmt: skip
    cannot_come = forms.BooleanField(label=_("The delegate cannot come"), required=False)
    substitute_name_ru = NameField(label=_("Name of the substitute"))
    substitute_name_en = NameField(label=_("Name of the substitute"))
    substitute_mandate = forms.FileField(
        label=_("Scan of the mandate"), required=False,
        help_text=_("PDF or picture, up to 20 MB. Without a mandate one may speak, not vote."),
    )  # fmt: skip

    use_required_attribute = False

    def clean(self):
        cleaned = super().clean()
        for role in ("delegate", "substitute"):
            is_named = cleaned.get(f"{role}_name_ru") or cleaned.get(f"{role}_name_en")
            if cleaned.get(f"{role}_mandate") and not is_named:
                self.add_error(f"{role}_name_ru", _("Whose mandate is it? Give the name."))
        return cleaned

    def show_conflict(self, now: str, stored: dict[str, str]) -> None:
        """Say that somebody saved meanwhile, beside each name that differs what is stored.

        now: the version that is stored; sent again, the form is saved over it.
        """
        self.add_error(None, ValidationError(CONFLICT, code="conflict"))
        for name, value in stored.items():
            if self.cleaned_data.get(name, "") != value:
                self.add_error(name, NOW_STORED % (value or "—"))
        self.data = self.data.copy()
        self.data["seen"] = now

    def keep_files(self, user) -> dict:
        """The uploaded scans as private files, by role; what is refused is said beside its field.

        Call it on a valid form; look at `errors` afterwards.
        """
        kept = {}
        for role in ("delegate", "substitute"):
            if upload := self.cleaned_data.get(f"{role}_mandate"):
                try:
                    kept[role] = privatefiles.store(upload, "mandate", user, endings=ENDINGS)
                except ValidationError as error:
                    self.add_error(f"{role}_mandate", error)
        return kept


class NominationForm(OneTimeKeyMixin):
    """Whom the member nominates, and what the candidate says."""

    person = forms.TypedChoiceField(
        label=_("Candidate"), required=False, coerce=int, empty_value=None,
        help_text=_("People who hold an office in your city are listed here."),
    )  # fmt: skip
    statement_ru = forms.CharField(
        label=_("Statement of the candidate"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    statement_en = forms.CharField(
        label=_("Statement of the candidate"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args, candidates=(), nobody: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", nobody), *candidates]
