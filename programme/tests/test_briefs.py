"""The speaker's brief, the agenda of a delegation, the audience of speakers."""

import datetime

import pytest
from django.utils import translation

from accounts.tests.factories import make_user
from events import audiences
from events.tests.factories import make_member, make_participant, make_representative
from mailing.models import Message
from programme import agenda, briefs, wiring
from programme.models import Star
from programme.tests.factories import at, make_congress, make_hall, make_role, make_session, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_congress()


def brief_of(role) -> dict[str, str]:
    with translation.override("en"):
        return dict(briefs.facts(briefs.find(briefs.token(role)))["facts"])


def test_brief_says_the_slot_by_both_clocks(event):
    session = make_session(event, make_hall(event))
    make_role(session, minutes=20)
    role = make_role(
        session, name_en="Bat Bold", email="bold@example.org", time_zone="Asia/Ulaanbaatar",
        order=2, minutes=10, language="mn", promised_en="Slides", missing_en="Photo",
    )  # fmt: skip

    assert brief_of(role) == {
        "Your time": "Thursday 20 May 2027, 15:20–15:30 Ulaanbaatar time (UTC+8)",
        "By the clock of the event": "Thursday 20 May 2027, 10:20–10:30 Kazan time (UTC+3)",
        "How long": "10 minutes",
        "Your part": "speaker",
        "You speak in": "Mongolian",
        "Languages of the session": "Russian; interpretation into: English",
        "Where": "Hall 1, City Hall, Kazan",
        "Promised": "Slides",
        "Still missing": "Photo",
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Mayors\nEngineers\n\nStudents\nOthers", ["Mayors", "Engineers", "Students"]),
     ("", ["everybody", "about 300 people", "in person"])],
)  # fmt: skip
def test_audience_is_three_lines(event, written, expected):
    event.expected_attendance = 300
    event.save()
    role = make_role(make_session(event, listeners_en=written))

    with translation.override("en"):
        assert briefs.audience(role) == expected


def test_link_opens_the_brief_until_the_address_changes(client, event):
    role = make_role(make_session(event), email="one@example.org")
    token = briefs.token(role)

    page = client.get(f"/en/speakers/{token}/")
    paper = client.get(f"/ru/speakers/{token}/brief.pdf")
    role.email = "other@example.org"
    role.save()

    assert "Anna Petrova" in page.content.decode()
    assert paper.content.startswith(b"%PDF-")
    assert client.get(f"/en/speakers/{token}/").status_code == 404
    assert client.get("/en/speakers/1:x/").status_code == 404


def test_brief_is_sent_once_for_each_version(event):
    session = make_session(event)
    make_role(session, email="one@example.org", mail_language="en", promised_en="Slides")
    make_role(session, name_ru="Без адреса", order=2)
    assert briefs.send(event) == 0
    publish(event)

    assert (briefs.send(event), briefs.send(event)) == (1, 0)
    letter = Message.objects.get()
    assert letter.subject == "Read your brief: Opening"
    assert "Promised: Slides" in letter.text_body
    assert f"/en/speakers/{briefs.token(session.roles.get(email='one@example.org'))}/" in (
        letter.text_body
    )


def test_agenda_spans_the_whole_and_its_parts(client, event):
    part = make_congress("council", parent=event, venue=event.venue, title_en="Council")
    city, stranger = make_member(), make_participant(event)
    head = make_participant(event, member=city, name_latin="Head")
    rep = make_user("rep@example.org", full_name="Elena")
    make_representative(rep, city)
    spoken, starred = make_session(event), make_session(part, hour=12, title_en="Of the Council")
    left_out = make_session(event, hour=14, title_en="Left out")
    make_role(spoken, participant=head)
    Star.objects.create(session=starred, user=rep)
    Star.objects.create(session=spoken, participant=head)
    Star.objects.create(session=left_out, participant=stranger)
    publish(event)
    publish(part)

    with translation.override("en"):
        ((title, entries),) = agenda.of_member(city, part)
    client.force_login(rep)
    page = client.get(f"/en/cabinet/{city.slug}/events/council/agenda/").content.decode()
    paper = client.get(f"/en/cabinet/{city.slug}/events/council/agenda.pdf")

    assert title == "Thursday 20 May 2027"
    assert [(one.card.pk, one.event.slug, one.speakers, one.listeners) for one in entries] == [
        (spoken.pk, "congress", ["Head"], []), (starred.pk, "council", [], ["Elena"]),
    ]  # fmt: skip
    assert ("Of the Council" in page, "Left out" in page) == (True, False)
    assert paper.content.startswith(b"%PDF-")


def test_agenda_names_a_part_without_a_programme(event):
    part = make_congress("council", parent=event, venue=event.venue, title_en="Council")
    city = make_member()
    make_participant(event, member=city, name_latin="Stays Out")
    make_participant(part, member=city, name_latin="Head")

    with translation.override("en"):
        ((_day, entries),) = agenda.of_member(city, event)

    assert [(one.card.title.text, one.event, one.speakers, one.listeners) for one in entries] == [
        ("Council", part, [], ["Head"])
    ]


def test_agenda_takes_the_same_queries(event, django_assert_num_queries):
    city = make_member()
    head = make_participant(event, member=city)
    for hour in range(10, 17):
        Star.objects.create(session=make_session(event, hour=hour), participant=head)
        make_role(make_session(event, day=2, hour=hour), participant=head)
    publish(event)

    with django_assert_num_queries(5):
        agenda.of_member(city, event)


def test_speakers_are_an_audience(event):
    make_role(make_session(event), email="one@example.org", position_en="Mayor")
    make_role(make_session(event, is_dropped=True), email="gone@example.org")

    (found,) = audiences.addressees(event, ["speakers"])

    assert found.email == "one@example.org"


def test_addresses_of_speakers_are_forgotten_after_a_year(event):
    role = make_role(make_session(event), email="one@example.org")
    year = datetime.timedelta(days=366)

    assert wiring.purge(at(3, 18)) == 0
    assert wiring.purge(event.ends_at + year) == 1
    role.refresh_from_db()
    assert role.email == ""
