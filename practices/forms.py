"""What a city writes about a practice, its own or one it took over."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content import pictures
from content.editing import OneTimeKeyMixin
from content.languages import in_language
from content.models import Topic
from hosting.forms import FilesField
from practices.models import Practice, RunningAnswer
from practices.models.practices import MOST_SIGNS, TEXTS, YEARS
from practices.moderating import ENDINGS, Offer

LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
TRANSLATED = ("title", "summary", *TEXTS, "cost_note", "contact_office")
FACTS = ("cost_amount", "cost_currency", "contact_email", "website", "starts_year", "ends_year")
CURRENCIES = [("", "—"), *((code, code) for code in ("RUB", "KZT", "KGS", "UZS", "USD", "EUR"))]


class LongTextField(forms.CharField):
    """A text that the browser counts and never cuts off: what is too long is told, and kept."""

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        return attrs | {"data-limit": attrs.pop("maxlength")}


def long_text(label, help_text="", rows: int = 6) -> LongTextField:
    """A text of up to 5,000 signs."""
    return LongTextField(
        label=label, help_text=help_text, max_length=MOST_SIGNS, required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class PracticeForm(OneTimeKeyMixin):
    """A practice in the language its city writes in."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    language = forms.ChoiceField(
        label=_("Language you write in"), choices=LANGUAGES,
        help_text=_("The secretariat sees to the translation."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In two sentences"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    problem = long_text(_("Problem"), _("What was wrong, for whom, how it showed."))
    action = long_text(_("What was done"), _("Step by step, so that another city can repeat it."))
    partners = long_text(_("Partners"), _("Who took part and in what."), rows=3)
    results = long_text(_("Results"), _("What changed; figures with their year and source."))
    transfer = long_text(
        _("What another city needs"), _("People, rules, equipment, time; what went wrong at first.")
    )
    cost_amount = forms.DecimalField(
        label=_("Cost"), max_digits=14, decimal_places=2, min_value=Decimal(0), required=False,
        localize=True,
    )  # fmt: skip
    cost_currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    cost_note = forms.CharField(
        label=_("Note on the cost"), max_length=300, required=False,
        help_text=_("Who paid, for how long."),
    )  # fmt: skip
    contact_office = forms.CharField(
        label=_("Whom to ask"), max_length=300, required=False,
        help_text=_("A department or an office, not a person."),
    )  # fmt: skip
    contact_email = forms.EmailField(label=_("E-mail of the office"), required=False)
    website = forms.URLField(label=_("Page of the practice"), required=False, assume_scheme="https")
    starts_year = forms.IntegerField(label=_("Since the year"), validators=YEARS)
    ends_year = forms.IntegerField(
        label=_("Until the year"), validators=YEARS, required=False,
        help_text=_("Empty: it is still running."),
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("Topics and goals"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Add a photo"), required=False, help_text=_("JPEG, PNG or WebP, up to 20 MB.")
    )
    photo_alt = forms.CharField(
        label=_("What the photo shows"), max_length=300, required=False,
        help_text=_("For those who do not see it."),
    )  # fmt: skip
    uploads = FilesField(
        endings=ENDINGS, label=_("Add files"), required=False,
        help_text=_("PDF, DOCX or XLSX, up to 20 MB each."),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, practice: Practice | None, data=None, files=None, initial=None):
        self.practice = practice
        super().__init__(data, files, initial={**(initial or {}), **self._stored()})
        self.fields["topics"].queryset = Topic.objects.filter(
            Q(kind="theme") | Q(kind="sdg", number__isnull=False)
        )
        self.fields["topics"].label_from_instance = lambda one: in_language(one, "title")[0]
        if practice is not None:
            self.fields["language"].required = False
            self.fields["language"].disabled = True
            self._offer_to_drop(practice)

    def _offer_to_drop(self, practice: Practice) -> None:
        kept = {
            "dropped": (_("Take out these files"), practice.files.select_related("file")),
            "dropped_pictures": (
                _("Take out these photos"), practice.pictures.select_related("picture")
            ),
        }  # fmt: skip
        for name, (label, rows) in kept.items():
            choices = [(str(one.pk), str(one)) for one in rows]
            if choices:
                self.fields[name] = forms.MultipleChoiceField(
                    label=label, required=False, choices=choices,
                    widget=forms.CheckboxSelectMultiple,
                )  # fmt: skip

    def _stored(self) -> dict[str, Any]:
        practice = self.practice
        if practice is None:
            return {"version": 0}
        language = practice.source_language
        texts = {name: getattr(practice, f"{name}_{language}") for name in TRANSLATED}
        facts = {name: getattr(practice, name) for name in (*FACTS, "version")}
        return {**texts, **facts, "language": language, "topics": list(practice.topics.all())}

    @property
    def written_in(self) -> str:
        """The language of the texts: chosen once, with the first save."""
        if self.practice is not None:
            return self.practice.source_language
        return self.cleaned_data["language"]

    def clean_photo(self):
        upload = self.cleaned_data.get("photo")
        return pictures.accept_upload(upload) if upload else None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("photo") and not cleaned.get("photo_alt"):
            self.add_error("photo_alt", _("Describe the photo for those who do not see it."))
        if cleaned.get("cost_amount") is not None and not cleaned.get("cost_currency"):
            self.add_error("cost_currency", _("Choose the currency of the cost."))
        first, last = cleaned.get("starts_year"), cleaned.get("ends_year")
        if first and last and last < first:
            self.add_error("ends_year", _("The last year lies before the first one."))
        return cleaned

    def offer(self) -> Offer:
        """What was written, once the form was found right."""
        cleaned, language = self.cleaned_data, self.written_in
        return Offer(
            texts={f"{name}_{language}": cleaned[name] for name in TRANSLATED},
            facts={name: cleaned[name] for name in FACTS},
            topics=list(cleaned["topics"]),
            uploads=cleaned["uploads"],
            dropped=[int(pk) for pk in cleaned.get("dropped", [])],
            photo=cleaned["photo"],
            alt={f"alt_{language}": cleaned["photo_alt"]},
            dropped_pictures=[int(pk) for pk in cleaned.get("dropped_pictures", [])],
        )

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in groups with their headings, for the template."""
        names = [
            (_("In short"), ("language", "title", "summary")),
            (_("What happened"), ("problem", "action", "partners", "results", "transfer")),
            (_("Cost"), ("cost_amount", "cost_currency", "cost_note")),
            (_("When and about what"), ("starts_year", "ends_year", "topics")),
            (_("Contact"), ("contact_office", "contact_email", "website")),
            (
                _("Photos and files"),
                ("photo", "photo_alt", "dropped_pictures", "uploads", "dropped"),
            ),
        ]
        return [
            (heading, [self[name] for name in group if name in self.fields])
            for heading, group in names
        ]


class AdoptionForm(OneTimeKeyMixin):
    """City B tells that it used a practice."""

    note = forms.CharField(
        label=_("What you took over and what came of it"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language you write in"), choices=LANGUAGES)
    use_required_attribute = False


class RunningForm(OneTimeKeyMixin):
    """The answer to "Is it still running?"."""

    answer = forms.ChoiceField(
        label=_("Is it still running?"), choices=RunningAnswer.Answer, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What changed, or why it ended. Readers see it with today's date."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language you write in"), choices=LANGUAGES)
    use_required_attribute = False
