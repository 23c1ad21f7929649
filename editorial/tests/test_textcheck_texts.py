"""What the text check sees in a text alone: no database."""

import pytest
from django.utils import translation

from content.models import Page
from editorial.textcheck import checking
from editorial.textcheck.passages import masked, passages
from editorial.textcheck.slots import share_of_cyrillic


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def found(text: str, language="en", field="body") -> list[tuple]:
    """Code, what stands there and what the fix writes, of the remarks on one text."""
    page = Page(**{f"{field}_{language}": text})
    return [
        (finding.code, finding.wrong, finding.replacement if finding.fix else None)
        for passage in passages(page)
        for finding in checking.in_column(passage)
    ]


@pytest.mark.parametrize(
    ("text", "language", "wrong", "right"),
    [
        ("The IAС Expert Council", "en", "IAС", "IAC"),
        ("Cайт ассоциации городов", "ru", "Cайт", "Сайт"),
        ("Оn April 28 the mayor spoke", "en", "Оn", "On"),
        ("Гoрод Казань", "ru", "Гoрод", "Город"),
        ("<p>Города a также сёла</p>", "ru", "a", "а"),
        ("СEO выступил перед городами", "ru", "СEO", "CEO"),
    ],
)
def test_s3_60_letter_of_the_other_alphabet_is_seen(text, language, wrong, right):
    assert found(text, language) == [("homoglyph", wrong, right)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("The city wh ere members meet", "wh ere", "where"),
        ("Guests fr om Kazan", "fr om", "from"),
        ("The mayor ant the council", "ant the", "and the"),
        ("President KadirTopbash spoke", "KadirTopbash", "Kadir Topbash"),
        ("The develop- ment of cities", "develop- ment", "development"),
        ("The municipality and the munici pality met", "munici pality", "municipality"),
        ("The end.The beginning of it", ".", ". "),
    ],
)
def test_s1_32_damaged_words_are_seen(text, wrong, right):
    assert [row[1:] for row in found(text)] == [(wrong, right)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kazan, Ufa and St. Petersburg met on YouTube: www.example.Org/A.Html", "en"),
        ("Выложены PDFы, разосланы SMSки о проекте Smart City; пандемия COVID-19, 1С", "ru"),
        ("Двух- и трёхдневные встречи; Вице-президент ОГМВ", "ru"),
        ("He may be in to see every day what everyday life is", "en"),
        ('<p>Все <a href="/ru/news/">новости UCLG</a></p>', "ru"),
        ("<p>a</p>\n  <p>b</p>  <ul>\n<li>c&nbsp; d</li></ul>", "en"),
        ("The ratio of 3 : 5", "en"),
    ],
)
def test_sound_texts_have_no_remarks(text, language):
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lorem ipsum dolor sit amet", "placeholder"),
        ("Date: TODO", "placeholder"),
        ("Name XXX of the city", "placeholder"),
        ("Notes to the web designer: put a map here", "placeholder"),
        ("Met on [insert date] in Kazan", "placeholder"),
        ("The city of Казань is old and great", "cyrillic-left"),
    ],
)
def test_unfinished_places_and_russian_left_in_english_are_seen(text, code):
    assert [row[0] for row in found(text)] == [code]


def test_russian_placeholder_is_seen():
    assert found("Встреча прошла [вставить дату] в Казани", "ru") == [
        ("placeholder", "[вставить дату]", None)
    ]


def test_marked_russian_in_english_is_no_remark():
    assert found('<p>Text of the letter:</p><p lang="ru">Уважаемые коллеги</p>') == []


@pytest.mark.parametrize(
    ("text", "code", "right"),
    [
        ('<p>See <a href="">the list</a></p>', "empty-link", "the list"),
        ('<p>See <a href="#">the list</a></p>', "empty-link", "the list"),
        ("<p>See <a>the list</a></p>", "empty-link", "the list"),
        ('<p>See <a href="javascript:x()">the list</a></p>', "empty-link", "the list"),
        ('<p>See <a href="/en/no/such/page/">the list</a></p>', "empty-link", "the list"),
        ('<p>See <a href="http://list">the list</a></p>', "empty-link", "the list"),
        ('<p>See <a href="https://example.org/"></a>it</p>', "empty-link", ""),
        ('<p>See <a href="https://example.org/">here</a></p>', "vague-link", None),
    ],
)
def test_links_that_lead_nowhere_are_seen(text, code, right):
    assert [(row[0], row[2]) for row in found(text)] == [(code, right)]


def test_good_links_have_no_remarks():
    assert (
        found(
            '<p><a href="https://example.org/a">Report</a>, <a href="/en/news/">all news</a>, '
            '<a href="mailto:a@example.org">write to us</a>, <a href="#top">to the top</a></p>'
        )
        == []
    )


def test_spaces_that_are_too_many_are_seen_outside_of_tags():
    assert found("<p>Two  spaces , and <b>a</b> <i>tag</i></p>") == [
        ("double-space", "  ", " "),
        ("space-before-mark", " ", ""),
    ]


@pytest.mark.parametrize(
    ("text", "share"),
    [("Казань", 100), ("Kazan", 0), ("2020", 0), ("Казань Kazan", 55), ("Город a@b.ru", 100)],
)
def test_share_of_cyrillic(text, share):
    assert share_of_cyrillic(text) == share


def test_text_in_the_wrong_slot_is_one_remark_with_the_share():
    page = Page(title_en="Совет городов UCLG", title_ru="Council of cities")

    assert [
        (finding.column, finding.fix, finding.message)
        for finding in checking.in_wrong_slot(page)
    ] == [
        (
            "title_ru", "swap",
            "The Russian text of “title” looks English: 100 % of its letters are Latin.",
        ),
        (
            "title_en", "swap",
            "The English text of “title” looks Russian: 75 % of its letters are Cyrillic.",
        ),
    ]  # fmt: skip


def test_masked_text_keeps_its_places():
    text = '<p>A&nbsp;<a href="x">b</a></p>'

    assert len(masked(text)) == len(text)
    assert masked(text).index("b") == text.index(">b") + 1


def test_excerpt_shows_the_words_around_without_markup():
    page = Page(
        body_en="<p>Members of the <strong>IAС</strong> met in the city of Kazan in May</p>"
    )

    (finding,) = [one for row in passages(page) for one in checking.in_column(row)]
    assert finding.excerpt == "Members of the IAС met in the city of K…"
