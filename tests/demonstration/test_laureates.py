"""Laureates of the demonstration: what the source documents name, and what is invented."""

import pytest
from django.utils import translation

from laureates.models import Laureate, Results

pytestmark = pytest.mark.django_db


def test_laureates_of_the_demonstration(client):
    public = Laureate.objects.public()
    honoured = public.filter(award__slug="scroll-of-honour").order_by("title_en")
    assert list(honoured.values_list("title_en", "year")) == [
        (name, None)
        for name in ("Bugulma", "Grozny", "Kazan", "Stavropol", "Yakutsk", "Yaroslavl")
    ]  # fmt: skip
    rating = public.filter(round__slug="2019", round__award__slug="international-activity")
    assert list(rating.order_by("place").values_list("place", "title_en", "prize_amount")) == [
        (1, "Bishkek", 10000), (2, "Izmir", None), (3, "Khabarovsk", None),
    ]  # fmt: skip
    media = public.filter(category_text_en__startswith="Hometown").order_by("honour")
    assert list(media.values_list("honour", "place")) == [
        ("place", 1), ("place", 1), ("special", None), ("special", None),
    ]  # fmt: skip
    children = public.filter(round__slug="2020", round__award__slug="children-drawings")
    assert set(children.values_list("member__slug", "is_invented")) == {("stavropol", True)}
    assert children.count() == 5
    page = _page(client, "children-drawings", "2020")
    assert "2nd–3rd places, shared" in page
    assert "Executive Bureau online" in page
    assert "“Dance” was printed before" in page


def _page(client, award: str, round: str) -> str:
    results = Results.objects.get(round__award__slug=award, round__slug=round)
    with translation.override("en"):
        return client.get(results.get_absolute_url()).content.decode()
