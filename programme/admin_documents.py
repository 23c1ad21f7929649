"""Documents and materials in the admin."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from content import privatefiles
from content.staff_time import StaffTimeMixin
from content.templatetags.content_tags import moment
from programme import documents, materials
from programme.models import (
    DocumentVersion,
    EventDocument,
    MaterialRequest,
    Session,
    SpeakerRole,
)

State = MaterialRequest.State


class EitherLanguageMixin:
    """Either language will do; the constraint demands one of them."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.endswith(("_ru", "_en")):
            field.required = False
        return field


class EventDocumentForm(forms.ModelForm):
    """A document: a file chosen here becomes its next version once the rest is in order."""

    upload = forms.FileField(
        label=_("file"), required=False,
        help_text=_("PDF, DOCX, XLSX or a picture, up to 20 MB. It becomes the newest version."),
    )  # fmt: skip

    link = forms.URLField(
        label=_("address of the recording"), max_length=500, required=False, assume_scheme="https"
    )

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload:
            privatefiles.refuse(upload, endings=documents.ENDINGS)
        return upload

    def clean(self):
        cleaned = super().clean()
        is_recording = cleaned.get("kind") == EventDocument.Kind.RECORDING
        if is_recording and cleaned.get("upload"):
            self.add_error("upload", _("A recording has an address, not a file."))
        if is_recording and not cleaned.get("link"):
            self.add_error("link", _("Give the address of the recording."))
        if not is_recording and not cleaned.get("upload") and not self.instance.file_id:
            self.add_error("upload", _("Choose a file."))
        self._stay_within_event(cleaned)
        return cleaned

    def _stay_within_event(self, cleaned: dict) -> None:
        event, session, item = (cleaned.get(name) for name in ("event", "session", "item"))
        if event and session and session.event_id != event.pk:
            self.add_error("session", _("This session is in the programme of another event."))
        if event and item and item.meeting_id != event.meeting_id:
            self.add_error("item", _("This agenda item is not of the meeting of the event."))


class VersionInline(admin.TabularInline):
    """All versions, the newest first: to be read."""

    model = DocumentVersion
    fields = readonly_fields = ["number", "stored", "is_late", "uploaded_by", "uploaded_at"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("file", "uploaded_by", "document")

    @admin.display(description=_("stored file"))
    def stored(self, version):
        address = reverse("content:file", args=[version.file_id])
        return format_html('<a href="{}">{}</a>', address, version.file)


@admin.register(EventDocument)
class EventDocumentAdmin(EitherLanguageMixin, StaffTimeMixin, TranslationAdmin):
    form = EventDocumentForm
    list_display = ["__str__", "event", "kind", "language", "access", "is_shown", "is_late",
                    "uploaded"]  # fmt: skip
    list_filter = ["kind", "access", "is_shown", "is_late",
                   ("event", admin.RelatedOnlyFieldListFilter)]  # fmt: skip
    list_select_related = ["event"]
    search_fields = ["title_ru", "title_en", "event__title_ru", "event__title_en"]
    autocomplete_fields = ["event"]
    readonly_fields = ["library", "late"]
    inlines = [VersionInline]
    actions = ["release"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "event", ("title_ru", "title_en"), ("kind", "language", "order"),
                    ("access", "is_shown"), "upload", "link",
                ]
            },
        ),
        (_("Belongs to"), {"fields": ["session", "item", "due_at", "late", "library"]}),
    ]  # fmt: skip

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "event", "kind"] if obj else fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Sessions and agenda items are chosen from those of the event, once it is known."""
        if db_field.name in ("session", "item"):
            pk = request.resolver_match.kwargs.get("object_id") or 0
            document = EventDocument.objects.filter(pk=pk).select_related("event").first()
            kwargs["queryset"] = _of_event(db_field.related_model, document and document.event)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if upload := form.cleaned_data.get("upload"):
            documents.upload(obj, upload, request.user)

    @admin.display(description=_("uploaded"), ordering="uploaded_at")
    def uploaded(self, document):
        return moment(document.uploaded_at) if document.uploaded_at else "—"

    @admin.display(description=_("late"), boolean=True)
    def late(self, document):
        return document.is_late

    @admin.display(description=_("library"))
    def library(self, document):
        if not document.pk or not document.file_id:
            return "—"
        address = reverse(
            "admin:library_publication_publish", args=["programme.eventdocument", document.pk]
        )
        return format_html('<a href="{}">{}</a>', address, _("Publish in the library"))

    @admin.action(description=_("Show to readers"), permissions=["change"])
    def release(self, request, queryset):
        number = documents.release(queryset, request.user)
        words = ngettext("%(count)d document is shown.", "%(count)d documents are shown.", number)
        self.message_user(request, words % {"count": number})


def _of_event(model, event):
    """The sessions, or the agenda items, that a document of this event may belong to."""
    if event is None:
        return model.objects.none()
    if model is Session:
        return model.objects.filter(event=event)
    return model.objects.filter(meeting=event.meeting_id)


class SpeakerField(forms.ModelChoiceField):
    """A speaker of an event that is not over, named with the session."""

    def label_from_instance(self, speaker):
        return f"{speaker.session.event}: {speaker} ({speaker.session})"


class CourseFilter(admin.SimpleListFilter):
    title = _("course")
    parameter_name = "course"

    def lookups(self, request, model_admin):
        return [
            ("missing", _("not received")), ("overdue", _("overdue")),
            ("to_release", _("to release")),
        ]  # fmt: skip

    def queryset(self, request, queryset):
        match self.value():
            case "missing":
                return queryset.open()
            case "overdue":
                return queryset.overdue(timezone.now())
            case "to_release":
                return queryset.to_release()
        return queryset


class MaterialRequestForm(forms.ModelForm):
    """What is asked of whom: what the capability would refuse is said beside the field."""

    speaker = SpeakerField(
        SpeakerRole.objects.none(), label=_("speaker"), required=False,
        help_text=_("Empty for somebody who is in no programme: give name and address."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("speaker"):
            coming = SpeakerRole.objects.filter(session__event__ends_at__gt=timezone.now())
            own = SpeakerRole.objects.filter(pk=self.instance.speaker_id or 0)
            found = (coming | own).select_related("session__event", "participant", "user")
            field.queryset = found.order_by("session__event", "session__starts_at", "order")

    def clean(self):
        cleaned = super().clean()
        speaker = cleaned.get("speaker")
        event = cleaned.get("event") or (self.instance.event_id and self.instance.event)
        if speaker and event and speaker.session.event_id != event.pk:
            self.add_error("speaker", _("The speaker is in the programme of another event."))
        if not cleaned.get("email") and not (speaker and speaker.address):
            self.add_error("email", _("Give an e-mail address: nobody knows one."))
        if not self.instance.pk and (due := cleaned.get("due_at")) and due <= timezone.now():
            self.add_error("due_at", _("The deadline lies in the past."))
        return cleaned


@admin.register(MaterialRequest)
class MaterialRequestAdmin(EitherLanguageMixin, StaffTimeMixin, TranslationAdmin):
    form = MaterialRequestForm
    list_display = ["who", "what", "event", "due", "state_words", "paper"]
    list_display_links = ["who"]
    list_filter = [CourseFilter, "state", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "speaker", "document"]
    search_fields = ["name", "email", "speaker__name_ru", "speaker__name_en", "what_ru", "what_en"]
    autocomplete_fields = ["event"]
    actions = ["send_new_link", "waive", "release"]
    fieldsets = [
        (None, {"fields": ["event", "speaker", ("name", "email", "mail_language")]}),
        (
            _("What is asked for"),
            {"fields": [("what_ru", "what_en"), ("kind", "language", "access"), "due_at"]},
        ),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return ["event"] if obj else []

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "kind":
            field.choices = [one for one in field.choices if one[0] != "recording"]
        return field

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            materials.ask(obj, request.user)

    @admin.display(description=_("name"))
    def who(self, wanted):
        return wanted.person_in()

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, wanted):
        return moment(wanted.due_at, wanted.event.zone)

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, wanted):
        if wanted.state == State.ASKED and wanted.due_at < timezone.now():
            return _("overdue")
        return wanted.get_state_display()

    @admin.display(description=_("document"))
    def paper(self, wanted):
        if wanted.document is None:
            return "—"
        address = reverse("admin:programme_eventdocument_change", args=[wanted.document_id])
        return format_html('<a href="{}">{}</a>', address, _("Look at it"))

    @admin.action(description=_("Send a new link"), permissions=["change"])
    def send_new_link(self, request, queryset):
        self._each(request, queryset, materials.renew)

    @admin.action(description=_("Not needed any more"), permissions=["change"])
    def waive(self, request, queryset):
        self._each(request, queryset, materials.waive)

    @admin.action(description=_("Show to readers"), permissions=["change"])
    def release(self, request, queryset):
        found = EventDocument.objects.filter(material_request__in=queryset)
        number = documents.release(found, request.user)
        words = ngettext("%(count)d document is shown.", "%(count)d documents are shown.", number)
        self.message_user(request, words % {"count": number})

    def _each(self, request, queryset, deed) -> None:
        """Do the deed for each; what is refused is said once for each reason."""
        done, reasons = 0, []
        for wanted in queryset.select_related("event", "speaker__session"):
            try:
                deed(wanted, request.user)
                done += 1
            except (materials.MaterialRefused, ValidationError) as refused:
                reasons.append(str(refused))
        words = ngettext("Done for %(number)d person.", "Done for %(number)d people.", done)
        self.message_user(request, words % {"number": done})
        for reason in dict.fromkeys(reasons):
            self.message_user(request, reason, messages.ERROR)
