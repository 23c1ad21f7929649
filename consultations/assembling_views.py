"""The page on which chapters are put together, inside the admin of a call."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations import assembling
from consultations.assembling import ExcerptRefused
from consultations.models import Answer, Call, Chapter, Contribution
from content.downloads import docx_response
from content.languages import LANGUAGE_CODES, in_language


class TakeForm(forms.Form):
    """An answer, or a part of it, goes into a chapter."""

    chapter = forms.ModelChoiceField(Chapter.objects.none(), label=_("Chapter"))
    answer = forms.ModelChoiceField(Answer.objects.none(), widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("The whole answer or a part of it"), widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20000,
    )  # fmt: skip

    def __init__(self, call: Call, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chapter"].queryset = call.chapters.all()
        self.fields["chapter"].label_from_instance = lambda one: in_language(one, "title")[0]
        self.fields["answer"].queryset = Answer.objects.filter(contribution__call=call)


class AssemblyMixin:
    """For the admin of `Call`: the page of its chapters, and the report as DOCX."""

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "consultations_call_"
        return [
            path("<int:pk>/assemble/", wrap(self.assemble_view), name=f"{name}assemble"),
            path("<int:pk>/report-<str:language>.docx", wrap(self.report_view),
                 name=f"{name}report"),
            *super().get_urls(),
        ]  # fmt: skip

    def _call(self, request: HttpRequest, pk: int) -> Call:
        if not request.user.has_perm("consultations.change_chapter"):
            raise PermissionDenied
        return get_object_or_404(Call, pk=pk)

    def assemble_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answers by question and city on one side, chapters on the other."""
        call = self._call(request, pk)
        form = TakeForm(call, request.POST) if request.method == "POST" else None
        if form is not None and form.is_valid():
            told = form.cleaned_data
            try:
                assembling.take(told["chapter"], told["answer"], told["text"])
            except ExcerptRefused as refused:
                form.add_error("text", str(refused))
            else:
                self.message_user(request, _("Taken into the chapter."))
                return redirect("admin:consultations_call_assemble", pk)
        return self._page(request, call, form)

    def _page(self, request: HttpRequest, call: Call, form: TakeForm | None) -> HttpResponse:
        usable = Answer.objects.exclude(text="").filter(
            contribution__in=Contribution.objects.usable()
        )
        usable = usable.select_related("contribution__member").prefetch_related("excerpts")
        failed = form.data.get("answer") if form is not None else ""
        questions = call.questions.prefetch_related(Prefetch("answers", usable))
        context = {
            **self.admin_site.each_context(request),
            "call": call,
            "title": _("Chapters: %s") % in_language(call, "title")[0],
            "questions": [
                (question, [self._row(call, one, form, failed) for one in question.answers.all()])
                for question in questions
            ],
            "chapters": assembling.chapters(call),
            "languages": LANGUAGE_CODES,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/consultations/assemble.html", context)

    def _row(self, call: Call, answer: Answer, form: TakeForm | None, failed: str) -> dict:
        own = form if str(answer.pk) == failed else TakeForm(
            call, initial={"answer": answer.pk, "text": answer.text}, auto_id=f"id_{answer.pk}_%s"
        )  # fmt: skip
        return {"answer": answer, "form": own, "is_used": bool(answer.excerpts.all())}

    def report_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The chapters as a DOCX in one language."""
        call = self._call(request, pk)
        if language not in LANGUAGE_CODES:
            language = LANGUAGE_CODES[0]
        return docx_response(assembling.document(call, language), f"{call.slug}-{language}.docx")
