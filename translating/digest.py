"""Once a day translators hear what of their share became outdated: a letter per person and day."""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from content.languages import in_language
from content.models import TranslationState
from content.timezones import association_zone
from mailing import cleaning, reminders
from translating.claims import translators
from translating.models import Claim

HOUR = 7
TEMPLATE = "translating/mail/outdated"


@reminders.register
def outdated_shares(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """For every translator and morning, what became outdated since the morning before."""
    found: dict[tuple[int, datetime.datetime], list[TranslationState]] = defaultdict(list)
    claims = Claim.objects.filter(
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
        language=OuterRef("language"),
    )
    since = now - reminders.LOOK_BACK
    states = (
        TranslationState.objects.filter(
            Exists(claims), state=TranslationState.State.OUTDATED, changed_at__gt=since
        )
        .prefetch_related("record")
        .order_by("changed_at", "pk")
    )
    owners = {
        (claim.content_type_id, claim.object_id, claim.language): claim.translator_id
        for claim in Claim.objects.all()
    }
    for state in states:
        owner = owners.get((state.content_type_id, state.object_id, state.language))
        if owner and state.record is not None:
            found[owner, morning_after(state.changed_at)].append(state)
    users = {user.pk: user for user in translators().filter(pk__in=[pk for pk, _day in found])}
    for (owner, morning), share in found.items():
        if morning <= now and (user := users.get(owner)):
            yield _letter(user, morning, share)


def morning_after(moment: datetime.datetime) -> datetime.datetime:
    """The next seven o'clock by the association's clock."""
    local = moment.astimezone(association_zone())
    morning = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + datetime.timedelta(days=1)


def _letter(
    user: User, morning: datetime.datetime, share: list[TranslationState]
) -> reminders.DueReminder:
    return reminders.DueReminder(
        occasion=f"translating.outdated:{user.pk}:{morning:%Y-%m-%d}",
        email=user.email,
        language=user.language,
        template=TEMPLATE,
        context={"name": user.full_name, "count": len(share), "items": lambda: _items(share)},
        due_at=morning,
        user=user,
    )


def _items(share: list[TranslationState]) -> list[dict[str, str]]:
    return [
        {
            "title": in_language(state.record, state.record.title_field)[0],
            "language": state.language.upper(),
            "url": cleaning.on_site(reverse("admin:translating_deskentry_change", args=[state.pk])),
        }
        for state in share
    ]
