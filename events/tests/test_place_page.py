"""The page of a place without an account: own details, consent, answers, files too large."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events import guests, placelinks, questions
from events.models import Answer, Delegation, Participant
from events.tests.factories import DAY, make_delegation, make_event, make_offer, make_participant
from events.tests.posting import address, text_of
from events.tests.test_guests import apply, errors
from events.tests.test_questions import PDF, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(admits_guests=True)


def guest_with_place(event) -> Participant:
    return guests.confirm(apply(event))


def place_of(person) -> str:
    return address("events:place", placelinks.token(person))


def saved(person, **fields) -> dict:
    names = ("name_cyrillic", "name_latin", "position_ru", "position_en")
    stored = {name: getattr(person, name) or "" for name in names}
    return {"deed": "save", **stored, **fields}


def test_guest_changes_their_details_and_the_consent(client, event):
    person = guest_with_place(event)

    answer = client.post(
        place_of(person), saved(person, name_cyrillic="Ион Чебану", position_en="Mayor",
                                is_listed="on")
    )  # fmt: skip

    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.name_cyrillic, person.position_en, person.is_listed) == (
        "Ион Чебану", "Mayor", True,
    )  # fmt: skip
    assert person.listed_changed_at is not None
    assert Delegation.objects.get().version == 2


def test_consent_is_taken_back_after_the_deadline_and_nothing_else_changes(client, event):
    person = guest_with_place(event)
    client.post(place_of(person), saved(person, is_listed="on"))
    type(event).objects.update(change_until=timezone.now() - DAY)

    page = client.get(place_of(person))
    client.post(place_of(person), saved(person, name_latin="Another"))

    assert "Changes were possible until" in text_of(page)
    person.refresh_from_db()
    assert (person.name_latin, person.is_listed) == ("Ion Ceban", False)


def test_delegate_of_a_member_keeps_answers_and_consent_but_no_name(client, event):
    question = ask(event)
    person = make_delegation(event).participants.get()

    client.post(
        place_of(person),
        saved(person, name_latin="Another", is_listed="on", **{questions.name_of(question): "XL"}),
    )

    before = person.name_latin
    person.refresh_from_db()
    assert (person.name_latin, person.is_listed, Answer.objects.get().text) == (before, True, "XL")


def test_file_is_answered_on_the_page_of_the_place(client, event):
    question = ask(event, "file", ("Письмо", "Letter"), is_required=True)
    person = guest_with_place(event)
    name = questions.name_of(question)

    missing = client.post(place_of(person), saved(person))
    client.post(place_of(person), saved(person, **{name: SimpleUploadedFile("a.pdf", PDF)}))

    assert errors(missing) == {name: ["This field is required."]}
    assert Answer.objects.get().file.name == "a.pdf"


def test_file_over_20_megabytes_is_named_and_the_rest_kept(client, event):
    question = ask(event, "file", ("Письмо", "Letter"))
    person = guest_with_place(event)
    name = questions.name_of(question)
    large = SimpleUploadedFile("a.pdf", PDF + b"0" * (20 * 1024 * 1024))

    answer = client.post(place_of(person), saved(person, position_en="Mayor", **{name: large}))

    assert errors(answer) == {name: ["The file is larger than 20 MB. Send a smaller one."]}
    assert answer.context["form"]["position_en"].value() == "Mayor"
    assert Answer.objects.count() == 0


def test_two_gigabytes_are_refused_unread(client, event):
    person = guest_with_place(event)

    answer = client.post(
        place_of(person), saved(person), headers={"content-length": str(2 * 1024**3)}
    )

    assert answer.status_code == 413
    assert "One file may have 20 MB. Nothing was saved" in text_of(answer)


def test_offered_place_is_taken_on_the_page(client, event):
    person = make_offer(event)

    client.post(place_of(person), {"deed": "take"})

    person.refresh_from_db()
    assert person.status == "confirmed"


def test_post_without_a_deed_gives_nothing_back(client, event):
    person = make_participant(event)

    client.post(place_of(person), {})

    person.refresh_from_db()
    assert person.status == "confirmed"
