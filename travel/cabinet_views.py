"""The journey of a delegation in the cabinet: who has told what, and the form of each person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from events.models import Delegation, Event, Participant
from members.cabinet import MandateMixin
from travel import pages
from travel.forms import PassportForm, TripForm


class TravelMixin(MandateMixin):
    """For a view of the journey of the own delegation to one event."""

    menu_name = "events:cabinet"

    def people(self):
        own = Delegation.objects.for_user(self.request.user).filter(
            member=self.member, event__slug=self.kwargs["slug"], event__travel__isnull=False
        )
        events = Event.objects.published()
        found = Participant.objects.filter(delegation__in=own, event__in=events).active()
        return found.select_related("event", "delegation__member").order_by("order", "pk")

    def person(self) -> Participant:
        return get_object_or_404(self.people(), pk=self.kwargs["participant"])

    def back(self) -> HttpResponse:
        return redirect("travel:cabinet", self.member.slug, self.kwargs["slug"])


class DelegationTravel(TravelMixin, TemplateView):
    """Everybody of the delegation and how far they are."""

    template_name = "travel/cabinet_travel.html"

    def get_context_data(self, **kwargs):
        events = Event.objects.published().filter(
            travel__isnull=False, delegations__member=self.member
        )
        event = get_object_or_404(events, slug=self.kwargs["slug"])
        return super().get_context_data(
            event=event,
            offer=pages.offer_of(event),
            rows=pages.rows(event, list(self.people())),
            **kwargs,
        )


class PersonTrip(TravelMixin, TemplateView):
    """The journey of one person."""

    template_name = "travel/cabinet_trip.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        person = self.person()
        return self.show(TripForm(person, pages.passports.offer_of(person.event)))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        person = self.person()
        form = TripForm(person, pages.passports.offer_of(person.event), request.POST)
        return self.back() if pages.take_trip(request, form, request.user) else self.show(form)

    def show(self, form: TripForm) -> HttpResponse:
        context = pages.trip_context(form.person, form)
        return self.render_to_response(self.get_context_data(**context))


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PersonPassport(TravelMixin, TemplateView):
    """Passport data of one person: given, given anew, taken back; never shown again."""

    template_name = "travel/cabinet_passport.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show(PassportForm(self.person()))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = PassportForm(self.person(), request.POST)
        return self.back() if pages.take_passport(request, form, request.user) else self.show(form)

    def show(self, form: PassportForm) -> HttpResponse:
        context = pages.passport_context(form.person, form)
        return self.render_to_response(self.get_context_data(**context))
