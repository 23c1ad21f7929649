"""What other pages show of nominations: queues, to-do, calendars, letters, page of the award."""

import datetime

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from content import dated, retention, workqueue
from content.timezones import association_zone
from events import calendar_sources
from mailing import reminders
from mailing.models import Message
from members.attention import attention_for
from members.tests.factories import make_member
from nominations import attention, deadlines, nominating, schedule, sending
from nominations import reminders as own_reminders
from nominations.models import CallStep, Dossier, OutsideCall
from nominations.tests.factories import (
    DAY,
    add_letter,
    again,
    fill,
    make_call,
    make_dossier,
    make_interest,
    make_ready,
    make_sent,
    today,
    translate,
    write,
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def shown(award) -> str:
    return Template("{% load nominations_tags %}{% outside_calls award %}").render(
        Context({"award": award})
    )


def own_attention(member, user) -> list[tuple]:
    titles = {one.title for provider in (attention.dossiers, attention.open_calls)
              for one in provider(member, user)}  # fmt: skip
    return [
        (one.title, one.deadline, one.is_hot)
        for one in attention_for(member, user)
        if one.title in titles
    ]


def step_dates(dossier) -> list[tuple]:
    return [(one.kind, one.due_on, one.is_done, one.is_late) for one in schedule.steps(dossier)]


def test_steps_are_counted_backwards_from_the_deadline_of_the_giver(dossier):
    last = dossier.call.deadline_on

    assert step_dates(again(dossier)) == [
        ("texts", last - 60 * DAY, False, False),
        ("english", last - 30 * DAY, False, False),
        ("letters", last - 21 * DAY, False, False),
        ("signature", last - 14 * DAY, False, False),
        ("sending", last - 3 * DAY, False, False),
    ]


def test_late_steps_are_those_not_done_in_time(dossier, rep, translator):
    OutsideCall.objects.update(deadline_on=today() + 25 * DAY)
    write(dossier, rep)
    write(dossier, rep, 1)

    assert [
        (kind, is_done, is_late) for kind, _on, is_done, is_late in step_dates(again(dossier))
    ] == [
        ("texts", True, False), ("english", False, True), ("letters", False, False),
        ("signature", False, False), ("sending", False, False),
    ]  # fmt: skip


def test_steps_of_a_ready_dossier_are_done_but_the_sending(dossier, rep, translator):
    ready = make_ready(dossier, rep, translator)

    assert [one.kind for one in schedule.steps(ready) if not one.is_done] == ["sending"]
    sending.record_sending(ready, translator, sent_on=today(), words="x")
    assert [one.kind for one in schedule.steps(again(ready)) if not one.is_done] == []


def test_steps_wait_for_a_deadline_to_be_announced(kazan, rep, awards_officer):
    dossier = make_dossier(make_call(deadline_on=None), kazan, rep, awards_officer)

    assert {(one.due_on, one.is_late) for one in schedule.steps(again(dossier))} == {(None, False)}
    assert schedule.days_left(dossier.call) is None


def test_steps_are_edited_per_call(dossier):
    CallStep.objects.filter(kind="texts").update(days_before=90)

    steps = schedule.steps(again(dossier))
    assert (steps[0].kind, steps[0].is_late) == ("texts", True)


def test_russian_call_has_no_step_of_translation(db):
    call = make_call(languages=["ru"])

    assert [one.kind for one in call.steps.all()] == ["texts", "letters", "signature", "sending"]


@pytest.mark.parametrize(
    ("fields", "moment"),
    [
        ({"deadline_time": None, "time_zone": "Africa/Nairobi"}, "2027-04-30T21:00:00+00:00"),
        (
            {"deadline_time": datetime.time(23, 59), "time_zone": "Africa/Nairobi"},
            "2027-04-30T20:59:00+00:00",
        ),
        (
            {"deadline_time": datetime.time(17), "time_zone": "America/New_York"},
            "2027-04-30T21:00:00+00:00",
        ),
    ],
)
def test_deadline_is_by_the_clock_of_the_giver(fields, moment):
    call = OutsideCall(deadline_on=datetime.date(2027, 4, 30), **fields)
    closes_at = datetime.datetime.fromisoformat(moment)

    assert call.closes_at == closes_at
    second = datetime.timedelta(seconds=1)
    assert (call.is_open(closes_at - second), call.is_open(closes_at)) == (True, False)


def test_representative_sees_the_next_step_of_the_city(dossier, kazan, rep, translator):
    last = dossier.call.deadline_on
    assert own_attention(kazan, rep) == [
        ("Scroll of Honour 2027: texts in Russian", last - 60 * DAY, False)
    ]
    write(dossier, rep)
    write(dossier, rep, 1)
    assert own_attention(kazan, rep) == [("Scroll of Honour 2027: letters", last - 21 * DAY, False)]
    for number in (0, 1):
        translate(dossier, translator, number)
    add_letter(dossier, rep)
    assert own_attention(kazan, rep) == [
        ("Scroll of Honour 2027: approval by the head of the city", last - 14 * DAY, False)
    ]
    final = sending.make_final(dossier, translator)
    sending.approve(final, final.final_digest, rep)
    assert own_attention(kazan, rep) == []


def test_representative_sees_open_calls_until_the_city_asked(call, kazan, rep):
    assert own_attention(kazan, rep) == [
        ("Nomination: Scroll of Honour 2027", call.deadline_on, False)
    ]
    asked = make_interest(call, kazan, rep)
    assert own_attention(kazan, rep) == []
    nominating.withdraw(asked, rep)
    OutsideCall.objects.update(deadline_on=today() + 3 * DAY)
    assert own_attention(kazan, rep) == [
        ("Nomination: Scroll of Honour 2027", today() + 3 * DAY, True)
    ]


def test_public_page_of_the_award_shows_open_calls_and_nothing_of_a_dossier(dossier):
    page = shown(dossier.call.award)

    for words in ("Nominations are open", "Scroll of Honour 2027", "never the city itself",
                  "letter of the head of the city"):  # fmt: skip
        assert words in page
    for secret in ("Kazan", "Казань", "Old Town", "центра", "rep@example.org"):
        assert secret not in page


@pytest.mark.parametrize("fields", [{"is_shown": False}, {"deadline_on": today() - DAY}])
def test_public_page_shows_no_call_that_is_over_or_hidden(db, fields):
    assert "Nominations are open" not in shown(make_call(**fields).award)


def test_page_of_the_award_has_the_block(client, call):
    page = client.get(f"/en{call.award.get_absolute_url()[3:]}")

    assert page.status_code == 200
    assert "Nominations are open" in page.text


def test_city_that_only_asked_is_late_with_nothing(kazan, rep):
    asked = make_interest(make_call(deadline_on=today() + 5 * DAY), kazan, rep)

    assert [one.is_late for one in schedule.steps(again(asked))] == [False] * 5


def test_page_of_an_own_award_asks_nothing(call):
    call.award.giver = "own"
    with CaptureQueriesContext(connection) as queries:
        assert shown(call.award).strip() == ""
    assert len(queries) == 0


def test_translator_has_a_queue_of_texts_alone(dossier, rep, translator):
    write(dossier, rep)

    found = [(one.title, one.count) for one in workqueue.queues_for(translator)
             if "nominations" in one.url]  # fmt: skip
    assert found == [("Texts of dossiers to translate", 1)]


def test_staff_have_queues_of_cities_dossiers_and_texts(call, dossier, rep, awards_officer):
    make_interest(call, make_member("bishkek", "Бишкек", "Bishkek"), rep)
    CallStep.objects.filter(kind="texts").update(days_before=90)

    found = [(str(one.title), one.count, one.is_hot) for one in workqueue.queues_for(awards_officer)
             if "nominations" in one.url]  # fmt: skip
    assert found == [
        ("Cities that ask for a nomination", 1, True),
        ("Nomination dossiers in work", 1, True),
        ("Texts of dossiers to translate", 0, False),
    ]


def test_editors_have_no_queue_of_nominations(dossier, editor):
    assert [one for one in workqueue.queues_for(editor) if "nominations" in one.url] == []


def calendar(source, *args) -> list[tuple]:
    now = timezone.now()
    return [(one.key, one.title_en, one.day) for one in source(*args, now, now + 100 * DAY)]


def test_public_calendar_has_the_deadline_of_the_giver(dossier):
    call = dossier.call
    assert calendar(deadlines.deadlines) == [
        (f"outside-call-{call.pk}", "Nominations close: Scroll of Honour 2027", call.deadline_on)
    ]
    call.award.status = "draft"
    call.award.save()
    assert calendar(deadlines.deadlines) == []


def test_calendar_has_the_hour_where_the_giver_names_it(db):
    call = make_call(deadline_time=datetime.time(17), time_zone="Africa/Nairobi")
    now = timezone.now()

    entry = next(iter(deadlines.deadlines(now, now + 100 * DAY)))
    assert (entry.moment, entry.zone) == (call.closes_at, "Africa/Nairobi")


def test_personal_calendar_has_the_steps_of_the_own_city(dossier, rep, make_user):
    last = dossier.call.deadline_on
    assert [(title, day) for _key, title, day in calendar(deadlines.steps, rep)] == [
        ("Scroll of Honour 2027: texts in Russian", last - 60 * DAY),
        ("Scroll of Honour 2027: letters", last - 21 * DAY),
        ("Scroll of Honour 2027: approval by the head of the city", last - 14 * DAY),
    ]
    assert calendar(deadlines.steps, make_user("stranger@example.org")) == []
    assert deadlines.deadlines in calendar_sources._public


def nine(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(9, 1), association_zone())


def plan(day: datetime.date) -> list[tuple[str, str]]:
    """Letters that the planner writes on a morning."""
    before = set(Message.objects.values_list("pk", flat=True))
    reminders.write(own_reminders.steps(nine(day)), nine(day))
    fresh = Message.objects.exclude(pk__in=before).filter(kind="nominations.step")
    return sorted(fresh.values_list("email", "subject"))


def test_reminders_go_to_who_does_the_step_a_week_before_and_when_it_is_late(
    dossier, rep, translator, awards_officer, monkeypatch
):
    for user in (rep, translator, awards_officer):
        user.language = "en"
        user.save()
    last = dossier.call.deadline_on
    texts_on, english_on, sending_on = last - 60 * DAY, last - 30 * DAY, last - 3 * DAY

    assert plan(texts_on - 8 * DAY) == []
    [(address, subject)] = plan(texts_on - 7 * DAY)
    assert (address, subject.startswith("texts in Russian by ")) == ("rep@example.org", True)
    assert plan(texts_on - 6 * DAY) == []  # written already
    assert [email for email, _subject in plan(english_on - 7 * DAY)] == [
        "awards@example.org", "translator@example.org",
    ]  # fmt: skip
    assert [
        (email, subject) for email, subject in plan(sending_on + DAY) if "sending" in subject
    ] == [("awards@example.org", "Late: sending, Scroll of Honour 2027")]


def test_no_reminder_of_what_is_done_withdrawn_or_sent(call, dossier, kazan, rep, awards_officer):
    texts_on = call.deadline_on - 60 * DAY
    write(dossier, rep)
    write(dossier, rep, 1)
    assert plan(texts_on - 7 * DAY) == []
    nominating.withdraw(dossier, rep)
    assert plan(call.deadline_on - 21 * DAY) == []
    make_sent(make_dossier(call, kazan, rep, awards_officer), rep, awards_officer)
    assert plan(call.deadline_on - 3 * DAY) == []


def test_reminders_hold_their_queries(call, rep, awards_officer):
    cities = [make_member(slug, slug, slug.title()) for slug in ("a-city", "b-city", "c-city")]
    day = call.deadline_on - 40 * DAY

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(own_reminders.steps(nine(day)))
        return len(queries)

    make_dossier(call, cities[0], rep, awards_officer)
    before = count()
    for city in cities[1:]:
        make_dossier(call, city, rep, awards_officer)
    assert count() == before


def test_contact_data_are_erased_a_year_after_the_end(dossier, rep, awards_officer):
    purge = next(one.purge for one in retention.registry() if one.key == "nominations.contacts")
    make_sent(dossier, rep, awards_officer)

    assert purge(timezone.now() + 364 * DAY) == 0
    assert purge(timezone.now() + 367 * DAY) == 1
    assert purge(timezone.now() + 367 * DAY) == 0

    kept = Dossier.objects.get()
    assert (kept.contact_name, kept.contact_email, kept.contact_phone) == ("", "", "")
    assert kept.title_en == "The Old Town Comes Back"


def test_contact_data_of_a_dossier_in_work_stay(dossier, rep, call):
    purge = next(one.purge for one in retention.registry() if one.key == "nominations.contacts")
    OutsideCall.objects.update(deadline_on=dated.today() + 500 * DAY)

    assert purge(timezone.now() + 400 * DAY) == 0


def test_letters_of_a_dossier_are_in_both_languages(dossier, rep, awards_officer):
    ready = make_ready(dossier, rep, awards_officer)
    sending.record_sending(ready, awards_officer, sent_on=today(), words="x")
    sending.record_outcome(ready, "shortlisted", awards_officer, on=today())

    kinds = Message.objects.filter(kind__startswith="nominations.").values_list("kind", flat=True)
    assert sorted(set(kinds)) == [
        f"nominations.{name}" for name in ("decision", "final", "interest", "outcome", "sent")
    ]
    for message in Message.objects.filter(kind__startswith="nominations."):
        assert "Scroll of Honour 2027" in message.text_body
        assert "Почётный свиток 2027" in message.text_body
        assert "/nominations/" in message.text_body


def test_dossier_filled_in_the_usual_way_lacks_paper_alone(dossier, rep, awards_officer):
    fill(dossier, rep, awards_officer)

    assert schedule.next_step(again(dossier)).kind == "signature"
