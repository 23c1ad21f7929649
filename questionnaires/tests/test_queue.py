"""The experts' pages: rights, decisions where the answer stands, filters, progress, queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_representative, make_user
from content import privatefiles
from content.workqueue import queues_for
from questionnaires import asking, checking, proofs, queue
from questionnaires.models import Answer, AnswerNote, Evidence
from questionnaires.tests.checks import make_checked, make_expert, make_guest, of
from ratings.models import Edition, Indicator
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db):
    return make_full_edition()


@pytest.fixture
def city(edition):
    return make_checked(edition)


@pytest.fixture
def checker(edition):
    return make_expert(edition)


@pytest.fixture
def desk(client_of, checker):
    return client_of(checker.user)


def page(name: str, edition: Edition, *more, language="en") -> str:
    address = reverse(f"questionnaires:{name}", args=[edition.pk, *more])
    return address.replace("/ru/", f"/{language}/", 1)


def act(client, address: str, answer: Answer, deed: str, **data):
    answer.refresh_from_db()
    version = data.pop("version", answer.version)
    return client.post(address, {"answer": answer.pk, "version": version, deed: "", **data})


def order(response) -> list[tuple[int, str]]:
    return [(row.answer.response_id, row.answer.indicator.code) for row in response.context["rows"]]


def test_strangers_learn_nothing(edition, city, checker, client_of, editor, ratings_officer):
    other = make_expert(make_full_edition()).user
    proof = Evidence.objects.create(
        answer=of(city), added_by=checker.user,
        file=privatefiles.keep_bytes(b"%PDF-1.7", "a.pdf", "application/pdf", proofs.PURPOSE, None),
    )  # fmt: skip
    addresses = [
        page("queue", edition), page("queue_all", edition),
        page("queue_indicator", edition, "P1"), page("queue_city", edition, city.pk),
        page("answer_history", edition, of(city).pk), page("evidence_file", edition, proof.pk),
    ]  # fmt: skip
    people = [checker.user, ratings_officer, other, editor, make_representative(city.member)]
    codes = [[_code(client_of(user), one) for one in addresses] for user in people]
    assert codes == [[200] * 6, [200] * 6, [404] * 6, [404] * 6, [404] * 6]
    assert [client_of().get(one).status_code for one in addresses] == [302] * 6
    front = reverse("questionnaires:checking")
    assert [client_of(user).get(front).status_code for user in people] == [200, 200, 200, 404, 404]


def _code(client, address: str) -> int:
    response = client.get(address)
    if response.streaming:
        response.getvalue()  # closes the file
    return response.status_code


def test_expert_sees_the_given_directions_and_no_own_city(edition, city, client_of):
    own = make_checked(edition)
    user = make_expert(edition, "E", home=own.member).user
    client = client_of(user)

    assert order(client.get(page("queue_all", edition))) == [(city.pk, "E1")]
    gone = [
        page("queue_indicator", edition, "P1"), page("queue_city", edition, own.pk),
        page("answer_history", edition, of(own, "E1").pk),
        page("answer_history", edition, of(city, "P1").pk),
    ]  # fmt: skip
    assert [client.get(one).status_code for one in gone] == [404] * 4
    address = page("queue_all", edition)
    assert act(client, address, of(own, "E1"), "accept").status_code == 404


def test_one_question_shows_all_cities_side_by_side(edition, city, desk):
    Indicator.objects.filter(edition=edition, code="P1").update(denominator="population", per=1000)
    Answer.objects.filter(pk=of(city).pk).update(number=1000, comment="Of all departments")
    others = [make_checked(edition, {"P1": number}) for number in (1, 2, 3, 4)]
    Evidence.objects.create(answer=of(city), link="https://example.org/register")

    html = desk.get(page("queue_indicator", edition, "P1")).content.decode()

    for words in ("1,000", "per 1,000 inhabitants: 4", "Of all departments", "https://example.org/register",
                  "Much more than other cities"):  # fmt: skip
        assert words in html
    assert html.count('name="accept"') == 5
    assert html.count('name="seen"') == len(others)


def test_after_a_decision_the_next_row_is_next(edition, city, desk):
    second, third = make_checked(edition), make_checked(edition)
    address = f"{page('queue_indicator', edition, 'P1')}?state=waiting"

    response = act(desk, address, of(second), "accept")
    assert (response.status_code, response.url) == (302, f"{address}#do-{of(third).pk}")
    response = act(desk, address, of(third), "accept")
    assert response.url == f"{address}#do-{of(city).pk}"
    assert act(desk, address, of(city), "accept").url == f"{address}#end"
    assert "No such answers" in desk.get(address).content.decode()
    states = Answer.objects.filter(indicator__code="P1").values_list("check_state", flat=True)
    assert set(states) == {"accepted"}


def test_answers_without_hints_are_accepted_at_once(edition, desk):
    for number in (1, 2, 3, 4, 100):
        make_checked(edition, {"P1": number})
    address = page("queue_indicator", edition, "P1")
    html = desk.get(address).content.decode()
    assert "Accept 4 answers without hints" in html
    seen = re.findall(r'name="seen" value="([0-9:]+)"', html)

    after = desk.post(address, {"accept_all": "", "seen": seen}, follow=True)

    assert "4 answers are accepted." in after.content.decode()
    waiting = Answer.objects.filter(check_state="waiting").values_list("number", flat=True)
    assert list(waiting) == [100]
    again = desk.post(address, {"accept_all": "", "seen": [*seen, "x:y", ""]}, follow=True)
    assert "4 answers were left" in again.content.decode()


def test_correction_is_typed_as_people_type(edition, city, desk):
    address = page("queue_city", edition, city.pk)
    act(desk, address, of(city), "correct", value="12 тыс.", reason="By the register")
    answer = of(city)
    assert (answer.corrected_number, answer.check_reason) == (12000, "By the register")
    html = desk.get(address).content.decode()
    assert "corrected to 12,000 (By the register)" in html
    assert "Understood as 12,000" in html
    act(desk, address, of(city, "P2"), "correct", nothing="on", reason="No proof")
    assert of(city, "P2").corrected_to_nothing


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": "-5", "reason": "Why"}, "This cannot be below zero."),
        ({"value": "1,5", "reason": "Why"}, "A whole number is asked here, without a fraction."),
        ({"value": "", "reason": "Why"}, "Give the value that counts"),
        ({"value": "NaN", "reason": "Why"}, "Write one number in digits"),
        ({"value": "2", "reason": ""}, "Say why the answer is corrected"),
        ({"value": "2", "reason": "x" * 501}, "At most 500 characters; these are 501."),
    ],
)
def test_what_is_wrong_is_said_beside_the_answer_and_kept(edition, city, desk, typed, words):
    response = act(desk, page("queue_indicator", edition, "P1"), of(city), "correct", **typed)

    assert response.status_code == 200
    (row,) = [one for one in response.context["rows"] if one.answer == of(city)]
    assert words in row.error
    html = response.content.decode()
    assert f'value="{typed["reason"]}"' in html
    assert of(city).check_state == "waiting"


def test_yes_and_no_are_chosen(edition, desk):
    Indicator.objects.filter(edition=edition, code="P1").update(kind="yes_no", maximum=1)
    city = make_checked(edition, {"P1": 1})
    address = page("queue_indicator", edition, "P1")
    assert '<option value="yes">' in desk.get(address).content.decode()
    act(desk, address, of(city), "correct", value="no", reason="The charter is not signed")
    assert of(city).corrected_number == 0


def test_second_decision_shows_the_first_one(edition, city, desk):
    first = make_expert(edition, full_name="Нина Орлова")
    checking.accept(first, of(city).pk, 1)
    address = page("queue_indicator", edition, "P1")

    response = act(desk, address, of(city), "correct", version=1, value="2", reason="Twice")

    html = response.content.decode()
    assert response.status_code == 200
    assert "Нина Орлова was faster" in html
    assert 'value="Twice"' in html
    assert 'name="version" value="2"' in html
    assert of(city).check_state == "accepted"
    act(desk, address, of(city), "correct", value="2", reason="Twice")
    assert of(city).corrected_number == 2


def test_filters_name_what_they_show(edition, city, checker, desk):
    late, back, done = (make_checked(edition, {"P1": number}) for number in (3, 4, 5))
    for one in (late, back):
        asking.ask_back(checker, of(one).pk, 1, "Why?")
    AnswerNote.objects.filter(answer__response=late).update(answer_until="2026-01-01")
    asking.reply(back, of(back).pk, make_representative(back.member), asking.Reply("So"))
    checking.accept(checker, of(done).pk, 1)
    Indicator.objects.filter(edition=edition, code="P1").update(evidence="required")
    Evidence.objects.create(answer=of(city), link="https://example.org")
    address = page("queue_all", edition)

    def shown(state):
        return [response for response, code in order(desk.get(f"{address}?state={state}"))
                if code == "P1"]  # fmt: skip

    found = {state: shown(state) for state in [*queue.FILTERS, "nonsense"]}
    every = [city.pk, late.pk, back.pk, done.pk]
    assert found == {
        "": every, "waiting": [city.pk, back.pk], "hints": [back.pk], "replied": [back.pk],
        "asked": [late.pk], "overdue": [late.pk], "decided": [done.pk], "nonsense": every,
    }  # fmt: skip
    html = desk.get(f"{address}?state=overdue").content.decode()
    assert "no reply until" in html


def test_secretariat_finds_the_counted_rows(edition, city, checker, client_of, ratings_officer):
    asking.ask_back(checker, of(city).pk, 1, "Why?")
    AnswerNote.objects.update(answer_until="2026-01-01")
    client = client_of(ratings_officer)
    counted = {
        one.url.partition("?state=")[2]: one
        for one in queues_for(ratings_officer) if "/checking/" in one.url
    }  # fmt: skip
    numbers = {state: len(order(client.get(one.url))) for state, one in counted.items()}
    assert {state: one.count for state, one in counted.items()} == numbers
    assert numbers == {"waiting": 2, "replied": 0, "overdue": 1}
    assert [one for one in queues_for(make_user()) if "/checking/" in one.url] == []


def test_overview_says_how_far_directions_and_experts_are(edition, city, checker, desk):
    other = make_expert(edition, "E", full_name="Нина Орлова")
    checking.accept(checker, of(city).pk, 1)
    context = desk.get(page("queue", edition)).context

    assert (context["whole"].done, context["whole"].total, context["whole"].waiting) == (1, 3, 2)
    parts = {one["group"].code: one["progress"] for one in context["directions"]}
    assert {code: (one.done, one.total) for code, one in parts.items()} == {
        "P": (1, 2), "E": (0, 1),
    }  # fmt: skip
    lines = [(one.name, one.decided, one.waiting) for one in context["experts"]]
    assert lines == [(str(checker.user), 1, 2), (str(other.user), 0, 1)]
    html = desk.get(page("queue", edition)).content.decode()
    assert "1 of 3 answers" in html
    front = desk.get(reverse("questionnaires:checking")).content.decode()
    assert "1/3" in front


def test_history_is_on_one_page(edition, city, checker, desk):
    answer = of(city)
    checking.correct(checker, answer.pk, 1, None, "No proof")
    checking.take_back(checker, answer.pk, 2)
    asking.ask_back(checker, answer.pk, 3, "Where is the proof?")
    response = desk.get(page("answer_history", edition, answer.pk))
    deeds = [one.deed for one in response.context["changes"]]
    assert deeds == ["asked", "reopened", "corrected"]
    html = response.content.decode()
    assert "No proof" in html
    assert "Where is the proof?" in html


def test_sealed_edition_is_read_alone(edition, city, desk):
    Edition.objects.filter(pk=edition.pk).update(sealed_at=timezone.now())
    address = page("queue_indicator", edition, "P1")
    html = desk.get(address).content.decode()
    assert "The results are sealed" in html
    assert 'name="accept"' not in html
    refused = act(desk, address, of(city), "accept")
    assert "The results are sealed" in refused.context["rows"][0].error
    assert of(city).check_state == "waiting"


def test_guests_stand_by_their_own_names(edition, desk):
    guest = make_guest(edition)
    Answer.objects.create(response=guest, indicator=Indicator.objects.get(code="P1"), number=1)
    html = desk.get(page("queue_indicator", edition, "P1")).content.decode()
    assert "Izmir" in html
    assert 'name="ask"' not in html


@pytest.mark.parametrize("name", ["queue", "queue_all", "queue_indicator", "queue_city"])
def test_queries_are_the_same_with_many_cities(edition, city, desk, name):
    more = {"queue_indicator": ["P1"], "queue_city": [city.pk]}.get(name, [])
    address = page(name, edition, *more)
    desk.get(address)
    few = _queries(desk, address)
    for _number in range(20):
        make_checked(edition)
    assert _queries(desk, address) == few
    assert few < 30


def _queries(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
