"""Delegations in the cabinet: the form, the deeds, and who may do them."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from content.models import AuditEntry
from events import registration
from events.forms import PREFIX
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
    make_representative,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kazan():
    return make_member()


@pytest.fixture
def rep(kazan):
    user = make_user("rep@example.org")
    make_representative(user, kazan)
    return user


@pytest.fixture
def cabinet(client, rep):
    """A client of the representative of Kazan."""
    client.force_login(rep)
    return client


def address(name: str, *args, language: str = "en") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def page_of(event, slug: str = "kazan", language: str = "en") -> str:
    return address("events:register", slug, event.slug, language=language)


def posted(*people: dict, head: int | None = None, **whole) -> dict:
    """The form as a browser posts it: rows from 0, a fresh key."""
    data = {
        f"{PREFIX}-TOTAL_FORMS": len(people),
        f"{PREFIX}-INITIAL_FORMS": 0,
        "form_key": str(uuid.uuid4()),
        "note": "",
        **whole,
    }
    for number, person in enumerate(people):
        for name, value in {"language": "ru", "order": number + 1, **person}.items():
            data[f"{PREFIX}-{number}-{name}"] = value
    if head is not None:
        data[f"{PREFIX}-head"] = f"{PREFIX}-{head}"
    return data


def stored(delegation: Delegation) -> list[dict]:
    """The rows as the form shows them for a delegation that is registered."""
    return [
        {"pk": row.pk, **{name: getattr(row, name) or "" for name in Person.FIELDS}}
        for row in delegation.participants.active()
    ]


def errors(response) -> dict:
    """What the page says is wrong: by row and field; None for the whole."""
    found = {}
    for number, form in enumerate(response.context["people"].forms):
        for field, texts in form.errors.items():
            found[number, field] = list(texts)
    if whole := response.context["form"].non_field_errors():
        found[None] = list(whole)
    return found


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


THREE = [
    {"name_cyrillic": "Анна Ким", "name_latin": "Anna Kim", "email": "anna@example.org"},
    {"name_cyrillic": "Пётр Орлов", "position_ru": "Советник", "position_en": "Adviser"},
    {"name_latin": "Bob Lee", "email": "bob@example.org", "language": "en"},
]


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
    assert found[None][0].startswith("Somebody changed this delegation")
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


def test_after_the_deadline_people_can_only_be_taken_out(cabinet, kazan, rep):
    event = make_event()
    delegation = make_delegation(event, kazan, 2, by=rep)
    event.registration_closes_at = timezone.now() - DAY
    event.save()

    page = cabinet.get(page_of(event))
    response = cabinet.post(page_of(event), posted(*stored(delegation), THREE[2], version=1))

    assert "Save the delegation" not in text_of(page)
    assert "Registration closed on" in text_of(page)
    assert list(errors(response)) == [None]
    last = delegation.participants.last()
    cabinet.post(address("events:participant_deed", "kazan", event.slug, last.pk, "cancel"))
    assert list(delegation.participants.values_list("status", flat=True)) == [
        "confirmed",
        "cancelled",
    ]


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

    with django_assert_num_queries(7):
        cabinet.get(address("events:cabinet", "kazan"))


# Who may come in. Every door is tried as a stranger and as a visitor.

DOORS = [
    ("events:cabinet", ["kazan"], "get"),
    ("events:register", ["kazan", "congress"], "get"),
    ("events:register", ["kazan", "congress"], "post"),
    ("events:cancel_delegation", ["kazan", "congress"], "post"),
    ("events:participant_deed", ["kazan", "congress", "{pk}", "cancel"], "post"),
    ("events:participant_deed", ["kazan", "congress", "{pk}", "take"], "post"),
]


def knock(client, door, participant):
    name, args, method = door
    url = address(name, *[str(arg).format(pk=participant.pk) for arg in args])
    return getattr(client, method)(url, posted(*THREE) if method == "post" else None)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door[0]} {door[2]}")
def test_rep_1_representative_of_another_city_finds_nothing(client, kazan, door):
    event = make_event()
    offer = make_offer(event, member=kazan)
    stranger = make_user("perm@example.org")
    make_representative(stranger, make_member(slug="perm"))
    client.force_login(stranger)

    response = knock(client, door, offer)

    offer.refresh_from_db()
    assert (response.status_code, offer.status) == (404, "offered")
    assert "Congress of Local" not in text_of(response)
    assert Participant.objects.count() == 1
    assert AuditEntry.objects.filter(verb="cabinet.refused", actor=stranger).count() == 1


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door[0]} {door[2]}")
def test_visitor_is_asked_to_sign_in(client, kazan, door):
    offer = make_offer(make_event(), member=kazan)

    response = knock(client, door, offer)

    offer.refresh_from_db()
    assert (response.status_code, offer.status) == (302, "offered")
    assert response.headers["Location"].startswith("/accounts/login/")


def test_rep_1_own_page_does_not_reach_a_participant_of_another_city(cabinet):
    event = make_event()
    theirs = make_offer(event, member=make_member(slug="perm"))

    for deed in ("take", "decline", "cancel"):
        url = address("events:participant_deed", "kazan", event.slug, theirs.pk, deed)
        assert cabinet.post(url).status_code == 404

    theirs.refresh_from_db()
    assert theirs.status == "offered"


def test_rep_1_posting_the_key_of_a_foreign_row_changes_nothing(cabinet, kazan, rep):
    event = make_event()
    make_delegation(event, kazan, 1, by=rep)
    theirs = make_participant(event, member=make_member(slug="perm"))

    response = cabinet.post(
        page_of(event), posted({"pk": theirs.pk, "name_latin": "Stolen"}, version=1)
    )

    theirs.refresh_from_db()
    assert (response.status_code, theirs.name_latin) == (200, "")


def test_ended_mandate_ends_the_right_at_once(cabinet, rep):
    event = make_event()
    rep.mandates.update(ends_on=timezone.localdate() - DAY)

    assert cabinet.get(page_of(event)).status_code == 404


@pytest.mark.parametrize(
    "fields", [{"status": "draft"}, {"takes_registrations": False}], ids=["draft", "elsewhere"]
)
def test_event_that_cannot_be_registered_for_is_not_found(cabinet, fields):
    event = make_event(**fields)

    assert cabinet.get(page_of(event)).status_code == 404


def test_deeds_are_posts(cabinet, kazan, rep):
    event = make_event()
    offer = make_offer(event, member=kazan, by=rep)

    for url in (
        address("events:participant_deed", "kazan", event.slug, offer.pk, "take"),
        address("events:cancel_delegation", "kazan", event.slug),
    ):
        assert cabinet.get(url).status_code == 405


def test_cabinet_pages_are_kept_by_nobody(cabinet):
    response = cabinet.get(page_of(make_event()))

    assert "no-store" in response.headers["Cache-Control"]


# From the public page to the cabinet.


def test_start_leads_the_representative_of_one_city_straight_on(cabinet):
    event = make_event()

    response = cabinet.get(address("events:start", event.slug))

    assert response.headers["Location"] == page_of(event)


def test_start_lets_the_representative_of_two_cities_choose(cabinet, rep):
    event = make_event()
    make_representative(rep, make_member(slug="perm", name_ru="Пермь", name_en="Perm"))

    response = cabinet.get(address("events:start", event.slug))

    assert [one.slug for one in response.context["members"]] == ["kazan", "perm"]


def test_start_says_why_others_cannot_register(client):
    client.force_login(make_user())

    response = client.get(address("events:start", make_event().slug))

    assert response.status_code == 403
    assert "Delegations are registered by representatives of members." in text_of(response)


def test_start_asks_a_visitor_to_sign_in(client):
    response = client.get(address("events:start", make_event().slug))

    assert response.headers["Location"].startswith("/accounts/login/")
