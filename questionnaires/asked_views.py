"""Questions of the check in a city's cabinet: each with the answer it is about, and a reply."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from content.keys import as_key
from members.cabinet import MandateMixin
from questionnaires import asking
from questionnaires.checking_forms import ReplyForm
from questionnaires.models import Response
from questionnaires.numbers import NotANumber
from questionnaires.refusals import Refused


class Asked(MandateMixin, TemplateView):
    """What is asked about a questionnaire, and what was replied; a form for every question."""

    template_name = "questionnaires/cabinet/asked.html"
    menu_name = "questionnaires:cabinet"
    refused: ReplyForm | None = None

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        key = as_key(request.POST.get("answer"))
        questions = asking.open_questions(self.response)
        found = next((one for one in questions if one.answer.pk == key), None)
        if found is None:
            messages.warning(
                request, _("Nobody asks about this answer any more: somebody has replied already.")
            )
            return redirect(request.path)
        form = self._form(found, request.POST, request.FILES)
        if form.is_valid() and self._reply(found, form):
            return redirect(f"{request.path}#questions")
        self.refused = form
        return self.render_to_response(self.get_context_data(**kwargs))

    def _reply(self, question: asking.Question, form: ReplyForm) -> bool:
        data = form.cleaned_data
        given = asking.Reply(data["text"], form.given, data["file"], data["link"])
        try:
            saved = asking.reply(self.response, question.answer.pk, self.request.user, given)
        except NotANumber as refused:
            form.add_error("value", str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(self.request, saved.said or _("The reply is sent."))
            return True
        return False

    @property
    def response(self) -> Response:
        """The questionnaire of the address; Http404 where it is no sent one of this city."""
        if not hasattr(self, "_response"):
            rows = Response.objects.for_user(self.request.user).filter(member=self.member)
            rows = rows.filter(state__in=asking.SENT).select_related("edition__rating", "member")
            self._response = get_object_or_404(rows, pk=self.kwargs["response"])
        return self._response

    @staticmethod
    def _form(question: asking.Question, *data) -> ReplyForm:
        answer = question.answer
        return ReplyForm(answer.indicator, *data, prefix=f"q{answer.pk}")

    def get_context_data(self, **kwargs):
        kwargs |= {"response": self.response, "edition": self.response.edition}
        if self.response.edition.sealed_at is not None:
            raise Http404
        rows = []
        for one in asking.open_questions(self.response):
            form = self._form(one)
            if self.refused is not None and self.refused.prefix == form.prefix:
                form = self.refused
            rows.append((one, form))
        return super().get_context_data(rows=rows, refused=self.refused, **kwargs)
