"""What may be done to what the public reads: texts, translations, search, newsletters, data.

Each app of publishing has one dict a role; add a line beside those of your app.
"""

from accounts.deed_words import CORRECT, KEEP, LOOK, WRITE  # noqa: F401

# Whoever works in the admin reads these.
PUBLISHING_READ: dict[str, tuple[str, ...]] = {
    "translating.term": LOOK,
}

# Lead and editor alike.
PUBLISHING: dict[str, tuple[str, ...]] = {
    "translating.term": KEEP,
}

# The lead alone.
PUBLISHING_LEAD: dict[str, tuple[str, ...]] = {}

PUBLISHING_TRANSLATED: dict[str, tuple[str, ...]] = {
    "translating.term": WRITE,
}
