"""The kinds of items that an issue of the newsletter is made of."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards.models import Round
from content.dates import moment_text, partial_text, period_text
from content.languages import in_language
from content.timezones import association_zone
from events.models import Event
from hosting.models import HostCall
from library.models import Publication
from news.models import Article
from newsletter.sources import Period, Source, Words, plain_words, register
from practices.models import Practice

GONE = (Event.Status.CANCELLED, Event.Status.POSTPONED)


def _published_in(queryset, period: Period):
    return queryset.filter(
        published_at__gte=period.starts_at, published_at__lt=period.ends_at
    ).order_by("-published_at", "-pk")


def _news(period: Period):
    return _published_in(Article.objects.published(period.now), period)


def _events(period: Period):
    return Event.objects.upcoming(period.now).exclude(status__in=GONE)


def _event_words(event: Event) -> Words:
    if event.is_tentative:
        when = partial_text(event.starts_at.astimezone(event.zone).date(), event.date_precision)
    else:
        when = period_text(event.starts_at, event.ends_at, event.zone)
    place = in_language(event, "place", get_language())[0]
    note = ", ".join(part for part in (when, place) if part)
    return plain_words(event, "title", "summary", note)


def _publications(period: Period):
    return _published_in(Publication.objects.published(period.now), period)


def _practices(period: Period):
    return _published_in(Practice.objects.published(period.now), period)


def _rounds(period: Period):
    return Round.objects.open(period.now).select_related("award")


def _round_words(one: Round) -> Words:
    until = _("entries until %(moment)s") % {"moment": moment_text(one.closes_at, one.zone)}
    return plain_words(one, "title", "summary", until)


def _host_calls(period: Period):
    return HostCall.objects.open(period.now)


def _host_call_words(call: HostCall) -> Words:
    zone = getattr(call, "zone", association_zone())
    until = _("bids until %(moment)s") % {"moment": moment_text(call.closes_at, zone)}
    said, language = in_language(call, "title", get_language())
    return Words(said, language, note=until)


register(
    Source(
        kind="news", label=gettext_lazy("News"), model=Article, found=_news,
        public=Article.objects.published,
        words=lambda record: plain_words(record, "title", "lead"),
    )
)  # fmt: skip
register(
    Source(
        kind="events", label=gettext_lazy("Events to come"), model=Event, found=_events,
        public=Event.objects.published, words=_event_words,
    )
)  # fmt: skip
register(
    Source(
        kind="calls", label=gettext_lazy("Open calls for entries"), model=Round, found=_rounds,
        public=lambda: Round.objects.visible().select_related("award"), words=_round_words,
    )
)  # fmt: skip
register(
    Source(
        kind="hosting", label=gettext_lazy("Calls for a host city"), model=HostCall,
        found=_host_calls, public=HostCall.objects.published, words=_host_call_words,
    )
)  # fmt: skip
register(
    Source(
        kind="library", label=gettext_lazy("Publications"), model=Publication,
        found=_publications, public=Publication.objects.published,
        words=lambda record: plain_words(record, "title", "summary"),
    )
)  # fmt: skip
register(
    Source(
        kind="practices", label=gettext_lazy("Practices"), model=Practice, found=_practices,
        public=Practice.objects.published,
        words=lambda record: plain_words(record, "title", "summary"),
    )
)  # fmt: skip
