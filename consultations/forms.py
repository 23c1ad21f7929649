"""What cities type: comments on a draft, texts for a report."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.contributing import ENDINGS
from consultations.models import Call, Contribution
from content.editing import OneTimeKeyMixin
from content.languages import in_language
from hosting.forms import FilesField

LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]


class CommentForm(OneTimeKeyMixin):
    """A comment on one paragraph, or on the whole text."""

    paragraph = forms.TypedChoiceField(
        label=_("What it is about"), coerce=int, required=False, empty_value=None
    )
    text = forms.CharField(
        label=pgettext_lazy("of a city", "Comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    wording = forms.CharField(
        label=_("Proposed wording"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Where you would write it otherwise."),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, passages: list[str], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].choices = [
            ("", pgettext_lazy("of a draft", "The whole text")),
            *(
                (number, f"{number}. {Truncator(text).chars(70)}")
                for number, text in enumerate(passages, start=1)
            ),
        ]


class ContributionForm(OneTimeKeyMixin):
    """One text a question, and files."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    language = forms.ChoiceField(
        label=_("Language you write in"), choices=LANGUAGES,
        help_text=_("The secretariat sees to the translation."),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, call: Call, found: Contribution | None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stored = {one.question_id: one.text for one in found.answers.all()} if found else {}
        self.questions = list(call.questions.all())
        for question in self.questions:
            self.fields[f"q{question.pk}"] = forms.CharField(
                label=in_language(question, "text")[0], max_length=question.max_length,
                required=False, initial=stored.get(question.pk, ""),
                widget=forms.Textarea(attrs={"rows": 8}),
            )  # fmt: skip
        self.fields["uploads"] = FilesField(
            endings=ENDINGS, label=_("Add files"), required=False,
            help_text=_("PDF, DOCX or XLSX, up to 20 MB each."),
        )  # fmt: skip
        self.initial["version"] = found.version if found else 0
        if found:
            self.initial["language"] = found.language
            kept = [(str(one.pk), str(one)) for one in found.attachments.select_related("file")]
            if kept:
                self.fields["dropped"] = forms.MultipleChoiceField(
                    label=_("Take out these files"), required=False, choices=kept,
                    widget=forms.CheckboxSelectMultiple,
                )  # fmt: skip

    def texts(self) -> dict[int, str]:
        """What was typed, by the key of the question."""
        return {one.pk: self.cleaned_data[f"q{one.pk}"] for one in self.questions}
