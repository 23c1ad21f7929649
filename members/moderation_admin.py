"""The page on which staff decide about profile changes, and the list of what waits."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.models import Picture
from members import moderation, profile
from members.models import Member, ProfileChange, ProfileUpdate
from members.staff_forms import ModerationForm


@dataclass(frozen=True)
class Side:
    """One field of a topic on the page: public words, and the change if there is one."""

    field: str
    label: Promise
    public: str
    picture: Picture | None
    change: ProfileChange | None
    marked: SafeString | str
    controls: list[forms.BoundField]


def sides_by_topic(
    update: ProfileUpdate, form: ModerationForm | None = None
) -> list[tuple[profile.Topic, list[Side]]]:
    """The topics a request touches; the unchanged half of a pair stands beside the changed one."""
    changes = {change.field: change for change in update.changes.all()}
    return [
        (topic, [_side(update.member, name, changes.get(name), form) for name in topic.fields])
        for topic in profile.TOPICS
        if changes.keys() & set(topic.fields)
    ]


def _side(member: Member, field: str, change: ProfileChange | None, form) -> Side:
    is_picture = field in profile.PICTURE_FIELDS
    return Side(
        field=field,
        label=profile.LABELS[field],
        picture=profile.public_picture(member, field) if is_picture else None,
        public="" if is_picture else profile.words(field, profile.public_value(member, field)),
        change=change,
        marked=profile.difference_of(change) if change else "",
        controls=form.controls(field) if form and change else [],
    )


class ProfileUpdateAdmin(admin.ModelAdmin):
    list_display = ["member", "field_count", "submitted_by", "submitted_at", "status", "decided_by"]
    list_filter = ["status"]
    list_select_related = ["member", "submitted_by", "decided_by"]
    search_fields = ["member__name_search"]
    ordering = ["-status", "submitted_at"]
    actions = ["accept_selected"]

    class Media:
        css = {"all": ["css/admin-members.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(field_total=Count("changes"))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("fields"), ordering="field_total")
    def field_count(self, update):
        return update.field_total

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The request field by field; a post decides it."""
        update = self._found(object_id)
        if not self.has_view_or_change_permission(request, update):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, update, self._form(request, update))
        if not self.has_change_permission(request, update):
            raise PermissionDenied
        form = self._form(request, update, request.POST)
        try:
            is_decided = self._decide(request, update, form)
        except moderation.StaleDecision as error:
            return self._fresh_page(request, object_id, error)
        except moderation.AlreadyDecided as error:
            self.message_user(request, str(error.message), messages.WARNING)
            return redirect(request.path)
        if not is_decided:
            return self._page(request, update, form)
        text = _("Decided: %s. The representative gets a letter.") % update.member
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:members_profileupdate_changelist")

    def _found(self, pk: str) -> ProfileUpdate:
        if not str(pk).isdecimal():
            raise Http404
        updates = ProfileUpdate.objects.prefetch_related("changes__file").select_related(
            "member__photo", "member__emblem", "submitted_by", "decided_by"
        )
        return get_object_or_404(updates, pk=pk)

    def _form(self, request: HttpRequest, update: ProfileUpdate, data=None):
        """The form of a request that this person may decide; None where there is nothing to."""
        is_open = update.status == ProfileUpdate.Status.WAITING
        if not is_open or not self.has_change_permission(request, update):
            return None
        return ModerationForm(data, update=update)

    def _decide(self, request: HttpRequest, update: ProfileUpdate, form) -> bool:
        """Whether the decision was taken; False when the form has something to say."""
        seen = _number(request.POST)
        if form is None or "_accept_all" in request.POST:
            moderation.accept_all(update, request.user, seen)
            return True
        if form.is_valid():
            moderation.decide(update, form.decisions(), request.user, seen)
        return form.is_valid()

    def _fresh_page(self, request: HttpRequest, pk, error: moderation.StaleDecision):
        """The request as it is now, with what was typed, to be looked at again."""
        update = self._found(pk)
        typed = request.POST.copy()
        typed["seen_version"] = update.version
        form = self._form(request, update, typed)
        form.add_error(None, str(error.message))
        return self._page(request, update, form)

    def _page(self, request: HttpRequest, update: ProfileUpdate, form) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Profile changes: %s") % update.member,
            "opts": self.opts,
            "update": update,
            "topics": sides_by_topic(update, form),
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/members/profileupdate/moderation.html", context)

    @admin.action(description=_("Accept all fields of the selected requests"),
                  permissions=["change"])  # fmt: skip
    def accept_selected(self, request, queryset):
        """Show all differences first; the second post accepts what was shown."""
        updates = list(
            queryset.filter(status=ProfileUpdate.Status.WAITING)
            .select_related("member__photo")
            .prefetch_related("changes__file")
        )
        if "_confirmed" in request.POST:
            return self._accept_each(request, updates)
        shown = [(one, sides_by_topic(one)) for one in updates]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Accept all these changes?"),
            "opts": self.opts,
            "shown": shown,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/members/profileupdate/accept_all.html", context)

    def _accept_each(self, request: HttpRequest, updates: list[ProfileUpdate]) -> None:
        done = 0
        for update in updates:
            try:
                seen = _number(request.POST, f"seen_version_{update.pk}")
                moderation.accept_all(update, request.user, seen)
                done += 1
            except moderation.ModerationError as error:
                self.message_user(request, f"{update.member}: {error.message}", messages.WARNING)
        text = ngettext("%(count)d request accepted.", "%(count)d requests accepted.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS)


def _number(posted, name: str = "seen_version") -> int:
    """The version that was on the page; 0, which no request has, when there is none."""
    text = posted.get(name, "")
    return int(text) if text.isdecimal() else 0
