import pytest

from content import dated
from governance.tests.factories import make_organisation
from mailing.models import Message
from members.tests.factories import make_member
from partnerships import stating
from partnerships.models import Affiliation, HelpRequest, OutsideCity, Partnership
from partnerships.tests.factories import (
    A_DAY,
    make_affiliation,
    make_city,
    make_help_request,
    make_partnership,
    make_wish,
)

pytestmark = pytest.mark.django_db

ADMIN = "/admin/partnerships/"
PARTNERSHIP = f"{ADMIN}partnership/"
NO_SIGNATORIES = {
    "signatories-TOTAL_FORMS": 0, "signatories-INITIAL_FORMS": 0,
}  # fmt: skip


def typed(one, **values) -> dict:
    return {
        "member_a": one.pk, "kind": "sister_city", "stage": "signed", "signed_on": "2012-05-12",
        "signed_precision": "day", "ended_precision": "day", "version": 0,
        **NO_SIGNATORIES, **values,
    }  # fmt: skip


def test_staff_add_a_partnership_and_the_member_is_asked(desk, stavropol, kazan, kazan_rep):
    answer = desk.post(f"{PARTNERSHIP}add/", typed(stavropol, member_b=kazan.pk))

    assert answer.status_code == 302
    row = Partnership.objects.get()
    assert (row.answer, row.stated_by) == ("asked", stavropol)
    assert Message.objects.get().email == "rep@kazan.example"


def test_twn_2_in_the_admin_with_a_link_to_the_record(desk, stavropol, kazan):
    row = make_partnership(stavropol, kazan)

    page = desk.post(f"{PARTNERSHIP}add/", typed(kazan, member_b=stavropol.pk)).content.decode()
    assert f'href="{PARTNERSHIP}{row.pk}/change/"' in page
    page = desk.post(f"{PARTNERSHIP}add/", typed(kazan, member_b=kazan.pk)).content.decode()
    assert "A city is not its own sister city." in page
    city = make_city()
    page = desk.post(
        f"{PARTNERSHIP}add/", typed(kazan, member_b=stavropol.pk, city=city.pk)
    ).content.decode()
    assert "Name one partner: a member or a city outside, not both." in page
    assert Partnership.objects.count() == 1


def test_a_change_by_staff_asks_again_and_keeps_versions(desk, stavropol, kazan):
    row = make_partnership(stavropol, kazan)
    low, high = row.member_a, row.member_b
    values = typed(low, member_b=high.pk, stated_by=stavropol.pk, stage="dormant")

    assert desk.post(f"{PARTNERSHIP}{row.pk}/change/", values).status_code == 200
    values["version"] = row.version
    assert desk.post(f"{PARTNERSHIP}{row.pk}/change/", values).status_code == 302

    row.refresh_from_db()
    assert (row.stage, row.answer) == ("dormant", "asked")


def test_staff_see_what_is_not_confirmed_and_settle_it(
    desk, stavropol, kazan, rep, kazan_rep, editor
):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)
    stating.refuse(row, kazan_rep, stating.Dissent("It was 2013.", "dormant"))

    page = desk.get(f"{PARTNERSHIP}?answer__exact=refused").content.decode()
    assert "not confirmed" in page
    one = desk.get(f"{PARTNERSHIP}{row.pk}/change/").content.decode()
    assert "It was 2013.; dormant" in one
    desk.post(PARTNERSHIP, {"action": "settle", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("confirmed", editor)


def test_the_list_takes_the_same_queries_for_one_and_many(
    desk, stavropol, django_assert_max_num_queries
):
    make_partnership(stavropol)
    desk.get(PARTNERSHIP)
    with django_assert_max_num_queries(12):
        desk.get(PARTNERSHIP)
    for number in range(60):
        make_partnership(stavropol, make_city(f"c-{number}", f"Г {number}", f"C {number}"))
    with django_assert_max_num_queries(12):
        desk.get(PARTNERSHIP)


def test_a_letter_of_a_near_anniversary_in_both_languages(desk, stavropol):
    today = dated.today()
    day = today.replace(year=today.year - 10, day=min(today.day, 28))
    row = make_partnership(stavropol, signed_on=day, signed_precision="month")
    far = make_partnership(stavropol, make_city("x", "Икс", "Ex"))

    page = desk.get(f"{PARTNERSHIP}{row.pk}/change/").content.decode()
    for code in ("ru", "en"):
        address = f"{PARTNERSHIP}{row.pk}/letter/{stavropol.pk}/{code}/"
        assert address in page
        answer = desk.get(address)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert desk.get(f"{PARTNERSHIP}?anniversary=near").content.decode().count("/change/") >= 1
    for pk, side, code in (
        (row.pk, stavropol.pk, "de"), (row.pk, 0, "ru"), (far.pk, stavropol.pk, "ru"),
        (9999, stavropol.pk, "ru"),
    ):  # fmt: skip
        assert desk.get(f"{PARTNERSHIP}{pk}/letter/{side}/{code}/").status_code == 404


def test_a_city_outside_gets_its_address_and_spellings(desk):
    country = make_city().country
    values = {
        "name_ru": "Пазарджик", "name_en": "Pazardzhik", "country": country.pk, "slug": "",
        "version": 0, "aliases-TOTAL_FORMS": 1, "aliases-INITIAL_FORMS": 0,
        "aliases-0-name_en": "Pazardjik",
    }  # fmt: skip

    assert desk.post(f"{ADMIN}outsidecity/add/", values).status_code == 302

    city = OutsideCity.objects.get(slug="pazardzhik")
    assert city.name_search.split("\n") == ["pazardjik", "pazardzhik", "пазарджик"]


def test_cities_and_members_are_chosen_by_any_name(desk):
    make_city()
    address = "/admin/autocomplete/?app_label=partnerships&model_name=partnership&field_name=city"

    found = desk.get(f"{address}&term=чжэнь").json()["results"]

    assert [one["text"] for one in found] == ["Zhenjiang"]


def test_overlapping_memberships_are_told(desk, kazan):
    iac = make_organisation("iac", name_en="IAC")
    make_affiliation(kazan, iac, 2003)
    values = {
        "member": kazan.pk, "organisation": iac.pk, "grade": "", "starts_on": "2010-01-01",
        "starts_precision": "year", "ends_precision": "day",
    }  # fmt: skip

    page = desk.post(f"{ADMIN}affiliation/add/", values).content.decode()

    assert "This member belongs to this association on some of these days already." in page
    assert Affiliation.objects.count() == 1


def test_staff_answer_a_request(desk, stavropol, rep, editor):
    request = make_help_request(stavropol, rep)
    address = f"{ADMIN}helprequest/{request.pk}/change/"
    steps = {"steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0}
    desk.post(f"{ADMIN}helprequest/", {"action": "take", "_selected_action": [request.pk]})
    request.refresh_from_db()
    assert request.state == "in_work"

    empty = desk.post(address, {"answer": " ", "version": request.version, **steps})
    assert "Write the answer." in empty.content.decode()
    done = desk.post(address, {"answer": "Here it is.", "version": request.version, **steps})

    assert done.status_code == 302
    request.refresh_from_db()
    assert (request.state, request.answer, request.answered_by) == (
        "answered", "Here it is.", editor,
    )  # fmt: skip
    assert Message.objects.filter(email=rep.email).count() == 2
    assert HelpRequest.objects.count() == 1


def test_staff_see_who_looks_for_partners(desk, stavropol, rep):
    wish = make_wish(stavropol, rep)
    make_member("perm", "Пермь", "Perm")

    assert desk.get(f"{ADMIN}matchwish/").status_code == 200
    assert desk.get(f"{ADMIN}matchwish/{wish.pk}/change/").status_code == 200
