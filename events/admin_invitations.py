"""Invitations in the admin: who was invited, who answered what, and inviting with a preview."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from content import dated, privatefiles, tables
from content.editing import answered, once
from content.languages import in_language
from events import contacts, invitation_ladder, invitations
from events.admin_registration import ReadOnlyMixin
from events.invitation_form import InviteForm
from events.models import GuestApplication, Invitation, InvitationStep

MAY_INVITE = "events.add_invitation"


class LetterFilter(admin.SimpleListFilter):
    title = _("letter on paper")
    parameter_name = "letter"

    def lookups(self, request, model_admin):
        return [("waiting", _("to be posted"))]

    def queryset(self, request, queryset):
        if self.value() != "waiting":
            return queryset
        return queryset.filter(
            Exists(invitations.letters_to_post().filter(invitation=OuterRef("pk")))
        )


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Members answer in their cabinets; staff invite, remind and post the letters."""

    change_list_template = "admin/events/invitation/change_list.html"
    list_display = ["city", "event", "state", "answer_until", "answered_at", "reminded", "reason"]
    list_filter = [
        "state", LetterFilter, ("event", admin.RelatedOnlyFieldListFilter), "member__country",
    ]  # fmt: skip
    list_select_related = ["event", "member__country", "answered_by"]
    search_fields = ["member__name_search", "event__title_ru", "event__title_en"]
    actions = ["remind", "mark_posted", "export"]
    fields = [
        "event", "member", "state", "reason", "answer_until", "answered_at", "answered_by",
        "invited_at", "invited_by", "ladder",
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "ladder"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("steps__letter")

    @admin.display(description=_("member"), ordering="member__sort_key_ru")
    def city(self, invitation):
        return in_language(invitation.member, "name")[0]

    @admin.display(description=_("reminders"))
    def reminded(self, invitation):
        return len(invitation.steps.all())

    @admin.display(description=_("ladder of reminders"))
    def ladder(self, invitation):
        rows = [_step_words(step) for step in invitation.steps.all()]
        return format_html_join("", "<div>{}</div>", rows) or "—"

    @admin.action(description=_("Remind those who have not answered"), permissions=["change"])
    def remind(self, request, queryset):
        count = invitations.remind(queryset, request.user)
        words = ngettext("%(count)d letter is on the way.", "%(count)d letters are on the way.",
                         count)  # fmt: skip
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Mark letters as posted today"), permissions=["change"])
    def mark_posted(self, request, queryset):
        count = invitation_ladder.mark_posted(queryset, dated.today())
        words = ngettext("%(count)d letter posted", "%(count)d letters posted", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Save as a table (XLSX)"), permissions=["view"])
    def export(self, request, queryset):
        rows = list(queryset.select_related("event", "member__country", "answered_by"))
        people = contacts.contacts_of_members({row.member for row in rows})
        headings = [
            _("event"), _("member"), _("country"), _("answer"), _("reason"), _("answered by"),
            _("answered"), _("answer by"), _("reminders"), _("representatives"),
        ]  # fmt: skip
        cells = [_export_row(row, people[row.member_id]) for row in rows]
        return tables.xlsx_response("invitations", _("Invitations"), headings, cells)

    def get_urls(self):
        own = [
            path("invite/", self.admin_site.admin_view(self.invite_view),
                 name="events_invitation_invite"),
            path("letters/<int:pk>/", self.admin_site.admin_view(self.letter_view),
                 name="events_invitation_letter"),
        ]  # fmt: skip
        return [*own, *super().get_urls()]

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The letter to the head of the city, to print and to send."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        steps = InvitationStep.objects.filter(letter__isnull=False).select_related("letter")
        return privatefiles.response_for(get_object_or_404(steps, pk=pk).letter)

    def invite_view(self, request: HttpRequest) -> HttpResponse:
        """Choose members, see who would be invited, invite them."""
        if not request.user.has_perm(MAY_INVITE):
            raise PermissionDenied
        form = InviteForm(request.POST or None)
        preview = None
        if request.method == "POST":
            if done := answered(request.POST.get("form_key", "")):
                return done
            if form.is_valid():
                if "send" in request.POST and (done := self._invite(request, form)):
                    return done
                preview = form.preview()
        context = {
            **self.admin_site.each_context(request), "title": _("Invite members"), "form": form,
            "preview": preview, "opts": self.opts,
        }  # fmt: skip
        return render(request, "admin/events/invitation/invite.html", context)

    def _invite(self, request: HttpRequest, form: InviteForm):
        address = reverse("admin:events_invitation_changelist")
        event = form.cleaned_data["event"]

        def deed() -> str:
            rows = invitations.invite(
                event, form.members(), request.user, form.cleaned_data["answer_until"]
            )
            words = ngettext("%(count)d member is invited.", "%(count)d members are invited.",
                             len(rows))  # fmt: skip
            self.message_user(request, words % {"count": len(rows)}, messages.SUCCESS)
            return f"{address}?event__id__exact={event.pk}"

        try:
            return once(form.cleaned_data["form_key"], deed)
        except invitations.InvitationRefused as refused:
            form.add_error(None, str(refused))
            return None


def _step_words(step: InvitationStep) -> list:
    words = f"{step.taken_at:%d.%m.%Y}: {step.get_rung_display()}"
    if step.letter_id:
        address = reverse("admin:events_invitation_letter", args=[step.pk])
        state = _("posted") if step.posted_on else _("to be posted")
        return [format_html('{}, <a href="{}">PDF</a>, {}', words, address, state)]
    return [f"{words}: {', '.join(step.emails)}" if step.emails else f"{words}: —"]


def _export_row(row: Invitation, people) -> list:
    return [
        in_language(row.event, "title")[0],
        in_language(row.member, "name")[0],
        in_language(row.member.country, "name")[0],
        row.get_state_display(),
        row.reason,
        row.answered_by.full_name if row.answered_by else "",
        row.answered_at,
        row.answer_until,
        len(row.steps.all()),
        ", ".join(f"{user.full_name} <{user.email}>" for user in people),
    ]


@admin.register(GuestApplication)
class GuestApplicationAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Guests, and those who have not opened the letter yet."""

    list_display = ["email", "event", "language", "sent", "confirmed_at"]
    list_filter = [
        ("confirmed_at", admin.EmptyFieldListFilter), ("event", admin.RelatedOnlyFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["event"]
    search_fields = ["email"]
    fields = ["event", "email", "language", "sent", "confirmed_at", "delegation"]

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    @admin.display(description=pgettext_lazy("a letter", "sent"), ordering="created_at")
    def sent(self, application):
        return application.created_at
