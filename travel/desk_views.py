"""The pages of the visa desk: every look at passport data is a deed that is written down."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from content import tables
from content.dates import moment_text
from content.downloads import pdf_response
from content.keys import as_key
from events.models import Delegation
from travel import desk, letters, needs, passports
from travel.models import Passport, TravelOffer, VisaLetter

PASSPORTS = "travel.view_passport"
LABELS = {
    "surname": _("Surname"), "given_names": _("Given names"), "nationality": _("Nationality"),
    "number": _("Passport"), "birth_date": _("Date of birth"),
    "birth_place": _("Place of birth"), "issued_on": _("Issued on"),
    "expires_on": _("Expires on"),
}  # fmt: skip


class DeskViewsMixin:
    """For the admin of `TravelOffer`: the desk and its deeds."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = "travel_traveloffer_"
        return [
            path("<int:pk>/desk/", wrap(self.desk_view), name=f"{name}desk"),
            path("<int:pk>/desk/passport/", wrap(self.passport_view), name=f"{name}passport"),
            path("<int:pk>/desk/export/", wrap(self.export_view), name=f"{name}export"),
            path("<int:pk>/desk/letter/", wrap(self.letter_view), name=f"{name}letter"),
            path("<int:pk>/desk/sent/", wrap(self.sent_view), name=f"{name}sent"),
            path("<int:pk>/desk/needs/", wrap(self.needs_view), name=f"{name}needs"),
            *super().get_urls(),
        ]

    def offer(self, request: HttpRequest, pk: int, permission: str) -> TravelOffer:
        """The offer, for those who may; 403 for other staff before anything is looked for."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(TravelOffer.objects.select_related("event"), pk=pk)

    def desk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everybody, by delegation, with states and letters; nothing of the passports."""
        offer = self.offer(request, pk, "travel.view_traveloffer")
        rows = desk.delegations(offer.event)
        return self.page(
            request, offer, "desk.html", _("Visa desk"),
            rows=rows,
            people=sum(len(row.people) for row in rows),
            given=sum(row.given for row in rows),
            deadline=moment_text(offer.passports_end(), offer.event.zone),
            may_open=request.user.has_perm(PASSPORTS),
            may_read_needs=request.user.has_perm("travel.view_accessneeds"),
        )  # fmt: skip

    def passport_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One person's passport data: asked for by a post, written down, kept by no cache."""
        offer = self.offer(request, pk, PASSPORTS)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        rows = Passport.objects.filter(event=offer.event).select_related("participant__event")
        passport = get_object_or_404(rows, participant=_number(request, "participant"))
        [(passport, data)] = passports.reveal([passport], request.user, "viewed")
        shown = [(LABELS[name], data[name]) for name in LABELS]
        return self.page(
            request, offer, "passport.html", _("Passport data"), passport=passport, shown=shown
        )

    def export_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All passport data of the event as a workbook: a post, written down person by person."""
        offer = self.offer(request, pk, PASSPORTS)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        headings, rows = letters.export_rows(offer.event, request.user)
        name = f"passports-{offer.event.slug}"
        response = tables.xlsx_response(name, _("Passport data"), headings, rows)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The visa support letters of one delegation as a PDF: a post, written down."""
        offer = self.offer(request, pk, PASSPORTS)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        rows = Delegation.objects.filter(event=offer.event)
        delegation = get_object_or_404(rows, pk=_number(request, "delegation"))
        try:
            made = letters.make(delegation, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect("admin:travel_traveloffer_desk", offer.pk)
        return pdf_response(made.pdf, made.name)

    def sent_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A letter has left."""
        offer = self.offer(request, pk, "travel.change_visaletter")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        rows = VisaLetter.objects.filter(delegation__event=offer.event)
        letters.mark_sent(get_object_or_404(rows, pk=_number(request, "letter")), request.user)
        return redirect("admin:travel_traveloffer_desk", offer.pk)

    def needs_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What people need to take part; each look is written down."""
        offer = self.offer(request, pk, "travel.view_accessneeds")
        rows = [
            (person, told.in_words()) for person, told in needs.reveal(offer.event, request.user)
        ]
        return self.page(request, offer, "needs.html", _("Access needs"), rows=rows)

    def page(self, request, offer: TravelOffer, template: str, title: str, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "offer": offer,
            "event": offer.event,
            "opts": self.opts,
            "back": reverse("admin:travel_traveloffer_change", args=[offer.pk]),
            **context,
        }
        response = render(request, f"admin/travel/{template}", context)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _number(request: HttpRequest, name: str) -> int:
    """A key that was posted; anything that is none is not found."""
    if (key := as_key(request.POST.get(name))) is None:
        raise Http404
    return key
