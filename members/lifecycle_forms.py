"""Forms of the life cycle in the admin: the next status, the decision on an application."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.dated import Precision, last_day
from content.editing import OneTimeKeyMixin
from members import lifecycle
from members.models import StatusChange

ENDINGS = (".pdf", ".docx", ".jpg", ".jpeg", ".png")
PURPOSE = "membership-decision"
REASON_LENGTH = 500
BODY_LENGTH = 200


class DecisionForm(OneTimeKeyMixin):
    """What every decision has: a day, who decided in both languages, a document."""

    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    decided_by_ru = forms.CharField(
        label=_("Decided by, in Russian"), max_length=BODY_LENGTH, required=False
    )
    decided_by_en = forms.CharField(
        label=_("Decided by, in English"), max_length=BODY_LENGTH, required=False
    )
    document = forms.FileField(
        label=_("Document of the decision"), required=False,
        help_text=_("PDF, DOCX, JPEG or PNG, up to 20 MB."),
    )  # fmt: skip

    def clean_document(self):
        """Looked at before anything is written; stored with the decision alone."""
        if upload := self.cleaned_data.get("document"):
            privatefiles.refuse(upload, endings=ENDINGS)
        return upload

    @privatefiles.all_or_nothing()
    def carried_out(self, deed: Callable[..., Any], user: Any, **arguments: Any) -> Any:
        """Call `deed` with the decision of this form besides `arguments`.

        The document is stored before; where the deed fails no file is left behind.
        """
        upload, document = self.cleaned_data["document"], None
        if upload:
            document = privatefiles.store(upload, PURPOSE, user, endings=ENDINGS)
        decided = {name: self.cleaned_data[name] for name in ("decided_by_ru", "decided_by_en")}
        return deed(by=user, document=document, **decided, **arguments)

    def add_refusal(self, refusal: ValidationError) -> None:
        """Put what the capability refused beside the field it is about."""
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {"": [refusal]}
        for name, errors in by_field.items():
            shown = {"happened_on": "day"}.get(name, name)
            self.add_error(shown if shown in self.fields else None, errors)


class StatusForm(DecisionForm):
    """The next status of a member: only what may follow the present one is offered."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    precision = forms.ChoiceField(
        label=_("Known to the"), choices=Precision.choices, initial=Precision.DAY
    )
    reason_ru = forms.CharField(
        label=_("Reason, in Russian"), max_length=REASON_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for suspension and leaving, in one language at least."),
    )  # fmt: skip
    reason_en = forms.CharField(
        label=_("Reason, in English"), max_length=REASON_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    field_order = [
        "status", "day", "precision", "reason_ru", "reason_en", "decided_by_ru", "decided_by_en",
        "document",
    ]  # fmt: skip

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(StatusChange.Status.choices)
        offered = lifecycle.allowed_next(member)
        self.fields["status"].choices = [(one, labels[one]) for one in offered]
        self.fields["day"].help_text = _(
            "The first day of the new status; of leaving, the last day of membership."
        )

    def clean(self):
        cleaned = super().clean()
        needs_reason = cleaned.get("status") in ("suspended", "former")
        if needs_reason and not (cleaned.get("reason_ru") or cleaned.get("reason_en")):
            self.add_error("reason_ru", _("Say why, in Russian or in English."))
        return cleaned

    def first_day(self) -> datetime.date:
        """The first day of the new status: who left on 31 December is former from 1 January on."""
        day = self.cleaned_data["day"]
        if self.cleaned_data["status"] != StatusChange.Status.FORMER:
            return day
        return last_day(day, self.cleaned_data["precision"]) + lifecycle.ONE_DAY

    def record(self, member, user) -> StatusChange:
        """Write the step. Raises what `lifecycle.record` raises."""
        names = ("status", "reason_ru", "reason_en", "precision")
        typed = {name: self.cleaned_data[name] for name in names}
        return self.carried_out(
            lifecycle.record, user, member=member, day=self.first_day(), **typed
        )
