"""Passport data: sealed, shown masked, refused twice, erased in time."""

import datetime
import html

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content import retention
from content.models import AuditEntry
from events import registration, waiting
from events.models import Event, Participant
from events.tests.factories import DAY, make_delegation, make_people
from events.tests.posting import address
from members.tests.factories import make_member
from travel import passports
from travel.models import AccessNeeds, Passport
from travel.tests.factories import (
    make_data,
    make_event,
    make_offer,
    make_participant,
    make_passport,
    posted_passport,
)

pytestmark = pytest.mark.django_db
SECRETS = ("INVENTOVA", "1234567", "Vydumgrad", "1980-05-17", "2045-01-09", "2020-01-10")


def raw_rows(table: str) -> str:
    """Everything a table holds, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {table} t")
        return "\n".join(row[0] for row in cursor.fetchall())


def page_of(person: Participant, name: str = "travel:passport") -> str:
    slug = person.delegation.member.slug
    return address(name, slug, person.event.slug, person.pk)


@pytest.fixture
def person(kazan, rep):
    person = make_participant(make_event(), member=kazan, by=rep)
    make_offer(person.event)
    return person


def test_database_holds_no_word_of_a_passport(person):
    make_passport(person)
    assert not [word for word in SECRETS if word in raw_rows("travel_passport")]
    opened = passports.reveal(Passport.objects.all(), None, "viewed")
    assert [data for _row, data in opened] == [
        {name: str(value) for name, value in vars(make_data()).items()}
    ]


def test_representative_gives_passport_data_and_sees_three_characters(cabinet, person):
    response = cabinet.post(page_of(person), posted_passport(), follow=True)
    words = html.unescape(response.content.decode())
    assert "Given, number •••••567" in words
    for page in (words, cabinet.get(page_of(person)).content.decode()):
        assert not [word for word in SECRETS if word in page]


def test_each_field_says_why_it_is_asked(cabinet, person):
    form = cabinet.get(page_of(person)).context["form"]
    assert [name for name, field in form.fields.items() if not field.help_text] == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"surname": "Выдумова"}, ["surname"]),
        ({"number": "№ 12"}, ["number"]),
        ({"expires_on": "2024-01-01"}, ["expires_on"]),
        ({"birth_date": "2999-01-01"}, ["birth_date"]),
        ({"issued_on": "1970-01-01"}, ["issued_on"]),
        ({"consent": ""}, ["consent"]),
        ({"nationality": "XX"}, ["nationality"]),
    ],
)
def test_bad_data_are_refused_beside_the_field_and_kept(cabinet, person, fields, wrong):
    response = cabinet.post(page_of(person), posted_passport(**fields))
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, wrong)
    assert form["birth_place"].value() == "Vydumgrad"
    assert not Passport.objects.exists()


def test_passport_that_expires_before_the_event_ends_is_refused(person):
    last = person.event.ends_at.astimezone(person.event.zone).date()
    with pytest.raises(passports.PassportRefused) as refused:
        passports.save(person, make_data(expires_on=last), "Астана", None)
    assert list(refused.value.problems) == ["expires_on"]
    passport = make_passport(person, expires_on=last + 30 * DAY)
    assert passports.expires_soon(passport)


def test_evt_4_same_passport_twice_is_refused_and_the_row_is_marked(cabinet, person, rep):
    other = make_participant(
        person.event, member=person.delegation.member, name_cyrillic="Иван Седов"
    )
    make_passport(person, "00 1234567")

    response = cabinet.post(page_of(other), posted_passport(number="001234567"))

    assert response.context["form"].errors == {
        "number": ["Somebody at this event has this passport already: check the number."]
    }
    assert list(Passport.objects.values_list("participant", flat=True)) == [person.pk]
    elsewhere = make_participant(make_event("elsewhere"), member=person.delegation.member, by=rep)
    make_offer(elsewhere.event)
    assert make_passport(elsewhere).event == elsewhere.event


def test_data_may_be_given_anew(person, rep):
    make_passport(person)
    passport = passports.save(person, make_data("99 7654321"), "Алматы", rep)
    assert passports.masked(passport) == "•••••321"
    assert Passport.objects.count() == 1


def test_nobody_asks_for_passports_where_the_event_does_not(cabinet, person):
    person.event.travel.asks_visa = False
    person.event.travel.save()
    response = cabinet.post(page_of(person), posted_passport())
    assert response.context["form"].non_field_errors() == ["This event asks for no passport data."]
    assert not Passport.objects.exists()


def test_withdrawn_consent_erases_at_once(cabinet, person):
    make_passport(person)
    cabinet.post(page_of(person), {"deed": "withdraw"})
    assert raw_rows("travel_passport") == ""
    assert list(AuditEntry.objects.filter(verb="travel.passport.withdrawn").values_list(
        "object_id", flat=True
    )) == [person.pk]  # fmt: skip


def test_log_names_who_and_whom_and_nothing_of_the_passport(person, lead):
    make_passport(person)
    passports.reveal(Passport.objects.select_related("participant"), lead, "viewed")
    entries = AuditEntry.objects.filter(verb__startswith="travel.passport").order_by("pk")
    assert [(entry.verb, entry.actor, entry.target, entry.changes) for entry in entries] == [
        ("travel.passport.entered", None, person, {}),
        ("travel.passport.viewed", lead, person, {}),
    ]
    assert not [word for word in SECRETS if word in raw_rows("content_auditentry")]


@pytest.mark.parametrize("way", ["cancelled alone", "with the delegation", "offer declined"])
def test_who_leaves_is_forgotten(person, rep, way):
    make_passport(person)
    AccessNeeds.objects.create(participant=person, sealed="x", consented_at=timezone.now())
    if way == "cancelled alone":
        registration.cancel_participant(person, rep)
    elif way == "with the delegation":
        registration.cancel_delegation(person.delegation, rep)
    else:
        waiting.decline_offer(person)
    assert (raw_rows("travel_passport"), raw_rows("travel_accessneeds")) == ("", "")


def ended(event: Event, days: float) -> None:
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(
        starts_at=now - datetime.timedelta(days=days, hours=8),
        ends_at=now - datetime.timedelta(days=days),
    )


def test_prv_2_passports_are_erased_14_days_after_the_event(person):
    make_passport(person)
    ended(person.event, 13.9)
    assert retention.run("timetable").erased["travel.passports"] == 0
    assert Passport.objects.count() == 1

    ended(person.event, 14)
    done = retention.run("timetable")

    assert done.erased["travel.passports"] == 1
    assert raw_rows("travel_passport") == ""


def test_prv_2_called_off_events_let_passports_go_too(person):
    make_passport(person)
    Event.objects.filter(pk=person.event.pk).update(
        status="cancelled", cancelled_at=timezone.now() - 15 * DAY
    )
    assert passports.purge(timezone.now()) == 1


def test_prv_2_restored_backup_opens_no_sign_in_before_the_purge(client, person, settings):
    settings.PURGE_BEFORE_SIGN_IN = True
    make_passport(person)
    ended(person.event, 20)  # the backup is older than the purge was
    seen = []
    retention_rows = [run.total for run in retention.RetentionRun.objects.all()]

    answer = client.get("/accounts/login/")
    seen.append((answer.status_code, raw_rows("travel_passport")))

    assert (retention_rows, seen) == ([], [(200, "")])
    run = retention.RetentionRun.objects.get()
    assert (run.cause, run.erased["travel.passports"], run.is_complete) == ("opening", 1, True)
    assert (timezone.now() - run.finished_at).total_seconds() < 60


def test_prv_2_sign_in_stays_closed_while_passports_cannot_be_erased(
    client, person, settings, monkeypatch
):
    settings.PURGE_BEFORE_SIGN_IN = True
    make_passport(person)
    ended(person.event, 20)

    def fail(now):
        raise RuntimeError("the disk is full")

    registered = retention._registered
    broken = registered["travel.passports"].__class__("travel.passports", "", "", "", "", fail)
    monkeypatch.setitem(registered, "travel.passports", broken)
    assert client.get("/accounts/login/").status_code == 503
    assert Passport.objects.count() == 1
    monkeypatch.undo()
    call_command("purge_personal_data")
    assert (client.get("/accounts/login/").status_code, Passport.objects.count()) == (200, 0)


def test_stranger_cannot_open_the_page(client_of, make_representative, person):
    stranger = make_representative(make_member("perm", "Пермь", "Perm"), "perm@example.org")
    assert client_of(stranger).get(page_of(person)).status_code == 404
    assert client_of(None).get(page_of(person)).status_code == 302


def test_delegation_page_takes_as_many_queries_for_ten_as_for_one(cabinet, kazan, rep):
    numbers = []
    for count in (1, 10):
        event = make_event(f"event-{count}")
        make_offer(event)
        delegation = make_delegation(event, kazan, make_people(count, f"p{count}-"), rep)
        for number, person in enumerate(delegation.participants.all()):
            make_passport(person, f"00 {count:02d}{number:05d}")
        page = address("travel:cabinet", kazan.slug, event.slug)
        cabinet.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert cabinet.get(page).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
