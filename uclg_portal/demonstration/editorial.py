"""The editorial desk of the demonstration: every state of a text once."""

import datetime
import zoneinfo
from typing import Any

from django.conf import settings
from django.utils import timezone

from content.models import Page
from editorial import preview_links, publishing, reviews
from editorial.models import Correction
from news.models import Article
from uclg_portal.demonstration import data


def load(users: dict[str, Any]) -> None:
    """The editor asks and writes, the lead decides."""
    lead, editor = users["admin@example.org"], users["editor@example.org"]
    table = data.table("editorial.toml")
    _in_review(table["in_review"], editor, lead)
    _returned(table["returned"], editor, lead)
    scheduled = _scheduled(table["scheduled"], lead)
    _corrected(table["corrected"], editor)
    _withdrawn(table["withdrawn"], editor, lead)
    _pages(table["pages"], editor)
    link = table["preview_link"]
    preview_links.make(scheduled, lead, days=link["days"], note=link["note"])


def _draft(row: dict[str, Any], author: Any) -> Article:
    article = Article(slug=row["slug"], author=author, **data.texts(row, "title", "lead", "body"))
    article.save(by=author)
    return article


def _in_review(row: dict[str, Any], editor: Any, lead: Any) -> None:
    article = Article.objects.get(slug=row["slug"])
    review = reviews.ask(article, editor, reviewer=lead, text=row["request"])
    for comment in row["comments"]:
        place = {name: comment.get(name, "") for name in ("field", "quote")}
        note = reviews.comment(review, lead, comment["text"], **place)
        if answer := comment.get("answer"):
            reviews.comment(review, editor, answer, answers_to=note)
        if comment.get("is_resolved"):
            reviews.resolve(note, editor)


def _returned(row: dict[str, Any], editor: Any, lead: Any) -> None:
    article = _draft(row, editor)
    review = reviews.ask(article, editor, text=row["request"])
    reviews.comment(review, lead, row["comment"], field="lead_ru", quote=row["quote"])
    reviews.send_back(review, lead, version=article.version, text=row["reason"])


def _scheduled(row: dict[str, Any], lead: Any) -> Article:
    article = _draft(row, lead)
    zone = zoneinfo.ZoneInfo(settings.ASSOCIATION_TIME_ZONE)
    at = data.day_from_now(row["days"], row["at"], zone)
    confirmed = {question.code for question in publishing.questions(article)}
    return publishing.publish(article, lead, version=article.version, at=at, confirmed=confirmed)


def _corrected(row: dict[str, Any], editor: Any) -> None:
    article = Article.objects.get(slug=row["slug"])
    correction = publishing.correct(article, editor, **data.texts(row, "note"))
    made = timezone.now() - datetime.timedelta(days=row["days_ago"])
    Correction.objects.filter(pk=correction.pk).update(made_at=made)


def _withdrawn(row: dict[str, Any], editor: Any, lead: Any) -> None:
    article = _draft(row, editor)
    confirmed = {question.code for question in publishing.questions(article)}
    article = publishing.publish(article, lead, version=article.version, confirmed=confirmed)
    publishing.withdraw(article, lead, version=article.version, reason=row["reason"])


def _pages(row: dict[str, Any], editor: Any) -> None:
    """Every simple page has its owner and its day; one day is over."""
    today = timezone.localdate()
    later = today + datetime.timedelta(days=row["others_in_days"])
    Page.objects.update(owner=editor, review_on=later)
    over = today - datetime.timedelta(days=row["days_ago"])
    Page.objects.filter(slug=row["overdue"]).update(review_on=over)
