"""What everybody reads: drafts before their adoption, calls for contributions."""

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from consultations.models import Call, Consultation
from content.languages import in_language, written_in


class ConsultationList(TemplateView):
    """Drafts and calls that are open, then those that are over. Two queries."""

    template_name = "consultations/list.html"

    def get_context_data(self, **kwargs):
        drafts = list(Consultation.objects.published().select_related("adopted_as"))
        calls = list(Call.objects.published().select_related("publication"))
        return super().get_context_data(
            open_drafts=[one for one in drafts if one.takes_comments()],
            other_drafts=[one for one in drafts if not one.takes_comments()],
            open_calls=[one for one in calls if one.takes_contributions()],
            other_calls=[one for one in calls if not one.takes_contributions()],
            **kwargs,
        )


class ConsultationPage(TemplateView):
    """A draft: its text, until when cities comment, what was adopted."""

    template_name = "consultations/consultation_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        rows = Consultation.objects.published().select_related("organ", "adopted_as")
        found = get_object_or_404(rows.prefetch_related("topics"), slug=slug)
        languages = written_in(found, "title", "body")
        return super().get_context_data(
            consultation=found, count=found.comments.count(),
            cities=found.comments.values("member").distinct().count(), written_in=languages,
            is_in_other_language=self.request.LANGUAGE_CODE not in languages, **kwargs,
        )  # fmt: skip


class CallPage(TemplateView):
    """A call: what the report is for, its questions and milestones."""

    template_name = "consultations/call_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        rows = Call.objects.published().select_related("publication")
        found = get_object_or_404(rows.prefetch_related("questions", "milestones"), slug=slug)
        languages = written_in(found, "title", "about")
        return super().get_context_data(
            call=found, title=in_language(found, "title")[0], written_in=languages,
            is_in_other_language=self.request.LANGUAGE_CODE not in languages, **kwargs,
        )  # fmt: skip
