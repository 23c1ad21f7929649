"""The passports of the demonstration: an association that adds up, figures, chronicles."""

import pytest
from django.test import Client
from django.utils import translation

from members import passport

pytestmark = pytest.mark.django_db

CITIES = ("kazan", "izhevsk", "stavropol")
COUNCIL = "council-of-municipalities-of-udmurtia"


def test_passports_of_the_demonstration_are_alive():
    with translation.override("en"):
        council = passport.of(passport.find(COUNCIL))
        shown = {
            slug: passport.of(passport.find(slug)) for slug in ("kazan", "izhevsk", "stavropol")
        }
    assert council.composition.sum_words == "341 = 5 + 25 + 2 + 309"
    assert all(one.has_figures and len(one.chronicle) >= 3 for one in shown.values())
    assert shown["izhevsk"].departments[0].name_en.startswith("Department of Information")
    for slug in (*CITIES, COUNCIL):
        for language in ("ru", "en"):
            for page in ("", "embed/", "passport.json", "?as_of=2015"):
                address = f"/{language}/members/{slug}/{page}"
                assert Client().get(address).status_code == 200, address
