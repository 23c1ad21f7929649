"""The desk of diplomas in the admin: a round's diplomas made, reworded, put into runs; runs."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from awards.models import Round
from content import approvals, editing
from content.downloads import pdf_response
from content.models import Job
from laureates import diploma_letters, diploma_making, diploma_runs, diploma_table, diplomas
from laureates.diploma_forms import MakeForm, RunForm, WorkbookForm
from laureates.models import Diploma, DiplomaRun

MAY_WRITE = "laureates.change_diploma"


class DeskMixin:
    """For an admin of this subject: a page of the desk."""

    def page(self, request, template: str, title: str, **context) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request), "title": title, "opts": self.opts, **context
        }  # fmt: skip
        return render(request, f"admin/laureates/{template}", context)

    def need(self, request, permission: str) -> None:
        """PermissionDenied without this right."""
        if not request.user.has_perm(permission):
            raise PermissionDenied

    def routes(self, views) -> list:
        """(address, name, view) as addresses of the admin."""
        model = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [path(where, wrap(view), name=f"{model}_{name}") for where, name, view in views]


class RoundDeskMixin(DeskMixin):
    """For the admin of `Diploma`: the rounds, and the desk of one."""

    def get_urls(self):
        views = [
            ("rounds/", "rounds", self.rounds_view),
            ("rounds/<int:pk>/", "desk", self.desk_view),
            ("rounds/<int:pk>/make/", "make", require_POST(self.make_view)),
            ("rounds/<int:pk>/run/", "run", require_POST(self.run_view)),
            ("rounds/<int:pk>/words.xlsx", "words", self.words_view),
            ("rounds/<int:pk>/words/", "bring_back", require_POST(self.bring_back_view)),
            ("<int:pk>/specimen.pdf", "specimen", self.specimen_view),
            ("<int:pk>/send/", "send", require_POST(self.send_view)),
        ]
        return [*self.routes(views), *super().get_urls()]

    def rounds_view(self, request: HttpRequest) -> HttpResponse:
        """Rounds with the number of their diplomas."""
        self.need(request, diplomas.MAY_SEE)
        rounds = Round.objects.select_related("award").annotate(papers=Count("diplomas"))
        return self.page(
            request, "diploma_rounds.html", _("Diplomas of a round"),
            rounds=rounds.order_by("-year", "pk"),
        )  # fmt: skip

    def desk_view(self, request: HttpRequest, pk: int, **forms) -> HttpResponse:
        """What a round has, and what can be done with it."""
        self.need(request, diplomas.MAY_SEE)
        round = self.round(pk)
        counts = dict(round.diplomas.values_list("to").annotate(number=Count("pk")).order_by("to"))
        context = {
            "make_form": MakeForm(),
            "run_form": RunForm(initial={"title": str(round)}),
            "workbook_form": WorkbookForm(),
            **forms,
        }
        return self.page(
            request, "diploma_desk.html", _("Diplomas: %s") % round,
            round=round,
            counts=[(label, counts.get(value, 0)) for value, label in Diploma.To.choices],
            waiting=_not_issued(round).count(),
            runs=round.diploma_runs.all(),
            may_write=request.user.has_perm(MAY_WRITE),
            **context,
        )  # fmt: skip

    def make_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the missing diplomas of the chosen sorts."""
        self.need(request, "laureates.add_diploma")
        form = MakeForm(request.POST)
        if not form.is_valid():
            return self.desk_view(request, pk, make_form=form)
        for sort in form.cleaned_data["sorts"]:
            made = diploma_making.make(self.round(pk), sort, request.user)
            words = {"sort": Diploma.To(sort).label, "new": made.new, "earlier": made.earlier}
            self.message_user(
                request, _("%(sort)s: %(new)d made, %(earlier)d were there already.") % words
            )
        return redirect("admin:laureates_diploma_desk", pk)

    def run_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put what was not issued into a new run."""
        self.need(request, "laureates.add_diplomarun")
        form = RunForm(request.POST)
        round = self.round(pk)
        if not form.is_valid():
            return self.desk_view(request, pk, run_form=form)
        chosen = _not_issued(round).filter(to__in=form.cleaned_data["sorts"])
        if not chosen.exists():
            form.add_error("sorts", _("All of these were issued, or none was made."))
            return self.desk_view(request, pk, run_form=form)

        def deed() -> str:
            run = DiplomaRun.objects.create(
                round=round, title=form.cleaned_data["title"], made_by=request.user
            )
            run.diplomas.set(chosen)
            return reverse("admin:laureates_diplomarun_change", args=[run.pk])

        return editing.once(form.cleaned_data["form_key"], deed)

    def words_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The wordings as a workbook."""
        self.need(request, diplomas.MAY_SEE)
        return diploma_table.export(self.round(pk).diplomas.all(), f"diplomas-{pk}")

    def bring_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take over rewritten wordings: all of them, or none with the reasons by row."""
        self.need(request, MAY_WRITE)
        form, round, problems = WorkbookForm(request.POST, request.FILES), self.round(pk), []
        if form.is_valid():
            try:
                outcome = diploma_table.bring_back(
                    round.diplomas.all(), form.cleaned_data["workbook"], request.user
                )
                problems = outcome.problems
            except ValidationError as refused:
                form.add_error("workbook", refused)
        if form.errors or problems:
            return self.desk_view(request, pk, workbook_form=form, problems=problems)
        self.message_user(request, _("Diplomas with new words: %d.") % outcome.changed)
        return redirect("admin:laureates_diploma_desk", pk)

    def specimen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How one diploma will look."""
        self.need(request, diplomas.MAY_SEE)
        found = [get_object_or_404(Diploma.objects.with_words(), pk=pk)]
        return pdf_response(diploma_runs.specimens(found, "ru"), f"specimen-{pk}.pdf")

    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the paper again, under the same number."""
        self.need(request, MAY_WRITE)
        diploma = get_object_or_404(Diploma.objects.with_words(), pk=pk)
        try:
            written = diploma_letters.send(diploma, request.user, _key(request))
            self.message_user(request, _("Letters written: %d.") % written)
        except diploma_letters.NothingToSend as nothing:
            self.message_user(request, str(nothing), messages.ERROR)
        return redirect("admin:laureates_diploma_change", pk)

    def round(self, pk: int) -> Round:
        return get_object_or_404(Round.objects.select_related("award", "event"), pk=pk)


class RunDeskMixin(DeskMixin):
    """For the admin of `DiplomaRun`: the page of a run and its deeds."""

    def get_urls(self):
        views = [
            ("<int:pk>/change/", "change", self.run_page),
            ("<int:pk>/proof.pdf", "proof", self.proof_view),
            ("<int:pk>/specimens.pdf", "specimens", self.specimens_view),
            ("<int:pk>/<str:deed>/", "deed", require_POST(self.deed_view)),
        ]
        own = self.routes(views)
        # Our address with a free word comes after those of the admin.
        return [*own[:-1], *super().get_urls()[:-1], own[-1]]

    def run_page(self, request: HttpRequest, pk: int, **_extra) -> HttpResponse:
        """Every wording, who approved them, what was issued."""
        self.need(request, "laureates.view_diplomarun")
        run = self.run(pk)
        found = diploma_runs.rows(run)
        papers = diplomas.papers(found)
        state = diploma_runs.digest_of(found)
        waiting = approvals.waiting(diploma_runs.DEED, run)
        is_asked = waiting is not None and waiting.digest == state
        return self.page(
            request, "diploma_run.html", run.title,
            run=run,
            rows=[(one, papers.get(one.pk)) for one in found],
            issued=len(papers),
            state=state,
            approval=approvals.approved(diploma_runs.DEED, run, state),
            waiting=waiting if is_asked else None,
            may_run=request.user.has_perm(diploma_runs.MAY_RUN),
            may_approve=is_asked and waiting.asked_by_id != request.user.pk,
            jobs=Job.objects.filter(kind=diploma_runs.JOB, params__run=run.pk),
            form_key=uuid.uuid4(),
        )  # fmt: skip

    def proof_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.need(request, diplomas.MAY_SEE)
        return pdf_response(diploma_runs.proof(self.run(pk), "ru"), f"proof-{pk}.pdf")

    def specimens_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.need(request, diplomas.MAY_SEE)
        found = diploma_runs.rows(self.run(pk))
        return pdf_response(diploma_runs.specimens(found, "ru"), f"specimens-{pk}.pdf")

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Ask, approve, start, tell: each leads back to the page, or to the work it began."""
        self.need(request, diploma_runs.MAY_RUN)
        run = self.run(pk)
        deeds = {
            "ask": lambda: diploma_runs.ask(run, request.user),
            "approve": lambda: diploma_runs.approve(
                run, request.POST.get("state", ""), request.user
            ),
            "start": lambda: diploma_runs.start(run, request.user, _key(request)),
            "tell": lambda: diploma_letters.tell_cities(run, request.user, _key(request)),
        }
        try:
            done = deeds[deed]() if deed in deeds else None
        except ValidationError as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
        except (approvals.ApprovalRefused, diploma_runs.NotApproved) as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            if isinstance(done, Job):
                return redirect(done)
            if deed == "tell":
                self.message_user(request, _("Letters written: %d.") % done)
        return redirect("admin:laureates_diplomarun_change", pk)

    def run(self, pk: int) -> DiplomaRun:
        return get_object_or_404(DiplomaRun.objects.select_related("round", "made_by"), pk=pk)


def _not_issued(round: Round) -> QuerySet[Diploma]:
    issued = diplomas.all_papers(round.diplomas.all()).values("object_id")
    return round.diplomas.exclude(pk__in=issued).filter(erased_at__isnull=True)


def _key(request: HttpRequest) -> uuid.UUID:
    """The key of the form that was sent; a broken one counts as a new one."""
    try:
        return uuid.UUID(request.POST.get("form_key", ""))
    except ValueError:
        return uuid.uuid4()
