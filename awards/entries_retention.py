"""What entrants leave behind: addresses that nobody confirmed, drafts nobody sent, old addresses.

An address is needed to write to its entrant; a year after the round closed it is replaced by one
that leads nowhere, together with the contact person. Entries that were sent stay: they are the
record of the contest.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from awards import entering, entry_files
from awards.models import Entrant, Entry, EntryFile, Round
from content import retention

DRAFTS_KEPT = datetime.timedelta(days=90)
ADDRESSES_KEPT = datetime.timedelta(days=365)
NOWHERE = "@entrants.invalid"


def purge_unconfirmed(now: datetime.datetime) -> int:
    """Erase entrants whose address nobody confirmed in time; says how many there were."""
    old = Entrant.objects.filter(
        member=None, confirmed_at=None, created_at__lte=now - entering.CONFIRM_WITHIN
    )
    return old.filter(entries=None, batches=None, extensions=None).delete()[0]


def purge_drafts(now: datetime.datetime) -> int:
    """Erase drafts whose round closed three months ago, with their files; says how many."""
    old = Entry.objects.filter(state=Entry.State.DRAFT, round__in=_closed_before(now - DRAFTS_KEPT))
    erased = 0
    for entry in old:
        with transaction.atomic():
            for file in EntryFile.objects.filter(entry=entry):
                entry_files.drop_file(file)
            entry.delete()
        erased += 1
    return erased


def purge_addresses(now: datetime.datetime) -> int:
    """Erase e-mail and contact person of entrants of rounds that closed a year ago."""
    closed = _closed_before(now - ADDRESSES_KEPT)
    old = Entrant.objects.filter(member=None, round__in=closed).exclude(email__endswith=NOWHERE)
    for entrant in old:
        entrant.email = f"{entrant.pk}{NOWHERE}"
        entrant.contact_name, entrant.token_hash = "", ""
        entrant.save(update_fields=["email", "contact_name", "token_hash"])
    return len(old)


def _closed_before(moment: datetime.datetime):
    """Rounds of which nothing was open after a moment, categories and longer deadlines included."""
    later = Round.objects.filter(
        Q(closes_at__gt=moment)
        | Q(categories__closes_at__gt=moment)
        | Q(entrants__extensions__until__gt=moment),
        pk=OuterRef("pk"),
    )
    return Round.objects.filter(~Exists(later))


retention.register(
    "awards.unconfirmed",
    label=_("Entrants of calls whose address nobody confirmed"),
    purpose=_("taking part in a contest"),
    basis=_("the person's own request"),
    keeps=_("three days"),
    purge=purge_unconfirmed,
)
retention.register(
    "awards.drafts",
    label=_("Drafts of entries that nobody sent"),
    purpose=_("taking part in a contest"),
    basis=_("the person's own request"),
    keeps=_("three months after the call closed"),
    purge=purge_drafts,
)
retention.register(
    "awards.addresses",
    label=_("Addresses of entrants without an account"),
    purpose=_("taking part in a contest"),
    basis=_("the person's own request"),
    keeps=_("a year after the call closed"),
    purge=purge_addresses,
)
