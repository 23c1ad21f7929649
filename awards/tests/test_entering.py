"""Entering a round in the cabinet: drafts, sending, the deadline, limits, who may."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone, translation

from accounts.tests.factories import make_representative
from awards import deadlines, entering, extensions, sending
from awards.models import Entry
from awards.tests.factories import (
    make_category,
    make_entrant,
    make_entry,
    make_field,
    make_round,
)
from dues.models import Invoice
from mailing.models import Message
from members.tests.factories import make_country, make_member
from members.tests.factories import make_representative as make_mandate

pytestmark = pytest.mark.django_db
UTC = datetime.UTC
# 31 March 2027, 23:59 by the clock of Kazan.
CLOSES = datetime.datetime(2027, 3, 31, 20, 59, tzinfo=UTC)
OPENS = datetime.datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
IN_TIME = datetime.datetime(2027, 3, 31, 20, 58, tzinfo=UTC)
LATE = datetime.datetime(2027, 3, 31, 21, 0, tzinfo=UTC)


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


def make_call(**fields):
    values = {"opens_at": OPENS, "closes_at": CLOSES, "published_at": OPENS, "languages": ["ru"]}
    return make_round(**{**values, **fields})


def draft_of(entrant, **fields):
    return make_entry(entrant, state="draft", **fields)


def page_of(entry):
    return f"/ru/cabinet/{entry.entrant.member.slug}/awards/entries/{entry.pk}/"


def posted(client, entry, deed, **values):
    """A whole form posted as a browser without scripts does, with what its page had seen."""
    page = client.get(page_of(entry))
    seen = page.context["form"].seen
    return client.post(page_of(entry), {**seen, **values, "deed": deed})


def test_awd_1_after_the_deadline_the_server_refuses_and_keeps_the_draft(client_of, monkeypatch):
    at(monkeypatch, IN_TIME)
    round = make_call()
    bishkek = make_member("bishkek", "Бишкек", "Bishkek")
    user = make_representative(bishkek, "rep@example.org", time_zone="Asia/Bishkek", language="en")
    client = client_of(user)
    first = draft_of(make_entrant(round, bishkek), title_en="", title_ru="Чистый воздух")
    second = draft_of(first.entrant, title_en="", title_ru="Зелёные дворы")

    assert posted(client, first, "send", title_ru="Чистый воздух").status_code == 302
    first.refresh_from_db()
    assert (first.state, first.code, first.submitted_at) == ("submitted", "0001", IN_TIME)

    page = client.get(page_of(second)).context["form"].seen
    at(monkeypatch, LATE)
    typed = {**page, "title_ru": "Зелёные дворы и скверы", "deed": "send"}
    answer = client.post(page_of(second).replace("/ru/", "/en/"), typed)
    second.refresh_from_db()
    assert (answer.status_code, second.state, second.number) == (200, "draft", None)
    assert second.title_ru == "Зелёные дворы и скверы"
    assert (
        "Entries closed at 23:59 Kazan time (31 March 2027) = "
        "02:59 Bishkek time (1 April 2027)." in answer.content.decode()
    )


def test_awd_1_a_longer_deadline_works_for_one_city_until_its_own_time(
    client_of, monkeypatch, awards_officer
):
    at(monkeypatch, LATE)
    round = make_call()
    bishkek = make_member("bishkek", "Бишкек", "Bishkek")
    kazan = make_member()
    of_bishkek = make_representative(bishkek, "bishkek@example.org")
    of_kazan = make_representative(kazan, "kazan@example.org")
    theirs = draft_of(make_entrant(round, bishkek))
    others = draft_of(make_entrant(round, kazan))
    until = LATE + datetime.timedelta(hours=2)
    extension = extensions.grant(theirs.entrant, until, "Отключение света", awards_officer)
    link = extensions.link_of(extension)

    outside = client_of(of_kazan).get(link, follow=True)
    assert outside.status_code == 404
    inside = client_of(of_bishkek).get(link, follow=True)
    assert (inside.status_code, inside.request["PATH_INFO"]) == (
        200, "/ru/cabinet/bishkek/awards/",
    )  # fmt: skip
    posted(client_of(of_kazan), others, "send")
    posted(client_of(of_bishkek), theirs, "send")
    others.refresh_from_db(), theirs.refresh_from_db()
    assert (others.state, theirs.state) == ("draft", "submitted")

    at(monkeypatch, until)
    assert client_of(of_bishkek).get(link).status_code == 404
    assert list(deadlines.extensions_of(round)) == [extension]


def test_sending_numbers_by_the_round_and_tells_who_answers(monkeypatch):
    at(monkeypatch, IN_TIME)
    round = make_call()
    kazan = make_member()
    user = make_representative(kazan, "kazan@example.org")
    entrant = make_entrant(round, kazan)
    entries = [sending.submit(draft_of(entrant), user) for _number in range(2)]
    assert [entry.code for entry in entries] == ["0001", "0002"]
    letters = Message.objects.filter(occasion__startswith="awards.sent:").order_by("pk")
    assert [(one.email, "0001" in one.subject, "0002" in one.subject) for one in letters] == [
        ("kazan@example.org", True, False), ("kazan@example.org", False, True),
    ]  # fmt: skip


def test_a_sent_entry_changes_as_a_whole_and_keeps_its_number(client_of, monkeypatch):
    at(monkeypatch, IN_TIME)
    round = make_call()
    kazan = make_member()
    client = client_of(make_representative(kazan, "kazan@example.org"))
    field = make_field(round, is_required=True, max_length=10)
    entry = draft_of(make_entrant(round, kazan))
    posted(client, entry, "send", title_ru="Дворы", **{f"q{field.pk}": "Коротко"})
    bad = posted(client, entry, "send", title_ru="Парки", **{f"q{field.pk}": "Слишком длинно"})
    entry.refresh_from_db()
    assert (bad.status_code, entry.state, entry.title_ru) == (200, "submitted", "Дворы")
    assert "Слишком длинно" in bad.content.decode()
    posted(client, entry, "send", title_ru="Парки", **{f"q{field.pk}": "Ясно"})
    entry.refresh_from_db()
    assert (entry.code, entry.title_ru) == ("0001", "Парки")
    assert Message.objects.filter(occasion=f"awards.sent:{entry.pk}").count() == 1


def test_withdrawing_is_free_until_the_deadline_and_refused_after_it(client_of, monkeypatch):
    at(monkeypatch, IN_TIME)
    round = make_call()
    kazan = make_member()
    user = make_representative(kazan, "kazan@example.org")
    entries = [sending.submit(draft_of(make_entrant(round, kazan)), user)]
    entries.append(sending.submit(draft_of(entries[0].entrant), user))
    client = client_of(user)
    client.post(page_of(entries[0]), {"deed": "withdraw"})
    at(monkeypatch, LATE)
    client.post(page_of(entries[1]), {"deed": "withdraw"})
    states = Entry.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "submitted"]


def test_a_draft_is_deleted_with_all_it_holds(client_of, monkeypatch):
    at(monkeypatch, IN_TIME)
    kazan = make_member()
    client = client_of(make_representative(kazan, "kazan@example.org"))
    entry = draft_of(make_entrant(make_call(), kazan))
    client.post(page_of(entry), {"deed": "discard"})
    assert list(Entry.objects.all()) == []


def test_the_cabinet_offers_open_calls_and_says_why_one_is_not_for_the_city(client_of, monkeypatch):
    at(monkeypatch, IN_TIME)
    open_call = make_call()
    dues = make_call(slug="dues", dues_required=True)
    make_call(slug="persons", who_may_enter=["person"])
    make_call(slug="closed", closes_at=IN_TIME)
    kazan = make_member()
    Invoice.objects.create(
        series_year=2026, serial=1, member=kazan, year=2026, issued_on="2026-01-10",
        due_on="2026-03-01", currency="RUB", amount=1000, member_name_ru="Казань",
    )  # fmt: skip
    client = client_of(make_representative(kazan, "kazan@example.org"))
    calls = client.get("/ru/cabinet/kazan/awards/").context["calls"]
    reasons = {call["round"].slug: getattr(call["refusal"], "url", None) for call in calls}
    assert reasons == {"2026": None, "dues": "/ru/cabinet/kazan/dues/", "persons": ""}
    client.post(
        f"/ru/cabinet/kazan/awards/start/heritage/{dues.slug}/",
        {"form_key": "0b0c1c6e-6f5e-4d1e-9f3b-000000000001"},
    )
    client.post(
        f"/ru/cabinet/kazan/awards/start/heritage/{open_call.slug}/",
        {"form_key": "0b0c1c6e-6f5e-4d1e-9f3b-000000000002"},
    )
    assert [(one.round, one.entrant.member) for one in Entry.objects.all()] == [(open_call, kazan)]


def test_a_second_click_begins_no_second_draft(client_of, monkeypatch):
    at(monkeypatch, IN_TIME)
    make_call()
    client = client_of(make_representative(make_member(), "kazan@example.org"))
    key = {"form_key": "0b0c1c6e-6f5e-4d1e-9f3b-000000000003"}
    first, second = (
        client.post("/ru/cabinet/kazan/awards/start/heritage/2026/", key) for _time in range(2)
    )
    assert first.url == second.url
    assert Entry.objects.count() == 1


def test_a_city_outside_the_region_may_not_enter(monkeypatch):
    at(monkeypatch, IN_TIME)
    far = make_country("JP", "Япония", "Japan", is_in_region=False)
    city = make_member("kyoto", "Киото", "Kyoto", country=far)
    entrant = entering.of_member(make_call(), city)
    with translation.override("en"), pytest.raises(sending.EntryRefused) as refused:
        sending.begin(entrant)
    assert str(refused.value) == (
        "This call is for the countries of the Eurasia region only. Write to the secretariat if "
        "you think that you belong to it."
    )


def test_who_enters_is_judged_again_when_it_is_sent(monkeypatch):
    at(monkeypatch, IN_TIME)
    round = make_call()
    entry = draft_of(make_entrant(round, make_member()))
    round.who_may_enter = ["person"]
    round.save()
    with pytest.raises(sending.EntryRefused):
        sending.submit(entry, None)
    entry.refresh_from_db()
    assert (entry.state, entry.number) == ("draft", None)


def test_a_category_closes_by_its_own_deadline(monkeypatch):
    at(monkeypatch, IN_TIME)
    round = make_call()
    early = make_category(round, "A", closes_at=OPENS + datetime.timedelta(days=1))
    late = make_category(round, "B", closes_at=LATE)
    entrant = make_entrant(round, make_member())
    assert deadlines.is_open(round, category=early) is False
    with pytest.raises(sending.EntryRefused):
        sending.submit(draft_of(entrant, category=early), None)
    at(monkeypatch, CLOSES)
    assert sending.submit(draft_of(entrant, category=late), None).code == "0001"


def test_limits_of_round_and_category_count_what_was_sent(monkeypatch):
    at(monkeypatch, IN_TIME)
    round = make_call(limit_per_entrant=2)
    narrow, wide = make_category(round, "A", limit_per_entrant=1), make_category(round, "B")
    entrant = make_entrant(round, make_member())
    drafts = [draft_of(entrant, category=one) for one in (narrow, narrow, wide, wide)]
    answers = []
    for draft in drafts:
        try:
            answers.append(sending.submit(draft, None).code)
        except sending.EntryRefused as refused:
            answers.append(list(refused.problems))
    assert answers == ["0001", ["category"], "0002", ["category"]]


@pytest.mark.django_db(transaction=True)
def test_limits_and_numbers_hold_when_everybody_sends_at_once():
    round = make_round(limit_per_entrant=2)
    entrants = [
        make_entrant(round, make_member(f"city-{number}", f"Город {number}", f"City {number}"))
        for number in range(2)
    ]
    drafts = [draft_of(entrant) for entrant in entrants for _number in range(3)]
    barrier, found = threading.Barrier(len(drafts)), []

    def send(entry):
        try:
            barrier.wait()
            found.append(sending.submit(entry, None).number)
        except sending.EntryRefused:
            found.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(draft,)) for draft in drafts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(found, key=str) == [1, 2, 3, 4, None, None]
    counts = [entrant.entries.filter(state="submitted").count() for entrant in entrants]
    assert counts == [2, 2]


def test_a_nominated_city_is_the_home_of_the_entry(monkeypatch):
    at(monkeypatch, IN_TIME)
    round = make_call(nominated_by="others")
    kazan, ufa = make_member(), make_member("ufa", "Уфа", "Ufa")
    entry = draft_of(make_entrant(round, kazan))
    with pytest.raises(sending.EntryRefused) as nobody:
        sending.submit(entry, None)
    entry.nominee_member = kazan
    entry.save()
    with pytest.raises(sending.EntryRefused) as themselves:
        sending.submit(entry, None)
    entry.nominee_member = ufa
    entry.save()
    sent = sending.submit(entry, None)
    assert (list(nobody.value.problems), list(themselves.value.problems)) == (
        ["nominee_ru"], ["nominee_member"],
    )  # fmt: skip
    assert (sent.home, sent.nominee_kind) == (ufa, "member")


def test_representatives_of_others_find_nothing(client_of, monkeypatch, make_user):
    at(monkeypatch, IN_TIME)
    entry = draft_of(make_entrant(make_call(), make_member()))
    stranger = make_representative(make_member("ufa", "Уфа", "Ufa"), "ufa@example.org")
    answers = [
        client_of(stranger).get(page_of(entry)).status_code,
        client_of(stranger).post(page_of(entry), {"deed": "discard"}).status_code,
        client_of(stranger).get(page_of(entry).replace("kazan", "ufa")).status_code,
        client_of(make_user("juror@example.org")).get(page_of(entry)).status_code,
    ]
    assert answers == [404, 404, 404, 404]


def test_a_contributor_edits_and_sends(client_of, monkeypatch, make_user):
    at(monkeypatch, IN_TIME)
    kazan = make_member()
    user = make_user("contributor@example.org")
    make_mandate(user, kazan, role="contributor", starts_on=datetime.date(2026, 1, 1))
    entry = draft_of(make_entrant(make_call(), kazan))
    posted(client_of(user), entry, "send")
    entry.refresh_from_db()
    assert entry.state == "submitted"


def test_the_list_costs_the_same_queries_for_many_sent_entries(
    client_of, monkeypatch, django_assert_max_num_queries
):
    at(monkeypatch, IN_TIME)
    kazan = make_member()
    client = client_of(make_representative(kazan, "kazan@example.org"))
    entrant = make_entrant(make_call(closes_at=LATE), kazan)
    for _number in range(12):
        make_entry(entrant)
    with django_assert_max_num_queries(60):
        client.get("/ru/cabinet/kazan/awards/")
