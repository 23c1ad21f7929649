"""The translation desk of the demonstration: a glossary, a debt, links of outside translators."""

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import User
from content.models import TranslationState
from news.models import Article
from translating import claims, links
from translating.models import Term
from uclg_portal.demonstration import data

DAYS_OF_A_LINK = 14


def load(users: dict[str, Any]) -> None:
    """Terms, one news item whose source changed, a link that is open and one that was used."""
    by = users["admin@example.org"]
    table = data.table("glossary.toml")
    for row in table["terms"]:
        Term.objects.create(kind=row["kind"], **data.texts(row, "name"), **_forbidden(row))
    _outdate(table["outdated"], by)
    outside = table["outside"]
    _link(outside["open"], outside["open_name"], by)
    returned = _link(outside["returned"], outside["returned_name"], by)
    links.take(returned, dict(enumerate(outside["proposal"], start=1)), "docx")


def _forbidden(row: dict[str, Any]) -> dict[str, str]:
    codes = [code for code in ("ru", "en") if f"forbidden_{code}" in row]
    return {f"forbidden_{code}": "\n".join(row[f"forbidden_{code}"]) for code in codes}


def _outdate(row: dict[str, str], by: User) -> None:
    article = Article.objects.get(slug=row["article"])
    article.body_ru = article.body_ru.replace(row["before"], row["after"])
    article.save(by=by)
    claims.give(_entry(article), by, by)


def _link(slug: str, name: str, by: User):
    until = timezone.now() + datetime.timedelta(days=DAYS_OF_A_LINK)
    link, _address = links.make(_entry(Article.objects.get(slug=slug)), name, until=until, by=by)
    return link


def _entry(article: Article) -> TranslationState:
    return TranslationState.objects.get(
        content_type=ContentType.objects.get_for_model(article),
        object_id=article.pk,
        language="en",
    )
