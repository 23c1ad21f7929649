"""The search in the admin: searches without an answer, synonyms, chosen answers."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from content.editing import VersionedAdminMixin, VersionedFormMixin
from search import unanswered, wordlists
from search.models import ChosenAnswer, EmptySearch, Synonym


class SynonymForm(VersionedFormMixin):
    """A group of synonyms."""


class ChosenAnswerForm(VersionedFormMixin):
    """A chosen answer."""


class AnsweringMixin:
    """What is saved here answers searches: those words leave the list of the unanswered."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if count := unanswered.answered(wordlists.lines(obj.words)):
            note = ngettext(
                "%(count)d search without an answer has left the list.",
                "%(count)d searches without an answer have left the list.",
                count,
            )
            self.message_user(request, note % {"count": count}, messages.SUCCESS)


@admin.register(Synonym)
class SynonymAdmin(AnsweringMixin, VersionedAdminMixin, admin.ModelAdmin):
    form = SynonymForm
    list_display = ["__str__", "language"]
    list_filter = ["language"]
    search_fields = ["words"]
    fields = ["words", "language"]


@admin.register(ChosenAnswer)
class ChosenAnswerAdmin(AnsweringMixin, VersionedAdminMixin, TranslationAdmin):
    form = ChosenAnswerForm
    list_display = ["__str__", "shown_title", "address"]
    search_fields = ["words", "title_ru", "title_en", "address"]
    fieldsets = [
        (None, {"fields": ["words", "address"]}),
        (_("What the reader sees"), {"fields": [("title_ru", "title_en"), ("text_ru", "text_en")]}),
    ]

    @admin.display(description=_("title"))
    def shown_title(self, answer):
        return answer.title_ru or answer.title_en or _("the title of the record")


@admin.register(EmptySearch)
class EmptySearchAdmin(admin.ModelAdmin):
    """One row for each words that nobody has answered yet, the most frequent first."""

    list_display = ["words", "times", "day", "answering"]
    list_display_links = None
    search_fields = ["words"]
    readonly_fields = ["words", "day", "count"]
    fields = ["words", "day", "count", "is_settled"]
    actions = ["settle"]

    def get_queryset(self, request):
        match = getattr(request, "resolver_match", None)
        if match and match.url_name == "search_emptysearch_changelist":
            return unanswered.open_queries().order_by("-total", "words")
        return super().get_queryset(request)

    def get_ordering(self, request):
        return ()

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("times"), ordering="total")
    def times(self, query):
        return query.total

    @admin.display(description=_("give an answer"))
    def answering(self, query):
        """Both forms open with the words filled in."""
        given = urlencode({"words": query.words})
        return format_html(
            '<a href="{}?{}">{}</a> · <a href="{}?{}">{}</a>',
            reverse("admin:search_synonym_add"), given, _("Add a synonym"),
            reverse("admin:search_chosenanswer_add"), given, _("Set a chosen answer"),
        )  # fmt: skip

    @admin.action(description=_("Take off the list: needs no answer"), permissions=["change"])
    def settle(self, request, queryset):
        words = list(queryset.values_list("words", flat=True))
        unanswered.settle(words)
        note = ngettext(
            "%(count)d search needs no answer.", "%(count)d searches need no answer.", len(words)
        )
        self.message_user(request, note % {"count": len(words)}, messages.SUCCESS)
