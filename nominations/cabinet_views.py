"""Dossiers in the cabinet: asking for a nomination, texts, letters, approval."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from content import privatefiles
from content.downloads import pdf_response
from content.editing import answered, once
from members import mandates
from members.cabinet import MandateMixin
from nominations import checks, letters, nominating, paper, schedule, sending, texts
from nominations.forms import InterestForm, LetterForm, RussianTextForm
from nominations.models import Dossier, OutsideCall, SectionText
from nominations.refusals import DossierRefused

MENU = "nominations:cabinet"


class Nominations(MandateMixin, TemplateView):
    """Open calls and the dossiers of the city."""

    template_name = "nominations/cabinet_list.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        own = Dossier.objects.for_user(self.request.user).filter(member=self.member)
        dossiers = list(own.with_material())
        taken = [one.call_id for one in dossiers if not one.is_over]
        calls = OutsideCall.objects.open().exclude(pk__in=taken).select_related("award")
        return super().get_context_data(
            dossiers=[(one, schedule.next_step(one)) for one in dossiers],
            calls=[one for one in calls if one.is_open()],
            **kwargs,
        )


class AskForNomination(MandateMixin, TemplateView):
    """A city asks to be nominated for an open call."""

    template_name = "nominations/cabinet_interest.html"
    menu_name = MENU

    @cached_property
    def call(self) -> OutsideCall:
        calls = OutsideCall.objects.filter(is_shown=True).select_related("award")
        return get_object_or_404(calls, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show(InterestForm(initial=self.person()))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        form = InterestForm(request.POST)
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self.express(form))
            except DossierRefused as refused:
                form.add_error(None, list(refused.reasons))
        return self.show(form)

    def express(self, form: InterestForm) -> str:
        made = nominating.express(self.call, self.member, form.interest(), self.request.user)
        messages.success(self.request, _("The secretariat knows; you will have its answer."))
        return reverse("nominations:dossier", args=[self.member.slug, made.pk])

    def person(self) -> dict[str, str]:
        user = self.request.user
        return {"contact_name": user.full_name, "contact_email": user.email}

    def show(self, form: InterestForm) -> HttpResponse:
        closed = nominating.why_closed(self.call)
        return self.render_to_response(
            self.get_context_data(
                form=form, call=self.call, closed=closed, headings=self.call.sections.all()
            )
        )


class DossierMixin(MandateMixin):
    """For a view of one dossier of the member; those of others are not there."""

    menu_name = MENU

    @cached_property
    def dossier(self) -> Dossier:
        own = Dossier.objects.for_user(self.request.user).filter(member=self.member)
        return get_object_or_404(own.with_material(), pk=self.kwargs["pk"])

    def back(self) -> HttpResponse:
        return redirect("nominations:dossier", self.member.slug, self.kwargs["pk"])


class DossierPage(DossierMixin, TemplateView):
    """The dossier: steps, headings, letters, final text; a letter is added here."""

    template_name = "nominations/cabinet_dossier.html"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        dossier = self.dossier
        form = LetterForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self.add(dossier, form))
            except DossierRefused as refused:
                form.add_error(None, list(refused.reasons))
            except ValidationError as error:
                form.add_error("upload", error)
        return self.render_to_response(self.get_context_data(form=form))

    def add(self, dossier: Dossier, form: LetterForm) -> str:
        told = {name: form.cleaned_data[name] for name in ("kind", "language", "title", "upload")}
        letters.add(dossier, self.request.user, **told)
        messages.success(self.request, _("The letter is kept."))
        return reverse("nominations:dossier", args=[self.member.slug, dossier.pk])

    def get_context_data(self, **kwargs):
        dossier = self.dossier
        kwargs.setdefault("form", LetterForm(initial={"language": dossier.call.wanted_language}))
        return super().get_context_data(
            dossier=dossier,
            steps=schedule.steps(dossier),
            days_left=schedule.days_left(dossier.call),
            parts=checks.parts(dossier),
            lacking_letters=checks.letter_lacks(dossier),
            is_final=checks.is_final(dossier),
            is_approved=checks.is_approved(dossier),
            may_sign=mandates.may_sign(self.request.user, self.member),
            **kwargs,
        )


class SectionPage(DossierMixin, TemplateView):
    """The Russian text under one heading."""

    template_name = "nominations/cabinet_section.html"

    @cached_property
    def row(self) -> SectionText:
        texts.ensure(self.dossier)
        rows = SectionText.objects.select_related("section")
        return get_object_or_404(
            rows, dossier=self.dossier, section=self.kwargs["section"], language="ru"
        )

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.refuse_before()
        return self.show(RussianTextForm(instance=self.row))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.refuse_before()
        with transaction.atomic():
            form = RussianTextForm(request.POST, instance=self.row)
            if form.is_valid():
                try:
                    texts.keep(form.instance, form.cleaned_data["text"], request.user)
                except DossierRefused as refused:
                    form.add_error(None, list(refused.reasons))
        if form.errors:
            return self.show(form)
        messages.success(request, _("The text is saved."))
        if "next" in request.POST and (after := self.neighbour()):
            return redirect("nominations:section", self.member.slug, self.dossier.pk, after)
        return self.back()

    def refuse_before(self) -> None:
        """Texts exist once the secretariat has accepted the city."""
        if self.dossier.state not in Dossier.CHOSEN:
            raise Http404

    def neighbour(self) -> int | None:
        """The key of the heading after this one."""
        keys = [one.pk for one in self.dossier.call.sections.all()]
        place = keys.index(self.row.section_id) + 1
        return keys[place] if place < len(keys) else None

    def show(self, form: RussianTextForm) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form, dossier=self.dossier, section=self.row.section, row=self.row,
                has_next=self.neighbour() is not None,
                is_open=self.dossier.state == Dossier.State.WRITING,
            )
        )  # fmt: skip


class LetterFile(DossierMixin, View):
    """A letter of the own dossier."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        letter = get_object_or_404(self.dossier.letters, pk=kwargs["letter"])
        return privatefiles.response_for(letter.file)


class RemoveLetter(DossierMixin, View):
    """A letter is taken out."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        letter = get_object_or_404(self.dossier.letters, pk=kwargs["letter"])
        try:
            letters.remove(letter, request.user)
            messages.success(request, _("The letter is taken out."))
        except DossierRefused as refused:
            messages.error(request, str(refused))
        return self.back()


class DraftPaper(DossierMixin, View):
    """The dossier as it would be printed now."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return pdf_response(paper.make(self.dossier), f"dossier-{self.dossier.call.year}.pdf")


class FinalPaper(DossierMixin, View):
    """The final text that is approved and sent."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if self.dossier.final_file is None:
            raise Http404
        return privatefiles.response_for(self.dossier.final_file)


class Approve(DossierMixin, View):
    """The city's signatory approves the final text they have seen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            sending.approve(self.dossier, request.POST.get("digest", ""), request.user)
            messages.success(request, _("The final text is approved."))
        except DossierRefused as refused:
            messages.error(request, str(refused))
        return self.back()


class Withdraw(DossierMixin, View):
    """The city takes its dossier back before it is sent."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            nominating.withdraw(self.dossier, request.user)
            messages.success(request, _("The dossier is withdrawn."))
        except DossierRefused as refused:
            messages.error(request, str(refused))
        return redirect(MENU, self.member.slug)
