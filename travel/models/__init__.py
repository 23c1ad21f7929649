from travel.models.offers import Hotel, TravelOffer
from travel.models.passports import Passport, VisaLetter
from travel.models.trips import AccessNeeds, Trip, TripChange

__all__ = [
    "AccessNeeds",
    "Hotel",
    "Passport",
    "TravelOffer",
    "Trip",
    "TripChange",
    "VisaLetter",
]
