from partnerships.models.affiliations import Affiliation, CharterSigning, ListedCity
from partnerships.models.cities import CityAlias, OutsideCity
from partnerships.models.partnerships import Partnership, Signatory
from partnerships.models.requests import HelpRequest, HelpStep, MatchWish

__all__ = [
    "Affiliation",
    "CharterSigning",
    "CityAlias",
    "HelpRequest",
    "HelpStep",
    "ListedCity",
    "MatchWish",
    "OutsideCity",
    "Partnership",
    "Signatory",
]
