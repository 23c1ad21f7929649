"""In the cabinet: the agenda of the member's own delegation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from content.downloads import pdf_response
from events.models import Event
from members.cabinet import MandateMixin
from programme import agenda


class DelegationAgenda(MandateMixin, TemplateView):
    """All that the delegation speaks in or has starred, over the event and its parts."""

    template_name = "programme/cabinet_agenda.html"
    menu_name = "events:cabinet"

    def event(self) -> Event:
        shown = Event.objects.published().select_related("parent")
        return get_object_or_404(shown, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        event = self.event()
        return super().get_context_data(
            event=agenda.whole_of(event),
            agenda_slug=event.slug,
            days=agenda.of_member(self.member, event),
            **kwargs,
        )


class DelegationAgendaPaper(DelegationAgenda):
    """The same on paper."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        made = agenda.pdf(self.member, self.event(), request.LANGUAGE_CODE)
        return pdf_response(made, f"agenda-{self.member.slug}.pdf")
