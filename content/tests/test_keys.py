"""Keys of rows that come from outside."""

import pytest

from content.keys import as_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("17", 17), (17, 17), ("0", 0), ("9" * 18, 10**18 - 1),
        ("9" * 19, None), ("9" * 5000, None), ("", None), (None, None), ("-1", None),
        ("1.0", None), (" 1", None), ("٣", None), ("²", None), ("x", None),
    ],
)  # fmt: skip
def test_key_is_spelled_in_ascii_digits(text, key):
    assert as_key(text) == key
