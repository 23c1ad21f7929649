"""How long children's data are kept: uploads a month, sheets three years, family names a year.

First name, age, work and diploma stay as the record of the contest; what shows them to the public
asks for a consent every time.
"""

import datetime

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from awards import batches, consents, works
from awards.models import Author, Batch, BatchRow, GuardianConsent, Round
from content import retention
from content.models import PrivateFile

NAMES_KEPT = datetime.timedelta(days=365)
SHEETS_KEPT = datetime.timedelta(days=3 * 365)
LOOSE_AFTER = datetime.timedelta(days=1)
FAMILY = ("family_name_ru", "family_name_en")


def _over_before(moment: datetime.datetime):
    """Rounds for children whose results were expected before a moment, or which closed then."""
    day = moment.date()
    dated = Q(results_expected_on__lt=day) | Q(results_expected_on=None)
    return Round.objects.filter(dated, is_for_children=True, closes_at__lt=moment)


def purge_family_names(now: datetime.datetime) -> int:
    """Erase family names, what tables said and what files were called, a year after the results.

    Says how many names.
    """
    over = _over_before(now - NAMES_KEPT)
    rows = BatchRow.objects.filter(batch__entrant__round__in=over).exclude(data={})
    rows.update(data={}, errors=[], name=Concat(Value("erased-"), Cast("pk", CharField())))
    Batch.objects.filter(entrant__round__in=over).exclude(files_without_row=[]).update(
        files_without_row=[]
    )
    named = ~Q(family_name_ru="") | ~Q(family_name_en="")
    authors = Author.objects.filter(named, entry__round__in=over)
    return authors.update(**dict.fromkeys(FAMILY, ""))


def purge_sheets(now: datetime.datetime) -> int:
    """Erase scans three years after the results, and those that no consent holds any more."""
    over = _over_before(now - SHEETS_KEPT)
    GuardianConsent.objects.filter(author__entry__round__in=over).update(scan=None)
    held = GuardianConsent.objects.exclude(scan=None).values("scan")
    loose = PrivateFile.objects.filter(purpose=consents.SCAN, created_at__lt=now - LOOSE_AFTER)
    gone = list(loose.exclude(pk__in=held))
    works.forget_files(gone)
    return len(gone)


retention.register(
    "awards.batches",
    label=_("Archives and tables of schools"),
    purpose=_("taking part in a contest"),
    basis=_("consent of a guardian"),
    keeps=_("a month after they were read"),
    purge=batches.forget_uploads,
)
retention.register(
    "awards.family_names",
    label=_("Family names of children"),
    purpose=_("diplomas"),
    basis=_("consent of a guardian"),
    keeps=_("a year after the results of the contest"),
    purge=purge_family_names,
)
retention.register(
    "awards.consent_sheets",
    label=_("Signed consents of guardians"),
    purpose=_("proof that a child’s data were used with consent"),
    basis=_("duty to prove a consent"),
    keeps=_("three years after the results of the contest"),
    purge=purge_sheets,
)
