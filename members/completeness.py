"""How complete a public profile is, and what of it needs its representative."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.attention import Attention, register
from members.models import Member
from members.profile import (
    EMBLEM,
    LABELS,
    PHOTO,
    TEXT_FIELDS,
    gallery,
    public_value,
    returned_changes,
)


@dataclass(frozen=True)
class Item:
    """One thing a complete profile has; `page` is the URL name of where it is seen to."""

    field: str
    label: str | Promise
    is_done: bool
    page: str = "members:cabinet_profile"


def items(member: Member) -> list[Item]:
    """All that a complete profile has, in the order of the forms."""
    typed = [
        Item(field, LABELS[field], bool(public_value(member, field)))
        for field in (*TEXT_FIELDS, PHOTO, EMBLEM)
    ]
    has_photos, has_people = bool(gallery(member)), member.departments.exists()
    return [
        *typed,
        Item("photos", _("Own photos"), has_photos, "members:cabinet_photos"),
        Item(
            "departments", _("International department"), has_people, "members:cabinet_departments"
        ),
    ]


@register
def fields_to_correct(member: Member, user) -> Iterator[Attention]:
    """Fields that staff returned wait for the representative."""
    if count := len(returned_changes(member)):
        yield Attention(
            title=ngettext(
                "The secretariat returned %(count)d field of the profile",
                "The secretariat returned %(count)d fields of the profile",
                count,
            )
            % {"count": count},
            note=_("Its reason stands beside each field."),
            url=reverse("members:cabinet_corrections", args=[member.slug]),
            action=_("Correct the profile"),
            is_hot=True,
        )


@register
def fields_to_fill(member: Member, user) -> Iterator[Attention]:
    """An incomplete profile is worth a line, without pressure."""
    if missing := sum(not item.is_done for item in items(member)):
        yield Attention(
            title=ngettext(
                "The city profile lacks %(count)d item",
                "The city profile lacks %(count)d items",
                missing,
            )
            % {"count": missing},
            url=reverse("members:cabinet_profile", args=[member.slug]),
            action=_("Complete the profile"),
        )
