import pytest

from mailing import cleaning


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/en/news/", "http://testserver/en/news/"),
        ("http://testserver/en/", "http://testserver/en/"),
        ("http://testserver", "http://testserver"),
        ("http://testserver?a=1", "http://testserver?a=1"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+78432920934", "tel:+78432920934"),
        ("http://testserver.evil.example/", None),
        ("http://testserver@evil.example/", None),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("/\\evil.example/", None),
        ("javascript:alert(1)", None),
        ("en/news/", None),
    ],
)
def test_own_link_leads_to_this_portal_only(href, expected):
    assert cleaning.own_link(href) == expected


def test_clean_html_keeps_a_letter_and_drops_the_rest():
    dirty = (
        '<p class="due" style="x" onclick="y">Due <b>now</b></p><script>1</script>'
        '<img src="http://evil.example/pixel"><a href="http://evil.example/">there</a>'
        '<a class="button" href="/en/">here</a>\x00'
    )

    assert cleaning.clean_html(dirty) == (
        '<p class="due">Due <b>now</b></p><a>there</a>'
        '<a class="button" href="http://testserver/en/">here</a>'
    )


def test_preview_html_has_no_style_and_no_head():
    letter = (
        "<html><head><title>T</title><style>p{}</style></head>"
        '<body><p class="due" style="color:red">Text</p><a href="http://testserver/a">a</a></body>'
    )

    assert cleaning.preview_html(letter) == (
        '<p>Text</p><a href="http://testserver/a" rel="noopener noreferrer">a</a>'
    )


def test_tidy_text_drops_heaps_of_blank_lines_and_unseen_marks():
    assert cleaning.tidy_text("\n a \r\n\n\n\nb\u202e\x00c  \n") == "a\n\nbc"


def test_html_from_text_makes_paragraphs_and_own_links():
    text = "Open <this>:\nhttp://testserver/a\n\nNot https://evil.example/"

    assert cleaning.html_from_text(text) == (
        '<p>Open &lt;this&gt;:<br><a href="http://testserver/a">http://testserver/a</a></p>\n\n'
        "<p>Not <a>https://evil.example/</a></p>"
    )
