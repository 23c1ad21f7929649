"""Revisions: one a save, none where nothing changed."""

import pytest

from accounts.tests.factories import make_user
from content import revisions
from content.models import Page, Revision, Topic

pytestmark = pytest.mark.django_db


def make_page(**fields) -> Page:
    return Page.objects.create(**{"slug": "about-us", "title_ru": "О нас", **fields})


def test_revision_holds_every_column_but_the_derived_ones():
    page = make_page(body_ru="<p>Да</p>")

    assert [(row.number, row.values) for row in revisions.of(page)] == [
        (
            1,
            {
                "source_language": "ru", "status": "draft", "published_at": None,
                "slug": "about-us", "title_ru": "О нас", "title_en": None, "lead_ru": None,
                "lead_en": None, "body_ru": "<p>Да</p>", "body_en": None, "owner": None,
                "review_on": None,
            },
        )
    ]  # fmt: skip


def test_revision_is_not_written_when_nothing_changed():
    page = make_page()

    page.save()

    assert [row.number for row in revisions.of(page)] == [1]


def test_revision_says_who_saved_and_why():
    page, editor = make_page(), make_user()

    page.title_en = "About us"
    page.save(by=editor, revision_note="Translated")

    newest = revisions.of(page).first()
    assert (newest.number, newest.by, newest.note) == (2, editor, "Translated")


def test_revision_of_a_partial_save_holds_what_is_stored():
    page = make_page()
    page.title_ru, page.title_en = "Не сохранено", "About us"

    page.save(update_fields=["title_en"])

    newest = revisions.of(page).first()
    assert (newest.values["title_ru"], newest.values["title_en"]) == ("О нас", "About us")


def test_revision_is_put_back_into_its_record():
    page = make_page(published_at="2026-01-02T09:00:00+03:00", review_on="2026-12-01")
    first = revisions.of(page).get()
    page.refresh_from_db()
    held = (page.title_ru, page.published_at, page.review_on, page.owner)
    page.title_ru, page.published_at, page.review_on, page.owner = "Иначе", None, None, make_user()

    revisions.put(page, {**first.values, "dropped_column": 1})

    assert (page.title_ru, page.published_at, page.review_on, page.owner) == held


def test_revision_is_kept_by_models_that_opt_in_alone():
    Topic.objects.create(slug="culture", title_ru="Культура")

    assert Revision.objects.count() == 0
