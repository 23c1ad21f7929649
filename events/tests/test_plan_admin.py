"""The event's form: tentative dates, parts, words beside fields; clones; office hours."""

import datetime
import uuid
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from content.workqueue import queues_for
from events import cloning, office_hours
from events.models import Event, EventParty, Question, QuestionChoice, Venue
from events.tests.event_form import change_url, form_of, problems
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_series,
    make_tentative,
)

pytestmark = pytest.mark.django_db
MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")


@pytest.fixture
def desk(client, events_officer):
    """A client of the member of staff who keeps the events; the admin in English."""
    events_officer.language = "en"
    events_officer.save()
    client.force_login(events_officer)
    with translation.override("en"):
        yield client


def post(client, event: Event, **changes):
    """The form as `form_of` has it, with days as an English reader types them."""
    sent = form_of(client, event) | changes
    for name, value in sent.items():
        if name.endswith("_0") and str(value).count(".") == 2:
            sent[name] = "-".join(reversed(value.split(".")))
    return client.post(change_url(event), sent)


def tool(event: Event, name: str) -> str:
    return reverse(f"admin:events_event_{name}", args=[event.pk])


MONTH_OR_YEAR = "Give a month as 2027-10, or a year as 2027."
NO_DAYS = {"starts_at_0": "", "starts_at_1": "", "ends_at_0": "", "ends_at_1": ""}


@pytest.mark.parametrize(
    ("typed", "precision", "first", "last"),
    [
        ("2027-10", "month", (2027, 10, 1), (2027, 10, 31)),
        ("2028", "year", (2028, 1, 1), (2028, 12, 31)),
    ],
)
def test_onl_6_month_or_year_is_typed_instead_of_days(desk, typed, precision, first, last):
    event = make_event(takes_registrations=False, time_zone="Asia/Bishkek")

    response = post(desk, event, tentative=typed, **NO_DAYS)

    assert response.status_code == 302, problems(response)
    event.refresh_from_db()
    zone = zoneinfo.ZoneInfo("Asia/Bishkek")
    assert event.date_precision == precision
    assert event.starts_at == datetime.datetime(*first, tzinfo=zone)
    assert event.ends_at == datetime.datetime(*last, 23, 59, tzinfo=zone)


def test_onl_6_staff_see_date_missing_until_the_days_are_typed(desk, events_officer):
    event = make_tentative(year=timezone.now().year + 1)
    make_event("dated")
    listing = reverse("admin:events_event_changelist")

    html = desk.get(listing).content.decode()
    narrowed = desk.get(listing, {"date": "missing"}).context["cl"].queryset
    (queue,) = [one for one in queues_for(events_officer) if "date=missing" in one.url]

    assert html.count("date missing</strong>") == 1
    assert list(narrowed) == [event]
    assert queue.count == 1
    response = post(
        desk, event, tentative="", starts_at_0="2027-10-05", starts_at_1="10:00",
        ends_at_0="2027-10-05", ends_at_1="12:00",
    )  # fmt: skip
    assert response.status_code == 302, problems(response)
    event.refresh_from_db()
    assert (event.is_tentative, event.starts_at.astimezone(MOSCOW).hour) == (False, 10)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"tentative": "октябрь"} | NO_DAYS, "tentative", MONTH_OR_YEAR),
        ({"tentative": "2027-13"} | NO_DAYS, "tentative", MONTH_OR_YEAR),
        ({"tentative": "2027-10"}, "tentative", "Either exact days or a tentative date, not both."),
        ({"tentative": "2027-10", "takes_registrations": "on"} | NO_DAYS, "takes_registrations",
         "Registration needs an exact date."),
        (NO_DAYS, "starts_at", "Give day and hour, or a tentative month or year."),
        ({"ends_at_0": "2020-01-01", "ends_at_1": "10:00"}, "ends_at",
         "An event cannot end before it starts."),
        ({"quota": "0"}, "quota", "A quota is at least 1; leave it empty for no limit."),
        ({"edition": "3"}, "edition", "An edition is the edition of a series, counted from 1."),
        ({"audience": "body"}, "body_invited",
         "Name a body when the event is for one body, only then."),
        ({"join_link": "https://example.org/join"}, "join_link",
         "An event in person has no link to join."),
        ({"time_zone": "Mars/Olympus"}, "time_zone",
         "Select a valid choice. Mars/Olympus is not one of the available choices."),
        ({"slug": "plan"}, "slug", "This address belongs to a page of the calendar."),
    ],
)  # fmt: skip
def test_bad_input_is_answered_beside_its_field(desk, changes, field, words):
    event = make_event(takes_registrations="tentative" not in changes)
    if "takes_registrations" in changes or changes.get("tentative"):
        Event.objects.filter(pk=event.pk).update(takes_registrations=False)

    response = post(desk, event, **changes)

    assert {name: list(said) for name, said in problems(response).items()} == {field: [words]}


def test_part_outside_the_whole_is_answered_beside_the_field(desk):
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + 30 * DAY
    whole = make_event(starts_at=start, ends_at=start + 2 * DAY, title_en="Congress")
    late = make_event("late", starts_at=start + 5 * DAY)
    inside = make_event("inside", starts_at=start, ends_at=start + DAY, parent=whole)

    refused = problems(post(desk, late, parent=str(whole.pk)))
    left = problems(
        post(desk, whole, ends_at_0=f"{start + 2 * datetime.timedelta(hours=1):%Y-%m-%d}")
    )
    deep = problems(post(desk, late, parent=str(inside.pk)))

    assert refused["parent"][0].startswith("A part lies within the whole. “Congress”: ")
    assert left["starts_at"][0].startswith("The part “Congress of Local Governments” would lie ")
    assert deep["parent"] == [
        "“Congress of Local Governments” is a part itself: a part has no parts."
    ]


def test_edition_that_is_taken_is_answered_beside_the_field(desk):
    series = make_series()
    make_event("first", series=series, edition=1)
    second = make_event("second")

    found = problems(post(desk, second, series=str(series.pk), edition="1"))

    assert found == {"edition": ["The series has this edition already."]}


def test_languages_are_ticked(desk):
    event = make_event(languages=["ru"])

    response = post(desk, event, languages=["ru", "en"], interpretation=["mn"])

    assert response.status_code == 302, problems(response)
    event.refresh_from_db()
    assert (event.languages, event.interpretation) == (["ru", "en"], ["mn"])
    html = desk.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()
    assert html.count('type="checkbox" name="languages"') > 10


def full_event():
    """An event with everything that is copied, and a delegation that is not."""
    start = datetime.datetime(2027, 3, 20, 10, tzinfo=zoneinfo.ZoneInfo("Europe/Chisinau"))
    venue = Venue.objects.create(name_ru="Ратуша", name_en="City Hall")
    event = make_event(
        starts_at=start, ends_at=start + 3 * DAY, time_zone="Europe/Chisinau", venue=venue,
        capacity=50, quota=3, registration_closes_at=start - 10 * DAY, series=make_series(),
        edition=7, languages=["ru", "ro"], final_attendance=40,
    )  # fmt: skip
    question = Question.objects.create(event=event, kind="choice", wording_en="Lunch?")
    QuestionChoice.objects.create(question=question, wording_en="Fish")
    EventParty.objects.create(event=event, name_en="The city")
    event.remind_before([48])
    make_event("council", parent=event, starts_at=start, ends_at=start + DAY, quota=2)
    make_delegation(event)
    return event


def test_clone_takes_the_rules_and_leaves_the_people(desk, events_officer):
    event = full_event()
    page = desk.get(tool(event, "clone"))
    form = page.context["form"]

    response = desk.post(
        tool(event, "clone"),
        {"form_key": str(uuid.uuid4()), "title_ru": "Восьмые встречи", "title_en": "Meetings VIII",
         "first_day": "2028-03-27", "edition": "8"},
    )  # fmt: skip

    assert (form["edition"].value(), str(form["first_day"].value())) == (8, "2028-03-18")
    new = Event.objects.get(slug="meetings-viii")
    assert response.url == reverse("admin:events_event_change", args=[new.pk])
    zone = zoneinfo.ZoneInfo("Europe/Chisinau")
    # Clocks are turned between the two days: the hour of the wall stays.
    assert new.starts_at == datetime.datetime(2028, 3, 27, 10, tzinfo=zone)
    assert new.registration_closes_at == datetime.datetime(2028, 3, 17, 10, tzinfo=zone)
    assert (new.status, new.published_at, new.edition, new.capacity, new.quota) == (
        "draft", None, 8, 50, 3,
    )  # fmt: skip
    assert (new.venue, new.languages, new.final_attendance) == (event.venue, ["ru", "ro"], None)
    assert [str(rule) for rule in new.reminder_rules.all()] == [
        str(rule) for rule in event.reminder_rules.all()
    ]
    assert [party.name_en for party in new.parties.all()] == ["The city"]
    assert [
        (question.wording_en, [choice.wording_en for choice in question.choices.all()])
        for question in new.questions.all()
    ] == [("Lunch?", ["Fish"])]
    (part,) = new.parts.all()
    assert (part.starts_at, part.quota) == (new.starts_at, 2)
    assert new.delegations.count() == 0
    assert event.parts.count() == event.questions.count() == event.parties.count() == 1


def test_clone_twice_by_one_form_is_one_event(desk):
    event = make_event()
    sent = {"form_key": str(uuid.uuid4()), "title_en": "Again", "first_day": "2028-03-27"}

    first, second = (desk.post(tool(event, "clone"), sent) for _click in range(2))

    assert first.url == second.url
    assert Event.objects.count() == 2


def test_clone_into_a_taken_edition_is_refused(desk):
    event = make_event(series=make_series(), edition=7)
    sent = {
        "form_key": str(uuid.uuid4()), "title_en": "Again", "first_day": "2028-03-27",
        "edition": "7",
    }  # fmt: skip

    response = desk.post(tool(event, "clone"), sent)

    assert response.context["form"].errors == {"edition": ["The series has this edition already."]}
    assert Event.objects.count() == 1


def test_what_upper_floors_register_is_copied_too(desk, events_officer, monkeypatch):
    seen = []
    monkeypatch.setattr(cloning, "_copiers", [lambda old, new: seen.append((old.slug, new.slug))])

    cloning.clone(
        make_event(), title_ru="", title_en="Next", first_day=datetime.date(2028, 5, 1),
        by=events_officer,
    )  # fmt: skip

    assert seen == [("congress", "next")]


def hours(table) -> dict[str, list[str]]:
    """Hour by the event's clock -> hours elsewhere, those outside of office hours in brackets."""
    return {
        row.time: [cell.time if cell.is_office else f"({cell.time})" for cell in row.cells]
        for row in table.rows
    }


def test_office_hours_for_all_cities_are_found():
    members = [
        make_member("kazan"),
        make_member("perm", time_zone="Asia/Yekaterinburg"),
        make_member("magadan", time_zone="Asia/Magadan"),
    ]

    with translation.override("en"):
        table = office_hours.table(datetime.date(2027, 5, 20), MOSCOW, members, 1)

    assert [clock.name for clock in table.clocks] == ["Kazan", "Yekaterinburg", "Magadan"]
    shown = hours(table)
    assert shown["09:00"] == ["09:00", "11:00", "17:00"]
    assert shown["10:00"] == ["10:00", "12:00", "(18:00)"]
    assert shown["01:00"] == ["(01:00)", "(03:00)", "09:00"]
    assert shown["23:00"] == ["(23:00)", "(01:00)", "(07:00)"]
    assert [row.time for row in table.rows if row.is_for_all] == ["09:00"]
    assert [row.time for row in table.rows if row.is_best] == ["09:00"]


def test_office_hours_name_the_best_where_none_suits_all():
    members = [
        make_member("kaliningrad", time_zone="Europe/Kaliningrad"),
        make_member("moscow"),
        make_member("magadan", time_zone="Asia/Magadan"),
    ]

    table = office_hours.table(datetime.date(2027, 5, 20), MOSCOW, members, 2)

    assert not any(row.is_for_all for row in table.rows)
    assert [row.time for row in table.rows if row.is_best] == [
        f"{hour:02d}:00" for hour in range(10, 17)
    ]


def test_office_hours_page_shows_all_members_at_first(desk):
    make_member("kazan")
    make_member("magadan", time_zone="Asia/Magadan")

    page = desk.get(tool(make_event(), "office_hours"))
    bad = desk.get(tool(Event.objects.get(), "office_hours"), {"day": "2027-05-32", "lasts": "0"})

    assert page.context["table"].cities == 2
    assert "office-hours__best" in page.content.decode()
    assert sorted(bad.context["form"].errors) == ["day", "lasts"]


def test_form_of_a_tentative_event_shows_the_period_and_no_days(desk):
    event = make_tentative(year=2027)

    sent = form_of(desk, event)

    assert sent["tentative"] == "2027-10"
    assert "starts_at_0" not in sent
