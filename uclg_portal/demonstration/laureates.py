"""Laureates of the demonstration: honours of the source documents, results of past rounds."""

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import Award, Round
from content import pictures
from content.models import Picture
from content.pictures import accept_upload, make_picture
from content.timezones import association_zone
from events.models import Event
from laureates import correcting, releasing
from laureates.models import Laureate, Results
from meetings.models import Decision
from members.models import Member
from uclg_portal.demonstration import data, drawings

PLAIN = (
    "year", "results_of_year", "kind", "honour", "place", "prize_currency", "presented_on",
    "presented_precision", "payment", "paid_on", "is_invented",
)  # fmt: skip
TEXTS = (
    "title", "honour_text", "category_text", "citation", "work_title", "jury_words", "presenter",
    "recipient", "presented_at",
)  # fmt: skip


def load(users: dict[str, Any], *, with_pictures: bool = True) -> None:
    """Everything of laureates.toml, then the results are released by two persons."""
    tables = data.table("laureates.toml")
    for row in tables["laureates"]:
        for _number in range(row.get("count", 1)):
            _load(row, tables["sources"], with_pictures)
    for row in tables["results"]:
        _release(row, users)


def _load(row: dict[str, Any], sources: dict[str, dict[str, str]], with_pictures: bool) -> None:
    award = Award.objects.get(slug=row["award"])
    round = Round.objects.get(award=award, slug=row["round"]) if "round" in row else None
    member = Member.objects.get(slug=row["member"])
    source = sources[row["source"]]
    laureate = Laureate(
        award=award, round=round, member=member,
        category=round.categories.get(code=row["category"]) if "category" in row else None,
        event=Event.objects.get(slug=row["event"]) if "event" in row else None,
        prize_amount=Decimal(row["prize_amount"]) if "prize_amount" in row else None,
        picture=_picture(row) if with_pictures and "drawing" in row else None,
        source_ru=source["ru"], source_en=source["en"],
        status=Laureate.Status.DRAFT if round else Laureate.Status.PUBLISHED,
        published_at=_noon(row),
        **{name: row[name] for name in PLAIN if name in row}, **data.texts(row, *TEXTS),
    )  # fmt: skip
    laureate.title_ru = laureate.title_ru or member.name_ru
    laureate.title_en = laureate.title_en or member.name_en
    laureate.save()


def _noon(row: dict[str, Any]) -> datetime.datetime:
    """When an honour of the past became known here."""
    return datetime.datetime(row.get("year") or 2015, 12, 1, 12, tzinfo=association_zone())


def _picture(row: dict[str, Any]) -> Picture:
    drawn = SimpleUploadedFile("drawing.jpg", drawings.drawing(row["drawing"]))
    picture = make_picture(accept_upload(drawn), **data.texts(row, "alt"))
    pictures.make_renditions(picture)
    return picture


def _release(row: dict[str, Any], users: dict[str, Any]) -> None:
    first, second = users["editor@example.org"], users["admin@example.org"]
    round = Round.objects.get(award__slug=row["award"], slug=row["round"])
    decision = None
    if "decision" in row:
        decision = Decision.objects.filter(meeting__slug=row["decision"]).first()
    results = Results(
        round=round, decision=decision,
        published_at=data.moment(row["published_at"], association_zone()),
        **data.texts(row, "introduction"),
    )  # fmt: skip
    results.save()
    if "erratum_ru" in row:
        _before(round, row)
    releasing.ask(results, first)
    releasing.release(results, second)
    if "erratum_ru" in row:
        _correct(round, row, first)


def _before(round: Round, row: dict[str, Any]) -> None:
    """The work as it was called before the correction."""
    laureate = round.laureates.get(work_title_en=row["erratum_work"])
    laureate.work_title_ru = row["erratum_before_ru"]
    laureate.work_title_en = row["erratum_before_en"]
    laureate.save()


def _correct(round: Round, row: dict[str, Any], by) -> None:
    laureate = round.laureates.get(work_title_en=row["erratum_before_en"])
    changes = {"work_title_ru": row["erratum_after_ru"], "work_title_en": row["erratum_work"]}
    correcting.correct(laureate, changes, row["erratum_ru"], row["erratum_en"], by)
