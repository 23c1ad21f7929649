"""The pages of a practice in the admin: the decision, and the way from a laureate to a practice."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from awards.models import Entry
from laureates.models import Laureate
from practices import from_laureate, moderating
from practices.models import Practice
from practices.moderating import PracticeRefused
from practices.views import parts

VERDICTS = [
    ("accept", _("accept and publish")),
    ("give_back", _("return with comments")),
    ("refuse", _("refuse")),
]


class DecideForm(forms.Form):
    """What the secretariat decides, and the words that the city reads."""

    # The version of the practice that is on the screen: nobody accepts what they did not read.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    verdict = forms.ChoiceField(label=_("Decision"), choices=VERDICTS, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("Words to the city"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Needed where you return or refuse; in the city's language."),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") in ("give_back", "refuse") and not cleaned.get("comment"):
            self.add_error("comment", _("Say why: the city reads it."))
        return cleaned


class PracticeDeskMixin:
    """For the admin of `Practice`."""

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "practices_practice_"
        return [
            path("<int:pk>/decide/", wrap(self.decide_view), name=f"{name}decide"),
            path(
                "from-laureate/<int:pk>/", wrap(require_POST(self.laureate_view)),
                name=f"{name}from_laureate",
            ),
            path(
                "from-entry/<int:pk>/", wrap(require_POST(self.entry_view)),
                name=f"{name}from_entry",
            ),
            *super().get_urls(),
        ]  # fmt: skip

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept, return or refuse what a city sent."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        practice = get_object_or_404(Practice.objects.select_related("member", "sent_by"), pk=pk)
        form = DecideForm(
            request.POST if request.method == "POST" else None,
            initial={"version": practice.version},
        )
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            try:
                decide = getattr(moderating, told["verdict"])
                decide(practice, request.user, told["comment"], seen=told["version"])
            except PracticeRefused as refused:
                practice.refresh_from_db()
                form.add_error(None, str(refused))
                form.data = {**form.data.dict(), "version": practice.version}
            else:
                self.message_user(request, _("Decided; the letter is on its way."))
                return redirect("admin:practices_practice_change", pk)
        return self._decide_page(request, practice, form)

    def laureate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A draft of a practice from an honour, in one click."""
        return self._drafted(request, Laureate, "laureates.view_laureate", pk, from_laureate.draft)

    def entry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The same from the entry that was honoured."""
        return self._drafted(request, Entry, "awards.view_entry", pk, from_laureate.of_entry)

    def _drafted(
        self, request: HttpRequest, model, permission: str, pk: int, make: Callable
    ) -> HttpResponse:
        if not (self.has_add_permission(request) and request.user.has_perm(permission)):
            raise PermissionDenied
        origin = get_object_or_404(model, pk=pk)
        try:
            practice = make(origin, request.user)
        except PracticeRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", pk)
        self.message_user(request, _("The draft of the practice waits for you."))
        return redirect("admin:practices_practice_change", practice.pk)

    def _decide_page(self, request: HttpRequest, practice: Practice, form) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(
                form, [(None, {"fields": list(form.fields)})], {}, model_admin=self
            ),
            "form": form,
            "practice": practice,
            "parts": parts(practice),
            "waits": practice.stage == Practice.Stage.SENT,
            "opts": self.opts,
            "title": _("Decide on the practice"),
        }
        return TemplateResponse(request, "admin/practices/decide.html", context)
