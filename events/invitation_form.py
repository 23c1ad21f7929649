"""Whom the secretariat invites: filters, a deadline, and what they come to."""

from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from content.editing import OneTimeKeyMixin
from events import contacts, invitations
from events.models import Event, Invitation
from governance.models import Body
from members.attention import last_moment
from members.models import Country, Member


@dataclass(frozen=True)
class Preview:
    """Who would be invited: `rows` are members with who answers for them."""

    rows: list[tuple[Member, list]]
    known: int

    @property
    def without_address(self) -> int:
        return sum(not people for _member, people in self.rows)


class InviteForm(OneTimeKeyMixin):
    """Filters narrow each other; members that are named come besides. Nothing chosen: all."""

    event = forms.ModelChoiceField(Event.objects.none(), label=gettext_lazy("event"))
    answer_until = forms.DateField(
        label=gettext_lazy("answer by"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("To the end of this day by the clock of the event."),
    )  # fmt: skip
    countries = forms.ModelMultipleChoiceField(
        Country.objects.none(), label=gettext_lazy("countries"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("kinds of members"), required=False, choices=Member.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    body = forms.ModelChoiceField(
        Body.objects.none(), label=gettext_lazy("governing body"), required=False,
        help_text=gettext_lazy("Members that hold a seat in it on the day of the event."),
    )  # fmt: skip
    named = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=gettext_lazy("these members, too"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = timezone.now()
        upcoming = Event.objects.filter(status=Event.Status.ANNOUNCED, starts_at__gt=now)
        self.fields["event"].queryset = upcoming.order_by("starts_at", "pk")
        members = Member.objects.members()
        countries = Country.objects.filter(pk__in=members.values("country"))
        self.fields["countries"].queryset = countries
        self.fields["body"].queryset = Body.objects.all()
        self.fields["named"].queryset = members.in_alphabetical_order()

    def clean(self):
        """The day becomes the last minute of it by the clock of the event."""
        cleaned = super().clean()
        event, day = cleaned.get("event"), cleaned.get("answer_until")
        if event and day:
            until = last_moment(day, event.time_zone)
            cleaned["answer_until"] = until
            if reason := invitations.why_not_invite(event, until, timezone.now()):
                self.add_error("answer_until", reason)
        return cleaned

    def members(self) -> QuerySet[Member]:
        data = self.cleaned_data
        filters = {name: data[name] for name in ("countries", "kinds", "body", "named")}
        return invitations.candidates(data["event"], **filters)

    def preview(self) -> Preview:
        """Who has no invitation yet, and how many of those chosen have one."""
        chosen = list(self.members().select_related("country").in_alphabetical_order())
        asked = Invitation.objects.filter(event=self.cleaned_data["event"])
        known = set(asked.values_list("member_id", flat=True))
        new = [member for member in chosen if member.pk not in known]
        people = contacts.contacts_of_members(new)
        rows = [(member, people[member.pk]) for member in new]
        return Preview(rows, len(chosen) - len(new))
