"""What a city is asked for in its cabinet: comments on drafts, texts for reports."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from consultations import commenting, contributing
from consultations.commenting import CommentRefused
from consultations.contributing import ContributionRefused, Offer
from consultations.forms import CommentForm, ContributionForm
from consultations.models import Call, Comment, Consultation, Contribution
from content.editing import answered, once
from members.cabinet import MandateMixin

MENU = "consultations:cabinet"


class MemberTexts(MandateMixin, TemplateView):
    """All drafts and calls that are open, and what the city has said and sent. Four queries."""

    template_name = "consultations/cabinet_list.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        sent = Contribution.objects.filter(member=self.member).select_related("call")
        by_call = {one.call_id: one for one in sent}
        calls = list(Call.objects.open())
        return super().get_context_data(
            drafts=list(Consultation.objects.open()),
            calls=[(call, by_call.pop(call.pk, None)) for call in calls],
            earlier=list(by_call.values()),
            comments=Comment.objects.filter(member=self.member).select_related("consultation"),
            **kwargs,
        )


class CommentPage(MandateMixin, TemplateView):
    """A draft with its paragraphs by number, the comments of the city, and a form for one more."""

    template_name = "consultations/cabinet_comment.html"
    menu_name = MENU

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(Consultation.objects.published(), slug=self.kwargs["slug"])

    @cached_property
    def language(self) -> str:
        """The language of the text that is commented on: the reader's where it exists."""
        own = self.request.LANGUAGE_CODE
        has_own = bool(getattr(self.consultation, f"body_{own}"))
        return own if has_own else self.consultation.source_language

    def get_context_data(self, form=None, **kwargs):
        passages = commenting.passages(self.consultation, self.language)
        return super().get_context_data(
            consultation=self.consultation,
            passages=passages,
            language=self.language,
            own=self.consultation.comments.filter(member=self.member),
            form=form or CommentForm(passages),
            is_open=self.consultation.takes_comments(),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        if again := answered(request.POST.get("form_key", "")):
            return again
        form = CommentForm(commenting.passages(self.consultation, self.language), request.POST)
        if form.is_valid():
            told = form.cleaned_data
            try:
                return once(told["form_key"], lambda: self._comment(told))
            except CommentRefused as refused:
                form.add_error(None, str(refused))
        return self.render_to_response(self.get_context_data(form=form))

    def _comment(self, told: dict) -> str:
        commenting.comment(
            self.consultation, self.member, self.request.user, language=self.language,
            text=told["text"], paragraph=told["paragraph"], wording=told["wording"],
        )  # fmt: skip
        messages.success(self.request, _("The comment is with the secretariat."))
        return reverse("consultations:comment", args=[self.member.slug, self.consultation.slug])


class WithdrawComment(MandateMixin, View):
    """Take one's own comment back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        own = Comment.objects.for_user(request.user).filter(member=self.member)
        found = get_object_or_404(own.select_related("consultation"), pk=pk)
        slug = found.consultation.slug
        try:
            commenting.withdraw(found, request.user)
            messages.success(request, _("The comment is withdrawn."))
        except CommentRefused as refused:
            messages.error(request, str(refused))
        return redirect("consultations:comment", self.member.slug, slug)


class Contribute(MandateMixin, TemplateView):
    """The texts of a city for a report: kept as a draft, then sent."""

    template_name = "consultations/cabinet_contribute.html"
    menu_name = MENU

    @cached_property
    def call(self) -> Call:
        return get_object_or_404(Call.objects.published(), slug=self.kwargs["slug"])

    @cached_property
    def found(self) -> Contribution | None:
        return contributing.of(self.call, self.member)

    def get_context_data(self, form=None, **kwargs):
        found = self.found
        is_editable = found.is_editable() if found else self.call.takes_contributions()
        return super().get_context_data(
            call=self.call,
            found=found,
            is_editable=is_editable,
            form=form or ContributionForm(self.call, found),
            answers=found.answers.select_related("question") if found else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        if again := answered(request.POST.get("form_key", "")):
            return again
        form = ContributionForm(self.call, self.found, request.POST, request.FILES)
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self._keep(form))
            except (ContributionRefused, ValidationError) as refused:
                form.add_error(None, refused.messages if isinstance(refused, ValidationError)
                               else str(refused))  # fmt: skip
        return self.render_to_response(self.get_context_data(form=form))

    def _keep(self, form: ContributionForm) -> str:
        told, send = form.cleaned_data, "send" in self.request.POST
        offer = Offer(
            language=told["language"], texts=form.texts(), uploads=told["uploads"],
            dropped=[int(key) for key in told.get("dropped", [])],
        )  # fmt: skip
        contributing.keep(
            self.call, self.member, self.request.user, offer, seen=told["version"] or 0, send=send
        )
        words = _("The contribution is sent.") if send else _("The draft is saved.")
        messages.success(self.request, words)
        return reverse("consultations:contribute", args=[self.member.slug, self.call.slug])
