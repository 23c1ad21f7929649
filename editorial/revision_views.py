"""The revisions of a record: their list, two of them side by side, going back to one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from content import revisions
from content.keys import as_key
from editorial import comparison
from editorial.desk_views import Desk
from editorial.refusals import Refused
from editorial.restoring import restore

ON_A_PAGE = 40


def _desk(request: HttpRequest, label: str, pk: int) -> Desk:
    here = Desk(request, label, pk)
    if not here.model.keeps_revisions:
        raise Http404
    return here


@require_safe
def listing(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """All revisions, the newest first; two are chosen to be compared."""
    here = _desk(request, label, pk)
    rows = revisions.of(here.record).select_related("by").defer("values")
    context = {
        **here.context(_("Revisions")),
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "compare_url": here.address("compare"),
    }
    return TemplateResponse(request, "admin/editorial/revisions.html", context)


@require_safe
def compare(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Two revisions, the older one first whichever way they were chosen."""
    here = _desk(request, label, pk)
    chosen = {as_key(request.GET.get(name, "")) for name in ("older", "newer")} - {None}
    pair = list(revisions.of(here.record).select_related("by").filter(number__in=chosen))
    if len(pair) != 2:
        messages.warning(request, _("Choose two revisions to compare."))
        return redirect(here.address("revisions"))
    newer, older = pair
    context = {
        **here.context(_("Two revisions compared")),
        "older": older,
        "newer": newer,
        "differences": comparison.differences(here.model, older.values, newer.values),
        "restore_url": here.address("restore", older.number) if here.can_publish else "",
    }
    return TemplateResponse(request, "admin/editorial/compare.html", context)


@require_POST
def restored(request: HttpRequest, label: str, pk: int, number: int) -> HttpResponse:
    """Goes back to a revision, if the record is what it was on the screen."""
    here = _desk(request, label, pk)
    if not here.can_publish:
        raise PermissionDenied
    revision = get_object_or_404(revisions.of(here.record), number=number)
    seen = as_key(request.POST.get("version", ""))
    try:
        restore(here.record, revision, request.user, version=-1 if seen is None else seen)
        words = _("Revision %(number)d is back, as the newest one.") % {"number": number}
        messages.success(request, words)
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(here.address("revisions"))
