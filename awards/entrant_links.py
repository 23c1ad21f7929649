"""The links by which entrants without an account come back, and those of longer deadlines.

The token of an entrant is made of its row and the server's secret: a letter that is sent again
brings the same link, and the database holds a hash alone.
"""

import base64
import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from awards.models import Entrant, Entry, Extension
from content import secretlinks
from mailing import cleaning

SALT = "awards.entrant"


def token(entrant: Entrant) -> str:
    """The token of an entrant that is no member: 43 characters that an address can hold."""
    words = f"{entrant.pk}:{entrant.email.lower()}:{entrant.created_at.timestamp()}"
    digest = salted_hmac(SALT, words, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def keep(entrant: Entrant) -> None:
    """Write the hash of its token into the row, so that the link finds it."""
    Entrant.objects.filter(pk=entrant.pk).update(token_hash=secretlinks.hashed(token(entrant)))


def find(text: str) -> Entrant | None:
    """The entrant whose link this is, its address confirmed or not; None for any other text."""
    rows = Entrant.objects.select_related("round__award", "member", "home__country", "country")
    return rows.filter(token_hash=secretlinks.hashed(text)).first()


def find_extension(text: str, now: datetime.datetime | None = None) -> Extension | None:
    """The longer deadline whose link this is, until its own time; None afterwards."""
    rows = Extension.objects.select_related("entrant__member", "entrant__round__award")
    return rows.filter(
        token_hash=secretlinks.hashed(text), ended_at=None, until__gt=now or timezone.now()
    ).first()


def own_page(entrant: Entrant) -> str:
    """The path of the page with all entries of an entrant, in the language that is active."""
    if entrant.member is not None:
        return reverse("awards:cabinet", args=[entrant.member.slug])
    return reverse("awards:entrant", args=[token(entrant)])


def entry_page(entry: Entry) -> str:
    """The path of the form of an entry, for whoever entered it."""
    entrant = entry.entrant
    if entrant.member is not None:
        return reverse("awards:cabinet_entry", args=[entrant.member.slug, entry.pk])
    return reverse("awards:entrant_entry", args=[token(entrant), entry.pk])


def on_site(path: str) -> str:
    """The whole address of a path, as it stands in letters."""
    return cleaning.on_site(path)
