"""Forms of the secretariat: a session by the clock of its event, its speakers, a move."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import timezones
from content.editing import VersionedFormMixin
from content.keys import as_key
from content.languages import LANGUAGE_CODES
from events.admin_forms import PlaceTimeField
from events.models import Event, Hall
from meetings.models import AgendaItem
from programme import overlaps
from programme.cards import language_name
from programme.models import Session, SpeakerRole

# What is spoken at events of the region.
SPOKEN = (
    "ru", "en", "tr", "az", "be", "es", "fr", "hy", "ka", "kk", "ky", "mn", "ro", "tg", "tk", "tt",
    "uk", "uz", "zh-hans",
)  # fmt: skip
TIMES = ("starts_at", "ends_at")


def language_choices() -> list[tuple[str, str]]:
    """Languages of sessions, named for the reader."""
    return [(code, language_name(code)) for code in SPOKEN]


class LanguagesField(forms.MultipleChoiceField):
    """Codes of languages, chosen by their names; unknown ones that are stored stay."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=language_choices, required=False, **kwargs)


class SessionForm(VersionedFormMixin):
    """A session; halls and agenda items are those of its event."""

    starts_at = PlaceTimeField(label=gettext_lazy("starts at"))
    ends_at = PlaceTimeField(label=gettext_lazy("ends at"))
    languages = LanguagesField(label=gettext_lazy("languages"))
    interpretation = LanguagesField(label=gettext_lazy("interpretation into"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in LANGUAGE_CODES:
            if title := self.fields.get(f"title_{code}"):
                title.required = False
        if "starts_at" not in self.fields:  # who translates sees no times
            return
        event = self._event()
        self._say_whose_clock(event)
        self._offer(event)

    def _event(self) -> Event | None:
        """The event that is being planned: as posted, as stored, as the link said."""
        posted = self.data.get(self.add_prefix("event")) if self.is_bound else None
        key = as_key(posted or self.instance.event_id or self.initial.get("event"))
        return Event.objects.filter(pk=key).first()

    def _say_whose_clock(self, event: Event | None) -> None:
        zone = event.zone if event else timezones.association_zone()
        moment = event.starts_at if event else timezone.now()
        for name in TIMES:
            field = self.fields[name]
            field.zone = zone
            for part, words in zip(field.widget.widgets, (_("day"), _("time")), strict=True):
                part.attrs["aria-label"] = f"{field.label}: {words}"
            field.help_text = _("By the clock of the place: %(zone)s.") % {
                "zone": timezones.zone_words(moment, zone)
            }

    def _offer(self, event: Event | None) -> None:
        if event is None:
            return
        halls = Hall.objects.select_related("venue")
        self.fields["hall"].queryset = (
            halls.filter(venue=event.venue_id) if event.venue_id else halls
        )
        meetings = [event.meeting_id, *event.parts.values_list("meeting", flat=True)]
        own = AgendaItem.objects.filter(meeting__in=filter(None, meetings))
        self.fields["item"].queryset = own.select_related("meeting")

    def clean(self):
        cleaned = super().clean()
        if "event" in cleaned and self.instance.pk:
            self._refuse_another_event(cleaned["event"])
        if not self.errors and "hall" in cleaned:
            self._refuse_hall(cleaned)
        return cleaned

    def _refuse_another_event(self, event: Event) -> None:
        if event.pk != Session.objects.values_list("event", flat=True).get(pk=self.instance.pk):
            self.add_error("event", _("A session stays in its event."))

    def _refuse_hall(self, cleaned: dict) -> None:
        names = ("event", "hall", "is_dropped", *TIMES)
        wanted = Session(pk=self.instance.pk, **{n: cleaned[n] for n in names if n in cleaned})
        try:
            overlaps.refuse_hall(wanted)
        except ValidationError as refused:
            self.add_error(None, refused)


class RoleForm(forms.ModelForm):
    """A speaker: either language of the name is enough, or a person of the registers."""

    time_zone = forms.ChoiceField(label=gettext_lazy("time zone of the speaker"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("speaks in"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in LANGUAGE_CODES:
            if name := self.fields.get(f"name_{code}"):
                name.required = False
        self._choices("time_zone", timezones.choices())
        self._choices("language", language_choices())

    def _choices(self, name: str, offered: list[tuple[str, str]]) -> None:
        if name not in self.fields:
            return
        own = getattr(self.instance, name)
        if own and own not in dict(offered):
            offered = [*offered, (own, own)]
        self.fields[name].choices = [("", "—"), *offered]


class RoleFormSet(BaseInlineFormSet):
    """Speakers of one session: nobody who is elsewhere at its time."""

    WHO = ("person", "participant", "email", "name_ru", "name_en")

    def clean(self):
        super().clean()
        session = self.instance
        if session.starts_at is None or session.ends_at is None or session.event_id is None:
            return
        for form in self.forms:
            role = form.instance
            if not form.is_valid() or not (form.has_changed() or role.pk):
                continue
            if self.can_delete and self._should_delete_form(form):
                continue
            if (other := overlaps.speaker_elsewhere(session, role)) is not None:
                form.add_error(self._field(form, role), overlaps.speaker_words(role, other))

    def _field(self, form: forms.ModelForm, role: SpeakerRole) -> str | None:
        """The field that the refusal stands beside: the one that says who it is."""
        return next((n for n in self.WHO if n in form.fields and getattr(role, n, None)), None)


class MoveForm(forms.Form):
    """By how many minutes the chosen sessions move."""

    minutes = forms.IntegerField(
        label=gettext_lazy("By how many minutes"), min_value=-1440 * 7, max_value=1440 * 7,
        help_text=gettext_lazy("With a minus: earlier."),
    )  # fmt: skip
    sessions = forms.TypedMultipleChoiceField(label=gettext_lazy("Sessions"), coerce=int)

    def __init__(self, data, keys: list[int]):
        super().__init__(data)
        self.fields["sessions"].choices = [(key, key) for key in keys]
        self.fields["sessions"].error_messages["required"] = _("Choose sessions in the table.")
