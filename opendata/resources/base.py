"""What open data offers of one kind of record: its columns, its filters, its public rows."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from content import dated
from opendata.columns import PARTIAL, Column, Row

MOST_ROWS = 100
USUAL_ROWS = 20
LAST_PAGE = 100_000
SLUG = r"^[-\w]{1,120}$"


class Asked(Schema):
    """What every question may say."""

    lang: Literal["ru", "en"] | None = Field(
        None, description=gettext_noop("Texts in this language alone; both when left out")
    )


class AskedList(Asked):
    """What every list takes."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description=gettext_noop("Which page, from 1"))
    limit: int = Field(
        USUAL_ROWS, ge=1, le=MOST_ROWS, description=gettext_noop("Rows a page, 100 at most")
    )


class AsOf(Schema):
    """A question about a day of the past."""

    as_of: str | None = Field(
        None, pattern=PARTIAL, examples=["2019-06-01"],
        description=gettext_noop("How things stood on a day, a month or a year; today if left out"),
    )  # fmt: skip


class AskedOfDay(AsOf, Asked):
    """One record as of a day."""


class Refused(Exception):
    """A parameter asks for what there is not. parameter: its name; message: a sentence."""

    def __init__(self, parameter: str, message: str | Promise):
        super().__init__(parameter, message)
        self.parameter, self.message = parameter, message


def day_of(asked: Schema) -> datetime.date:
    """The day that a question is about, today if it names none. Raises Refused."""
    text = getattr(asked, "as_of", None)
    if not text:
        return dated.today()
    try:
        first, precision = dated.parse_partial(text)
    except ValueError:
        message = _("Write a day as 2015-06-30, a month as 2015-06 or a year as 2015.")
        raise Refused("as_of", message) from None
    if first > dated.today():
        raise Refused("as_of", _("This day is still to come."))
    return min(dated.last_day(first, precision), dated.today())


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One kind of record as open data.

    code: "news", stands in addresses and file names. schema: the name of a row in the OpenAPI
    document. find: the public records that match, in a lasting order; raises Refused. rows: their
    rows, in a number of queries that does not grow with them. one: the question about one record,
    by number; None where there is no such address.
    """

    code: str
    title: str
    summary: str
    schema: str
    columns: tuple[Column, ...]
    asked: type[AskedList]
    find: Callable[[Any, datetime.date], QuerySet | Sequence[Any]]
    rows: Callable[[Sequence[Any], datetime.date], list[Row]]
    one: type[Asked] | None = Asked
    in_files: bool = True
