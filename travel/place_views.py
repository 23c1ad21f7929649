"""The journey on a participant's own page, reached by the link of their letter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from events import placelinks
from events.models import Participant
from travel import pages, passports
from travel.forms import PassportForm, TripForm


class PlaceView(View):
    """Somebody with a link of their own and a registration that stands."""

    http_method_names = ["get", "head", "post"]
    template_name = ""

    def person(self) -> Participant:
        person = placelinks.find(self.kwargs["token"])
        if person is None or not person.is_active or not person.event.is_public():
            raise Http404
        if passports.offer_of(person.event) is None:
            raise Http404
        return person

    def answer(self, request: HttpRequest, context: dict) -> HttpResponse:
        context |= {"token": self.kwargs["token"]}
        response = render(request, self.template_name, context)
        response.headers["Referrer-Policy"] = "same-origin"
        return response


@method_decorator([never_cache], name="dispatch")
class PlaceTrip(PlaceView):
    template_name = "travel/place_trip.html"

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        person = self.person()
        return self.show(request, TripForm(person, passports.offer_of(person.event)))

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        person = self.person()
        form = TripForm(person, passports.offer_of(person.event), request.POST)
        if pages.take_trip(request, form, None):
            return redirect("travel:place", kwargs["token"])
        return self.show(request, form)

    def show(self, request: HttpRequest, form: TripForm) -> HttpResponse:
        passport = pages.passport_words(pages.passport_of(form.person))
        context = pages.trip_context(form.person, form) | {"passport_words": passport}
        return self.answer(request, context)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PlacePassport(PlaceView):
    template_name = "travel/place_passport.html"

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        return self.show(request, PassportForm(self.person()))

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        form = PassportForm(self.person(), request.POST)
        if pages.take_passport(request, form, None):
            return redirect("travel:place", kwargs["token"])
        return self.show(request, form)

    def show(self, request: HttpRequest, form: PassportForm) -> HttpResponse:
        return self.answer(request, pages.passport_context(form.person, form))
