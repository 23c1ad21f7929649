"""The filter above the directory of members."""

from urllib.parse import urlencode

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content import dated
from members.as_of import AsOfForm
from members.directory import FORMER, NOT_STATED, SUSPENDED, Choices
from members.models import Member

FIRST_YEAR = 1900
RARER = ("topic", "status", "since", "as_of")


class DirectoryForm(AsOfForm):
    """What to show of the members; an unknown value is told and narrows nothing."""

    q = forms.CharField(
        label=_("City or association"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), required=False)
    size = forms.ChoiceField(label=_("Population"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    since = forms.IntegerField(
        label=_("Joined in this year or later"), required=False, min_value=FIRST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    letter = forms.CharField(required=False, max_length=2, widget=forms.HiddenInput)

    def __init__(self, data, choices: Choices):
        super().__init__(data, auto_id="filter_%s")
        self.fields["as_of"].widget = forms.TextInput(attrs={"placeholder": "2015-06-30"})
        self._offer("country", _("All countries"), [
            (code, name) for code, (name, _language) in choices.countries.items()
        ])  # fmt: skip
        self._offer("size", _("Any size"), [
            *((size.code, size.name) for size in choices.sizes), (NOT_STATED, _("Not stated"))
        ])  # fmt: skip
        self._offer("kind", _("Any kind"), [
            (kind.value, capfirst(str(kind.label))) for kind in Member.Kind
        ])  # fmt: skip
        self._offer("topic", _("Any topic"), list(choices.topics.items()))
        self._offer("status", _("Members"), [
            (SUSPENDED, _("Suspended members")), (FORMER, _("Former members"))
        ])  # fmt: skip

    def _offer(self, name: str, everything, offered: list[tuple]) -> None:
        self.fields[name].choices = [("", everything), *offered]

    def clean_since(self) -> int | None:
        year = self.cleaned_data["since"]
        if year and year > dated.today().year:
            raise forms.ValidationError(_("This year is still to come."))
        return year

    @property
    def chosen(self) -> dict:
        """What narrows the list, without what is empty or was refused."""
        return {
            name: value for name, value in self.cleaned_data.items() if value and name != "as_of"
        }

    @property
    def is_told_more(self) -> bool:
        """Whether the rarer filters are in use or refused: then they stand open."""
        return any(self[name].data or self[name].errors for name in RARER)

    def kept(self, **changed: str) -> str:
        """The query of the same list with other values: an empty one is left out."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        kept = {name: value for name, value in (typed | changed).items() if value}
        return "?" + urlencode(kept)

    def selects(self) -> list[forms.BoundField]:
        """The lists to choose from, for a template that writes them without widgets."""
        return [self[name] for name in ("country", "size", "kind")]

    def rarer_selects(self) -> list[forms.BoundField]:
        return [self[name] for name in ("topic", "status")]

    def rarer_texts(self) -> list[forms.BoundField]:
        return [self[name] for name in ("since", "as_of")]
