"""Rows for the tests of calls for a host city."""

import datetime

from django.utils import timezone

from events.tests.factories import make_event, make_member
from hosting import bidding
from hosting.bidding import Offer
from hosting.models import Bid, Criterion, HostCall

DAY = datetime.timedelta(days=1)
__all__ = ["close", "make_bid", "make_call", "make_event", "make_member", "make_offer"]


def make_call(slug: str = "congress-2028", **fields) -> HostCall:
    """A published call that is open for ten days, with two criteria of weight 30 and 10."""
    now = timezone.now()
    values = {
        "title_ru": "Город — хозяин конгресса",
        "title_en": "A host city for the congress",
        "opens_at": now - DAY,
        "closes_at": now + 10 * DAY,
        "status": "published",
        "published_at": now - 2 * DAY,
    }
    call = HostCall.objects.create(slug=slug, **{**values, **fields})
    Criterion.objects.create(call=call, name_ru="Залы", name_en="Halls", weight=30, order=1)
    Criterion.objects.create(call=call, name_ru="Дорога", name_en="Journey", weight=10, order=2)
    return call


def make_offer(call: HostCall, **fields) -> Offer:
    answers = {one: f"Ответ: {one.name_ru}" for one in call.criteria.all()}
    values = {"dates": "май 2028", "summary": "Просторно.", "answers": answers}
    return Offer(**{**values, **fields})


def make_bid(call: HostCall, member, by) -> Bid:
    return bidding.send(call, member, make_offer(call), by)


def close(call: HostCall) -> HostCall:
    """The deadline passes."""
    HostCall.objects.filter(pk=call.pk).update(closes_at=timezone.now() - DAY / 24)
    call.refresh_from_db()
    return call
