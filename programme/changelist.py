"""The changes of a version as sentences, for the page and for the desk."""

import zoneinfo
from typing import Any

from django.utils.translation import gettext as _

from events.words import when_text
from programme import snapshots
from programme.cards import Text, text_of
from programme.snapshots import moment


def lines(changes: list[dict[str, Any]], zone: zoneinfo.ZoneInfo) -> list[dict[str, Any]]:
    """Each change: `title` (a Text), `words`, `anchor` of the session, "" where it is gone."""
    return [
        {
            "title": text_of(one, "title"),
            "words": _words(one, zone),
            "anchor": "" if one["kind"] == snapshots.REMOVED else f"s{one['session']}",
        }
        for one in changes
    ]


def _words(change: dict[str, Any], zone: zoneinfo.ZoneInfo) -> str:
    before, after = change["before"], change["after"]
    match change["kind"]:
        case snapshots.ADDED:
            return _("added: %(when)s") % {"when": _when(after, zone)}
        case snapshots.REMOVED:
            return _("taken out: %(when)s") % {"when": _when(before, zone)}
        case snapshots.MOVED:
            return _("%(old)s → %(new)s") % {"old": _when(before, zone), "new": _when(after, zone)}
        case snapshots.HALL:
            return _("%(old)s → %(new)s") % {"old": _hall(before), "new": _hall(after)}
        case snapshots.RENAMED:
            return _("it was called “%(title)s”") % {"title": text_of(before, "title").text}
    return _("speakers: %(names)s") % {"names": _names(after)}


def _when(side: dict[str, Any], zone: zoneinfo.ZoneInfo) -> str:
    return when_text(moment(side["starts"]), moment(side["ends"]), zone)


def _hall(side: dict[str, Any]) -> str:
    hall: Text = text_of(side["hall"], "name")
    return hall.text or (_("online") if side["online"] else _("no hall"))


def _names(side: dict[str, Any]) -> str:
    names = [text_of(one, "name").text for one in side["speakers"]]
    return ", ".join(names) or _("nobody yet")
