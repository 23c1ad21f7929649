"""The points of a city in its own cabinet (RAT-7): nobody else's, and only once they are out."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from members.cabinet import MandateMixin
from members.models import Member
from standings import points_page, wording
from standings.caveats import left_out_words
from standings.models import Standing
from standings.own_points import points_of_member


class CabinetPoints(MandateMixin, TemplateView):
    """Every point of the city in one edition, explained, beside its own former edition."""

    template_name = "standings/cabinet/points.html"
    menu_name = "questionnaires:cabinet"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        own = points_of_member(self.member)
        points = get_object_or_404(own, standing__edition=self.kwargs["edition"])
        standing = points.standing
        edition = standing.edition
        former = own.filter(
            standing__edition__rating=edition.rating_id, standing__edition__year__lt=edition.year
        ).first()  # fmt: skip
        shown = points_page.explained(edition, points.detail, former.detail if former else None)
        return super().get_context_data(
            **{name: value for name, value in kwargs.items() if name != "edition"},
            edition=edition, standing=standing, points=shown,
            left_out=left_out_words(shown.left_out) if shown.left_out else "",
            former=former.standing.edition if former else None,
            history=history(self.member, standing), likely=_likely(standing),
            seal=standing.seal,
        )  # fmt: skip


def history(member: Member, standing: Standing) -> list[Standing]:
    """The city's own places in earlier editions of the same rating, the latest first."""
    rows = Standing.objects.public().filter(
        member=member, edition__rating=standing.edition.rating_id,
        edition__year__lt=standing.edition.year,
    )  # fmt: skip
    return list(rows.select_related("edition").order_by("-edition__year", "-pk"))


def _likely(standing: Standing) -> str:
    if standing.rank_low is None or standing.rank_high is None:
        return ""
    return wording.likely_sentence(standing.rank_low, standing.rank_high)
