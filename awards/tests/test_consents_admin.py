"""The ledger of consents, look-alikes and copies on paper in the admin: PRV-4."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from awards import batches_queue, batches_retention, consents, look_alikes, works
from awards.models import Author, BatchRow, Entry, GuardianConsent, LookAlike, PrintedCopy
from awards.tests.batches import child, drawings, painted, school, send
from awards.tests.factories import make_author, make_award, make_entrant, make_entry, make_round
from content.dated import today
from content.models import AuditEntry, PrivateFile

pytestmark = pytest.mark.django_db
AUTHORS = "/admin/awards/author/"
NAMED = ("lead", "awards_officer")
OTHERS = ("editor", "translator", "events_officer", "ratings_officer")


def sheet(data: bytes = b"%PDF-1.7 signed") -> SimpleUploadedFile:
    return SimpleUploadedFile("Сафина.pdf", data)


@pytest.fixture
def author():
    return make_author(make_entry(make_entrant(make_round(is_for_children=True))))


@pytest.fixture
def consent(author):
    return consents.give(author, "entry", today(), sheet(), None)


@pytest.mark.parametrize("role", NAMED)
def test_prv_4_named_roles_open_the_scan_and_the_journal_says_so(role, request, client_of, consent):
    user = request.getfixturevalue(role)
    response = client_of(user).get(f"{AUTHORS}scan/{consent.pk}/")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.7 signed"
    assert "Сафина" not in response.headers["Content-Disposition"]
    opened = AuditEntry.objects.get(verb="awards.consent_opened")
    assert (opened.actor, opened.target) == (user, consent.author.entry)
    assert "Сафина" not in opened.summary


@pytest.mark.parametrize("role", OTHERS)
def test_prv_4_other_roles_see_neither_scan_nor_child(role, request, client_of, consent):
    client = client_of(request.getfixturevalue(role))
    child = consent.author_id
    pages = (f"scan/{consent.pk}", f"{child}/change", f"{child}/consent", f"{child}/withdraw/entry")
    for address in ("", *(f"{page}/" for page in pages)):
        assert client.get(AUTHORS + address).status_code == 403, address
    assert client.get(f"/files/{consent.scan_id}/").status_code == 404
    assert not AuditEntry.objects.filter(verb="awards.consent_opened").exists()


def test_ledger_lists_children_with_what_is_allowed(client_of, lead, consent):
    client = client_of(lead)
    page = client.get(AUTHORS, {"q": "Сафина"}).content.decode()
    assert "Амина Сафина" in page
    assert client.get(AUTHORS, {"consent": "missing"}).context["cl"].result_count == 0
    assert client.get(AUTHORS, {"consent": "given"}).context["cl"].result_count == 1
    one = client.get(f"{AUTHORS}{consent.author_id}/change/").content.decode()
    assert f"{AUTHORS}scan/{consent.pk}/" in one
    assert f"{AUTHORS}{consent.author_id}/withdraw/entry/" in one
    assert f"{AUTHORS}{consent.author_id}/withdraw/public/" not in one


def test_ledger_of_many_asks_as_often_as_of_one(
    client_of, lead, consent, django_assert_max_num_queries
):
    client = client_of(lead)
    with django_assert_max_num_queries(40) as few:
        client.get(AUTHORS)
    for _number in range(5):
        make_author(make_entry(make_entrant(consent.author.entry.round)), consents=("entry",))
    with django_assert_max_num_queries(len(few)):
        client.get(AUTHORS)


def test_prv_4_recording_lets_the_jury_see_the_work(client_of, awards_officer, author):
    client = client_of(awards_officer)
    address = f"{AUTHORS}{author.pk}/consent/"
    wrong = client.post(address, {"given_on": "2199-01-01", "purposes": ["entry"]})
    assert set(wrong.context["form"].errors) == {"given_on", "scan"}
    data = {"given_on": "2026-02-01", "purposes": ["entry", "public"], "scan": sheet()}
    assert client.post(address, data).status_code == 302
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (1, 1)
    assert PrivateFile.objects.filter(purpose=consents.SCAN).count() == 1
    assert GuardianConsent.objects.filter(recorded_by=awards_officer).count() == 2


def test_withdrawal_hides_at_once_and_lists_copies_on_paper(client_of, lead, author, consent):
    PrintedCopy.objects.create(entry=author.entry, what="Календарь", where="Казань", copies=5)
    client = client_of(lead)
    address = f"{AUTHORS}{author.pk}/withdraw/entry/"
    assert client.get(address).status_code == 200
    assert Entry.objects.admitted().count() == 1
    page = client.post(address).content.decode()
    assert "Календарь, Казань" in page
    assert Entry.objects.admitted().count() == 0
    assert client.post(address).status_code == 302
    assert client.get(f"{AUTHORS}{author.pk}/withdraw/other/").status_code == 404


@pytest.fixture
def pair():
    batch = send(
        school(), [child(1), child(2)], {"01.jpg": painted(5), "02.jpg": painted(5, quality=40)}
    )
    assert batch.state == "done"
    return LookAlike.objects.get()


def test_verdict_same_refuses_nothing_and_offers_to(client_of, lead, pair):
    client, address = client_of(lead), f"/admin/awards/lookalike/{pair.pk}/"
    page = client.get(f"{address}change/").content.decode()
    assert f"{address}work/new/" in page
    assert "/refuse/" not in page
    picture = client.get(f"{address}work/earlier/")
    assert b"".join(picture.streaming_content)[8:12] == b"WEBP"
    assert client.get(f"{address}work/other/").status_code == 404
    assert client.post(f"{address}verdict/", {"verdict": "open"}).status_code == 404
    assert client.post(f"{address}verdict/", {"verdict": "same"}).status_code == 302
    pair.refresh_from_db()
    assert (pair.verdict, pair.decided_by) == ("same", lead)
    assert Entry.objects.filter(state="submitted").count() == 2
    assert (
        f"/admin/awards/entry/{pair.entry_id}/refuse/"
        in client.get(f"{address}change/").content.decode()
    )


def test_look_alikes_wait_for_staff_alone(lead, editor, pair):
    assert [queue.count for queue in batches_queue.look_alikes_to_judge(lead)] == [1]
    assert list(batches_queue.look_alikes_to_judge(editor)) == []


def test_works_of_earlier_years_are_compared_and_later_or_other_awards_not():
    same = painted(5)
    entries = {}
    others = make_award("others")
    for slug, year, award in (
        ("2024", 2024, None), ("2026", 2026, None), ("2025", 2025, others)
    ):  # fmt: skip
        entrant = make_entrant(make_round(award, slug=slug, year=year))
        entries[year] = make_entry(entrant)
        works.keep_work(entries[year], same, None)
    draft = make_entry(make_entrant(make_round(slug="d", year=2026)), state="draft")
    works.keep_work(draft, same, None)
    assert look_alikes.compare_new() == 3
    assert look_alikes.compare_new() == 0
    pairs = list(LookAlike.objects.values_list("entry", "other", "distance"))
    assert pairs == [(entries[2026].pk, entries[2024].pk, 0)]


def test_children_of_a_contest_lose_their_family_names_a_year_later():
    entrant = school(results_expected_on=today())
    send(entrant, [child(1)], drawings(1))
    Author.objects.update(family_name_en="Safina")
    now = timezone.now()
    assert batches_retention.purge_family_names(now + datetime.timedelta(days=364)) == 0
    assert batches_retention.purge_family_names(now + datetime.timedelta(days=380)) == 1
    author = Author.objects.get()
    assert (author.family_name_ru, author.family_name_en, author.given_name_ru, author.age) == (
        "", "", "Имя1", 9,
    )  # fmt: skip
    assert BatchRow.objects.get().data == {}


def test_sheets_go_three_years_later_and_loose_ones_at_once(consent):
    now = timezone.now()
    assert batches_retention.purge_sheets(now + datetime.timedelta(days=1000)) == 0
    loose = consents.keep_scan(sheet())
    PrivateFile.objects.filter(pk=loose.pk).update(created_at=now - datetime.timedelta(days=2))
    assert batches_retention.purge_sheets(now) == 1
    assert batches_retention.purge_sheets(now + datetime.timedelta(days=1200)) == 1
    consent.refresh_from_db()
    assert consent.scan is None
    assert not PrivateFile.objects.filter(purpose=consents.SCAN).exists()


@pytest.mark.parametrize("role", NAMED)
def test_copies_on_paper_are_kept_by_both_roles(role, request, client_of, author):
    client = client_of(request.getfixturevalue(role))
    added = client.post(
        "/admin/awards/printedcopy/add/", {"entry": author.entry_id, "what": "Каталог"}
    )
    assert added.status_code == 302
    assert PrintedCopy.objects.get().entry == author.entry
    assert client.get("/admin/awards/printedcopy/").status_code == 200
    assert client.get("/admin/awards/batch/").status_code == 200
    assert client.get("/admin/awards/lookalike/").status_code == 200
