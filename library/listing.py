"""The list of the library: what a row says, and what readers narrow it by."""

from django import forms
from django.db.models.functions import ExtractYear
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content import cacheversion
from content.languages import in_language, reading_order
from library.models import Publication


class LibraryFilterForm(forms.Form):
    """Kind and year, both from the address; what is unknown is refused beside its field."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        self.fields["year"].choices = years

    def narrowed(self, publications):
        """The publications that match; all of them when the address says nothing valid."""
        if not self.is_valid():
            return publications
        if kind := self.cleaned_data["kind"]:
            publications = publications.filter(kind=kind)
        if year := self.cleaned_data["year"]:
            publications = publications.filter(dated_on__year=year)
        return publications


def kinds() -> list[tuple]:
    """The kinds that are in the library, in their usual order, as choices."""

    def used() -> list[str]:
        return list(Publication.objects.published().order_by().values_list("kind").distinct())

    found = {row[0] for row in cacheversion.remembered("library-kinds", used)}
    named = [(kind.value, capfirst(kind.label)) for kind in Publication.Kind if kind in found]
    return [("", _("Every kind")), *named]


def years() -> list[tuple]:
    """The years that publications are dated, newest first, as choices."""

    def used() -> list[int]:
        dated = Publication.objects.published().order_by().annotate(year=ExtractYear("dated_on"))
        return sorted(dated.values_list("year", flat=True).distinct(), reverse=True)

    found = cacheversion.remembered("library-years", used)
    return [("", _("All years")), *((str(year), str(year)) for year in found)]


def rows(publications) -> list[dict]:
    """Rows of a list: expects the files to be fetched (`with_files`)."""
    return [_row(one) for one in publications]


def _row(publication: Publication) -> dict:
    title, language = in_language(publication, "title")
    return {
        "publication": publication,
        "url": publication.get_absolute_url(),
        "title": title,
        "lang": language if language != reading_order()[0] else "",
        "kind": capfirst(publication.get_kind_display()),
        "files": files_for(publication),
    }


def files_for(publication: Publication) -> list:
    """The files of a publication, that in the reader's language first."""
    order = [(get_language() or "ru")[:2], "both"]
    found = publication.files.all()
    for one in found:
        one.publication = publication
    return sorted(
        found, key=lambda one: order.index(one.language) if one.language in order else len(order)
    )
