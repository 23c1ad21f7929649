"""Names on diplomas: what goes when a guardian withdraws a consent, and what goes with time."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards import consents
from awards.models import Author
from content import cacheversion, documents, retention
from laureates import diplomas
from laureates.models import Diploma

KEPT = datetime.timedelta(days=3 * 365 + 1)
ERASED = [f"{part}_{code}" for part in ("holder", "wording") for code in ("ru", "en")]


@consents.on_withdrawal
def hide_names(author: Author, _purpose: str, _by: Any) -> Iterator[consents.Consequence]:
    """Check pages name nobody, nothing more is printed; papers that were given out are listed."""
    found = Diploma.objects.filter(author=author)
    numbers = list(diplomas.all_papers(found).order_by("pk").values_list("pk", "number"))
    if found.filter(is_nameless=False).update(is_nameless=True):
        cacheversion.bump()
        yield consents.Consequence(gettext("The check page of the diploma names nobody any more."))
    for pk, number in numbers:
        yield consents.Consequence(
            gettext("Diploma %(number)s") % {"number": number},
            is_printed=True,
            url=f"/admin/content/issueddocument/{pk}/change/",
        )


def purge(now: datetime.datetime) -> int:
    """Erase the names of persons on diplomas three years after they were issued, or made.

    Number, place, category, city, day and state stay, so that the paper can still be checked.
    """
    before = now - KEPT
    due = Diploma.objects.filter(is_personal=True, erased_at__isnull=True, created_at__lt=before)
    fresh = diplomas.all_papers(due).filter(issued_at__gte=before).values("object_id")
    erased = 0
    for diploma in due.exclude(pk__in=fresh).order_by("pk").iterator(chunk_size=200):
        erase(diploma, now)
        erased += 1
    return erased


def erase(diploma: Diploma, now: datetime.datetime) -> None:
    """Take the name off one diploma and off the documents issued for it, with their files."""
    own = diplomas.all_papers(Diploma.objects.filter(pk=diploma.pk)).select_related("pdf")
    documents.erase(own, now)
    for name in ERASED:
        setattr(diploma, name, "")
    # The source of a teacher's diploma is a digest of the name.
    diploma.source, diploma.author, diploma.erased_at = f"erased:{diploma.pk}", None, now
    diploma.save(update_fields=[*ERASED, "source", "author", "erased_at"])


retention.register(
    "laureates.diplomas",
    label=_("Names of persons on diplomas"),
    purpose=_("the diploma, its register and its check page"),
    basis=_("consent of a guardian or of the person"),
    keeps=_("3 years after the diploma was issued; number, place and category stay"),
    purge=purge,
)
