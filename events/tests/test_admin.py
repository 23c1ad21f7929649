"""The events desk: times by the clock of the place, limits under the lock, cancelling, deciding."""

import datetime
import zoneinfo

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from content.models import AuditEntry
from content.workqueue import queues_for
from events import telling
from events.models import Event, Participant
from events.tests.event_form import change_url, form_of, post, problems
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_participant,
)
from mailing.models import Message
from members.models import Member

pytestmark = pytest.mark.django_db

BISHKEK = zoneinfo.ZoneInfo("Asia/Bishkek")
LISTS = ["event", "participant", "delegation"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("number", [1, 5])
def test_lists_hold_their_query_count(desk, django_assert_max_num_queries, name, number):
    for one in range(number):
        make_delegation(make_event(f"event-{one}"), make_member(slug=f"city-{one}"), 2)
    url = reverse(f"admin:events_{name}_changelist")
    desk.get(url)

    with django_assert_max_num_queries(16):
        response = desk.get(url)

    expected = {"event": number, "delegation": number, "participant": 2 * number}[name]
    assert response.context["cl"].result_count == expected


def test_list_counts_places_and_the_queue(desk):
    event = make_event(capacity=2)
    make_delegation(event, people=3)

    response = desk.get(reverse("admin:events_event_changelist"))

    (row,) = response.context["cl"].result_list
    assert (row.placed, row.queued) == (2, 1)
    assert "2 / 2" in response.content.decode()


def test_times_are_shown_and_entered_by_the_clock_of_the_place(desk):
    start = datetime.datetime(2027, 5, 20, 10, 0, tzinfo=BISHKEK)
    event = make_event(starts_at=start, time_zone="Asia/Bishkek")

    sent = form_of(desk, event)
    page = desk.get(change_url(event)).content.decode()
    response = desk.post(change_url(event), sent | {"starts_at_1": "11:30:00"})

    assert (sent["starts_at_0"], sent["starts_at_1"]) == ("20.05.2027", "10:00:00")
    assert page.count("по Бишкеку (UTC+6)") >= 4
    assert response.status_code == 302
    event.refresh_from_db()
    assert event.starts_at == datetime.datetime(2027, 5, 20, 11, 30, tzinfo=BISHKEK)
    assert event.sequence == 1


def test_saving_unchanged_moves_nothing(desk):
    start = datetime.datetime(2027, 5, 20, 10, 0, tzinfo=BISHKEK)
    event = make_event(starts_at=start, time_zone="Asia/Bishkek", registration_closes_at=start)

    assert post(desk, event).status_code == 302

    event.refresh_from_db()
    assert (event.starts_at, event.registration_closes_at, event.sequence) == (start, start, 0)


def test_another_zone_keeps_the_hours_of_the_wall(desk):
    start = datetime.datetime(2027, 5, 20, 10, 0, tzinfo=BISHKEK)
    event = make_event(starts_at=start, time_zone="Asia/Bishkek")

    post(desk, event, time_zone="Asia/Magadan")

    event.refresh_from_db()
    magadan = zoneinfo.ZoneInfo("Asia/Magadan")
    assert event.starts_at == datetime.datetime(2027, 5, 20, 10, 0, tzinfo=magadan)


def test_hour_that_the_change_of_clocks_leaves_out_is_refused(desk):
    event = make_event(time_zone="Europe/Chisinau")

    response = post(desk, event, starts_at_0="28.03.2027", starts_at_1="02:30:00")

    assert list(problems(response)) == ["starts_at"]


def test_fewer_places_than_people_are_refused(desk):
    event = make_event(capacity=5)
    make_delegation(event, people=3)

    response = post(desk, event, capacity="2")

    assert list(problems(response)) == ["capacity"]
    assert post(desk, event, capacity="3").status_code == 302


def test_more_places_are_offered_to_those_who_wait(desk):
    event = make_event(capacity=1)
    make_delegation(event, people=3)

    post(desk, event, capacity="2")

    assert list(event.participants.values_list("status", flat=True)) == [
        "confirmed",
        "offered",
        "waiting",
    ]


def test_announcing_sets_the_moment_of_publication(desk):
    event = make_event(status="draft", published_at=None)

    assert post(desk, event, status="announced").status_code == 302

    event.refresh_from_db()
    assert event.is_public()


def test_state_cancelled_cannot_be_chosen_by_hand(desk):
    event = make_event()

    response = post(desk, event, status="cancelled")

    assert list(problems(response)) == ["status"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "draft"}, "status"),
        ({"status": "withdrawn"}, "status"),
        ({"published_at_0": "01.01.2099"}, "published_at"),
    ],
    ids=["draft", "withdrawn", "later"],
)
def test_event_with_people_is_cancelled_and_not_hidden(desk, changes, field):
    event = make_event()
    make_participant(event, status="waiting")
    make_participant(event, status="cancelled")

    response = post(desk, event, **changes)

    with translation.override("ru"):
        words = translation.ngettext(
            "%(number)d person is registered. Cancel the event instead.",
            "%(number)d people are registered. Cancel the event instead.",
            1,
        )
    assert problems(response) == {field: [words % {"number": 1}]}
    event.refresh_from_db()
    assert event.is_public()


@pytest.mark.parametrize("fields", [{}, {"starts_at": timezone.now() - 9 * DAY}])
def test_event_that_nobody_counts_on_may_be_withdrawn(desk, fields):
    event = make_event(**fields)
    make_participant(event, status="confirmed" if fields else "cancelled")

    assert post(desk, event, status="withdrawn").status_code == 302

    event.refresh_from_db()
    assert event.status == "withdrawn"


def test_new_event_is_made_with_the_usual_reminders(desk):
    event = make_event("pattern")
    sent = {name: value for name, value in form_of(desk, event).items() if "reminder" not in name}

    response = desk.post(reverse("admin:events_event_add"), sent | {"slug": "new"})

    assert response.status_code == 302, problems(response)
    made = Event.objects.get(slug="new")
    assert list(made.reminder_rules.values_list("amount", "unit")) == [(7, "days"), (1, "days")]


def test_event_needs_a_title_in_one_language_only(desk):
    event = make_event()

    assert post(desk, event, title_ru="").status_code == 302
    assert post(desk, event, title_ru="", title_en="").status_code == 200


def test_older_form_overwrites_nothing(desk):
    event = make_event()
    sent = form_of(desk, event)
    event.place_ru = "Казань, университет"
    event.save()

    response = desk.post(change_url(event), sent | {"place_ru": "Казань, театр"})

    assert "place_ru" in problems(response)
    assert Event.objects.get().place_ru == "Казань, университет"


def cancel_url(event: Event) -> str:
    return reverse("admin:events_event_cancel", args=[event.pk])


def test_evt_6_staff_cancel_with_a_reason(desk, events_officer):
    event = make_event()
    make_delegation(event, people=2)
    assert cancel_url(event) in desk.get(change_url(event)).content.decode()

    empty = desk.post(cancel_url(event), {"note_ru": " ", "note_en": ""})
    response = desk.post(cancel_url(event), {"note_ru": "Паводок.", "note_en": "Floods."})

    assert list(empty.context["form"].errors) == ["__all__"]
    assert response.headers["Location"] == change_url(event)
    event.refresh_from_db()
    assert (event.status, event.cancellation_note_en) == ("cancelled", "Floods.")
    telling.keep_promises()
    assert Message.objects.filter(kind="events.cancelled").count() == 3
    assert AuditEntry.objects.get(verb="events.event.cancelled").actor == events_officer


@pytest.mark.parametrize("name", ["note_ru", "note_en"])
def test_evt_6_a_reason_in_one_language_reaches_readers_of_both(desk, client, name):
    event = make_event()
    make_participant(event, language="ru")
    make_participant(event, language="en")

    assert desk.post(cancel_url(event), {name: "Floods."}).status_code == 302
    telling.keep_promises()

    letters = Message.objects.filter(kind="events.cancelled")
    assert [one.text_body.count("Floods.") for one in letters] == [2] * len(letters) != []
    assert "Floods." in client.get(event.get_absolute_url()).content.decode()


def test_cancelled_event_stays_cancelled_in_the_form(desk):
    event = make_event(status="cancelled", cancelled_at=timezone.now())

    assert post(desk, event, status="announced", place_ru="Казань").status_code == 302

    event.refresh_from_db()
    assert (event.status, event.place_ru) == ("cancelled", "Казань")


def test_draft_is_not_cancelled(desk):
    event = make_event(status="draft")

    response = desk.post(cancel_url(event), {"note_ru": "Паводок."})

    assert list(response.context["form"].non_field_errors()) == [
        "Отменить можно только объявленное мероприятие."
    ]


def test_translator_may_not_cancel(client, translator):
    event = make_event()
    client.force_login(translator)

    assert client.get(change_url(event)).status_code == 200
    assert client.post(cancel_url(event), {"note_ru": "Паводок."}).status_code == 403
    assert Event.objects.get().status == "announced"


@pytest.mark.parametrize("name", LISTS)
def test_others_do_not_reach_the_desk(client, make_representative, name):
    url = reverse(f"admin:events_{name}_changelist")
    assert client.get(url).status_code == 302

    client.force_login(make_representative(make_member()))
    assert client.get(url).status_code in (302, 403)


@pytest.mark.parametrize(
    ("action", "expected"), [("let_in", "confirmed"), ("turn_down", "declined")]
)
def test_evt_4_secretariat_decides_about_those_over_the_quota(desk, action, expected):
    make_delegation(make_event(quota=1), people=2)
    url = reverse("admin:events_participant_changelist")
    everybody = list(Participant.objects.values_list("pk", flat=True))

    response = desk.post(url, {"action": action, "_selected_action": everybody})

    assert list(Participant.objects.order_by("order").values_list("status", flat=True)) == [
        "confirmed",
        expected,
    ]
    with translation.override("ru"):
        assert [str(one) for one in get_messages(response.wsgi_request)] == [
            "Выполнено для 1 человека."
        ]


def test_staff_take_somebody_out(desk):
    delegation = make_delegation(make_event(), people=2)
    last = delegation.participants.last()
    url = reverse("admin:events_participant_changelist")

    desk.post(url, {"action": "take_out", "_selected_action": [last.pk]})

    last.refresh_from_db()
    assert (last.status, last.departure) == ("cancelled", "withdrawn")


def test_participants_are_seen_and_not_edited(desk):
    person = make_participant(make_event())
    url = reverse("admin:events_participant_change", args=[person.pk])

    page = desk.get(url).content.decode()
    desk.post(url, {"status": "cancelled", "name_latin": "Other"})

    person.refresh_from_db()
    assert (person.status, person.name_latin) == ("confirmed", "")
    assert 'name="_save"' not in page


def test_work_queue_counts_exactly_the_rows_of_its_list(desk, events_officer):
    make_delegation(make_event(quota=1), people=3)
    make_participant(make_event("over", starts_at=timezone.now() - DAY), status="over_quota")
    make_event("untranslated", title_en=None, summary_en=None, body_en=None, place_en=None)

    with translation.override("en"):
        queues = {str(queue.title): queue for queue in queues_for(events_officer)}

    over, lacking = queues["Delegates over the quota"], queues["Events without a translation"]
    assert (over.count, over.is_hot, lacking.count) == (2, True, 1)
    for queue in (over, lacking):
        assert desk.get(queue.url).context["cl"].result_count == queue.count


def test_work_queues_are_for_those_who_may_work_on_them(awards_officer):
    titles = {queue.url.split("?")[0] for queue in queues_for(awards_officer)}

    assert not [url for url in titles if "/events/" in url]


@pytest.mark.parametrize("model", [User, Member, Event])
def test_every_record_with_a_zone_judges_it(model):
    with pytest.raises(ValidationError) as refused:
        model._meta.get_field("time_zone").clean("Europe/Kazan", model())

    assert [one.code for one in refused.value.error_list] == ["time_zone"]
