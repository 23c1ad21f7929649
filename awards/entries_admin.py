"""Entries in the secretariat's admin: read, refused admission, exported; longer deadlines."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST
from modeltranslation.admin import TranslationAdmin

from awards import entries_export, extensions, sending
from awards.entries_queue import NEW
from awards.entry_consents import lacking_consent
from awards.entry_slots import CHOSEN
from awards.models import Author, DraftReminder, Entrant, Entry, EntryAnswer, Extension
from content import tables
from content.languages import in_language
from content.staff_time import StaffTimeMixin

VIEW_AUTHOR = "awards.view_author"


class ReadOnlyMixin:
    """Rows that staff read; what they do with them has pages of its own."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ConsentFilter(admin.SimpleListFilter):
    title = gettext_lazy("consent of a guardian")
    parameter_name = "consent"

    def lookups(self, request, model_admin):
        return [("missing", pgettext("consent", "missing"))]

    def queryset(self, request, queryset):
        return queryset.filter(lacking_consent()) if self.value() == "missing" else queryset


class NewFilter(admin.SimpleListFilter):
    title = gettext_lazy("sent")
    parameter_name = "sent"

    def lookups(self, request, model_admin):
        return [("new", _("within two weeks"))]

    def queryset(self, request, queryset):
        if self.value() != "new":
            return queryset
        return queryset.filter(submitted_at__gte=timezone.now() - NEW)


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The entrant reads it in a letter."),
    )  # fmt: skip


def _practice_button(entry: Entry) -> str:
    """Of honoured work a practice is made in one click; the app of practices knows how."""
    if entry.state != Entry.State.SUBMITTED or not entry.laureates.exists():
        return ""
    address = reverse("admin:practices_practice_from_entry", args=[entry.pk])
    return format_html(
        '<button type="submit" class="button" formaction="{}">{}</button>',
        address, _("Make a practice of it"),
    )  # fmt: skip


@admin.register(Entry)
class EntryAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """What was entered, with all its answers; entrants alone write it."""

    change_list_template = "admin/awards/entry_list.html"
    list_display = ["code_shown", "title_shown", "round", "category", "state", "entrant",
                    "city", "submitted_at", "lacks"]  # fmt: skip
    list_display_links = ["code_shown", "title_shown"]
    list_filter = [
        "state", ("round", admin.RelatedOnlyFieldListFilter),
        ("category", admin.RelatedOnlyFieldListFilter), ConsentFilter, NewFilter,
        ("home", admin.RelatedOnlyFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["round__award", "category", "entrant__member", "home"]
    search_fields = [
        "number", "title_ru", "title_en", "entrant__member__name_ru",
        "entrant__member__name_en", "entrant__name_ru", "entrant__name_en",
    ]  # fmt: skip
    fields = ["tools", "round", "category", "code_shown", "state", "refused_reason", "entrant",
              "city", "nominated", "language", "title_ru", "title_en", "told", "papers", "authors",
              "submitted_at", "saved_at", "withdrawn_at"]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(lacks_consent=Exists(
            Entry.objects.filter(lacking_consent(), pk=OuterRef("pk"))
        ))  # fmt: skip

    def get_fields(self, request, obj=None):
        """Who may not see authors has no field of theirs."""
        fields = super().get_fields(request, obj)
        return fields if request.user.has_perm(VIEW_AUTHOR) else [
            one for one in fields if one != "authors"
        ]  # fmt: skip

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("export/", wrap(self.export_view), name="awards_entry_export"),
            path("<int:pk>/refuse/", wrap(self.refuse_view), name="awards_entry_refuse"),
            path(
                "<int:pk>/readmit/",
                wrap(require_POST(self.readmit_view)),
                name="awards_entry_readmit",
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        filters = {"filters": request.GET.urlencode()}
        return super().changelist_view(request, {**(extra_context or {}), **filters})

    @admin.display(description=gettext_lazy("number"), ordering="number")
    def code_shown(self, entry):
        return entry.code or "—"

    @admin.display(description=gettext_lazy("title"), ordering="title_ru")
    def title_shown(self, entry):
        return entry.title_in("ru") or "—"

    @admin.display(description=gettext_lazy("city"), ordering="home__name_ru")
    def city(self, entry):
        return in_language(entry.home, "name")[0] if entry.home else entry.home_text or "—"

    @admin.display(description=gettext_lazy("consent is missing"), boolean=True)
    def lacks(self, entry):
        return entry.lacks_consent

    @admin.display(description=gettext_lazy("nominated"))
    def nominated(self, entry):
        if entry.nominee_member:
            return in_language(entry.nominee_member, "name")[0]
        return entry.nominee_ru or entry.nominee_en or "—"

    @admin.display(description=gettext_lazy("answers"))
    def told(self, entry):
        answers = entry.answers.select_related("field").prefetch_related("choices")
        rows = [(_label(one), _words(one)) for one in answers.order_by("field", "language")]
        return format_html_join("", "<p><strong>{}</strong><br>{}</p>", rows) or "—"

    @admin.display(description=gettext_lazy("files"))
    def papers(self, entry):
        files = entry.files.select_related("file")
        rows = [(reverse("content:file", args=[one.file_id]), one.file.name) for one in files]
        return format_html_join("", '<p><a href="{}">{}</a></p>', rows) or "—"

    @admin.display(description=gettext_lazy("authors"))
    def authors(self, entry):
        return format_html_join("", "<p>{}</p>", [(_names(one),) for one in entry.authors.all()])

    @admin.display(description=gettext_lazy("what you can do"))
    def tools(self, entry):
        links = [(reverse("admin:awards_entry_refuse", args=[entry.pk]), _("Refuse admission"))]
        if entry.state == Entry.State.REFUSED:
            links = [(links[0][0], _("Admit after all"))]
        elif entry.state != Entry.State.SUBMITTED:
            return "—"
        shown = format_html_join(" · ", '<a href="{}">{}</a>', links)
        return format_html("{} {}", shown, _practice_button(entry))

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The entries of the list as it is filtered, as a spreadsheet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = self.get_changelist_instance(request).get_queryset(request)
        headings, rows = entries_export.table(
            entries, with_authors=request.user.has_perm(VIEW_AUTHOR)
        )
        return tables.xlsx_response("entries", _("Entries"), headings, rows)

    def refuse_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for the reason and refuses; a refused entry is admitted from the same page."""
        entry = self._to_change(request, pk)
        form = RefuseForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                sending.refuse(entry, form.cleaned_data["reason"], request.user)
                messages.success(request, _("The entry is not admitted. The entrant is told why."))
                return redirect("admin:awards_entry_change", pk)
            except sending.EntryRefused as refused:
                form.add_error(None, str(refused))
        context = {
            **self.admin_site.each_context(request), "title": _("Admission of an entry"),
            "entry": entry, "form": form, "opts": self.opts,
            "is_refused": entry.state == Entry.State.REFUSED,
        }  # fmt: skip
        return TemplateResponse(request, "admin/awards/entry_refuse.html", context)

    def readmit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            sending.readmit(self._to_change(request, pk), request.user)
            messages.success(request, _("The entry is admitted after all."))
        except sending.EntryRefused as refused:
            messages.error(request, str(refused))
        return redirect("admin:awards_entry_change", pk)

    def _to_change(self, request: HttpRequest, pk: int) -> Entry:
        entry = Entry.objects.select_related("round", "entrant__member").filter(pk=pk).first()
        if entry is None:
            raise Http404
        if not request.user.has_perm("awards.change_entry"):
            raise PermissionDenied
        return entry


def _label(answer: EntryAnswer) -> str:
    label = in_language(answer.field, "label")[0]
    return f"{label} ({answer.language})" if answer.language else label


def _words(answer: EntryAnswer) -> str:
    if answer.field.kind in CHOSEN:
        return ", ".join(in_language(one, "label")[0] for one in answer.choices.all())
    return answer.text


def _names(author: Author) -> str:
    columns = (getattr(author, name) for name in entries_export.AUTHORS)
    return ", ".join(str(one) for one in columns if one)


@admin.register(Entrant)
class EntrantAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Who enters: members by their cabinet, others with an address."""

    list_display = ["__str__", "round", "kind", "home", "home_text", "email", "confirmed_at"]
    list_filter = [("round", admin.RelatedOnlyFieldListFilter), "kind"]
    list_select_related = ["round__award", "member", "home"]
    search_fields = ["member__name_ru", "member__name_en", "name_ru", "name_en", "email"]
    fields = ["round", "kind", "member", "name_ru", "name_en", "home", "home_text", "country",
              "contact_name", "email", "language", "confirmed_at", "created_at"]  # fmt: skip
    readonly_fields = fields


class ExtensionForm(forms.ModelForm):
    """A longer deadline is granted as a whole: the entrant, until when, and why."""

    class Meta:
        model = Extension
        fields = ["entrant", "until", "reason"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                extensions.judge(cleaned["entrant"], cleaned["until"], cleaned["reason"])
            except sending.EntryRefused as refused:
                for name, text in refused.problems.items():
                    self.add_error(name or None, text)
        return cleaned


@admin.register(Extension)
class ExtensionAdmin(StaffTimeMixin, admin.ModelAdmin):
    """Granted with a reason that the protocol of the jury names; taken back, never changed."""

    form = ExtensionForm
    list_display = ["entrant", "round", "until", "reason", "granted_by", "ended_at"]
    list_filter = [("entrant__round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["entrant__member", "entrant__round__award", "granted_by"]
    search_fields = ["entrant__member__name_ru", "entrant__member__name_en", "entrant__name_ru"]
    autocomplete_fields = ["entrant"]
    fields = ["entrant", "until", "reason"]
    actions = ["take_back"]

    def get_fields(self, request, obj=None):
        return [*self.fields, "granted_by", "granted_at", "ended_at"] if obj else self.fields

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        granted = extensions.grant(obj.entrant, obj.until, obj.reason, request.user)
        obj.pk, obj.granted_by, obj._state.adding = granted.pk, request.user, False

    @admin.display(description=pgettext_lazy("of an award", "round"))
    def round(self, extension):
        return extension.entrant.round

    @admin.action(description=gettext_lazy("Take back"), permissions=["add"])
    def take_back(self, request, queryset):
        for extension in queryset:
            extensions.end(extension, request.user)
        self.message_user(request, _("The longer deadlines are taken back."))


@admin.register(DraftReminder)
class DraftReminderAdmin(TranslationAdmin):
    """When drafts of a round are reminded of; without rows, a week and two days before."""

    list_display = ["round", "distance_words", "has_own_words"]
    list_filter = [("round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["round__award"]
    search_fields = ["round__title_ru", "round__title_en"]
    autocomplete_fields = ["round"]
    fields = ["round", ("amount", "unit"), "subject_ru", "subject_en", "text_ru", "text_en"]

    def save_model(self, request, obj, form, change):
        obj.audience = DraftReminder.DRAFTS
        super().save_model(request, obj, form, change)
