"""Delegations in the cabinet: the form, the deeds, and who may do them."""

import pytest
from django.utils import timezone

from content.editing import CONFLICT
from events import registration
from events.models import Delegation, Participant
from events.registration import Person
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_offer,
    make_participant,
    make_people,
)
from events.tests.posting import THREE, address, page_of, posted, stored, text_of

pytestmark = pytest.mark.django_db


def errors(response) -> dict:
    """What the page says is wrong: by row and field; None for the whole."""
    found = {}
    for number, form in enumerate(response.context["people"].forms):
        for field, texts in form.errors.items():
            found[number, field] = list(texts)
    if whole := response.context["form"].non_field_errors():
        found[None] = list(whole)
    return found


def test_delegation_of_three_is_registered_and_the_page_says_everybodys_state(cabinet, rep):
    event = make_event(capacity=2)

    response = cabinet.post(
        page_of(event), posted(*THREE, head=1, note="Прилетим ночью"), follow=True
    )

    delegation = Delegation.objects.get()
    assert (delegation.registered_by, delegation.note) == (rep, "Прилетим ночью")
    assert list(
        delegation.participants.values_list(
            "name_cyrillic", "name_latin", "position_ru", "email", "language", "is_head", "status"
        )
    ) == [
        ("Анна Ким", "Anna Kim", "", "anna@example.org", "ru", False, "confirmed"),
        ("Пётр Орлов", "", "Советник", "", "ru", True, "confirmed"),
        ("", "Bob Lee", "", "bob@example.org", "en", False, "waiting"),
    ]
    assert [(row.name, row.state) for row in response.context["rows"]] == [
        ("Anna Kim", "has a place"),
        ("Пётр Орлов", "has a place"),
        ("Bob Lee", "1st on the waiting list"),
    ]
    assert "The delegation is registered." in text_of(response)


def test_page_speaks_russian(cabinet):
    event = make_event(capacity=0)

    response = cabinet.post(page_of(event, language="ru"), posted(THREE[0]), follow=True)

    assert [row.state for row in response.context["rows"]] == ["1-е место в листе ожидания"]
    assert "Делегация зарегистрирована." in text_of(response)


def test_same_form_key_twice_makes_one_delegation(cabinet):
    event = make_event()
    data = posted(*THREE)

    first = cabinet.post(page_of(event), data)
    second = cabinet.post(page_of(event), data)

    assert [one.headers["Location"] for one in (first, second)] == [page_of(event)] * 2
    assert (Delegation.objects.count(), Participant.objects.count()) == (1, 3)


def test_new_form_shows_three_empty_rows_that_are_nobody(cabinet):
    event = make_event()
    page = cabinet.get(page_of(event))
    assert len(page.context["people"].forms) == 3

    response = cabinet.post(page_of(event), posted({}, {}, {}))

    assert errors(response) == {None: ["Name at least one person."]}
    assert Delegation.objects.count() == 0


def test_empty_rows_between_people_are_passed_over(cabinet):
    cabinet.post(page_of(make_event()), posted({}, THREE[0], {}, THREE[2]))

    assert list(Participant.objects.values_list("order", "email")) == [
        (1, "anna@example.org"),
        (2, "bob@example.org"),
    ]


def test_more_rows_keep_what_was_typed_and_judge_nothing(cabinet):
    event = make_event()
    data = posted({"name_latin": "Анна", "order": "7"}, THREE[2], head=1, note="Привет")

    response = cabinet.post(page_of(event), {**data, "add_rows": "1"})

    forms = response.context["people"].forms
    assert len(forms) == 5
    assert (forms[0]["name_latin"].value(), forms[0]["order"].value()) == ("Анна", "7")
    assert [form["is_head"].value() for form in forms] == [False, True, None, None, None]
    assert response.context["form"]["note"].value() == "Привет"
    assert response.context["form"]["form_key"].value() == data["form_key"]
    assert "There is one problem" not in text_of(response)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"name_cyrillic": "Anna Ким"}, {(0, "name_cyrillic"): [
            "Write this name in Cyrillic letters only."]}),
        ({"name_latin": "Аnna"}, {(0, "name_latin"): ["Write this name in Latin letters only."]}),
        ({"name_latin": "Anna", "email": "anna@"},
         {(0, "email"): ["Enter a valid email address."]}),
        ({"email": "anna@example.org"}, {(0, "name_cyrillic"): [
            "Give the name in Cyrillic or in Latin letters."]}),
        ({"name_latin": "A" * 151}, {(0, "name_latin"): [
            "Ensure this value has at most 150 characters (it has 151)."]}),
        ({"name_latin": "Anna", "language": "de"}, {(0, "language"): [
            "Select a valid choice. de is not one of the available choices."]}),
    ],
)  # fmt: skip
def test_bad_row_is_marked_and_everything_typed_is_kept(cabinet, person, expected):
    response = cabinet.post(page_of(make_event()), posted(person, THREE[2]))

    assert errors(response) == expected
    forms = response.context["people"].forms
    assert {name: forms[0][name].value() for name in person} == person
    assert forms[1]["name_latin"].value() == "Bob Lee"
    assert Delegation.objects.count() == 0


def test_evt_4_doubles_are_marked_in_their_rows_and_named_in_the_summary(cabinet):
    event = make_event()
    make_participant(event, email="taken@example.org")

    response = cabinet.post(
        page_of(event),
        posted(THREE[0], THREE[0], {"name_latin": "C", "email": "taken@example.org"}),
    )

    assert errors(response) == {
        (1, "email"): ["The same e-mail as person 1."],
        (2, "email"): ["Somebody with this e-mail is registered for this event already."],
    }
    assert 'href="#id_people-1-email">Person 2, e-mail: The same e-mail as person 1.' in text_of(
        response
    )


def test_evt_4_head_over_the_quota_is_refused_in_the_row(cabinet):
    response = cabinet.post(page_of(make_event(quota=2)), posted(*THREE, head=2))

    assert list(errors(response)) == [(2, "is_head")]


def test_names_are_cleaned_of_what_cannot_be_seen(cabinet):
    cabinet.post(page_of(make_event()), posted({"name_latin": " Bob \u202e\t Lee\u2066 "}))

    assert Participant.objects.get().name_latin == "Bob Lee"


def test_number_in_the_list_moves_a_person_up_or_down(cabinet):
    people = [{"name_latin": letter} for letter in "ABCD"]
    people[3]["order"] = 1
    people[1]["order"] = 4

    cabinet.post(page_of(make_event()), posted(*people))

    assert list(Participant.objects.values_list("name_latin", flat=True)) == ["D", "A", "C", "B"]


def test_change_edits_removes_and_adds_in_one_page(cabinet, kazan, rep):
    event = make_event()
    delegation = make_delegation(event, kazan, 2, by=rep)
    first, second = stored(delegation)
    first["name_cyrillic"] = "Другое Имя"
    second["remove"] = "on"

    cabinet.post(page_of(event), posted(first, second, THREE[2], head=0, version=1))

    assert list(
        delegation.participants.order_by("pk").values_list("name_cyrillic", "name_latin", "status")
    ) == [
        ("Другое Имя", first["name_latin"], "confirmed"),
        (second["name_cyrillic"], second["name_latin"], "cancelled"),
        ("", "Bob Lee", "confirmed"),
    ]


def test_removing_everybody_cancels_the_delegation(cabinet, kazan, rep):
    event = make_event()
    delegation = make_delegation(event, kazan, 1, by=rep)

    cabinet.post(page_of(event), posted({**stored(delegation)[0], "remove": "on"}, version=1))

    assert list(delegation.participants.values_list("status")) == [("cancelled",)]


def test_older_version_shows_both_values_and_overwrites_nothing(cabinet, kazan, rep):
    event = make_event()
    delegation = make_delegation(event, kazan, 2, by=rep)
    first, second = stored(delegation)
    colleague = [
        Person(**{**first, "name_latin": "Stored", "is_head": True}),
        *make_people(1, "new", name_cyrillic="", name_latin="New One"),
    ]
    registration.change(delegation, colleague, rep, 1)

    mine = posted({**first, "name_latin": "Typed"}, second, head=0, version=1)
    response = cabinet.post(page_of(event), mine)

    found = errors(response)
    assert found[0, "name_latin"] == ["Now stored: Stored"]
    assert found[1, "name_cyrillic"] == ["This person has left the delegation."]
    assert found[2, "name_latin"] == ["Somebody has added this person meanwhile."]
    assert found[None] == [CONFLICT]
    forms = response.context["people"].forms
    assert [form["name_latin"].value() for form in forms] == [
        "Typed", second["name_latin"], "New One",
    ]  # fmt: skip
    assert sorted(delegation.participants.active().values_list("name_latin", flat=True)) == [
        "New One",
        "Stored",
    ]

    # Saved again as shown: now it is taken.
    again = dict(response.context["form"].data.items())
    assert cabinet.post(page_of(event), again).status_code == 302
    assert list(delegation.participants.active().values_list("name_latin", flat=True)) == [
        "Typed", second["name_latin"], "New One",
    ]  # fmt: skip


def test_after_the_registration_deadline_nobody_registers_but_people_leave(cabinet, kazan, rep):
    event = make_event(registration_closes_at=timezone.now() - DAY)
    page = cabinet.get(page_of(event))
    response = cabinet.post(page_of(event), posted(THREE[2]))

    assert "Register the delegation" not in text_of(page)
    assert "Registration closed on" in text_of(page)
    assert list(errors(response)) == [None]

    person = make_participant(event, member=kazan, by=rep)
    cabinet.post(address("events:participant_deed", "kazan", event.slug, person.pk, "cancel"))
    person.refresh_from_db()
    assert person.status == "cancelled"


@pytest.mark.parametrize(
    ("deed", "expected"),
    [("take", "confirmed"), ("decline", "cancelled"), ("cancel", "cancelled")],
)
def test_representative_answers_an_offer(cabinet, kazan, rep, deed, expected):
    event = make_event(capacity=1)
    offer = make_offer(event, member=kazan, by=rep)
    assert "Take the place" in text_of(cabinet.get(page_of(event)))

    for _time in range(2):
        response = cabinet.post(
            address("events:participant_deed", "kazan", event.slug, offer.pk, deed)
        )

    offer.refresh_from_db()
    assert (offer.status, response.headers["Location"]) == (expected, page_of(event))


def test_refused_deed_is_said_on_the_page(cabinet, kazan, rep):
    event = make_event(capacity=1)
    offer = make_offer(event, member=kazan, by=rep, offer_expires_at=timezone.now() - DAY)
    url = address("events:participant_deed", "kazan", event.slug, offer.pk, "take")

    assert "The offer ran out on" in text_of(cabinet.post(url, follow=True))


def test_whole_delegation_is_cancelled(cabinet, kazan, rep):
    event = make_event()
    make_delegation(event, kazan, 2, by=rep)
    url = address("events:cancel_delegation", "kazan", event.slug)

    for _time in range(2):
        response = cabinet.post(url, follow=True)

    assert set(Participant.objects.values_list("status", flat=True)) == {"cancelled"}
    assert response.context["rows"] == []


def test_list_shows_own_delegations_and_what_is_open(cabinet, kazan, rep):
    now = timezone.now()
    mine = make_delegation(make_event("mine", capacity=1), kazan, 2, by=rep)
    gone = make_delegation(make_event("gone"), kazan, 1, by=rep)
    registration.cancel_delegation(gone, rep)
    make_delegation(make_event("theirs"), make_member(slug="perm"))
    make_event("closed", registration_closes_at=now - DAY)
    make_event("draft", status="draft")

    context = cabinet.get(address("events:cabinet", "kazan")).context

    assert [(one, one.people, one.placed, one.waiting) for one in context["delegations"]] == [
        (mine, 2, 1, 1)
    ]
    assert [row["url"].split("/")[-2] for row in context["open_events"]] == ["gone", "theirs"]


@pytest.mark.parametrize("number", [1, 5])
def test_cabinet_list_holds_its_query_count(cabinet, kazan, rep, django_assert_num_queries, number):
    for one in range(number):
        make_delegation(make_event(f"own-{one}"), kazan, make_people(1, f"p{one}"), by=rep)
        make_event(f"open-{one}")
    cabinet.get(address("events:cabinet", "kazan"))

    with django_assert_num_queries(8):
        cabinet.get(address("events:cabinet", "kazan"))
