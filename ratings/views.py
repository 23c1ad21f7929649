"""The public pages: the ratings, one rating with its editions, one edition with its method."""

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from content.languages import written_in
from ratings import phases, public_edition, wording
from ratings.models import Edition, Rating
from ratings.outline import outline

LONG_TEXTS = [
    f"{name}{code}" for name in ("body", "methodology") for code in ("", "_ru", "_en")
]  # fmt: skip


def ratings_with_editions() -> QuerySet[Rating]:
    """Public ratings, each with its public editions in `shown`, the latest first. Two queries."""
    shown = Edition.objects.published().defer(*LONG_TEXTS).select_related("rating")
    return Rating.objects.published().prefetch_related(
        Prefetch("editions", queryset=shown, to_attr="shown")
    )


def cards(editions: list[Edition]) -> list[dict]:
    """Editions with where they stand: `edition`, `status`, `period`."""
    now = timezone.now()
    return [
        {
            "edition": one,
            "status": phases.status(one, now),
            "period": public_edition.period_words(one),
        }
        for one in editions
    ]


class RatingList(TemplateView):
    """Open questionnaires first, then every rating with its editions. Two queries."""

    template_name = "ratings/rating_list.html"

    def get_context_data(self, **kwargs):
        ratings = [(one, cards(one.shown)) for one in ratings_with_editions()]
        everything = [card for _rating, found in ratings for card in found]
        return super().get_context_data(
            ratings=ratings,
            open_cards=sorted(
                (one for one in everything if one["status"]["phase"] == phases.Phase.OPEN),
                key=lambda one: one["edition"].closes_at,
            ),
            **kwargs,
        )


class RatingPage(DetailView):
    """A rating: what it is about, and its editions. Four queries with a picture."""

    template_name = "ratings/rating_detail.html"
    context_object_name = "rating"

    def get_queryset(self):
        return ratings_with_editions().select_related("picture", "award").prefetch_related(
            "picture__renditions"
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        award = self.object.award
        return super().get_context_data(
            cards=cards(self.object.shown),
            award=award if award and award.is_public() else None,
            is_in_other_language=_is_in_other_language(self, "body"),
            **kwargs,
        )


class EditionPage(DetailView):
    """An edition: when, of whom, what is asked and how it is scored. Six queries."""

    template_name = "ratings/edition_detail.html"
    context_object_name = "edition"

    def get_queryset(self):
        return Edition.objects.visible().filter(
            rating__slug=self.kwargs["rating"]
        ).select_related("rating", "event", "host", "method")  # fmt: skip

    def get_context_data(self, **kwargs):
        edition = self.object
        whole = outline(edition, unused=False)
        event = edition.event
        return super().get_context_data(
            status=phases.status(edition),
            period=public_edition.period_words(edition),
            classes=public_edition.classes(whole),
            zones=public_edition.zones(edition),
            event=event if event and event.is_public() else None,
            is_in_other_language=_is_in_other_language(self, "body"),
            **self._questions(whole),
            **kwargs,
        )

    def _questions(self, whole) -> dict:
        if not public_edition.shows_questions(self.object):
            return {"directions": [], "sentences": []}
        return {
            "directions": public_edition.directions(whole),
            "sentences": wording.method_sentences(whole.method) if whole.method else [],
        }


def _is_in_other_language(view: DetailView, body: str) -> bool:
    return view.request.LANGUAGE_CODE not in written_in(view.object, "title", body)
