"""The pages of a call in the admin: the sheet on screen and on paper, scores, the decision."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content import documents, privatefiles, tables
from content.downloads import pdf_response
from content.languages import in_language
from content.models import PrivateFile
from hosting import judging
from hosting.bidding import BidRefused
from hosting.forms import DecisionForm, ScoreForm
from hosting.models import Bid, HostCall

TEMPLATE = "hosting/pdf/sheet.typ"


class CallDeskMixin:
    """For the admin of `HostCall`."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = "hosting_hostcall_"
        return [
            path("<int:pk>/compare/", wrap(self.compare_view), name=f"{name}compare"),
            path("<int:pk>/compare.xlsx", wrap(self.workbook_view), name=f"{name}workbook"),
            path("<int:pk>/compare.pdf", wrap(self.paper_view), name=f"{name}paper"),
            path("<int:pk>/score/<int:bid>/", wrap(self.score_view), name=f"{name}score"),
            path("<int:pk>/file/<int:file>/", wrap(self.file_view), name=f"{name}file"),
            path("<int:pk>/decide/", wrap(self.decide_view), name=f"{name}decide"),
            *super().get_urls(),
        ]

    def call(self, request: HttpRequest, pk: int, permission: str) -> HostCall:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(HostCall.objects.select_related("event", "host"), pk=pk)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Criteria × cities, the best first, with what each city answers."""
        call = self.call(request, pk, "hosting.view_bid")
        sheet = judging.sheet(call)
        rows = [
            (one, [(column.points.get(one.pk), column.answers.get(one.pk, "")) for column in
                   sheet.columns])
            for one in sheet.criteria
        ]  # fmt: skip
        is_judged = call.phase() == HostCall.Phase.JUDGED
        return self.page(
            request, call, "compare.html", _("Comparison of the bids"),
            sheet=sheet,
            rows=rows,
            phase=call.phase(),
            may_score=is_judged and request.user.has_perm("hosting.add_bidscore"),
            may_decide=is_judged and request.user.has_perm("hosting.add_hostcall"),
        )  # fmt: skip

    def workbook_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        call = self.call(request, pk, "hosting.view_bid")
        headings, rows = sheet_table(judging.sheet(call))
        return tables.xlsx_response(f"bids-{call.slug}", _("Bids"), headings, rows)

    def paper_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        call = self.call(request, pk, "hosting.view_bid")
        headings, rows = sheet_table(judging.sheet(call))
        data = {
            "title": str(_("Comparison of the bids")),
            "call": in_language(call, "title")[0],
            "headings": headings,
            "rows": [[str(cell) for cell in row] for row in rows],
            "note": str(_("Points from 0 to 10 are means of all judges; the total is weighted.")),
        }
        made = documents.pdf(TEMPLATE, data, title=data["title"], language=get_language()[:2])
        return pdf_response(made, f"bids-{call.slug}.pdf")

    def file_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
        """A file of a bid, for those who read bids."""
        call = self.call(request, pk, "hosting.view_bid")
        files = PrivateFile.objects.filter(pk__in=call.bids.values("files"))
        return privatefiles.response_for(get_object_or_404(files, pk=file))

    def score_view(self, request: HttpRequest, pk: int, bid: int) -> HttpResponse:
        """The points that the reader gives to one bid."""
        call = self.call(request, pk, "hosting.add_bidscore")
        rows = Bid.objects.standing().select_related("call", "member").prefetch_related("files")
        bid = get_object_or_404(rows, pk=bid, call=call)
        form = ScoreForm(bid, request.user, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                judging.score(bid, form.points(), request.user)
                self.message_user(request, _("The points are kept."))
                return redirect("admin:hosting_hostcall_compare", call.pk)
            except BidRefused as refused:
                form.add_error(None, str(refused))
        answers = bid.answers.select_related("criterion").order_by("criterion")
        return self.page(
            request, call, "score.html", _("Points for a bid"), bid=bid, form=form, answers=answers
        )

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Records which city hosts: for those who may announce calls."""
        call = self.call(request, pk, "hosting.add_hostcall")
        form = DecisionForm(call, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            told = dict(form.cleaned_data)
            try:
                judging.decide(call, told.pop("bid"), request.user, **told)
                self.message_user(request, _("Decided; the letters are on their way."))
                return redirect("admin:hosting_hostcall_compare", call.pk)
            except BidRefused as refused:
                form.add_error(None, str(refused))
        return self.page(request, call, "decide.html", _("Decide on the host"), form=form)

    def page(self, request, call: HostCall, template: str, title: str, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "call": call,
            "opts": self.opts,
            "back": reverse("admin:hosting_hostcall_change", args=[call.pk]),
            **context,
        }
        return render(request, f"admin/hosting/{template}", context)


def sheet_table(sheet: judging.Sheet) -> tuple[list, list]:
    """The sheet as headings and rows: a city in each row, the best first."""
    headings = [
        str(_("Place")), str(_("City")), str(_("Proposed dates")),
        *(f"{one} ({one.weight})" for one in sheet.criteria),
        str(_("Total, of 100")), str(_("Judges")),
    ]  # fmt: skip
    rows = [
        [
            column.place or "—",
            in_language(column.bid.member, "name")[0],
            column.bid.dates,
            *(column.points.get(one.pk, "—") for one in sheet.criteria),
            "—" if column.total is None else column.total,
            column.judges,
        ]
        for column in sheet.columns
    ]
    return headings, rows
