"""Pages of the staff about the people of one event: the roster, its papers, its doors."""

import uuid

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from attendance import badges, checkin, checkin_doors, confirmation_letters, rosters
from attendance.models import CheckIn, DoorPass
from attendance.protocol import Order, ordered_keys
from content.downloads import pdf_response
from content.editing import OneTimeKeyMixin, once
from content.jobs_admin import JobAdmin
from content.keys import as_key
from content.languages import in_language
from events import columns, deciding, registration
from events.models import Delegation, Event, Participant

PAPERS = {**badges.TEMPLATES, "confirmation": confirmation_letters.TEMPLATE}
Status = Participant.Status


class DoorForm(OneTimeKeyMixin):
    """A door and its day."""

    name = forms.CharField(label=_("Door, or who stands at it"), max_length=80)
    valid_on = forms.DateField(label=_("Works on"), widget=AdminDateWidget)


@admin.register(CheckIn)
class CheckInAdmin(admin.ModelAdmin):
    """The check-ins as they were noted, and the pages of an event."""

    list_display = ["participant", "event", "at", "way", "door", "by", "undone_at"]
    list_filter = ["way", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["participant", "event", "door__event", "by"]
    search_fields = ["participant__name_cyrillic", "participant__name_latin"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        pages = [
            ("event/<int:pk>/", self.roster_view, "attendance_roster"),
            ("event/<int:pk>/deed/", require_POST(self.deed_view), "attendance_deed"),
            ("event/<int:pk>/job/", require_POST(self.job_view), "attendance_job"),
            ("event/<int:pk>/doors/", self.doors_view, "attendance_doors"),
            ("delegation/<int:pk>/<slug:kind>/", self.paper_view, "attendance_paper"),
        ]
        own = [
            path(address, self.admin_site.admin_view(view), name=name)
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def roster_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The people of an event, a hundred on a page."""
        event = self._event(request, pk)
        filters = rosters.Filters.read(request.GET)
        language = get_language()
        keys = ordered_keys(rosters.people(event, filters), filters.order, language)
        page = Paginator(keys, rosters.ON_A_PAGE).get_page(request.GET.get("p"))
        people = rosters.page_of(list(page.object_list))
        shown = rosters.shown_columns(event, request.user)
        cells = columns.rows(shown, people, language)
        context = {
            "title": _("Participants"),
            "event": event,
            "filters": filters,
            "page": page,
            "rows": [
                {
                    "person": one,
                    "name": one.name_in(language),
                    "other": one.name_in("ru" if language == "en" else "en"),
                    "position": in_language(one, "position")[0],
                    "sender": one.delegation.sender_in(language),
                    "country": columns.country_of(one, language),
                    "cells": row,
                }
                for one, row in zip(people, cells, strict=True)
            ],
            "headings": [column.heading for column in shown],
            "orders": Order.choices,
            "states": Status.choices,
            "modes": Participant.Mode.choices,
            "parts": list(event.parts.order_by("starts_at", "pk")),
            "key": uuid.uuid4(),
            "counts": checkin.counts(event),
            "may_change": request.user.has_perm("events.change_participant"),
            "query": _without_page(request),
            "delegations": self._delegations(people, language),
        }
        return self._page(request, "roster", context)

    def deed_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Approve, let in, turn down, take out: each of those chosen on the page."""
        event = self._event(request, pk)
        if not request.user.has_perm("events.change_participant"):
            raise PermissionDenied
        chosen = [key for one in request.POST.getlist("person")[:500] if (key := as_key(one))]
        deed = _DEEDS.get(request.POST.get("deed", ""))
        if deed is None:
            raise Http404
        done, reasons = 0, []
        for person in event.participants.filter(pk__in=chosen).order_by("order", "pk"):
            try:
                deed(person, request.user)
                done += 1
            except registration.RegistrationRefused as refused:
                reasons.append(str(refused))
        words = ngettext("Done for %(number)d person.", "Done for %(number)d people.", done)
        self.message_user(request, words % {"number": done})
        for reason in dict.fromkeys(reasons):
            self.message_user(request, reason, messages.ERROR)
        return redirect(f"{_roster(event)}?{request.POST.get('query', '')[:400]}")

    def job_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The workbook or the sheets of the whole event, by a worker."""
        event = self._event(request, pk)
        what = request.POST.get("what", "")
        try:
            key = uuid.UUID(request.POST.get("key", ""))
        except ValueError:
            key = uuid.uuid4()
        if what == "xlsx":
            filters = rosters.Filters.read(request.POST)
            return redirect(rosters.ask(event, filters, request.user, key))
        if what not in badges.TEMPLATES:
            raise Http404
        return redirect(badges.ask(what, event, request.user, key))

    def paper_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """A paper of one delegation: its badges, tags, cards, or the letter that confirms it."""
        if kind not in PAPERS:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = Delegation.objects.select_related("event", "member")
        delegation = get_object_or_404(rows, pk=pk)
        if kind == "confirmation":
            made = confirmation_letters.letter(delegation)
        else:
            made = badges.of_delegation(kind, delegation)
        if made is None:
            self.message_user(request, _("Nobody of the delegation has a place."), messages.WARNING)
            return redirect(_roster(delegation.event))
        return pdf_response(made, f"{delegation.event.slug}-{delegation.pk}-{kind}.pdf")

    def doors_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Links for the helpers at the doors: given, shown once, taken back."""
        event = self._event(request, pk)
        if not request.user.has_perm("attendance.add_doorpass"):
            raise PermissionDenied
        if request.method == "POST" and (taken := as_key(request.POST.get("take_back"))):
            door = get_object_or_404(event.door_passes, pk=taken)
            checkin_doors.take_back(door, request.user)
            return redirect(request.path)
        today = timezone.localtime(timezone.now(), event.zone).date()
        first = timezone.localtime(event.starts_at, event.zone).date()
        form = DoorForm(request.POST or None, initial={"valid_on": max(today, first)})
        if request.method == "POST" and form.is_valid():
            return once(form.cleaned_data["form_key"], lambda: self._give(request, event, form))
        doors = [
            {"door": door, "works": checkin_doors.works(door)}
            for door in event.door_passes.select_related("event", "created_by")
        ]
        context = {"title": _("Doors"), "event": event, "form": form, "doors": doors}
        return self._page(request, "doors", context)

    def _give(self, request, event: Event, form: DoorForm) -> str:
        _door, token = checkin_doors.give(
            event, form.cleaned_data["name"], form.cleaned_data["valid_on"], request.user
        )
        address = request.build_absolute_uri(checkin_doors.address(token))
        words = _("The link of the door, shown only now: {}")
        self.message_user(request, format_html(str(words), address), messages.SUCCESS)
        return request.path

    def _event(self, request: HttpRequest, pk: int) -> Event:
        may = request.user.has_perm("attendance.view_checkin")
        if not (may and request.user.has_perm("events.view_participant")):
            raise PermissionDenied
        return get_object_or_404(Event, pk=pk)

    def _delegations(self, people: list[Participant], language: str) -> list[dict]:
        """The delegations on this page, once each, with the addresses of their papers."""
        found = {one.delegation_id: one.delegation for one in people}
        return [{"pk": pk, "name": one.sender_in(language)} for pk, one in found.items()]

    def _page(self, request: HttpRequest, name: str, context: dict) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return render(request, f"admin/attendance/{name}.html", context)


@admin.register(DoorPass)
class DoorPassAdmin(admin.ModelAdmin):
    """What links there are; they are given and taken back on the page of their event."""

    list_display = ["name", "event", "valid_on", "created_by", "created_at", "revoked_at"]
    list_select_related = ["event", "created_by"]
    search_fields = ["name", "event__title_ru", "event__title_en"]
    fields = ["event", "name", "valid_on", "created_by", "created_at", "revoked_at"]
    readonly_fields = fields

    has_add_permission = JobAdmin.has_add_permission
    has_change_permission = JobAdmin.has_change_permission
    has_delete_permission = JobAdmin.has_delete_permission


def _let_in(person: Participant, by) -> None:
    if person.status == Status.PENDING:
        deciding.decide_pending(person, True, by)
    else:
        deciding.decide_over_quota(person, True, by)


def _turn_down(person: Participant, by) -> None:
    if person.status == Status.PENDING:
        deciding.decide_pending(person, False, by)
    else:
        deciding.decide_over_quota(person, False, by)


def _take_out(person: Participant, by) -> None:
    registration.cancel_participant(person, by, is_decided=True)


_DEEDS = {"let_in": _let_in, "turn_down": _turn_down, "take_out": _take_out}


def _roster(event: Event) -> str:
    return reverse("admin:attendance_roster", args=[event.pk])


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("p", None)
    return query.urlencode()
