"""Makes awards and their rounds searchable."""

from django.utils.translation import gettext_lazy as _

from awards.models import Award, Round
from content import search
from content.dates import local_day


def award_texts(award: Award) -> dict[str, search.Text]:
    names = [award.given_by_ru, award.given_by_en]
    return search.texts_of(award, "title", "summary", "body", names=names)


def round_texts(round: Round) -> dict[str, search.Text]:
    award = round.award
    names = [award.title_ru, award.title_en, round.theme_ru, round.theme_en, str(round.year)]
    day = local_day(round.closes_at, round.zone)
    return search.texts_of(round, "title", "summary", "rules", names=names, dated_on=day)


def round_visible_from(round: Round):
    """A round is seen once both it and its award are."""
    moments = [round.visible_from, round.award.visible_from]
    return None if None in moments else max(moments)


search.register(
    search.Kind(
        model=Award,
        label=_("Awards"),
        texts=award_texts,
        visible_from=lambda award: award.visible_from,
        queryset=Award.objects.all,
    )
)
search.register(
    search.Kind(
        model=Round,
        label=_("Rounds of awards"),
        texts=round_texts,
        visible_from=round_visible_from,
        queryset=lambda: Round.objects.select_related("award"),
    )
)
