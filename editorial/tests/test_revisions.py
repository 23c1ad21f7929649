"""Revisions at the desk: listed, compared word by word, restored."""

import pytest
from django.utils import timezone

from content import revisions
from content.models import Page
from editorial.comparison import ADDED, SAME, TAKEN, Piece, differences, marks
from editorial.tests.desk import address
from members.tests.factories import make_member
from news.models import Article
from news.tests.factories import make_article
from practices.tests.factories import make_draft

pytestmark = pytest.mark.django_db


def edited(article: Article, by=None, **values) -> Article:
    for name, value in values.items():
        setattr(article, name, value)
    article.save(by=by)
    return article


def test_words_are_marked_inside_their_paragraph():
    assert marks(["Один.", "Город Казань рад."], ["Один.", "Город Уфа рад.", "Новое."]) == [
        [Piece(SAME, "Один.")],
        [
            Piece(SAME, "Город "), Piece(TAKEN, "Казань"), Piece(ADDED, "Уфа"),
            Piece(SAME, " рад."),
        ],
        [Piece(ADDED, "Новое.")],
    ]  # fmt: skip


def test_differences_are_told_by_language_and_field():
    older = {"title_ru": "Было", "body_en": "<p>One</p>", "status": "draft", "slug": "a"}
    newer = {"title_ru": "Стало", "body_en": "<p>One</p>", "status": "published", "slug": "a"}

    found = differences(Article, older, newer)

    assert [(one.language, one.paragraphs) for one in found] == [
        ("ru", [[Piece(TAKEN, "Было"), Piece(ADDED, "Стало")]]),
        ("", [[Piece(TAKEN, "Черновик"), Piece(ADDED, "Опубликовано")]]),
    ]


def test_change_of_formatting_alone_is_told_as_such():
    found = differences(Article, {"body_ru": "<p>Да</p>"}, {"body_ru": "<p><em>Да</em></p>"})

    assert [(one.language, one.paragraphs) for one in found] == [("ru", [])]


def test_two_revisions_are_compared_on_the_screen_older_first(client_of, editor):
    article = edited(make_article(), editor, title_ru="Ретрит не завершён")
    client = client_of(editor)

    listing = client.get(address(article, "revisions"))
    page = client.get(address(article, "compare"), {"older": "2", "newer": "1"})

    assert [row.number for row in listing.context["page"]] == [2, 1]
    assert (page.context["older"].number, page.context["newer"].number) == (1, 2)
    text = page.content.decode()
    assert "<ins>" in text
    assert "не " in text


@pytest.mark.parametrize("query", [{}, {"older": "1", "newer": "1"}, {"older": "x", "newer": "9"}])
def test_comparison_of_less_than_two_leads_back_to_the_list(client_of, editor, query):
    article = make_article()

    response = client_of(editor).get(address(article, "compare"), query)

    assert (response.status_code, response.url) == (302, address(article, "revisions"))


def test_restoring_writes_the_old_texts_as_the_newest_revision(client_of, editor):
    article = make_article()
    edited(article, editor, title_ru="Ошибка", body_en="<p>Wrong</p>")

    client_of(editor).post(address(article, "restore", 1), {"version": article.version})

    article.refresh_from_db()
    assert (article.title_ru, article.body_en) == (
        "Ретрит завершён", "<p>The first paragraph.</p><p>The second paragraph.</p>",
    )  # fmt: skip
    newest = revisions.of(article).first()
    assert (newest.number, newest.by) == (3, editor)
    assert "1" in newest.note


def test_restoring_neither_publishes_nor_withdraws(client_of, editor):
    article = make_article(status="draft", published_at=None)
    edited(article, status="published", published_at=timezone.now(), title_ru="Вышло")

    client_of(editor).post(address(article, "restore", 1), {"version": article.version})

    article.refresh_from_db()
    assert (article.title_ru, article.is_public()) == ("Ретрит завершён", True)


def test_restoring_over_a_newer_text_is_refused(client_of, editor):
    article = make_article()
    edited(article, title_ru="Второй")

    client_of(editor).post(address(article, "restore", 1), {"version": article.version - 1})

    assert Article.objects.get().title_ru == "Второй"


def test_restoring_an_address_that_is_taken_is_refused(client_of, editor):
    article = edited(make_article("first"), slug="second")
    make_article("first")

    client_of(editor).post(address(article, "restore", 1), {"version": article.version})

    article.refresh_from_db()
    assert article.slug == "second"


def test_restoring_leaves_out_who_is_gone(client_of, editor, make_user):
    gone = make_user()
    page = Page.objects.create(slug="about-us", title_ru="О нас", owner=gone)
    gone.delete()
    page.refresh_from_db()
    page.title_ru = "Мы"
    page.save()

    client_of(editor).post(address(page, "restore", 1), {"version": page.version})

    page.refresh_from_db()
    assert (page.title_ru, page.owner) == ("О нас", None)


def test_translator_reads_revisions_and_restores_none(client_of, translator):
    article = edited(make_article(), title_ru="Второй")
    client = client_of(translator)

    seen = client.get(address(article, "compare"), {"older": "1", "newer": "2"})
    refused = client.post(address(article, "restore", 1), {"version": article.version})

    assert (seen.status_code, seen.context["restore_url"]) == (200, "")
    assert refused.status_code == 403


def test_restoring_undoes_no_decision(client_of, editor):
    practice = make_draft(make_member())
    edited(practice, stage="sent", sent_at=timezone.now())
    edited(practice, stage="refused", title_ru="Другое")

    client_of(editor).post(address(practice, "restore", 1), {"version": practice.version})

    practice.refresh_from_db()
    assert (practice.stage, practice.title_ru) == ("refused", "Школа общественной дипломатии")
    assert practice.sent_at is not None
