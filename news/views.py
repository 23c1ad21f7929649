"""The public pages of the news."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.generic import ListView, TemplateView

from content import cacheversion
from content.languages import in_language, written_in
from content.richtext import plain_text
from members.models import Member
from news.forms import NewsFilterForm
from news.models import Article, Photo

PAGE_SIZE = 18
WORDS_A_MINUTE = 150


class ArticleList(ListView):
    """Published news, newest first; topic and year narrow it, page and filter stay in links.

    The written cards of a page are remembered until the content changes.
    """

    paginate_by = PAGE_SIZE

    def get_queryset(self):
        self.filters = NewsFilterForm(self.request.GET or None)
        articles = Article.objects.published().select_related("cover")
        return self.filters.narrowed(articles.prefetch_related("cover__renditions", "topics"))

    def get_paginator(self, *args, **kwargs):
        paginator = super().get_paginator(*args, **kwargs)
        name = f"news-count-{self.filters.name}"
        paginator.count = cacheversion.remembered(name, lambda: paginator.count)
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        context["cards"] = self._cards(context["page_obj"])
        return context

    def _cards(self, page) -> SafeString:
        def written() -> SafeString:
            return render_to_string("news/includes/cards.html", {"articles": page.object_list})

        name = f"news-list-{get_language()}-{self.filters.name}-{page.number}"
        return cacheversion.remembered(name, written)


class ArticlePage(TemplateView):
    """An article with its gallery, its members and what else is new.

    What is written of it is remembered until the content changes.
    """

    template_name = "news/article_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        name = f"article-{get_language()}-{slug}"
        written = cacheversion.remembered(name, lambda: written_article(slug))
        return super().get_context_data(**written, **kwargs)


class ArticlePreview(PermissionRequiredMixin, TemplateView):
    """The same page before it is public: for staff who may see it in the admin."""

    permission_required = "news.view_article"
    template_name = "news/article_detail.html"

    def handle_no_permission(self):
        if self.request.user.is_authenticated:
            raise Http404
        return super().handle_no_permission()

    def get_context_data(self, slug: str, **kwargs):
        written = written_article(slug, Article.objects.all())
        return super().get_context_data(is_preview=True, **written, **kwargs)


def written_article(slug: str, among: QuerySet[Article] | None = None) -> dict[str, Any]:
    """The page of an article in the reader's language. Raises Http404.

    Gives `article` (the record, for the head of the page and the preview's note), `text` (HTML of
    the whole article) and `is_in_other_language`. `among`: published articles by default.
    """
    articles = Article.objects.published() if among is None else among
    article = get_object_or_404(
        articles.select_related("cover").prefetch_related(
            "cover__renditions",
            "topics",
            Prefetch("photos", Photo.objects.select_related("picture")),
            "photos__picture__renditions",
            Prefetch("members", Member.objects.select_related("country")),
        ),
        slug=slug,
    )
    body, _language = in_language(article, "body")
    languages = written_in(article, "title", "body")
    values = {
        "article": article,
        "minutes": max(1, round(len(plain_text(body).split()) / WORDS_A_MINUTE)),
        "others": [other for other in latest() if other.pk != article.pk][:3],
    }
    return {
        "article": Article(pk=article.pk, slug=article.slug, status=article.status,
                           published_at=article.published_at),
        "title": in_language(article, "title")[0],
        "description": in_language(article, "lead")[0] or in_language(article, "title")[0],
        "text": render_to_string("news/includes/article.html", values),
        "written_in": languages,
        "is_in_other_language": get_language() not in languages,
    }  # fmt: skip


def latest() -> list[Article]:
    """The four newest articles, as the column beside an article shows them."""
    articles = Article.objects.published().select_related("cover").defer("body_ru", "body_en")
    return cacheversion.remembered(
        "news-latest", lambda: list(articles.prefetch_related("cover__renditions")[:4])
    )
