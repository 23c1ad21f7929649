"""Tools of the ratings desk: the structure with its live check, the opening, the next edition."""

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.editing import OneTimeKeyMixin, answered, once
from content.keys import as_key
from ratings import cloning, live_check, opening, phases, reordering, staying, structure_table
from ratings.edition_forms import CloneForm
from ratings.models import Edition, Indicator
from ratings.outline import outline


class NextEditionForm(OneTimeKeyMixin, CloneForm):
    """The next edition; a second click makes no second one."""


class EditionToolsMixin:
    """For the admin of editions: pages below that of one edition."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/structure/", wrap(self.structure_view), name="ratings_edition_structure"
            ),
            path("<int:pk>/clone/", wrap(self.clone_view), name="ratings_edition_clone"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("tools"))
    def tools(self, edition: Edition) -> str:
        """Links to what can be done with an edition beside its form."""
        if not edition.pk:
            return _("After the first save.")
        links = [
            (reverse("admin:ratings_edition_structure", args=[edition.pk]),
             _("What is asked, with the live check")),
            (reverse("admin:ratings_edition_clone", args=[edition.pk]),
             _("Make the next edition from this one")),
        ]  # fmt: skip
        if edition.opened_at:
            # Pages of other apps, known by their names.
            links.append(
                (reverse("admin:questionnaires_response_edition", args=[edition.pk]),
                 _("Who takes part"))
            )  # fmt: skip
            links.append(
                (reverse("questionnaires:queue", args=[edition.pk]), _("Check the answers"))
            )
            links.append((reverse("admin:standings_desk", args=[edition.pk]), _("Draft results")))
        if edition.is_public() and edition.rating.is_public():
            links.append((edition.get_absolute_url(), _("See it as readers do")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def structure_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The tree with weights and gaps, what the live check says, the opening."""
        edition = self._edition(request, pk)
        if request.method == "POST":
            if not self.has_add_permission(request):
                raise PermissionDenied
            self._do(request, edition)
            return HttpResponseRedirect(request.path)
        whole = outline(edition)
        found = live_check.problems_of(whole)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What is asked"),
            "edition": edition,
            "status": phases.Phase.of(edition).label,
            "words": staying.words(edition),
            "errors": [one for one in found if one.is_error],
            "warnings": [one for one in found if not one.is_error],
            "rows": structure_table.rows(whole),
            "scales": structure_table.scales(whole),
            "may_change": self.has_add_permission(request),
            "may_add": self.has_add_permission(request)
            and not staying.rows_stay(Indicator, edition),
            "may_move": self.has_add_permission(request) and not edition.sealed_at,
            "back": reverse("admin:ratings_edition_change", args=[pk]),
            "opts": self.opts,
        }
        return render(request, "admin/ratings/structure.html", context)

    def _edition(self, request: HttpRequest, pk: int) -> Edition:
        edition = Edition.objects.select_related("rating", "method").filter(pk=pk).first()
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        if edition is None:
            raise Http404
        return edition

    def _do(self, request: HttpRequest, edition: Edition) -> None:
        """The deed that was posted: open, take back, or "group-12-up"."""
        deed = request.POST.get("deed", "")
        if deed == "open":
            self._open(request, edition)
        elif deed == "take-back":
            self._take_back(request, edition)
        else:
            _move(edition, request.POST.get("move", ""))

    def _open(self, request: HttpRequest, edition: Edition) -> None:
        try:
            opening.open_questionnaire(edition, request.user)
        except opening.NotReady:
            words = _("Not opened: put right what the check calls errors.")
            self.message_user(request, words, messages.ERROR)
        else:
            self.message_user(
                request, _("The questionnaire is open from the beginning of its window on.")
            )

    def _take_back(self, request: HttpRequest, edition: Edition) -> None:
        try:
            opening.take_back(edition, request.user)
        except opening.Answered as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            self.message_user(request, _("The questionnaire is closed again."))

    def clone_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for year, address and title, then makes the draft and says what was copied."""
        edition = self._edition(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = NextEditionForm(
            request.POST or None, edition=edition, initial=_next_year(edition)
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            given = dict(form.cleaned_data)
            key = given.pop("form_key")
            return once(key, lambda: self._clone(request, edition, given))
        context = {
            **self.admin_site.each_context(request),
            "title": _("The next edition"),
            "edition": edition,
            "form": form,
            "back": reverse("admin:ratings_edition_change", args=[pk]),
            "opts": self.opts,
        }
        return render(request, "admin/ratings/clone.html", context)

    def _clone(self, request: HttpRequest, edition: Edition, given: dict) -> str:
        cloned = cloning.clone(edition, **given, by=request.user)
        self.message_user(request, _("Copied: %(what)s.") % {"what": "; ".join(cloned.lines)})
        return reverse("admin:ratings_edition_structure", args=[cloned.edition.pk])


def _move(edition: Edition, words: str) -> None:
    """ "group-12-up": anything else is nobody's button."""
    kind, key, way = [*words.split("-"), "", "", ""][:3]
    if as_key(key) is None or kind not in reordering.KINDS:
        raise Http404
    try:
        reordering.move(edition, kind, as_key(key), way)
    except ObjectDoesNotExist:
        raise Http404 from None


def _next_year(edition: Edition) -> dict:
    """What the form starts with: two years on, as the rating is held, and titles to match."""
    year = edition.year + 2
    titles = {
        name: (getattr(edition, name) or "").replace(str(edition.year), str(year))
        for name in ("title_ru", "title_en")
    }
    return {**titles, "year": year, "slug": str(year)}
