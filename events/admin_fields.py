"""Pieces of the event's form: tentative dates, the whole and its parts, words beside fields."""

import datetime
import zoneinfo
from collections import defaultdict

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import dates
from content.dated import Precision, last_day, parse_partial
from content.timezones import association_zone
from events import wholes
from events.models import Event
from events.words import LANGUAGES

RESERVED = ("calendar", "month", "my", "places", "plan", "series")


class BesideFieldsMixin(forms.ModelForm):
    """What a constraint says stands beside the field it is about: `beside`, name -> field."""

    beside: dict[str, str] = {}

    def _update_errors(self, errors):
        constraints = self._meta.model._meta.constraints
        fields = {
            str(one.violation_error_message): self.beside[one.name]
            for one in constraints
            if self.beside.get(one.name) in self.fields
        }
        placed = defaultdict(list)
        for name, problems in errors.update_error_dict({}).items():
            for problem in problems:
                about = fields.get(" ".join(problem.messages)) if name == NON_FIELD_ERRORS else None
                placed[about or name].append(problem)
        super()._update_errors(ValidationError(dict(placed)))


class LanguagesField(forms.MultipleChoiceField):
    """Languages as boxes to tick; codes that came from elsewhere stay on offer."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=list(LANGUAGES.items()), required=False, **kwargs)

    def has_changed(self, initial, data):
        return set(initial or ()) != set(data or ())


class TentativeMixin(forms.ModelForm):
    """Either exact days, or a month or a year: "2027-10", "2027"."""

    tentative = forms.CharField(
        label=gettext_lazy("tentative date"), required=False, max_length=7,
        help_text=gettext_lazy(
            "While the days are not fixed: 2027-10 for October 2027, or 2027. Leave the exact "
            "days empty then."
        ),
    )  # fmt: skip

    def _show_tentative(self) -> None:
        """An event without a day shows the period, and no days."""
        for name in ("starts_at", "ends_at"):
            self.fields[name].required = False
        if self.instance.pk and self.instance.is_tentative:
            day = dates.local_day(self.instance.starts_at, self.instance.zone)
            pattern = "%Y" if self.instance.date_precision == Precision.YEAR else "%Y-%m"
            self.initial["tentative"] = f"{day:{pattern}}"
            self.initial["starts_at"] = self.initial["ends_at"] = None

    def clean_tentative(self) -> tuple[datetime.date, str] | None:
        """The first day and the precision; None when the days are exact."""
        if not (text := self.cleaned_data["tentative"].strip()):
            return None
        try:
            day, precision = parse_partial(text)
        except ValueError:
            precision = Precision.DAY
        if precision == Precision.DAY or day.year < 1900:
            raise ValidationError(_("Give a month as 2027-10, or a year as 2027."))
        return day, precision

    def _settle_dates(self, cleaned: dict) -> None:
        if "tentative" in self.fields and "tentative" not in self.errors:
            self._choose_dates(cleaned)
        for name in ("starts_at", "ends_at"):
            if cleaned.get(name) is None:  # refused: the event keeps what it has
                cleaned.pop(name, None)

    def _choose_dates(self, cleaned: dict) -> None:
        if (found := cleaned.get("tentative")) is None:
            self.instance.date_precision = Precision.DAY
            if "starts_at" not in self.errors and not cleaned.get("starts_at"):
                self.add_error("starts_at", _("Give day and hour, or a tentative month or year."))
            elif "ends_at" not in self.errors and not cleaned.get("ends_at"):
                self.add_error("ends_at", _("Say when it ends."))
            return
        if cleaned.get("starts_at") or cleaned.get("ends_at"):
            self.add_error("tentative", _("Either exact days or a tentative date, not both."))
            return
        self._take_period(cleaned, *found)

    def _take_period(self, cleaned: dict, day: datetime.date, precision: str) -> None:
        """The span is the whole period, by the clock of the event."""
        key = cleaned.get("time_zone")
        zone = zoneinfo.ZoneInfo(key) if key else association_zone()
        last = last_day(day, precision)
        self.instance.date_precision = precision
        cleaned["starts_at"] = datetime.datetime.combine(day, datetime.time(0), zone)
        cleaned["ends_at"] = datetime.datetime.combine(last, datetime.time(23, 59), zone)
        if cleaned.get("takes_registrations"):
            self.add_error("takes_registrations", _("Registration needs an exact date."))


class PartsMixin(forms.ModelForm):
    """A part lies within the whole; the whole is locked while that is judged."""

    def _judge_parts(self, cleaned: dict) -> None:
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at is None or ends_at is None or "starts_at" not in self.fields:
            return
        whole = cleaned.get("parent") if "parent" in self.fields else self.instance.parent
        if whole is not None and whole.pk != self.instance.pk:
            whole = Event.objects.select_for_update(of=("self",)).get(pk=whole.pk)
            if words := wholes.misfit_of_part(self.instance, whole, starts_at, ends_at):
                self.add_error("parent" if "parent" in self.fields else "starts_at", words)
                return
        if words := wholes.misfit_of_parts(self.instance, starts_at, ends_at):
            self.add_error("starts_at", words)

    def clean_slug(self):
        """The address, unless a page of the calendar has it."""
        if (slug := super().clean_slug()) in RESERVED:
            raise ValidationError(_("This address belongs to a page of the calendar."))
        return slug
