"""What a cloned event inherits: which help it offers and which hotels, never what people told."""

from events import cloning
from events.models import Event
from travel.models import Hotel, TravelOffer

SAME = ("asks_visa", "asks_lodging", "asks_transfer", "asks_meals", "asks_access", "note_ru",
        "note_en")  # fmt: skip
OF_HOTELS = ("name_ru", "name_en", "price_ru", "price_en", "order")


@cloning.register
def copy(event: Event, new: Event) -> None:
    """The help with the journey; deadlines move with the event, nights are told anew."""
    offer = TravelOffer.objects.filter(event=event).first()
    if offer is None:
        return
    shift = (
        new.starts_at.astimezone(event.zone).date() - event.starts_at.astimezone(event.zone).date()
    )
    copied = TravelOffer.objects.create(
        event=new,
        visa_until=cloning.moved(offer.visa_until, shift, event.zone),
        fill_until=cloning.moved(offer.fill_until, shift, event.zone),
        **{name: getattr(offer, name) for name in SAME},
    )
    for hotel in offer.hotels.all():
        Hotel.objects.create(offer=copied, **{name: getattr(hotel, name) for name in OF_HOTELS})
