"""The newsroom of the secretariat."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationTabularInline

from content.links_admin import LinkInline
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordAdmin, PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.templatetags.content_tags import moment
from content.title_column import TitleColumnMixin
from editorial.desk import EditorialAdmin
from news import gallery
from news.gallery_admin import GalleryMixin
from news.models import Article, Author, Photo, Source, Story
from news.stories import RESERVED_SLUGS
from news.story_admin import StoryAdmin

admin.site.register(Story, StoryAdmin)


class AuthorInline(TranslationTabularInline):
    model = Author
    extra = 1


class SourceInline(TranslationTabularInline):
    model = Source
    extra = 1
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class ArticleForm(PublishNowMixin, PublicRecordForm):
    """An article. Published without a moment: from now on."""

    def clean_slug(self):
        slug = super().clean_slug()
        if slug in RESERVED_SLUGS:
            raise ValidationError(
                _("The portal has a page of its own at this address. Choose another one."),
                code="reserved",
            )
        return slug


@admin.register(Article)
class ArticleAdmin(GalleryMixin, TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = ArticleForm
    list_display = ["shown_title", "flow", "public_from"]
    list_filter = ["status", TranslationFilter, "topics"]
    search_fields = ["title_ru", "title_en", "slug"]
    date_hierarchy = "published_at"
    autocomplete_fields = ["cover", "topics", "members"]
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = [AuthorInline, SourceInline, LinkInline]
    readonly_fields = ["preview", "gallery_line"]
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
        (
            _("Publishing"),
            {"fields": ["slug", ("status", "published_at"), "licence", "preview"]},
        ),
        (_("Belongs to"), {"fields": ["cover", "gallery_line", "topics", "members"]}),
    ]

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


class PhotoForm(PublicRecordForm):
    """The words of a photo, for translators."""

    def clean(self):
        cleaned = super().clean()
        for name in ("alt_ru", "alt_en"):
            if name in self.changed_data and (text := cleaned.get(name)):
                try:
                    gallery.refuse_file_names(text)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned


@admin.register(Photo)
class PhotoAdmin(PublicRecordAdmin):
    """Captions and descriptions of all galleries: the list that translators work through."""

    form = PhotoForm
    list_display = ["__str__", "article"]
    list_filter = [TranslationFilter]
    list_select_related = ["article", "picture"]
    search_fields = ["caption_ru", "caption_en", "alt_ru", "alt_en", "article__title_ru",
                     "article__title_en"]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["article", ("caption_ru", "caption_en"), ("alt_ru", "alt_en"),
                           "small_edit"]})
    ]  # fmt: skip

    def has_add_permission(self, request):
        return False
