"""Bids: sent, changed, taken back, refused after the deadline; the form of the cabinet."""

import html
import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from content.editing import CONFLICT
from content.models import AuditEntry, PrivateFile
from events.tests.posting import address
from hosting import bidding
from hosting.models import Bid, HostCall
from hosting.tests.factories import DAY, close, make_bid, make_call, make_member, make_offer
from members.attention import attention_for

pytestmark = pytest.mark.django_db


def paper(name: str = "plan.pdf", data: bytes = b"%PDF-1.7 plan") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def posted(call, **fields) -> dict:
    answers = {f"criterion_{one.pk}": f"Answer {one.order}" for one in call.criteria.all()}
    whole = {"form_key": str(uuid.uuid4()), "version": 0, "dates": "May 2028", "summary": "Room."}
    return {**whole, **answers, **fields}


@pytest.fixture
def call(db):
    return make_call()


@pytest.fixture
def page(kazan, call):
    return address("hosting:bid", kazan.slug, call.slug)


def test_city_sends_a_bid_with_answers_and_files(cabinet, call, page, rep, kazan):
    response = cabinet.post(page, posted(call, uploads=[paper(), paper("letter.pdf")]))
    assert response.status_code == 302
    bid = Bid.objects.get()
    assert (bid.member, bid.sent_by, bid.state, bid.dates) == (kazan, rep, "sent", "May 2028")
    told = bid.answers.order_by("criterion").values_list("criterion__name_en", "text")
    assert list(told) == [("Halls", "Answer 1"), ("Journey", "Answer 2")]
    assert sorted(bid.files.values_list("name", flat=True)) == ["letter.pdf", "plan.pdf"]
    one = bid.files.first()
    answer = cabinet.get(address("hosting:file", kazan.slug, call.slug, one.pk))
    assert (answer.status_code, answer.getvalue()) == (200, b"%PDF-1.7 plan")


def test_same_form_twice_makes_one_bid(cabinet, call, page):
    data = posted(call)
    answers = [cabinet.post(page, data) for _time in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert (Bid.objects.count(), AuditEntry.objects.filter(verb__startswith="hosting").count()) == (
        1, 1,
    )  # fmt: skip


def test_bid_is_changed_and_files_are_taken_out(cabinet, call, page, kazan, rep):
    bid = bidding.send(call, kazan, make_offer(call, uploads=[paper()]), rep)
    file = bid.files.get()
    data = posted(call, version=bid.version, dates="June 2028", dropped=[str(file.pk)])
    assert cabinet.post(page, data).status_code == 302
    bid.refresh_from_db()
    assert (bid.dates, bid.files.count(), bid.answers.count()) == ("June 2028", 0, 2)


def test_stale_form_overwrites_nothing(call, kazan, rep):
    make_bid(call, kazan, rep)
    with pytest.raises(bidding.BidRefused, match=str(CONFLICT)[:20]):
        bidding.send(call, kazan, make_offer(call, dates="never"), rep, seen_version=0)
    assert Bid.objects.get().dates == "май 2028"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"dates": ""}, "dates"), ({"summary": " "}, "summary"), ({"dates": "x" * 201}, "dates")],
)
def test_bad_values_are_refused_beside_the_field(cabinet, call, page, fields, wrong):
    response = cabinet.post(page, posted(call, **fields))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [wrong])
    assert response.context["form"]["version"].value() == "0"


def test_file_of_another_kind_is_refused_and_nothing_is_kept(cabinet, call, page, kazan, rep):
    response = cabinet.post(page, posted(call, uploads=[paper(), paper("run.exe", b"MZ")]))
    assert list(response.context["form"].errors) == ["uploads"]
    offer = make_offer(call, uploads=[paper(), paper("page.pdf", b"<html>")])
    with pytest.raises(ValidationError):
        bidding.send(call, kazan, offer, rep)
    assert (Bid.objects.count(), PrivateFile.objects.count()) == (0, 0)


def test_bid_after_the_deadline_is_refused_and_typed_words_are_kept(cabinet, call, page):
    close(call)
    response = cabinet.post(page, posted(call, summary="Late words"))
    words = html.unescape(response.content.decode())
    assert "Bids were taken until" in words
    assert response.context["form"]["summary"].value() == "Late words"
    assert not Bid.objects.exists()


def test_bid_is_taken_back_and_sent_again(cabinet, call, page, kazan, rep):
    bid = make_bid(call, kazan, rep)
    away = address("hosting:withdraw", kazan.slug, call.slug)
    cabinet.post(away)
    cabinet.post(away)
    bid.refresh_from_db()
    assert (bid.state, bid.withdrawn_at is not None) == ("withdrawn", True)
    cabinet.post(page, posted(call, version=bid.version))
    bid.refresh_from_db()
    assert (bid.state, bid.withdrawn_at) == ("sent", None)
    close(call)
    words = cabinet.post(away, follow=True).content.decode()
    assert "Bids were taken until" in words
    bid.refresh_from_db()
    assert bid.state == "sent"


def test_strangers_find_neither_bid_nor_file(client_of, make_representative, call, kazan, rep):
    bid = bidding.send(call, kazan, make_offer(call, uploads=[paper()]), rep)
    perm = make_member("perm", "Пермь", "Perm")
    stranger = client_of(make_representative(perm, "perm@example.org"))
    file = bid.files.get().pk
    for slug in ("kazan", "perm"):
        assert stranger.get(address("hosting:file", slug, call.slug, file)).status_code == 404
    assert stranger.get(address("hosting:bid", "kazan", call.slug)).status_code == 404
    assert stranger.post(address("hosting:withdraw", "perm", call.slug)).status_code == 404


def test_draft_call_is_not_found(cabinet, call, page):
    HostCall.objects.filter(pk=call.pk).update(status="draft")
    assert cabinet.get(page).status_code == 404


def test_representative_is_told_of_open_calls_until_a_bid_is_sent(call, kazan, rep):
    [told] = [one for one in attention_for(kazan, rep) if "host-calls" in one.url]
    assert (told.deadline, told.is_hot) == (call.closes_at, False)
    make_bid(call, kazan, rep)
    assert not [one for one in attention_for(kazan, rep) if "host-calls" in one.url]


@pytest.mark.django_db(transaction=True)
def test_bids_that_race_with_the_deadline_are_all_or_nothing(kazan, rep):
    """Ten forms of one city at once make one bid; the others are told that it changed."""
    call = make_call()
    offer, told = make_offer(call), []

    def send() -> None:
        try:
            bidding.send(call, kazan, offer, rep)
            told.append("sent")
        except bidding.BidRefused:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(told), Bid.objects.count()) == (["refused"] * 9 + ["sent"], 1)


def test_call_knows_its_phase(call):
    now = timezone.now()
    assert call.phase(now - 2 * DAY) == HostCall.Phase.NOT_YET
    assert call.phase(now) == HostCall.Phase.OPEN
    assert call.phase(call.closes_at) == HostCall.Phase.JUDGED
