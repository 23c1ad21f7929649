"""Who takes part, as staff see it: the list, deeds on all and on one city, the tables."""

import datetime
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from content import workqueue
from content.models import AuditEntry
from mailing.models import Message
from members.tests.factories import make_country, make_figure, make_member, make_representative
from questionnaires import letters, participants, participating
from questionnaires.models import Answer, QuestionnaireReminder, Response
from questionnaires.refusals import Refused
from questionnaires.taking_part import Inhabitants
from questionnaires.tests.factories import make_response, make_sent
from ratings.models import Edition, Zone
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db
State = Response.State
DESK = "admin:questionnaires_response_"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    return make_full_edition(admits_guests=True, population_year=2024)


@pytest.fixture
def desk(client_of, ratings_officer):
    client = client_of(ratings_officer)
    client.cookies["django_language"] = "en"
    return client


def city(name: str, **fields):
    return make_member(name.lower(), name, name, **fields)


def page(desk, edition, **asked) -> str:
    answer = desk.get(reverse(f"{DESK}edition", args=[edition.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def refused(deed, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        deed(*args, **kwargs)
    return str(caught.value)


def test_list_holds_every_member_and_every_questionnaire(edition):
    turkey = make_country("TR", "Турция", "Turkey", is_in_region=False)
    for name, kind in [("Astana", "city"), ("Union", "association"), ("Volga", "region")]:
        city(name, kind=kind)
    make_sent(edition, {"P1": 3, "E1": 1}, member=city("Bishkek"), population=1_000_000)
    make_response(edition, city("Kazan"), state="left_out", left_out_reason="Asked for it")
    Response.objects.create(edition=edition, name_en="Izmir", country=turkey, is_guest=True)
    city("Former", is_member=False)
    shown = [
        (one.name, one.state, one.progress, str(one.size_class or ""), one.is_guest)
        for one in participants.lines(edition)
    ]
    assert shown == [
        ("Astana", "none", "", "", False),
        ("Bishkek", "submitted", "2 of 3", "large", False),
        ("Izmir", "draft", "0 of 3", "", True),
        ("Kazan", "left_out", "0 of 3", "medium", False),
    ]


def test_inhabitants_of_those_who_have_not_begun_are_of_the_nearest_year(edition):
    member = city("Kazan")
    for year, value in [(2020, 90_000), (2023, 100_000), (2025, 100_001)]:
        make_figure(member, year, value)
    (line,) = participants.lines(edition)
    assert line.known == Inhabitants(100_001, 2025, "Rosstat")
    assert str(line.size_class) == "medium"


def test_list_takes_as_many_queries_for_100_cities_as_for_one(
    edition, django_assert_num_queries, django_assert_max_num_queries
):
    make_sent(edition, {"P1": 3}, member=city("Kazan"))
    city("Ufa")
    with django_assert_max_num_queries(7) as few:
        participants.lines(edition)
    first = make_member("template", "Образец", "Template")
    for number in range(100):
        first.pk, first._state.adding, first.slug = None, True, f"city-{number}"
        type(first).objects.bulk_create([first])
        make_response(edition, first)
    with django_assert_num_queries(len(few)):
        assert len(participants.lines(edition)) == 103


def test_list_is_filtered_and_ordered(edition):
    make_sent(edition, {"P1": 1}, member=city("Kazan"), population=1_300_000)
    make_sent(edition, {"P1": 1, "E1": 2}, member=city("Ufa"), letter_details="No. 5",
              population=90_000)  # fmt: skip
    make_response(edition, city("Perm"), population=None)
    make_response(edition, city("Izmir", is_member=False), is_guest=True)
    city("Omsk")
    found = participants.lines(edition)

    def names(**asked):
        return [one.name for one in participants.chosen(found, asked)]

    assert names() == ["Izmir", "Kazan", "Omsk", "Perm", "Ufa"]
    assert names(state="submitted") == ["Kazan", "Ufa"]
    assert names(state="none") == ["Omsk"]
    assert names(state="letter") == ["Ufa"]
    assert names(lacks="inhabitants") == ["Omsk", "Perm"]
    assert names(lacks="zone") == ["Izmir"]
    assert names(who="guests") == ["Izmir"]
    assert names(**{"class": "small"}) == ["Ufa"]
    assert names(order="-inhabitants") == ["Kazan", "Izmir", "Ufa", "Omsk", "Perm"]
    assert names(order="-progress")[:2] == ["Ufa", "Kazan"]
    assert names(order="nonsense", state="nonsense") == names()


def test_desk_shows_the_list_and_what_may_be_done(desk, edition):
    make_sent(edition, {"P1": 3}, member=city("Bishkek"), population=1_234_567)
    city("Osh")
    html = page(desk, edition)
    assert "1 of 3" in html
    assert "1,234,567" in html
    assert "Invite all members" in html
    assert "Not begun: 1" in html
    assert "Osh" not in page(desk, edition, state="submitted")
    assert "No city fits this choice." in page(desk, edition, state="checked")


def test_list_goes_out_as_csv_and_as_a_workbook(desk, edition):
    make_sent(edition, {"P1": 3}, member=make_member("kazan", "=Казань", "=Kazan"),
              population=1000, population_year=2024)  # fmt: skip
    address = reverse(f"{DESK}edition", args=[edition.pk])
    lines = desk.get(address, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("city,country,zone,guest,state,answered,questions,inhabitants")
    assert lines[1].startswith("'=Kazan,Russia,,no,sent,1,3,1000,2024")
    book = load_workbook(io.BytesIO(desk.get(address, {"format": "xlsx"}).content)).active
    assert [cell.value for cell in book[2]][:8] == [
        "'=Kazan", "Russia", None, "no", "sent", 1, 3, 1000,
    ]  # fmt: skip


def test_invitation_goes_to_every_member_once_and_makes_no_questionnaire(desk, edition, make_user):
    for name in ("Kazan", "Ufa"):
        make_representative(make_user(f"{name.lower()}@example.org"), city(name))
    city("Nobody")
    address = reverse(f"{DESK}many", args=[edition.pk, "invite"])
    for _press in range(2):
        desk.post(address)
    mails = Message.objects.filter(kind="questionnaires.opening").order_by("email")
    assert [one.email for one in mails] == ["kazan@example.org", "ufa@example.org"]
    assert not Response.objects.exists()
    assert [one.verb for one in AuditEntry.objects.filter(verb__startswith="questionnaires")] == [
        "questionnaires.invited"
    ]


def test_reminder_at_the_word_of_staff_leaves_out_who_has_sent(desk, edition, make_user):
    kazan, ufa, omsk = (city(name) for name in ("Kazan", "Ufa", "Omsk"))
    for member in (kazan, ufa, omsk):
        make_representative(make_user(f"{member.slug}@example.org"), member)
    make_sent(edition, {"P1": 1}, member=ufa)
    make_response(edition, omsk, state="left_out", left_out_reason="Late")
    for _press in range(2):
        desk.post(reverse(f"{DESK}many", args=[edition.pk, "remind"]))
    assert [one.email for one in Message.objects.all()] == ["kazan@example.org"]


def test_nobody_is_written_to_once_the_questionnaire_is_closed(desk, edition, make_user):
    make_representative(make_user("kazan@example.org"), city("Kazan"))
    Edition.objects.update(closes_at=timezone.now())
    desk.post(reverse(f"{DESK}many", args=[edition.pk, "invite"]))
    assert not Message.objects.exists()
    assert desk.post(reverse(f"{DESK}many", args=[edition.pk, "burn"])).status_code == 404


def test_inhabitants_are_taken_over_where_they_lack(desk, edition):
    kazan, ufa, omsk = (city(name) for name in ("Kazan", "Ufa", "Omsk"))
    make_figure(kazan, 2024, 1_318_604)
    make_figure(ufa, 2024, 1_100_000)
    make_response(edition, kazan, population=None, population_year=None)
    typed = make_response(edition, ufa, population=5)
    make_response(edition, omsk, population=None, population_year=None)
    desk.post(reverse(f"{DESK}many", args=[edition.pk, "fill"]))
    known = dict(Response.objects.values_list("member__slug", "population"))
    assert known == {"kazan": 1_318_604, "ufa": typed.population, "omsk": None}
    assert Response.objects.get(member=kazan).population_year == 2024


@pytest.mark.parametrize(
    ("typed", "stored", "said"),
    [
        ("1 318 604", 1_318_604, ""),
        ("12 тыс.", 12_000, ""),
        ("0", None, "A population is a number from 1 to 100,000,000. Check the zeros."),
        ("200 млн", None, "A population is a number from 1 to 100,000,000. Check the zeros."),
        ("1,5", None, "A population is a number from 1 to 100,000,000. Check the zeros."),
        ("many", None, "digits"),
    ],
)
def test_inhabitants_are_typed_as_people_type_numbers(desk, edition, typed, stored, said):
    response = make_response(edition, city("Kazan"), population=None)
    address = reverse(f"{DESK}deed", args=[response.pk, "inhabitants"])
    answer = desk.post(
        address, {"population": typed, "population_year": "2024", "population_source": "Rosstat"}
    )
    response.refresh_from_db()
    assert response.population == stored
    assert answer.status_code == (200 if said else 302)
    if said:
        assert said in answer.content.decode()
        assert typed in answer.content.decode()
    else:
        assert (response.population_year, response.population_source) == (2024, "Rosstat")


def test_inhabitants_of_a_year_to_come_are_refused(desk, edition):
    response = make_response(edition, city("Kazan"))
    address = reverse(f"{DESK}deed", args=[response.pk, "inhabitants"])
    answer = desk.post(address, {"population": "7", "population_year": "2090"})
    assert "This year is still to come." in answer.content.decode()


def test_rat_2_guest_is_added_by_name_and_country_once(desk, edition):
    turkey = make_country("TR", "Турция", "Turkey", is_in_region=False)
    zone = Zone.objects.create(edition=edition, title_en="Middle East", is_guest=True)
    address = reverse(f"{DESK}guest", args=[edition.pk])
    key = desk.get(address).context["adminform"].form["form_key"].value()
    typed = {
        "form_key": str(key), "name_en": "Izmir", "name_ru": "Измир", "country": turkey.pk,
        "zone": zone.pk,
    }  # fmt: skip
    for _press in range(2):
        assert desk.post(address, typed).status_code == 302
    guest = Response.objects.get()
    assert (guest.name_in("ru"), guest.name_in("en"), guest.zone, guest.is_guest) == (
        "Измир", "Izmir", zone, True,
    )  # fmt: skip
    key = desk.get(address).context["adminform"].form["form_key"].value()
    answer = desk.post(address, {**typed, "form_key": str(key), "name_ru": "", "name_en": "IZMIR"})
    assert "The city takes part in this edition already." in answer.content.decode()
    assert "(guest, Middle East)" in page(desk, edition)


def test_guest_on_record_is_no_member_and_comes_with_its_figures(edition, ratings_officer):
    izmir = city("Izmir", is_member=False)
    make_figure(izmir, 2024, 4_400_000)
    guest = participating.add_guest(edition, ratings_officer, member=izmir)
    assert (guest.is_guest, guest.population) == (True, 4_400_000)
    again = refused(participating.add_guest, edition, ratings_officer, member=izmir)
    assert again == "The city takes part in this edition already."
    own = refused(participating.add_guest, edition, ratings_officer, member=city("Kazan"))
    assert own == "This city is a member: it takes part by itself, not as a guest."
    nobody = refused(participating.add_guest, edition, ratings_officer, name_en="Izmir")
    assert nobody == "Choose a city, or give the name and the country of a guest."


def test_edition_without_guests_takes_none(ratings_officer):
    edition = make_full_edition(admits_guests=False)
    said = refused(participating.add_guest, edition, ratings_officer, member=city("Izmir"))
    assert said == "This edition has no guests. Its page says whether it admits them."


def test_city_is_left_out_with_a_reason_and_taken_back_as_far_as_it_was(desk, edition):
    response = make_sent(edition, {"P1": 1}, member=city("Kazan"))
    leave = reverse(f"{DESK}deed", args=[response.pk, "leave-out"])
    assert "This field is required." in desk.post(leave, {"reason": ""}).content.decode()
    desk.post(leave, {"reason": "No figures at all"})
    response.refresh_from_db()
    assert (response.state, response.left_out_reason) == (State.LEFT_OUT, "No figures at all")
    assert "No figures at all" in page(desk, edition)
    desk.post(reverse(f"{DESK}deed", args=[response.pk, "take-back"]))
    response.refresh_from_db()
    assert (response.state, response.left_out_reason) == (State.SUBMITTED, "")
    verbs = AuditEntry.objects.filter(verb__startswith="questionnaires").order_by("pk")
    assert [one.verb for one in verbs] == ["questionnaires.left_out", "questionnaires.taken_back"]


def test_draft_that_was_left_out_comes_back_as_a_draft(edition, ratings_officer):
    draft = make_response(edition, city("Kazan"))
    participating.leave_out(draft, "Late", ratings_officer)
    assert refused(participating.leave_out, draft, "Late", ratings_officer)
    assert participating.take_back(draft, ratings_officer).state == State.DRAFT
    assert refused(participating.take_back, draft, ratings_officer) == "The city is not left out."


def test_checked_questionnaire_comes_back_checked(edition, ratings_officer):
    response = make_sent(edition, {"P1": 1}, member=city("Kazan"), state="checked")
    Answer.objects.update(check_state="accepted", checked_by=ratings_officer,
                          checked_at=timezone.now())  # fmt: skip
    participating.leave_out(response, "By mistake", ratings_officer)
    assert participating.take_back(response, ratings_officer).state == State.CHECKED


def test_zone_of_a_guest_is_chosen(desk, edition):
    zone = Zone.objects.create(edition=edition, title_en="Middle East", is_guest=True)
    guest = make_response(edition, city("Izmir", is_member=False), is_guest=True)
    desk.post(reverse(f"{DESK}deed", args=[guest.pk, "zone"]), {"zone": zone.pk})
    guest.refresh_from_db()
    assert guest.zone == zone


def test_nothing_of_a_sealed_edition_changes(desk, edition, ratings_officer):
    response = make_sent(edition, {"P1": 1}, member=city("Kazan"))
    Edition.objects.update(sealed_at=timezone.now())
    edition.refresh_from_db()
    known = Inhabitants(5, 2024, "")
    for deed, args in [
        (participating.set_inhabitants, (response, known, ratings_officer)),
        (participating.set_zone, (response, None, ratings_officer)),
        (participating.leave_out, (response, "Late", ratings_officer)),
        (participating.fill_inhabitants, (edition, ratings_officer)),
        (participating.add_guest, (edition, ratings_officer)),
    ]:
        assert refused(deed, *args).startswith("The results are sealed")
    html = page(desk, edition)
    assert "Invite all members" not in html
    shown = desk.get(reverse(f"{DESK}change", args=[response.pk])).content.decode()
    assert "Leave out of the rating" not in shown


def test_front_page_counts_what_the_lists_hold(desk, edition, ratings_officer):
    Zone.objects.create(edition=edition, title_en="Middle East", is_guest=True)
    make_sent(edition, {"P1": 1}, member=city("Kazan"))
    make_response(edition, city("Ufa"), population=None)
    make_response(edition, city("Izmir", is_member=False), is_guest=True)
    sealed = make_full_edition()
    make_sent(sealed, {"P1": 1}, member=city("Omsk"), population=None)
    Edition.objects.filter(pk=sealed.pk).update(sealed_at=timezone.now())
    named = {"Questionnaires to check", "Cities of a rating without inhabitants",
             "Guests of a rating without a zone"}  # fmt: skip
    queues = [one for one in workqueue.queues_for(ratings_officer) if str(one.title) in named]
    assert [(one.count, one.is_hot) for one in queues] == [(1, False), (1, True), (1, False)]
    for queue, name in zip(queues, ["Kazan", "Ufa", "Izmir"], strict=True):
        rows = desk.get(queue.url).context["cl"].queryset
        assert [str(one.member.name_en) for one in rows] == [name]


def test_reminders_are_kept_by_staff_and_meant_for_the_unsent(desk, edition):
    address = reverse("admin:questionnaires_questionnairereminder_add")
    desk.post(address, {"edition": edition.pk, "amount": "5", "unit": "days"})
    rule = QuestionnaireReminder.objects.get()
    assert (rule.audience, rule.distance_words) == ("unsent", "5 days")
    assert "5 days" in desk.get(
        reverse("admin:questionnaires_questionnairereminder_changelist")
    ).content.decode()  # fmt: skip


def test_progress_counts_numbers_texts_and_no_such_figure(edition):
    response = make_sent(edition, {"P1": 0, "P2": None})
    Answer.objects.filter(indicator__code="P2").update(is_unknown=True)
    assert participants.progress(response) == (2, 3)
    assert participants.with_progress(edition).get().answered == 2
    assert letters.unsent(edition) == []
    assert Decimal(0) == response.answers.get(indicator__code="P1").number
    assert response.submitted_at > timezone.now() - datetime.timedelta(hours=1)
