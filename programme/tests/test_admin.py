"""The desk and the form of a session, as staff use them."""

import re

import pytest

from content.workqueue import queues_for
from mailing.models import Message
from programme import overlaps
from programme.models import ProgrammeVersion, Session
from programme.tests.factories import (
    at,
    make_congress,
    make_hall,
    make_person,
    make_role,
    make_session,
    publish,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/programme/session/add/"


@pytest.fixture
def event():
    return make_congress()


@pytest.fixture
def desk(client_of, events_officer):
    events_officer.language = "en"
    events_officer.save()
    client = client_of(events_officer)
    client.cookies["django_language"] = "en"
    return client


def form(event, hall=None, hours=("10:00", "11:00"), roles=(), **more) -> dict:
    """What the form of a session posts, by the clock of the event."""
    data = {
        "event": event.pk, "kind": "plenary", "title_ru": "Открытие", "title_en": "Opening",
        "starts_at_0": "2027-05-20", "starts_at_1": hours[0],
        "ends_at_0": "2027-05-20", "ends_at_1": hours[1],
        "hall": hall.pk if hall else "", "languages": ["ru"], "interpretation": ["en"],
        "version": 0, "roles-TOTAL_FORMS": len(roles), "roles-INITIAL_FORMS": 0,
    }  # fmt: skip
    for number, role in enumerate(roles):
        filled = {"order": 1, "role": "speaker", "mail_language": "ru", **role}
        data |= {f"roles-{number}-{name}": value for name, value in filled.items()}
    return data | more


def problems(page) -> list[str]:
    found = re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', page.content.decode(), re.S)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


def test_session_is_planned_by_the_clock_of_the_event(desk):
    event = make_congress(time_zone="Asia/Bishkek")
    hall = make_hall(event)
    roles = [{"name_en": "Anna Petrova", "position_en": "Mayor", "minutes": 20}]

    answer = desk.post(ADD, form(event, hall, hours=("13:00", "14:30"), roles=roles))

    session = Session.objects.get()
    assert answer["Location"] == f"/admin/programme/session/desk/{event.pk}/"
    assert (session.starts_at, session.ends_at) == (at(1, 10), at(1, 11, 30))
    assert (session.languages, session.interpretation) == (["ru"], ["en"])
    assert [role.name_en for role in session.roles.all()] == ["Anna Petrova"]


def test_prg_1_hall_taken_is_said_beside_the_field(desk, event):
    hall = make_hall(event)
    make_session(event, hall, title_ru="Пленарное", title_en="Plenary")

    page = desk.post(ADD, form(event, hall, hours=("10:30", "12:00"), title_ru="Моё название"))

    (problem,) = [one for one in problems(page) if one]
    assert page.context["adminform"].form.errors.keys() == {"hall"}
    assert "Пленарное" in problem or "Plenary" in problem
    assert "Моё название" in page.content.decode()
    assert Session.objects.count() == 1


def test_prg_1_speaker_in_two_halls_is_said_beside_the_field(desk, event):
    person = make_person()
    make_role(make_session(event, make_hall(event)), person=person)

    page = desk.post(ADD, form(event, make_hall(event, 2), roles=[{"person": person.pk}]))

    (formset,) = page.context["inline_admin_formsets"]
    (error,) = formset.formset.errors[0]["person"]
    assert "Открытие" in error or "Opening" in error
    assert Session.objects.count() == 1


def test_prg_1_parallel_sessions_in_other_halls_are_planned(desk, event):
    make_session(event, make_hall(event))

    desk.post(ADD, form(event, make_hall(event, 2)))

    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("hours", "field"),
    [(("11:00", "10:00"), "ends_at"), (("08:00", "10:00"), "starts_at"), (("25:00", "26:00"), "")],
)
def test_bad_times_are_refused(desk, event, hours, field):
    page = desk.post(ADD, form(event, hours=hours))

    errors = page.context["adminform"].form.errors
    assert (field in errors) if field else errors
    assert not Session.objects.exists()


def test_stale_form_is_refused(desk, event):
    session = make_session(event)
    page = desk.post(
        f"/admin/programme/session/{session.pk}/change/", form(event, title_en="New", version=0)
    )

    assert page.status_code == 200
    session.refresh_from_db()
    assert session.title_en == "Opening"


def test_session_stays_in_its_event(desk, event):
    session = make_session(event)
    other = make_congress("other")
    page = desk.post(
        f"/admin/programme/session/{session.pk}/change/", form(other, version=session.version)
    )

    assert "event" in page.context["adminform"].form.errors


def test_desk_publishes_moves_and_sends_briefs(desk, event):
    hall = make_hall(event)
    session = make_session(event, hall)
    make_role(session, email="speaker@example.org", promised_en="Slides")
    address = f"/admin/programme/session/desk/{event.pk}/"

    desk.post(address, {"deed": "publish"})
    desk.post(address, {"deed": "briefs"})
    desk.post(address, {"deed": "briefs"})
    desk.post(address, {"deed": "move", "minutes": "60", "sessions": [session.pk]})
    desk.post(address, {"deed": "publish"})

    session.refresh_from_db()
    assert session.starts_at == at(1, 11)
    assert [one.number for one in ProgrammeVersion.objects.order_by("number")] == [1, 2]
    kinds = Message.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["programme.brief", "programme.changed"]


@pytest.mark.parametrize(
    "data", [{}, {"minutes": "x"}, {"minutes": "60"}, {"minutes": "0", "sessions": "OWN"}]
)
def test_bad_move_is_refused(desk, event, data):
    session = make_session(event)
    data = {name: session.pk if value == "OWN" else value for name, value in data.items()}

    page = desk.post(f"/admin/programme/session/desk/{event.pk}/", {"deed": "move", **data})

    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)


def test_prg_3_staff_list_shows_one_missing_cell(desk, event):
    make_session(event, title_en="")

    page = desk.get(f"/admin/programme/session/desk/{event.pk}/")
    listed = desk.get("/admin/programme/session/?translation=en")

    assert [gap["language"] for gap in page.context["gaps"]] == ["en"]
    assert [row.title_ru for row in listed.context["cl"].result_list] == ["Открытие"]
    assert '<td class="field-missing">1</td>' in listed.content.decode()


def test_published_session_is_not_deleted(desk, event):
    session = make_session(event)
    publish(event)

    answer = desk.post(f"/admin/programme/session/{session.pk}/delete/", {"post": "yes"})

    assert (answer.status_code, Session.objects.count()) == (403, 1)


def test_translator_writes_texts_alone(client_of, translator, event):
    session = make_session(event, title_en="")
    client = client_of(translator)
    data = {
        "title_ru": "Открытие", "title_en": "Opening", "version": session.version,
        "starts_at_0": "2027-05-21", "starts_at_1": "10:00",
        "roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0,
    }  # fmt: skip

    answer = client.post(f"/admin/programme/session/{session.pk}/change/", data)

    session.refresh_from_db()
    assert (answer.status_code, session.title_en, session.starts_at) == (302, "Opening", at(1, 10))


def test_draft_is_printed(desk, event):
    make_session(event, make_hall(event), title_en="")

    answer = desk.get(f"/admin/programme/session/desk/{event.pk}/draft.pdf")

    assert answer.content.startswith(b"%PDF-")


def test_list_takes_the_same_queries(desk, event, django_assert_max_num_queries):
    for number in range(12):
        make_role(make_session(event, day=1 + number % 3, hour=9 + number // 3))

    with django_assert_max_num_queries(25):
        desk.get("/admin/programme/session/")
    with django_assert_max_num_queries(25):
        desk.get(f"/admin/programme/session/desk/{event.pk}/")


def test_queue_counts_titles_to_translate(desk, events_officer, event):
    make_session(event, title_en="")
    make_session(event, hour=12)
    make_session(event, hour=14, title_en="", is_dropped=True)
    past = make_congress(
        "past", starts_at=at(1, 9).replace(year=2020), ends_at=at(3, 18).replace(year=2020)
    )
    make_session(past, starts_at=at(1, 9).replace(year=2020), title_en="")

    (queue,) = [one for one in queues_for(events_officer) if "translation=to_do" in one.url]

    assert queue.count == 1
    assert len(desk.get(queue.url).context["cl"].result_list) == 1


def test_prg_1_speaker_taken_in_between_is_said_in_the_form(desk, event, monkeypatch):
    """The form saw nobody in the way, the database did: the form is judged once more."""
    person, real, calls = make_person(), overlaps.speaker_elsewhere, []
    make_role(make_session(event, make_hall(event)), person=person)

    def late(session, role):
        calls.append(role)
        return real(session, role) if len(calls) > 1 else None

    monkeypatch.setattr(overlaps, "speaker_elsewhere", late)
    page = desk.post(ADD, form(event, make_hall(event, 2), roles=[{"person": person.pk}]))

    (formset,) = page.context["inline_admin_formsets"]
    assert list(formset.formset.errors[0]) == ["person"]
    assert (page.status_code, Session.objects.count()) == (200, 1)
