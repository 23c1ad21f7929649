"""The desk in the admin: data by a letter on paper, yearly confirmations, departments."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content import dated
from content.dates import day_text, local_day
from content.editing import answered, once
from content.timezones import association_zone
from members import confirmation, paper, profile
from members.lifecycle_admin import file_link
from members.models import (
    DepartmentContact,
    LadderStep,
    Member,
)
from members.profile_forms import ProfileForm

MAY_ENTER = "members.add_paperletter"
MAY_SEE = "members.view_confirmation"
LETTER_FIELDS = ("dated_on", "number", "scan")


class PaperForm(ProfileForm):
    """What the letter says, beside what is public now."""

    dated_on = forms.DateField(
        label=_("Date of the letter"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    number = forms.CharField(label=_("Number of the letter"), max_length=60, required=False)
    scan = forms.FileField(
        label=_("Scan"), help_text=_("PDF, JPEG or PNG, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def __init__(self, *args, member: Member, **kwargs):
        standing = paper.standing_for_staff(member)
        super().__init__(*args, standing=standing, fields=profile.TEXT_FIELDS, **kwargs)
        for name in self.text_fields:
            self.fields[name].label = profile.LABELS[name]

    def clean(self):
        cleaned = super().clean()
        if self.errors and cleaned.get("scan"):
            self.add_error("scan", _("Browsers send a file once: choose it again."))
        return cleaned


class PaperDesk:
    """For the admin of members: the page “Enter by letter”."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.letter_view)
        return [path("<int:pk>/letter/", view, name="members_member_letter"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_enter_by_letter"] = obj and request.user.has_perm(MAY_ENTER)
        context["may_see_confirmations"] = obj and request.user.has_perm(MAY_SEE)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Profile values by a letter of the member, with the scan; they are public at once."""
        if not request.user.has_perm(MAY_ENTER):
            raise PermissionDenied
        if request.method != "POST":
            member = get_object_or_404(Member, pk=pk)
            return self._letter_page(request, member, PaperForm(member=member))
        with transaction.atomic():
            member = profile.locked(get_object_or_404(Member, pk=pk))
            if first := answered(request.POST.get("form_key", "")):
                return first
            form = PaperForm(request.POST, request.FILES, member=member)
            if form.is_valid():
                try:
                    return once(
                        form.cleaned_data["form_key"], lambda: self._enter(request, member, form)
                    )
                except ValidationError as error:
                    form.add_error(None, error)
        return self._letter_page(request, member, form)

    def _enter(self, request: HttpRequest, member: Member, form: PaperForm) -> str:
        given = {name: form.cleaned_data[name] for name in LETTER_FIELDS}
        letter = paper.enter(member, form.changes(), request.user, **given)
        words = {"member": member, "day": day_text(letter.dated)}
        self.log_change(request, member, _("Staff, by letter of %(day)s.") % words)
        text = _("%(member)s: entered by letter of %(day)s. The page counts as confirmed.")
        self.message_user(request, text % words, messages.SUCCESS)
        return reverse("admin:members_member_change", args=[member.pk])

    def _letter_page(self, request: HttpRequest, member: Member, form: PaperForm) -> HttpResponse:
        pairs = [topic.fields for topic in profile.TOPICS if not topic.is_picture]
        sets = [(None, {"fields": LETTER_FIELDS}), (_("Profile"), {"fields": pairs})]
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, sets, {}, model_admin=self),
            "button": _("Make public"),
            "lead": _(
                "Change what the letter says; the rest counts as confirmed. The values are public "
                "at once, with the letter as their source."
            ),
            "opts": self.opts,
            "title": _("Enter by letter of %s") % member,
        }
        return TemplateResponse(request, "accounts/admin/form.html", context)


class AnswerFilter(admin.SimpleListFilter):
    """Who has confirmed, who has not, whose corrections wait."""

    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        return [
            ("none", _("not confirmed")),
            ("late", _("not confirmed in time")),
            ("done", _("confirmed")),
            ("notes", _("corrections to see to")),
        ]

    def queryset(self, request, queryset):
        conditions = {
            "none": Q(answered_at__isnull=True),
            "late": Q(pk__in=confirmation.open_questions(), deadline__lt=dated.today()),
            "done": Q(answered_at__isnull=False),
            "notes": Q(note__gt="", note_settled_at__isnull=True),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


class ConfirmationAdmin(admin.ModelAdmin):
    """Who confirmed the page, who was reminded how far; read here, answered elsewhere."""

    list_display = ["member", "year", "deadline", "answered", "ladder", "has_note"]
    list_filter = [AnswerFilter, "year"]
    list_select_related = ["member", "answered_by", "letter"]
    search_fields = ["member__name_search"]
    ordering = ["-year", "member__sort_key_ru"]
    actions = ["settle_notes"]
    extra_lookups = ("member",)  # the page of a member leads to its own rows
    fields = ["member", "year", "opened_on", "deadline", "answered", "letter_scan", "note",
              "note_settled_at", "ladder"]  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        steps = Prefetch("steps", LadderStep.objects.select_related("letter"))
        return super().get_queryset(request).prefetch_related(steps)

    @admin.display(description=_("confirmed"), ordering="answered_at")
    def answered(self, question):
        if question.answered_at is None:
            return "—"
        day = day_text(local_day(question.answered_at, association_zone()))
        if question.letter:
            letter = day_text(question.letter.dated)
            return _("%(day)s, by letter of %(letter)s") % {"day": day, "letter": letter}
        return f"{day}, {question.answered_by}"

    @admin.display(description=_("rungs of the ladder"))
    def ladder(self, question):
        return format_html_join("", "<p>{}</p>", ((_rung(step),) for step in question.steps.all()))

    @admin.display(description=_("letter"))
    def letter_scan(self, question):
        return file_link(question.letter.scan) if question.letter else "—"

    @admin.display(description=_("corrections to see to"), boolean=True)
    def has_note(self, question):
        return bool(question.note) and question.note_settled_at is None

    @admin.action(description=_("Mark the corrections as seen to"), permissions=["change"])
    def settle_notes(self, request, queryset):
        done = confirmation.settle_notes(queryset, request.user)
        text = ngettext("%(count)d correction seen to.", "%(count)d corrections seen to.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS)


def _rung(step: LadderStep):
    day = day_text(local_day(step.taken_at, association_zone()))
    if step.letter:
        return format_html("{}, {}: {}", day, step, file_link(step.letter))
    reached = step.email or _("nobody to write to")
    return f"{day}, {step}: {reached}"


class ContactInline(TranslationStackedInline):
    model = DepartmentContact
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("full_name_ru", "full_name_en"),
                    ("job_ru", "job_en"),
                    ("email", "phone"),
                    ("is_head", "is_public", "order"),
                ]
            },
        )
    ]
    extra = 0


class DepartmentAdmin(TranslationAdmin):
    """The departments of members, for staff who enter them by a letter."""

    list_display = ["member", "name_ru", "name_en", "email", "phone"]
    list_select_related = ["member"]
    search_fields = ["member__name_search", "name_ru", "name_en", "email"]
    autocomplete_fields = ["member"]
    fieldsets = [
        (None, {"fields": ["member", ("name_ru", "name_en"), ("email", "phone"), "position"]})
    ]
    inlines = [ContactInline]
