"""The outbox, the switch and the demonstration's inbox, for the secretariat."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from mailing import freezing, heartbeat, outbox
from mailing.cleaning import preview_html
from mailing.forms import FreezeForm
from mailing.models import InboxMail, Message, Switch

State = Message.State


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the portal writes and staff only read."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "email", "state", "due_at", "problem"]
    list_filter = ["state", "is_bulk", "language"]
    search_fields = ["email", "subject"]
    search_help_text = gettext_lazy("Search by address or subject")
    fields = [
        "email", "subject", "language", "state", "problem", "attempts", "due_at",
        "next_attempt_at", "expires_at", "sent_at", "is_bulk", "is_secret", "kind", "occasion",
    ]  # fmt: skip
    actions = ["requeue", "cancel"]

    def get_queryset(self, request):
        messages_ = super().get_queryset(request)
        if request.resolver_match.view_name.endswith("_changelist"):
            return messages_.defer("text_body", "html_body")
        return messages_

    def get_urls(self):
        deeds = [
            path(
                f"<int:pk>/{name}/", self.admin_site.admin_view(require_POST(view)),
                name=f"mailing_message_{name}",
            )
            for name, view in [("requeue", self.requeue_one), ("cancel", self.cancel_one)]
        ]  # fmt: skip
        return [*deeds, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        context = {
            "title": _("Outgoing mail"),
            "heartbeats": heartbeat.sentences(),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {
            "preview": preview_html(obj.html_body),
            "may_requeue": self._may_requeue(request, obj),
            "may_cancel": obj.may_be_cancelled and self.has_cancel_permission(request),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_requeue_permission(self, request):
        return request.user.has_perm("mailing.requeue_message")

    def has_cancel_permission(self, request):
        return request.user.has_perm("mailing.cancel_message")

    @admin.display(description=gettext_lazy("what happened"))
    def problem(self, message):
        # Our own remarks are kept in English and have a translation; a server's words have none.
        return _(message.last_error) if message.last_error else "—"

    @admin.action(
        description=gettext_lazy("Send failed and unsure mails again"), permissions=["requeue"]
    )
    def requeue(self, request, queryset):
        self._do(request, queryset, outbox.requeue, _again_text)

    @admin.action(description=gettext_lazy("Cancel waiting mails"), permissions=["cancel"])
    def cancel(self, request, queryset):
        self._do(request, queryset, outbox.cancel, _cancelled_text)

    def requeue_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._do_one(request, pk, "requeue")

    def cancel_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._do_one(request, pk, "cancel")

    def _do_one(self, request, pk, deed):
        if not self.has_view_permission(request):
            raise PermissionDenied
        queryset = self.get_queryset(request).filter(pk=pk)
        if not queryset.exists():
            raise Http404
        if not getattr(self, f"has_{deed}_permission")(request):
            raise PermissionDenied
        getattr(self, deed)(request, queryset)
        return HttpResponseRedirect(reverse("admin:mailing_message_change", args=[pk]))

    def _do(self, request, queryset, deed, text):
        pks = list(queryset.values_list("pk", flat=True))
        done = deed(Message.objects.filter(pk__in=pks))
        if done:
            self.message_user(request, text(len(done)), messages.SUCCESS)
            self._log(request, done, text(1))
        if left := len(pks) - len(done):
            self.message_user(request, _left_text(left), messages.WARNING)

    def _log(self, request, pks, text):
        LogEntry.objects.log_actions(
            request.user.pk, Message.objects.filter(pk__in=pks).order_by("pk"), CHANGE, text
        )

    def _may_requeue(self, request, message):
        return message.may_be_requeued and self.has_requeue_permission(request)


def _again_text(n: int) -> str:
    return ngettext("%(n)d mail goes out again.", "%(n)d mails go out again.", n) % {"n": n}


def _cancelled_text(n: int) -> str:
    return ngettext("%(n)d mail is cancelled.", "%(n)d mails are cancelled.", n) % {"n": n}


def _left_text(n: int) -> str:
    text = ngettext(
        "%(n)d mail was left as it is: its state, or a secret in it, does not allow this.",
        "%(n)d mails were left as they are: their state, or a secret in them, does not allow this.",
        n,
    )
    return text % {"n": n}


@admin.register(Switch)
class SwitchAdmin(ReadOnlyAdmin):
    """One page instead of a list: what the switch does, how it stands, and its button."""

    def has_freeze_permission(self, request):
        return request.user.has_perm("mailing.freeze_bulk")

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or self.has_freeze_permission(request)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = FreezeForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not self.has_freeze_permission(request):
                raise PermissionDenied
            if self._turn(request, form):
                return HttpResponseRedirect(request.path)
        return TemplateResponse(request, "admin/mailing/switch/page.html", {
            **self.admin_site.each_context(request),
            "title": _("Bulk mail"),
            "opts": self.opts,
            "switch": Switch.objects.current(),
            "form": form,
            "may_freeze": self.has_freeze_permission(request),
            "held_back": Message.objects.filter(state=State.QUEUED, is_bulk=True).count(),
        })  # fmt: skip

    def _turn(self, request: HttpRequest, form: FreezeForm) -> bool:
        """Freeze or release as the pressed button says; False when the form has an error."""
        if "release" in request.POST:
            if freezing.release():
                self._tell(request, _("Bulk mail goes out again."))
            return True
        if not form.is_valid():
            return False
        reason = form.cleaned_data["reason"]
        if freezing.freeze(request.user, reason):
            self._tell(request, _("Bulk mail is frozen: %(reason)s") % {"reason": reason})
        return True

    def _tell(self, request: HttpRequest, text: str) -> None:
        self.message_user(request, text, messages.SUCCESS)
        self.log_change(request, Switch.objects.get(), text)


@admin.register(InboxMail)
class InboxMailAdmin(ReadOnlyAdmin):
    """Where the demonstration's mails arrive; does not exist where mail really leaves."""

    list_display = ["subject", "email", "received_at"]
    search_fields = ["email", "subject"]
    fields = ["email", "subject", "received_at"]

    def get_queryset(self, request) -> models.QuerySet:
        mails = super().get_queryset(request)
        if request.resolver_match.view_name.endswith("_changelist"):
            return mails.defer("text_body", "html_body")
        return mails

    def has_view_permission(self, request, obj=None):
        return _has_local_inbox() and super().has_view_permission(request, obj)

    def has_module_permission(self, request):
        return _has_local_inbox() and super().has_module_permission(request)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {"preview": preview_html(obj.html_body)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def _has_local_inbox() -> bool:
    return settings.EMAIL_BACKEND == "mailing.backends.LocalInboxBackend"
