"""Changes after the deadline: asked for, shown as a difference, decided (EVT-5)."""

import dataclasses
import threading

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from content.models import AuditEntry
from events import change_requests, differences, leaving, placelinks, registration
from events.models import ChangeRequest, Delegation, Participant
from events.people import DelegationChanged, RegistrationRefused, TooLate
from events.tests.factories import DAY, make_delegation, make_event, make_people, make_user
from events.tests.posting import THREE, address, named, page_of, posted, stored, text_of
from mailing.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    """Changes were possible until two days ago."""
    return make_event(change_until=timezone.now() + DAY)


@pytest.fixture
def delegation(event, kazan, rep):
    made = make_delegation(event, kazan, 2, by=rep)
    over(event)
    return made


def over(event, name="change_until") -> None:
    """The deadline is two days ago now."""
    setattr(event, name, timezone.now() - 2 * DAY)
    event.save()


def staff() -> User:
    return User.objects.create_superuser("staff@example.org", full_name="Ирина Соколова")


def lines(request: ChangeRequest) -> list:
    delegation = Delegation.objects.select_related("event", "member").get()
    with translation.override("en"):
        return [(one.name, one.kind, one.lines) for one in differences.of(request, delegation)]


def test_evt_5_edit_after_the_deadline_is_a_request_and_the_old_data_stay(
    cabinet, delegation, event, client
):
    first, second = stored(delegation)
    page = text_of(cabinet.get(page_of(event)))
    assert "Ask the secretariat" in page
    assert "Save the delegation" not in page
    assert "Changes were possible until" in page

    response = cabinet.post(
        page_of(event),
        posted({**first, "name_cyrillic": "Другое Имя"}, second, head=0, version=1,
               reason="Ошибка в имени"),
        follow=True,
    )  # fmt: skip

    assert "Your request is with the secretariat" in text_of(response)
    request = ChangeRequest.objects.get()
    assert (request.state, request.reason) == ("open", "Ошибка в имени")
    assert stored(delegation) == [first, second]
    assert lines(request) == [
        ("Участник 1", "changed", [
            ("Name in Cyrillic letters", "Участник 1", "Другое Имя"),
        ]),
    ]  # fmt: skip

    client.force_login(staff())
    desk = reverse("admin:events_changerequest_change", args=[request.pk])
    shown = client.get(desk).content.decode()
    assert ("<del>Участник 1</del>" in shown, "<ins>Другое Имя</ins>" in shown) == (True, True)
    client.post(desk, {"_accept": "1", "version": 1, "answer": "Хорошо"})

    delegation.refresh_from_db()
    assert [row["name_cyrillic"] for row in stored(delegation)] == ["Другое Имя", "Участник 2"]
    request.refresh_from_db()
    assert (request.state, request.answer) == ("accepted", "Хорошо")
    letter = Message.objects.filter(occasion__startswith="events.change:").get()
    assert letter.email == "rep@example.org"
    assert "Хорошо" in letter.text_body


def test_evt_5_refused_request_changes_nothing_and_is_answered(client, delegation):
    request = ask(delegation, name_cyrillic="Другое Имя")
    client.force_login(staff())
    desk = reverse("admin:events_changerequest_change", args=[request.pk])

    silent = client.post(desk, {"_refuse": "1", "version": 1})
    assert "answer" in silent.context["form"].errors
    client.post(desk, {"_refuse": "1", "version": 1, "answer": "Билеты куплены"})

    request.refresh_from_db()
    assert request.state == "refused"
    assert [row["name_cyrillic"] for row in stored(delegation)] == ["Участник 1", "Участник 2"]
    letter = Message.objects.filter(occasion__startswith="events.change:").get()
    assert "Билеты куплены" in letter.text_body


def ask(delegation, **fields) -> ChangeRequest:
    """The first person shall be different."""
    first, *others = named(delegation)
    wanted = [dataclasses.replace(first, **fields), *others]
    by, version = delegation.registered_by, delegation.version
    return change_requests.ask(delegation, by, people=wanted, seen_version=version)


def test_change_itself_is_refused_after_the_deadline(delegation):
    with pytest.raises(TooLate):
        registration.change(delegation, named(delegation), delegation.registered_by, 1)


def test_late_deadline_of_changes_outlives_the_registration(delegation, event):
    event.registration_closes_at = timezone.now() - DAY
    event.change_until = timezone.now() + DAY
    event.save()

    registration.change(
        delegation, [*named(delegation), *make_people(1, "new")], delegation.registered_by, 1
    )

    assert delegation.participants.active().count() == 3


def test_difference_names_who_is_added_removed_and_moved(delegation):
    first, second = named(delegation)
    new = make_people(1, "new", name_cyrillic="Анна Ким", position_en="")[0]
    request = change_requests.ask(
        delegation, delegation.registered_by, people=[second, new], seen_version=1, note="Просим"
    )

    assert lines(request) == [
        ("Анна Ким", "added", [
            ("Name in Cyrillic letters", "", "Анна Ким"),
            ("Name in Latin letters", "", "Delegate new 1"),
            ("Position [ru]", "", "Советник"),
            ("E-mail", "", "new1@example.org"),
            ("Language of mails", "", "Русский"),
        ]),
        ("Участник 1", "removed", []),
        ("The delegation as a whole", "changed", [("Note for the secretariat", "", "Просим")]),
    ]  # fmt: skip

    swapped = change_requests.ask(
        delegation, delegation.registered_by, people=[second, first], seen_version=1
    )
    assert [(name, kind, rows[-1]) for name, kind, rows in lines(swapped)][:2] == [
        ("Участник 2", "changed", ("Number in the list", "2", "1")),
        ("Участник 1", "changed", ("Number in the list", "1", "2")),
    ]


def test_newer_request_takes_the_place_of_the_open_one(delegation):
    one = ask(delegation, name_cyrillic="Первое Имя")
    two = ask(delegation, name_cyrillic="Второе Имя")

    assert (one.pk, ChangeRequest.objects.count()) == (two.pk, 1)
    assert lines(two)[0][2] == [("Name in Cyrillic letters", "Участник 1", "Второе Имя")]


def test_form_shows_what_was_asked_for(cabinet, delegation, event):
    ask(delegation, name_cyrillic="Другое Имя")

    page = cabinet.get(page_of(event))

    assert page.context["people"].forms[0]["name_cyrillic"].value() == "Другое Имя"
    assert [row.name for row in page.context["rows"]] == ["Delegate kazan 1", "Delegate kazan 2"]


def test_request_is_taken_back(cabinet, delegation, event):
    request = ask(delegation, name_cyrillic="Другое Имя")
    url = address("events:take_back_request", "kazan", event.slug)

    for _time in range(2):
        assert cabinet.post(url).status_code == 302

    request.refresh_from_db()
    assert request.state == "withdrawn"
    assert change_requests.accept(request, staff(), 1).state == "withdrawn"
    assert stored(delegation)[0]["name_cyrillic"] == "Участник 1"


def test_conflict_is_told_when_the_delegation_changed_meanwhile(client, delegation, event):
    request = ask(delegation, name_cyrillic="Другое Имя")
    left = delegation.participants.last()
    registration.cancel_participant(left, delegation.registered_by)

    with pytest.raises(DelegationChanged):
        change_requests.accept(request, staff(), 1)
    client.force_login(User.objects.get(email="staff@example.org"))
    desk = reverse("admin:events_changerequest_change", args=[request.pk])
    told = client.post(desk, {"_accept": "1", "version": 1})
    page = told.content.decode()
    assert "Somebody saved this record" in page or "сохранил" in page
    client.post(desk, {"_accept": "1", "version": told.context["form"].data["version"]})

    assert list(delegation.participants.active().values_list("name_cyrillic", flat=True)) == [
        "Другое Имя"
    ]


def test_whoever_joined_since_stays(delegation, event):
    request = ask(delegation, name_cyrillic="Другое Имя")
    event.change_until = timezone.now() + DAY
    event.save()
    people = [*named(delegation), *make_people(1, "new")]
    registration.change(delegation, people, delegation.registered_by, 1)

    change_requests.accept(request, staff(), 2)

    assert [row["email"] for row in stored(delegation)] == [
        "kazan1@example.org", "kazan2@example.org", "new1@example.org",
    ]  # fmt: skip


def test_doubles_are_refused_when_asking(cabinet, delegation, event):
    first, second = stored(delegation)

    response = cabinet.post(
        page_of(event), posted(first, {**second, "email": first["email"]}, version=1)
    )

    assert response.context["people"].forms[1].errors == {"email": ["The same e-mail as person 1."]}
    assert ChangeRequest.objects.count() == 0


def test_stale_form_is_told_after_the_deadline_too(cabinet, delegation, event):
    registration.cancel_participant(delegation.participants.last(), delegation.registered_by)

    response = cabinet.post(page_of(event), posted(*stored(delegation), THREE[2], version=1))

    assert "Somebody saved this record" in text_of(response)
    assert ChangeRequest.objects.count() == 0


def test_withdrawal_after_its_deadline_is_a_request(cabinet, delegation, event):
    over(event, "cancel_until")
    person = delegation.participants.last()
    url = address("events:participant_deed", "kazan", event.slug, person.pk, "cancel")

    page = text_of(cabinet.post(url, follow=True))

    assert "your wish to withdraw is with the secretariat" in page
    assert delegation.participants.active().count() == 2
    request = ChangeRequest.objects.get()
    assert [(name, kind) for name, kind, _lines in lines(request)] == [("Участник 2", "removed")]
    change_requests.accept(request, staff(), 1)
    assert delegation.participants.active().count() == 1


def test_whole_delegation_withdraws_by_request(cabinet, delegation, event):
    over(event, "cancel_until")

    cabinet.post(address("events:cancel_delegation", "kazan", event.slug))

    request = ChangeRequest.objects.get()
    assert request.wanted["people"] == []
    change_requests.accept(request, staff(), 1)
    assert set(delegation.participants.values_list("status", flat=True)) == {"cancelled"}


def test_own_link_asks_after_the_deadline_of_leaving(client, delegation, event):
    over(event, "cancel_until")
    person = delegation.participants.last()
    own = f"/en/events/places/{placelinks.token(person)}/"

    for _time in range(2):
        page = text_of(client.post(own, {"deed": "decline"}, follow=True))

    assert "your wish to withdraw is with the secretariat" in page
    request = ChangeRequest.objects.get()
    assert (request.asked_by, delegation.participants.active().count()) == (None, 2)
    assert [(name, kind) for name, kind, _lines in lines(request)] == [("Участник 2", "removed")]


def test_leaving_a_part_after_its_deadline_is_asked_of_the_whole(event, kazan, rep):
    part = make_event("council", parent=event, starts_at=event.starts_at, title_en="Council")
    people = make_people(1, parts=frozenset([part.pk]))
    registration.register(event, kazan, people, rep)
    over(part, "cancel_until")

    leaving.cancel_or_ask(part.participants.get(), rep)

    request = ChangeRequest.objects.get()
    assert request.delegation.event == event
    change_requests.accept(request, staff(), 1)
    assert list(part.participants.values_list("status", flat=True)) == ["cancelled"]
    assert event.participants.active().count() == 1


def test_staff_take_people_out_whatever_the_deadline(delegation, event):
    over(event, "cancel_until")
    person = delegation.participants.last()

    with pytest.raises(TooLate):
        registration.cancel_participant(person, delegation.registered_by)
    registration.cancel_participant(person, staff(), is_decided=True)

    assert delegation.participants.active().count() == 1


def test_nothing_is_asked_of_a_cancelled_event(delegation, event):
    event.status, event.cancelled_at = "cancelled", timezone.now()
    event.save()

    with pytest.raises(RegistrationRefused):
        ask(delegation, name_cyrillic="Другое Имя")


def test_deeds_are_logged_without_names(delegation):
    request = ask(delegation, name_cyrillic="Другое Имя")
    change_requests.accept(request, staff(), 1)

    verbs = AuditEntry.objects.filter(verb__startswith="events.change.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "events.change.asked", "events.change.accepted",
    ]  # fmt: skip
    assert "Другое" not in "".join(verbs.values_list("summary", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_staff_at_once_leave_one_decision():
    event = make_event(change_until=timezone.now() + DAY)
    delegation = make_delegation(event, people=1)
    over(event)
    request = ask(delegation, name_cyrillic="Другое Имя")
    bosses = [make_user(f"s{number}@example.org") for number in range(2)]
    barrier, answers = threading.Barrier(2), []

    def decide(deed):
        try:
            barrier.wait(30)
            answers.append(deed().state)
        finally:
            connections.close_all()

    deeds = [
        lambda: change_requests.accept(request, bosses[0], 1),
        lambda: change_requests.refuse(request, bosses[1], "Нет"),
    ]
    threads = [threading.Thread(target=decide, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    request.refresh_from_db()
    name = Participant.objects.get().name_cyrillic
    expected = "Другое Имя" if request.state == "accepted" else "Участник 1"
    assert (name, len(answers)) == (expected, 2)
    assert Message.objects.filter(occasion__startswith="events.change:").count() == 1
