"""Lists of words as staff type them, and addresses as they are copied from a browser."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content import spelling
from content.models import SearchEntry

MOST_LINES = 20
LONGEST = 60


def lines(text: str) -> list[str]:
    """The lines of a list without empty ones and needless spaces."""
    found = (" ".join(line.split()) for line in (text or "").splitlines())
    return list(dict.fromkeys(filter(None, found)))


def checked_lines(text: str) -> list[str]:
    """The same; raises ValidationError for `words` where they cannot be searched for."""
    found = lines(text)
    if not found:
        raise ValidationError({"words": _("Give at least one word.")})
    if len(found) > MOST_LINES:
        raise ValidationError({"words": _("Twenty lines are the most.")})
    for line in found:
        if len(line) > LONGEST or not spelling.tokens(line):
            message = _("“%(line)s”: give words of at most 60 signs together.")
            raise ValidationError({"words": message % {"line": line[:LONGEST]}})
    return found


def own_path(address: str) -> str:
    """An address of this portal as a path; that of another site as it is."""
    own = urlsplit(settings.SITE_URL)
    parts = urlsplit(address)
    if parts.netloc and parts.netloc == own.netloc:
        return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return "" if address.startswith("//") else address


def entry_at(address: str) -> SearchEntry | None:
    """The entry of the search with this address, in either language."""
    if not address.startswith("/"):
        return None
    return SearchEntry.objects.filter(url=address).select_related("content_type").first()
