"""The desk of sealing: what stands against it, two people, the embargo, honours, corrections."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from content import approvals
from laureates.correcting import CorrectionRefused
from laureates.models import Results
from standings import errata, honours, honours_following, news_draft, seal_job, sealing, snapshots
from standings.honours import HonoursRefused
from standings.models import Honours, Seal, SealPlan
from standings.results_desk import DeskView
from standings.seal_forms import MomentForm
from standings.sealing import SealRefused

REFUSALS = (SealRefused, HonoursRefused, CorrectionRefused)


class SealDesk(DeskView):
    """One page with a form for every deed; `deed` in what is posted names it."""

    needs = sealing.MAY_SEAL
    template = "sealing"
    DEEDS = ("ask", "seal", "move", "honour", "follow", "news", "correct")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        deed = request.POST.get("deed", "")
        if deed not in self.DEEDS:
            return redirect(self.address)
        try:
            answer = getattr(self, f"do_{deed}")()
        except REFUSALS as refused:
            for reason in getattr(refused, "reasons", [str(refused)]):
                messages.error(request, reason)
            return redirect(self.address)
        return answer or redirect(self.address)

    @property
    def address(self) -> str:
        return reverse("admin:standings_seal_desk", args=[self.edition.pk])

    @cached_property
    def seal(self) -> Seal | None:
        return honours.current(self.edition)

    @cached_property
    def form(self) -> MomentForm:
        """From when results are public: of the plan, of the seal, or as it is typed."""
        deed = self.request.POST.get("deed")
        if deed in ("ask", "move"):
            return MomentForm(self.request.POST)
        plan = SealPlan.objects.filter(edition=self.edition).first()
        moment = self.seal.published_at if self.seal else plan and plan.publish_at
        return MomentForm(initial={"publish_at": moment})

    def do_ask(self) -> HttpResponse | None:
        if not self.form.is_valid():
            return self.show(**self.values())
        moment = self.form.cleaned_data["publish_at"]
        sealing.ask(self.edition, self.request.user, moment, self.seen)
        messages.success(self.request, _("A second person is asked to seal the results."))
        return None

    def do_seal(self) -> HttpResponse | None:
        if seal_job.is_long(self.edition):
            job = seal_job.ask(self.edition, self.seen or "", self.request.user)
            return redirect("admin:content_job_change", job.pk)
        sealing.seal(self.edition, self.request.user, self.seen)
        messages.success(self.request, _("The results are sealed."))
        return None

    def do_move(self) -> HttpResponse | None:
        if self.seal is None:
            return None
        if not self.form.is_valid():
            return self.show(**self.values())
        sealing.move(self.seal, self.form.cleaned_data["publish_at"], self.request.user)
        messages.success(self.request, _("The moment of publication was moved."))
        return None

    def do_honour(self) -> None:
        honours.draft(self.edition, self.request.user)
        messages.success(self.request, _("Drafts of laureates are there."))

    def do_follow(self) -> None:
        done = honours_following.follow(self.edition, self.request.user)
        words = _("Laureates changed: %(laureates)d; diplomas issued anew: %(reissued)d, "
                  "declared void: %(revoked)d.")  # fmt: skip
        messages.success(self.request, words % vars(done))

    def do_news(self) -> HttpResponse:
        article = news_draft.write(self.edition, self.request.user)
        messages.success(self.request, _("The news draft is written."))
        if self.request.user.has_perm("news.view_article"):
            return redirect("admin:news_article_change", article.pk)
        return redirect(self.address)

    def do_correct(self) -> HttpResponse:
        erratum = errata.begin(self.edition, self.request.user)
        return redirect("admin:standings_erratum_desk", erratum.pk)

    @property
    def seen(self) -> str | None:
        """The digest of what the page showed."""
        return self.request.POST.get("seen") or None

    def values(self) -> dict:
        values = {
            "title": _("Sealing: %(edition)s") % {"edition": self.edition},
            "form": self.form,
            "seal": self.seal,
        }
        return values | (self._after() if self.seal else self._before())

    def _before(self) -> dict:
        problems = sealing.problems(self.edition)
        digest = snapshots.digest(self.edition)
        plan = SealPlan.objects.filter(edition=self.edition).first()
        question = approvals.waiting(sealing.DEED, self.edition)
        state = plan and sealing.state_of(digest, plan.publish_at)
        question = question if question and question.digest == state else None
        return {
            "problems": problems, "digest": digest, "plan": plan, "question": question,
            "may_seal": question is not None and question.asked_by_id != self.request.user.pk,
        }  # fmt: skip

    def _after(self) -> dict:
        kept = Honours.objects.filter(edition=self.edition).select_related("round", "article")
        found = kept.first()
        results = found and Results.objects.filter(round=found.round).first()
        return {
            "seals": self.edition.seals.select_related("asked_by", "sealed_by").defer("canonical"),
            "is_out": self.seal.is_out(), "honours": found, "results": results,
            "errata": self.edition.errata.select_related("made_by", "seal"),
            "is_corrected": self.seal.revision > 1,
        }  # fmt: skip
