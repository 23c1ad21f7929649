"""Reading pages in tests."""

import html
import re


def words(response) -> str:
    """The words of a page: without tags, white space folded."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split())
