"""The public pages: open calls, an award with its rounds, a round with its rules."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.generic import DetailView, TemplateView

from awards import calls, deadlines
from awards.calls import CallCard
from awards.entry_form import EntryForm
from awards.models import Entry, Round
from content import cacheversion, timezones
from content.dates import day_text
from content.languages import reading_order, written_in
from events.words import languages_text


class AwardList(TemplateView):
    """Open calls first, with what to do next; then what cities can win.

    What is written of it is remembered until the content changes.
    """

    template_name = "awards/award_list.html"

    def get_context_data(self, **kwargs):
        name = f"awards-{reading_order()[0]}-{timezones.reader_zone.get() or ''}"
        text = cacheversion.remembered(name, written_awards)
        return super().get_context_data(text=text, **kwargs)


def written_awards() -> SafeString:
    """Open calls, awards and the latest winners, in the reader's language."""
    now = timezone.now()
    awards = list(calls.awards_with_rounds(now))
    cards = [CallCard(one, now) for award in awards for one in award.shown_rounds]
    open_calls = sorted((one for one in cards if one.is_open), key=lambda card: card.closes_at)
    values = {
        "open_calls": open_calls,
        "awards": [calls.AwardCard.of(award, now) for award in awards],
    }
    return render_to_string("awards/includes/award_list.html", values)


class AwardPage(DetailView):
    """An award with its rounds, the latest year first."""

    template_name = "awards/award_detail.html"
    context_object_name = "award"

    def get_queryset(self):
        return (
            calls.awards_with_rounds(timezone.now())
            .select_related("picture")
            .prefetch_related("picture__renditions")
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        now = timezone.now()
        return super().get_context_data(
            cards=[CallCard(one, now) for one in self.object.shown_rounds],
            is_in_other_language=_is_in_other_language(self, "body"),
            **kwargs,
        )


class RoundPage(DetailView):
    """A round: who may enter what, by when and how, and what the form asks. Six queries."""

    template_name = "awards/round_detail.html"
    context_object_name = "round"

    def get_queryset(self):
        return self.shown().filter(award__slug=self.kwargs["award"]).select_related(
            "award", "event"
        ).prefetch_related("categories", "fields__category")  # fmt: skip

    def shown(self) -> QuerySet[Round]:
        return Round.objects.visible()

    def get_context_data(self, **kwargs):
        now, round = timezone.now(), self.object
        event = round.event if round.event and round.event.is_public(now) else None
        others = Round.objects.visible(now).filter(award=round.award).exclude(pk=round.pk)
        return super().get_context_data(
            card=CallCard(round, now),
            closed_words=deadlines.closed_words(deadlines.closing(round), round),
            event=event,
            languages=languages_text(round.languages),
            results_day=round.results_expected_on and day_text(round.results_expected_on),
            others=others.defer("rules", "rules_ru", "rules_en")[:12],
            is_in_other_language=_is_in_other_language(self, "rules"),
            **kwargs,
        )


def _is_in_other_language(view: DetailView, body: str) -> bool:
    return view.request.LANGUAGE_CODE not in written_in(view.object, "title", body)


class StaffOnlyMixin(PermissionRequiredMixin):
    """What is not public yet: for staff who may see it in the admin, 404 for others."""

    permission_required = "awards.view_round"

    def handle_no_permission(self):
        if self.request.user.is_authenticated:
            raise Http404
        return super().handle_no_permission()

    def shown(self) -> QuerySet[Round]:
        return Round.objects.all()


class RoundPreview(StaffOnlyMixin, RoundPage):
    """The same page before it is public."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_preview=True, **kwargs)


class FormPreview(StaffOnlyMixin, RoundPage):
    """The entry form as entrants see it; it sends nothing."""

    template_name = "awards/form_preview.html"

    def get_context_data(self, **kwargs):
        language = (self.object.languages or ["ru"])[0]
        form = EntryForm(Entry(round=self.object, language=language))
        return super().get_context_data(form=form, **kwargs)
