import datetime
import zoneinfo

import pytest
from django.template import TemplateDoesNotExist
from django.utils import timezone, translation
from django.utils.translation import gettext

from mailing import rendering
from mailing.cleaning import preview_html

REMINDER = "sample/mail/reminder"
FORUM = {"title": "Forum", "path": "/en/events/forum/"}
RULE = "\n________________________________________\n"


def in_language(language, text):
    with translation.override(language):
        return gettext(text)


def test_msg_3_every_reader_gets_their_language_first():
    ulaanbaatar = rendering.render(REMINDER, "en", FORUM)
    kazan = rendering.render(REMINDER, "ru", FORUM)

    english = "Good day. Forum begins soon.\n\nhttp://testserver/en/events/forum/"
    russian = "Здравствуйте. Скоро начнётся «Forum».\n\nhttp://testserver/en/events/forum/"
    assert ulaanbaatar.subject == "Soon: Forum"
    assert kazan.subject == "Скоро: Forum"
    foot = "http://testserver\nsecretariat@example.org · +7 (843) 292-09-34\n"
    below = in_language("ru", "English version below")
    name = in_language("en", "UCLG-Eurasia")
    assert ulaanbaatar.text == (f"{below}\n\n{english}\n{RULE}\n{russian}\n\n--\n{name} · {foot}")
    name = in_language("ru", "UCLG-Eurasia")
    assert kazan.text == (
        f"English version below\n\n{russian}\n{RULE}\n{english}\n\n--\n{name} · {foot}"
    )


def test_msg_3_html_halves_carry_their_language():
    html = rendering.render(REMINDER, "ru", FORUM).html

    assert html.index('<div class="body" lang="ru">') < html.index(
        '<div class="body second" lang="en">'
    )
    assert '<html lang="ru">' in html
    assert '<p class="below" lang="en">English version below</p>' in html
    assert '<a class="button" href="http://testserver/en/events/forum/">' in html


def test_msg_3_item_without_english_has_a_note_on_top_and_is_marked():
    context = {**FORUM, "title": "Форум", "missing_language": "en"}

    letter = rendering.render(REMINDER, "en", context)

    below = in_language("ru", "English version below")
    note = "This item exists in Russian only."
    assert letter.text.startswith(f"{below}\n\n{note}\n\nGood day. Форум begins soon.")
    assert letter.text.count(note) == 1
    assert f'<p class="note">{note}</p>\n<h1 lang="ru">Форум</h1>\n<p>It begins' in letter.html
    assert letter.html.count('lang="ru">Форум</h1>') == 2


def test_msg_3_note_stands_in_the_second_half_when_that_lacks_the_item():
    letter = rendering.render(REMINDER, "ru", {**FORUM, "missing_language": "en"})

    first, second = letter.text.split(RULE)
    assert "exists in Russian only" not in first
    assert second.startswith("\nThis item exists in Russian only.\n\nGood day.")


def test_unknown_language_gives_way_to_the_default():
    assert rendering.render(REMINDER, "de", FORUM).subject == "Скоро: Forum"


def test_subject_is_one_line_of_limited_length():
    context = {**FORUM, "title": "A\r\nBcc: all@example.org\x00\u202e " + "x" * 300}

    subject = rendering.render(REMINDER, "en", context).subject

    assert subject == ("Soon: A Bcc: all@example.org " + "x" * 300)[:255]


def test_text_is_not_escaped_and_html_is():
    letter = rendering.render(REMINDER, "en", {**FORUM, "title": "Tea & <b>talk</b>"})

    assert "Good day. Tea & <b>talk</b> begins soon." in letter.text
    assert '<h1 lang="en">Tea &amp; &lt;b&gt;talk&lt;/b&gt;</h1>' in letter.html
    assert "<title>Soon: Tea &amp; &lt;b&gt;talk&lt;/b&gt;</title>" in letter.html


def test_functions_in_the_context_are_called_in_each_language():
    context = {**FORUM, "title": lambda: translation.get_language().upper()}

    first, second = rendering.render(REMINDER, "en", context).text.split(RULE)

    assert "Good day. EN begins soon." in first
    assert "«RU»" in second


def test_times_are_the_readers_whoever_writes(settings):
    moment = datetime.datetime(2026, 10, 12, 6, 0, tzinfo=datetime.UTC)
    context = {**FORUM, "title": lambda: timezone.localtime(moment).strftime("%H:%M")}

    with timezone.override("Asia/Tokyo"):
        association = rendering.render_subject(REMINDER, "en", context)
        reader = rendering.render_subject(
            REMINDER, "en", context, zoneinfo.ZoneInfo("Asia/Bishkek")
        )

    assert (association, reader) == ("Soon: 09:00", "Soon: 12:00")


def test_reason_is_said_in_the_footer_in_the_readers_language():
    context = {**FORUM, "reason": lambda: f"because {translation.get_language()}"}

    letter = rendering.render(REMINDER, "ru", context)

    assert "\n--\nbecause ru\n" in letter.text
    assert "<p>because ru</p>" in letter.html
    assert "because en" not in letter.text + letter.html


def test_missing_template_is_an_error():
    with pytest.raises(TemplateDoesNotExist):
        rendering.render("sample/mail/nowhere", "en", {})


def test_letter_reads_well_without_its_style_sheet():
    html = preview_html(rendering.render(REMINDER, "en", FORUM).html)

    below = in_language("ru", "English version below")
    assert "<style" not in html
    assert "class=" not in html
    lines = [line.replace("</div>", "") for line in html.splitlines()]
    assert [line for line in lines if line and "<div" not in line][:4] == [
        f'<p lang="ru">{below}</p>',
        '<h3 lang="en">Forum</h3>',
        "<p>It begins soon.</p>",
        '<p><a href="http://testserver/en/events/forum/" rel="noopener noreferrer">'
        "/en/events/forum/</a></p>",
    ]
