"""The public pages of the news."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404
from django.views.generic import DetailView, ListView

from content.languages import in_language
from content.richtext import plain_text
from news.forms import NewsFilterForm
from news.models import Article

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
        return self.visible().select_related("cover").prefetch_related(
            "cover__renditions", "topics", "photos__picture__renditions", "members__country"
        )  # fmt: skip

    def visible(self):
        return Article.objects.published()

    def get_context_data(self, **kwargs):
        body, language = in_language(self.object, "body")
        minutes = max(1, round(len(plain_text(body).split()) / WORDS_A_MINUTE))
        others = Article.objects.published().exclude(pk=self.object.pk).select_related("cover")
        return super().get_context_data(
            minutes=minutes,
            others=others.prefetch_related("cover__renditions")[:3],
            is_in_other_language=bool(body) and language != self.request.LANGUAGE_CODE,
            **kwargs,
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
