import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from content.models import PrivateFile
from mailing.models import Message
from members.tests.factories import make_member
from partnerships import stating
from partnerships.models import HelpRequest, MatchWish, OutsideCity, Partnership
from partnerships.tests.factories import A_DAY, make_city, make_help_request, make_partnership

pytestmark = pytest.mark.django_db

CABINET = "/en/cabinet/stavropol/partnerships/"
ADD = f"{CABINET}add/"
KAZAN = "/en/cabinet/kazan/partnerships/"
REQUESTS = "/en/cabinet/stavropol/requests/"


def typed(**values) -> dict:
    """What a browser sends from the form of a new partnership."""
    return {
        "form_key": uuid.uuid4(), "partner_name": "Zhenjiang", "kind": "sister_city",
        "stage": "signed", "signed": "2012", **values,
    }  # fmt: skip


def errors(response) -> dict:
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_twn_1_through_the_cabinet_both_ways(door, kazan_door, stavropol, kazan):
    city = make_city()

    assert door.post(ADD, typed()).status_code == 302
    assert door.post(ADD, typed(partner_name="казань", signed="12.05.2014")).status_code == 302

    outside, inside = Partnership.objects.order_by("pk")
    assert (outside.city, outside.signed_precision, outside.answer) == (city, "year", "not_asked")
    assert (inside.answer, inside.stated_by) == ("asked", stavropol)
    assert "stated by you" in door.get(CABINET).content.decode()
    asked = kazan_door.get(KAZAN).content.decode()
    assert f"{KAZAN}{inside.pk}/answer/" in asked
    page = f"{KAZAN}{inside.pk}/answer/"
    version = Partnership.objects.get(pk=inside.pk).version
    refusal = {"deed": "refuse", "version": version, "reason": "", "stage": "", "signed": "2015"}

    assert kazan_door.post(page, refusal).status_code == 302

    inside.refresh_from_db()
    assert (inside.answer, inside.other_signed_on.year) == ("refused", 2015)
    assert "not confirmed" not in door.get(CABINET).content.decode()
    assert "the secretariat is clearing it up" in kazan_door.get(KAZAN).content.decode()


def test_confirming_in_the_cabinet(door, kazan_door, stavropol, kazan, rep):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    kazan_door.post(f"{KAZAN}{row.pk}/answer/", {"deed": "confirm", "version": row.version})

    assert Partnership.objects.get().answer == "confirmed"
    assert "confirmed by both sides" in door.get(CABINET).content.decode()


@pytest.mark.parametrize("version", ["0", "", "x", "²"])
def test_confirming_what_was_not_read_is_refused(kazan_door, stavropol, kazan, rep, version):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    kazan_door.post(f"{KAZAN}{row.pk}/answer/", {"deed": "confirm", "version": version})

    assert Partnership.objects.get().answer == "asked"


def test_refusing_without_a_word_is_told(kazan_door, stavropol, kazan, rep):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    response = kazan_door.post(
        f"{KAZAN}{row.pk}/answer/", {"deed": "refuse", "version": row.version}
    )

    assert errors(response) == {"reason": ["Say what is not so."]}


def test_who_states_it_cannot_confirm_it(door, stavropol, kazan, rep):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    assert door.get(f"{CABINET}{row.pk}/answer/").status_code == 404
    answer = door.post(f"{CABINET}{row.pk}/answer/", {"deed": "confirm", "version": row.version})
    assert answer.status_code == 404
    assert Partnership.objects.get().answer == "asked"


def test_twn_2_itself_and_a_double_are_refused_with_a_link(
    door, kazan_door, stavropol, kazan, rep
):  # fmt: skip
    response = door.post(ADD, typed(partner_name="Stavropol"))
    assert errors(response) == {"partner_name": ["A city is not its own sister city."]}

    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)
    for client, base, name in ((door, CABINET, "Kazan"), (kazan_door, KAZAN, "Stavropol")):
        response = client.post(f"{base}add/", typed(partner_name=name))
        assert errors(response) == {"partner_name": ["These two have a record already."]}
        assert f'href="{base}{row.pk}/"' in response.content.decode()
    assert Partnership.objects.count() == 1


def test_a_second_click_makes_no_second_record(door):
    make_city()
    values = typed()

    assert [door.post(ADD, values).status_code for _ in range(2)] == [302, 302]
    assert Partnership.objects.count() == 1


def test_an_unknown_city_is_told_and_can_be_added(door, rep):
    response = door.post(ADD, typed(partner_name="Giugliano in Campania"))
    assert list(errors(response)) == ["partner_name"]
    response = door.post(ADD, typed(partner_name="Giugliano in Campania", is_new="on"))
    assert errors(response) == {"country": ["Choose the country of the new city."]}
    assert not OutsideCity.objects.exists()

    new = {"is_new": "on", "country": "IT", "other_name": "Джульяно-ин-Кампания"}
    door.post(ADD, typed(partner_name="Giugliano in Campania", **new))

    city = OutsideCity.objects.get()
    assert (city.name_ru, city.name_en, city.country.code) == (
        "Джульяно-ин-Кампания", "Giugliano in Campania", "IT",
    )  # fmt: skip


def test_a_name_of_several_cities_asks_which(door, stavropol):
    one, other = make_city(), make_member("zhenjiang", "Чжэньцзян", "Zhenjiang", is_member=False)

    response = door.post(ADD, typed())

    assert errors(response) == {"choice": ["Several cities bear this name. Choose one."]}
    assert f'value="city:{one.pk}"' in response.content.decode()
    door.post(ADD, typed(choice=f"member:{other.pk}"))
    assert Partnership.objects.get().partner in (stavropol, other)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"signed": ""}, {"signed": ["Say when it was signed; the year is enough."]}),
        ({"signed": "2999"}, {"signed": ["This day is still to come."]}),
        (
            {"signed": "31.02.2012"},
            {"signed": ["Write a day, a month or a year: 12.05.2014, 05.2014 or 2014."]},
        ),
        (
            {"stage": "ended", "ended": "2011"},
            {"ended": ["It cannot end before it was signed."]},
        ),
        ({"ended": "2014"}, {"ended": ["An end is for partnerships that have ended."]}),
    ],
)
def test_bad_facts_stand_beside_their_field(door, values, wrong):
    make_city()

    response = door.post(ADD, typed(**values))

    assert errors(response) == wrong
    assert 'value="Zhenjiang"' in response.content.decode()
    assert not Partnership.objects.exists()


def test_a_change_asks_the_other_side_again(door, stavropol, kazan, rep, kazan_rep):
    row = stating.confirm(stating.state(stavropol, kazan, rep, signed_on=A_DAY), kazan_rep)
    Message.objects.all().delete()
    form = {"kind": "friendship", "stage": "signed", "signed": "12.05.2012", "version": row.version}

    assert door.post(f"{CABINET}{row.pk}/", form).status_code == 302

    assert Partnership.objects.get().answer == "asked"
    assert Message.objects.get().email == "rep@kazan.example"


def test_a_newer_version_is_not_overwritten(door, stavropol, kazan, rep):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)
    form = {"kind": "other", "stage": "signed", "signed": "2012", "version": row.version - 1}

    response = door.post(f"{CABINET}{row.pk}/", form)

    assert "Somebody saved this record" in errors(response)["__all__"][0]
    assert Partnership.objects.get().kind == "sister_city"


def test_the_agreement_is_fetched_by_both_sides_only(
    door, kazan_door, client, stavropol, kazan, make_representative
):
    make_city()
    upload = SimpleUploadedFile("agreement.pdf", b"%PDF-1.7 agreement")
    door.post(ADD, typed(partner_name="Kazan", upload=upload))
    row = Partnership.objects.get()
    client.force_login(make_representative(make_member("perm", "Пермь", "Perm")))

    answers = [
        one.get(f"/en/cabinet/{slug}/partnerships/{row.pk}/agreement/")
        for one, slug in ((door, "stavropol"), (kazan_door, "kazan"), (client, "perm"))
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert answers[1].getvalue() == b"%PDF-1.7 agreement"
    answers[0].getvalue()


def test_a_file_of_another_kind_is_refused(door):
    make_city()
    upload = SimpleUploadedFile("agreement.exe", b"MZ")

    assert list(errors(door.post(ADD, typed(upload=upload)))) == ["upload"]


def test_refused_form_leaves_no_file_behind(door):
    upload = SimpleUploadedFile("agreement.pdf", b"%PDF-1.7 agreement")

    response = door.post(ADD, typed(partner_name="Nowhere", upload=upload))

    assert list(errors(response)) == ["partner_name"]
    assert PrivateFile.objects.count() == 0


def test_other_city_is_not_flooded_with_letters(
    door, stavropol, kazan, kazan_rep, rep, monkeypatch
):
    monkeypatch.setattr("partnerships.cabinet_views.RATES", {"state": "1/d/user"})
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)
    page = f"{CABINET}{row.pk}/"
    before = Message.objects.count()

    for year in ("2010", "2011", "2012"):
        opened = door.get(page).context["form"]
        answer = door.post(page, {
            "version": opened.initial["version"], "kind": "sister_city", "stage": "signed",
            "signed": year,
        })  # fmt: skip

    assert errors(answer) == {
        "__all__": ["You have stated many partnerships today. Go on tomorrow."]
    }
    assert Message.objects.count() == before + 1


def test_strangers_find_no_partnership(kazan_door, kazan, stavropol):
    row = make_partnership(stavropol)

    for address in (f"{KAZAN}{row.pk}/", f"{CABINET}{row.pk}/", CABINET, ADD):
        assert kazan_door.get(address).status_code == 404


def test_the_form_starts_from_what_is_on_record(door, stavropol, kazan):
    row = make_partnership(stavropol, kazan, signed_precision="month", agreement_en="On friendship")

    page = door.get(f"{CABINET}{row.pk}/").content.decode()

    assert 'value="05.2012"' in page
    assert 'value="On friendship"' in page


def test_one_and_many_partnerships_take_the_same_queries(
    door, stavropol, django_assert_max_num_queries
):
    make_partnership(stavropol)
    door.get(CABINET)
    with django_assert_max_num_queries(14):
        door.get(CABINET)
    for number in range(60):
        make_partnership(stavropol, make_city(f"c-{number}", f"Г {number}", f"C {number}"))
    with django_assert_max_num_queries(14):
        door.get(CABINET)


def test_looking_for_partners_is_said_and_taken_back(door, stavropol, rep):
    door.post(f"{CABINET}wish/", {"wish": "yes"})
    door.post(f"{CABINET}wish/", {"wish": "yes"})
    assert MatchWish.objects.get().opted_by == rep

    door.post(f"{CABINET}wish/", {"wish": "no"})
    assert not MatchWish.objects.exists()


def test_s3_54_a_request_for_an_introduction_from_the_match_maker(door, stavropol, kazan):
    page = door.get(f"{REQUESTS}new/?to=kazan").content.decode()
    assert 'value="Introduction to Kazan"' in page
    form = {
        "form_key": uuid.uuid4(), "kind": "introduction", "subject": "Introduction to Kazan",
        "text": "Please.", "country": "RU", "wished_city": "Kazan", "to": "kazan",
    }  # fmt: skip

    for _click in range(2):
        assert door.post(f"{REQUESTS}new/", form).status_code == 302

    request = HelpRequest.objects.get()
    assert (request.member, request.wished_member, request.wished_country.code) == (
        stavropol, kazan, "RU",
    )  # fmt: skip
    assert "Introduction to Kazan" in door.get(REQUESTS).content.decode()


def test_a_request_without_text_is_told(door, stavropol):
    response = door.post(
        f"{REQUESTS}new/",
        {"form_key": uuid.uuid4(), "kind": "help", "subject": "Visas", "text": ""},
    )

    assert list(errors(response)) == ["text"]
    assert 'value="Visas"' in response.content.decode()


def test_secretariat_is_not_flooded_with_requests(door, stavropol, monkeypatch):
    monkeypatch.setattr("partnerships.cabinet_requests.RATES", {"ask": "1/d/user"})
    for _time in range(2):
        answer = door.post(f"{REQUESTS}new/", {
            "form_key": uuid.uuid4(), "kind": "help", "subject": "Help", "text": "Please",
        })  # fmt: skip

    assert errors(answer) == {"__all__": ["You have sent many requests today. Go on tomorrow."]}
    assert HelpRequest.objects.count() == 1


def test_a_request_shows_history_and_is_closed(door, kazan_door, kazan, stavropol, rep):
    request = make_help_request(stavropol, rep)
    page = f"{REQUESTS}{request.pk}/"

    assert "Close the request" in door.get(page).content.decode()
    assert kazan_door.get(f"/en/cabinet/kazan/requests/{request.pk}/").status_code == 404
    door.post(page)

    request.refresh_from_db()
    assert request.state == "closed"
    assert "Close the request" not in door.get(page).content.decode()
