"""Partnerships in the cabinet: state, change, confirm or say what is not so; look for partners."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from content import privatefiles
from content.editing import answered, once
from members.cabinet import MandateMixin
from partnerships import matching, stating
from partnerships.forms import DissentForm, NewPartnershipForm, StatementForm
from partnerships.models import MatchWish, OutsideCity, Partnership

MENU = "partnerships:cabinet"
RATES = {"state": "60/d/user"}


class MemberPartnerships(MandateMixin, TemplateView):
    """What the member has stated, what it is asked about, and who would fit it."""

    template_name = "partnerships/cabinet_partnerships.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        rows = Partnership.objects.of(self.member).with_sides().latest_first()
        shown = [(row, row.other(self.member), own_words(row, self.member)) for row in rows]
        return super().get_context_data(
            asked=[one for one in shown if is_asked(one[0], self.member)],
            others=[one for one in shown if not is_asked(one[0], self.member)],
            wishes=MatchWish.objects.filter(member=self.member).exists(),
            matches=matching.matches_for(self.member),
            **kwargs,
        )


def is_asked(partnership: Partnership, member) -> bool:
    """Whether this member is to confirm what the other side has stated."""
    return partnership.answer == Partnership.Answer.ASKED and partnership.stated_by_id != member.pk


def own_words(partnership: Partnership, member) -> str:
    """How far it is, for a side. Who stated it does not learn of a refusal from this page: the
    secretariat clears that up with both."""
    if partnership.is_confirmed:
        return _("confirmed by both sides")
    if partnership.stated_by_id != member.pk:
        if partnership.answer == Partnership.Answer.REFUSED:
            return _("you did not confirm it; the secretariat is clearing it up")
        return _("waits for your answer")
    if partnership.city_id or partnership.answer == Partnership.Answer.NOT_ASKED:
        return _("stated by you")
    return _("stated by you, not yet confirmed by the other side")


class PartnershipMixin(MandateMixin):
    """For a view of one partnership of the member."""

    menu_name = MENU

    def get_partnership(self) -> Partnership:
        rows = Partnership.objects.editable_by(self.request.user).of(self.member).with_sides()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def front(self) -> str:
        return reverse(MENU, args=[self.member.slug])

    def is_within_limits(self, form) -> bool:
        """Statements are letters to other cities: nobody writes hundreds of them in a day."""
        if ratelimit.consume(self.request, app="partnerships", action="state", config=RATES):
            return True
        form.add_error(None, _("You have stated many partnerships today. Go on tomorrow."))
        return False


class AddPartnership(PartnershipMixin, FormView):
    """State a partnership; another member is asked to confirm it."""

    template_name = "partnerships/cabinet_statement.html"
    form_class = NewPartnershipForm

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"member": self.member, "by": self.request.user}

    def form_valid(self, form):
        if not self.is_within_limits(form):
            return self.form_invalid(form)
        try:
            return once(form.cleaned_data["form_key"], lambda: self.send(form))
        except stating.AlreadyThere as error:
            form.existing = error.partnership
            form.add_error("partner_name", error.messages)
        except ValidationError as error:
            form.take_error(error)
        return self.form_invalid(form)

    def send(self, form: NewPartnershipForm) -> str:
        row = stating.state(self.member, form.partner(), self.request.user, **form.facts())
        is_asked_now = row.answer == Partnership.Answer.ASKED
        messages.success(
            self.request,
            _("Saved. The other city is asked to confirm it.") if is_asked_now else _("Saved."),
        )
        return self.front()

    def get_context_data(self, **kwargs):
        cities = OutsideCity.objects.in_alphabetical_order()[:300]
        return super().get_context_data(cities=cities, **kwargs)


class EditPartnership(PartnershipMixin, FormView):
    """Change what is on record: what both agreed on is asked again."""

    template_name = "partnerships/cabinet_statement.html"
    form_class = StatementForm

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with transaction.atomic():
            return super().post(request, *args, **kwargs)

    @cached_property
    def partnership(self) -> Partnership:
        return self.get_partnership()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "instance": self.partnership, "by": self.request.user
        }  # fmt: skip

    def form_valid(self, form):
        row = self.partnership
        if not self.is_within_limits(form):
            return self.form_invalid(form)
        for name, value in form.facts().items():
            setattr(row, name, value)
        try:
            with transaction.atomic():
                stating.restate(row, self.member, self.request.user)
        except ValidationError as error:
            form.take_error(error)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(self.front())

    def get_context_data(self, **kwargs):
        other = self.partnership.other(self.member)
        return super().get_context_data(partnership=self.partnership, other=other, **kwargs)


class Answer(PartnershipMixin, FormView):
    """Confirm what the other side has stated, or say what is not so."""

    template_name = "partnerships/cabinet_answer.html"
    form_class = DissentForm

    def get_partnership(self) -> Partnership:
        row = super().get_partnership()
        if row.stated_by_id == self.member.pk or row.answer == Partnership.Answer.NOT_ASKED:
            raise Http404
        return row

    def get_initial(self):
        return {"version": self.get_partnership().version}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.get_partnership()
        if request.POST.get("deed") != "confirm":
            return super().post(request, *args, **kwargs)
        seen = request.POST.get("version", "")
        return self.answer(
            lambda row: stating.confirm(row, request.user, int(seen) if seen.isdecimal() else 0),
            _("Confirmed. Both cities now show it as confirmed."),
        )

    def form_valid(self, form):
        seen = form.cleaned_data["version"]
        return self.answer(
            lambda row: stating.refuse(row, self.request.user, form.dissent(), seen),
            _("Thank you. The secretariat clears it up with both cities."),
        )

    def answer(self, deed, words: str) -> HttpResponse:
        try:
            deed(self.get_partnership())
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.request.path)
        messages.success(self.request, words)
        return redirect(self.front())

    def get_context_data(self, **kwargs):
        row = self.get_partnership()
        return super().get_context_data(
            partnership=row, other=row.other(self.member), **kwargs
        )  # fmt: skip


class Agreement(PartnershipMixin, View):
    """The file of the agreement, for both sides."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        kept = self.get_partnership().file
        if kept is None:
            raise Http404
        return privatefiles.response_for(kept)


class Wish(PartnershipMixin, View):
    """The member looks for partners, or no longer does."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.POST.get("wish") == "yes":
            MatchWish.objects.get_or_create(
                member=self.member, defaults={"opted_by": request.user}
            )  # fmt: skip
            messages.success(request, _("We propose cities that fit yours, and yours to them."))
        else:
            MatchWish.objects.filter(member=self.member).delete()
            messages.success(request, _("Your city is no longer proposed to others."))
        return redirect(self.front())
