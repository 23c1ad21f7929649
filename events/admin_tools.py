"""Tools of the events desk: last year's event once more, and hours that suit all cities."""

import datetime

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.dates import local_day
from content.editing import OneTimeKeyMixin, once
from events import cloning, office_hours
from events.admin_letters import without
from events.models import Event, Invitation
from members.models import Member


class CloneForm(OneTimeKeyMixin):
    """The new title and the new first day; all else is copied or left."""

    title_ru = forms.CharField(
        label=gettext_lazy("Title in Russian"), max_length=200, required=False
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=200, required=False
    )
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=AdminDateWidget)
    edition = forms.IntegerField(
        label=gettext_lazy("Edition of the series"), min_value=1, max_value=32767, required=False
    )

    def __init__(self, *args, event: Event, **kwargs):
        self.event = event
        super().__init__(*args, **kwargs)
        if event.series_id is None:
            del self.fields["edition"]

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("title_ru") or cleaned.get("title_en")):
            self.add_error("title_ru", _("Give it in Russian or in English."))
        edition = cleaned.get("edition")
        if edition and self.event.series.events.filter(edition=edition).exists():
            self.add_error("edition", _("The series has this edition already."))
        return cleaned


class OfficeHoursForm(forms.Form):
    """A day, how long the meeting lasts, and the cities that shall take part."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=AdminDateWidget)
    lasts = forms.IntegerField(
        label=gettext_lazy("Lasts, hours"), min_value=1, max_value=9, initial=2
    )
    members = forms.ModelMultipleChoiceField(
        Member.objects.all(), label=gettext_lazy("Cities"), required=False,
        help_text=gettext_lazy("Empty: those who are invited; when nobody is, all members."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].widget = AutocompleteSelectMultiple(
            Event._meta.get_field("host_member"), admin.site, choices=self.fields["members"].choices
        )


class PlanToolsMixin:
    """For the admin of events: two pages below that of one event."""

    def get_fieldsets(self, request, obj=None):
        """A tentative date is typed by those who plan events; others read it in its place."""
        fieldsets = super().get_fieldsets(request, obj)
        may = self.has_add_permission(request) and (
            obj is None or self.has_change_permission(request, obj)
        )
        return fieldsets if may else without(fieldsets, ("tentative",))

    def tools_urls(self) -> list:
        """Their addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/clone/", wrap(self.clone_view), name="events_event_clone"),
            path(
                "<int:pk>/office-hours/",
                wrap(self.office_hours_view),
                name="events_event_office_hours",
            ),
        ]

    @admin.display(description=gettext_lazy("tools"))
    def tools(self, event: Event) -> str:
        """Links to both pages."""
        if not event.pk:
            return "—"
        links = [("clone", _("Clone this event")), ("office_hours", _("Find office hours"))]
        rows = [(reverse(f"admin:events_event_{name}", args=[event.pk]), text)
                for name, text in links]  # fmt: skip
        # Pages of upper apps, known by their names.
        rows.append((reverse("admin:programme_session_desk", args=[event.pk]), _("Programme")))
        rows.append((reverse("admin:attendance_event", args=[event.pk]), _("After the event")))
        return format_html_join(" · ", '<a href="{}">{}</a>', rows)

    def clone_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for the title and the day of the new event, then makes its draft."""
        event = self._tool_event(request, pk, self.has_add_permission(request))
        first_day = local_day(event.starts_at, event.zone) + datetime.timedelta(days=364)
        initial = {
            "title_ru": event.title_ru,
            "title_en": event.title_en,
            "first_day": first_day,
            "edition": event.edition and event.edition + 1,
        }
        form = CloneForm(request.POST or None, event=event, initial=initial)
        if request.method == "POST" and form.is_valid():
            return once(
                form.cleaned_data.pop("form_key"), lambda: self._clone(request, event, form)
            )
        return self._tool_page(
            request, event, "clone", _("Clone this event"), form=form, parts=event.parts.count()
        )

    def _clone(self, request: HttpRequest, event: Event, form: CloneForm) -> str:
        new = cloning.clone(event, **form.cleaned_data, by=request.user)
        self.message_user(request, _("The draft of the new event is here. Look through it."))
        return reverse("admin:events_event_change", args=[new.pk])

    def office_hours_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A table of the hours of a day: in which cities each is an office hour."""
        event = self._tool_event(request, pk, True)
        day = local_day(event.starts_at, event.zone)
        form, table = OfficeHoursForm(request.GET or {"day": day, "lasts": 2}), None
        if form.is_valid():
            asked = form.cleaned_data
            members = asked["members"] or _invited(event)
            table = office_hours.table(asked["day"], event.zone, members, asked["lasts"])
        return self._tool_page(
            request, event, "office_hours", _("Find office hours"), form=form, table=table
        )

    def _tool_event(self, request: HttpRequest, pk: int, is_allowed: bool) -> Event:
        event = self.get_object(request, str(pk))
        if event is None:
            raise Http404
        if not (is_allowed and self.has_view_permission(request, event)):
            raise PermissionDenied
        return event

    def _tool_page(self, request, event: Event, name: str, title: str, **more) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "event": event,
            "back": reverse("admin:events_event_change", args=[event.pk]),
            "opts": self.opts,
            "media": self.media + more["form"].media,
            **more,
        }
        return render(request, f"admin/events/event_{name}.html", context)


def _invited(event: Event):
    invited = Member.objects.filter(pk__in=Invitation.objects.filter(event=event).values("member"))
    return invited if invited.exists() else Member.objects.members()
