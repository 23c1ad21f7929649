"""The public pages: calls that are open, calls that were decided."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from content import privatefiles
from content.languages import in_language
from hosting.models import HostCall


class CallList(TemplateView):
    """Open calls, then those that are judged or decided."""

    template_name = "hosting/call_list.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        rows = HostCall.objects.published(now).select_related("host")
        shown = [(call, call.phase(now)) for call in rows.order_by("-closes_at", "pk")]
        is_open = (HostCall.Phase.OPEN, HostCall.Phase.NOT_YET)
        return super().get_context_data(
            open_calls=[one for one in shown if one[1] in is_open],
            other_calls=[one for one in shown if one[1] not in is_open],
            **kwargs,
        )


class CallPage(DetailView):
    """One call: text, criteria with weights, deadlines, and the outcome."""

    template_name = "hosting/call_detail.html"
    context_object_name = "call"

    def get_queryset(self):
        return HostCall.objects.published().select_related("host", "event", "decision__meeting")

    def get_context_data(self, **kwargs):
        call = self.object
        event = call.event if call.event and call.event.is_public() else None
        meeting = call.decision.meeting if call.decision else None
        return super().get_context_data(
            phase=call.phase(timezone.now()),
            criteria=call.criteria.all(),
            event=event,
            meeting=meeting if meeting and meeting.is_public() else None,
            body_language=in_language(call, "body")[1],
            **kwargs,
        )


def terms(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The conditions as a file: as public as the call."""
    call = get_object_or_404(HostCall.objects.published().select_related("terms"), slug=slug)
    if call.terms is None:
        raise Http404
    return privatefiles.response_for(call.terms)
