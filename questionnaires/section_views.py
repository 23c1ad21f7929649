"""One section of a questionnaire: saved answer by answer by a script, or whole by its button."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from content.keys import as_key
from events.question_form import TOO_LARGE, guarded_uploads
from questionnaires import answering, offers, proofs, sheet, signed_out
from questionnaires.answering import Conflict, Outcome, Saved
from questionnaires.cabinet_views import EditionMixin
from questionnaires.models import Answer
from questionnaires.progress import Question, Questionnaire, Section, questionnaire
from questionnaires.refusals import Refused
from questionnaires.sheet import Box
from ratings.models import Indicator


@method_decorator([guarded_uploads, never_cache], name="dispatch")
class SectionPage(EditionMixin, TemplateView):
    """The questions of one section with their answers."""

    template_name = "questionnaires/cabinet/section.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        is_typed = request.method == "POST" and not _is_by_script(request)
        if is_typed and not request.user.is_authenticated:
            signed_out.keep(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        filled = questionnaire(self.response)
        section = self.section_of(filled)
        boxes = {one.indicator.pk: Box(one) for one in section.questions}
        if (typed := signed_out.take(request)) is not None:
            self.put_back(boxes, typed)
        return self.page(filled, section, boxes)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if _is_by_script(request):
            return self.saved_by_script()
        filled = questionnaire(self.response)
        section = self.section_of(filled)
        boxes = {one.indicator.pk: Box(one) for one in section.questions}
        try:
            if reason := answering.why_not(self.stored()):
                raise Refused(reason)
            self.keep_answers(boxes)
            self.keep_proofs(boxes)
            self.drop_proof()
        except Refused as refused:
            messages.error(request, str(refused))
            self.put_back(boxes, request.POST)
            return self.again(boxes)
        if any(one.error or one.proof_error for one in boxes.values()):
            return self.again(boxes)
        said = [f"{one.indicator.code}: {one.said}" for one in boxes.values() if one.said]
        messages.success(request, " ".join([_saved_words(), *said]))
        return redirect(self.next_address(filled, section))

    def section_of(self, filled: Questionnaire) -> Section:
        found = filled.section(self.kwargs["code"])
        if found is None:
            raise Http404
        return found

    def keep_answers(self, boxes: dict[int, Box]) -> None:
        """Keep what was typed; boxes hold what was not kept, with the reason."""
        data = self.request.POST
        wanted = [box for pk, box in boxes.items() if str(pk) != data.get("take")]
        entries = [found for box in wanted if (found := sheet.entry(data, box.question))]
        outcomes = answering.save_all(self.response, entries, self.request.user) if entries else {}
        for pk, outcome in outcomes.items():
            self.show(boxes[pk], outcome)

    def show(self, box: Box, outcome: Outcome) -> None:
        """What came of an answer, in its box: how it was understood, or why it is not kept."""
        if isinstance(outcome, Saved):
            box.said = outcome.said
            return
        box.typed = sheet.posted(self.request.POST, box.indicator)
        if isinstance(outcome, Conflict):
            box.question.answer = outcome.answer
            box.conflict = sheet.conflict_of(outcome)
            box.error = sheet.conflict_words(box.conflict)
        else:
            box.error = str(outcome)

    def keep_proofs(self, boxes: dict[int, Box]) -> None:
        """Keep files and links; what is refused is said beside its question."""
        user = self.request.user
        for pk, box in boxes.items():
            try:
                for upload in self.request.FILES.getlist(f"f{pk}"):
                    proofs.add_file(self.response, box.indicator, upload, user)
                if f"f{pk}" in self.request.too_large:
                    box.proof_error = str(TOO_LARGE)
                if link := self.request.POST.get(f"l{pk}", "").strip():
                    box.link = link
                    proofs.add_link(self.response, box.indicator, link, user)
                    box.link = ""
            except Refused as refused:
                box.proof_error = str(refused)

    def drop_proof(self) -> None:
        if key := as_key(self.request.POST.get("drop")):
            proofs.drop(self.response, key, self.request.user)

    def put_back(self, boxes: dict[int, Box], data) -> None:
        """Show what was typed and is not saved."""
        for box in boxes.values():
            typed = sheet.posted(data, box.indicator)
            stored = sheet.stored_in(box.indicator, box.answer)
            if typed and sheet.fingerprint(typed) != sheet.fingerprint(stored):
                box.typed, box.error = typed, _("Not saved yet.")

    def again(self, earlier: dict[int, Box]) -> HttpResponse:
        """The page as it is now, with what was not kept beside its reasons."""
        filled = questionnaire(self.response)
        section = self.section_of(filled)
        boxes = {}
        for one in section.questions:
            old = earlier[one.indicator.pk]
            boxes[one.indicator.pk] = Box(
                one, old.typed, old.error, old.proof_error, old.said, old.link, old.conflict
            )
        return self.page(filled, section, boxes)

    def next_address(self, filled: Questionnaire, section: Section) -> str:
        here = self.address("section", section.code)
        data = self.request.POST
        if {"take", "drop"} & set(data):
            pk = as_key(data.get("take"))
            return f"{here}#q{pk}" if pk else here
        following = [one for one in filled.sections if one.number == section.number + 1]
        if following:
            return self.address("section", following[0].code)
        return self.address("questionnaire")

    def page(self, filled: Questionnaire, section: Section, boxes: dict[int, Box]) -> HttpResponse:
        facts = self.facts(filled)
        if facts["can_edit"]:
            asked = [one.indicator for one in section.questions]
            known = offers.offers_for(self.response, asked)
            for box in boxes.values():
                box.offer = known.get(box.indicator.code)
        at = section.number - 1
        context = facts | {
            "section": section,
            "parts": [
                (part, [boxes[one.indicator.pk] for one in part.questions])
                for part in section.parts if part.questions
            ],
            "errors": [one for one in boxes.values() if one.error or one.proof_error],
            "before": filled.sections[at - 1] if at else None,
            "after": filled.sections[at + 1] if at + 1 < len(filled.sections) else None,
            "answered_elsewhere": filled.answered - section.answered,
        }  # fmt: skip
        return self.render_to_response(self.get_context_data(**context))

    def saved_by_script(self) -> JsonResponse:
        """One answer, kept without a reload; what the page shows then."""
        question = self.asked_by_script()
        try:
            response = self.stored()
            found = self.script_answer(response, question)
            found |= self.script_proofs(response, question)
        except Refused as refused:
            found = {"error": str(refused), "kept": False}
        return JsonResponse(found)

    def asked_by_script(self) -> Question:
        key = as_key(self.request.POST.get("question"))
        rows = Indicator.objects.filter(edition=self.edition, pk=key or 0).select_related("scale")
        indicator = rows.first()
        if indicator is None:
            raise Http404
        return Question(indicator)

    def script_answer(self, response, question: Question) -> dict[str, Any]:
        entry = sheet.entry(self.request.POST, question)
        if entry is None:
            return {"kept": True, "words": _saved_words()}
        outcome = answering.save_all(response, [entry], self.request.user)[question.indicator.pk]
        if isinstance(outcome, Conflict):
            conflict = sheet.conflict_of(outcome)
            return {"kept": False, "conflict": conflict | {"said": sheet.conflict_words(conflict)}}
        if isinstance(outcome, Refused):
            return {"kept": False, "error": str(outcome)}
        stored = sheet.stored_in(question.indicator, outcome.answer)
        return {
            "kept": True, "words": _saved_words(), "said": outcome.said, "value": stored.value,
            "token": sheet.token(question.indicator, outcome.answer),
        }  # fmt: skip

    def script_proofs(self, response, question: Question) -> dict[str, Any]:
        """Files and links that came along, and the list of all proofs of the answer then."""
        pk = question.indicator.pk
        link = self.request.POST.get(f"l{pk}", "").strip()
        files = self.request.FILES or self.request.too_large
        if not (files or link or "drop" in self.request.POST):
            return {}
        boxes = {pk: Box(question)}
        self.keep_proofs(boxes)
        self.drop_proof()
        rows = Answer.objects.filter(response=response, indicator=pk)
        question.answer = rows.prefetch_related("evidence__file").first()
        html = render_to_string(
            "questionnaires/cabinet/includes/proofs.html",
            {"box": boxes[pk], "can_edit": True, "member": self.member, "edition": self.edition},
            self.request,
        )
        token = sheet.token(question.indicator, question.answer)
        return {"proofs": html, "proof_error": boxes[pk].proof_error, "token": token}


def _is_by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _saved_words() -> str:
    return _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"}
