"""Questionnaires in the cabinet: the editions, one of them, its papers, the sending."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from content import privatefiles
from content.downloads import pdf_response
from content.editing import OneTimeKeyMixin, answered, once
from members import mandates
from members.cabinet import MandateMixin
from questionnaires import answering, asking, paper, submitting, taking_part
from questionnaires.models import Evidence, Response
from questionnaires.progress import Questionnaire, questionnaire
from questionnaires.refusals import Refused
from ratings.models import Edition

MENU = "questionnaires:cabinet"
State = Response.State


class EditionMixin(MandateMixin):
    """For a view of one edition: the questionnaire of the member whose cabinet this is."""

    menu_name = MENU

    @cached_property
    def response(self) -> Response:
        """Stored, or a blank one; 404 where the city neither takes part nor could."""
        opened = Edition.objects.held().filter(
            opened_at__isnull=False, opens_at__lte=timezone.now()
        )
        edition = get_object_or_404(opened.select_related("rating"), pk=self.kwargs["pk"])
        found = taking_part.blank(edition, self.member)
        if found.pk is None and taking_part.why_not(edition, self.member):
            raise Http404
        return found

    @property
    def edition(self) -> Edition:
        return self.response.edition

    def stored(self) -> Response:
        """The questionnaire, made where there is none yet. Raises Refused."""
        if self.response.pk is None:
            # Before anything is written: none is made outside the window, nor after the sealing.
            if reason := answering.why_not(self.response):
                raise Refused(reason)
            self.response = taking_part.response_of(self.edition, self.member, self.request.user)
        return self.response

    def address(self, name: str, *args) -> str:
        return reverse(f"questionnaires:{name}", args=[self.member.slug, self.edition.pk, *args])

    def facts(self, filled: Questionnaire) -> dict:
        """What every page of a questionnaire shows."""
        response = self.response
        return {
            "edition": self.edition,
            "response": response,
            "filled": filled,
            "closed": answering.why_not(response) if self.is_shut else "",
            "can_edit": not answering.why_not(response),
            "is_open": self.edition.takes_answers(),
            "asked": asking.open_questions(response) if response.pk else [],
            "State": State,
        }

    @property
    def is_shut(self) -> bool:
        return not self.edition.takes_answers() or self.response.state == State.LEFT_OUT


@method_decorator(never_cache, name="dispatch")
class Questionnaires(MandateMixin, TemplateView):
    """Editions that the city fills in, and those it has filled in."""

    template_name = "questionnaires/cabinet/list.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        own = Response.objects.filter(member=self.member, edition__opened_at__isnull=False)
        held = {one.edition_id: one for one in own.select_related("edition__rating")}
        rows = [
            {"edition": edition, "response": held.pop(edition.pk, None), "is_open": True}
            for edition in Edition.objects.open().select_related("rating")
            if edition.pk in held or not taking_part.why_not(edition, self.member)
        ]
        past = sorted(held.values(), key=lambda one: (-one.edition.year, -one.edition_id))
        rows += [{"edition": one.edition, "response": one, "is_open": False} for one in past]
        return super().get_context_data(rows=rows, State=State, **kwargs)


class SendForm(OneTimeKeyMixin):
    """The key of the button that sends."""


@method_decorator(never_cache, name="dispatch")
class QuestionnairePage(EditionMixin, TemplateView):
    """One edition: sections with their progress, what is missing, sending and taking back."""

    template_name = "questionnaires/cabinet/questionnaire.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.POST.get("deed") == "take_back":
            return self.take_back()
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = SendForm(request.POST)
        if not form.is_valid():
            return redirect(self.address("questionnaire"))
        try:
            return once(form.cleaned_data["form_key"], self.send)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(self.address("questionnaire"))

    def send(self) -> str:
        submitting.submit(self.stored(), self.request.user)
        messages.success(
            self.request,
            _("The questionnaire is sent. A PDF of it is kept here, and a letter is on its way."),
        )
        return self.address("questionnaire")

    def take_back(self) -> HttpResponse:
        try:
            submitting.take_back(self.stored(), self.request.user)
            messages.success(
                self.request,
                _("The questionnaire is a draft again. It counts only when you send it anew."),
            )
        except Refused as refused:
            messages.error(self.request, str(refused))
        return redirect(self.address("questionnaire"))

    def page(self) -> HttpResponse:
        filled = questionnaire(self.response)
        context = self.facts(filled) | {
            "may_sign": mandates.may_sign(self.request.user, self.member),
            "send_form": SendForm(),
            "lacks": filled.lacks if self.response.state == State.DRAFT else [],
        }
        return self.render_to_response(self.get_context_data(**context))


@method_decorator(never_cache, name="dispatch")
class EmptyPaper(EditionMixin, View):
    """The questions with room for answers, to be filled in by hand."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        language = (get_language() or "ru")[:2]
        blank = Response(edition=self.edition, member=self.member)
        made = paper.empty(questionnaire(blank), language)
        return pdf_response(made, f"questionnaire-{self.edition.year}-{language}.pdf")


@method_decorator(never_cache, name="dispatch")
class SentPaper(EditionMixin, View):
    """The PDF of what was sent, as it was."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if self.response.paper is None:
            raise Http404
        return privatefiles.response_for(self.response.paper)


@method_decorator(never_cache, name="dispatch")
class ProofFile(EditionMixin, View):
    """A file that the city gave as a proof."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        own = Evidence.objects.filter(answer__response=self.response.pk or 0, file__isnull=False)
        proof = get_object_or_404(own.select_related("file"), pk=kwargs["proof"])
        return privatefiles.response_for(proof.file)
