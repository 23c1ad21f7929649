"""The public pages of the news."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Prefetch
from django.http import Http404
from django.views.generic import DetailView, ListView

from content import cacheversion
from content.languages import in_language
from content.richtext import plain_text
from members.models import Member
from news.forms import NewsFilterForm
from news.models import Article, Photo

PAGE_SIZE = 18
WORDS_A_MINUTE = 150


class ArticleList(ListView):
    """Published news, newest first; topic and year narrow it, page and filter stay in links."""

    paginate_by = PAGE_SIZE

    def get_queryset(self):
        self.filters = NewsFilterForm(self.request.GET or None)
        articles = Article.objects.published().select_related("cover")
        return self.filters.narrowed(articles.prefetch_related("cover__renditions", "topics"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(filters=self.filters, **kwargs)


class ArticlePage(DetailView):
    """An article with its gallery, its members and what else is new."""

    model = Article
    template_name = "news/article_detail.html"

    def get_queryset(self):
        return (
            self.visible()
            .select_related("cover")
            .prefetch_related(
                "cover__renditions",
                "topics",
                Prefetch("photos", Photo.objects.select_related("picture")),
                "photos__picture__renditions",
                Prefetch("members", Member.objects.select_related("country")),
            )
        )

    def visible(self):
        return Article.objects.published()

    def get_context_data(self, **kwargs):
        body, language = in_language(self.object, "body")
        minutes = max(1, round(len(plain_text(body).split()) / WORDS_A_MINUTE))
        return super().get_context_data(
            minutes=minutes,
            others=[article for article in latest() if article.pk != self.object.pk][:3],
            is_in_other_language=bool(body) and language != self.request.LANGUAGE_CODE,
            **kwargs,
        )


def latest() -> list[Article]:
    """The four newest articles, as the column beside an article shows them."""
    articles = Article.objects.published().select_related("cover").defer("body_ru", "body_en")
    return cacheversion.remembered(
        "news-latest", lambda: list(articles.prefetch_related("cover__renditions")[:4])
    )


class ArticlePreview(PermissionRequiredMixin, ArticlePage):
    """The same page before it is public: for staff who may edit it."""

    permission_required = "news.view_article"

    def visible(self):
        return Article.objects.all()

    def handle_no_permission(self):
        if self.request.user.is_authenticated:
            raise Http404
        return super().handle_no_permission()

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_preview=True, **kwargs)
