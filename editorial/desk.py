"""The base admin of all that goes through the editorial flow."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from content.publishing import HIDDEN
from content.record_admin import PublicRecordAdmin
from editorial import presence, publishing, reviews, states
from editorial.textcheck.views import TextCheckMixin


class EditorialAdmin(TextCheckMixin, PublicRecordAdmin):
    """Admin of a public record that is reviewed, scheduled, corrected, withdrawn.

    Put `flow` into `list_display` for the state in words. Records of models with `Publishable`.
    """

    change_form_template = "admin/editorial/change_form.html"

    def get_queryset(self, request):
        return states.annotated(super().get_queryset(request))

    @admin.display(description=_("state"), ordering="status")
    def flow(self, record):
        """Where the record stands: in review, scheduled, corrected …"""
        return format_html_join(", ", "{}", ((words,) for words in states.words(record)))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["desk"] = self._desk_context(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _desk_context(self, request, record) -> dict:
        args = [self.opts.label_lower, record.pk]
        can_edit = self.has_change_permission(request, record)
        if can_edit:
            presence.note(record, request.user, opens=True)
        return {
            "states": states.words(record),
            "review": reviews.open_review(record),
            "url": reverse("admin:editorial_desk", args=args),
            "revisions_url": reverse("admin:editorial_revisions", args=args)
            if self.model.keeps_revisions
            else "",
            "presence_url": reverse("admin:editorial_presence", args=args) if can_edit else "",
            "others": presence.others(record, request.user),
        }

    def save_related(self, request, form, formsets, change):
        """All is written before the questions are asked: they may be about rows of the form."""
        super().save_related(request, form, formsets, change)
        record, before = form.instance, form.initial.get("status") or HIDDEN[0]
        goes_out = "status" in form.changed_data and before in HIDDEN
        if goes_out and publishing.is_handled(self.model) and record.status not in HIDDEN:
            self._ask_before_publishing(request, record, before)
        if change and "status" in form.changed_data and record.status == publishing.WITHDRAWN:
            publishing.taken_off(record)
        presence.forget(record, request.user)

    def _ask_before_publishing(self, request, record, before: str) -> None:
        open_ones = publishing.questions(record)
        if not open_ones:
            return
        record.status = before
        record.save(by=request.user, revision_note=_("Not published: a question is open"))
        words = _(
            "Everything is saved, nothing is published yet. To be confirmed first: %(questions)s"
        ) % {"questions": " ".join(question.text for question in open_ones)}
        address = reverse("admin:editorial_desk", args=[self.opts.label_lower, record.pk])
        link = format_html('<a href="{}">{}</a>', address, _("Open the editorial desk"))
        self.message_user(request, format_html("{} {}", words, link), messages.WARNING)
