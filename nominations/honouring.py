"""A dossier that won becomes a laureate: a draft in the archive, in one step."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import EntrantKind
from content import audit
from laureates.models import Laureate
from nominations.models import Dossier
from nominations.nominating import locked
from nominations.refusals import DossierRefused


@transaction.atomic
def make_laureate(
    dossier: Dossier, by: Any, *, citation_ru: str = "", citation_en: str = ""
) -> Laureate:
    """The laureate of a dossier that won; the first call makes it, as a draft.

    Raises DossierRefused while the dossier has not won, and without words of what for.
    """
    dossier = locked(dossier)
    if dossier.laureate_id:
        return dossier.laureate
    if dossier.outcome != Dossier.Outcome.WON:
        raise DossierRefused(_("Only a dossier that won makes a laureate."))
    if not (citation_ru.strip() or citation_en.strip()):
        raise DossierRefused(_("Say what the city is honoured for, in Russian or in English."))
    dossier.laureate = Laureate.objects.create(
        award=dossier.call.award,
        year=dossier.call.year,
        kind=EntrantKind.MEMBER,
        member=dossier.member,
        title_ru=dossier.member.name_ru,
        title_en=dossier.member.name_en,
        honour=Laureate.Honour.WINNER,
        citation_ru=citation_ru.strip(),
        citation_en=citation_en.strip(),
        work_title_ru=dossier.title_ru,
        work_title_en=dossier.title_en,
        source_ru=dossier.outcome_source,
        source_url=dossier.outcome_url,
    )
    dossier.save()
    audit.record("nominations.laureate", dossier, by, str(dossier))
    return dossier.laureate
