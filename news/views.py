"""The public pages of the news."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.generic import ListView, TemplateView

from content import cacheversion
from editorial import previews
from news import archive
from news.article_page import written_article
from news.forms import NewsFilterForm, way_back
from news.models import Article

PAGE_SIZE = 18


class ArticleList(ListView):
    """Published news, newest first; topic, year and language narrow it, and stay in links.

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
            values = {"articles": page.object_list, "onward": self.filters.onward(page.number)}
            return render_to_string("news/includes/cards.html", values)

        name = f"news-list-{get_language()}-{self.filters.name}-{page.number}"
        return cacheversion.remembered(name, written)


class Archive(TemplateView):
    """Years and their topics, with how much there is of each."""

    template_name = "news/archive.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(years=archive.by_year(), **kwargs)


class ArticlePage(TemplateView):
    """An article with its gallery, its members and what is related to it.

    What is written of it is remembered until the content changes. The way back to the list stands
    outside of that: the address says by itself which page and filter the reader came from, so that
    no cookie is needed and an article without such a query is one page in the cache.
    """

    template_name = "news/article_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        name = f"article-{get_language()}-{slug}"
        written = cacheversion.remembered(name, lambda: written_article(slug))
        back = way_back(self.request.GET) if self.request.GET else ""
        return super().get_context_data(back=back, **written, **kwargs)


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


def article_preview(request: HttpRequest, article: Article) -> HttpResponse:
    """The page of an article for somebody with a preview link."""
    written = written_article(article.slug, Article.objects.all())
    return render(request, "news/article_detail.html", {"is_preview": True, **written})


previews.register(Article, article_preview)
