"""The desk of a round's results: works and honours, what stands against it, release by two."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from content import approvals
from laureates import drafting, listing, releasing
from laureates.models import Results
from laureates.results_forms import ChoiceForm


class ResultsDesk(View):
    """One page with a form for every deed; `deed` in what is posted names it."""

    desk = None
    DEEDS = ("choose", "ask", "release", "take_back")

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not request.user.has_perm("laureates.change_results"):
            raise PermissionDenied
        rows = Results.objects.select_related("round__award")
        self.results = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        deed = request.POST.get("deed", "")
        if deed not in self.DEEDS:
            return redirect(self.address)
        try:
            answer = getattr(self, f"do_{deed}")()
        except (releasing.ReleaseRefused, drafting.DraftRefused) as refused:
            for reason in getattr(refused, "reasons", [str(refused)]):
                messages.error(request, reason)
            return redirect(self.address)
        return answer or redirect(self.address)

    @property
    def address(self) -> str:
        return reverse("admin:laureates_results_desk", args=[self.results.pk])

    @cached_property
    def forms(self) -> list[ChoiceForm]:
        """A form for every counted work that is no laureate yet."""
        taken = set(self.results.round.laureates.values_list("entry", flat=True))
        rows = [row for row in drafting.counted(self.results.round) if row.entry_id not in taken]
        data = self.request.POST if self.request.POST.get("deed") == "choose" else None
        return [ChoiceForm(data, result=row) for row in rows]

    def do_choose(self) -> HttpResponse | None:
        if [form for form in self.forms if not form.is_valid()]:
            return self.show()
        choices = [choice for form in self.forms if (choice := form.choice())]
        made = drafting.draft(self.results, choices, self.request.user)
        messages.success(self.request, _("Drafts of laureates: %(count)d.") % {"count": len(made)})
        return None

    def do_ask(self) -> None:
        releasing.ask(self.results, self.request.user)
        messages.success(self.request, _("A second person is asked to release the results."))

    def do_release(self) -> None:
        seen = self.request.POST.get("seen", "")
        releasing.release(self.results, self.request.user, seen)
        messages.success(self.request, _("The results are released."))

    def do_take_back(self) -> None:
        releasing.take_back(self.results, self.request.user)
        messages.success(self.request, _("The release is taken back."))

    def show(self) -> HttpResponse:
        results = self.results
        rows = listing.rows(listing.fetched(releasing.laureates_of(results)))
        state = releasing.digest(results)
        question = approvals.waiting(releasing.DEED, results)
        context = {
            **self.desk.admin_site.each_context(self.request),
            "results": results,
            "rows": rows,
            "forms": [] if results.released_at else self.forms,
            "problems": [] if results.released_at else releasing.problems(results),
            "question": question if question and question.digest == state else None,
            "is_approved": approvals.is_approved(releasing.DEED, results, state),
            "may_release": question is not None and question.asked_by_id != self.request.user.pk,
            "seen": state,
            "is_out": results.is_out(),
            "errata": results.errata.all(),
            "opts": self.desk.opts,
            "title": _("Results: %(round)s") % {"round": results.round},
        }
        return TemplateResponse(self.request, "admin/laureates/results_desk.html", context)
