"""The rungs that were taken, and the letters on paper that wait to be posted."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from content import dated
from content.downloads import pdf_response
from content.sortkeys import search_fold
from dues import papers
from dues.models import Invoice, Reminder


class LettersFilter(admin.SimpleListFilter):
    title = _("letters on paper")
    parameter_name = "letters"

    def lookups(self, request, model_admin):
        return [("waiting", _("to be posted")), ("posted", _("posted"))]

    def queryset(self, request, queryset):
        letters = queryset.filter(reached=Reminder.Reached.LETTER)
        if self.value() == "waiting":
            unpaid = Invoice.objects.unpaid().values("pk")
            return letters.filter(posted_on=None, invoice__in=unpaid)
        return letters.filter(posted_on__isnull=False) if self.value() == "posted" else queryset


class ReminderAdmin(admin.ModelAdmin):
    """Written by the ladder; staff print a letter and say that it was posted."""

    list_display = ["member", "invoice", "rung", "reached", "email", "taken_on", "paper"]
    list_filter = [LettersFilter, "rung", "reached"]
    list_select_related = ["invoice__member"]
    search_fields = ["invoice__member__name_search"]
    search_help_text = _("Search by member")
    date_hierarchy = "taken_on"
    actions = ["mark_posted"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_fold(search_term))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in Reminder._meta.fields]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        nothing_to_save = {"show_save": False, "show_save_and_continue": False}
        context = {**(extra_context or {}), **nothing_to_save}
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description=_("member"), ordering="invoice__member__sort_key_ru")
    def member(self, reminder):
        return reminder.invoice.member

    @admin.display(description=_("letter on paper"))
    def paper(self, reminder):
        if reminder.reached != Reminder.Reached.LETTER:
            return "—"
        address = reverse("admin:dues_reminder_letter", args=[reminder.pk])
        words = _("posted") if reminder.posted_on else _("to be posted")
        return format_html('<a href="{}">PDF</a>, {}', address, words)

    @admin.action(description=_("Mark letters as posted today"), permissions=["change"])
    def mark_posted(self, request, queryset):
        waiting = queryset.filter(reached=Reminder.Reached.LETTER, posted_on=None)
        count = waiting.update(posted_on=dated.today(), posted_by=request.user)
        words = ngettext("%(count)d letter posted", "%(count)d letters posted", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    def get_urls(self):
        letter = self.admin_site.admin_view(self.letter_view)
        return [
            path("<int:pk>/letter.pdf", letter, name="dues_reminder_letter"),
            *super().get_urls(),
        ]

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The letter on paper of a rung: as it was posted, or as it would be posted today."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        letters = Reminder.objects.filter(reached=Reminder.Reached.LETTER)
        reminder = letters.filter(pk=pk).first()
        if reminder is None:
            raise Http404
        day = reminder.posted_on or dated.today()
        reminder.invoice = Invoice.objects.with_state(day).get(pk=reminder.invoice_id)
        data = papers.reminder_pdf(reminder, get_language(), day)
        return pdf_response(data, f"reminder-{reminder.invoice.number}-{reminder.rung}.pdf")
