"""What the translation desk can be narrowed down by."""

from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content.models import TranslationState
from translating import desk


class StateFilter(admin.SimpleListFilter):
    """Without a choice: all that somebody has to work on."""

    title = _("state")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [*TranslationState.State.choices, ("all", _("all"))]

    def choices(self, changelist):
        """The first choice is the work to do, not everything."""
        first, *others = super().choices(changelist)
        return [{**first, "display": _("work to do")}, *others]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset.open()
        return queryset if self.value() == "all" else queryset.filter(state=self.value())


class LanguageFilter(admin.SimpleListFilter):
    """`language` itself is how a page is asked for in another language."""

    title = _("language")
    parameter_name = "into"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """Kinds of records, as "app.model"."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [
            (model._meta.label_lower, capfirst(model._meta.verbose_name_plural))
            for model in desk.kinds_for(request.user)
        ]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        app, _dot, name = self.value().partition(".")
        wanted = ContentType.objects.filter(app_label=app, model=name)
        return queryset.filter(content_type__in=wanted)


class ShareFilter(admin.SimpleListFilter):
    title = _("share")
    parameter_name = "share"

    def lookups(self, request, model_admin):
        return [("mine", _("my share")), ("free", _("nobody’s yet"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(is_mine=True)
        return queryset.filter(looked_after=None) if self.value() == "free" else queryset
