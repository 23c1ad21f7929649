"""Writing to participants: seen with the list of names beforehand, sent once, kept in the log."""

import uuid

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.models import AuditEntry
from events import audiences, staff_letters, telling
from events.models import EventLetter, Invitation, ReminderRule
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_participant,
    make_representative,
    make_user,
)
from mailing import outbox
from mailing.models import Message

pytestmark = pytest.mark.django_db

WORDS = {
    "subject_ru": "Ответьте на приглашение до пятницы",
    "subject_en": "Answer the invitation by Friday",
    "text_ru": "Мы ждём ответа.\n\nСекретариат",
    "text_en": "We wait for your answer.\n\nThe secretariat",
}


@pytest.fixture
def desk(client, events_officer):
    client.force_login(events_officer)
    return client


def invite(event, number: int, **fields) -> list:
    """So many cities with an open invitation and one representative each."""
    members = []
    for one in range(number):
        member = make_member(slug=f"city-{one}", name_ru=f"Город {one}", name_en=f"City {one}")
        make_representative(make_user(f"city{one}@example.org", **fields), member)
        Invitation.objects.create(event=event, member=member)
        members.append(member)
    return members


def bounce(email: str, state: str = "failed") -> None:
    """The last mail to this address came back."""
    message = outbox.write(str(uuid.uuid4()), email, "ru", "events/mail/left", {"departure": ""})
    Message.objects.filter(pk=message.pk).update(state=state)


def address(event, name: str = "write", *args) -> str:
    return reverse(f"admin:events_event_{name}", args=[event.pk, *args])


def filled(**changes) -> dict:
    return {"audiences": ["unanswered"], "form_key": str(uuid.uuid4()), **WORDS, **changes}


def addresses() -> list[str]:
    rows = Message.objects.filter(kind="events.own_words").order_by("pk")
    return list(rows.values_list("email", flat=True))


def test_msg_4_dry_run_shows_the_names_then_sends_to_the_rest_and_logs_every_city(
    desk, events_officer
):
    event = make_event()
    members = invite(event, 37)
    for member in members[:3]:
        member.representatives.all().delete()
    for number in (5, 6):
        bounce(f"city{number}@example.org")
    form = filled()

    seen = desk.post(address(event), form | {"preview": "1"})

    listing = seen.context["listing"]
    assert (listing.names, listing.without_address, listing.bounced) == (37, 3, 2)
    page = seen.content.decode()
    for words in ("37 имён", "Без адреса: 3.", "Вернулось в прошлый раз: 2.", "34 письма"):
        assert words in page or listing.letters == 34
    assert addresses() == []

    for _click in range(2):
        sent = desk.post(address(event), form | {"send": "1"})
        assert sent.status_code == 302
    telling.keep_promises()
    telling.keep_promises()

    assert len(addresses()) == len(set(addresses())) == 34
    assert EventLetter.objects.count() == 1
    entries = AuditEntry.objects.filter(verb="events.letter.sent")
    logged = {entry.target for entry in entries if entry.target != event}
    assert logged == set(members[3:])
    assert {entry.actor for entry in entries} == {events_officer}


def test_msg_4_questionnaire_letter_comes_in_the_readers_language_with_the_other_below(desk):
    event = make_event()
    invite(event, 1, language="en")

    desk.post(address(event), filled() | {"send": "1"})
    telling.keep_promises()

    message = Message.objects.get(kind="events.own_words")
    assert message.subject == "Answer the invitation by Friday"
    assert message.text_body.index("We wait") < message.text_body.index("Мы ждём")
    assert "/cabinet/city-0/events/" in message.text_body


def test_preview_shows_the_letter_in_both_orders(desk):
    event = make_event()
    make_participant(event)

    seen = desk.post(address(event), filled(audiences=["placed"]) | {"preview": "1"})

    russian, english = seen.context["previews"]
    assert (russian.subject, english.subject) == (WORDS["subject_ru"], WORDS["subject_en"])
    assert russian.text.index("Мы ждём") < russian.text.index("We wait")
    assert english.text.index("We wait") < english.text.index("Мы ждём")
    assert Message.objects.filter(kind="events.own_words").count() == 0


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"audiences": []}, {"audiences"}),
        ({"audiences": ["nobody-knows"]}, {"audiences"}),
        ({"text_en": ""}, {"text_en"}),
        ({"subject_ru": "", "text_ru": ""}, {"subject_ru", "text_ru"}),
        ({"subject_en": "", "text_en": "", "text_ru": "", "is_one_language": "on"},
         {"subject_en", "text_en", "text_ru"}),
        ({"subject_ru": "я" * 151}, {"subject_ru"}),
    ],
)  # fmt: skip
def test_letter_lacking_something_is_not_sent(desk, changes, fields):
    event = make_event()
    invite(event, 1)

    response = desk.post(address(event), filled(**changes) | {"send": "1"})

    assert response.status_code == 200
    assert set(response.context["form"].errors) == fields
    assert response.context["form"]["subject_en"].value() == filled(**changes)["subject_en"]
    assert EventLetter.objects.count() == 0


def test_letter_marked_as_one_language_goes_out_with_a_note(desk):
    event = make_event()
    invite(event, 1, language="ru")
    one = filled(subject_ru="", text_ru="", is_one_language="on")

    assert desk.post(address(event), one | {"send": "1"}).status_code == 302
    telling.keep_promises()

    message = Message.objects.get(kind="events.own_words")
    assert message.subject == WORDS["subject_en"]
    assert "Этот материал есть только на английском" in message.text_body or (
        "English only" in message.text_body
    )


def test_several_audiences_reach_everybody_once(desk):
    event = make_event(capacity=1)
    make_delegation(event, people=3)

    desk.post(address(event), filled(audiences=["placed", "waiting", "all"]) | {"send": "1"})
    telling.keep_promises()

    assert sorted(addresses()) == [f"kazan{number}@example.org" for number in (1, 2, 3)]


def test_one_who_answers_for_two_cities_gets_one_letter_and_both_logs_have_it():
    event, user = make_event(), make_user("both@example.org")
    members = [make_member(slug=slug) for slug in ("kazan", "perm")]
    for member in members:
        make_representative(user, member)
        Invitation.objects.create(event=event, member=member)

    letter = staff_letters.send(event, ["unanswered"], WORDS, uuid.uuid4(), user)
    telling.keep_promises()

    assert (letter.names, addresses()) == (2, ["both@example.org"])
    entries = AuditEntry.objects.filter(verb="events.letter.sent")
    assert {entry.target for entry in entries} == {event, *members}


def test_who_has_answered_meanwhile_is_not_written_to():
    event, user = make_event(), make_user("s@example.org")
    first, _second = invite(event, 2)
    staff_letters.send(event, ["unanswered"], WORDS, uuid.uuid4(), user)
    Invitation.objects.filter(member=first).update(
        state="accepted", answered_at="2026-11-01T00:00Z"
    )

    telling.keep_promises()

    assert addresses() == ["city1@example.org"]


@pytest.mark.parametrize(("later", "bounced"), [(None, 1), ("sent", 0), ("queued", 1)])
def test_address_bounced_when_the_last_settled_mail_did(later, bounced):
    event = make_event()
    person = make_participant(event, email="Mixed@Example.org")
    bounce("mixed@example.org")
    if later == "sent":
        outbox.write("later", "mixed@example.org", "ru", "events/mail/left", {"departure": ""})
        Message.objects.filter(occasion="later").update(state="sent", sent_at=event.published_at)
    elif later:
        outbox.write("later", "mixed@example.org", "ru", "events/mail/left", {"departure": ""})

    found = staff_letters.listing(audiences.addressees(event, ["placed"]))

    assert (found.names, found.bounced, found.letters) == (1, bounced, 1)
    assert person.email == "Mixed@Example.org"


@pytest.mark.parametrize("keys", [["all"], ["unanswered"], ["absent"], ["heads", "online"]])
def test_list_of_names_takes_as_many_queries_for_many_as_for_one(keys):
    counts = []
    for number in (2, 9):
        event = make_event(f"event-{number}")
        for one in range(number):
            member = make_member(slug=f"m{number}-{one}")
            make_representative(make_user(f"u{number}-{one}@example.org"), member)
            Invitation.objects.create(event=event, member=member)
            make_participant(event, member=make_member(slug=f"p{number}-{one}"))
        with CaptureQueriesContext(connection) as queries:
            found = staff_letters.listing(audiences.addressees(event, keys))
            [(line.addressee.reader.name(), line.addressee.sender()) for line in found.lines]
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_page_of_a_reminder_is_a_dry_run(desk):
    event = make_event()
    rule = event.reminder_rules.get(amount=7)
    make_participant(event, language="en", email="a@example.org")
    make_participant(event, email="")

    page = desk.get(address(event, "reminders", rule.pk))

    listing = page.context["listing"]
    assert (listing.names, listing.without_address, listing.letters) == (2, 1, 1)
    russian, english = page.context["previews"]
    assert russian.subject == "Через 7 дней: Конгресс местных властей"
    assert english.subject == "In 7 days: Congress of Local Governments"
    assert Message.objects.count() == 0


def test_dry_run_shows_who_has_the_reminder_already(desk):
    from mailing import reminders

    event = make_event()
    make_participant(event, confirmed_at=event.starts_at - 30 * DAY)
    reminders.plan(event.starts_at - 7 * DAY)
    rule = event.reminder_rules.get(amount=7)

    listing = desk.get(address(event, "reminders", rule.pk)).context["listing"]

    assert (listing.written, listing.letters) == (1, 0)


def test_own_words_of_a_reminder_are_saved_and_refused_when_half(desk):
    event = make_event()
    rule = event.reminder_rules.get(amount=7)
    page = address(event, "reminders", rule.pk)

    half = desk.post(page, {"subject_ru": "Фото", "text_ru": "Нужны фото."})
    whole = desk.post(page, WORDS)

    assert set(half.context["form"].errors) == {"subject_en", "text_en"}
    assert whole.status_code == 302
    rule.refresh_from_db()
    assert (rule.subject_en, rule.text_ru) == (WORDS["subject_en"], WORDS["text_ru"])
    assert desk.get(page).context["previews"][0].subject == WORDS["subject_ru"]


def test_rule_of_another_event_is_not_found(desk):
    event, other = make_event(), make_event("other")
    rule = ReminderRule.objects.filter(event=other).first()

    assert desk.get(address(event, "reminders", rule.pk)).status_code == 404


def test_staff_postpone_and_announce_anew_in_the_admin(desk):
    event = make_event()
    make_participant(event)

    empty = desk.post(address(event, "postpone"), {})
    done = desk.post(address(event, "postpone"), {"note_ru": "Паводок.", "note_en": ""})

    assert empty.status_code == 200
    assert empty.context["form"].errors
    event.refresh_from_db()
    assert (done.status_code, event.status) == (302, "postponed")
    assert [str(one) for one in get_messages(done.wsgi_request)]

    form = {
        "time_zone": "Asia/Bishkek", "starts_at_0": "20.05.2027", "starts_at_1": "10:00:00",
        "ends_at_0": "20.05.2027", "ends_at_1": "18:00:00", "place_ru": "Бишкек",
        "place_en": "Bishkek",
    }  # fmt: skip
    bad = desk.post(address(event, "new_date"), form | {"ends_at_0": "19.05.2027"})
    good = desk.post(address(event, "new_date"), form)

    assert set(bad.context["form"].errors) == {"ends_at"}
    event.refresh_from_db()
    assert (good.status_code, event.status) == (302, "announced")
    assert f"{event.starts_at:%Y-%m-%d %H:%M}" == "2027-05-20 04:00"
    assert list(event.changes.values_list("what", flat=True)) == ["new_date", "postponed"]
