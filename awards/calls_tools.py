"""Tools of the awards desk: the round once more, and the entry form as entrants see it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import round_copying
from awards.models import Round
from content.editing import OneTimeKeyMixin, answered, once


class CopyForm(OneTimeKeyMixin):
    """The year and the title of the new round; all else is copied or left."""

    title_ru = forms.CharField(
        label=gettext_lazy("Title in Russian"), max_length=200, required=False
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=200, required=False
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1950, max_value=2100)
    edition = forms.IntegerField(
        label=gettext_lazy("Edition number"), min_value=1, max_value=32767, required=False
    )

    def __init__(self, *args, round: Round, **kwargs):
        self.round = round
        super().__init__(*args, **kwargs)

    def clean_year(self):
        year = self.cleaned_data["year"]
        if self.round.award.rounds.filter(slug=str(year)).exists():
            raise forms.ValidationError(_("The award has a round of this year already."))
        return year

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("title_ru") or cleaned.get("title_en")):
            self.add_error("title_ru", _("Give it in Russian or in English."))
        return cleaned


class RoundToolsMixin:
    """For the admin of rounds: pages below that of one round."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/copy/", wrap(self.copy_view), name="awards_round_copy"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("tools"))
    def tools(self, round: Round) -> str:
        """Links to what can be done with a round beside its form."""
        if not round.pk:
            return _("After the first save.")
        address = [round.award.slug, round.slug]
        links = [
            (reverse("awards:round_preview", args=address), _("See it as readers will")),
            (reverse("awards:form_preview", args=address), _("See the entry form")),
            (reverse("admin:awards_round_copy", args=[round.pk]), _("Copy for another year")),
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for year and title, then makes the draft and says what was copied."""
        round = self.get_object(request, str(pk))
        if round is None:
            raise Http404
        if not (self.has_add_permission(request) and self.has_view_permission(request, round)):
            raise PermissionDenied
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = CopyForm(request.POST or None, round=round, initial=_next_year(round))
        if request.method == "POST" and form.is_valid():
            given = dict(form.cleaned_data)
            key = given.pop("form_key")
            return once(key, lambda: self._copy(request, round, given))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Copy for another year"),
            "round": round,
            "form": form,
            "back": reverse("admin:awards_round_change", args=[pk]),
            "counts": {"categories": round.categories.count(), "fields": round.fields.count()},
            "opts": self.opts,
        }
        return render(request, "admin/awards/round_copy.html", context)

    def _copy(self, request: HttpRequest, round: Round, given: dict) -> str:
        copied = round_copying.copy(round, **given, by=request.user)
        self.message_user(
            request, _("Copied: %(what)s.") % {"what": "; ".join(copied.lines)}
        )  # fmt: skip
        return reverse("admin:awards_round_change", args=[copied.round.pk])


def _next_year(round: Round) -> dict:
    """What the form starts with: the titles with the year counted on."""
    year = round.year + 1
    titles = {
        name: (getattr(round, name) or "").replace(str(round.year), str(year))
        for name in ("title_ru", "title_en")
    }
    return {**titles, "year": year, "edition": round.edition and round.edition + 1}
