"""Forms: one letter for very many, rendered once and filled in for each."""

import pytest
from django.utils.translation import get_language

from mailing import outbox
from mailing.merging import Form
from mailing.models import Message

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
NAME = {"ru": "Анна <Ким>", "en": "Anna & Kim"}


@pytest.fixture(autouse=True)
def own_site(settings):
    settings.SITE_URL = SITE


def make_form(language: str = "en", **context) -> Form:
    """The letter "You are no longer registered" with two blanks."""
    values = {"departure": "", "title": "Congress", "event_link": f"{SITE}/en/events/x/", **context}
    return Form("events/mail/left", language, values, words=("name", "city"))


def filling(**values) -> dict:
    return {"name": lambda: NAME[get_language()], "city": "Kazan", **values}


def test_each_half_is_filled_in_its_own_language():
    letter = make_form().fill(filling())

    assert letter.subject == "You are no longer registered: Congress"
    english, russian = letter.text.split("____", 1)
    assert "Dear Anna & Kim," in english
    assert "Анна <Ким>" in russian
    assert "Anna" not in russian


def test_html_is_escaped_and_text_is_not():
    letter = make_form("ru").fill(filling())

    assert "Анна &lt;Ким&gt;" in letter.html
    assert "Anna &amp; Kim" in letter.html
    assert "Анна <Ким>" in letter.text


def test_form_is_rendered_once_for_all_readers(monkeypatch):
    from mailing import rendering

    render, calls = rendering.render, []
    monkeypatch.setattr(rendering, "render", lambda *args: calls.append(1) or render(*args))
    form = make_form()

    texts = [form.fill(filling(city=f"City {number}")).text for number in range(20)]

    assert len(calls) == 1
    assert ["City 7" in text for text in texts].index(True) == 7
    assert all("\ue000" not in text for text in texts)


def test_line_breaks_in_a_name_do_not_break_the_letter():
    letter = make_form().fill(filling(name="Anna\r\nBcc: all@example.org"))

    assert "Dear Anna Bcc: all@example.org," in letter.text


def test_link_is_filled_in_text_and_html():
    form = Form(
        "events/mail/own_words", "en", {"subject": "Words", "text": "Text", "title": "T"},
        words=("name",), links=("place_link",),
    )  # fmt: skip

    letter = form.fill({"name": "Anna", "place_link": lambda: f"{SITE}/{get_language()}/p/1:x_y/"})

    assert f"{SITE}/en/p/1:x_y/" in letter.text
    assert f'href="{SITE}/ru/p/1:x_y/"' in letter.html
    assert "-blank-" not in letter.text + letter.html


def test_link_that_leaves_the_portal_is_refused():
    form = Form(
        "events/mail/own_words", "en", {"subject": "Words", "text": "Text", "title": "T"},
        words=("name",), links=("place_link",),
    )  # fmt: skip

    with pytest.raises(ValueError, match="this portal only"):
        form.fill({"name": "Anna", "place_link": "https://evil.example.com/"})


def test_blank_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        make_form().fill({"name": "Anna"})


def test_same_letter_as_rendered_one_by_one(settings):
    from mailing import rendering

    context = {"departure": "", "title": "Congress", "event_link": f"{SITE}/en/events/x/"}
    whole = rendering.render(
        "events/mail/left", "ru", {**context, "name": "Анна", "city": "Казань"}
    )

    assert make_form("ru").fill({"name": "Анна", "city": "Казань"}) == whole


def test_letter_with_a_form_goes_into_the_outbox_once():
    letters = [
        outbox.Letter(
            occasion="test",
            email=f"p{number % 2}@example.org",
            language="en",
            template="events/mail/left",
            form=make_form(),
            filling=filling(),
        )  # fmt: skip
        for number in range(4)
    ]

    assert outbox.write_many(letters) == 2
    assert {one.kind for one in Message.objects.all()} == {"events.left"}
