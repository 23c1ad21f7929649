"""Hand-overs in the admin: the letter, the successor, and the decision."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.invitations import InvitationError
from members import handover
from members.models import Handover
from members.moderation import ACCEPT, RETURN, AlreadyDecided


class DecisionForm(forms.Form):
    """Accept the letter, or return it with a reason."""

    action = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[(ACCEPT, _("Entrust the member to the successor")), (RETURN, _("Return"))],
        error_messages={"required": _("Accept the letter or return it.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why it is returned"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class HandoverAdmin(admin.ModelAdmin):
    list_display = ["member", "full_name", "email", "role", "asked_at", "state", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["mandate__member", "mandate__user", "decided_by"]
    search_fields = ["mandate__member__name_search", "email", "full_name"]
    ordering = ["-state", "asked_at"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("member"), ordering="mandate__member__sort_key_ru")
    def member(self, one):
        return one.mandate.member

    @admin.display(description=_("role"))
    def role(self, one):
        return one.mandate.get_role_display()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The letter beside the decision; a post decides."""
        one = self._found(object_id)
        if not self.has_view_or_change_permission(request, one):
            raise PermissionDenied
        may_decide = self.has_change_permission(request, one)
        if request.method != "POST":
            is_open = may_decide and one.state == Handover.State.WAITING
            return self._page(request, one, DecisionForm() if is_open else None)
        if not may_decide:
            raise PermissionDenied
        form = DecisionForm(request.POST)
        if not form.is_valid() or not self._decided(request, one, form):
            return self._page(request, one, form)
        return redirect("admin:members_handover_changelist")

    def _found(self, pk: str) -> Handover:
        if not str(pk).isdecimal():
            raise Http404
        rows = Handover.objects.select_related("mandate__member", "mandate__user", "letter")
        return get_object_or_404(rows, pk=pk)

    def _decided(self, request: HttpRequest, one: Handover, form: DecisionForm) -> bool:
        """Carry the decision out; False when the form has something to say."""
        try:
            if form.cleaned_data["action"] == ACCEPT:
                handover.approve(one, request.user)
            else:
                handover.refuse(one, form.cleaned_data["reason"], request.user)
        except ValidationError as error:
            form.add_error(None, error)
        except (InvitationError, PermissionDenied) as error:
            form.add_error(None, getattr(error, "message", str(error)))
        except AlreadyDecided as error:
            self.message_user(request, str(error.message), messages.WARNING)
        else:
            text = _("Decided: %s. Both persons get letters.") % one.mandate.member
            self.message_user(request, text, messages.SUCCESS)
        return form.is_valid()

    def _page(self, request: HttpRequest, one: Handover, form) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Hand-over: %s") % one.mandate.member,
            "opts": self.opts,
            "handover": one,
            "form": form,
        }
        return TemplateResponse(request, "admin/members/handover/decide.html", context)
