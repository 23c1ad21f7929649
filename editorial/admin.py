"""Reviews and the pages of the desk; the simple pages, with an owner and a day of review."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.models import Page
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from editorial import desk_views, letters, revision_views
from editorial.desk import EditorialAdmin
from editorial.forms import title_of
from editorial.models import Review
from editorial.pages import due_pages


class WhoseFilter(admin.SimpleListFilter):
    title = _("whose turn it is")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("I decide")), ("returned", _("returned to me"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(pk__in=Review.objects.waiting_for(request.user))
        if self.value() == "returned":
            return queryset.filter(pk__in=Review.objects.returned_to(request.user))
        return queryset


@admin.register(Review)
class ReviewAdmin(admin.ModelAdmin):
    list_display = ["text", "kind", "state", "asked_by", "asked_at", "reviewer", "decided_by"]
    list_filter = [WhoseFilter, "state"]
    list_select_related = ["content_type", "asked_by", "reviewer", "decided_by"]
    list_display_links = None
    ordering = ["-asked_at", "-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("record")

    @admin.display(description=_("text"))
    def text(self, review):
        if review.record is None:
            return "—"
        title, language = title_of(review.record)
        address = letters.desk_address(review.record)
        return format_html('<a href="{}" lang="{}">{}</a>', address, language, title)

    @admin.display(description=_("kind"))
    def kind(self, review):
        return review.content_type.name

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A review is read at the desk of its record."""
        review = self.get_object(request, object_id)
        is_read = request.method == "GET" and self.has_view_permission(request, review)
        if not is_read or review is None or review.record is None:
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(letters.desk_address(review.record))

    def get_urls(self):
        here = "desk/<str:label>/<int:pk>/"
        views = [
            ("", desk_views.desk, "desk"),
            ("deed/<str:name>/", desk_views.deed, "deed"),
            ("presence/", desk_views.present, "presence"),
            ("revisions/", revision_views.listing, "revisions"),
            ("revisions/compare/", revision_views.compare, "compare"),
            ("revisions/<int:number>/restore/", revision_views.restored, "restore"),
        ]
        own = [
            path(here + more, self.admin_site.admin_view(view), name=f"editorial_{name}")
            for more, view, name in views
        ]
        return [*own, *super().get_urls()]


class DueFilter(admin.SimpleListFilter):
    """Pages whose day of review is over."""

    title = _("day of review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("due", _("is over")), ("mine", _("is over, I am the owner"))]

    def queryset(self, request, queryset):
        if self.value() not in ("due", "mine"):
            return queryset
        owner = request.user if self.value() == "mine" else None
        return queryset.filter(pk__in=due_pages(owner))


class PageForm(PublishNowMixin, PublicRecordForm):
    """A page. Published without a moment: from now on."""


@admin.register(Page)
class PageAdmin(TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = PageForm
    list_display = ["shown_title", "slug", "flow", "review_on", "owner"]
    list_filter = ["status", DueFilter, TranslationFilter]
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
