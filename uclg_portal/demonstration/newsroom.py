"""Authors and sources of the demonstration's news, its links to other records, members' stories."""

import datetime
from typing import Any

from django.apps import apps
from django.utils import timezone

from accounts.models import User
from content import links
from members.models import Member
from news import stories
from news.models import Article, Author, Source, Story
from uclg_portal.demonstration import data


def load(users: dict[str, User]) -> None:
    """Everything of newsroom.toml; news and all that it is linked with have to be there."""
    table = data.table("newsroom.toml")
    articles = {article.slug: article for article in Article.objects.all()}
    for position, row in enumerate(table["authors"]):
        Author.objects.create(
            article=articles[row["article"]], position=position, **data.texts(row, "name")
        )
    for position, row in enumerate(table["sources"]):
        Source.objects.create(
            article=articles[row["article"]], position=position, url=row.get("url", ""),
            **data.texts(row, "name"),
        )  # fmt: skip
    for row in table["links"]:
        target = apps.get_model(row["kind"]).objects.get(slug=row["slug"])
        links.link(articles[row["article"]], target, row["role"])
    for row in table["stories"]:
        _load_story(row, users)


def _load_story(row: dict[str, Any], users: dict[str, User]) -> None:
    """A story through the cabinet and, where it says so, the decision of the editor."""
    member = Member.objects.get(slug=row["member"])
    facts = {name: row[name] for name in ("title", "text", "language")}
    story = stories.send(member, users[f"{member.slug}@example.org"], facts)
    sent_at = timezone.now() - datetime.timedelta(days=row["days_ago"])
    Story.objects.filter(pk=story.pk).update(sent_at=sent_at)
    match row.get("decision"):
        case "accept":
            stories.accept(story, users["editor@example.org"])
        case "return":
            stories.give_back(story, users["editor@example.org"], row["comment"])
