"""Forms of the secretariat: times of an event are entered by the clock of its place."""

import zoneinfo

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import timezones
from content.publishing import HIDDEN, PublishNowMixin
from content.record_admin import PublicRecordForm
from events import places
from events.admin_fields import BesideFieldsMixin, LanguagesField, PartsMixin, TentativeMixin
from events.models import Event


class PlaceTimeField(forms.SplitDateTimeField):
    """A moment, shown and entered by the clock of `zone`, which the form sets."""

    widget = AdminSplitDateTime
    zone: zoneinfo.ZoneInfo | None = None

    def prepare_value(self, value):
        if hasattr(value, "astimezone") and timezone.is_aware(value):
            return value.astimezone(self.zone).replace(tzinfo=None)
        return super().prepare_value(value)

    def compress(self, data_list):
        # Refuses hours that a change of clocks leaves out or repeats.
        with timezone.override(self.zone):
            return super().compress(data_list)

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True


class EventForm(BesideFieldsMixin, TentativeMixin, PublishNowMixin, PartsMixin, PublicRecordForm):
    """An event. Cancelling and postponing are deeds, see `events.cancellation`, `rescheduling`."""

    TIMES = (
        "starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "change_until",
        "cancel_until",
    )  # fmt: skip
    beside = {
        "events_event_ends_after_start": "ends_at",
        "events_event_registration_window": "registration_closes_at",
        "events_event_audience_names_body": "body_invited",
        "events_event_edition_of_series": "edition",
        "events_event_edition_once": "edition",
        "events_event_not_its_own_part": "parent",
        "events_event_quota_positive": "quota",
        "events_event_link_when_online": "join_link",
    }

    time_zone = forms.ChoiceField(label=gettext_lazy("time zone"))
    starts_at = PlaceTimeField(label=gettext_lazy("starts at"))
    ends_at = PlaceTimeField(label=gettext_lazy("ends at"))
    registration_opens_at = PlaceTimeField(label=gettext_lazy("registration opens"), required=False)
    registration_closes_at = PlaceTimeField(
        label=gettext_lazy("registration closes"), required=False
    )
    change_until = PlaceTimeField(label=gettext_lazy("changes until"), required=False)
    cancel_until = PlaceTimeField(label=gettext_lazy("withdrawal until"), required=False)
    join_link = forms.URLField(
        label=gettext_lazy("link to join"), max_length=500, required=False, assume_scheme="https"
    )
    languages = LanguagesField(label=gettext_lazy("working languages"))
    interpretation = LanguagesField(label=gettext_lazy("interpretation into"))
    tells_everybody = forms.BooleanField(
        label=gettext_lazy("write to everybody who is registered when time or place change"),
        required=False, initial=True,
    )  # fmt: skip
    move_note_ru = forms.CharField(
        label=gettext_lazy("why it is moved, in Russian"), max_length=300, required=False
    )
    move_note_en = forms.CharField(
        label=gettext_lazy("why it is moved, in English"), max_length=300, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "starts_at" not in self.fields:  # who may only look has no fields
            return
        self._offer_zones()
        self._say_whose_clock()
        self._show_tentative()
        if "status" in self.fields:
            self._offer_states()

    def _offer_zones(self) -> None:
        offered = timezones.choices()
        own = self.instance.time_zone
        if own not in dict(offered):
            offered.append((own, own))
        self.fields["time_zone"].choices = offered
        self.fields["time_zone"].initial = own

    def _say_whose_clock(self) -> None:
        chosen = self.data.get(self.add_prefix("time_zone")) if self.is_bound else None
        known = dict(self.fields["time_zone"].choices)
        zone = zoneinfo.ZoneInfo(chosen if chosen in known else self.instance.time_zone)
        for name in self.TIMES:
            if (field := self.fields.get(name)) is None:
                continue
            moment = getattr(self.instance, name) or timezone.now()
            field.zone = zone
            for part, words in zip(field.widget.widgets, (_("day"), _("time")), strict=True):
                part.attrs["aria-label"] = f"{field.label}: {words}"
            clock = _("By the clock of the place: %(zone)s.") % {
                "zone": timezones.zone_words(moment, zone)
            }
            more = Event._meta.get_field(name).help_text
            field.help_text = f"{clock} {more}".strip()

    def _offer_states(self) -> None:
        field = self.fields["status"]
        deeds = (Event.Status.CANCELLED, Event.Status.POSTPONED)
        if self.instance.status in deeds:
            field.disabled = True
        else:
            field.choices = [pair for pair in field.choices if pair[0] not in deeds]

    def clean(self):
        cleaned = super().clean()
        self._settle_dates(cleaned)
        self._judge_parts(cleaned)
        self._refuse_too_few_places(cleaned)
        self._refuse_to_hide_people(cleaned)
        return cleaned

    def _refuse_to_hide_people(self, cleaned: dict) -> None:
        """An event that people count on is not made to vanish: they are told, by cancelling it."""
        before, now = self.instance, timezone.now()
        if not before.pk or before.status != Event.Status.ANNOUNCED or before.ends_at <= now:
            return
        status, published_at = cleaned.get("status"), cleaned.get("published_at")
        if status in HIDDEN:
            field = "status"
        elif before.is_public(now) and published_at and published_at > now:
            field = "published_at"
        else:
            return
        if number := before.participants.active().count():
            words = ngettext(
                "%(number)d person is registered. Cancel the event instead.",
                "%(number)d people are registered. Cancel the event instead.",
                number,
            )
            self.add_error(field, words % {"number": number})

    def _refuse_too_few_places(self, cleaned: dict) -> None:
        """The row is locked by now: nobody is registered while this is judged."""
        capacity = cleaned.get("capacity")
        if not self.instance.pk or capacity is None:
            return
        taken = places.taken(self.instance)
        if capacity < taken:
            self.add_error(
                "capacity",
                _("%(taken)d people hold a place already. Give at least as many places.")
                % {"taken": taken},
            )


class CancelForm(forms.Form):
    """Why the event is cancelled, in one language at least: page and mails say it to everybody."""

    note_ru = forms.CharField(
        label=gettext_lazy("Why, in Russian"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    note_en = forms.CharField(
        label=gettext_lazy("Why, in English"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["note_ru"] or cleaned["note_en"]):
            raise ValidationError(_("Say why, in one language at least."), code="required")
        return cleaned
