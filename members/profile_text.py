"""Texts as representatives type them: plain, with paragraphs and lists; no script is needed.

What staff formatted more richly stays as it is unless the words are changed.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from itertools import groupby

from django.utils.html import urlize

from content import texts
from content.richtext import clean_html

BULLET = re.compile(r"^[-–•*]\s+")
BLOCKS = {"p", "h2", "h3", "blockquote", "tr", "ul", "ol", "table"}


def tidy(text: str) -> str:
    """NFC, one kind of line ends, no control characters, no marks that turn the reading order."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return texts.tidy(unified).strip()


class _Plain(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.link = ""

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a" and self.link:
            self.parts.append(f" ({self.link})")
            self.link = ""

    def handle_data(self, data):
        if data.strip() == self.link:
            self.link = ""
        self.parts.append(re.sub(r"\s+", " ", data))


def to_plain(html: str | None) -> str:
    """The words of a rich text: a blank line between blocks, "- " before the entries of a list."""
    parser = _Plain()
    parser.feed(html or "")
    parser.close()
    lines = [line.strip() for line in "".join(parser.parts).split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    # A paragraph inside an entry of a list stays on its line.
    return re.sub(r"(?m)^-\n+", "- ", joined)


def to_html(text: str) -> str:
    """Rich text of plain text: paragraphs, lists of lines that begin with "- ", links."""
    blocks = re.split(r"\n\s*\n", tidy(text))
    return clean_html("".join(_block(block) for block in blocks if block.strip())) or ""


def _block(block: str) -> str:
    lines = [line.strip() for line in block.split("\n")]
    runs = groupby(lines, key=lambda line: bool(BULLET.match(line)))
    return "".join(_list(run) if is_list else _paragraph(run) for is_list, run in runs)


def _paragraph(lines: Iterable[str]) -> str:
    return f"<p>{'<br>'.join(map(_inline, lines))}</p>"


def _list(lines: Iterable[str]) -> str:
    entries = (f"<li>{_inline(BULLET.sub('', line))}</li>" for line in lines)
    return f"<ul>{''.join(entries)}</ul>"


def _inline(line: str) -> str:
    return urlize(line, autoescape=True)
