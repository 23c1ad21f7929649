"""Members of the demonstration: the import brings the cities, a file what else is known."""

import datetime

import pytest

from content.models import SearchEntry, TranslationState
from content.records import refresh_derived
from members.importing import applying, judging, reading
from members.models import Country, Member, MemberName, MembershipPeriod, SizeCategory
from uclg_portal.demonstration import data, members

pytestmark = pytest.mark.django_db


def derived(member: Member) -> tuple[list, list]:
    entries = SearchEntry.objects.filter(object_id=member.pk).order_by("language")
    states = TranslationState.objects.filter(object_id=member.pk).order_by("language")
    return (
        list(entries.values_list("language", "title", "text", "names", "url")),
        list(states.values_list("language", "state", "text_hashes")),
    )


def test_members_are_loaded_with_their_histories_and_texts(django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        members.load(None, {})

    assert (Country.objects.count(), SizeCategory.objects.count()) == (12, 4)
    assert (Member.objects.count(), MembershipPeriod.objects.count()) == (129, 126)
    astana = Member.objects.get(slug="astana")
    assert (astana.name_ru, astana.name_en, astana.website) == (
        "Астана", "Astana", "https://astana.example.org/",
    )  # fmt: skip
    names = astana.names.filter(kind="name").values_list("name_en", "starts_on", "ends_on")
    assert list(names) == [
        ("Astana", datetime.date(1998, 5, 6), datetime.date(2019, 3, 22)),
        ("Nur-Sultan", datetime.date(2019, 3, 23), datetime.date(2022, 9, 16)),
        ("Astana", datetime.date(2022, 9, 17), None),
        ("Akmola", None, datetime.date(1998, 5, 5)),
    ]
    assert MemberName.objects.get(member__slug="yerevan", kind="name").native == "Երևան"
    aliases = MemberName.objects.filter(member__slug="gyumri", kind="alias").order_by("pk")
    assert list(aliases.values_list("name_ru", "name_en")) == [
        ("Ленинакан", None), (None, "Leninakan"), ("Кумайри", None), ("Александрополь", None),
    ]  # fmt: skip
    for member in Member.objects.filter(slug__in=["yerevan", "dilijan", "magadan", "astana"]):
        loaded = derived(member)
        refresh_derived(member)
        assert derived(member) == loaded


def test_cities_imported_again_change_nothing():
    members.load(None, {})
    sheet = reading.read((data.FOLDER / "cities.csv").read_bytes())
    plan = judging.judge(sheet, judging.Options(members.POPULATION_YEAR))

    assert plan.counts() == {"same": 129, "changed": 0, "new": 0, "error": 0, "empty": 0}
    assert applying.apply(plan) == {"new": 0, "changed": 0}
