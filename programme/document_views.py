"""Fetching the papers of an event, and sending what a speaker was asked for."""

from allauth.core.internal import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from content import privatefiles
from content.languages import in_language
from events import placelinks
from programme import materials
from programme.documents import ENDINGS, with_content
from programme.models import EventDocument, MaterialRequest

State = MaterialRequest.State
RATES = {"material": "20/d/key"}


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A paper of an event for whoever may read it; nobody else learns that it exists."""
    allowed = EventDocument.objects.for_user(request.user).filter(event__slug=slug)
    return _sent(allowed, pk)


@never_cache
@require_safe
def place_document(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """The same by the signed link of a participant, who may have no account."""
    person = placelinks.find(key)
    if person is None or not person.event.is_public():
        raise Http404
    return _sent(EventDocument.objects.for_participant(person), pk)


def _sent(allowed, pk: int) -> HttpResponseBase:
    found = get_object_or_404(with_content(allowed), pk=pk)
    response = redirect(found.link) if found.link else privatefiles.response_for(found.file)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


class MaterialForm(forms.Form):
    """The file that a speaker sends."""

    file = forms.FileField(
        label=_("File"), help_text=_("PDF, DOCX, XLSX or a picture, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )  # fmt: skip

    def clean_file(self):
        file = self.cleaned_data["file"]
        privatefiles.refuse(file, endings=ENDINGS)
        return file


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def material(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked for and by when; a post takes the file. Works without an account."""
    wanted = materials.find(token)
    if wanted is None:
        raise Http404
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MaterialForm(*data)
    if request.method == "POST" and form.is_valid() and _is_within_limits(request, wanted, form):
        try:
            materials.receive(wanted, form.cleaned_data["file"])
        except (ValidationError, materials.MaterialRefused) as refused:
            form.add_error("file" if isinstance(refused, ValidationError) else None, str(refused))
        else:
            return redirect("programme:material", token)
    response = render(request, "programme/material.html", _context(wanted, form))
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _is_within_limits(request: HttpRequest, wanted: MaterialRequest, form: MaterialForm) -> bool:
    """Every file is kept as a version: nobody fills the disk through one link."""
    consumed = ratelimit.consume(
        request, app="programme", action="material", config=RATES, key=str(wanted.pk)
    )
    if not consumed:
        form.add_error(None, _("Too many files came through this link today. Try again tomorrow."))
    return bool(consumed)


def _context(wanted: MaterialRequest, form: MaterialForm) -> dict:
    return {
        "wanted": wanted,
        "event": wanted.event,
        "person": wanted.person_in(get_language()),
        "what": in_language(wanted, "what")[0],
        "form": form,
        "came": wanted.document if wanted.state != State.ASKED else None,
        "is_overdue": wanted.state == State.ASKED and wanted.due_at < timezone.now(),
    }
