"""Diplomas: what they say, their numbers, the public check page (PDF-1), sending again (PDF-5)."""

import datetime
import io
import re
import uuid

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from awards import consents
from awards.tests.factories import (
    make_author,
    make_award,
    make_category,
    make_entrant,
    make_entry,
    make_round,
)
from content import documents, retention
from content.models import AuditEntry, IssuedDocument, PrivateFile
from content.tests.papers import printed, text_of
from laureates import diploma_letters, diploma_making, diploma_privacy, diplomas
from laureates.models import Diploma
from laureates.tests.factories import make_diploma, make_laureate
from mailing.models import Message
from members import certificate
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
DAY = datetime.date(2018, 5, 14)
CHILD_HOLDER = "Амина Сафина, 9 лет"


@pytest.fixture
def city():
    return make_member("stavropol", "Ставрополь", "Stavropol")


@pytest.fixture
def laureate(city):
    award = make_award("rating", title_ru="Рейтинг", title_en="Rating")
    return make_laureate(
        award, title_ru="Ставрополь", title_en="Stavropol", year=2018, member=city
    )  # fmt: skip


@pytest.fixture
def diploma(laureate):
    return make_diploma(
        laureate, series="L", lead_ru="вручается", lead_en="is awarded to",
        holder_ru="городу Ставрополю", holder_en="the city of Stavropol",
        honour_ru="1 место", honour_en="1st place", class_ru="Крупные города",
        class_en="Large cities", presented_on=DAY,
    )  # fmt: skip


@pytest.fixture
def child_round():
    return make_round(is_for_children=True, year=2020)


@pytest.fixture
def author(child_round):
    entrant = make_entrant(child_round)
    entry = make_entry(entrant, make_category(child_round, "A"))
    return make_author(entry, consents=("entry", "public"))


@pytest.fixture
def child_diploma(author, lead):
    diploma_making.make(author.entry.round, "participant", lead)
    diploma = author.entry.round.diplomas.get()
    diploma.holder_ru, diploma.holder_en = CHILD_HOLDER, "Amina Safina, aged 9"
    diploma.save()
    return diploma


def page(client, document, language="en") -> str:
    """The check page of the QR code; nothing is committed in a test, so the cache is emptied."""
    cache.clear()
    return client.get(f"/{language}/check/{document.code}/").content.decode()


def by_number(client, number: str) -> str:
    cache.clear()
    return client.get("/en/check/", {"q": number}).content.decode()


def fetched(client, address: str) -> bytes:
    """The paper at an address, closed again; it is named by its number alone."""
    response = client.get(address)
    assert re.search(r'filename="\d{4}-[A-Z]-\d{3}\.pdf"', response["Content-Disposition"])
    return b"".join(response.streaming_content)


def facts_on(text: str) -> list[tuple[str, str]]:
    """Label and values of the page's list of facts, without tags."""
    rows = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", text, re.S)
    return [
        (label, " | ".join(re.sub(r"<[^>]+>", "", one) for one in value.split("<br>")).strip())
        for label, value in rows
    ]


def test_number_has_year_letters_and_serial(laureate, diploma, lead):
    other = make_diploma(laureate, series="M")
    second = make_diploma(laureate, series="L")
    numbers = [diplomas.issue(one, lead).number for one in (diploma, other, second)]

    assert numbers == ["2018-L-001", "2018-M-001", "2018-L-002"]


def test_numbers_of_older_kinds_stay_as_they_were(lead, city):
    document = certificate.issue(city, lead)

    assert re.fullmatch(r"M-\d{4}-0001", document.number)
    assert (document.series, document.facts) == ("", [])


def test_pdf_1_check_page_shows_what_the_diploma_says_in_both_languages(client, diploma, lead):
    document = diplomas.issue(diploma, lead)

    english, russian = page(client, document), page(client, document, "ru")

    assert "Document 2018-L-001 is valid." in english
    assert facts_on(english) == [
        ("Number", "2018-L-001"),
        ("Document", facts_on(english)[1][1]),
        ("Given to", "городу Ставрополю | the city of Stavropol"),
        ("City", "Ставрополь | Stavropol"),
        ("Place", "1 место | 1st place"),
        ("Class or category", "Крупные города | Large cities"),
        ("Issued on", "14 May 2018"),
    ]
    for words in ("2018-L-001", "Ставрополь", "1 место", "Крупные города", "14 мая 2018"):
        assert words in russian


def test_pdf_1_changed_digit_is_no_such_diploma(client, diploma, lead):
    document = diplomas.issue(diploma, lead)

    guessed = by_number(client, "2018-L-002")
    cache.clear()
    response = client.get(f"/en/check/{document.code[:-1]}0/")

    assert "There is no document “2018-L-002”." in guessed
    assert response.status_code == 404
    assert "Stavropol" not in guessed + response.content.decode()


def test_pdf_1_reissued_names_the_new_number_and_revoked_says_so(client, diploma, lead):
    document = diplomas.issue(diploma, lead)
    new = documents.reissue(document, lead, "typo in the name")

    assert (new.number, new.issued_on) == ("2018-L-002", DAY)
    assert "Document 2018-L-001 is genuine, but replaced by document 2018-L-002." in page(
        client, document
    )
    documents.revoke(new, lead, "given by mistake")
    text = page(client, new)
    assert "Document 2018-L-002 was revoked on" in text
    assert "by mistake" not in text


def test_check_page_takes_two_queries(client, diploma, child_diploma, lead, city):
    for one in (diploma, child_diploma):
        document = diplomas.issue(one, lead)
        page(client, document)
        cache.clear()
        with _queries() as queries:
            client.get(f"/en/check/{document.code}/")
        asked = [query["sql"] for query in queries if "SELECT" in query["sql"]]
        own = [sql for sql in asked if "association_contactcard" not in sql]  # the footer's
        assert len(own) == 2, own


def _queries():
    return CaptureQueriesContext(connection)


def test_guessed_number_of_a_child_reveals_nothing(client, child_diploma, lead):
    document = diplomas.issue(child_diploma, lead)

    guessed, scanned = by_number(client, document.number), page(client, document)

    assert f"Document {document.number} is valid." in guessed
    for words in ("Амина", "Amina", "Сафина", "Ставрополь", "Category A"):
        assert words not in guessed
    assert "Амина Сафина, 9 лет" in scanned
    assert "Category A" in scanned


def test_name_of_a_child_is_in_no_log_and_no_file_name(child_diploma, lead):
    document = diplomas.issue(child_diploma, lead)

    texts = " ".join(AuditEntry.objects.values_list("summary", flat=True))
    assert document.number in texts
    for words in ("Амина", "Сафина", "Amina"):
        assert words not in texts + str(child_diploma) + document.pdf.name


def test_withdrawn_consent_names_nobody_and_lists_the_paper(client, child_diploma, author, lead):
    document = diplomas.issue(child_diploma, lead)

    with translation.override("en"):
        withdrawal = consents.withdraw(author, "public", lead)

    assert [one.text for one in withdrawal.printed] == [f"Diploma {document.number}"]
    assert withdrawal.printed[0].url == f"/admin/content/issueddocument/{document.pk}/change/"
    text = page(client, document)
    assert "is valid" in text
    assert "Амина" not in text
    assert "Amina" not in text
    # The paper itself is still the child's.
    new = documents.reissue(document, lead, "lost on its way")
    assert "Амина" in text_of(printed(new.pdf))
    assert "Амина" not in page(client, new)


def test_withdrawal_lets_no_paper_be_made(child_diploma, author, lead):
    consents.withdraw(author, "entry", lead)
    child_diploma.refresh_from_db()

    with pytest.raises(ValidationError) as caught:
        diplomas.issue(child_diploma, lead)

    assert (caught.value.code, IssuedDocument.objects.count()) == ("nameless", 0)


def test_papers_of_children_are_nobodys_own_files(child_diploma, make_user):
    former = make_user("former@example.org")  # issued it, and has the right no more
    document = diplomas.issue(child_diploma, former)

    assert not PrivateFile.objects.for_user(former).filter(pk=document.pdf_id).exists()
    assert document.issued_by == former


def test_names_of_children_are_erased_after_three_years(client, child_diploma, diploma, lead):
    document, kept = diplomas.issue(child_diploma, lead), diplomas.issue(diploma, lead)
    file = document.pdf.file
    now = timezone.now()

    assert diploma_privacy.purge(now + datetime.timedelta(days=1000)) == 0
    assert diploma_privacy.purge(now + datetime.timedelta(days=1100)) == 1
    assert diploma_privacy.purge(now + datetime.timedelta(days=1100)) == 0

    document.refresh_from_db()
    child_diploma.refresh_from_db()
    assert (document.holder_ru, document.wording_en, document.pdf, document.state) == (
        "", "", None, "valid",
    )  # fmt: skip
    assert (child_diploma.holder_ru, child_diploma.source, child_diploma.author) == (
        "", f"erased:{child_diploma.pk}", None,
    )  # fmt: skip
    assert not PrivateFile.objects.filter(file=file.name).exists()
    text = page(client, document)
    assert f"Document {document.number} is valid." in text
    assert "Category A" in text
    assert "Амина" not in text
    kept.refresh_from_db()
    assert kept.holder_ru == "городу Ставрополю"
    assert "laureates.diplomas" in [one.key for one in retention.registry()]


def test_other_kinds_of_staff_do_not_see_diplomas_in_the_register(
    client_of, finance_officer, awards_officer, child_diploma, lead
):
    document = diplomas.issue(child_diploma, lead)
    address = reverse("admin:content_issueddocument_changelist")
    file = reverse("admin:content_issueddocument_file", args=[document.pk])

    assert document.number not in client_of(finance_officer).get(address).content.decode()
    assert client_of(finance_officer).get(file).status_code == 404
    assert document.number in client_of(awards_officer).get(address).content.decode()
    assert fetched(client_of(awards_officer), file).startswith(b"%PDF-")
    # Nor by way of the file itself.
    assert not PrivateFile.objects.for_user(finance_officer).filter(pk=document.pdf_id).exists()


def test_paper_says_the_stored_words_and_nothing_else(diploma, lead):
    text = text_of(printed(diplomas.issue(diploma, lead).pdf))

    for words in ("вручается", "городу Ставрополю", "the city of Stavropol", "2018-L-001",
                  "за первое место", "14 мая 2018", "14 May 2018"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    "name", ["Әділет Жұмағұлқызы Өтеғали", "Дөлгөөн Өнөрбаяр", "Гөлназ Җәлилова", "Һөҗүм Ңургалиев"]
)
def test_letters_of_all_members_are_on_paper(diploma, lead, name):
    diploma.holder_ru = name
    diploma.save()

    text = text_of(printed(diplomas.issue(diploma, lead).pdf))

    assert name in text
    assert "?" not in text.replace("check?", "")


def test_very_long_words_stay_on_one_page(diploma, lead):
    diploma.holder_ru = ("Муниципальное учреждение дополнительного образования " * 6)[:300]
    diploma.wording_ru = ("за верную работу с юными художниками " * 30)[:1000]
    diploma.wording_en = ("for faithful work with young artists " * 30)[:1000]
    diploma.save()

    document = diplomas.issue(diploma, lead)

    reader = PdfReader(io.BytesIO(printed(document.pdf)))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_pdf_5_same_number_is_sent_again(client_of, client, awards_officer, child_diploma, lead):
    document = diplomas.issue(child_diploma, lead)
    staff = client_of(awards_officer)
    address = reverse("admin:laureates_diploma_send", args=[child_diploma.pk])

    for _time in range(2):
        staff.post(address)

    mails = Message.objects.filter(occasion__startswith="laureates.diploma:")
    assert mails.count() == 2
    assert IssuedDocument.objects.count() == 1
    mail = mails.first()
    assert (mail.email, document.number in mail.subject) == (
        child_diploma.entry.entrant.email, True,
    )  # fmt: skip
    assert "Амина" not in mail.text_body + mail.subject
    link = re.search(r"https?://[^/\s]+(/\S+/diplomas/\S+)", mail.text_body).group(1)
    assert fetched(client, link) == printed(document.pdf)


def test_sending_twice_with_one_key_writes_once(child_diploma, lead):
    diplomas.issue(child_diploma, lead)
    key = uuid.uuid4()

    assert [diploma_letters.send(child_diploma, lead, key) for _time in range(2)] == [1, 0]


def test_what_was_not_issued_is_not_sent(child_diploma, lead):
    with pytest.raises(diploma_letters.NothingToSend):
        diploma_letters.send(child_diploma, lead)


def test_link_of_a_diploma_is_signed(client, child_diploma, author, lead):
    diplomas.issue(child_diploma, lead)
    token = diploma_letters.token(child_diploma)
    address = reverse("laureates:diploma_by_link", args=[token])

    assert fetched(client, address).startswith(b"%PDF-")
    for bad in (token[:-1], str(child_diploma.pk), "9" * 40, f"{child_diploma.pk}:x"):
        assert client.get(reverse("laureates:diploma_by_link", args=[bad])).status_code == 404
    consents.withdraw(author, "entry", lead)
    assert client.get(address).status_code == 404


def test_cabinet_has_the_papers_of_the_city_alone(
    client_of, make_representative, diploma, child_diploma, lead, city
):
    document, child = diplomas.issue(diploma, lead), diplomas.issue(child_diploma, lead)
    Diploma.objects.filter(pk=child_diploma.pk).update(city=city)
    client = client_of(make_representative(city))

    text = client.get(reverse("laureates:cabinet_diplomas", args=[city.slug])).content.decode()

    assert document.number in text
    assert child.number not in text
    own = reverse("laureates:cabinet_diploma", args=[city.slug, diploma.pk])
    other = reverse("laureates:cabinet_diploma", args=[city.slug, child_diploma.pk])
    assert fetched(client, own) == printed(document.pdf)
    assert client.get(other).status_code == 404


def test_cabinet_costs_the_same_for_many(
    client_of, make_representative, laureate, lead, city, django_assert_max_num_queries
):
    client = client_of(make_representative(city))
    address = reverse("laureates:cabinet_diplomas", args=[city.slug])
    diplomas.issue(make_diploma(laureate), lead)
    client.get(address)
    with _queries() as few:
        client.get(address)
    for _time in range(4):
        diplomas.issue(make_diploma(laureate), lead)

    with django_assert_max_num_queries(len(few)):
        assert client.get(address).content.decode().count("<tr>") == 6
