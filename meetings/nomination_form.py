"""A nomination that came on paper: candidate and sender are chosen, the time is when it came."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.timezones import association_zone, zone_words
from governance.models import Person
from meetings.models import Nomination
from members.models import Member


def _search(name: str) -> AutocompleteSelect:
    return AutocompleteSelect(Nomination._meta.get_field(name), admin.site)


class PaperNominationForm(forms.Form):
    """Staff enter who is nominated by whom, and when the letter came."""

    member = forms.ModelChoiceField(Member.objects.all(), label=_("member"), required=False)
    person = forms.ModelChoiceField(Person.objects.all(), label=_("person"), required=False)
    proposed_by_member = forms.ModelChoiceField(
        Member.objects.all(), label=_("proposed by the member"), required=False
    )
    at = forms.SplitDateTimeField(
        label=_("received at"), required=False, widget=AdminSplitDateTime,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("member", "person", "proposed_by_member"):
            self.fields[name].widget = _search(name)
            self.fields[name].widget.choices = self.fields[name].choices
        clock = zone_words(timezone.now(), association_zone())
        self.fields["at"].help_text = _("Left empty: now. By this clock: %(clock)s.") % {
            "clock": clock
        }

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("member") or cleaned.get("person")):
            self.add_error("member", _("Choose a member or a person."))
        if (at := cleaned.get("at")) and at > timezone.now():
            self.add_error("at", _("This lies in the future."))
        return cleaned

    def values(self) -> dict:
        """The arguments of `nominating.nominate`."""
        return dict(self.cleaned_data)
