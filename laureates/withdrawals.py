"""A guardian takes a consent back: name, age and work of the child are gone everywhere at once."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import consents
from awards.models import Author
from content.languages import LANGUAGE_CODES
from laureates import correcting, naming, pictures
from laureates.models import Laureate

# What a reader could know the child by. The place and the honour stay.
PERSONAL = ("work_title", "citation", "jury_words", "recipient")


@consents.on_withdrawal
def hide(author: Author, purpose: str, by) -> Iterator[consents.Consequence]:
    """Make the laureates of the work nameless: page, lists, search, gallery, files on disk.

    For both purposes, released or not; the city and the place stay.
    """
    found = list(Laureate.objects.filter(entry=author.entry_id).select_related("picture"))
    if not found:
        return
    shown = [_hide(one, author, by) for one in found]
    yield consents.Consequence(
        ngettext(
            "%(count)d laureate has no name any more.",
            "%(count)d laureates have no name any more.",
            len(found),
        )
        % {"count": len(found)}
    )
    if any(shown):
        yield consents.Consequence(_("The picture of the work is deleted from the gallery."))


def _hide(laureate: Laureate, author: Author, by) -> bool:
    """Whether there was a picture to take away."""
    had_picture = pictures.hide_work(laureate)
    for name, value in naming.hidden_title(author.entry).items():
        setattr(laureate, name, value)
    for name in PERSONAL:
        for code in LANGUAGE_CODES:
            setattr(laureate, f"{name}_{code}", "")
    with correcting.allowed():
        laureate.save(by=by)
    return had_picture
