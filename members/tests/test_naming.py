import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from content.models import SearchEntry
from members import naming, tasks
from members.models import Member, MemberName
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("content.dated.today", lambda: TODAY)


def make_astana() -> Member:
    """The renamed city of MEM-3, by the names it bore from 1998 on."""
    member = make_member("astana", "Астана", "Astana")
    member.names.all().delete()
    days = [
        ("Астана", "Astana", datetime.date(1998, 5, 6), datetime.date(2019, 3, 22)),
        ("Нур-Султан", "Nur-Sultan", datetime.date(2019, 3, 23), datetime.date(2022, 9, 16)),
        ("Астана", "Astana", datetime.date(2022, 9, 17), None),
    ]
    for name_ru, name_en, starts_on, ends_on in days:
        MemberName.objects.create(
            member=member, name_ru=name_ru, name_en=name_en, starts_on=starts_on, ends_on=ends_on
        )
    return Member.objects.get(pk=member.pk)


def names_on(day: datetime.date) -> tuple[str, str]:
    """What the only member there is was called on that day, in both languages."""
    row = Member.objects.with_name_on(day).get()
    return row.dated_name_ru, row.dated_name_en


def test_mem_3_name_is_the_one_of_the_day():
    make_astana()

    years = (1990, 2015, 2020, 2026)
    found = {year: names_on(datetime.date(year, 6, 1)) for year in years}

    now, between = ("Астана", "Astana"), ("Нур-Султан", "Nur-Sultan")
    assert found == {1990: now, 2015: now, 2020: between, 2026: now}


def test_mem_3_name_turns_at_midnight_of_its_first_day():
    make_astana()

    days = [datetime.date(2019, 3, 22), datetime.date(2019, 3, 23)]

    assert [names_on(day)[1] for day in days] == ["Astana", "Nur-Sultan"]


def test_mem_3_former_names_stand_beside_the_present_one():
    astana = make_astana()

    assert naming.former_names(astana) == [naming.FormerName("2019–2022", "Нур-Султан", "ru")]
    with translation.override("en"):
        assert naming.former_names(astana) == [naming.FormerName("2019–2022", "Nur-Sultan", "en")]


def test_mem_3_all_names_are_found_in_the_index():
    astana = make_astana()

    entries = SearchEntry.objects.filter(object_id=astana.pk).order_by("language")

    assert [(entry.title, entry.names) for entry in entries] == [
        ("Astana", "Astana Nur-Sultan Астана Нур-Султан"),
        ("Астана", "Astana Nur-Sultan Астана Нур-Султан"),
    ]


def test_former_name_without_first_day_says_until():
    member = make_member("tver", "Тверь", "Tver")
    member.names.update(starts_on=datetime.date(1990, 7, 17))
    MemberName.objects.create(
        member=member, name_ru="Калинин", name_en="Kalinin", ends_on=datetime.date(1990, 7, 16)
    )

    with translation.override("en"):
        assert naming.former_names(member) == [naming.FormerName("until 1990", "Kalinin", "en")]


def test_with_name_on_gives_names_of_the_day_in_one_query(django_assert_num_queries):
    make_astana()
    make_member("kazan", "Казань", "Kazan")

    with django_assert_num_queries(1):
        rows = Member.objects.with_name_on(datetime.date(2020, 4, 28)).order_by("slug")
        found = [(row.dated_name_ru, row.dated_name_en) for row in rows]

    assert found == [("Нур-Султан", "Nur-Sultan"), ("Казань", "Kazan")]


def test_with_name_on_falls_back_like_any_translated_text():
    member = make_member("tver", "Тверь", "Tver")
    member.names.update(name_en=None)

    row = Member.objects.with_name_on(TODAY).get()

    assert (row.dated_name_ru, row.dated_name_en) == ("Тверь", None)


def test_first_name_is_given_once():
    member = make_member("tver", "Тверь", "Tver")
    member.names.all().delete()

    given = [naming.give_first_name(member) for _twice in range(2)]

    assert given == [MemberName.objects.get(), None]
    assert (given[0].name_ru, given[0].name_en, given[0].starts_on) == ("Тверь", "Tver", None)


def test_name_saved_as_dated_row_becomes_the_present_one():
    member = make_member("tver", "Тверь", "Tver")
    before = member.version
    row = member.names.get()

    row.name_ru, row.name_en = "Ёлки", "Yolki"
    row.save()

    stored = Member.objects.get()
    assert (stored.name_ru, stored.name_en) == ("Ёлки", "Yolki")
    assert (stored.sort_key_ru, stored.initial_ru) == ("елки\tёлки", "Е")
    assert stored.name_search == "yolki\nелки"
    assert stored.version == before + 1


def test_name_of_the_future_changes_nothing_today():
    member = make_member("tver", "Тверь", "Tver")
    member.names.update(ends_on=datetime.date(2026, 12, 31))

    MemberName.objects.create(
        member=member, name_ru="Калинин", name_en="Kalinin", starts_on=datetime.date(2027, 1, 1)
    )

    assert Member.objects.get().name_en == "Tver"


def test_alias_is_searchable_but_no_name():
    member = make_member("kazan", "Казань", "Kazan")

    alias = MemberName.objects.create(member=member, kind="alias", name_ru="Казан", native="Qazan")

    stored = Member.objects.get()
    assert (stored.name_ru, stored.name_search) == ("Казань", "kazan\nqazan\nказан\nказань")
    alias.delete()
    assert Member.objects.get().name_search == "kazan\nказань"


def test_member_without_a_name_of_today_keeps_the_last_one():
    member = make_member("kazan", "Казань", "Kazan")

    member.names.get().delete()

    assert Member.objects.get().name_ru == "Казань"


def test_renewing_names_writes_no_unsaved_value_of_the_member():
    member = make_member("kazan", "Казань", "Kazan")
    member.slogan_ru = "не сохранено"
    row = member.names.get()
    row.member = member
    row.name_en = "Qazan"

    row.save()

    assert Member.objects.values_list("name_en", "slogan_ru").get() == ("Qazan", None)
    assert member.name_en == "Qazan"


def test_nightly_refresh_lets_a_new_name_take_effect(monkeypatch):
    member = make_member("tver", "Тверь", "Tver")
    member.names.update(ends_on=datetime.date(2026, 12, 31))
    MemberName.objects.create(
        member=member, name_ru="Калинин", name_en="Kalinin", starts_on=datetime.date(2027, 1, 1)
    )
    monkeypatch.setattr("content.dated.today", lambda: datetime.date(2027, 1, 3))

    assert tasks.refresh_current_names() == 1
    assert tasks.refresh_current_names() == 0
    assert Member.objects.get().name_ru == "Калинин"
    assert SearchEntry.objects.get(language="en").title == "Kalinin"


@pytest.mark.parametrize("member_count", [1, 5])
def test_nightly_refresh_asks_two_questions(member_count, django_assert_num_queries):
    for number in range(member_count):
        make_member(f"city-{number}", f"Город {number}", f"City {number}")

    with django_assert_num_queries(2):
        tasks.refresh_current_names()


def test_nightly_refresh_heals_names_written_in_bulk():
    member = make_member("kazan", "Казань", "Kazan")
    MemberName.objects.bulk_create([MemberName(member=member, kind="alias", name_ru="Казан")])

    tasks.refresh_current_names()

    assert Member.objects.get().name_search == "kazan\nказан\nказань"


def make_rows(*days) -> list[MemberName]:
    return [
        MemberName(
            name_ru=name,
            starts_on=starts_on and datetime.date.fromisoformat(starts_on),
            ends_on=ends_on and datetime.date.fromisoformat(ends_on),
        )
        for name, starts_on, ends_on in days
    ]


def test_mem_3_names_that_join_have_no_problem():
    rows = make_rows(
        ("Нур-Султан", "2019-03-23", "2022-09-16"),
        ("Астана", None, "2019-03-22"),
        ("Астана", "2022-09-17", None),
    )

    assert naming.gaps_and_overlaps(rows) == []


def test_mem_3_overlap_and_gap_are_told_with_the_day_that_is_needed():
    rows = make_rows(
        ("Astana", None, None), ("Nur-Sultan", "2019-03-23", "2022-09-01"),
        ("Astana", "2022-09-17", None),
    )  # fmt: skip

    with translation.override("en"):
        problems = naming.gaps_and_overlaps(rows)

    assert problems == [
        "“Astana” and “Nur-Sultan” overlap: “Nur-Sultan” begins on 23 March 2019, so the last "
        "valid day of “Astana” is 22 March 2019.",
        "Between “Nur-Sultan” and “Astana” there are days without a name: “Astana” begins on "
        "17 September 2022, so the last valid day of “Nur-Sultan” is 16 September 2022.",
    ]


def test_two_names_without_first_day_are_refused():
    with translation.override("en"):
        problems = naming.gaps_and_overlaps(make_rows(("A", None, "2000-01-01"), ("B", None, None)))

    assert problems == ["Two names have no first day: “A” and “B”. Only one may."]


def overlap(member: Member) -> None:
    MemberName.objects.create(member=member, name_ru="Казан")
    connection.check_constraints()


def test_overlapping_names_are_refused_by_the_database():
    member = make_member("kazan", "Казань", "Kazan")

    with pytest.raises(IntegrityError), transaction.atomic():
        overlap(member)


def test_mem_3_old_address_is_kept_when_the_slug_changes():
    member = make_member("nur-sultan", "Нур-Султан", "Nur-Sultan")

    member.slug = "astana"
    member.save()
    member.slug = "akmola"
    member.save(update_fields=["slug"])

    assert sorted(member.old_slugs.values_list("slug", flat=True)) == ["astana", "nur-sultan"]
    member.slug = "astana"
    member.save()
    assert sorted(member.old_slugs.values_list("slug", flat=True)) == ["akmola", "nur-sultan"]


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (datetime.date(2015, 6, 1), ("Астана", "Astana")),
        (datetime.date(2020, 6, 1), ("Нур-Султан", "Nur-Sultan")),
        (datetime.date(2024, 6, 1), ("Астана", "Astana")),
    ],
)
def test_mem_3_name_on_a_day_for_documents(day, names):
    make_astana()
    member = Member.objects.get()

    assert tuple(naming.name_on(member, day, code) for code in ("ru", "en")) == (
        (names[0], "ru"), (names[1], "en"),
    )  # fmt: skip


def test_name_on_a_day_without_a_name_is_the_present_one():
    member = make_member(is_member=False)
    member.names.update(starts_on=datetime.date(2010, 1, 1))

    assert naming.name_on(member, datetime.date(1999, 1, 1), "en") == ("Kazan", "en")
