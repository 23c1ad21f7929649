"""LNG-1 and LNG-2: a translation is bound to the text it was made from."""

import pytest
from django.utils import timezone

from content.models import AuditEntry, Page, TranslationState
from content.record_admin import translation_report
from content.translation_state import outdated_paragraphs, paragraphs, stands

pytestmark = pytest.mark.django_db


def make_page(**fields) -> Page:
    values = {
        "slug": "about",
        "title_ru": "О нас",
        "title_en": "About us",
        "body_ru": "<p>Первый абзац.</p><p>Второй абзац.</p>",
        "body_en": "<p>The first paragraph.</p><p>The second one.</p>",
        "status": "published",
        "published_at": timezone.now(),
    }
    return Page.objects.create(**{**values, **fields})


def states(page: Page) -> dict[str, str]:
    rows = TranslationState.objects.filter(object_id=page.pk)
    return {row.language: row.state for row in rows}


def test_lng_1_changed_paragraph_outdates_the_translation_and_is_named():
    page = make_page()
    assert states(page) == {"en": "current"}

    page.body_ru = "<p>Первый абзац.</p><p>Второй абзац изменён.</p>"
    page.save()

    assert states(page) == {"en": "outdated"}
    assert outdated_paragraphs(page, "en") == {"body": ["<p>Второй абзац изменён.</p>"]}
    assert [(row["language"], row["state"]) for row in translation_report(page)] == [
        ("en", "outdated")
    ]


def test_lng_1_saving_or_moving_without_a_change_of_text_outdates_nothing():
    page = make_page()
    page.save()
    page.slug = "who-we-are"
    page.save(update_fields=["slug"])
    page.body_ru = "<p>Первый   абзац.</p>\n<p>Второй абзац.</p>"
    page.save()

    assert states(page) == {"en": "current"}


def test_lng_1_new_translation_is_current_again():
    page = make_page()
    page.title_ru = "Кто мы"
    page.save()
    page.title_en = "Who we are"
    page.save()

    assert states(page) == {"en": "current"}
    assert outdated_paragraphs(page, "en") == {}


def test_lng_1_another_field_of_the_translation_does_not_clear_the_debt():
    page = make_page()
    page.body_ru = "<p>Первый абзац.</p><p>Второй абзац изменён.</p>"
    page.save()
    page.title_en = "About us all"
    page.save()

    assert states(page) == {"en": "outdated"}
    assert outdated_paragraphs(page, "en") == {"body": ["<p>Второй абзац изменён.</p>"]}


def test_lng_1_undoing_the_change_of_the_source_makes_it_current_again():
    page = make_page()
    before, page.body_ru = page.body_ru, "<p>Другое.</p>"
    page.save()
    page.body_ru = before
    page.save()

    assert states(page) == {"en": "current"}


def test_lng_1_a_paragraph_taken_away_outdates_and_names_the_field():
    page = make_page()
    page.body_ru = "<p>Первый абзац.</p>"
    page.save()

    assert states(page) == {"en": "outdated"}
    assert outdated_paragraphs(page, "en") == {"body": []}


def test_lng_2_small_edit_keeps_the_translation_current_and_the_log_names_who(make_user):
    editor = make_user("editor@example.org")
    page = make_page()

    page.body_ru = "<p>Первый абзац!</p><p>Второй абзац.</p>"
    page.save(small_edit=True, by=editor)

    assert states(page) == {"en": "current"}
    assert list(AuditEntry.objects.values_list("verb", "actor")) == [
        ("translation.small_edit", editor.pk)
    ]


def test_lng_2_small_edit_does_not_hide_an_earlier_change():
    page = make_page()
    page.title_ru = "Кто мы"
    page.save()
    page.body_ru = "<p>Первый абзац!</p><p>Второй абзац.</p>"
    page.save(small_edit=True)

    assert states(page) == {"en": "outdated"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title_en": None, "body_en": None}, {"en": "missing"}),
        ({"title_en": "", "body_en": ""}, {"en": "missing"}),
        ({"body_en": None}, {"en": "draft"}),
        ({"title_ru": None, "body_ru": None}, {"ru": "missing"}),
    ],
)
def test_state_follows_from_what_is_there(fields, expected):
    assert states(make_page(**fields)) == expected


def test_paragraphs_splits_plain_and_rich_text():
    assert paragraphs("<h2>A</h2><p>b</p><ul><li>c</li></ul>") == [
        "<h2>A</h2>",
        "<p>b</p>",
        "<ul><li>c</li>",
        "</ul>",
    ]
    assert paragraphs("one\n\ntwo") == ["one", "two"]
    assert paragraphs(None) == []


def state_of(page: Page) -> TranslationState:
    return TranslationState.objects.get(object_id=page.pk, language="en")


def test_lng_1_text_a_translation_was_made_from_is_kept_until_it_is_translated_anew():
    page = make_page()
    page.body_ru = "<p>Первый абзац.</p><p>Второй абзац изменён.</p>"
    page.save()
    assert state_of(page).made_from_texts == {
        "title": ["О нас"],
        "body": ["<p>Первый абзац.</p>", "<p>Второй абзац.</p>"],
    }

    page.body_en = "<p>The first paragraph.</p><p>The second one, changed.</p>"
    page.save()
    assert state_of(page).made_from_texts["body"] == [
        "<p>Первый абзац.</p>",
        "<p>Второй абзац изменён.</p>",
    ]


def test_lng_1_age_of_a_debt_counts_from_the_first_change():
    page = make_page()
    page.title_ru = "Кто мы"
    page.save()
    since = state_of(page).changed_at
    page.title_ru = "Кто мы такие"
    page.save()

    assert state_of(page).changed_at == since


def test_lng_2_translator_says_that_the_translation_stands_and_the_log_names_who(make_user):
    translator = make_user("translator@example.org")
    page = make_page()
    page.body_ru = "<p>Первый абзац.</p>"
    page.save()

    assert stands(page, "en", by=translator)
    assert not stands(page, "en", by=translator)
    assert states(page) == {"en": "current"}
    assert state_of(page).made_from_texts["body"] == ["<p>Первый абзац.</p>"]
    assert list(AuditEntry.objects.values_list("verb", "actor")) == [
        ("translation.stands", translator.pk)
    ]
    page.save()
    assert states(page) == {"en": "current"}


def test_deleted_record_leaves_no_state_behind():
    make_page().delete()

    assert not TranslationState.objects.exists()
