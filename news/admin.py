"""The newsroom of the secretariat."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.templatetags.content_tags import moment
from content.title_column import TitleColumnMixin
from editorial.desk import EditorialAdmin
from news.models import Article, Photo


class PhotoInline(admin.TabularInline):
    model = Photo
    extra = 1
    autocomplete_fields = ["picture"]


class ArticleForm(PublishNowMixin, PublicRecordForm):
    """An article. Published without a moment: from now on."""


@admin.register(Article)
class ArticleAdmin(TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = ArticleForm
    list_display = ["shown_title", "state", "public_from"]
    list_filter = ["status", TranslationFilter, "topics"]
    search_fields = ["title_ru", "title_en", "slug"]
    date_hierarchy = "published_at"
    autocomplete_fields = ["cover", "topics", "members"]
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = [PhotoInline]
    readonly_fields = ["preview"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("lead_ru", "lead_en"),
                    ("body_ru", "body_en"),
                    "small_edit",
                ]
            },
        ),
        (_("Publishing"), {"fields": ["slug", ("status", "published_at"), "preview"]}),
        (_("Belongs to"), {"fields": ["cover", "topics", "members"]}),
    ]

    @admin.display(description=_("state"), ordering="status")
    def state(self, article):
        return _("Scheduled") if article.is_scheduled() else article.get_status_display()

    @admin.display(description=_("public from"), ordering="published_at")
    def public_from(self, article):
        return moment(article.published_at) if article.published_at else "—"

    @admin.display(description=_("preview"))
    def preview(self, article):
        if not article.pk:
            return _("After the first save.")
        return format_html(
            '<a href="{}">{}</a>',
            reverse("news:preview", args=[article.slug]),
            _("See it as readers will"),
        )

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)
