"""The register of numbered documents: one valid paper, numbers without gaps, copies that stay."""

import datetime
import threading

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.html import escape

from content import documents
from content.models import AuditEntry, IssuedDocument, PrivateFile, Topic
from content.tests import certificates
from content.tests.certificates import CODE
from content.tests.factories import make_topic
from content.tests.papers import printed, text_of

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _kind():
    certificates.register()
    yield
    documents._kinds.pop(CODE)


@pytest.fixture
def topic():
    return make_topic()


@pytest.fixture
def staff(make_user):
    return make_user("staff@example.org")


@pytest.fixture
def paper(topic, staff):
    return documents.issue(CODE, topic, staff, day=DAY)


def test_document_is_issued_once(topic, staff, paper):
    again = documents.issue(CODE, topic, staff)

    assert again == paper
    assert (paper.number, paper.state, paper.issued_on) == ("T-2026-0001", "valid", DAY)
    assert (paper.title_en, paper.holder_ru, paper.holder_en) == (
        "Certificate of membership", "Культура", "Culture",
    )  # fmt: skip
    assert (IssuedDocument.objects.count(), PrivateFile.objects.count()) == (1, 1)


def test_paper_says_what_the_register_says(paper, settings):
    text = text_of(printed(paper.pdf))

    for words in (paper.number, "Культура", "Culture", "1 марта 2026", "1 March 2026",
                  f"/ru/check/{paper.code}/"):  # fmt: skip
        assert words in text


def test_codes_are_long_and_differ(staff):
    codes = {
        documents.issue(CODE, make_topic(f"t{place}"), staff).code for place in range(3)
    }  # fmt: skip

    assert len(codes) == 3
    assert all(len(code) == 16 and set(code) <= set(documents.ALPHABET) for code in codes)


def test_numbers_run_without_gaps_in_each_year(staff):
    days = [DAY, DAY, datetime.date(2027, 1, 1), DAY]
    numbers = [
        documents.issue(CODE, make_topic(f"t{place}"), staff, day=day).number
        for place, day in enumerate(days)
    ]

    assert numbers == ["T-2026-0001", "T-2026-0002", "T-2027-0001", "T-2026-0003"]


def test_failed_document_takes_no_number(topic, staff, monkeypatch):
    other = make_topic("other")
    with monkeypatch.context() as patched:
        patched.setattr(documents, "pdf", lambda *_args, **_options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            documents.issue(CODE, topic, staff, day=DAY)

    assert documents.issue(CODE, other, staff, day=DAY).number == "T-2026-0001"


@pytest.mark.django_db(transaction=True)
def test_numbers_stay_whole_when_many_issue_at_once(make_user):
    staff = make_user("staff@example.org")
    topics = [make_topic(f"t{place}") for place in range(4)]
    start = threading.Barrier(4)

    def issue(topic):
        try:
            start.wait(10)
            documents.issue(CODE, topic, staff, day=DAY)
        finally:
            connection.close()

    # Two of the four want the same document.
    threads = [threading.Thread(target=issue, args=(one,)) for one in [*topics[:3], topics[0]]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(IssuedDocument.objects.values_list("serial", flat=True)) == [1, 2, 3]


def test_printed_document_does_not_change_with_its_record(topic, paper):
    before = printed(paper.pdf)
    topic.title_ru, topic.title_en = "Спорт", "Sport"
    topic.save()

    kept = IssuedDocument.objects.get(pk=paper.pk)
    assert (kept.holder_ru, kept.holder_en) == ("Культура", "Culture")
    assert printed(kept.pdf) == before


def test_reissue_says_what_is_true_today(topic, staff, paper):
    topic.title_ru = "Спорт"
    topic.save()

    new = documents.reissue(paper, staff, "name changed")

    paper.refresh_from_db()
    assert (paper.state, new.state, new.replaces) == ("replaced", "valid", paper)
    assert (new.holder_ru, new.reissue_reason) == ("Спорт", "name changed")
    assert new.number.endswith("-0002") or new.number.endswith("-0001")
    assert documents.issue(CODE, topic, staff) == new


def test_document_is_replaced_or_revoked_once(staff, paper):
    documents.revoke(paper, staff, "by mistake")

    for deed in (documents.revoke, documents.reissue):
        with pytest.raises(ValidationError) as caught:
            deed(paper, staff, "again")
        assert caught.value.code == "state"


@pytest.mark.parametrize("deed", [documents.revoke, documents.reissue])
def test_reason_is_asked_for(staff, paper, deed):
    with pytest.raises(ValidationError) as caught:
        deed(paper, staff, "  ")

    assert caught.value.code == "reason"
    paper.refresh_from_db()
    assert paper.state == "valid"


def test_deeds_are_in_the_log(staff, paper):
    documents.revoke(paper, staff, "by mistake")

    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "document.issued", "document.revoked",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "deed",
    [
        lambda rows: rows.update(holder_ru="Другому"),
        lambda rows: rows.update(number="M-1999-0001"),
        lambda rows: rows.delete(),
    ],
)
def test_database_lets_nobody_change_what_was_issued(paper, deed):
    with pytest.raises(IntegrityError, match="stays as it was issued"), transaction.atomic():
        deed(IssuedDocument.objects.filter(pk=paper.pk))
    assert IssuedDocument.objects.get(pk=paper.pk).holder_ru == paper.holder_ru


def test_database_keeps_one_valid_document(paper):
    paper.pk, paper.number, paper.serial, paper.code = None, "T-2026-0009", 9, "other"
    paper._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        paper.save()


def shown(client, address) -> tuple[int, str]:
    """Status and text of a page; in a test nothing is committed, so its cache is emptied."""
    cache.clear()
    response = client.get(address)
    return response.status_code, response.content.decode()


def test_pdf_1_check_page_says_valid_replaced_revoked(client, topic, staff, paper):
    address = reverse("check:document", args=[paper.code])

    status, page = shown(client, address)
    assert status == 200
    for words in (paper.number, "Document T-2026-0001 is valid.", "Культура", "Culture"):
        assert words in page
    new = documents.reissue(paper, staff, "typo")
    page = shown(client, address)[1]
    assert f"genuine, but replaced by document {new.number}" in page
    assert new.code not in page
    documents.revoke(new, staff, "by mistake")
    page = shown(client, reverse("check:document", args=[new.code]))[1]
    assert f"Document {new.number} was revoked on" in page
    assert "by mistake" not in page


@pytest.mark.parametrize("change", [lambda code: code[:-1] + "0", lambda _code: "x", str.swapcase])
def test_pdf_1_changed_digit_finds_nothing(client, paper, change):
    code = change(paper.code)

    status, page = shown(client, reverse("check:document", args=[code]))

    assert status == (200 if code == paper.code.upper() else 404)
    assert (paper.holder_en in page) == (code == paper.code.upper())


def test_revoking_renews_the_cached_check_page(
    client, staff, paper, django_capture_on_commit_callbacks
):
    address = reverse("check:document", args=[paper.code])
    client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        documents.revoke(paper, staff, "by mistake")

    assert "was revoked on" in client.get(address).content.decode()


def test_what_is_true_no_more_is_said(client, topic, paper):
    Topic.objects.filter(pk=topic.pk).update(slug="gone")

    page = shown(client, reverse("check:document", args=[paper.code]))[1]

    assert "Document T-2026-0001 is genuine, but no longer in force." in page


@pytest.mark.parametrize("typed", ["T-2026-0001", " t-2026-0001 ", "CODE"])
def test_number_and_code_are_found_as_they_are_typed(client, paper, typed):
    typed = paper.code.upper() if typed == "CODE" else typed

    status, page = shown(client, reverse("check:form") + f"?q={typed}")

    assert (status, "Document T-2026-0001 is valid." in page) == (200, True)


@pytest.mark.parametrize("typed", ["T-2026-0002", "T", "' OR 1=1", "<script>", "x" * 300])
def test_what_is_not_in_the_register_is_not_found(client, paper, typed):
    status, page = shown(client, reverse("check:form") + f"?q={typed}")

    assert status == 200
    assert paper.holder_en not in page
    assert escape(typed[:60]) in page


def test_check_is_not_for_search_engines(client, paper):
    address = reverse("check:document", args=[paper.code])

    assert '<meta name="robots" content="noindex">' in shown(client, address)[1]


def test_staff_revoke_in_the_register(client_of, lead, paper):
    client = client_of(lead)
    address = reverse("admin:content_issueddocument_revoke", args=[paper.pk])

    assert client.post(address, {"reason": ""}).status_code == 200
    response = client.post(address, {"reason": "by mistake"})

    paper.refresh_from_db()
    assert (response.status_code, paper.state, paper.revoked_by) == (302, "revoked", lead)
    assert client.post(address, {"reason": "again"}).status_code == 200


def test_staff_reissue_in_the_register_and_fetch_the_paper(client_of, lead, paper):
    client = client_of(lead)
    response = client.post(
        reverse("admin:content_issueddocument_reissue", args=[paper.pk]), {"reason": "typo"}
    )

    new = IssuedDocument.objects.valid().get()
    assert response["Location"] == reverse("admin:content_issueddocument_change", args=[new.pk])
    made = client.get(reverse("admin:content_issueddocument_file", args=[new.pk]))
    assert b"".join(made.streaming_content).startswith(b"%PDF-")


def test_list_of_documents_costs_the_same_for_many(
    client_of, lead, staff, django_assert_max_num_queries, paper
):
    client = client_of(lead)
    address = reverse("admin:content_issueddocument_changelist")
    client.get(address)
    for place in range(5):
        documents.issue(CODE, make_topic(f"t{place}"), staff)

    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
