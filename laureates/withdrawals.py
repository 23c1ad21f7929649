"""A guardian takes a consent back: name, age and work of the child are gone everywhere at once.

With time they go by themselves; city, place and honour stay in the archive.
"""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards import consents
from awards.models import Author
from content import retention
from content.languages import LANGUAGE_CODES
from laureates import correcting, naming, pictures
from laureates.models import Laureate

KEPT = datetime.timedelta(days=5 * 365 + 1)
# What a reader could know the child by. The place and the honour stay.
PERSONAL = ("work_title", "citation", "jury_words", "recipient")


@consents.on_withdrawal
def hide(author: Author, purpose: str, by) -> Iterator[consents.Consequence]:
    """Make the laureates of the work nameless: page, lists, search, gallery, files on disk.

    For both purposes, released or not; the city and the place stay.
    """
    found = list(
        Laureate.objects.filter(entry=author.entry_id)
        .select_related("picture", "entry__home")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    if not found:
        return
    shown = [make_nameless(one, by) for one in found]
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


def make_nameless(laureate: Laureate, by=None) -> bool:
    """Leave nothing personal of a child's honour; says whether there was a picture to delete."""
    had_picture = pictures.hide_work(laureate)
    for name, value in naming.hidden_title(laureate.entry).items():
        setattr(laureate, name, value)
    for name in PERSONAL:
        for code in LANGUAGE_CODES:
            setattr(laureate, f"{name}_{code}", "")
    with correcting.allowed():
        laureate.save(by=by)
    return had_picture


def purge(now: datetime.datetime) -> int:
    """Make children nameless five years after the results were public; says how many."""
    rows = Laureate.objects.filter(
        entry__round__is_for_children=True, published_at__lt=now - KEPT
    ).select_related("entry__home", "picture")
    erased = 0
    for laureate in rows.iterator(chunk_size=200):
        hidden = naming.hidden_title(laureate.entry)
        if all(getattr(laureate, name) == value for name, value in hidden.items()):
            continue
        with transaction.atomic():
            make_nameless(laureate)
        erased += 1
    return erased


retention.register(
    "laureates.children",
    label=gettext_lazy("First names and ages of children among laureates"),
    purpose=gettext_lazy("the public archive of laureates"),
    basis=gettext_lazy("consent of a guardian"),
    keeps=gettext_lazy("5 years after publication; city, place and honour stay"),
    purge=purge,
)
