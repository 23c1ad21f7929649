import pytest

from members.profile_text import tidy, to_html, to_plain


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        (None, ""),
        ("<p>One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three."),
        ("<p>One<br>two</p>", "One\ntwo"),
        ("<p>Seen:</p><ul><li>one</li><li><p>two</p></li></ul>", "Seen:\n\n- one\n- two"),
        ('<p>See <a href="https://a.example/">here</a>.</p>', "See here (https://a.example/)."),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ("<h2>Head</h2><p>Text</p>", "Head\n\nText"),
    ],
)
def test_to_plain_keeps_the_words_and_blocks(html, plain):
    assert to_plain(html) == plain


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("", ""),
        ("One.\r\n\r\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One\ntwo", "<p>One<br>two</p>"),
        ("Seen:\n- one\n• two\nend", "<p>Seen:</p><ul><li>one</li><li>two</li></ul><p>end</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<b onclick=x>bold</b>", "<p>&lt;b onclick=x&gt;bold&lt;/b&gt;</p>"),
        (
            "https://a.example/?x=1",
            '<p><a href="https://a.example/?x=1" rel="noopener">https://a.example/?x=1</a></p>',
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)
def test_to_html_writes_nothing_but_paragraphs_lists_and_links(plain, html):
    assert to_html(plain) == html


def test_plain_text_survives_the_way_there_and_back():
    plain = "Первый абзац.\n\nВторой:\n\n- раз\n- два\n\nhttps://a.example/"

    assert to_plain(to_html(plain)) == plain


def test_tidy_drops_what_turns_the_reading_order():
    assert tidy(" и\u0306\u202e\x00 ок\r\n") == "й ок"
