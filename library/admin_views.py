"""The deed "publish in the library", for every kind of record that can be published."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.languages import in_language
from library import publishing, sources
from library.models import Publication
from meetings.models import Meeting

MAY_PUBLISH = "library.add_publication"
LANGUAGE_NAMES = {"ru": _("Russian"), "en": _("English")}


class ConfirmForm(forms.Form):
    """Nothing to fill in but a tick, and that only where a language is missing."""

    although_incomplete = forms.BooleanField(
        label=_("publish although a language is missing"), required=True
    )

    def __init__(self, *args, incomplete: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not incomplete:
            del self.fields["although_incomplete"]


class PublishPages:
    """The pages of the admin class `desk` on which records of other apps are published."""

    def __init__(self, desk):
        self.desk = desk

    def publish(self, request: HttpRequest, label: str, pk: int) -> HttpResponse:
        """Show what would be published; a post publishes it. Published once, it leads there."""
        origin = self._origin(request, label, pk)
        if published := Publication.objects.of(origin).first():
            self.desk.message_user(request, _("It is in the library already."), messages.INFO)
            return _shown(published)
        draft = publishing.draft_of(origin)
        missing = draft.missing()
        data = request.POST if request.method == "POST" else None
        form = ConfirmForm(data, incomplete=bool(missing))
        if request.method == "POST" and form.is_valid():
            try:
                published = publishing.publish(
                    origin, request.user, although_incomplete=bool(missing)
                )
            except publishing.PublishingRefused as refused:
                form.add_error(None, str(refused))
            else:
                self.desk.message_user(request, _("Published in the library."), messages.SUCCESS)
                return _shown(published)
        return self._page(request, origin, draft, missing, form)

    def meeting(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that one meeting has to publish: papers, agenda items, decisions."""
        if not (request.user.has_perm(MAY_PUBLISH) and request.user.has_perm(
                "meetings.view_meetingdocument")):  # fmt: skip
            raise PermissionDenied
        meeting = get_object_or_404(Meeting, pk=pk)
        context = {
            **self.desk.admin_site.each_context(request),
            "meeting": meeting,
            "rows": _rows(meeting),
            "opts": self.desk.opts,
            "title": _("Publish in the library: %s") % in_language(meeting, "title")[0],
        }
        return TemplateResponse(request, "admin/library/from_meeting.html", context)

    def _origin(self, request: HttpRequest, label: str, pk: int):
        source = sources.of(label)
        if not request.user.has_perm(MAY_PUBLISH):
            raise PermissionDenied
        if source is None:
            raise Http404
        if not request.user.has_perm(source.permission):
            raise PermissionDenied
        return get_object_or_404(source.model, pk=pk)

    def _page(self, request, origin, draft, missing, form) -> HttpResponse:
        context = {
            **self.desk.admin_site.each_context(request),
            "adminform": AdminForm(
                form, [(None, {"fields": list(form.fields)})], {}, model_admin=self.desk
            ),
            "draft": draft,
            "languages": [
                (name, draft.texts.get(f"title_{code}"), code not in missing)
                for code, name in LANGUAGE_NAMES.items()
            ],
            "button": _("Publish in the library"),
            "opts": self.desk.opts,
            "title": _("Publish in the library: %s") % origin,
        }
        return TemplateResponse(request, "admin/library/publish.html", context)


def _rows(meeting: Meeting) -> list[dict]:
    """The records of a meeting with their publications: a fixed number of queries."""
    found = []
    for records in (meeting.agenda.all(), meeting.documents.all(), meeting.decisions.all()):
        label = records.model._meta.label_lower
        done = _published(records)
        found += [
            {
                "record": record,
                "kind": record._meta.verbose_name,
                "title": _title(record),
                "published": done.get(record.pk),
                "url": reverse("admin:library_publication_publish", args=[label, record.pk]),
            }
            for record in records
        ]
    return found


def _title(record) -> str:
    field = "title" if hasattr(record, "title") else "wording"
    return in_language(record, field)[0]


def _published(records) -> dict[int, Publication]:
    published = Publication.objects.filter(
        origin_type__app_label=records.model._meta.app_label,
        origin_type__model=records.model._meta.model_name,
        origin_id__in=[record.pk for record in records],
    )
    return {one.origin_id: one for one in published}


def _shown(publication: Publication) -> HttpResponse:
    return redirect("admin:library_publication_change", publication.pk)
