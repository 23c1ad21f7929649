"""The form of a letter with answers: every question, the letter, and why it comes late."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from content.languages import in_language
from questionnaires import numbers, paper_path
from questionnaires.answering import LONGEST_TEXT, Entry, Given
from questionnaires.models import Answer
from questionnaires.progress import Question, Questionnaire
from ratings.models import Indicator

Kind = Indicator.Kind
UNKNOWN = gettext_lazy("no such figure")


class LetterForm(forms.Form):
    """Fields for each question: `answer_<key>`, `unknown_<key>`, and the version seen."""

    details = forms.CharField(
        max_length=300, label=gettext_lazy("letter: from whom, date and number")
    )
    scan = forms.FileField(
        required=False, label=pgettext_lazy("of a letter", "scan"),
        help_text=gettext_lazy("PDF, DOCX, XLSX or a picture, up to 20 MB."),
    )  # fmt: skip
    reason = forms.CharField(
        max_length=300, required=False, label=gettext_lazy("why it counts after the deadline")
    )

    def __init__(self, *args, filled: Questionnaire, **kwargs):
        response = filled.response
        super().__init__(*args, initial={"details": response.letter_details}, **kwargs)
        self.filled = filled
        if not paper_path.needs_reason(response):
            del self.fields["reason"]
        for question in filled.questions:
            self._add(question)

    def _add(self, question: Question) -> None:
        indicator, answer = question.indicator, question.answer
        key = indicator.pk
        self.fields[f"answer_{key}"] = _field(indicator, answer)
        self.fields[f"unknown_{key}"] = forms.BooleanField(
            label=UNKNOWN, required=False, initial=bool(answer and answer.is_unknown)
        )
        self.fields[f"version_{key}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=answer.version if answer else 0
        )

    def fieldsets(self) -> list[tuple[Any, dict]]:
        """The letter, then the questions section by section, as the admin draws them."""
        letter = [name for name in ("details", "scan", "reason") if name in self.fields]
        sections = [
            (
                str(section.group),
                {"fields": [
                    (f"answer_{one.indicator.pk}", f"unknown_{one.indicator.pk}")
                    for one in section.questions
                ]},
            )
            for section in self.filled.sections
        ]  # fmt: skip
        return [(_("Letter"), {"fields": letter}), *sections]

    def entries(self) -> list[Entry]:
        """What `paper_path.keep` takes; questions without an answer before and now are left."""
        return [
            entry for one in self.filled.questions
            if (entry := self._entry(one)).given.value or entry.given.is_unknown or entry.version
        ]  # fmt: skip

    def _entry(self, question: Question) -> Entry:
        key, typed = question.indicator.pk, self.cleaned_data
        given = Given(typed[f"answer_{key}"], typed[f"unknown_{key}"])
        return Entry(question.indicator, given, typed[f"version_{key}"] or 0)


def _field(indicator: Indicator, answer: Answer | None) -> forms.Field:
    """The field of a question as its kind asks, with the answer there is."""
    words = f"{indicator.code}. {in_language(indicator, 'question')[0]}"
    common = {
        "label": words, "required": False, "help_text": in_language(indicator, "unit")[0],
        "initial": _initial(indicator, answer),
    }  # fmt: skip
    if indicator.kind == Kind.TEXT:
        return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea, **common)
    if indicator.kind == Kind.YES_NO:
        yes_no = [("yes", pgettext("answer", "yes")), ("no", pgettext("answer", "no"))]
        return forms.ChoiceField(choices=[("", "—"), *yes_no], **common)
    if indicator.kind == Kind.SCALE:
        steps = [(str(one.pk), str(one)) for one in indicator.scale.steps.all()]
        return forms.ChoiceField(choices=[("", "—"), *steps], **common)
    return forms.CharField(max_length=60, **common)


def _initial(indicator: Indicator, answer: Answer | None) -> str:
    if answer is None:
        return ""
    if indicator.kind == Kind.TEXT:
        return answer.text
    if indicator.kind == Kind.SCALE:
        return str(answer.step_id or "")
    if indicator.kind == Kind.YES_NO:
        return "" if answer.number is None else ("yes" if answer.number else "no")
    return numbers.in_field(answer.number)
