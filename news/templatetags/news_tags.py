"""What other pages show of the news."""

from django import template
from django.utils.translation import gettext as _

from members.models import Member
from news.models import Article

register = template.Library()


@register.inclusion_tag("news/includes/member_news.html")
def member_news(member: Member, count: int = 5) -> dict:
    """The latest news about a member, for its page."""
    articles = Article.objects.published().filter(members=member)
    return {"articles": articles.only("slug", "title", "published_at")[:count]}


@register.inclusion_tag("news/includes/latest_news.html")
def latest_news(count: int = 5) -> dict:
    """The latest news for the front page: one large, the others in rows."""
    articles = Article.objects.published().select_related("cover")
    found = list(articles.prefetch_related("cover__renditions")[:count])
    return {"lead": found[0] if found else None, "others": found[1:], "title": _("News")}
