"""The filter of the network, and the forms of the cabinet: statements, answers, requests."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from content import dated, privatefiles
from content.editing import OneTimeKeyMixin, VersionedFormMixin
from content.languages import in_language
from members.models import Member
from partnerships import network, sides, stating
from partnerships.models import HelpRequest, OutsideCity, Partnership
from partnerships.partialdates import PartialDateField

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
ENDINGS = (".pdf", ".docx", ".jpg", ".jpeg", ".png")
Stage = Partnership.Stage


class NetworkForm(forms.Form):
    """The filter above the network; an unknown value narrows nothing."""

    q = forms.CharField(
        label=_("City"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    member = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data, auto_id="filter_%s")
        self.fields["country"].choices = [("", _("All countries")), *network.countries()]
        self.fields["stage"].choices = [
            ("", _("Any stage")),
            *((one.value, str(one.label).capitalize()) for one in Stage),
        ]

    def selects(self) -> list[forms.BoundField]:
        return [self["country"], self["stage"]]


class FactsForm(forms.ModelForm):
    """What a side says of a partnership: kind, stage, dates, the agreement."""

    signed = PartialDateField(label=_("Signed"), required=False)
    ended = PartialDateField(label=_("Ended"), required=False)
    upload = forms.FileField(
        label=_("The agreement as a file"), required=False,
        help_text=_("PDF, DOCX or a picture, up to 20 MB. Only both sides and the secretariat "
                    "can fetch it."),
    )  # fmt: skip

    class Meta:
        model = Partnership
        fields = ["kind", "stage", "agreement_ru", "agreement_en"]

    def __init__(self, *args, by: Any, **kwargs):
        self.by = by
        super().__init__(*args, **kwargs)
        for name, label in (("kind", _("Kind of the tie")), ("stage", _("Stage"))):
            self.fields[name].label = label
        for name in ("agreement_ru", "agreement_en"):
            self.fields[name].label = _("Title of the agreement")
            self.fields[name].required = False
        row = self.instance
        self.initial["signed"] = (row.signed_on, row.signed_precision)
        self.initial["ended"] = (row.ended_on, row.ended_precision)

    def clean_upload(self):
        """Looked at here, stored with the facts alone: a refused form leaves no file behind."""
        if upload := self.cleaned_data.get("upload"):
            privatefiles.refuse(upload, endings=ENDINGS)
        return upload

    def clean(self):
        cleaned = super().clean()
        stage, signed = cleaned.get("stage"), cleaned.get("signed")
        if "signed" not in self.errors:
            if stage == Stage.SIGNED and not signed and not self.instance.is_date_unknown:
                self.add_error("signed", _("Say when it was signed; the year is enough."))
            if signed and signed[0] > dated.today() and stage != Stage.PREPARATION:
                self.add_error("signed", _("This day is still to come."))
        if "ended" not in self.errors and cleaned.get("ended"):
            if stage != Stage.ENDED:
                self.add_error("ended", _("An end is for partnerships that have ended."))
            elif signed and dated.last_day(*cleaned["ended"]) < signed[0]:
                self.add_error("ended", _("It cannot end before it was signed."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The fields of the model as they shall be; the upload is stored now."""
        data = self.cleaned_data
        signed = data["signed"] or (None, dated.Precision.DAY)
        ended = data["ended"] or (None, dated.Precision.DAY)
        given = {name: data[name] for name in self._meta.fields}
        given |= {"signed_on": signed[0], "signed_precision": signed[1]}
        given |= {"ended_on": ended[0], "ended_precision": ended[1]}
        if upload := data.get("upload"):
            given["file"] = privatefiles.store(upload, "agreement", self.by, endings=ENDINGS)
        return given

    def take_error(self, error: ValidationError) -> None:
        """Show what a capability refuses beside its field, or above the form."""
        for name, texts in getattr(error, "message_dict", {"__all__": error.messages}).items():
            shown = {"signed_on": "signed", "ended_on": "ended"}.get(name, name)
            for text in texts:
                self.add_error(shown if shown in self.fields else None, text)


class StatementForm(VersionedFormMixin, FactsForm):
    """A change of what is on record; a newer version is not overwritten."""


class NewPartnershipForm(OneTimeKeyMixin, FactsForm):
    """A new partnership: the other city by its name, known here or added with its country.

    After a valid post `partner()` is the other side. `existing` is the record this pair has.
    """

    partner_name = forms.CharField(
        label=_("Partner city"), max_length=150, widget=forms.TextInput(attrs={"list": "cities"}),
        help_text=_("By any of its names, in Russian or English."),
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Its country"), required=False)
    choice = forms.ChoiceField(
        label=_("Which one do you mean"), required=False, widget=forms.RadioSelect
    )
    is_new = forms.BooleanField(
        label=_("Add this city: it is not on the list"), required=False,
        help_text=_("Choose its country above."),
    )  # fmt: skip
    other_name = forms.CharField(
        label=_("Its name in the other language"), max_length=150, required=False
    )

    field_order = [
        "partner_name", "country", "choice", "is_new", "other_name", "kind", "stage", "signed",
        "ended", "agreement_ru", "agreement_en", "upload",
    ]  # fmt: skip

    def __init__(self, *args, member: Member, **kwargs):
        self.member = member
        self.existing: Partnership | None = None
        self._partner: Member | OutsideCity | None = None
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Not chosen")), *sides.country_choices()]
        if len(self.found) > 1:
            self.fields["choice"].choices = [(one.code, one.label) for one in self.found]
        else:
            del self.fields["choice"]

    @cached_property
    def found(self) -> list[sides.Candidate]:
        """Who bears the name that was typed."""
        if not self.is_bound:
            return []
        typed = [str(self.data.get(name) or "")[:150] for name in ("partner_name", "country")]
        return sides.candidates(*typed)

    def clean(self):
        cleaned = super().clean()
        if "partner_name" in self.errors or "country" in self.errors:
            return cleaned
        self._choose(cleaned)
        if self._partner is not None:
            self._refuse_pair()
        return cleaned

    def _choose(self, cleaned: dict) -> None:
        if len(self.found) == 1:
            self._partner = self.found[0].record
        elif self.found:
            chosen = {one.code: one.record for one in self.found}
            self._partner = chosen.get(cleaned.get("choice") or "")
            if self._partner is None and "choice" not in self.errors:
                self.add_error("choice", _("Several cities bear this name. Choose one."))
        elif not cleaned.get("is_new"):
            self.add_error(
                "partner_name",
                _(
                    "We know no city of this name. Check the spelling, or choose its country and "
                    "tick “Add this city”."
                ),
            )
        elif not cleaned.get("country"):
            self.add_error("country", _("Choose the country of the new city."))

    def _refuse_pair(self) -> None:
        if self._partner == self.member:
            self.add_error("partner_name", _("A city is not its own sister city."))
        elif found := stating.existing(self.member, self._partner):
            self.existing = found
            self.add_error("partner_name", _("These two have a record already."))

    def partner(self) -> Member | OutsideCity:
        """The other side; a new city is added to the list now."""
        if self._partner is not None:
            return self._partner
        data = self.cleaned_data
        own, other = ("ru", "en") if CYRILLIC.search(data["partner_name"]) else ("en", "ru")
        names = {f"name_{own}": data["partner_name"], f"name_{other}": data["other_name"]}
        return sides.add_city(data["country"], **names)


class DissentForm(forms.Form):
    """What is not so: in words, or another stage, or another date."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What is not so"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    stage = forms.ChoiceField(
        label=_("Another stage"), required=False, choices=[("", _("As stated")), *Stage.choices]
    )
    signed = PartialDateField(label=_("Another date of the agreement"), required=False)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(n) for n in ("reason", "stage", "signed")):
            self.add_error("reason", _("Say what is not so."))
        return cleaned

    def dissent(self) -> stating.Dissent:
        data = self.cleaned_data
        day, precision = data["signed"] or (None, dated.Precision.DAY)
        return stating.Dissent(data["reason"], data["stage"], day, precision)


class HelpForm(OneTimeKeyMixin, forms.ModelForm):
    """A request to the secretariat."""

    country = forms.ChoiceField(label=_("Country of the partner"), required=False)
    to = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)

    class Meta:
        model = HelpRequest
        fields = ["kind", "subject", "text", "wished_city"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    field_order = ["kind", "subject", "text", "country", "wished_city"]

    def __init__(self, *args, member: Member, to: str = "", **kwargs):
        self.member = member
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("In Russian or in English.")
        self.fields["country"].choices = [("", _("Any country")), *sides.country_choices()]
        if to and (wished := self._member_at(to)):
            name = in_language(wished, "name")[0]
            self.initial |= {"to": to, "wished_city": name, "country": wished.country.code}
            self.initial["subject"] = _("Introduction to %(city)s") % {"city": name}

    def _member_at(self, slug: str) -> Member | None:
        others = Member.objects.members().exclude(pk=self.member.pk)
        return others.select_related("country").filter(slug=slug).first()

    def wish(self) -> dict[str, Any]:
        """The fields of the request as they shall be; its country is made where it is new."""
        data = self.cleaned_data
        given = {name: data[name] for name in self._meta.fields}
        given["wished_country"] = sides.country(data["country"]) if data["country"] else None
        given["wished_member"] = self._member_at(data["to"]) if data["to"] else None
        return given
