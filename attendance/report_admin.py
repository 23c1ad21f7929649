"""After the event, in the admin: figures, who was there, certificates, the news draft."""

import uuid

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from attendance import certificate_letters, certificates, figures, newsdraft, presence, report
from attendance.models import NewsDraft
from content.documents_admin import ReadOnlyAdmin
from content.downloads import pdf_response
from content.keys import as_key
from content.languages import LANGUAGE_CODES, in_language
from content.sortkeys import search_fold
from events.columns import loaded
from events.models import Event, Participant

LOOK = "attendance.view_markedpresent"
MAY_WRITE_NEWS = "attendance.add_newsdraft"
ON_A_PAGE = 100


@admin.register(NewsDraft)
class NewsDraftAdmin(ReadOnlyAdmin):
    """The news drafts made of events; beside them the page of one event, when it is over."""

    list_display = ["event", "article", "written_by", "written_at"]
    list_select_related = ["event", "article", "written_by"]
    fields = ["event", "article", "written_by", "written_at"]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("event/<int:pk>/", wrap(self.event_view), name="attendance_event"),
            path(
                "event/<int:pk>/<str:language>.pdf", wrap(self.pdf_view),
                name="attendance_event_pdf",
            ),
            *super().get_urls(),
        ]  # fmt: skip

    def event_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The figures and the people of an event; a post does one of the deeds."""
        event = self._event(request, pk)
        if request.method == "POST":
            return self._do(request, event)
        people = _page(event, request.GET)
        context = {
            **self.admin_site.each_context(request),
            "opts": Event._meta,
            "title": _("After the event: %s") % in_language(event, "title")[0],
            "event": event,
            "facts": report.facts(event, counted := figures.of(event)),
            "figures": counted,
            "people": people,
            "rows": _rows(people),
            "q": request.GET.get("q", ""),
            "missing": certificates.without_one(event).count(),
            "draft": NewsDraft.objects.filter(event=event).select_related("article").first(),
            "may_issue": request.user.has_perm(certificates.MAY_ISSUE),
            "may_write": request.user.has_perm(MAY_WRITE_NEWS),
            "key": uuid.uuid4(),
            "downloads": [
                (code.upper(), reverse("admin:attendance_event_pdf", args=[pk, code]))
                for code in LANGUAGE_CODES
            ],
        }
        return TemplateResponse(request, "admin/attendance/event.html", context)

    def pdf_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The figures on paper."""
        event = self._event(request, pk)
        if language not in LANGUAGE_CODES:
            raise Http404
        return pdf_response(report.pdf(event, language), f"attendance-{event.slug}-{language}.pdf")

    def _event(self, request: HttpRequest, pk: int) -> Event:
        if not request.user.has_perm(LOOK):
            raise PermissionDenied
        return get_object_or_404(Event, pk=pk)

    def _do(self, request: HttpRequest, event: Event) -> HttpResponse:
        deed = request.POST.get("deed", "")
        needed = MAY_WRITE_NEWS if deed == "news" else certificates.MAY_ISSUE
        if not request.user.has_perm(needed):
            raise PermissionDenied
        here = redirect("admin:attendance_event", event.pk)
        deeds = {
            "news": self._write_news, "issue_all": self._issue_all, "mark": self._mark,
            "unmark": self._unmark, "issue": self._issue, "send": self._send,
        }  # fmt: skip
        if deed not in deeds:
            return here
        try:
            return deeds[deed](request, event) or here
        except ValidationError as refused:
            self._refuse(request, " ".join(refused.messages))
        except (newsdraft.DraftRefused, certificate_letters.NothingToSend) as refused:
            self._refuse(request, str(refused))
        return here

    def _refuse(self, request, words: str) -> None:
        self.message_user(request, words, messages.ERROR)

    def _write_news(self, request, event: Event) -> HttpResponse:
        draft = newsdraft.write(event, request.user)
        return redirect("admin:news_article_change", draft.article_id)

    def _issue_all(self, request, event: Event) -> HttpResponse:
        return redirect(certificates.ask_for_all(event, request.user, _key(request)))

    def _mark(self, request, event: Event) -> None:
        number = presence.mark(_chosen(request, event), request.user)
        words = ngettext("%(number)d person is marked.", "%(number)d people are marked.", number)
        self.message_user(request, words % {"number": number})

    def _unmark(self, request, event: Event) -> None:
        for person in _chosen(request, event):
            presence.unmark(person, request.user)

    def _issue(self, request, event: Event) -> None:
        for person in _chosen(request, event):
            document = certificates.issue(person, request.user)
            words = _("Certificate %(number)s is issued.") % {"number": document.number}
            self.message_user(request, words, messages.SUCCESS)

    def _send(self, request, event: Event) -> None:
        for person in _chosen(request, event):
            certificate_letters.send(person, request.user, _key(request))
            number = certificates.current(person).number
            words = _("The letter with certificate %(number)s is on its way.") % {"number": number}
            self.message_user(request, words, messages.SUCCESS)


def _key(request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _chosen(request, event: Event) -> list[Participant]:
    """The people of this event whose keys were sent; what is no key is passed over."""
    keys = [key for one in request.POST.getlist("person") if (key := as_key(one))]
    found = loaded(Participant.objects.filter(event=event, pk__in=keys[:ON_A_PAGE]))
    return list(found.select_related("delegation__event", "delegation__registered_by"))


def _page(event: Event, query):
    people = presence.with_presence(Participant.objects.filter(event=event)).exclude(
        status__in=["declined", "cancelled"]
    )
    for word in query.get("q", "").split()[:4]:
        named = people.filter(name_cyrillic__icontains=word) | people.filter(
            name_latin__icontains=word
        )
        people = named | people.filter(delegation__member__name_search__contains=search_fold(word))
    rows = loaded(people).select_related("delegation__event")
    return Paginator(rows.order_by("delegation", "order", "pk"), ON_A_PAGE).get_page(query.get("p"))


def _rows(people) -> list[dict]:
    shown = list(people.object_list)
    given = certificates.numbers(shown)
    return [
        {
            "person": person,
            "name": person.name_in(get_language()),
            "sender": person.delegation.sender_in(get_language()),
            "presence": _words(person),
            "document": given.get(person.pk),
        }
        for person in shown
    ]


WORDS = [
    ("came", gettext_lazy("came")), ("was_online", gettext_lazy("was online")),
    ("is_marked", gettext_lazy("marked by hand")),
]  # fmt: skip


def _words(person: Participant) -> str:
    return ", ".join(str(words) for name, words in WORDS if getattr(person, name))
