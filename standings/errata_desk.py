"""The desk of one correction: reasons, answers, old and new places, the second person."""

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from content import approvals
from content.keys import as_key
from questionnaires.numbers import shown
from standings import errata, honours_following, moves, seal_job
from standings.models import Erratum
from standings.seal_forms import ChangeForm, ChooseForm, ReasonForm
from standings.sealing import MAY_SEAL, SealRefused


class ErratumView(View):
    """A page about one correction inside the admin."""

    desk = None

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.has_perm(errata.MAY_CORRECT):
            raise PermissionDenied
        rows = Erratum.objects.select_related("edition__rating", "seal")
        self.erratum = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def address(self) -> str:
        return reverse("admin:standings_erratum_desk", args=[self.erratum.pk])

    def refused(self, refused: SealRefused) -> HttpResponse:
        for reason in refused.reasons:
            messages.error(self.request, reason)
        return redirect(self.address)

    def show(self, template: str, **values) -> HttpResponse:
        context = {
            **self.desk.admin_site.each_context(self.request), "erratum": self.erratum,
            "edition": self.erratum.edition, "opts": self.desk.opts, **values,
        }  # fmt: skip
        return TemplateResponse(self.request, template, context)


class ErratumDesk(ErratumView):
    """One page with a form for every deed; `deed` in what is posted names it."""

    DEEDS = ("say", "take_out", "ask", "seal", "drop")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        deed = request.POST.get("deed", "")
        if deed not in self.DEEDS:
            return redirect(self.address)
        try:
            answer = getattr(self, f"do_{deed}")()
        except SealRefused as refused:
            return self.refused(refused)
        return answer or redirect(self.address)

    @cached_property
    def reasons(self) -> ReasonForm:
        data = self.request.POST if self.request.POST.get("deed") == "say" else None
        return ReasonForm(data, instance=self.erratum)

    @transaction.atomic
    def do_say(self) -> HttpResponse | None:
        if self.erratum.state != Erratum.State.DRAFT:
            return None
        if not self.reasons.is_valid():
            return self.page()
        self.reasons.save()
        messages.success(self.request, _("The reasons are saved."))
        return None

    def do_take_out(self) -> None:
        changes = self.erratum.changes.filter(pk=as_key(self.request.POST.get("change", "")))
        if change := changes.select_related("erratum", "response__member", "indicator").first():
            errata.take_out(change, self.request.user)

    def do_ask(self) -> None:
        errata.ask(self.erratum, self.request.user, self.request.POST.get("seen") or None)
        messages.success(self.request, _("A second person is asked to publish the correction."))

    def do_seal(self) -> HttpResponse | None:
        if not self.request.user.has_perm(MAY_SEAL):
            raise PermissionDenied
        seen = self.request.POST.get("seen") or None
        if seal_job.is_long(self.erratum.edition):
            job = seal_job.ask(self.erratum, seen or "", self.request.user)
            return redirect("admin:content_job_change", job.pk)
        seal = errata.seal(self.erratum, self.request.user, seen)
        messages.success(self.request, _("The correction is published as revision %(number)d.") % {
            "number": seal.revision,
        })  # fmt: skip
        honours_following.follow(seal.edition, self.request.user)
        return None

    def do_drop(self) -> HttpResponse:
        errata.drop(self.erratum, self.request.user)
        messages.success(self.request, _("The correction is dropped."))
        return redirect("admin:standings_seal_desk", self.erratum.edition_id)

    def page(self) -> HttpResponse:
        erratum = self.erratum
        is_draft = erratum.state == Erratum.State.DRAFT
        values = self._drafted() if is_draft else self._published()
        return self.show(
            "standings/desk/erratum.html",
            title=_("Correction: %(edition)s") % {"edition": erratum.edition},
            is_draft=is_draft, rows=[self._line(one) for one in self._changes()],
            language=(get_language() or "ru")[:2], **values,
        )  # fmt: skip

    def _changes(self):
        return self.erratum.changes.select_related("response__member", "indicator").order_by("pk")

    def _line(self, change) -> dict:
        language = (get_language() or "ru")[:2]
        nothing = _("no answer")
        return {
            "change": change, "city": change.response.name_in(language),
            "before": shown(change.before) or nothing, "after": shown(change.after) or nothing,
        }  # fmt: skip

    def _drafted(self) -> dict:
        problems = errata.problems(self.erratum)
        values = {
            "reasons": self.reasons, "choose": ChooseForm(self.erratum.edition),
            "problems": problems, "moved": [], "digest": "", "question": None, "may_seal": False,
        }  # fmt: skip
        if not self.erratum.changes.exists():
            return values
        prepared = errata.prepare(self.erratum)
        digest = errata.state(self.erratum, prepared)
        question = approvals.waiting(errata.DEED, self.erratum)
        question = question if question and question.digest == digest else None
        may = question is not None and question.asked_by_id != self.request.user.pk
        return values | {
            "moved": moves.preview(self.erratum, prepared), "digest": digest,
            "question": question, "may_seal": may and self.request.user.has_perm(MAY_SEAL),
        }  # fmt: skip

    def _published(self) -> dict:
        seal = self.erratum.seal
        return {"moved": moves.places_moved(seal) if seal else [], "seal": seal}


class AnswerView(ErratumView):
    """What counts instead of one answer: the city and the question stand in the address."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.page(request.POST)

    def page(self, data=None) -> HttpResponse:
        chosen = ChooseForm(self.erratum.edition, self.request.GET)
        if not chosen.is_valid():
            messages.error(self.request, _("Choose a city and a question."))
            return redirect(self.address)
        response, indicator = (chosen.cleaned_data[name] for name in ("response", "indicator"))
        form = ChangeForm(indicator, data)
        if data is not None and form.is_valid():
            typed = form.cleaned_data
            try:
                errata.put(
                    self.erratum, response, indicator, typed["number"], typed["reason"],
                    self.request.user,
                )  # fmt: skip
                return redirect(self.address)
            except SealRefused as refused:
                form.add_error(None, refused.reasons)
        language = (get_language() or "ru")[:2]
        before = errata.counted(self.erratum.edition, response, indicator)
        return self.show(
            "accounts/admin/form.html",
            adminform=AdminForm(
                form, [(None, {"fields": list(form.fields)})], {}, model_admin=self.desk
            ),
            lead=_("%(city)s. %(question)s Counts now: %(number)s.") % {
                "city": response.name_in(language), "question": indicator,
                "number": shown(before) or _("no answer"),
            },
            button=_("Put it into the correction"), title=_("Correct an answer"),
        )  # fmt: skip
