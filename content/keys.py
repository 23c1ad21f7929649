"""Keys of rows that come from outside: out of addresses, forms and links."""

LONGEST = 18  # digits that every bigint column holds


def as_key(text: object) -> int | None:
    """The key that a text spells in ASCII digits; None for anything else, however long it is."""
    word = str(text or "")
    is_key = word.isascii() and word.isdecimal() and len(word) <= LONGEST
    return int(word) if is_key else None
