"""Paragraph pairs, what is put together of them, and what is marked as changed."""

import pytest

from content.models import Page
from translating.differences import Passage, passages
from translating.pairs import Pair, blocks, pairs_of, put_together

SAME = Passage("same", (("same", "а"),))
BODY = "<h2>Повестка</h2><ul><li><p>Один</p></li><li><p>Два <a href='/x'>три</a></p></li></ul>"


def make_page(**texts) -> Page:
    return Page(source_language="ru", title_ru="О нас", body_ru=BODY, **texts)


def test_pairs_are_numbered_paragraphs_with_what_stands_for_them():
    page = make_page(title_en="About us", body_en="<h2>Agenda</h2><ul><li><p>One</p></li></ul>")

    assert [(pair.field, pair.source, pair.target) for pair in pairs_of(page, "en")] == [
        ("title", "О нас", "About us"),
        ("body", "Повестка", "Agenda"),
        ("body", "Один", "One"),
        ("body", "Два три", ""),
    ]


def test_paragraphs_beyond_those_of_the_source_are_not_lost():
    page = Page(source_language="ru", body_ru="<p>Один</p>", body_en="<p>One</p><p>Two</p>")

    assert [pair.target for pair in pairs_of(page, "en")] == ["One\nTwo"]


def test_returned_texts_stand_in_the_blocks_of_the_source():
    page = make_page()
    pairs = pairs_of(page, "en")

    values = put_together(page, "en", pairs, ["About us", "Agenda", "One & <b>", "Two\nthree"])

    assert values == {
        "title": "About us",
        "body": (
            "<h2>Agenda</h2><ul><li><p>One &amp; &lt;b&gt;</p></li>"
            "<li><p>Two<br>three</p></li></ul>"
        ),
    }


def test_paragraph_whose_words_stay_keeps_its_links():
    english = (
        "<h2>Agenda</h2><ul><li><p>One</p></li><li><p>Two <a href='/x'>three</a></p></li></ul>"
    )
    page = make_page(title_en="About us", body_en=english)
    pairs = pairs_of(page, "en")

    values = put_together(page, "en", pairs, [pair.target for pair in pairs])

    assert values == {"title": "About us", "body": english}


def test_plain_text_keeps_its_paragraphs_and_its_angle_brackets():
    page = Page(source_language="ru", lead_ru="a < b\n\nв")
    pairs = pairs_of(page, "en")

    assert pairs == [Pair("lead", "a < b", "a < b", ""), Pair("lead", "в", "в", "")]
    assert put_together(page, "en", pairs, ["x < y", "z"]) == {"lead": "x < y\n\nz"}


def test_tags_without_words_are_no_paragraphs():
    assert blocks("<p></p><p>a</p><hr><p> </p>", True) == ["<p></p><p>a</p><hr><p> </p>"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["а б"], ["а  б"], [Passage("same", (("same", "а  б"),))]),
        (
            ["один", "два три", "конец"],
            ["один", "два четыре", "конец"],
            [
                Passage("same", (("same", "один"),)),
                Passage("changed", (("same", "два "), ("del", "три"), ("ins", "четыре"))),
                Passage("same", (("same", "конец"),)),
            ],
        ),
        (["а"], ["а", "б"], [Passage("same", (("same", "а"),)), Passage("added", (("ins", "б"),))]),
        (
            ["а", "б"],
            ["а"],
            [Passage("same", (("same", "а"),)), Passage("removed", (("del", "б"),))],
        ),
    ],
)
def test_only_changed_passages_are_marked_word_by_word(before, after, expected):
    assert passages(before, after) == expected
