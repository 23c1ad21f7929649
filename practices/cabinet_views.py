"""Practices in the cabinet: written, sent, taken back; taken over from others; still running?"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from content.editing import answered, once
from content.sortkeys import search_fold
from members.cabinet import MandateMixin
from practices import moderating, spreading
from practices.forms import AdoptionForm, PracticeForm, RunningForm
from practices.models import Adoption, Practice
from practices.moderating import PracticeRefused

MENU = "practices:cabinet"
MOST_WORDS, MOST_OTHERS = 100, 10


class MemberPractices(MandateMixin, TemplateView):
    """The practices of the city, and those it took over."""

    template_name = "practices/cabinet_list.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        own = Practice.objects.filter(member=self.member).order_by("-created_at", "-pk")
        adopted = Adoption.objects.filter(member=self.member)
        asked = spreading.to_be_asked().filter(member=self.member)
        return super().get_context_data(
            practices=own,
            adoptions=adopted.select_related("practice__member"),
            asked={practice.pk for practice in asked},
            words=(words := self.request.GET.get("q", "").strip()[:MOST_WORDS]),
            others=self._others(words),
            **kwargs,
        )

    def _others(self, words: str) -> QuerySet[Practice]:
        """Practices of other cities that were not taken over yet, found by their words."""
        taken = Adoption.objects.filter(member=self.member).values("practice")
        others = Practice.objects.published().exclude(member=self.member).exclude(pk__in=taken)
        for word in words.split():
            others = others.filter(
                Q(title_ru__icontains=word) | Q(title_en__icontains=word)
                | Q(member__name_search__contains=search_fold(word))
            )  # fmt: skip
        return others.select_related("member")[:MOST_OTHERS]


class OwnPracticeMixin(MandateMixin):
    """For a view of one practice of the member; those of others are not there."""

    menu_name = MENU

    @cached_property
    def practice(self) -> Practice:
        own = Practice.objects.editable_by(self.request.user).filter(member=self.member)
        return get_object_or_404(own.select_related("member"), pk=self.kwargs["pk"])

    def done(self, deed: Callable, words: str) -> HttpResponse:
        """Do it, say so or why not, and show the practice."""
        try:
            deed(self.practice, self.request.user)
            messages.success(self.request, words)
        except PracticeRefused as refused:
            messages.error(self.request, str(refused))
        return redirect("practices:cabinet_practice", self.member.slug, self.practice.pk)


class WritePractice(MandateMixin, TemplateView):
    """A new practice."""

    template_name = "practices/cabinet_form.html"
    menu_name = MENU
    practice: Practice | None = None

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        language = (get_language() or "ru")[:2]
        return self.show(PracticeForm(self.practice, initial={"language": language}))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        form = PracticeForm(self.practice, request.POST, request.FILES)
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self.keep(form))
            except PracticeRefused as refused:
                form.add_error(None, str(refused))
            except ValidationError as error:
                form.add_error("uploads", error)
        return self.show(form)

    def keep(self, form: PracticeForm) -> str:
        kept = moderating.keep(
            self.practice, self.member, form.offer(), self.request.user,
            seen=form.cleaned_data["version"] or 0, language=form.written_in,
        )  # fmt: skip
        if "send" in self.request.POST:
            self._send(kept)
        else:
            messages.success(self.request, _("The practice is saved as a draft."))
        return reverse("practices:cabinet_practice", args=[self.member.slug, kept.pk])

    def _send(self, kept: Practice) -> None:
        try:
            moderating.send(kept, self.request.user)
            messages.success(self.request, _("The practice is with the secretariat."))
        except PracticeRefused as refused:
            kept_words = _("The practice is saved as a draft.")
            messages.warning(self.request, f"{kept_words} {refused}")

    def show(self, form: PracticeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, practice=self.practice))


class ChangePractice(OwnPracticeMixin, WritePractice):
    """The own practice, while the city may change it."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.practice.stage not in moderating.OPEN:
            return redirect("practices:cabinet_practice", self.member.slug, self.practice.pk)
        return super().get(request, *args, **kwargs)


class OwnPractice(OwnPracticeMixin, TemplateView):
    """One practice: where it stands, what the secretariat said, the question of the two years."""

    template_name = "practices/cabinet_practice.html"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The answer to "Is it still running?"."""
        if first := answered(request.POST.get("form_key", "")):
            return first
        form = RunningForm(request.POST)
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self.answer(form))
            except PracticeRefused as refused:
                form.add_error(None, str(refused))
        return self.render_to_response(self.get_context_data(form=form))

    def answer(self, form: RunningForm) -> str:
        told = form.cleaned_data
        spreading.answer(
            self.practice, told["answer"], told["note"], told["language"], self.request.user
        )
        messages.success(self.request, _("The answer is on the page of the practice."))
        return reverse("practices:cabinet_practice", args=[self.member.slug, self.practice.pk])

    def get_context_data(self, **kwargs):
        language = (get_language() or "ru")[:2]
        kwargs.setdefault("form", RunningForm(initial={"language": language}))
        return super().get_context_data(
            practice=self.practice,
            may_change=self.practice.stage in moderating.OPEN,
            lacking=moderating.lacking(self.practice),
            steps=self.practice.steps.all(),
            answers=self.practice.answers.all(),
            adoptions=self.practice.adoptions.select_related("member"),
            is_asked=spreading.to_be_asked().filter(pk=self.practice.pk).exists(),
            **kwargs,
        )


class SendPractice(OwnPracticeMixin, View):
    """The own practice goes to the secretariat."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.done(moderating.send, _("The practice is with the secretariat."))


class TakeBackPractice(OwnPracticeMixin, View):
    """The own practice comes back from the secretariat, to be changed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.done(moderating.take_back, _("The practice is yours again."))


class AdoptPractice(MandateMixin, TemplateView):
    """A practice of another city was used here."""

    template_name = "practices/cabinet_adopt.html"
    menu_name = MENU

    @cached_property
    def practice(self) -> Practice:
        others = Practice.objects.published().exclude(member=self.member)
        return get_object_or_404(others.select_related("member"), slug=self.kwargs["slug"])

    @cached_property
    def adoption(self) -> Adoption | None:
        return self.practice.adoptions.filter(member=self.member).first()

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        known = {"language": (get_language() or "ru")[:2]}
        if self.adoption is not None:
            known = {"note": self.adoption.note, "language": self.adoption.language}
        return self.show(AdoptionForm(initial=known))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "take_back" in request.POST and self.adoption is not None:
            spreading.take_back(self.adoption, request.user)
            messages.success(request, _("It is no longer told that your city took it over."))
            return redirect(MENU, self.member.slug)
        if first := answered(request.POST.get("form_key", "")):
            return first
        form = AdoptionForm(request.POST)
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self.adopt(form))
            except PracticeRefused as refused:
                form.add_error(None, str(refused))
        return self.show(form)

    def adopt(self, form: AdoptionForm) -> str:
        told = form.cleaned_data
        spreading.adopt(
            self.practice, self.member, told["note"], told["language"], self.request.user
        )
        messages.success(self.request, _("The city whose practice it is will learn of it."))
        return reverse(MENU, args=[self.member.slug])

    def show(self, form: AdoptionForm) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(form=form, practice=self.practice, adoption=self.adoption)
        )
