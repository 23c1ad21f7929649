"""The directory of members: what can be filtered, and the filtered list."""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.languages import in_language, reading_order
from content.sortkeys import sort_key
from members.models import Member, SizeCategory
from members.models.member import MemberQuerySet

NOT_STATED = "none"


@dataclass(frozen=True)
class Choices:
    """What the members of today can be narrowed by, in the order in which it is offered."""

    countries: list[tuple[str, str]]
    letters: list[str]
    sizes: list[SizeCategory]


def choices_of_today(language: str | None = None) -> Choices:
    """Countries, letters and size categories in two queries."""
    code = reading_order(language)[0]
    rows = Member.objects.members().order_by().values(
        "country__code", "country__name_ru", "country__name_en", f"initial_{code}"
    )  # fmt: skip
    countries, letters = {}, set()
    for row in rows.distinct():
        names = [row[f"country__name_{one}"] for one in reading_order(code)]
        countries[row["country__code"]] = next(filter(None, names))
        letters.add(row[f"initial_{code}"])
    return Choices(
        countries=sorted(countries.items(), key=lambda pair: sort_key(pair[1])),
        letters=sorted(letters, key=sort_key),
        sizes=list(SizeCategory.objects.on()),
    )


class DirectoryForm(forms.Form):
    """The filter above the list; an unknown value is told and narrows nothing."""

    q = forms.CharField(
        label=_("City or association"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), required=False)
    size = forms.ChoiceField(label=_("Population"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    letter = forms.CharField(required=False, max_length=2, widget=forms.HiddenInput)

    def __init__(self, data, choices: Choices):
        super().__init__(data, auto_id="filter_%s")
        self.sizes = {size.code: size for size in choices.sizes}
        self.fields["country"].choices = [("", _("All countries")), *choices.countries]
        self.fields["size"].choices = [
            ("", _("Any size")),
            *((size.code, str(size)) for size in choices.sizes),
            (NOT_STATED, _("Not stated")),
        ]
        kinds = [(kind.value, str(kind.label).capitalize()) for kind in Member.Kind]
        self.fields["kind"].choices = [("", _("Any kind")), *kinds]

    def narrowed(self, members: MemberQuerySet, language: str | None = None) -> MemberQuerySet:
        """The members that match what was chosen."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if "q" in chosen:
            members = members.named_like(chosen["q"])
        if "country" in chosen:
            members = members.filter(country__code=chosen["country"])
        if "kind" in chosen:
            members = members.filter(kind=chosen["kind"])
        if "letter" in chosen:
            code = reading_order(language)[0]
            members = members.filter(**{f"initial_{code}": chosen["letter"].upper()})
        if "size" in chosen:
            members = members.with_population().filter(self._of_size(chosen["size"]))
        return members

    def _of_size(self, code: str) -> Q:
        if code == NOT_STATED:
            return Q(population__isnull=True)
        size = self.sizes[code]
        bounds = Q(population__gte=size.minimum)
        return bounds if size.maximum is None else bounds & Q(population__lt=size.maximum)

    def address_of(self, letter: str) -> str:
        """The query of the same list under a letter; of all letters when it is empty."""
        kept = {
            name: value
            for name, value in self.data.items()
            if name in self.fields and name != "letter" and value
        }
        return "?" + urlencode(kept | ({"letter": letter} if letter else {}))


def under_letters(members, language: str | None = None) -> list[tuple[str, list[dict]]]:
    """The rows of a page by letter: slug, name, country, and the languages these fall back to."""
    code = reading_order(language)[0]
    groups = groupby(members, key=lambda member: getattr(member, f"initial_{code}"))
    return [(letter, [_row(member, code) for member in group]) for letter, group in groups]


def _row(member: Member, code: str) -> dict:
    name, language = in_language(member, "name", code)
    country, country_language = in_language(member.country, "name", code)
    return {
        "slug": member.slug,
        "name": name,
        "language": language if language != code else "",
        "country": country,
        "country_language": country_language if country_language != code else "",
    }
