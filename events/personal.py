"""The personal calendar: an address that only its owner knows, good while they have a mandate."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from accounts.models import User
from content import audit, secretlinks
from content.languages import in_each, in_language
from events import calendar, calendar_sources, feeds
from events.calendar_sources import Entry
from events.models import Delegation, Event, FeedToken, Invitation
from events.models.registration import ACTIVE
from members.cabinet import MandateMixin
from members.models import Member

ADDRESS = "events.personal_feed"


def renew(user: User) -> str:
    """A new token for this user; the one before works no more. Only its hash is kept."""
    token = secretlinks.new_token()
    FeedToken.objects.update_or_create(
        user=user, defaults={"token_hash": secretlinks.hashed(token), "created_at": timezone.now()}
    )
    audit.record("events.feed.renewed", user, user, user.email)
    return token


def revoke(user: User) -> None:
    """The address of this user works no more."""
    deleted, _by_model = FeedToken.objects.filter(user=user).delete()
    if deleted:
        audit.record("events.feed.revoked", user, user, user.email)


def owner(token: str) -> User | None:
    """Whose calendar it is; nobody's when they may not sign in or represent no member today."""
    found = (
        FeedToken.objects.select_related("user")
        .filter(token_hash=secretlinks.hashed(token))
        .first()
    )
    if found is None or not found.user.is_active:
        return None
    return found.user if Member.objects.editable_by(found.user).exists() else None


def events_of(user: User) -> QuerySet[Event]:
    """Public events that the user's members have people at, of the last year and to come."""
    mine = Delegation.objects.for_user(user).filter(
        member__in=Member.objects.editable_by(user), participants__status__in=ACTIVE
    )
    return calendar.feed_events().filter(pk__in=mine.values("event"))


@calendar_sources.register_personal
def invitations(user, first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Until when the user's members answer invitations."""
    found = Invitation.objects.filter(
        member__in=Member.objects.editable_by(user),
        state=Invitation.State.OPEN,
        answer_until__gte=first,
        answer_until__lt=last,
        event__in=Event.objects.published().filter(status=Event.Status.ANNOUNCED),
    )
    for invitation in found.select_related("event"):
        event = invitation.event
        yield Entry(
            key=f"invitation-{invitation.pk}",
            kind=gettext_lazy("answer to an invitation"),
            moment=invitation.answer_until,
            zone=event.time_zone,
            address=event.get_absolute_url,
            updated_at=invitation.invited_at,
            **in_each("title", lambda event=event: _answer_by(event)),
        )


def _answer_by(event: Event) -> str:
    return _("Answer the invitation: %(title)s") % {"title": in_language(event, "title")[0]}


@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of one person; not found when the token or their right to it is gone."""
    if (user := owner(token)) is None:
        raise Http404
    now = timezone.now()
    first, last = now - calendar.FEED_REACHES_BACK, now + calendar.FEED_REACHES_AHEAD
    entries = calendar_sources.personal_entries(user, first, last)
    with translation.override(request.LANGUAGE_CODE):
        name = _("My events of UCLG-Eurasia")
    body = calendar.feed(events_of(user), request.LANGUAGE_CODE, entries, name)
    return feeds.answer(request, body, "my-events.ics", keeping="private, max-age=0")


class MyCalendar(MandateMixin, TemplateView):
    """Makes, renews and revokes the address; it is shown once, since only its hash is kept."""

    template_name = "events/my_calendar.html"
    menu_name = "events:my_calendar"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            token=self.request.session.pop(ADDRESS, ""),
            made=FeedToken.objects.filter(user=self.request.user).first(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.POST.get("deed") == "revoke":
            revoke(request.user)
        else:
            request.session[ADDRESS] = renew(request.user)
        return redirect("events:my_calendar", self.member.slug)
