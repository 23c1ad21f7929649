"""Letters of an event in the admin: postpone, announce the new date, remind, write to people."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.editing import answered, once
from events import audiences, reminders, rescheduling, staff_letters
from events.letter_forms import LetterForm, NewDateForm, PostponeForm, RuleForm
from events.models import Event, EventLetter, ReminderRule
from events.reminder_previews import Preview, previews, rule_listing

Status = Event.Status
MOVE_FIELDS = ("tells_everybody", "move_note_ru", "move_note_en")


class LettersMixin:
    """For the admin of events: the deeds that everybody of an event is told about."""

    def get_fieldsets(self, request, obj=None):
        """What concerns a move is asked of those who may move, about an event that exists."""
        fieldsets = super().get_fieldsets(request, obj)
        may = self.has_change_permission(request, obj) and self.has_add_permission(request)
        return fieldsets if obj and may else without(fieldsets, MOVE_FIELDS)

    def letters_urls(self) -> list:
        """The addresses of these pages, below that of one event."""
        pages = {
            "postpone": self.postpone_view, "new-date": self.new_date_view,
            "write": self.write_view, "reminders/<int:rule_pk>": self.rule_view,
        }  # fmt: skip
        return [
            path(
                f"<int:pk>/{address}/", self.admin_site.admin_view(view),
                name=f"events_event_{address.partition('/')[0].replace('-', '_')}",
            )
            for address, view in pages.items()
        ]  # fmt: skip

    def letters_links(self, event: Event) -> str:
        """Links to what can be done with this event now."""
        if not event.pk:
            return "—"
        deeds = [("write", _("Write to participants"))]
        if event.status == Status.ANNOUNCED and event.ends_at > timezone.now():
            deeds.append(("postpone", _("Postpone the event")))
        if event.status == Status.POSTPONED:
            deeds.append(("new_date", _("Announce the new date")))
        rows = ((reverse(f"admin:events_event_{name}", args=[event.pk]), text)
                for name, text in deeds)  # fmt: skip
        return format_html_join(" · ", '<a href="{}">{}</a>', rows)

    def postpone_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks why, then postpones."""
        event = self._event(request, pk)
        form = PostponeForm(_posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                rescheduling.postpone(event, **form.cleaned_data, by=request.user)
                self.message_user(request, _("The event is postponed, the letters are on the way."))
                return redirect(_address(pk))
            except rescheduling.ReschedulingRefused as refused:
                form.add_error(None, str(refused))
        said = _(
            "The page and the calendars will say that the event is postponed, reminders stop, and "
            "everybody who is registered gets a letter. Registrations stay."
        )
        return self._page(request, event, form, _("Postpone the event"), said)

    def new_date_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks when a postponed event will be, then announces it."""
        event = self._event(request, pk)
        form = NewDateForm(_posted(request), event=event)
        if request.method == "POST" and form.is_valid():
            try:
                rescheduling.announce_new_date(event, **form.cleaned_data, by=request.user)
                self.message_user(
                    request, _("The new date is announced, the letters are on the way.")
                )
                return redirect(_address(pk))
            except rescheduling.ReschedulingRefused as refused:
                form.add_error(None, str(refused))
        said = _(
            "Everybody who is registered gets a letter with the old and the new date; reminders "
            "follow the new one."
        )
        return self._page(request, event, form, _("Announce the new date"), said)

    def write_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A letter to audiences: written, seen with the list of names, then sent once."""
        event = self._event(request, pk)
        if request.method == "POST" and (done := answered(request.POST.get("form_key", ""))):
            return done
        form = LetterForm(_posted(request))
        context = {"form": form}
        if request.method == "POST" and form.is_valid():
            if "send" in request.POST:
                return once(form.cleaned_data["form_key"], lambda: self._send(request, event, form))
            context |= _seen(event, form)
        return self._render(
            request, event, "admin/events/letter.html", _("Write to participants"), **context
        )

    def _send(self, request: HttpRequest, event: Event, form: LetterForm) -> str:
        letter = staff_letters.send(
            event, form.cleaned_data["audiences"], form.words, form.cleaned_data["form_key"],
            request.user,
        )  # fmt: skip
        number = letter.names - letter.without_address
        words = ngettext(
            "The letter to %(number)d name is on the way.",
            "The letters to %(number)d names are on the way.",
            number,
        )
        self.message_user(request, words % {"number": number})
        return _address(event.pk)

    def rule_view(self, request: HttpRequest, pk: int, rule_pk: int) -> HttpResponse:
        """One reminder: its own words, how it reads, and a dry run with the list of names."""
        event = self._event(request, pk)
        rule = event.reminder_rules.filter(pk=rule_pk).first()
        if rule is None:
            raise Http404
        rule.event = event
        form = RuleForm(_posted(request), instance=rule)
        if request.method == "POST" and form.is_valid():
            form.save()
            self.message_user(request, _("The words of the reminder are saved."))
            return redirect(request.path)
        shown = ReminderRule.objects.select_related("event").get(pk=rule_pk)
        context = {
            "form": form, "rule": shown, "due_at": shown.due_at,
            "is_armed": reminders.armed(timezone.now()).filter(pk=event.pk).exists(),
            "listing": rule_listing(shown), "previews": previews(shown),
            "audience": dict(audiences.choices()).get(shown.audience, shown.audience),
        }  # fmt: skip
        return self._render(request, event, "admin/events/reminder.html", _("Reminder"), **context)

    def _event(self, request: HttpRequest, pk: int) -> Event:
        event = self.get_object(request, str(pk))
        if event is None:
            raise Http404
        if not (self.has_change_permission(request, event) and self.has_add_permission(request)):
            raise PermissionDenied
        return event

    def _page(self, request, event: Event, form, title, said) -> HttpResponse:
        return self._render(
            request, event, "admin/events/event_deed.html", title, form=form, said=said,
            people=event.participants.active().count(),
        )  # fmt: skip

    def _render(self, request, event: Event, template: str, title, **context) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request), "title": title, "event": event,
            "back": _address(event.pk), "opts": self.opts, **context,
        }  # fmt: skip
        return render(request, template, whole)


def without(fieldsets, names: tuple[str, ...]) -> list:
    """The same fieldsets without these fields."""

    def kept(row):
        if isinstance(row, str):
            return None if row in names else row
        return tuple(name for name in row if name not in names) or None

    return [
        (title, options | {"fields": [row for row in map(kept, options["fields"]) if row]})
        for title, options in fieldsets
    ]


def rule_link(rule: ReminderRule) -> str:
    """The link from the list of reminders to the page of one."""
    if not rule.pk:
        return "—"
    address = reverse("admin:events_event_reminders", args=[rule.event_id, rule.pk])
    return format_html('<a href="{}">{}</a>', address, _("Words, preview and list of names"))


def _posted(request: HttpRequest):
    """What was sent, be it nothing; None when the page is opened."""
    return request.POST if request.method == "POST" else None


def _address(pk: int) -> str:
    return reverse("admin:events_event_change", args=[pk])


def _seen(event: Event, form: LetterForm) -> dict:
    found = audiences.addressees(event, form.cleaned_data["audiences"])
    draft = EventLetter(event=event, **form.words)
    return {"listing": staff_letters.listing(found), "previews": _previews(draft, found)}


def _previews(draft: EventLetter, found: list) -> list[Preview]:
    one = next((one for one in found if one.email), None) or staff_letters.nobody(draft.event)
    context = staff_letters.context(draft, one)
    return [Preview.of(code, staff_letters.TEMPLATE, context) for code in ("ru", "en")]
