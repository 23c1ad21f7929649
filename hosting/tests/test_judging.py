"""Scores, the comparison sheet, the decision and what the public reads of it."""

import html
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from events import calendar_sources
from events.models import Event
from hosting import judging
from hosting.bidding import BidRefused
from hosting.models import Bid, BidScore, HostCall
from hosting.tests.factories import DAY, close, make_bid, make_call, make_event, make_member
from mailing.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return make_call(event=make_event(host_member=None))


@pytest.fixture
def bids(call, kazan, rep, make_representative):
    """Bids of Kazan, Perm and Ufa; the deadline is over."""
    made = [make_bid(call, kazan, rep)]
    for slug, ru, en in (("perm", "Пермь", "Perm"), ("ufa", "Уфа", "Ufa")):
        city = make_member(slug, ru, en)
        made.append(make_bid(call, city, make_representative(city, f"{slug}@example.org")))
    close(call)
    for bid in made:
        bid.refresh_from_db()
    return made


def points(call, halls: int, journey: int) -> dict:
    first, second = call.criteria.all()
    return {first: halls, second: journey}


def test_sheet_weighs_the_means_of_all_judges(call, bids, lead, editor):
    judging.score(bids[0], points(call, 8, 10), lead)
    judging.score(bids[0], points(call, 7, 5), editor)
    judging.score(bids[1], points(call, 10, 6), lead)
    sheet = judging.sheet(call)
    told = [(one.bid.member.slug, one.place, str(one.total), one.judges) for one in sheet.columns]
    assert told == [
        ("perm", 1, "90.0", 1), ("kazan", 2, "75.0", 2), ("ufa", None, "None", 0),
    ]  # fmt: skip
    first = sheet.criteria[0]
    assert [str(one.points.get(first.pk)) for one in sheet.columns] == ["10.0", "7.5", "None"]


def test_equal_totals_share_a_place(call, bids, lead):
    for bid, halls in zip(bids, (5, 9, 9), strict=True):
        judging.score(bid, points(call, halls, halls), lead)
    assert [one.place for one in judging.sheet(call).columns] == [1, 1, 3]


def test_points_are_given_anew_by_the_same_judge(call, bids, lead):
    judging.score(bids[0], points(call, 1, 1), lead)
    judging.score(bids[0], points(call, 9, 9), lead)
    assert list(BidScore.objects.values_list("points", flat=True)) == [9, 9]


@pytest.mark.parametrize("wrong", [-1, 11])
def test_points_beyond_the_scale_are_refused(call, bids, lead, wrong):
    with pytest.raises(BidRefused):
        judging.score(bids[0], points(call, wrong, 1), lead)
    assert not BidScore.objects.exists()


def test_bids_are_not_scored_while_the_call_is_open(kazan, rep, lead):
    call = make_call()
    bid = make_bid(call, kazan, rep)
    with pytest.raises(BidRefused):
        judging.score(bid, points(call, 5, 5), lead)


def test_decision_gives_the_event_its_host_and_every_city_a_letter(call, bids, lead):
    judging.decide(call, bids[1], lead, outcome_ru="Решил Совет.", outcome_en="By the Council.")
    call.refresh_from_db()
    assert (call.phase(), call.host.slug) == (HostCall.Phase.DECIDED, "perm")
    assert Event.objects.get(pk=call.event_id).host_member == bids[1].member
    states = Bid.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["not_chosen", "chosen", "not_chosen"]
    told = Message.objects.filter(occasion__startswith="hosting.outcome").order_by("email")
    assert [message.email for message in told] == [
        "perm@example.org", "rep@example.org", "ufa@example.org",
    ]  # fmt: skip
    with pytest.raises(BidRefused):
        judging.decide(call, bids[0], lead, outcome_en="Once more.")


def test_decision_needs_words_or_a_meeting(call, bids, lead):
    with pytest.raises(BidRefused):
        judging.decide(call, bids[0], lead, outcome_ru=" ")
    call.refresh_from_db()
    assert call.decided_at is None


def test_no_city_may_be_chosen(call, bids, lead):
    judging.decide(call, None, lead, outcome_en="Postponed.")
    call.refresh_from_db()
    assert (call.host, call.phase()) == (None, HostCall.Phase.DECIDED)
    assert Event.objects.get(pk=call.event_id).host_member is None


def test_bid_of_another_call_is_not_chosen(call, bids, kazan, rep, lead):
    other = make_call("other")
    stranger = make_bid(other, kazan, rep)
    with pytest.raises(BidRefused):
        judging.decide(call, stranger, lead, outcome_en="Wrong.")


def base(call, deed: str) -> str:
    return f"/admin/hosting/hostcall/{call.pk}/{deed}"


@pytest.fixture
def staff(client_of, make_user):
    return client_of(make_user("chief@example.org", roles=["lead"], language="en"))


def test_staff_score_and_decide_through_the_screens(call, bids, staff):
    for bid, halls in zip(bids, (4, 9, 2), strict=True):
        data = {f"points_{one.pk}": halls for one in call.criteria.all()}
        assert staff.post(base(call, f"score/{bid.pk}/"), data).status_code == 302
    shown = staff.get(base(call, "compare/"))
    cities = [column.bid.member.slug for column in shown.context["sheet"].columns]
    assert cities == ["perm", "kazan", "ufa"]
    assert "<strong>90.0</strong>" in shown.content.decode()
    bad = staff.post(base(call, f"score/{bids[0].pk}/"), {})
    assert len(bad.context["form"].errors) == 2
    answer = staff.post(base(call, "decide/"), {"bid": bids[1].pk, "outcome_en": "Council."})
    assert answer.status_code == 302
    call.refresh_from_db()
    assert call.host == bids[1].member


def test_sheet_as_workbook_and_as_paper(call, bids, staff, lead):
    judging.score(bids[2], points(call, 10, 10), lead)
    book = load_workbook(io.BytesIO(staff.get(base(call, "compare.xlsx")).content)).active
    rows = [[cell.value for cell in row] for row in book.iter_rows()]
    assert rows[0] == [
        "Place", "City", "Proposed dates", "Halls (30)", "Journey (10)", "Total, of 100", "Judges",
    ]  # fmt: skip
    assert rows[1] == [1, "Ufa", "май 2028", 10, 10, 100, 1]
    assert staff.get(base(call, "compare.pdf")).content.startswith(b"%PDF-")


def test_sheet_takes_as_many_queries_for_many_cities_as_for_one(staff, lead, make_representative):
    numbers = []
    for count in (1, 8):
        call = make_call(f"call-{count}")
        for number in range(count):
            city = make_member(f"city-{count}-{number}", f"Город {number}", f"City {number}")
            make_bid(call, city, make_representative(city, f"c{count}{number}@example.org"))
        close(call)
        staff.get(base(call, "compare/"))
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(base(call, "compare/")).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_public_pages_show_calls_and_outcome_and_no_bid(
    client, call, bids, lead, django_capture_on_commit_callbacks
):
    words = html.unescape(client.get("/en/host-calls/").content.decode())
    assert "A host city for the congress" in words
    page = f"/en/host-calls/{call.slug}/"
    before = html.unescape(client.get(page).content.decode())
    assert "Halls" in before
    assert not [word for word in ("Perm", "Просторно", "Ответ") if word in before]
    with django_capture_on_commit_callbacks(execute=True):
        judging.decide(call, bids[1], lead, outcome_en="By the Council.")
    after = html.unescape(client.get(page).content.decode())
    assert "Perm" in after
    assert "By the Council." in after
    assert "Ufa" not in after


def test_draft_calls_are_hidden(client):
    call = make_call(status="draft", published_at=None)
    assert client.get(f"/en/host-calls/{call.slug}/").status_code == 404
    assert call.title_en not in client.get("/en/host-calls/").content.decode()


def test_deadline_stands_in_the_calendars(call):
    entries = [
        one for one in calendar_sources.entries(call.opens_at, call.closes_at + DAY)
        if one.key.startswith("host-call")
    ]  # fmt: skip
    assert [(one.moment, one.title_en) for one in entries] == [
        (call.closes_at, "Bids to host close: A host city for the congress")
    ]
