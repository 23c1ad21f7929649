"""The simple pages in the admin: with an owner and a day on which they are looked through."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from content.models import Page
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from editorial.desk import EditorialAdmin


class PageForm(PublishNowMixin, PublicRecordForm):
    """A page. Published without a moment: from now on."""


@admin.register(Page)
class PageAdmin(TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = PageForm
    list_display = ["shown_title", "slug", "status", "review_on", "owner"]
    list_filter = ["status", TranslationFilter]
    list_select_related = ["owner"]
    search_fields = ["title_ru", "title_en", "slug"]
    autocomplete_fields = ["owner"]
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
            {"fields": ["slug", ("status", "published_at"), ("owner", "review_on")]},
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Who may not look through the users sees the owner and cannot choose another."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.has_perm("accounts.view_user") else [*fields, "owner"]
