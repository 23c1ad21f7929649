"""What a city writes about its dossier in the cabinet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.editing import OneTimeKeyMixin, VersionedFormMixin
from nominations import letters
from nominations.models import LetterKind, SectionText
from nominations.models.calls import LANGUAGES
from nominations.models.texts import LONGEST
from nominations.nominating import Interest


class InterestForm(OneTimeKeyMixin):
    """A city asks to be nominated."""

    title_ru = forms.CharField(
        label=_("What the city should be honoured for, in Russian"), max_length=300, required=False,
        help_text=_("The project or the policy in one line."),
    )  # fmt: skip
    title_en = forms.CharField(
        label=_("The same in English"), max_length=300, required=False,
        help_text=_("If you have it; a translator will see to it otherwise."),
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("Why this city"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What was done, since when, what changed for the people."),
    )  # fmt: skip
    contact_name = forms.CharField(label=_("Who answers questions"), max_length=200)
    contact_email = forms.EmailField(label=_("Their e-mail"))
    contact_phone = forms.CharField(label=_("Their phone"), max_length=50, required=False)
    use_required_attribute = False

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("title_ru") or cleaned.get("title_en")):
            self.add_error("title_ru", _("Give it in Russian or in English."))
        return cleaned

    def interest(self) -> Interest:
        """What was written, once the form was found right."""
        names = Interest.__dataclass_fields__
        return Interest(**{name: self.cleaned_data[name] for name in names})


class RussianTextForm(VersionedFormMixin):
    """The Russian text under one heading."""

    use_required_attribute = False

    class Meta:
        model = SectionText
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16, "lang": "ru"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Text in Russian")
        self.fields["text"].max_length = LONGEST


class LetterForm(OneTimeKeyMixin):
    """A letter with its file."""

    kind = forms.ChoiceField(label=_("What it is"), choices=LetterKind)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES)
    title = forms.CharField(label=_("From whom, about what"), max_length=200)
    upload = forms.FileField(
        label=_("File"), help_text=_("PDF, DOCX or a picture, up to 20 MB.")
    )  # fmt: skip
    use_required_attribute = False

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        privatefiles.refuse(upload, endings=letters.ENDINGS)
        return upload
