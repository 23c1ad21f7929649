"""What the page of open data shows."""

from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from content import structured
from content.languages import in_language
from opendata import bulk
from opendata.answers import LICENCE
from opendata.models import DataFile
from opendata.resources import BY_CODE
from ratings.models import Edition
from standings import listing


def page() -> dict[str, Any]:
    """The context of the page. Two queries, and what the ratings need."""
    datasets = _datasets()
    return {
        "datasets": datasets,
        "editions": _editions(),
        "feeds": _feeds(),
        "licence": LICENCE,
        "structured": [_described(one) for one in datasets],
    }


def _datasets() -> list[dict[str, Any]]:
    """What has files, in the order of the API."""
    rows = DataFile.objects.order_by("dataset", "name").defer("content_sha256")
    found = {code: list(files) for code, files in groupby(rows, key=lambda row: row.dataset)}
    return [_dataset(code, found[code]) for code in bulk.codes() if code in found]


def _dataset(code: str, files: list[DataFile]) -> dict[str, Any]:
    resource = BY_CODE[code]
    return {
        "code": code, "title": gettext(resource.title), "summary": gettext(resource.summary),
        "rows": files[0].rows, "made_at": files[0].made_at, "files": files,
        "api_url": reverse(f"api:{code}_list"),
    }  # fmt: skip


def _editions() -> list[dict[str, str]]:
    """Editions of ratings with a data package of their own."""
    found = Edition.objects.visible().filter(pk__in=listing.out()).select_related("rating")
    rows = []
    for one in found.order_by("-year", "-pk"):
        title, language = in_language(one, "title")
        rows.append({
            "title": title, "lang": "" if language == get_language() else language,
            "year": str(one.year),
            "url": reverse("standings:data", args=[one.rating.slug, one.slug]),
        })  # fmt: skip
    return rows


def _feeds() -> list[dict[str, str]]:
    """Feeds of whole lists, and the calendar."""
    titles = {"news": gettext("News"), "events": gettext("Events"),
              "library": gettext("Library"), "practices": gettext("Practices")}  # fmt: skip
    rows = [
        {"title": title, "form": form, "url": reverse(f"{app}:{name}")}
        for app, title in titles.items()
        for form, name in (("Atom", "feed"), ("RSS", "rss"))
    ]
    calendar = {"title": gettext("Calendar of events"), "form": "iCalendar",
                "url": reverse("events:calendar")}  # fmt: skip
    return [*rows, calendar]


def _described(dataset: dict[str, Any]) -> structured.Thing:
    files = [
        (one.get_absolute_url(), bulk.TYPES[one.name.rpartition(".")[2]].partition(";")[0])
        for one in dataset["files"]
    ]
    address = f"{reverse('opendata:data')}#{dataset['code']}"
    return structured.dataset(
        dataset["title"], address, dataset["summary"], files, changed_at=dataset["made_at"]
    )
