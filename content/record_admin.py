"""The base of admin pages for public records: both languages side by side, nothing overwritten."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media, Script
from modeltranslation.admin import TranslationAdmin

from content import translation_state
from content.editing import VersionedAdminMixin, VersionedFormMixin
from content.languages import LANGUAGE_CODES
from content.models import TranslationState
from content.records import refresh_derived
from content.richtext import RichTextField
from content.slugs import free_slug

EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
}
# The one <style> that the editor's script adds; a browser test notices when it changes.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


LANGUAGE_SUFFIXES = tuple(f"_{code}" for code in LANGUAGE_CODES)


class RichTextWidget(AdminProseEditorWidget):
    def __init__(self, attrs=None):
        super().__init__(
            attrs=attrs, config={"extensions": EDITOR_EXTENSIONS}, preset="configurable"
        )

    @property
    def media(self):
        return super().media + Media(js=[Script("js/admin-editor.js", type="module")])


class EditorPolicyMixin:
    """For ModelAdmin with the text editor: its import map gets the nonce, its style the hash."""

    formfield_overrides = {RichTextField: {"widget": RichTextWidget}}

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        response = super().render_change_form(request, context, *args, **kwargs)
        response._csp_update = {"style-src": [EDITOR_STYLE]}
        return response


class PublicRecordForm(VersionedFormMixin):
    small_edit = forms.BooleanField(
        label=_("Small edit"),
        required=False,
        help_text=_("A typo is corrected: the translation needs no change."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Either language will do; the constraint of the model demands one of them.
        for code in LANGUAGE_CODES:
            if title := self.fields.get(f"{self.instance.title_field}_{code}"):
                title.required = False
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = _("Left empty, it is made of the title.")

    def clean_slug(self):
        """An address that was left empty is made of the English title, or of the Russian one."""
        if slug := self.cleaned_data.get("slug"):
            return slug
        field = self.instance.title_field
        typed = [self.data.get(self.add_prefix(f"{field}_{code}")) for code in ("en", "ru")]
        return free_slug(self.instance, next(filter(None, typed), ""))


class PublicRecordAdmin(EditorPolicyMixin, VersionedAdminMixin, TranslationAdmin):
    """Admin of a PublicRecord: translation state above the form, "small edit" below the text."""

    form = PublicRecordForm
    change_form_template = "admin/content/record_change_form.html"
    actions_on_bottom = True

    def save_model(self, request, obj, form, change):
        obj.save(small_edit=form.cleaned_data.get("small_edit", False), by=request.user)

    def save_related(self, request, form, formsets, change):
        """What hangs on the record is written after it: index and pages are renewed once more."""
        super().save_related(request, form, formsets, change)
        refresh_derived(form.instance)

    def has_delete_permission(self, request, obj=None):
        """Public records are withdrawn or archived; their addresses and history stay."""
        return False

    def get_readonly_fields(self, request, obj=None):
        """Who may change but not add is a translator: texts alone are open to them."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or self.has_add_permission(request):
            return fields
        return [*fields, *self._not_for_translators()]

    def get_prepopulated_fields(self, request, obj=None):
        closed = set(self.get_readonly_fields(request, obj))
        fields = super().get_prepopulated_fields(request, obj)
        return {name: sources for name, sources in fields.items() if name not in closed}

    def _not_for_translators(self) -> list[str]:
        open_to_all = {"small_edit", "version"}
        return [
            name
            for name in flatten_fieldsets(self.fieldsets)
            if name not in open_to_all and not name.endswith(LANGUAGE_SUFFIXES)
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["translations"] = translation_report(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def translation_report(record) -> list[dict]:
    """What the form says of every translation: `language`, `state`, `label`, and per field the
    source paragraphs that changed since (`changed`: label and texts)."""
    states = {
        row.language: row
        for row in TranslationState.objects.filter(
            content_type__app_label=record._meta.app_label,
            content_type__model=record._meta.model_name,
            object_id=record.pk,
        )
    }
    report = []
    for code in LANGUAGE_CODES:
        if (row := states.get(code)) is None:
            continue
        changed = translation_state.outdated_paragraphs(record, code)
        report.append(
            {
                "language": code,
                "state": row.state,
                "label": row.get_state_display(),
                "changed": [
                    (record._meta.get_field(field).verbose_name, texts)
                    for field, texts in changed.items()
                ],
            }
        )
    return report


class TranslationFilter(admin.SimpleListFilter):
    """Filters a list of public records by what their translation lacks."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        return [("open", _("work to do")), *TranslationState.State.choices]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        found = TranslationState.objects.of_model(queryset.model)
        found = found.open() if self.value() == "open" else found.filter(state=self.value())
        return queryset.filter(pk__in=found.values("object_id"))
