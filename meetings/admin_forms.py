"""Forms of the secretariat: meetings, their papers, what is done with an election."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content import privatefiles, timezones
from content.editing import OneTimeKeyMixin
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordForm
from meetings import attending
from meetings.models import Attendance, Election, MeetingDocument
from meetings.refusals import Refused

SHORT = {"rows": 2, "cols": 60}
LONG = {"rows": 3, "cols": 60}
VOTES = ("votes_for", "votes_against", "votes_abstained")
TOO_MANY_VOTES = _(
    "Votes for, against and abstentions: %(votes)d together. By the attendance list %(voters)d of "
    "those present may vote."
)


class ZoneFormMixin:
    """The time zone is chosen among those of the region; another one that is stored stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("time_zone"):
            offered, own = timezones.choices(), self.instance.time_zone
            field.choices = offered if own in dict(offered) else [*offered, (own, own)]
            field.initial = own


class MeetingForm(ZoneFormMixin, PublishNowMixin, PublicRecordForm):
    time_zone = forms.ChoiceField(label=_("time zone"))


class ElectionForm(ZoneFormMixin, PublicRecordForm):
    """An election up to its count; what comes after is done on its desk."""

    time_zone = forms.ChoiceField(label=_("time zone"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("state"):
            states = Election.State
            if self.instance.state in (states.DRAFT, states.ANNOUNCED):
                field.choices = [(one.value, one.label) for one in (states.DRAFT, states.ANNOUNCED)]
            else:
                field.disabled = True


class DocumentForm(forms.ModelForm):
    """A paper: the file is uploaded here and kept as a private one."""

    upload = forms.FileField(
        label=_("file"), required=False, help_text=_("PDF, DOCX, XLSX or a picture, up to 20 MB.")
    )
    uploaded_by = None

    class Meta:
        model = MeetingDocument
        fields = ["title_ru", "title_en", "language", "item", "audience"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("upload") and not self.instance.file_id and self.has_changed():
            self.add_error("upload", _("Choose a file."))
        elif upload := cleaned.get("upload"):
            try:
                self.instance.file = privatefiles.store(upload, "meeting", self.uploaded_by)
            except ValidationError as error:
                self.add_error("upload", error)
        return cleaned


class DelegateForm(forms.ModelForm):
    """A delegate entered by staff; none is added to a meeting whose minutes are approved."""

    def clean_meeting(self):
        meeting = self.cleaned_data["meeting"]
        try:
            attending.refuse_when_closed(meeting)
        except Refused as refused:
            raise ValidationError(str(refused), code="closed") from refused
        return meeting


class DecisionFormSet(forms.BaseInlineFormSet):
    """The decisions of a meeting: no more votes than there were voters on the attendance list."""

    def clean(self):
        super().clean()
        counted = [(form, votes) for form in self.forms if (votes := self._votes(form))]
        voters = attending.votes_there(self.instance) if counted else None
        if voters is None:
            return
        for form, votes in counted:
            if votes > voters:
                numbers = {"votes": votes, "voters": voters}
                form.add_error("votes_for", TOO_MANY_VOTES % numbers)

    def _votes(self, form) -> int:
        """The votes of a decision that is about to be saved, of all three kinds together."""
        given = getattr(form, "cleaned_data", {})
        if not form.has_changed() or given.get("DELETE"):
            return 0
        return sum(given.get(name) or 0 for name in VOTES)


class GuestForm(OneTimeKeyMixin, forms.ModelForm):
    """A guest on the attendance list."""

    class Meta:
        model = Attendance
        fields = ["name_ru", "name_en"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("name_ru") or cleaned.get("name_en")):
            raise ValidationError(_("Give it in Russian or in English."), code="required")
        return cleaned


class VotesForm(forms.Form):
    """The votes of one round: a number for every candidate."""

    ballots = forms.IntegerField(label=_("Ballots cast"), required=False, min_value=0)

    def __init__(self, *args, nominations=(), votes=None, round: int = 1, **kwargs):
        super().__init__(*args, **kwargs)
        self.round = round
        if round > 1:
            del self.fields["ballots"]
        for one in nominations:
            self.fields[f"votes-{one.pk}"] = forms.IntegerField(
                label=one.name_in(), min_value=0, max_value=1_000_000,
                initial=(votes or {}).get(one.pk),
            )  # fmt: skip

    def votes(self) -> dict[int, int]:
        """The votes by number of the nomination."""
        return {
            int(name.partition("-")[2]): number
            for name, number in self.cleaned_data.items()
            if name.startswith("votes-")
        }


class TieForm(forms.Form):
    """The rule for a tie at the last seat, with its note."""

    rule = forms.ChoiceField(
        label=_("Rule"), choices=[pair for pair in Election.TieRule.choices if pair[0] != "none"]
    )
    note_ru = forms.CharField(
        label=_("How the tie was settled, in Russian"), required=False, max_length=500,
        widget=forms.Textarea(attrs=SHORT),
    )  # fmt: skip
    note_en = forms.CharField(
        label=_("How the tie was settled, in English"), required=False, max_length=500,
        widget=forms.Textarea(attrs=SHORT),
    )  # fmt: skip
    winners = forms.TypedMultipleChoiceField(
        label=_("Elected by lot or agreement"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, tied=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["winners"].choices = [(one.pk, one.name_in()) for one in tied]


class AdmitForm(forms.Form):
    """Why a late nomination is admitted, in one language at least."""

    reason_ru = forms.CharField(
        label=_("Why, in Russian"), required=False, max_length=500,
        widget=forms.Textarea(attrs=SHORT),
    )  # fmt: skip
    reason_en = forms.CharField(
        label=_("Why, in English"), required=False, max_length=500,
        widget=forms.Textarea(attrs=SHORT),
    )  # fmt: skip


class ErratumForm(forms.Form):
    """What is put below a published result."""

    text_ru = forms.CharField(
        label=_("Erratum in Russian"), required=False, max_length=2000,
        widget=forms.Textarea(attrs=LONG),
    )  # fmt: skip
    text_en = forms.CharField(
        label=_("Erratum in English"), required=False, max_length=2000,
        widget=forms.Textarea(attrs=LONG),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["text_ru"] or cleaned["text_en"]):
            raise ValidationError(_("Give it in Russian or in English."), code="required")
        return cleaned


class PublishForm(forms.Form):
    """Which seat each of the elected takes, and from when; nothing chosen begins no term."""

    starts_on = forms.DateField(
        label=_("Terms begin on"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args, elected=(), seats=(), proposed=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = {seat.pk: seat for seat, _label in seats}
        choices = [("", _("begins no term")), *((seat.pk, label) for seat, label in seats)]
        for one in elected:
            seat = (proposed or {}).get(one.pk)
            self.fields[f"seat-{one.pk}"] = forms.TypedChoiceField(
                label=one.name_in(), required=False, choices=choices, coerce=int, empty_value=None,
                initial=seat.pk if seat else "",
            )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if self.places() and not cleaned.get("starts_on") and not self.errors:
            self.add_error("starts_on", _("Say from when the terms run."))
        return cleaned

    def places(self) -> dict:
        """Number of the nomination -> the seat that was chosen."""
        return {
            int(name.partition("-")[2]): self.seats[pk]
            for name, pk in self.cleaned_data.items()
            if name.startswith("seat-") and pk
        }
