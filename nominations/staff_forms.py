"""What staff write about calls and dossiers."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content import dated, privatefiles, timezones
from content.editing import OneTimeKeyMixin, VersionedFormMixin
from members.models import Member
from nominations import sending, texts
from nominations.models import Dossier, LetterKind, SectionText
from nominations.models.calls import LANGUAGES
from nominations.nominating import Choice

# Where givers of honours sit, beside the zones of the region.
GIVERS_ZONES = [
    ("Africa/Nairobi", _("Nairobi")),
    ("Europe/Madrid", _("Barcelona")),
    ("Asia/Shanghai", _("Guangzhou")),
    ("America/Mexico_City", _("Mexico City")),
    ("America/New_York", _("New York")),
]


# Browsers take no other form of a day, whatever the language is.
DAY_INPUT = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class OutsideCallForm(VersionedFormMixin):
    """A call of another giver."""

    languages = forms.MultipleChoiceField(
        label=_("languages accepted"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    letters_needed = forms.MultipleChoiceField(
        label=_("letters required"), choices=LetterKind, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each in a language that the giver accepts."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title_ru", "title_en"):
            if name in self.fields:
                self.fields[name].required = False
        if "time_zone" in self.fields:
            choices = [*timezones.choices(), *GIVERS_ZONES]
            own = self.instance.time_zone
            if own not in dict(choices):
                choices.append((own, own))
            label = self.fields["time_zone"].label
            self.fields["time_zone"] = forms.ChoiceField(label=label, choices=choices)


class DossierForm(VersionedFormMixin):
    """A dossier that staff begin or correct."""

    def clean(self):
        cleaned = super().clean()
        if "title_ru" in self.fields and not (cleaned.get("title_ru") or cleaned.get("title_en")):
            self.add_error("title_ru", _("Give it in Russian or in English."))
        call, member = cleaned.get("call"), cleaned.get("member")
        if call and member:
            standing = Dossier.objects.filter(call=call, member=member)
            if standing.exclude(state__in=Dossier.OVER).exists():
                self.add_error("member", _("This city has a dossier for this call already."))
        return cleaned


class EnglishTextForm(VersionedFormMixin):
    """The English text under one heading, beside the Russian one it is made from."""

    source_seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SectionText
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 18, "cols": 90, "lang": "en"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["source_seen"] = getattr(self.instance, "source_hash", None) or ""
        if "text" in self.fields:
            self.fields["text"].label = capfirst(_("text in English"))

    def clean(self):
        """The dossier stays as it is until the text is saved."""
        cleaned = super().clean()
        dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=self.instance.dossier_id)
        if dossier.state != Dossier.State.WRITING:
            self.add_error(None, _("Texts are written while the dossier is being prepared."))
        if reason := texts.over_limit(self.instance.section, cleaned.get("text") or ""):
            self.add_error("text", reason)
        return cleaned


class DeedForm(OneTimeKeyMixin):
    """A deed about a dossier; `dossier` is as it was when the page was opened."""

    use_required_attribute = False

    def __init__(self, dossier: Dossier, *args, **kwargs):
        self.dossier = dossier
        super().__init__(*args, **kwargs)


class NominatorForm(DeedForm):
    """Who nominates the city."""

    kind = forms.ChoiceField(label=_("Nominated by"), choices=Dossier.Nominator)
    member = forms.ModelChoiceField(
        Member.objects.none(), label=_("Which member"), required=False,
        help_text=_("Where another member nominates."),
    )  # fmt: skip
    name_ru = forms.CharField(
        label=_("Organisation, in Russian"), max_length=300, required=False,
        help_text=_("Where an organisation nominates."),
    )  # fmt: skip
    name_en = forms.CharField(label=_("Organisation, in English"), max_length=300, required=False)

    def __init__(self, dossier: Dossier, *args, **kwargs):
        super().__init__(dossier, *args, **kwargs)
        others = Member.objects.exclude(pk=dossier.member_id).order_by("name_ru")
        self.fields["member"].queryset = others
        is_new = dossier.state == Dossier.State.INTEREST and dossier.nominator == "self"
        self.initial |= {
            "kind": Dossier.Nominator.SECRETARIAT if is_new else dossier.nominator,
            "member": dossier.nominating_member_id,
            "name_ru": dossier.nominator_ru,
            "name_en": dossier.nominator_en,
        }

    def choice(self) -> Choice:
        """Who was chosen, once the form was found right."""
        return Choice(**{name: self.cleaned_data[name] for name in Choice.__dataclass_fields__})


class DeclineForm(DeedForm):
    """Why a city is not nominated."""

    reason = forms.CharField(
        label=_("Why it is not nominated"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The city reads this."),
    )  # fmt: skip


class PlainForm(DeedForm):
    """A deed that asks nothing."""


class SendForm(DeedForm):
    """That the dossier was sent, with the proof."""

    sent_on = forms.DateField(label=_("Sent on"), initial=dated.today, widget=DAY_INPUT)
    upload = forms.FileField(
        label=_("Proof as a file"), required=False,
        help_text=_("The confirmation page, the message or the postal receipt."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Proof in words"), max_length=500, required=False,
        help_text=_("Number of the receipt, address and hour of the message."),
    )  # fmt: skip
    knows_late = forms.BooleanField(label=_("It was sent after the deadline"), required=False)

    def clean_upload(self):
        if upload := self.cleaned_data["upload"]:
            privatefiles.refuse(upload)
        return upload

    def clean(self):
        cleaned = super().clean()
        if "upload" in cleaned and not cleaned["upload"] and not cleaned.get("words"):
            self.add_error(
                "words",
                _("Give the proof of sending: a file, or what the message or receipt says."),
            )
        day = cleaned.get("sent_on")
        late = sending.lateness(self.dossier.call, day) if day else ""
        if late and not cleaned.get("knows_late"):
            self.add_error("knows_late", late)
        return cleaned


class ReceiptForm(DeedForm):
    """That the giver confirmed the receipt."""

    on = forms.DateField(
        label=_("Receipt confirmed on"), initial=dated.today,
        widget=DAY_INPUT,
    )  # fmt: skip
    words = forms.CharField(label=_("Words of the giver"), max_length=500, required=False)


class OutcomeForm(DeedForm):
    """How it ended, or how far it came."""

    outcome = forms.ChoiceField(label=_("Result"), choices=Dossier.Outcome)
    on = forms.DateField(
        label=_("Day of the result"), required=False,
        widget=DAY_INPUT,
    )  # fmt: skip
    source = forms.CharField(label=_("Where it is said"), max_length=300, required=False)
    url = forms.URLField(
        label=_("Page of the result"), max_length=500, required=False, assume_scheme="https"
    )  # fmt: skip


class LaureateForm(DeedForm):
    """What the city is honoured for, as the giver says it."""

    citation_ru = forms.CharField(
        label=_("Citation in Russian"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    citation_en = forms.CharField(
        label=_("Citation in English"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
