"""Bids in the cabinet: which calls are open, the own bid, taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from content import privatefiles
from content.editing import answered, once
from hosting import bidding
from hosting.forms import BidForm
from hosting.models import Bid, HostCall
from members.cabinet import MandateMixin

MENU = "hosting:cabinet"


class MemberBids(MandateMixin, TemplateView):
    """Open calls and the bids of the member."""

    template_name = "hosting/cabinet_bids.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        own = Bid.objects.for_user(self.request.user).filter(member=self.member)
        bids = list(own.select_related("call").order_by("-call__closes_at", "pk"))
        taken = [one.call_id for one in bids]
        calls = HostCall.objects.open(timezone.now()).exclude(pk__in=taken)
        return super().get_context_data(bids=bids, calls=calls, **kwargs)


class CallMixin(MandateMixin):
    """For a view of one call in a member's cabinet."""

    menu_name = MENU

    def call(self) -> HostCall:
        return get_object_or_404(HostCall.objects.published(), slug=self.kwargs["slug"])

    def bid(self, call: HostCall) -> Bid | None:
        own = Bid.objects.for_user(self.request.user).filter(member=self.member, call=call)
        return own.select_related("call", "member").first()


class MemberBid(CallMixin, TemplateView):
    """The own bid: sent, changed, sent again."""

    template_name = "hosting/cabinet_bid.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        call = self.call()
        return self.show(BidForm(call, self.bid(call)))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        call = self.call()
        form = BidForm(call, self.bid(call), request.POST, request.FILES)
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self.send(form))
            except bidding.BidRefused as refused:
                form.add_error(None, str(refused))
            except ValidationError as error:
                form.add_error("uploads", error)
        return self.show(form)

    def send(self, form: BidForm) -> str:
        seen = form.cleaned_data["version"] or 0
        bidding.send(form.call, self.member, form.offer(), self.request.user, seen)
        messages.success(self.request, _("The bid is with the secretariat."))
        return reverse(MENU, args=[self.member.slug])

    def show(self, form: BidForm) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form, call=form.call, bid=form.bid, closed=bidding.why_closed(form.call)
            )
        )


class WithdrawBid(CallMixin, View):
    """The own bid is taken back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        call = self.call()
        bid = get_object_or_404(Bid.objects.filter(pk=getattr(self.bid(call), "pk", None)))
        try:
            bidding.withdraw(bid, request.user)
            messages.success(request, _("The bid is taken back."))
        except bidding.BidRefused as refused:
            messages.error(request, str(refused))
        return redirect(MENU, self.member.slug)


class BidFile(CallMixin, View):
    """A file of the own bid."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        bid = get_object_or_404(Bid.objects.filter(pk=getattr(self.bid(self.call()), "pk", None)))
        return privatefiles.response_for(get_object_or_404(bid.files, pk=kwargs["file"]))
