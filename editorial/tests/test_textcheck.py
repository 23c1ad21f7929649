"""The text check of a record: register, glossary, pictures; its screen, its fixes, the swap."""

import pytest
from django.urls import reverse
from django.utils import translation

from content.models import Picture, Revision
from editorial.refusals import Refused
from editorial.textcheck import check, fixing
from editorial.textcheck.views import count_words
from facts.models import Subject
from facts.tests.factories import make_fact, make_subject
from news.models import Article
from translating.models import Term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def make_article(**fields) -> Article:
    values = {"slug": "council", "title_ru": "Совет", "title_en": "Council"}
    return Article.objects.create(**{**values, **fields})


def remarks(article) -> list[tuple]:
    return [(one.code, one.column, one.wrong, one.replacement) for one in check(article)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<p>UCLG has 9 regional sections.</p>", "9"),
        ("<p>UCLG has nine large regional sections.</p>", "nine"),
        ("<p>In 2016 UCLG had <strong>9</strong> regional sections.</p>", "9"),
    ],
)
def test_figure_that_disagrees_with_the_register_is_seen(text, wrong):
    make_fact(value=9, year=2016)
    make_fact(Subject.objects.get(), 7)

    assert remarks(make_article(body_en=text)) == [("figure", "body_en", wrong, "7")]


def test_figure_says_wording_source_and_day_and_what_was_said_before():
    make_fact(value=9, year=2016)
    make_fact(Subject.objects.get(), 7)

    (finding,) = check(make_article(body_ru="<p>В ОГМВ девять региональных секций.</p>"))
    assert finding.message == (
        "9 here; the facts register says: В составе ОГМВ 7 региональных секций (Site of the "
        "association, 2020). So it was said before, as of 2016."
    )


@pytest.mark.parametrize(
    "text",
    [
        "UCLG has 7 regional sections.",
        "UCLG has seven regional sections.",
        "In 2019 regional sections met.",
        "Of 40 guests in the hall all were from regional sections.",
        "It has 9. Regional sections met.",
    ],
)
def test_figure_that_agrees_or_counts_something_else_is_let_alone(text):
    make_fact()

    assert remarks(make_article(lead_en=text)) == []


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("more than 240,000 municipalities", True),
        ("more than 240 000 municipalities", True),
        ("240 thousand municipalities", True),
        ("<p>240&nbsp;000 municipalities</p>", True),
        ("more than 24,000 municipalities", False),
    ],
)
def test_figure_is_read_as_people_write_it(text, agrees):
    make_fact(
        make_subject("uclg-size", match_words_en="municipalit*, region*\nmunicipalit*"), 240000
    )

    assert (remarks(make_article(body_en=text)) == []) is agrees


def test_glossary_warnings_are_remarks():
    Term.objects.create(
        name_ru="Исполнительное бюро", name_en="Executive Bureau", forbidden_en="Executive Office"
    )

    article = make_article(
        lead_ru="Исполнительное бюро собралось", lead_en="The Executive Office met"
    )
    assert remarks(article) == [("glossary", "lead_en", "Executive Office", "Executive Bureau")]


def test_picture_without_description_is_seen_in_each_language_of_the_record():
    cover = Picture.objects.create(file="a.jpg", width=1, height=1, alt_ru="Кремль")

    article = make_article(cover=cover)

    assert [(one.code, one.language, one.message) for one in check(article)] == [
        ("missing-alt", "en", "The picture “Кремль” has no description in English.")
    ]


def test_decoration_needs_no_description():
    cover = Picture.objects.create(file="a.jpg", width=1, height=1, is_decorative=True)

    assert check(make_article(cover=cover)) == []


def test_check_takes_as_many_queries_for_a_long_text(django_assert_max_num_queries):
    make_fact()
    article = make_article(body_en="<p>UCLG has 9 regional sections.</p>" * 50)

    with django_assert_max_num_queries(4):
        assert len(check(article)) == 50


def test_fix_changes_its_place_alone_and_keeps_a_revision(editor):
    article = make_article(body_en="<p>The IAС and the IAС met fr om May</p>")
    _first, second, _split = check(article)

    fixing.apply(article, second.key, editor, version=article.version)

    article.refresh_from_db()
    assert article.body_en == "<p>The IAС and the IAC met fr om May</p>"
    kept = Revision.objects.filter(content_type__model="article").first()
    assert (kept.note, kept.by) == ("Text check: “IAС” → “IAC”", editor)


def test_fix_is_refused_when_the_text_changed_meanwhile(editor):
    article = make_article(lead_en="Guests fr om Kazan")
    (finding,) = check(article)
    changed = Article.objects.get()
    changed.lead_en = "Guests fr om Ufa"
    changed.save()

    with pytest.raises(Refused):
        fixing.apply(article, finding.key, editor, version=article.version)
    with pytest.raises(Refused):
        fixing.apply(article, "0" * 20, editor, version=changed.version)

    assert Article.objects.get().lead_en == "Guests fr om Ufa"


def address(article, name="textcheck") -> str:
    return reverse(f"admin:news_article_{name}", args=[article.pk])


def test_screen_shows_remarks_and_applies_one(client_of, editor):
    article = make_article(lead_en="Guests fr om Kazan  met")
    client = client_of(editor)

    page = client.get(address(article))
    rows = [row["finding"] for row in page.context["rows"]]
    answer = client.post(
        address(article, "textcheck_fix"), {"key": rows[0].key, "version": article.version}
    )

    assert [row.code for row in rows] == ["split-word", "double-space"]
    assert answer.url == address(article)
    article.refresh_from_db()
    assert article.lead_en == "Guests from Kazan  met"


def test_screen_refuses_a_fix_of_an_older_text(client_of, editor):
    article = make_article(lead_en="Guests fr om Kazan")
    (finding,) = check(article)
    client = client_of(editor)
    for version in ("0", "x", ""):
        data = {"key": finding.key, "version": version}
        answer = client.post(address(article, "textcheck_fix"), data, follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]

    assert Article.objects.get().lead_en == "Guests fr om Kazan"


def test_fix_by_get_is_refused(client_of, editor):
    assert client_of(editor).get(address(make_article(), "textcheck_fix")).status_code == 405


def test_form_shows_the_count_and_the_way_to_the_screen(client_of, editor):
    article = make_article(lead_en="Guests fr om Kazan")

    page = client_of(editor).get(reverse("admin:news_article_change", args=[article.pk]))

    assert page.context["textcheck"]["url"] == address(article)
    assert f'<a href="{address(article)}">' in page.content.decode()
    with translation.override("en"):
        assert [count_words(number) for number in (0, 1, 3)] == [
            "", "1 remark of the text check", "3 remarks of the text check",
        ]  # fmt: skip


def form_data(page) -> dict:
    """What the form of a page would send as it stands, its rows of related records included."""
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        data |= {
            management.add_prefix(name): management[name].value() for name in management.fields
        }
        data[management.add_prefix("TOTAL_FORMS")] = 0
    return {name: value for name, value in data.items() if value is not None}


def test_pub_2_wrong_language_slot_is_told_with_its_share_and_swapped(client_of, editor):
    client = client_of(editor)
    add = reverse("admin:news_article_add")
    data = form_data(client.get(add)) | {
        "title_ru": "Assembly of cities in Kazan", "title_en": "Ассамблея городов UCLG",
        "slug": "assembly", "_continue": "1",
    }  # fmt: skip

    page = client.post(add, data, follow=True)

    with translation.override("ru"):
        wrong = page.context["textcheck"]["wrong"]
    assert [(finding.column, finding.fix) for finding in wrong] == [
        ("title_ru", "swap"), ("title_en", "swap"),
    ]  # fmt: skip
    text = page.content.decode()
    assert "80 %" in text
    assert '<button class="button" type="submit" name="_swap" value="title"' in text

    article = Article.objects.get()
    change = reverse("admin:news_article_change", args=[article.pk])
    page = client.post(change, form_data(page) | {"_swap": "title"}, follow=True)

    article.refresh_from_db()
    assert (article.title_ru, article.title_en) == (
        "Ассамблея городов UCLG", "Assembly of cities in Kazan",
    )  # fmt: skip
    assert page.context["textcheck"]["wrong"] == []
