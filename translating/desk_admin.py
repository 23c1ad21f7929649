"""The translation desk in the admin: the list, the coverage, the page of one record."""

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from js_asset import Media

from content.languages import LANGUAGE_CODES, in_language
from content.record_admin import EDITOR_STYLE
from translating import claims, desk, working
from translating.desk_filters import KindFilter, LanguageFilter, ShareFilter, StateFilter
from translating.link_pages import LinkPages
from translating.models import DeskEntry, TranslationLink


class ShareForm(forms.Form):
    """Who looks after a translation; empty is nobody in particular."""

    translator = forms.ModelChoiceField(
        queryset=None, label=_("Looked after by"), required=False, empty_label=_("nobody")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["translator"].queryset = claims.translators()


@admin.register(DeskEntry)
class DeskAdmin(LinkPages, admin.ModelAdmin):
    """Translations that lack something, oldest first; entries follow from the records."""

    list_display = ["shown_title", "kind", "language", "state_words", "age", "looked_after"]
    list_filter = [StateFilter, LanguageFilter, KindFilter, ShareFilter]
    ordering = ["changed_at", "pk"]
    list_per_page = 50
    actions = None
    change_list_template = "admin/translating/desk.html"

    def has_add_permission(self, request):
        """They follow from the records."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """Headed by what the list is, not by what it lists."""
        title = {"title": _("Translation desk")}
        return super().changelist_view(request, {**(extra_context or {}), **title})

    def get_queryset(self, request):
        entries = desk.with_shares(desk.entries_for(request.user), request.user)
        titles = [
            model._default_manager.only(
                "pk", *(f"{model.title_field}_{code}" for code in LANGUAGE_CODES)
            ).order_by()
            for model in desk.kinds_for(request.user)
        ]
        return entries.prefetch_related(GenericPrefetch("record", titles)).order_by(*self.ordering)

    @admin.display(description=_("record"))
    def shown_title(self, entry):
        text, language = in_language(entry.record, entry.record.title_field)
        return format_html('<span lang="{}">{}</span>', language, text or "—")

    @admin.display(description=_("kind"))
    def kind(self, entry):
        return capfirst(entry.content_type.model_class()._meta.verbose_name)

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, entry):
        words = '<span class="desk-state desk-state--{}">{}</span>'
        return format_html(words, entry.state, entry.get_state_display())

    @admin.display(description=_("waits for"), ordering="changed_at")
    def age(self, entry):
        days = (timezone.now() - entry.changed_at).days
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}

    @admin.display(description=_("looked after by"))
    def looked_after(self, entry):
        return entry.looked_after or "—"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("coverage/", wrap(self.coverage_view), name="translating_coverage"),
            path("<int:pk>/share/", wrap(require_POST(self.share_view)), name="translating_share"),
        ]
        return [*own, *self.link_urls(wrap), *super().get_urls()]

    def coverage_view(self, request: HttpRequest) -> HttpResponse:
        """How much of every kind exists in every language."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = desk.coverage(request.user)
        return self.page(request, "coverage", title=_("Coverage of languages"), rows=rows)

    def entry_or_404(self, request: HttpRequest, pk: int | str) -> DeskEntry:
        """A translation of a record that this user may correct. Raises Http404."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if not str(pk).isdecimal():
            raise Http404
        found = desk.with_shares(desk.entries_for(request.user), request.user)
        entry = found.filter(pk=pk).first()
        if entry is None or entry.record is None:
            raise Http404
        return entry

    def history_view(self, request, object_id, extra_context=None):
        """Closed to whom the page itself is closed."""
        self.entry_or_404(request, object_id)
        return super().history_view(request, object_id, extra_context)

    @transaction.atomic
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Source beside target; saved through the record's own save, with the version guard."""
        entry = self.entry_or_404(request, object_id)
        fields = desk.editable_fields(request, entry.record, entry.language)
        form = None
        if fields:
            kind = working.form_class(type(entry.record), fields, entry.language)
            form = kind(request.POST or None, instance=entry.record)
        if request.method == "POST":
            if form is None:
                raise PermissionDenied
            if form.is_valid():
                working.save(form, entry.language, request.user)
                messages.success(request, _("The translation is saved."))
                return redirect(self.address(entry))
        return self._working_page(request, entry, form)

    def _working_page(self, request, entry: DeskEntry, form) -> HttpResponse:
        record = entry.record
        title, title_language = in_language(record, record.title_field)
        response = self.page(
            request,
            "working",
            title=title,
            title_language=title_language,
            entry=entry,
            record=record,
            record_page=self._record_page(request, record),
            form=form,
            fields=working.fields_of(entry, form),
            small_edits=working.small_edits(record),
            claim=claims.claim_of(entry),
            share_form=self._share_form(request, entry),
            links=self._links(request, entry),
            may_link=request.user.has_perm("translating.add_translationlink"),
            media=Media.from_media(self.media + form.media, nonce=request.csp_nonce)
            if form
            else self.media,
        )
        response._csp_update = {"style-src": [EDITOR_STYLE]}
        return response

    def _record_page(self, request, record) -> str:
        meta = record._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])

    def _links(self, request, entry: DeskEntry) -> list[TranslationLink]:
        if not request.user.has_perm("translating.view_translationlink"):
            return []
        return list(
            TranslationLink.objects.filter(
                content_type=entry.content_type,
                object_id=entry.object_id,
                language=entry.language,
            )
        )

    def _share_form(self, request, entry: DeskEntry) -> ShareForm | None:
        if not request.user.has_perm("translating.add_claim"):
            return None
        claim = claims.claim_of(entry)
        return ShareForm(initial={"translator": claim.translator_id if claim else None})

    def share_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a translation, leave it, or (who shares the work out) give it to somebody."""
        entry = self.entry_or_404(request, pk)
        deed = request.POST.get("deed", "")
        if deed == "take":
            claims.give(entry, request.user, request.user)
        elif deed == "leave" and entry.is_mine:
            claims.release(entry)
        elif deed == "give":
            self._give(request, entry)
        return redirect(self.address(entry))

    def _give(self, request: HttpRequest, entry: DeskEntry) -> None:
        if not request.user.has_perm("translating.add_claim"):
            raise PermissionDenied
        form = ShareForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose one of the translators."))
        elif translator := form.cleaned_data["translator"]:
            claims.give(entry, translator, request.user)
        else:
            claims.release(entry)

    def address(self, entry) -> str:
        """The address of the working page."""
        return reverse("admin:translating_deskentry_change", args=[entry.pk])

    def page(self, request: HttpRequest, name: str, **context) -> TemplateResponse:
        """A page of the desk with the frame of the admin."""
        everything = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "desk_address": reverse("admin:translating_deskentry_changelist"),
            **context,
        }
        return TemplateResponse(request, f"admin/translating/{name}.html", everything)
