"""People and invitations, for the secretariat."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import invitations, roles, standing
from accounts.forms import ROLE_CHOICES, InviteForm, ReaddressForm, UserForm
from accounts.models import Invitation, User
from content.editing import VersionedAdminMixin, once

# Roles come from code, and what belongs to signing in is changed by its owner or by the deeds
# below, which leave a trace: none of it is edited row by row.
for side_door in (Group, EmailAddress, EmailConfirmation, Authenticator, UserSession):
    if admin.site.is_registered(side_door):
        admin.site.unregister(side_door)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return ROLE_CHOICES

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(VersionedAdminMixin, admin.ModelAdmin):
    form = UserForm
    list_display = [
        "email", "full_name", "role_names", "language", "has_factor", "last_login", "is_active",
    ]  # fmt: skip
    list_filter = ["is_active", RoleFilter, "language"]
    search_fields = ["email", "full_name"]
    readonly_fields = ["email", "role_names", "is_superuser", "last_login", "date_joined"]
    actions = ["end_sessions", "reset_second_factor"]

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        people = super().get_queryset(request).prefetch_related("groups")
        return people.annotate(factor=Exists(factors))

    def get_fieldsets(self, request, obj=None):
        rights = ["role_names", "is_superuser"]
        if self._may_assign(request, obj):
            rights = ["roles", "is_active", "is_superuser"]
        self_and_rights = [
            (None, {"fields": ["email", "full_name", "language", "time_zone"]}),
            (_("Rights"), {"fields": rights}),
            (_("Dates"), {"fields": ["last_login", "date_joined"]}),
        ]
        if self.has_change_permission(request, obj):
            self_and_rights.append((None, {"fields": ["version"], "classes": ["version-guard"]}))
        return self_and_rights

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if not self._may_assign(request, obj):
            form.base_fields.pop("roles", None)
        return form

    def _may_assign(self, request, obj) -> bool:
        is_other = obj is not None and obj.pk != request.user.pk
        may_change = self.has_change_permission(request, obj)
        return is_other and may_change and request.user.has_perm("accounts.invite_staff")

    def has_add_permission(self, request):
        return False  # people come by invitation

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False  # disabled, not deleted: their deeds keep their name

    @admin.display(description=_("roles"))
    def role_names(self, user):
        labels = dict(ROLE_CHOICES)
        return ", ".join(str(labels[code]) for code in roles.of(user)) or "–"

    @admin.display(description=_("second factor"), boolean=True, ordering="factor")
    def has_factor(self, user):
        return user.factor

    def save_model(self, request, obj, form, change):
        plain = [
            name for name in ("full_name", "language", "time_zone") if name in form.cleaned_data
        ]
        obj.save(update_fields=plain)
        if "is_active" in form.changed_data:
            deed = standing.enable if form.cleaned_data["is_active"] else standing.disable
            deed(obj, request.user)
        if "roles" in form.changed_data:
            roles.assign(obj, form.cleaned_data["roles"], request.user)

    def has_standing_permission(self, request):
        return request.user.has_perm("accounts.invite_staff")

    def has_factor_permission(self, request):
        return request.user.has_perm("accounts.reset_second_factor")

    @admin.action(description=_("End all sessions"), permissions=["standing"])
    def end_sessions(self, request, queryset):
        done = _("%s is signed out on all devices.")
        self._each(request, queryset, standing.end_sessions, done)

    @admin.action(description=_("Reset the second factor"), permissions=["factor"])
    def reset_second_factor(self, request, queryset):
        done = _("%s signs in without a second factor and sets up a new one.")
        self._each(request, queryset, standing.reset_second_factor, done)

    def _each(self, request, queryset, deed, done):
        """Do it to each person and say so of each, or why it was refused."""
        for user in queryset:
            try:
                deed(user, request.user)
            except PermissionDenied as error:
                self.message_user(request, f"{user.email}: {error}", messages.ERROR)
            else:
                self.message_user(request, done % user.email, messages.SUCCESS)


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return Invitation.State.choices

    def queryset(self, request, queryset):
        states = {
            "open": queryset.usable,
            "overdue": queryset.overdue,
            "accepted": lambda: queryset.filter(accepted_at__isnull=False),
            "revoked": lambda: queryset.filter(revoked_at__isnull=False),
        }
        return states[self.value()]() if self.value() in states else queryset


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    list_display = ["email", "person", "role", "expires_at", "state_label", "pass_on"]
    list_filter = [StateFilter, "role"]
    list_select_related = ["user"]
    search_fields = ["email", "user__email", "user__full_name"]
    fields = ["email", "person", "role", "created_by", "created_at", "expires_at", "state_label",
              "accepted_at", "revoked_at"]  # fmt: skip
    readonly_fields = fields
    actions = ["send_again", "withdraw"]

    def get_urls(self):
        readdress = self.admin_site.admin_view(self.readdress_view)
        return [
            path("<int:pk>/readdress/", readdress, name="accounts_invitation_readdress"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and request.user.has_perm(
            "accounts.invite_staff"
        )

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("full name"), ordering="user__full_name")
    def person(self, invitation):
        return invitation.user.full_name or "–"

    @admin.display(description=_("state"))
    def state_label(self, invitation):
        return invitation.state().label

    @admin.display(description=_("wrong person?"))
    def pass_on(self, invitation):
        if invitation.accepted_at or invitation.revoked_at:
            return ""
        address = reverse("admin:accounts_invitation_readdress", args=[invitation.pk])
        return format_html('<a href="{}">{}</a>', address, _("Send to another address"))

    @admin.action(description=_("Send again with a fresh link"), permissions=["change"])
    def send_again(self, request, queryset):
        self._each(request, queryset, invitations.resend)

    @admin.action(description=_("Withdraw the invitation"), permissions=["change"])
    def withdraw(self, request, queryset):
        self._each(request, queryset, invitations.revoke)

    def _each(self, request, queryset, deed):
        done = 0
        for invitation in queryset:
            try:
                deed(invitation, request.user)
            except invitations.InvitationError as error:
                text = f"{invitation.email}: {error.message}"
                self.message_user(request, text, messages.ERROR)
            else:
                done += 1
        text = ngettext("%(count)d invitation done.", "%(count)d invitations done.", done)
        if done:
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = InviteForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self._invite(request, form))
            except invitations.InvitationError as error:
                form.add_error(None, str(error.message))
        lead = _("The person gets a link that works once, for seven days.")
        return self._form_page(request, form, _("Invite to the secretariat"), lead)

    def _invite(self, request, form) -> str:
        typed = {
            name: form.cleaned_data[name] for name in ("email", "full_name", "language", "role")
        }
        invitations.invite(**typed, by=request.user)
        text = _("The invitation is on its way to %s.") % typed["email"]
        self.message_user(request, text, messages.SUCCESS)
        return reverse("admin:accounts_invitation_changelist")

    def readdress_view(self, request, pk: int):
        if not self.has_change_permission(request):
            raise PermissionDenied
        invitation = get_object_or_404(self.get_queryset(request), pk=pk)
        typed = request.POST if request.method == "POST" else None
        form = ReaddressForm(typed, initial={"full_name": invitation.user.full_name})
        if request.method == "POST" and form.is_valid():
            try:
                return self._readdress(request, invitation, form)
            except invitations.InvitationError as error:
                form.add_error(None, str(error.message))
        lead = _("Sent to %s. The account and the new link go to the right person.") % (
            invitation.email
        )
        title = _("Send the invitation to another address")
        return self._form_page(request, form, title, lead)

    def _readdress(self, request, invitation, form):
        renewed = invitations.readdress(
            invitation, form.cleaned_data["email"], request.user, form.cleaned_data["full_name"]
        )
        text = _("The invitation is on its way to %s.") % renewed.email
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:accounts_invitation_changelist")

    def _form_page(self, request, form, title, lead):
        names = [field.name for field in form.visible_fields()]
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, [(None, {"fields": names})], {}, model_admin=self),
            "button": _("Send the invitation"),
            "lead": lead,
            "opts": self.opts,
            "title": title,
        }
        return TemplateResponse(request, "accounts/admin/form.html", context)
