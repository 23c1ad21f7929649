"""What else a reader of an article may want: by shared members, topics and links."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from content.models import Link
from news.models import Article

COUNT = 3
# Among so many of the latest that share anything the nearest are chosen.
LOOKED_AT = 200


def related(article: Article, count: int = COUNT) -> list[Article]:
    """Published articles that share members, topics or a linked record with this one.

    A shared member or link counts for two topics; among equals the latest comes first. Takes the
    prefetched topics and members of the article; two queries, with the pictures.
    """
    topics = [topic.pk for topic in article.topics.all()]
    members = [member.pk for member in article.members.all()]
    near = Q(pk__in=_sharing_links(article))
    sharing = (
        Article.objects.published()
        .filter(
            Q(pk__in=Article.topics.through.objects.filter(topic__in=topics).values("article"))
            | Q(pk__in=Article.members.through.objects.filter(member__in=members).values("article"))
            | near
        )
        .exclude(pk=article.pk)
    )
    rows = (
        Article.objects.filter(pk__in=sharing.values("pk")[:LOOKED_AT])
        .annotate(
            shared_topics=Count("topics", filter=Q(topics__in=topics), distinct=True),
            shared_members=Count("members", filter=Q(members__in=members), distinct=True),
            shared_links=Count("pk", filter=near, distinct=True),
        )
        .annotate(nearness=F("shared_topics") + 2 * F("shared_members") + 2 * F("shared_links"))
        .order_by("-nearness", "-published_at", "-pk")
        .select_related("cover")
        .defer("body_ru", "body_en")
        .prefetch_related("cover__renditions")
    )
    return list(rows[:count])


def _sharing_links(article: Article) -> QuerySet:
    """Numbers of the other articles that link to what this one links to."""
    kind = ContentType.objects.get_for_model(Article)
    own = Link.objects.filter(
        source_type=kind, source_id=article.pk,
        target_type=OuterRef("target_type"), target_id=OuterRef("target_id"),
    )  # fmt: skip
    others = Link.objects.filter(Exists(own), source_type=kind).exclude(source_id=article.pk)
    return others.values("source_id")
