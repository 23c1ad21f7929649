"""The desk of one record: where it stands, the review, publishing, links for readers to come."""

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from content.templatetags.content_tags import moment
from editorial import forms, presence, previews, publishing, reviews, states, textcheck
from editorial.models import Correction, PreviewLink, Review, ReviewNote
from mailing import cleaning

# Deeds on one row of a list: their forms stand beside it.
WITHOUT_A_PLACE = {"answer", "resolve", "revoke"}


class Desk:
    """A record at the desk, for one request. Raises Http404 for what does not go through it, and
    PermissionDenied for those who may not see the record in the admin."""

    def __init__(self, request: HttpRequest, label: str, pk: int):
        self.request, self.user = request, request.user
        self.model_admin = _admin_of(label)
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        self.record = self.model_admin.get_object(request, str(pk))
        if self.record is None:
            raise Http404
        self.label = label
        self.can_edit = self.model_admin.has_change_permission(request, self.record)
        self.can_publish = self.can_edit and self.model_admin.has_add_permission(request)

    @property
    def model(self) -> type[models.Model]:
        return self.model_admin.model

    def address(self, name: str, *more: object) -> str:
        return reverse(f"admin:editorial_{name}", args=[self.label, self.record.pk, *more])

    def context(self, title) -> dict:
        """What every page of the desk shows of the record."""
        text, language = forms.title_of(self.record)
        opts = self.model._meta
        return {
            **self.model_admin.admin_site.each_context(self.request),
            "title": title,
            "opts": opts,
            "desk": self,
            "record": self.record,
            "record_title": text,
            "record_language": language,
            "list_url": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
            "form_url": reverse(
                f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.record.pk]
            ),
            "desk_url": self.address("desk"),
            "revisions_url": self.address("revisions") if self.model.keeps_revisions else "",
            "check_url": reverse(
                f"admin:{opts.app_label}_{opts.model_name}_textcheck", args=[self.record.pk]
            ),
        }

    def deeds(self, review: Review | None) -> set[str]:
        """The deeds that the state of the record and the rights of the person leave."""
        may = set(WITHOUT_A_PLACE)
        may |= {"comment"} if review else {"ask"}
        if previews.page_of(self.model) and not self._is_over:
            may.add("link")
        if review and review.asked_by_id != self.user.pk:
            may |= {"approve", "return"}
        if publishing.is_handled(self.model):
            may |= self._deeds_of_publishing()
        return {name for name in may if self._is_allowed(name)}

    @property
    def _is_over(self) -> bool:
        return publishing.is_over(self.record)

    def _deeds_of_publishing(self) -> set[str]:
        if self.record.is_public():
            return {"correct", "withdraw"}
        return {"publish", "draft"} if self.record.is_scheduled() else {"publish"}

    def _is_allowed(self, name: str) -> bool:
        return self.can_publish if forms.DEEDS[name].for_publishers else self.can_edit


def _admin_of(label: str) -> admin.ModelAdmin:
    from editorial.desk import EditorialAdmin  # noqa: PLC0415 - it links to these pages

    try:
        found = admin.site._registry.get(apps.get_model(label))
    except (LookupError, ValueError):
        found = None
    if not isinstance(found, EditorialAdmin):
        raise Http404
    return found


@require_safe
def desk(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """The whole desk of a record."""
    return _page(Desk(request, label, pk))


@require_POST
def deed(request: HttpRequest, label: str, pk: int, name: str) -> HttpResponse:
    """Carries out one deed, or shows the desk again with what stands in its way."""
    here = Desk(request, label, pk)
    if name not in forms.DEEDS:
        raise Http404
    if not here._is_allowed(name):
        raise PermissionDenied
    form = forms.DEEDS[name](request.POST, record=here.record, user=request.user)
    if not form.try_to():
        form.renew(Desk(request, label, pk).record)
        return _page(here, name, form)
    if name == "link":
        return _page(Desk(request, label, pk), token=form.token)
    messages.success(request, _done(name, form))
    return redirect(here.address("desk"))


def _done(name: str, form: forms.DeskForm) -> str:
    if name == "publish" and form.published.is_scheduled():
        return format_html(
            "{} {}", _("Scheduled. It is public from"), moment(form.published.published_at)
        )
    return form.done


def _page(here: Desk, tried: str = "", form=None, token: str = "") -> HttpResponse:
    review = reviews.open_review(here.record)
    names = here.deeds(review)
    shown = {
        name: forms.DEEDS[name](record=here.record, user=here.user)
        for name in names - WITHOUT_A_PLACE
    }
    failed = form if form is not None and tried not in shown else None
    if form is not None and tried in shown:
        shown[tried] = form
    history = list(
        Review.objects.about(here.record).select_related("asked_by", "reviewer", "decided_by")
    )
    context = {
        **here.context(_("Editorial desk")),
        "states": states.words(here.record),
        "review": review,
        "history": [row for row in history if not row.is_open],
        "threads": _threads(here.record),
        "forms": shown,
        "names": names,
        "failed": failed,
        "corrections": Correction.objects.about(here.record).select_related("by"),
        "preview_links": PreviewLink.objects.about(here.record).select_related("made_by")[:20],
        "new_link": cleaning.on_site(reverse("editorial:preview", args=[token])) if token else "",
        "findings": textcheck.check(here.record),
        "others": presence.others(here.record, here.user),
    }
    return TemplateResponse(here.request, "admin/editorial/desk.html", context)


def _threads(record: models.Model) -> list[ReviewNote]:
    """The comments on a record, open ones first, each with its answers and the part in words."""
    labels = dict(forms.parts(record))
    notes = forms.notes_of(record).select_related("by", "resolved_by", "review")
    found = list(notes.prefetch_related("answers__by"))
    for note in found:
        note.part = labels.get(note.field, "")
    return sorted(found, key=lambda note: note.resolved_at is not None)


@require_POST
def present(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """The form is still open: who else has it open."""
    here = Desk(request, label, pk)
    if not here.can_edit:
        raise PermissionDenied
    presence.note(here.record, request.user)
    return JsonResponse({"others": presence.others(here.record, request.user)})
