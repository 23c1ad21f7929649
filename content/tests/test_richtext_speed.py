"""A text that is made to be slow is cleaned as fast as any other."""

import time

import pytest

from content.richtext import from_word

SLOW_ONES = {
    "no end of a tag": "<p mso-list:" * 20_000,
    "no end of a paragraph": "<p mso-list:>" * 20_000,
    "no end of a sign": f"<p mso-list:>{'<![if !supportLists]>' * 9_000}</p>",
    "spans": f"<p mso-list:>{'<span mso-list:Ignore>' * 9_000}</p>",
}


@pytest.mark.parametrize("name", SLOW_ONES)
def test_word_patterns_take_no_longer_for_what_was_made_to_be_slow(name):
    begun = time.monotonic()
    from_word(SLOW_ONES[name])
    assert time.monotonic() - begun < 2
