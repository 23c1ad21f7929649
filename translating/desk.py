"""The translation desk: which texts lack a language, for whom, and how much is done."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Subquery
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import LANGUAGE_CODES
from content.models import TranslationState
from content.records import PublicRecord
from translating.models import Claim, DeskEntry
from translating.pairs import fields_in_order

State = TranslationState.State
SHOWN_IN_NOTE = 3


def kinds() -> list[type[PublicRecord]]:
    """All models whose records have translation states and an admin page, in their usual order."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, PublicRecord)
        and not model._meta.proxy
        and admin.site.is_registered(model)
    ]


def kinds_for(user) -> list[type[PublicRecord]]:
    """Those of them that this user may correct."""
    return [
        model
        for model in kinds()
        if user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    ]


def entries_for(user) -> models.QuerySet[DeskEntry]:
    """Every translation of records that this user may correct; nothing of what is withdrawn."""
    own = kinds_for(user)
    types = ContentType.objects.get_for_models(*own)
    entries = DeskEntry.objects.filter(
        content_type__in=types.values(), language__in=LANGUAGE_CODES
    ).select_related("content_type")
    for model in own:
        if _can_be_withdrawn(model):
            gone = model._default_manager.filter(status="withdrawn").values("pk")
            entries = entries.exclude(content_type=types[model], object_id__in=gone)
    return entries


def _can_be_withdrawn(model: type[models.Model]) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return "status" in names and "withdrawn" in dict(model._meta.get_field("status").choices or [])


def with_shares(entries: models.QuerySet[DeskEntry], user) -> models.QuerySet[DeskEntry]:
    """The same with `looked_after` (the name of who took it, or None) and `is_mine`."""
    claims = Claim.objects.filter(
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
        language=OuterRef("language"),
    )
    return entries.annotate(
        looked_after=Subquery(claims.values("translator__full_name")[:1]),
        is_mine=Exists(claims.filter(translator=user)),
    )


def editable_fields(request, record: PublicRecord, language: str) -> list[str]:
    """The translated fields that the admin page of the record lets this user change.

    Nothing where that page is closed to them, for this record or at all.
    """
    page = admin.site._registry[type(record)]
    if not page.has_change_permission(request, record):
        return []
    offered = set(flatten_fieldsets(page.get_fieldsets(request, record)))
    offered -= set(page.get_readonly_fields(request, record))
    return [field for field in fields_in_order(record) if f"{field}_{language}" in offered]


@dataclass(frozen=True)
class Coverage:
    """How much of one kind of records exists in one language."""

    kind: str
    language: str
    current: int
    incomplete: int
    outdated: int
    missing: int

    @property
    def total(self) -> int:
        return self.current + self.incomplete + self.outdated + self.missing

    @property
    def per_cent(self) -> int:
        """Whole per cent of records that are current; never 100 while something is lacking."""
        return self.current * 100 // self.total if self.total else 100


def coverage(user) -> list[Coverage]:
    """A row for every kind and language; records written in a language count as current in it."""
    counted: dict[tuple[int, str], dict[str, int]] = {}
    rows = entries_for(user).order_by().values("content_type", "language", "state")
    for row in rows.annotate(number=Count("pk")):
        place = counted.setdefault((row["content_type"], row["language"]), {})
        place[row["state"]] = row["number"]
    found = []
    for model, content_type in ContentType.objects.get_for_models(*kinds_for(user)).items():
        states = {code: counted.get((content_type.pk, code), {}) for code in LANGUAGE_CODES}
        total = sum(sum(of.values()) for of in states.values()) // (len(LANGUAGE_CODES) - 1)
        if total:
            name = capfirst(model._meta.verbose_name_plural)
            found += [_coverage(name, code, of, total) for code, of in states.items()]
    return found


def _coverage(kind: str, language: str, states: dict[str, int], total: int) -> Coverage:
    written_in_it = total - sum(states.values())
    return Coverage(
        kind=kind,
        language=language,
        current=states.get(State.CURRENT, 0) + written_in_it,
        incomplete=states.get(State.DRAFT, 0),
        outdated=states.get(State.OUTDATED, 0),
        missing=states.get(State.MISSING, 0),
    )


def honest_note(user, now: datetime.datetime | None = None) -> str:
    """What the work queue says: the kinds with most work, and for how long the oldest waits.

    "News: 14, the oldest for 9 days; Events: 2, the oldest for 1 day".
    """
    now = now or timezone.now()
    rows = (
        entries_for(user)
        .open()
        .order_by()
        .values("content_type")
        .annotate(number=Count("pk"), oldest=Min("changed_at"))
        .order_by("-number")
    )
    said = [_said_of(row, now) for row in rows[:SHOWN_IN_NOTE]]
    return "; ".join(said) or _("Everything is translated")


def _said_of(row: dict, now: datetime.datetime) -> str:
    model = ContentType.objects.get_for_id(row["content_type"]).model_class()
    days = (now - row["oldest"]).days
    words = ngettext(
        "%(kind)s: %(number)d, the oldest for %(days)d day",
        "%(kind)s: %(number)d, the oldest for %(days)d days",
        days,
    )
    kind = capfirst(model._meta.verbose_name_plural)
    return words % {"kind": kind, "number": row["number"], "days": days}
