"""Changes after the deadline on the desk: the difference, and the decision (EVT-5)."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.keys import as_key
from events import change_requests, differences
from events.models import ChangeRequest
from events.people import RegistrationRefused

State = ChangeRequest.State


class DecisionForm(forms.Form):
    """Accept or refuse; the answer goes into the letter. `version` is the delegation's as shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Answer to the delegation"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data=None, *, request: ChangeRequest):
        super().__init__(data, initial={"version": request.delegation.version})
        self.request = request

    @property
    def accepts(self) -> bool:
        return "_accept" in self.data

    def clean_answer(self):
        answer = self.cleaned_data["answer"].strip()
        if not answer and not self.accepts:
            raise forms.ValidationError(_("Say why the change is refused."))
        return answer

    def decide(self, by) -> bool:
        """Whether the decision was taken; what stands in the way is said in the form."""
        if not self.is_valid():
            return False
        answer = self.cleaned_data["answer"]
        try:
            if self.accepts:
                version = self.cleaned_data["version"]
                change_requests.accept(self.request, by, version, answer)
            else:
                change_requests.refuse(self.request, by, answer)
        except RegistrationRefused as refused:
            for problem in refused.problems:
                self.add_error(None, _in_words(problem))
            return False
        return True


def _in_words(problem) -> str:
    if problem.row is None:
        return problem.message
    words = _("Person %(number)d: %(problem)s")
    return words % {"number": problem.row + 1, "problem": problem.message}


@admin.register(ChangeRequest)
class ChangeRequestAdmin(admin.ModelAdmin):
    list_display = ["sender", "event", "asked_by", "asked_at", "state", "decided_by"]
    list_filter = ["state", ("delegation__event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = [
        "delegation__member", "delegation__event", "asked_by", "decided_by"
    ]  # fmt: skip
    search_fields = [
        "delegation__member__name_ru", "delegation__member__name_en", "delegation__guest_of"
    ]  # fmt: skip
    ordering = ["-state", "asked_at", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("delegation__member__names")

    @admin.display(description=_("delegation"), ordering="delegation__member__sort_key_ru")
    def sender(self, row):
        return row.delegation.sender_in(get_language())

    @admin.display(description=_("event"), ordering="delegation__event")
    def event(self, row):
        return row.delegation.event

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The difference person by person; a post accepts or refuses."""
        row = self._found(object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, row, DecisionForm(request=row))
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if row.state != State.OPEN:
            self.message_user(request, _("It was decided meanwhile."), messages.WARNING)
            return redirect(request.path)
        form = DecisionForm(request.POST, request=row)
        if form.decide(request.user):
            self.message_user(request, _("Decided. The delegation gets a letter."))
            return redirect("admin:events_changerequest_changelist")
        return self._page(request, self._found(object_id), self._fresh(form, object_id))

    def _fresh(self, form: DecisionForm, object_id) -> DecisionForm:
        """The form with what was typed, for the delegation as it is now."""
        form.data = form.data.copy()
        form.data["version"] = self._found(object_id).delegation.version
        return form

    def _found(self, pk: str) -> ChangeRequest:
        rows = ChangeRequest.objects.select_related(
            "delegation__member", "delegation__event", "asked_by", "decided_by"
        )
        return get_object_or_404(rows, pk=as_key(pk))

    def _page(self, request: HttpRequest, row: ChangeRequest, form: DecisionForm) -> HttpResponse:
        is_open = row.state == State.OPEN
        may_decide = is_open and self.has_change_permission(request, row)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change after the deadline"),
            "opts": self.opts,
            "row": row,
            "event": row.delegation.event,
            "sender": row.delegation.sender_in(get_language()),
            "differences": differences.of(row, row.delegation) if is_open else [],
            "changed_meanwhile": is_open and row.seen_version != row.delegation.version,
            "form": form if may_decide else None,
        }
        return TemplateResponse(request, "admin/events/change_request.html", context)
