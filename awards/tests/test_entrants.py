"""Entering a call without an account: an address, a link in a letter, nothing said to others."""

import datetime
import re

import pytest
from django.utils import timezone, translation

from awards import drafts, entering, entrant_links, entries_retention, extensions, sending
from awards.models import Entrant, Entry
from awards.tests.factories import make_entrant, make_entry, make_round
from mailing.models import Message
from members.tests.factories import make_country, make_member

pytestmark = pytest.mark.django_db
ENTER = "/en/awards/heritage/2026/enter/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def round():
    make_country()
    return make_round()


@pytest.fixture
def visitor(client_of):
    return client_of(None)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def typed(**changes):
    number = changes.pop("number", 1)
    return {
        "form_key": f"0b0c1c6e-6f5e-4d1e-9f3b-{number:012d}", "kind": "institution",
        "name": "Mayak Arts Centre", "home_text": "Khvalynsk", "country": "RU",
        "contact_name": "Olga Example", "email": "mayak@example.org", "language": "en", **changes,
    }  # fmt: skip


def link_in(letter) -> str:
    return re.search(r"https?://[^/]+(/en/entries/[^/\s]+/)", letter.text_body).group(1)


def test_an_entrant_begins_by_the_link_in_a_letter(round, visitor):
    answer = visitor.post(ENTER, typed())
    assert (answer.status_code, answer.url) == (302, f"{ENTER}sent/")
    entrant = Entrant.objects.get()
    assert (entrant.name_in("en"), entrant.confirmed_at) == ("Mayak Arts Centre", None)
    letter = Message.objects.get()
    assert (letter.email, letter.is_secret) == ("mayak@example.org", True)
    link = entrant_links.own_page(entrant)
    assert "Begin an entry" not in visitor.get(link).content.decode()
    assert visitor.post(link, {"form_key": typed()["form_key"]}).status_code == 404
    visitor.post(link, {"deed": "confirm"})
    page = visitor.get(link)
    assert "Begin an entry" in page.content.decode()
    assert (page.headers["Referrer-Policy"], "no-store" in page.headers["Cache-Control"]) == (
        "same-origin", True,
    )  # fmt: skip
    started = visitor.post(link, {"form_key": typed(number=2)["form_key"], "language": "en"})
    entry = Entry.objects.get()
    assert started.url == f"{link}{entry.pk}/"
    seen = visitor.get(started.url).context["form"].seen
    visitor.post(started.url, {**seen, "title_en": "A library of tools", "deed": "send"})
    entry.refresh_from_db()
    assert (entry.state, entry.code, entry.home_text) == ("submitted", "0001", "Khvalynsk")
    sent = Message.objects.get(occasion=f"awards.sent:{entry.pk}")
    assert (sent.email, "0001" in sent.subject) == ("mayak@example.org", True)


def test_a_used_address_is_answered_as_every_other(round, visitor):
    visitor.post(ENTER, typed())
    entering.confirm(Entrant.objects.get())
    again = visitor.post(ENTER, typed(number=3, name="Somebody else"))
    other = visitor.post(ENTER, typed(number=4, email="new@example.org"))
    assert (again.status_code, again.url) == (other.status_code, other.url)
    entrant = Entrant.objects.get(email="mayak@example.org")
    assert entrant.name_en == "Mayak Arts Centre"
    known = Message.objects.get(occasion__startswith="awards.known:")
    assert (known.email, "no-reply" in known.subject) == ("mayak@example.org", False)


def test_a_lost_link_is_sent_again_and_unknown_addresses_get_nothing(round, visitor):
    entrant = make_entrant(round, email="mayak@example.org")
    entrant_links.keep(entrant)
    answers = [
        visitor.post(ENTER, {"link-email": email, "again": "1"}).url
        for email in ("mayak@example.org", "unknown@example.org")
    ]
    assert answers == [f"{ENTER}sent/"] * 2
    assert [one.email for one in Message.objects.all()] == ["mayak@example.org"]


def test_too_many_requests_write_no_letters(round, visitor):
    for number in range(7):
        answer = visitor.post(ENTER, typed(number=10 + number))
    assert "Too many requests came from your network" in answer.content.decode()


def test_what_is_wrong_stands_beside_the_field_and_keeps_what_was_typed(round, visitor):
    answer = visitor.post(ENTER, typed(name="Buy at www.example.com", home_text="", country=""))
    assert answer.context["form"].errors == {
        "name": ["Write the name alone, without an address."],
        "home_text": ["Choose the city, or write its name."],
        "country": ["Choose a country."],
    }
    assert "Olga Example" in answer.content.decode()
    assert Entrant.objects.count() == 0


def test_eligibility_is_judged_before_anything_is_typed_in(visitor):
    make_country()
    make_country("JP", "Япония", "Japan", is_in_region=False)
    make_round(who_may_enter=["person"])
    answer = visitor.post(ENTER, typed(kind="person", country="JP"))
    assert answer.context["form"].non_field_errors() == [
        "This call is for the countries of the Eurasia region only. Write to the secretariat if "
        "you think that you belong to it."
    ]
    assert Message.objects.count() == 0


def test_a_call_for_members_alone_leads_to_the_cabinet(visitor):
    make_round(who_may_enter=["member"])
    text = visitor.get(ENTER).content.decode()
    assert "their representatives enter it in the cabinet" in text
    assert 'name="contact_name"' not in text


def test_a_link_opens_its_own_entries_alone(round, visitor):
    mine, other = make_entrant(round), make_entrant(round)
    for entrant in (mine, other):
        entrant_links.keep(entrant)
    theirs = make_entry(other, state="draft")
    link = entrant_links.own_page(mine)
    answers = [
        visitor.get(f"{link}{theirs.pk}/").status_code,
        visitor.post(f"{link}{theirs.pk}/", {"deed": "discard"}).status_code,
        visitor.get(f"{link[:-2]}x/").status_code,
    ]
    assert answers == [404, 404, 404]
    assert Entry.objects.get() == theirs


def test_a_longer_deadline_of_an_outsider_works_by_its_own_link(round, visitor, awards_officer):
    entrant = make_entrant(round, country=make_country())
    entrant_links.keep(entrant)
    draft = make_entry(entrant, state="draft")
    round.closes_at = timezone.now() - DAY
    round.save()
    entrant.refresh_from_db()
    with pytest.raises(sending.EntryRefused):
        sending.submit(draft, None)
    extension = extensions.grant(entrant, timezone.now() + DAY, "Illness", awards_officer)
    letter = Message.objects.get(occasion=f"awards.extended:{extension.pk}")
    assert letter.email == entrant.email
    answer = visitor.get(extensions.link_of(extension))
    assert answer.url == entrant_links.own_page(entrant)
    assert sending.submit(draft, None).code == "0001"
    extensions.end(extension, awards_officer)
    assert visitor.get(extensions.link_of(extension)).status_code == 404


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [(-DAY, "Illness", "until"), (DAY, "Illness", "until"), (30 * DAY, " ", "reason")],
)
def test_a_longer_deadline_needs_a_reason_and_a_later_moment(
    round, awards_officer, until, reason, field
):
    with pytest.raises(sending.EntryRefused) as refused:
        extensions.grant(make_entrant(round), timezone.now() + until, reason, awards_officer)
    assert list(refused.value.problems) == [field]


def test_an_entrant_has_one_longer_deadline_at_a_time(round, awards_officer):
    entrant = make_entrant(round)
    extensions.grant(entrant, timezone.now() + 30 * DAY, "Illness", awards_officer)
    with pytest.raises(sending.EntryRefused):
        extensions.grant(entrant, timezone.now() + 40 * DAY, "Once more", awards_officer)
    assert entrant.extensions.count() == 1


def test_unconfirmed_addresses_are_erased_after_three_days(round):
    fresh, old = make_entrant(round, confirmed_at=None), make_entrant(round, confirmed_at=None)
    Entrant.objects.filter(pk=old.pk).update(created_at=timezone.now() - 3 * DAY)
    assert entries_retention.purge_unconfirmed(timezone.now()) == 1
    assert list(Entrant.objects.all()) == [fresh]


def test_drafts_go_three_months_and_addresses_a_year_after_the_close(round):
    entrant = make_entrant(round)
    entrant_links.keep(entrant)
    draft, sent = make_entry(entrant, state="draft"), make_entry(entrant)
    close = round.closes_at
    early, late = close + 89 * DAY, close + 366 * DAY
    counts = [
        (entries_retention.purge_drafts(at), entries_retention.purge_addresses(at))
        for at in (early, late, late)
    ]
    entrant.refresh_from_db()
    assert counts == [(0, 0), (1, 1), (0, 0)]
    assert list(Entry.objects.all()) == [sent]
    assert (entrant.email, entrant.contact_name, entrant.token_hash) == (
        f"{entrant.pk}@entrants.invalid", "", "",
    )  # fmt: skip
    assert draft.pk


def test_a_member_city_of_the_records_is_the_home_of_an_outsiders_entry(round):
    kazan = make_member()
    entrant = make_entrant(round, home=kazan, home_text="")
    entry = sending.begin(entrant)
    drafts.save(entry, {"title_en": "Tools"}, {})
    assert sending.submit(entry, None).home == kazan
