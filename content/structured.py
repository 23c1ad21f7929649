"""What search engines read of a page: descriptions of schema.org, in the reader's language.

A page hands one over as `structured` in its context, and `base.html` writes it
(`content/templatetags/jsonld_tags.py`). Addresses are whole; empty values are left out.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SCHEMA = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

Thing = dict[str, Any]


def whole(address: str) -> str:
    """The address with scheme and host; what has them already stays as it is."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def organisation() -> Thing:
    """The association itself, named wherever something is published."""
    return {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#organisation",
        "name": _("UCLG-Eurasia"),
        "url": f"{settings.SITE_URL}/{get_language()}/",
        "logo": f"{settings.SITE_URL}{settings.STATIC_URL}img/touch-icon.png",
    }


def organisation_page() -> Thing:
    """The association with the ways to reach it, for the home page and the page about it."""
    contact = {
        "@type": "ContactPoint",
        "contactType": "secretariat",
        "email": settings.ASSOCIATION_EMAIL,
        "telephone": settings.ASSOCIATION_PHONE,
        "availableLanguage": [code for code, _name in settings.LANGUAGES],
    }
    return described(organisation() | {"contactPoint": _filled(contact)})


def news_article(
    title: str, address: str, published_at: datetime.datetime | None, *, summary: str = "",
    changed_at: datetime.datetime | None = None, image: str = "", language: str = "",
) -> Thing:  # fmt: skip
    """A news item; `language` is the one its text is in, the reader's when not given."""
    return described({
        "@type": "NewsArticle", "headline": title[:110], "description": summary,
        "url": whole(address), "mainEntityOfPage": whole(address), "image": whole(image),
        "datePublished": _moment(published_at), "dateModified": _moment(changed_at),
        "inLanguage": language or get_language(), "license": LICENCE,
        "author": organisation(), "publisher": organisation(),
    })  # fmt: skip


def event(
    title: str, address: str, starts: str, ends: str, *, state: str = "EventScheduled",
    mode: str = "OfflineEventAttendanceMode", place: str = "", summary: str = "", image: str = "",
) -> Thing:  # fmt: skip
    """An event. starts, ends: ISO 8601 by its own clock, as exact as they are known.

    `state` and `mode` are terms of schema.org: EventCancelled, OnlineEventAttendanceMode.
    """
    online = {"@type": "VirtualLocation", "url": whole(address)}
    site = _filled({"@type": "Place", "name": place, "address": place})
    where = {"OnlineEventAttendanceMode": [online], "MixedEventAttendanceMode": [site, online]}
    return described({
        "@type": "Event", "name": title, "url": whole(address), "description": summary,
        "startDate": starts, "endDate": ends, "eventStatus": f"{SCHEMA}/{state}",
        "eventAttendanceMode": f"{SCHEMA}/{mode}", "image": whole(image),
        "location": where.get(mode, [site] if place else []), "organizer": organisation(),
    })  # fmt: skip


def dataset(
    title: str, address: str, summary: str, files: Iterable[tuple[str, str]], *,
    changed_at: datetime.datetime | None = None, covers: str = "",
) -> Thing:  # fmt: skip
    """Data to take away. files: (address, media type) of each; `covers`: the years it is about."""
    return described({
        "@type": "Dataset", "name": title, "url": whole(address), "description": summary,
        "license": LICENCE, "isAccessibleForFree": True, "creator": organisation(),
        "dateModified": _moment(changed_at), "temporalCoverage": covers,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": whole(one), "encodingFormat": kind}
            for one, kind in files
        ],
    })  # fmt: skip


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Thing:
    """The way to a page: (title, address) from the home page on; the last address may be empty."""
    return described({
        "@type": "BreadcrumbList",
        "itemListElement": [
            _filled({"@type": "ListItem", "position": place, "name": name, "item": whole(address)})
            for place, (name, address) in enumerate(steps, start=1)
        ],
    })  # fmt: skip


def described(thing: Thing) -> Thing:
    """The thing as a description that stands by itself."""
    return {"@context": SCHEMA} | _filled(thing)


def _filled(thing: Mapping[str, Any]) -> Thing:
    return {name: value for name, value in thing.items() if value not in ("", None, [])}


def _moment(moment: datetime.datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
