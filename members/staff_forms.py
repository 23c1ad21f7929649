"""Forms of the secretariat: dated rows of a member, invitations, decisions on profile changes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content.editing import OneTimeKeyMixin
from members import membership, naming, representatives
from members.models import ProfileChange, ProfileUpdate, Representative
from members.moderation import ACCEPT, RETURN, Decision
from members.profile import locked


class MandateForm(forms.ModelForm):
    """What staff may change of a mandate: see `representatives.end_mandate` and `change_role`."""

    def clean_ends_on(self):
        last_day = self.cleaned_data["ends_on"]
        representatives.refuse_last_day(self.instance, last_day)
        return last_day


class MandateFormSet(forms.BaseInlineFormSet):
    """The mandates of one member, judged together: one lead at least stays."""

    def clean(self):
        super().clean()
        if self.is_bound and not any(self.errors) and self.instance.pk:
            locked(self.instance)
            rows = [form.instance for form in self.forms if form.has_changed()]
            representatives.refuse_without_lead(self.instance, rows)


class DatedFormSet(forms.BaseInlineFormSet):
    """The dated rows of one member, judged together, on what was typed.

    The database still holds the days from before, so its exclusion constraint, which also looks at
    the member, is left to the end of the transaction: a neighbour may be shortened in this form.
    """

    def problems(self, rows: list) -> list[str]:
        raise NotImplementedError

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        rows = [
            form.instance
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        if problems := self.problems(rows):
            raise ValidationError(problems)


class NameFormSet(DatedFormSet):
    def problems(self, rows):
        return naming.gaps_and_overlaps(rows)


class PeriodFormSet(DatedFormSet):
    def problems(self, rows):
        return membership.overlaps(rows)


class InviteRepresentativeForm(OneTimeKeyMixin):
    """Who shall act for a member, in which role, from when to when."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The person's own address."))
    full_name = forms.CharField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language of mails"), choices=User._meta.get_field("language").choices
    )
    role = forms.ChoiceField(label=_("Role"), choices=Representative.Role.choices)
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    starts_on = forms.DateField(
        label=_("First day"), required=False, help_text=_("Empty: from now on."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    ends_on = forms.DateField(
        label=_("Last valid day"), required=False, help_text=_("Empty: until further notice."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


class ModerationForm(forms.Form):
    """A decision on every field of a request, and the version it was made on."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    ACTIONS = [(ACCEPT, _("Accept")), (RETURN, _("Return"))]
    USUAL = [("", _("Own words only")), *ProfileChange.StandardReason.choices]

    def __init__(self, data, *, update: ProfileUpdate):
        self.changes = {change.field: change for change in update.changes.all()}
        super().__init__(data, initial={"seen_version": update.version})
        for name in self.changes:
            self.fields[f"{name}-action"] = forms.ChoiceField(
                label=_("Decision"), choices=self.ACTIONS, widget=forms.RadioSelect,
                error_messages={"required": _("Accept this field or return it.")},
            )  # fmt: skip
            self.fields[f"{name}-usual"] = forms.ChoiceField(
                label=_("Why it is returned"), choices=self.USUAL, required=False
            )
            self.fields[f"{name}-reason"] = forms.CharField(
                label=_("In your own words"), required=False, max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        for name in self.changes:
            is_returned = cleaned.get(f"{name}-action") == RETURN
            if is_returned and not (cleaned.get(f"{name}-reason") or cleaned.get(f"{name}-usual")):
                self.add_error(f"{name}-reason", _("Say why it is returned."))
        return cleaned

    def decisions(self) -> dict[str, Decision]:
        return {
            name: Decision(
                self.cleaned_data[f"{name}-action"],
                self.cleaned_data[f"{name}-reason"],
                self.cleaned_data[f"{name}-usual"],
            )
            for name in self.changes
        }

    def controls(self, name: str) -> list[forms.BoundField]:
        return [self[f"{name}-{part}"] for part in ("action", "usual", "reason")]
