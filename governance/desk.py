"""Pages of the desk in the admin: one form, one deed, in the words of the association."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from content import privatefiles
from content.editing import answered, once
from governance import offices, seats
from governance.forms import add_errors
from governance.models import Office, OfficeTerm, Seat, SeatFilling, SeatTerm
from governance.staff_forms import AppointForm, DeskForm, EndForm, FillForm, GiveSeatForm


def form_page(
    model_admin: ModelAdmin,
    request: HttpRequest,
    form: DeskForm,
    deed: Callable[[DeskForm], str],
    *,
    title: str,
    button: str,
    lead: str = "",
) -> HttpResponse:
    """Show a form; a valid post does `deed`, which returns the address to go to, once."""
    if request.method == "POST":
        if first := answered(request.POST.get("form_key", "")):
            return first
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: deed(form))
            except ValidationError as error:
                add_errors(form, error)
    names = [field.name for field in form.visible_fields()]
    context = {
        **model_admin.admin_site.each_context(request),
        "adminform": AdminForm(form, [(None, {"fields": names})], {}, model_admin=model_admin),
        "button": button,
        "lead": lead,
        "opts": model_admin.opts,
        "title": title,
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, "admin/governance/form.html", context)


def _posted(request: HttpRequest) -> dict:
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}


def _demand(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(f"governance.{permission}"):
        raise PermissionDenied


def appoint(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint somebody to an office."""
    _demand(request, "add_officeterm")
    office = get_object_or_404(Office.objects.select_related("member", "organisation"), pk=pk)
    is_head = office.kind == Office.Kind.HEAD and office.member_id is not None

    def deed(form: DeskForm) -> str:
        values = form.values()
        fills = values.pop("fills_seats", False)
        term = offices.appoint(office, by=request.user, **values)
        if fills:
            _take_seats(term, request.user)
        text = _("%(person)s holds the office: %(office)s.")
        model_admin.message_user(
            request, text % {"person": term.person, "office": office}, messages.SUCCESS
        )
        return reverse("admin:governance_office_change", args=[office.pk])

    form = AppointForm(**_posted(request), is_head=is_head)
    title = _("Appoint: %s") % office
    return form_page(model_admin, request, form, deed, title=title, button=_("Appoint the person"))


def _take_seats(term: OfficeTerm, by) -> None:
    """The new head takes those seats of the member that go with the office."""
    own = SeatTerm.objects.on(term.starts_on).filter(
        member=term.office.member_id, seat__by_office=True
    )
    for seat_term in own:
        seats.fill(
            seat_term, term.person, term.starts_on, by=by, office_term=term, has_mandate=True,
            closes_predecessor=True,
        )  # fmt: skip


def end_office(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """End a term of office."""
    _demand(request, "change_officeterm")
    term = get_object_or_404(OfficeTerm.objects.select_related("office", "person"), pk=pk)

    def deed(form: DeskForm) -> str:
        offices.end_term(term, by=request.user, **form.values())
        text = _("The term is ended. Seats filled by virtue of the office turn “to be filled”.")
        model_admin.message_user(request, text, messages.SUCCESS)
        return reverse("admin:governance_office_change", args=[term.office_id])

    title = _("End the term: %s") % term
    form = EndForm(**_posted(request))
    return form_page(model_admin, request, form, deed, title=title, button=_("End the term"))


def give_seat(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Give a seat to a member or a person."""
    _demand(request, "add_seatterm")
    seat = get_object_or_404(Seat.objects.select_related("body"), pk=pk)

    def deed(form: DeskForm) -> str:
        seats.give_seat(seat, form.owner, by=request.user, **form.values())
        model_admin.message_user(request, _("The seat is given."), messages.SUCCESS)
        return _composition_of(seat.body_id)

    title = _("Give the seat: %s") % seat
    form = GiveSeatForm(**_posted(request))
    return form_page(model_admin, request, form, deed, title=title, button=_("Give the seat"))


def end_seat(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """End the term of a seat."""
    _demand(request, "change_seatterm")
    term = _seat_term(pk)

    def deed(form: DeskForm) -> str:
        seats.end_seat(term, by=request.user, **form.values())
        model_admin.message_user(request, _("The term of the seat is ended."), messages.SUCCESS)
        return _composition_of(term.seat.body_id)

    title = _("End the term: %s") % term
    form = EndForm(**_posted(request))
    return form_page(model_admin, request, form, deed, title=title, button=_("End the term"))


def fill_seat(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Name a delegate or a substitute."""
    _demand(request, "add_seatfilling")
    term = _seat_term(pk)

    @privatefiles.all_or_nothing()
    def deed(form: DeskForm) -> str:
        values = form.values()
        scan, person = values.pop("scan"), values.pop("person")
        if scan:
            values["mandate"] = privatefiles.store(scan, "governance.mandate", request.user)
        values["has_mandate"] = values["has_mandate"] or bool(scan)
        filling = seats.fill(term, person, by=request.user, **values)
        _say_filled(model_admin, request, filling)
        return _composition_of(term.seat.body_id)

    title = _("Fill the seat: %s") % term
    initial = {"role": request.GET.get("role", SeatFilling.Role.DELEGATE)}
    form = FillForm(**_posted(request), initial=initial)
    return form_page(model_admin, request, form, deed, title=title, button=_("Fill the seat"))


def _say_filled(model_admin: ModelAdmin, request: HttpRequest, filling: SeatFilling) -> None:
    words = {"person": filling.person, "role": filling.get_role_display()}
    text = _("%(person)s sits there as %(role)s.") % words
    model_admin.message_user(request, text, messages.SUCCESS)
    if not seats.may_vote(filling):
        text = _("A substitute without a mandate may speak, may not vote.")
        model_admin.message_user(request, text, messages.WARNING)


def _seat_term(pk: int) -> SeatTerm:
    terms = SeatTerm.objects.select_related("seat__body", "member", "person")
    return get_object_or_404(terms, pk=pk)


def _composition_of(body_pk: int) -> str:
    return reverse("admin:governance_body_composition", args=[body_pk])
