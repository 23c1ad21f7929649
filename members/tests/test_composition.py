"""The composition of an association: it adds up, on the page and in the admin."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from members import composition
from members.composition import Made, Part
from members.models import Composition, CompositionPart
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db

ADD = "/admin/members/composition/add/"
UDMURTIA = [
    ("городские округа", "urban districts", 5),
    ("муниципальные районы", "municipal areas", 25),
    ("городские поселения", "urban settlements", 2),
    ("сельские поселения", "rural settlements", 309),
]


def make_union(kind="association"):
    return make_member("udmurtia", "Совет", "Council", kind=kind)


def make_composition(member, total=341, year=2015, parts=UDMURTIA):
    row = Composition.objects.create(
        member=member, as_of=datetime.date(year, 1, 1), total=total, source_en="The city’s site"
    )
    for order, (kind_ru, kind_en, count) in enumerate(parts):
        CompositionPart.objects.create(
            composition=row, kind_ru=kind_ru, kind_en=kind_en, count=count, order=order
        )
    return row


def make_and_check(member, parts):
    """Make a composition; the database checks at once what it else checks at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        make_composition(member, parts=parts)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# On the page.


def test_composition_is_told_as_a_sum():
    member = make_union()
    make_composition(member)

    with translation.override("en"):
        made = composition.composition_of(member)

    assert made == Made(
        datetime.date(2015, 1, 1), 341, "341 = 5 + 25 + 2 + 309", "The city’s site", "",
        [Part(kind_en, "", count) for _ru, kind_en, count in UDMURTIA],
    )  # fmt: skip


def test_latest_composition_up_to_the_day_counts():
    member = make_union()
    make_composition(member)
    make_composition(member, 2, 2020, [("Округа", None, 2)])

    with translation.override("en"):
        latest = composition.composition_of(member)
        earlier = composition.composition_of(member, datetime.date(2019, 12, 31))

    assert (latest.parts, earlier.total) == ([Part("Округа", "ru", 2)], 341)
    assert composition.composition_of(member, datetime.date(2014, 12, 31)) is None


def test_city_is_not_asked_for_a_composition(django_assert_num_queries):
    member = make_member()

    with django_assert_num_queries(0):
        assert composition.composition_of(member) is None


@pytest.mark.parametrize(("language", "words"), [("en", "Urban districts"), ("ru", "Городские")])
def test_page_of_an_association_shows_the_table_that_adds_up(client, language, words):
    parts = [(ru.capitalize(), en.capitalize(), count) for ru, en, count in UDMURTIA]
    make_composition(make_union(), parts=parts)

    html = client.get(f"/{language}/members/udmurtia/").content.decode()

    assert "<b>341 = 5 + 25 + 2 + 309</b>" in html
    assert words in html
    assert '<td class="num">309</td>' in html


def test_database_refuses_parts_that_do_not_add_up():
    member = make_union()

    parts = [*UDMURTIA[:3], ("сельские", "rural", 310)]

    with pytest.raises(IntegrityError, match="add up to 342, not to 341"):
        make_and_check(member, parts)


# In the admin.


def posted(member, total, counts, **more):
    """What the admin form sends for a new composition with these numbers of parts."""
    data = {
        "member": member.pk, "as_of": "2015-01-01", "total": total,
        "source_ru": "", "source_en": "",
        "parts-TOTAL_FORMS": len(counts), "parts-INITIAL_FORMS": 0,
        "parts-MIN_NUM_FORMS": 0, "parts-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    for number, count in enumerate(counts):
        data |= {
            f"parts-{number}-kind_ru": f"Вид {number}", f"parts-{number}-kind_en": "",
            f"parts-{number}-count": count, f"parts-{number}-order": number,
        }  # fmt: skip
    return data | more


def test_composition_that_adds_up_is_saved(desk):
    response = desk.post(ADD, posted(make_union(), 341, [5, 25, 2, 309]))

    assert response.status_code == 302
    assert list(CompositionPart.objects.values_list("count", flat=True)) == [5, 25, 2, 309]


def test_composition_that_does_not_add_up_is_refused_beside_the_total(desk):
    response = desk.post(ADD, posted(make_union(), 341, [5, 25, 2, 310]))

    form = response.context["adminform"].form
    assert form.errors == {
        "total": ["The parts add up to 342 = 5 + 25 + 2 + 310, and the total is 341."]
    }
    html = response.content.decode()
    assert 'value="310"' in html
    assert 'value="Вид 3"' in html
    assert not Composition.objects.exists()


def test_part_that_is_to_be_deleted_does_not_count(desk):
    row = make_composition(make_union())
    parts = list(row.parts.all())
    data = posted(row.member, 32, [5, 25, 2, 309], **{"parts-INITIAL_FORMS": 4})
    for number, part in enumerate(parts):
        data |= {f"parts-{number}-id": part.pk, f"parts-{number}-composition": row.pk}

    response = desk.post(
        f"/admin/members/composition/{row.pk}/change/", data | {"parts-3-DELETE": "on"}
    )

    assert response.status_code == 302
    assert [part.count for part in row.parts.all()] == [5, 25, 2]


def test_total_of_nothing_is_refused(desk):
    response = desk.post(ADD, posted(make_union(), 0, []))

    assert response.context["adminform"].form.errors == {
        "total": ["An association unites one municipality at least."]
    }


def test_city_has_no_composition(desk):
    response = desk.post(ADD, posted(make_union(kind="city"), 5, [5]))

    assert response.context["adminform"].form.errors == {
        "member": ["Only an association of municipalities has a composition."]
    }


def test_page_of_an_association_in_the_admin_leads_to_its_compositions(desk):
    row = make_composition(make_union())

    html = desk.get(f"/admin/members/member/{row.member_id}/change/").content.decode()

    assert f"/admin/members/composition/{row.pk}/change/" in html


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_compositions_costs_the_same(desk, django_assert_max_num_queries, count):
    for number in range(count):
        member = make_member(f"union-{number}", kind="association")
        make_composition(member)

    with django_assert_max_num_queries(13):
        response = desk.get("/admin/members/composition/")

    assert response.context["cl"].result_count == count
