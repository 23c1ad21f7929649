"""A later deadline for one entrant: granted with a reason, until its own time, taken back."""

import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from awards import deadlines, entry_letters
from awards.entrant_links import on_site
from awards.models import Entrant, Extension
from awards.sending import EntryRefused
from content import audit, secretlinks

SALT = "awards.extension"


def token_of(extension: Extension) -> str:
    """The token of its link, made of its row and the server's secret: a letter can be repeated."""
    words = f"{extension.entrant_id}:{extension.until.timestamp()}:{extension.granted_by_id}"
    return salted_hmac(SALT, words, algorithm="sha256").hexdigest()


def link_of(extension: Extension) -> str:
    """The path of its link in the language that is active."""
    return reverse("awards:entrant", args=[token_of(extension)])


@transaction.atomic
def grant(entrant: Entrant, until: datetime.datetime, reason: str, by) -> Extension:
    """Grant a later deadline and write to the entrant. EntryRefused: no reason, not later."""
    judge(entrant, until, reason)
    extension = Extension(entrant=entrant, until=until, reason=reason.strip(), granted_by=by)
    extension.token_hash = secretlinks.hashed(token_of(extension))
    try:
        with transaction.atomic():
            extension.save()
    except IntegrityError:
        raise EntryRefused(_("The entrant has a longer deadline already.")) from None
    audit.record("awards.extension", entrant, by, f"Longer deadline until {until:%Y-%m-%d %H:%M}")
    entry_letters.extended(extension, lambda: on_site(link_of(extension)))
    return extension


def judge(entrant: Entrant, until: datetime.datetime, reason: str) -> None:
    """Raise the EntryRefused that `grant` would raise."""
    if not reason.strip():
        raise EntryRefused({"reason": _("Say why: the protocol of the jury names it.")})
    if until <= timezone.now() or until <= _earliest(entrant):
        raise EntryRefused({"until": _("It must be later than now and than the usual deadline.")})
    if deadlines.valid_extension(entrant):
        raise EntryRefused(_("The entrant has a longer deadline already."))


@transaction.atomic
def end(extension: Extension, by) -> None:
    """Take it back; what was sent in the meantime stays sent. Ended twice is ended once."""
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    if extension.ended_at is None:
        extension.ended_at = timezone.now()
        extension.save(update_fields=["ended_at"])
        audit.record("awards.extension_ended", extension.entrant, by, "Longer deadline taken back")


def _earliest(entrant: Entrant) -> datetime.datetime:
    """The first of the usual deadlines of the round: a longer one of it is a longer one."""
    round = entrant.round
    own = [one.closes_at or round.closes_at for one in round.categories.all()]
    return min(own, default=round.closes_at)
