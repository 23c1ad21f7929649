"""The roster of an event: orders, filters, deeds, the workbook, the papers, the doors."""

import io
import re
import uuid

import pypdf
import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from accounts.models import Role
from attendance import checkin_doors, confirmation_letters, protocol, rosters
from attendance.models import DoorPass
from attendance.protocol import Order
from attendance.rosters import Filters
from attendance.tests.factories import (
    crowd,
    make_check_in,
    make_event,
    make_member,
    make_part,
    make_participant,
    make_user,
    today_in,
)
from content import tasks
from content.models import Job
from events import columns
from events.models import Delegation, Participant
from members.tests.factories import make_country, make_representative

pytestmark = pytest.mark.django_db
Status = Participant.Status


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def event(db):
    return make_event()


@pytest.fixture
def officer(events_officer):
    events_officer.language = "en"
    events_officer.save()
    return events_officer


@pytest.fixture
def client(client_of, officer):
    return client_of(officer)


@pytest.fixture
def people(event):
    """Ёлкин of Yakutsk, Russia, a mayor; Аманов of Astana and Жуков of Almaty, Kazakhstan."""
    russia = make_country()
    kazakhstan = make_country("KZ", "Казахстан", "Kazakhstan")
    rows = [
        ("yakutsk", "Якутск", "Yakutsk", russia, "Ёлкин Пётр", "Petr Yolkin", 1),
        ("astana", "Астана", "Astana", kazakhstan, "Аманов Канат", "Kanat Amanov", 4),
        ("almaty", "Алматы", "Almaty", kazakhstan, "Жуков Олег", "Oleg Zhukov", 4),
    ]
    return [
        make_participant(
            event, member=make_member(slug=slug, name_ru=ru, name_en=en, country=country),
            name_cyrillic=cyrillic, name_latin=latin, rank=rank,
        )
        for slug, ru, en, country, cyrillic, latin, rank in rows
    ]  # fmt: skip


def _names(event, order, language="ru"):
    keys = protocol.ordered_keys(event.participants.all(), order, language)
    return [one.name_cyrillic.split()[0] for one in rosters.page_of(keys)]


def test_orders_follow_the_alphabet_of_the_reader(event, people):
    assert _names(event, Order.CITY) == ["Жуков", "Аманов", "Ёлкин"]
    assert _names(event, Order.COUNTRY) == ["Жуков", "Аманов", "Ёлкин"]
    assert _names(event, Order.PROTOCOL) == ["Ёлкин", "Жуков", "Аманов"]
    make_participant(
        event, member=make_member(slug="ziguli", name_ru="Абакан", name_en="Zhiguli"),
        name_cyrillic="Ян Ян", rank=1,
    )  # fmt: skip
    assert _names(event, Order.CITY)[0] == "Ян"
    assert _names(event, Order.CITY, "en")[-1] == "Ян"
    assert _names(event, Order.PROTOCOL) == ["Ян", "Ёлкин", "Жуков", "Аманов"]


def test_head_stands_first_in_the_delegation(event):
    rows = crowd(event, cities=1, people=3)
    Participant.objects.filter(pk=rows[2].pk).update(is_head=True)
    keys = protocol.ordered_keys(event.participants.all(), Order.CITY, "ru")
    assert keys == [rows[2].pk, rows[0].pk, rows[1].pk]


def test_guests_stand_among_the_members(event, people):
    guests = Delegation.objects.create(event=event, guest_of="Бухара", guest_country="UZ")
    Participant.objects.create(
        event=event, delegation=guests, name_cyrillic="Гость Б", status="confirmed",
        confirmed_at=event.created_at,
    )  # fmt: skip
    assert _names(event, Order.CITY) == ["Жуков", "Аманов", "Гость", "Ёлкин"]
    assert _names(event, Order.COUNTRY) == ["Жуков", "Аманов", "Ёлкин", "Гость"]


def test_filters_leave_those_who_were_asked_for(event, people):
    council = make_part(event)
    member = people[0].delegation.member
    make_participant(council, member=member, whole=people[0], email="")
    make_check_in(people[1])
    Participant.objects.filter(pk=people[2].pk).update(mode="online", status="pending")
    asked = {
        (): 3, ("state", "pending"): 1, ("state", "confirmed"): 2, ("mode", "online"): 1,
        ("part", str(council.pk)): 1, ("came", "yes"): 1, ("came", "no"): 2, ("text", "жуков"): 1,
        ("text", "Astana"): 1, ("part", "x"): 3, ("state", "nonsense"): 3,
    }  # fmt: skip
    for given, number in asked.items():
        filters = Filters.read(dict([given]) if given else {})
        assert rosters.people(event, filters).count() == number, given


class TestPage:
    """The page of the staff."""

    def _address(self, event, name="roster"):
        return reverse(f"admin:attendance_{name}", args=[event.pk])

    def test_page_shows_both_names_city_country_and_state(self, client, event, people):
        page = client.get(self._address(event), {"order": "protocol"}).content.decode()
        for words in ("Ёлкин Пётр", "Petr Yolkin", "Yakutsk", "Kazakhstan"):
            assert words in page
        assert page.index("Ёлкин") < page.index("Жуков") < page.index("Аманов")

    def test_page_takes_the_same_queries_for_many(
        self, client, event, django_assert_max_num_queries
    ):
        crowd(event, cities=4, people=2)
        client.get(self._address(event))
        with django_assert_max_num_queries(26) as few:
            client.get(self._address(event))
        crowd(make_event("x"), cities=1, people=1)
        for number, member in enumerate(make_member(slug=f"more-{n}") for n in range(8)):
            rows = [make_participant(event, member=member, email=f"m{number}@e.org")]
            assert rows
        with django_assert_max_num_queries(len(few)):
            client.get(self._address(event))

    def test_chosen_are_let_in_and_taken_out(self, client, event):
        waiting = make_participant(event, status="over_quota")
        sure = make_participant(event)
        address = self._address(event, "deed")
        client.post(address, {"deed": "let_in", "person": [waiting.pk, sure.pk]})
        client.post(address, {"deed": "take_out", "person": [sure.pk]})
        waiting.refresh_from_db()
        sure.refresh_from_db()
        assert (waiting.status, sure.status) == ("confirmed", "cancelled")

    def test_deed_on_people_of_another_event_does_nothing(self, client, event):
        other = make_participant(make_event("other"))
        client.post(self._address(event, "deed"), {"deed": "take_out", "person": [other.pk]})
        other.refresh_from_db()
        assert other.status == "confirmed"

    def test_unknown_deed_is_no_page(self, client, event):
        address = self._address(event, "deed")
        assert client.post(address, {"deed": "sing"}).status_code == 404
        assert client.get(address).status_code == 405

    def test_workbook_is_made_by_a_worker_with_every_column(self, client, event, people, officer):
        secret = columns.Column(
            "secret", "Secret", lambda some, _to: {one.pk: "x" for one in some}, "auth.no_such"
        )
        plain = columns.Column(
            "meals", "Meals", lambda some, _to: {one.pk: "halal" for one in some}
        )
        provider = columns.register(lambda _event: [secret, plain])
        try:
            client.post(self._address(event, "job"), {"what": "xlsx", "order": "protocol"})
            job = Job.objects.get()
            tasks.run_job(job.pk)
        finally:
            columns._providers.remove(provider)
        job.refresh_from_db()
        with job.result.file.open() as file:
            rows = list(load_workbook(io.BytesIO(file.read())).active.iter_rows(values_only=True))
        heading = rows[0]
        assert (job.done, job.total) == (3, 3)
        assert "Meals" in heading
        assert "Secret" not in heading
        assert [row[0] for row in rows[1:]] == ["Ёлкин Пётр", "Жуков Олег", "Аманов Канат"]
        assert {row[heading.index("Meals")] for row in rows[1:]} == {"halal"}

    def test_workbook_takes_the_same_queries_for_many(
        self, event, officer, django_assert_max_num_queries
    ):
        crowd(event, cities=2, people=3)
        few = rosters.ask(event, Filters(), officer, uuid.uuid4())
        with django_assert_max_num_queries(30) as counted:
            tasks.run_job(few.pk)
        for number in range(12):
            make_participant(event, member=make_member(slug=f"more-{number}"))
        many = rosters.ask(event, Filters(), officer, uuid.uuid4())
        with django_assert_max_num_queries(len(counted) + 1):  # a beat more, by the clock
            tasks.run_job(many.pk)
        many.refresh_from_db()
        assert (many.done, many.total) == (18, 18)

    def test_same_key_makes_one_job(self, client, event, people):
        sent = {"what": "badges", "key": uuid.uuid4()}
        first, second = (client.post(self._address(event, "job"), sent) for _ in range(2))
        assert first.url == second.url
        assert Job.objects.count() == 1

    @pytest.mark.parametrize("kind", ["badges", "tags", "cards", "confirmation"])
    def test_papers_of_one_delegation(self, client, people, kind):
        address = reverse("admin:attendance_paper", args=[people[0].delegation_id, kind])
        response = client.get(address)
        assert response.headers["Content-Type"] == "application/pdf"
        text = pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
        assert "Ёлкин" in text
        assert "Жуков" not in text

    def test_delegation_without_a_place_has_no_papers(self, client, event):
        person = make_participant(event, status="waiting")
        address = reverse("admin:attendance_paper", args=[person.delegation_id, "badges"])
        assert client.get(address).status_code == 302

    def test_door_is_given_shown_once_and_taken_back(self, client, event):
        address = self._address(event, "doors")
        page = client.get(address).content.decode()
        key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
        sent = {"name": "North", "valid_on": today_in(event).isoformat(), "form_key": key}
        shown = client.post(address, sent, follow=True).content.decode()
        client.post(address, sent)
        door = DoorPass.objects.get()
        link = re.search(r"/door/pass/([\w-]+)/", shown)[1]
        assert checkin_doors.find(link) == door
        assert link not in client.get(address).content.decode()
        client.post(address, {"take_back": door.pk})
        assert checkin_doors.find(link) is None

    @pytest.mark.parametrize("day", ["", "31.02.2026", "soon"])
    def test_door_without_a_day_is_refused(self, client, event, day):
        sent = {"name": "North", "valid_on": day, "form_key": uuid.uuid4()}
        page = client.post(self._address(event, "doors"), sent)
        assert page.status_code == 200
        assert "errorlist" in page.content.decode()
        assert not DoorPass.objects.exists()

    def test_others_stay_outside(self, client_of, event, make_user):
        editor = client_of(make_user("e@example.org", roles=[Role.EDITOR]))
        for name in ("roster", "doors"):
            assert editor.get(self._address(event, name)).status_code == 403


class TestConfirmation:
    """The letter to a delegation."""

    def test_letter_names_those_with_a_place_in_both_languages(self, event):
        person = make_participant(event, name_cyrillic="Каримова Алия", name_latin="Aliya Karimova")
        waiting = make_participant(
            event, member=person.delegation.member, status="waiting", name_cyrillic="Ждун Иван"
        )
        assert waiting.delegation == person.delegation
        pages = pypdf.PdfReader(io.BytesIO(confirmation_letters.letter(person.delegation))).pages
        russian, english = (page.extract_text() for page in pages)
        assert "Каримова Алия" in russian
        assert "Aliya Karimova" in english
        assert "Ждун" not in russian

    def test_cabinet_gives_it_to_the_own_member_alone(self, client_of, event):
        person = make_participant(event, member=make_member())
        rep = make_user("rep@example.org")
        make_representative(rep, person.delegation.member)
        address = reverse(
            "attendance:confirmation", args=[person.delegation.member.slug, event.slug]
        )
        assert client_of(rep).get(address).headers["Content-Type"] == "application/pdf"
        assert client_of(make_user("x@example.org")).get(address).status_code == 404

    def test_page_of_the_delegation_links_to_it_once_somebody_has_a_place(self, client_of, event):
        person = make_participant(event, member=make_member(), status="waiting")
        member = person.delegation.member
        rep = make_user("rep@example.org")
        make_representative(rep, member)
        page = reverse("events:register", args=[member.slug, event.slug])
        address = reverse("attendance:confirmation", args=[member.slug, event.slug])
        assert address not in client_of(rep).get(page).content.decode()
        assert client_of(rep).get(address).status_code == 404
        make_participant(event, member=member)
        assert address in client_of(rep).get(page).content.decode()
