"""The page on which staff type in the letter of a city."""

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from questionnaires import paper_path
from questionnaires.models import Response
from questionnaires.paper_forms import LetterForm
from questionnaires.progress import questionnaire
from questionnaires.refusals import Refused
from questionnaires.submitting import Incomplete


class LetterDesk:
    """For the admin of `Response`; it gives `response_of`."""

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All questions with the letter: kept, or kept and sent in the city's name."""
        response = self.response_of(request, pk)
        if reason := paper_path.why_not(response):
            self.message_user(request, reason, messages.ERROR)
            return redirect("admin:questionnaires_response_change", response.pk)
        filled = questionnaire(response)
        if request.method != "POST":
            return self.letter_page(request, LetterForm(filled=filled))
        form = LetterForm(request.POST, request.FILES, filled=filled)
        if form.is_valid() and self.letter_kept(request, response, form):
            return redirect("admin:questionnaires_response_change", response.pk)
        return self.letter_page(request, form)

    def letter_kept(self, request: HttpRequest, response: Response, form: LetterForm) -> bool:
        """Keep what was typed; every refusal stands at its question."""
        typed, is_sent = form.cleaned_data, "send" in request.POST
        try:
            paper_path.keep(
                response, form.entries(), request.user, details=typed["details"],
                scan=typed["scan"], reason=typed.get("reason", ""), send=is_sent,
            )  # fmt: skip
        except paper_path.AnswersRefused as refused:
            for key, text in refused.texts.items():
                form.add_error(f"answer_{key}", text)
        except Incomplete as refused:
            form.add_error(None, [str(refused), *(one.text for one in refused.lacks)])
        except Refused as refused:
            form.add_error(None, str(refused))
        except ValidationError as error:
            form.add_error("scan", error)
        else:
            words = _("The questionnaire is sent in the city’s name.") if is_sent else _(
                "The answers of the letter are kept."
            )  # fmt: skip
            self.message_user(request, words, messages.SUCCESS)
            return True
        return False

    def letter_page(self, request: HttpRequest, form: LetterForm) -> HttpResponse:
        response = form.filled.response
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, form.fieldsets(), {}, model_admin=self),
            "title": _("Answers by letter"),
            "response": response,
            "is_draft": response.state == Response.State.DRAFT,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/questionnaires/letter.html", context)
