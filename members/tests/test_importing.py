"""What an import writes; the whole way of one is in test_importing_adm_1.py."""

import datetime
import gc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content import cacheversion
from content.models import SearchEntry, TranslationState
from content.records import refresh_derived
from members.importing import applying, judging, reading
from members.models import Member, MemberFigure, MemberName, MembershipPeriod
from members.tests.factories import make_country, make_member
from members.tests.spreadsheets import workbook

pytestmark = pytest.mark.django_db
OPTIONS = judging.Options(population_year=2025, source_ru="GeoNames", source_en="GeoNames")


def judge(*rows) -> judging.Plan:
    return judging.judge(reading.read(workbook(*rows)), OPTIONS)


HEADINGS = [
    "Название", "Name", "Страна", "Вид", "Население", "Год", "Часовой пояс", "Широта", "Долгота",
    "Сайт", "E-mail", "Телефон", "Член с", "GeoNames",
]  # fmt: skip
KAZAN = [
    "Казань", "Kazan", "RU", "metropolis", 1_318_604, 2024, "Europe/Moscow", "55,7887", 49.1221,
    "https://kzn.ru/", "office@kazan.example.org", "+7 843 1", "2004-05", 551487,
]  # fmt: skip


def write(*rows) -> dict[str, int]:
    return applying.apply(judge(*rows))


def own_columns(member: Member) -> dict:
    unstable = {"id", "created_at", "updated_at", "name"}
    return {key: value for key, value in Member.objects.filter(pk=member.pk).values()[0].items()
            if key not in unstable}  # fmt: skip


def derived(member: Member) -> tuple[list, list]:
    entries = SearchEntry.objects.filter(object_id=member.pk).order_by("language")
    states = TranslationState.objects.filter(object_id=member.pk).order_by("language")
    return (
        list(entries.values_list("language", "title", "text", "names", "url", "visible_from")),
        list(states.values_list("language", "state", "made_from", "text_hashes")),
    )


def test_new_member_is_written_as_a_saved_one_would_be():
    country = make_country()

    assert write(HEADINGS, KAZAN) == {"new": 1, "changed": 0}

    member = Member.objects.get()
    saved = make_member(
        "other", "Казань", "Kazan", kind="metropolis", country=country, is_member=False,
        time_zone="Europe/Moscow", latitude="55.7887", longitude="49.1221",
        website="https://kzn.ru/", email="office@kazan.example.org", phone="+7 843 1",
    )  # fmt: skip
    expected = {**own_columns(saved), "slug": "kazan", "geonames_id": 551487, "version": 1}
    assert own_columns(member) == expected
    assert list(member.names.values_list("kind", "name_ru", "name_en", "starts_on")) == [
        ("name", "Казань", "Kazan", None)
    ]
    assert list(member.figures.values_list("year", "value", "source_ru", "source_en")) == [
        (2024, 1_318_604, "GeoNames", "GeoNames")
    ]
    assert list(member.periods.values_list("starts_on", "starts_precision", "ends_on")) == [
        (datetime.date(2004, 5, 1), "month", None)
    ]
    as_imported = derived(member)
    refresh_derived(member)
    assert derived(member) == as_imported
    assert [row[0] for row in as_imported[0]] == ["en", "ru"]


def test_changed_member_is_written_as_a_saved_one_would_be():
    make_country()
    write(HEADINGS, KAZAN)
    member = Member.objects.get()
    created_at = member.created_at
    changed = ["Казань", "Qazan", "RU", "city", *KAZAN[4:11], "+7 843 2", *KAZAN[12:]]

    assert write(HEADINGS, changed) == {"new": 0, "changed": 1}

    member = Member.objects.get()
    assert (member.kind, member.phone, member.name_en, member.version, member.created_at) == (
        "city", "+7 843 2", "Qazan", 2, created_at,
    )  # fmt: skip
    assert (member.sort_key_en, member.initial_en) == ("qazan\tqazan", "Q")
    assert member.name_search.split("\n") == ["kazan", "qazan", "казань"]
    as_imported = derived(member)
    refresh_derived(member)
    assert derived(member) == as_imported
    assert write(HEADINGS, changed) == {"new": 0, "changed": 0}


def test_corrected_name_leaves_the_former_spelling_as_alias():
    make_member("astana", "Нур-Султан", "Nur-Sultan", country=make_country("KZ"), geonames_id=5)

    write(["GeoNames", "Название", "Name"], [5, "Астана", "Astana"])

    member = Member.objects.get()
    assert (member.name_ru, member.name_en) == ("Астана", "Astana")
    names = member.names.order_by("kind", "pk").values_list("kind", "name_ru", "name_en")
    assert list(names) == [
        ("alias", "Нур-Султан", None), ("alias", None, "Nur-Sultan"), ("name", "Астана", "Astana"),
    ]  # fmt: skip


def test_name_in_a_missing_language_is_added_without_an_alias():
    member = make_member("karakol", None, "Karakol", country=make_country("KG"))

    write(["Slug", "Название"], ["karakol", "Каракол"])

    member.refresh_from_db()
    assert (member.name_ru, member.name_en) == ("Каракол", "Karakol")
    assert list(member.names.values_list("kind", "name_ru", "name_en")) == [
        ("name", "Каракол", "Karakol")
    ]
    assert derived(member)[1][0][1] == "current"


def test_correction_touches_the_name_of_today_alone():
    member = make_member("semey", "Семей", "Semey", country=make_country("KZ"))
    member.names.update(starts_on=datetime.date(2007, 6, 21))
    MemberName.objects.create(
        member=member, name_ru="Семипалатинск", ends_on=datetime.date(2007, 6, 20)
    )

    write(["Slug", "Name"], ["semey", "Semei"])

    names = member.names.order_by("pk").values_list("kind", "name_ru", "name_en", "ends_on")
    assert list(names) == [
        ("name", "Семей", "Semei", None),
        ("name", "Семипалатинск", None, datetime.date(2007, 6, 20)),
        ("alias", None, "Semey", None),
    ]


def test_figure_of_a_year_is_renewed_with_its_source():
    make_member(population=5)

    write(["Slug", "Population", "Year"], ["kazan", 6, 2024])

    assert list(MemberFigure.objects.values_list("year", "value", "source_ru", "source_en")) == [
        (2024, 6, "GeoNames", "GeoNames")
    ]


def test_membership_begins_only_where_none_is_kept():
    make_member("kazan")
    make_member("omsk", "Омск", "Omsk", is_member=False)

    write(["Slug", "Member since"], ["kazan", "2010"], ["omsk", "2011"])

    periods = MembershipPeriod.objects.order_by("member__slug")
    assert list(periods.values_list("member__slug", "starts_on", "starts_precision")) == [
        ("kazan", datetime.date(2004, 1, 1), "year"), ("omsk", datetime.date(2011, 1, 1), "year"),
    ]  # fmt: skip


def test_record_saved_meanwhile_is_not_overwritten():
    make_member("kazan")
    make_member("omsk", "Омск", "Omsk")
    plan = judge(["Slug", "Phone"], ["kazan", "+7 843 1"], ["omsk", "+7 3812 1"])
    Member.objects.get(slug="kazan").save()

    with pytest.raises(applying.Stale):
        applying.apply(plan)

    assert set(Member.objects.values_list("phone", flat=True)) == {""}


def test_failure_in_the_middle_writes_nothing(monkeypatch):
    make_country()
    plan = judge(HEADINGS, KAZAN)

    def fail(records):
        raise RuntimeError("search")

    monkeypatch.setattr(applying, "refresh_derived_many", fail)
    with pytest.raises(RuntimeError):
        applying.apply(plan)

    assert (Member.objects.count(), MemberName.objects.count()) == (0, 0)


def test_import_renews_cached_pages(django_capture_on_commit_callbacks):
    make_country()
    before = cacheversion.current()

    with django_capture_on_commit_callbacks(execute=True):
        write(HEADINGS, KAZAN)

    assert cacheversion.current() != before


def rows_of(count: int, phone: str) -> list[list]:
    return [
        [f"Город {n}", f"City {n}", "RU", "city", 5, 2024, "Europe/Moscow", 55, 49, None,
              None, phone, "2004", 1000 + n]
        for n in range(count)
    ]  # fmt: skip


def statements(count: int) -> list[int]:
    """How many statements judging and writing take for so many rows: new, then renamed ones."""
    counted = []
    for rows in (rows_of(count, "+7 843 1"), [
        [f"Новый {row[0]}", f"New {row[1]}", *row[2:4], 7, *row[5:11], "+7 843 2", *row[12:]]
        for row in rows_of(count, "")
    ]):  # fmt: skip
        sheet = reading.read(workbook(HEADINGS, *rows))
        with CaptureQueriesContext(connection) as queries:
            applying.apply(judging.judge(sheet, OPTIONS))
        counted.append(len(queries))
    return counted


def test_statements_do_not_grow_with_the_rows():
    make_country()
    few = statements(10)
    Member.objects.all().delete()

    assert statements(200) == few


def test_garbage_is_searched_for_again_after_an_import_that_failed(monkeypatch):
    make_country()
    monkeypatch.setattr(applying, "_add", lambda verdicts: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write(HEADINGS, KAZAN)

    assert gc.isenabled()
