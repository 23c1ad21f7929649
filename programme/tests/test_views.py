"""The public programme, calendars, one's own programme, PDF."""

import datetime

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_user
from events import cloning, placelinks
from events.tests.factories import make_participant, make_representative
from programme import grid, publishing, stars
from programme.cards import of_version
from programme.models import Star
from programme.tests.factories import HOUR, at, make_congress, make_hall, make_role, make_session

pytestmark = pytest.mark.django_db
PAGE = "/en/events/congress/programme/"


@pytest.fixture
def event():
    return make_congress()


def publish(event):
    return publishing.publish(event, None)


def test_nothing_before_it_is_published(client, event):
    make_session(event)

    assert client.get(PAGE).status_code == 404


def test_hidden_event_has_no_programme(client, event):
    make_session(event)
    publish(event)
    event.status = "draft"
    event.save()

    addresses = [PAGE, f"{PAGE}programme.ics", f"{PAGE}programme.pdf"]
    assert [client.get(one).status_code for one in addresses] == [404, 404, 404]


def test_halls_stand_side_by_side_and_breaks_span_them(event):
    first, second = make_hall(event), make_hall(event, 2)
    long = make_session(event, first, ends_at=at(1, 12))
    short = make_session(event, second)
    late = make_session(event, second, hour=11)
    coffee = make_session(event, hour=12, kind="break", title_en="Coffee")
    version = publish(event)

    (day,) = grid.days(of_version(version))

    cells = [
        [(cell.card and cell.card.pk, cell.rows, cell.columns) for cell in line.cells]
        for line in day.lines
    ]
    assert [head.text for head in day.columns] == ["Зал 1", "Зал 2"]
    assert [line.time for line in day.lines] == ["10:00", "11:00", "12:00"]
    assert cells == [
        [(long.pk, 2, 1), (short.pk, 1, 1)], [(late.pk, 1, 1)], [(coffee.pk, 1, 2)],
    ]  # fmt: skip


def test_free_time_and_sessions_online_at_one_time(event):
    hall = make_hall(event)
    make_session(event, hall)
    make_session(event, hall, hour=12)
    make_session(event, is_online=True)
    make_session(event, is_online=True)
    version = publish(event)

    (day,) = grid.days(of_version(version))

    assert (len(day.columns), [len(line.cells) for line in day.lines]) == (3, [3, 3, 3])


def test_prg_3_russian_title_is_marked_on_the_english_page(client, event):
    make_session(event, title_ru="Только по-русски", title_en="")
    publish(event)

    page = client.get(PAGE).content.decode()

    assert '<span lang="ru">Только по-русски</span>&nbsp;<abbr class="lang-mark"' in page
    assert ">ru</abbr>" in page


def test_page_says_who_greets_on_whose_behalf(client, event):
    session = make_session(event, make_hall(event), languages=["ru"], interpretation=["en", "tr"])
    make_role(
        session, role="greeting", position_en="Secretary General", on_behalf_of_en="the President",
        minutes=5,
    )  # fmt: skip
    publish(event)

    page = client.get(PAGE).content.decode()

    assert "Anna Petrova" in page
    assert "on behalf of: the President" in page
    assert "Russian; interpretation into: English, Turkish" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", [True, True]), ("?day=2027-05-21", [False, True]), ("?day=nonsense", [True, True]),
     ("?kind=Workshop", [False, True])],
)  # fmt: skip
def test_filter_narrows(client, event, query, expected):
    make_session(event, title_en="First day")
    make_session(event, day=2, title_en="Second day", kind="workshop")
    publish(event)

    page = client.get(PAGE + query).content.decode()

    assert [f">{title}<" in page for title in ("First day", "Second day")] == expected


def test_page_takes_as_many_queries_for_80_sessions_as_for_5(client, event):
    asked = iter(range(9))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{PAGE}?page={next(asked)}").status_code == 200
        return len(found)

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            starts = at(1 + number % 3, 9) + datetime.timedelta(minutes=10 * (number // 3))
            session = make_session(
                event, starts_at=starts, ends_at=starts + datetime.timedelta(minutes=10)
            )
            make_role(session)
        publish(event)

    fill(0, 5)
    queries()
    few = queries()
    fill(5, 80)

    queries()
    assert queries() == few


def test_calendar_of_a_session_and_of_the_programme(client, event):
    session = make_session(event, make_hall(event), title_en="A; title,\nin two lines")
    make_session(event, hour=12)
    publish(event)

    one = icalendar.Calendar.from_ical(client.get(f"{PAGE}{session.pk}.ics").content)
    all_of_it = icalendar.Calendar.from_ical(client.get(f"{PAGE}programme.ics").content)

    (entry,) = one.walk("VEVENT")
    assert (str(entry["SUMMARY"]), entry["DTSTART"].dt, str(entry["LOCATION"])) == (
        "A; title, in two lines", at(1, 10), "Hall 1, City Hall, Kazan",
    )  # fmt: skip
    assert (len(all_of_it.walk("VEVENT")), len(all_of_it.walk("VTIMEZONE"))) == (2, 1)
    assert client.get(f"{PAGE}{session.pk + 99}.ics").status_code == 404


def test_representative_stars_a_session(client, event):
    session = make_session(event, title_en="Chosen")
    other = make_session(event, hour=12, title_en="Left out")
    publish(event)
    user = make_user("rep@example.org")
    client.force_login(user)

    answer = client.post(f"{PAGE}mine/", {"session": session.pk, "deed": "star"})
    client.post(f"{PAGE}mine/", {"session": session.pk, "deed": "star"})
    client.post(f"{PAGE}mine/", {"session": other.pk, "deed": "star"})
    client.post(f"{PAGE}mine/", {"session": other.pk, "deed": "drop"})

    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}mine/#s{session.pk}")
    assert list(Star.objects.values_list("user", "session")) == [(user.pk, session.pk)]
    assert "Chosen" in client.get(f"{PAGE}mine/").content.decode()
    calendar = icalendar.Calendar.from_ical(client.get(f"{PAGE}mine.ics").content)
    assert [str(entry["SUMMARY"]) for entry in calendar.walk("VEVENT")] == ["Chosen"]
    (entry,) = stars.personal_entries(user, at(1, 1), at(3, 1))
    assert (entry.title_en, entry.moment) == ("Chosen", session.starts_at)
    assert list(stars.personal_entries(user, at(1, 11), at(3, 1))) == []


@pytest.mark.parametrize("session", ["", "abc", "999999", "9" * 30])
def test_star_of_nothing_is_not_found(client, event, session):
    make_session(event)
    publish(event)
    client.force_login(make_user("rep@example.org"))

    assert client.post(f"{PAGE}mine/", {"session": session, "deed": "star"}).status_code == 404


def test_visitor_is_asked_to_sign_in(client, event):
    make_session(event)
    publish(event)

    assert client.get(f"{PAGE}mine/").status_code == 302


def test_participant_stars_by_the_link_of_their_place(client, event):
    session = make_session(event)
    publish(event)
    person = make_participant(event)
    page = f"/en/events/places/{placelinks.token(person)}/programme/"

    client.post(page, {"session": session.pk, "deed": "star"})

    assert list(Star.objects.values_list("participant", "session")) == [(person.pk, session.pk)]
    assert client.get(page).status_code == 200
    assert b"VEVENT" in client.get(page.removesuffix("/") + ".ics").content
    assert client.get("/en/events/places/1:nonsense/programme/").status_code == 404


def test_pdf_is_made_once_for_each_version(client, event):
    hall = make_hall(event)
    session = make_session(event, hall, title_en="")
    make_session(event, make_hall(event, 2), ends_at=at(1, 13), title_ru="#[] *злой* $текст")
    make_role(session, position_ru="Мэр", role="chair")
    make_session(event, hour=13, kind="break")
    version = publish(event)

    first = b"".join(client.get(f"{PAGE}programme.pdf").streaming_content)
    again = b"".join(client.get(f"{PAGE}programme.pdf").streaming_content)

    version.refresh_from_db()
    assert first.startswith(b"%PDF-")
    assert (first == again, version.pdf.size) == (True, len(first))
    session.ends_at += HOUR
    session.save()
    assert publish(event).pdf is None


def test_event_page_shows_the_days(client, event):
    from django.template import Context, Template

    make_session(event)
    block = Template("{% load programme_tags %}{% programme_of event %}")
    assert block.render(Context({"event": event})).strip() == ""
    publish(event)

    assert "#d2027-05-20" in block.render(Context({"event": event}))


def test_links_lead_to_ones_own_programme_and_to_the_agenda(client, event):
    person = make_participant(event)
    rep = make_user("rep@example.org")
    make_representative(rep, person.delegation.member)
    place, cabinet = placelinks.token(person), person.delegation.member.slug

    def links() -> list[bool]:
        page = client.get(f"/en/events/places/{place}/").content.decode()
        own = client.get(f"/en/cabinet/{cabinet}/events/congress/").content.decode()
        return [
            f"/en/events/places/{place}/programme/" in page,
            f"/en/cabinet/{cabinet}/events/congress/agenda/" in own,
        ]

    client.force_login(rep)
    before = links()
    make_session(event)
    publish(event)

    assert (before, links()) == ([False, False], [True, True])


def test_strip_of_clocks_for_sessions_online(client, event):
    make_session(event)
    publish(event)
    before = client.get(PAGE).context["strip"]
    make_session(event, hour=12, is_online=True)
    publish(event)

    assert before == []
    assert [str(one.offset) for one in client.get(f"{PAGE}?day=").context["strip"]] == ["UTC+3"]


def test_clone_brings_the_programme(event):
    make_session(event)
    new = cloning.clone(
        event, title_ru="", title_en="Next", first_day=datetime.date(2028, 5, 18),
        by=make_user("staff@example.org"),
    )  # fmt: skip

    assert [one.starts_at for one in new.sessions.all()] == [
        at(1, 10).replace(year=2028, month=5, day=18)
    ]
