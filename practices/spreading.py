"""Another city took a practice over; the city itself says whether it still runs."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import DateField, Max, Q
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils.translation import gettext as _

from content import audit
from content.dated import today
from members.models import Member
from practices import letters
from practices.models import Adoption, Practice, RunningAnswer
from practices.moderating import PracticeRefused, locked

# How long a practice is taken to run before its city is asked.
TWO_YEARS = datetime.timedelta(days=730)
Answer = RunningAnswer.Answer


@transaction.atomic
def adopt(practice: Practice, member: Member, note: str, language: str, by: Any) -> Adoption:
    """City B says that it used A's practice, and A is told; said again, the note is changed.

    Raises PracticeRefused for one's own practice and one that is not public.
    """
    practice = locked(practice)
    if practice.member_id == member.pk:
        raise PracticeRefused(_("A practice of your own city is not taken over by it."))
    if not practice.is_public():
        raise PracticeRefused(_("This practice is not published."))
    adoption = practice.adoptions.filter(member=member).first()
    is_new = adoption is None
    adoption = adoption or Adoption(practice=practice, member=member, adopted_on=today())
    adoption.note, adoption.language, adoption.told_by = note, language, by
    adoption.save()
    audit.record("practices.adopted", practice, by, f"{member}: {practice}")
    if is_new:
        letters.adopted(adoption)
    return adoption


@transaction.atomic
def take_back(adoption: Adoption, by: Any) -> None:
    """City B says that it was a mistake."""
    audit.record("practices.not_adopted", adoption.practice, by, str(adoption)[:300])
    adoption.delete()


@transaction.atomic
def answer(practice: Practice, told: str, note: str, language: str, by: Any) -> RunningAnswer:
    """The city says whether its practice still runs; what ended has its last year from then on.

    Readers see it at once: raises PracticeRefused for a practice that is not public.
    """
    practice = locked(practice)
    if not practice.is_public():
        raise PracticeRefused(_("This practice is not published."))
    row = RunningAnswer.objects.create(
        practice=practice, answer=told, note=note, language=language, answered_on=today(), by=by
    )
    ends_year = max(today().year, practice.starts_year) if told == Answer.ENDED else None
    if practice.ends_year != ends_year:
        practice.ends_year = ends_year
        practice.save(by=by)
    audit.record("practices.answered", practice, by, f"{practice}: {row.get_answer_display()}")
    return row


def to_be_asked(day: datetime.date | None = None):
    """Public practices that run as far as is known, and whose city was silent for two years.

    Each has `heard_on`: the day of the last answer, or of its publication.
    """
    day = day or today()
    published = Cast("published_at", DateField())
    heard = Greatest(published, Coalesce(Max("answers__answered_on"), published))
    return (
        Practice.objects.published()
        .filter(Q(ends_year__isnull=True) | Q(ends_year__gt=day.year))
        .annotate(heard_on=heard)
        .filter(heard_on__lte=day - TWO_YEARS)
        .order_by("heard_on", "pk")
    )
