"""What a worker reads in files: pages, cover, text; broken ones are told, never a crash."""

import pytest

from content.models import Picture
from library import reading
from library.models import Publication, PublicationFile
from library.tests import pdfs
from library.tests.factories import make_file, make_publication
from library.workqueue import broken_files

pytestmark = pytest.mark.django_db


def read(data: bytes, **fields) -> PublicationFile:
    row = make_file(make_publication(), data=data, **fields)
    reading.read_file(row.pk)
    row.refresh_from_db()
    return row


def test_pages_cover_and_text_are_read():
    row = read(pdfs.written("Хартия малых рек"))

    assert (row.reading, row.pages) == ("read", 1)
    assert "Хартия малых рек" in row.text
    assert (row.cover.width, row.cover.alt_en) == (960, "Cover: Report on the work in 2025")
    assert (row.file.size > 0, len(row.sha256)) == (True, 64)


@pytest.mark.parametrize(
    ("data", "state"),
    [(pdfs.DAMAGED, "damaged"), (b"%PDF-1.7 x", "damaged"), (pdfs.LOCKED, "locked")],
)
def test_cover_of_a_damaged_pdf_is_none_and_staff_are_told(lead, data, state):
    row = read(data)

    assert (row.reading, row.pages, row.cover, row.text) == (state, None, None, "")
    (queue,) = broken_files(lead)
    assert (queue.count, queue.url) == (1, "/admin/library/publication/?unread=broken")
    assert list(Publication.objects.with_broken_files()) == [row.publication]


def test_giant_page_has_no_cover_but_its_pages_are_counted():
    row = read(pdfs.blank(3, width=14_000, height=200))

    assert (row.reading, row.pages, row.cover) == ("large", 3, None)
    assert Picture.objects.count() == 0


def test_process_that_breaks_off_leaves_what_it_found():
    found = reading.judged({"pages": 7, "text": "уце\x02\nлело"}, is_closed=False)
    assert found == reading.Found("large", 7, "уцелело")


def test_closed_file_shows_neither_cover_nor_text():
    row = read(pdfs.written("Для участников"), audience="members")

    assert (row.reading, row.pages, row.cover, row.text) == ("read", 1, None, "")


def test_file_that_is_closed_later_loses_cover_and_text():
    row = read(pdfs.written("Пока для всех"))

    row.audience = "members"
    row.save()
    row.refresh_from_db()

    assert (row.reading, row.cover, row.text) == ("waiting", None, "")
    assert Picture.objects.count() == 0


def test_file_is_read_once():
    row = read(pdfs.blank())
    assert reading.read_file(row.pk) is False
    assert PublicationFile.objects.unread().count() == 0


def test_docx_is_not_opened():
    publication = make_publication()
    row = make_file(publication)
    row.file.content_type = "application/msword"
    row.file.save()
    row.audience = "staff"
    row.save()
    assert row.reading == "other"


@pytest.mark.parametrize("data", [pdfs.DAMAGED, pdfs.blank()])
def test_admin_page_says_what_was_found(client_of, lead, data):
    row = read(data)
    page = client_of(lead).get(f"/admin/library/publication/{row.publication_id}/change/")
    assert (page.status_code, row.get_reading_display() in page.content.decode()) == (200, True)
