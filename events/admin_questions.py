"""An event's own questions in the admin, with the answers to choose from."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from content import privatefiles
from content.languages import LANGUAGE_CODES, in_language
from events.models import Answer, Question, QuestionChoice


class OneLanguageForm(forms.ModelForm):
    """The wording in one language is enough; the database asks for one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in LANGUAGE_CODES:
            if f"wording_{code}" in self.fields:
                self.fields[f"wording_{code}"].required = False


class QuestionForm(OneLanguageForm):
    """What was answered stays a question of its kind."""

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if self.instance.pk and kind != self.instance.kind and self.instance.answers.exists():
            raise forms.ValidationError(
                _("There are answers already: the kind of the question stays. Ask a new question.")
            )
        return kind


class ChoiceFormSet(BaseInlineFormSet):
    """A choice needs something to choose from; other kinds need nothing."""

    def clean(self):
        super().clean()
        kept = [
            form for form in self.forms
            if form.has_changed() or form.instance.pk
            if not form.cleaned_data.get("DELETE")
        ]  # fmt: skip
        if self.instance.kind == Question.Kind.CHOICE and len(kept) < 2:
            raise forms.ValidationError(_("Give at least two answers to choose from."))
        if self.instance.kind != Question.Kind.CHOICE and kept:
            raise forms.ValidationError(_("Only a choice has answers to choose from."))


class ChoiceInline(TranslationTabularInline):
    model = QuestionChoice
    form = OneLanguageForm
    formset = ChoiceFormSet
    fields = ["order", "wording"]
    extra = 3


@admin.register(Question)
class QuestionAdmin(TranslationAdmin):
    form = QuestionForm
    list_display = ["wording_shown", "event", "kind", "is_required", "order"]
    list_filter = ["kind", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["wording_ru", "wording_en", "event__title_ru", "event__title_en"]
    autocomplete_fields = ["event"]
    fields = ["event", "order", "wording", "hint", "kind", "is_required"]
    inlines = [ChoiceInline]

    @admin.display(description=_("question"), ordering="wording_ru")
    def wording_shown(self, question):
        return in_language(question, "wording")[0]

    def has_delete_permission(self, request, obj=None):
        """A question that was answered stays: the answers belong to the participants."""
        if obj is not None and obj.answers.exists():
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [path("answers/<int:pk>/", view, name="events_answer_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The file somebody answered with."""
        if not request.user.has_perm("events.view_answer"):
            raise PermissionDenied
        answer = get_object_or_404(Answer.objects.select_related("file"), pk=pk, kind="file")
        return privatefiles.response_for(answer.file)
