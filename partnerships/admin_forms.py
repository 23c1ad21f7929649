"""Forms of the secretariat: a partnership, and the answer to a request."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.editing import VersionedFormMixin
from members.models import Member
from partnerships import stating
from partnerships.models import HelpRequest, OutsideCity, Partnership


class PartnershipForm(VersionedFormMixin):
    """A partnership: the pair that is on record already is named, with a link to it."""

    class Meta:
        model = Partnership
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("stated_by"):
            field.required = False
            field.help_text = _("Left empty, it is the first side.")

    def clean_stated_by(self):
        return self.cleaned_data.get("stated_by") or self.cleaned_data.get("member_a")

    def clean(self):
        cleaned = super().clean()
        one, partner = cleaned.get("member_a"), cleaned.get("member_b") or cleaned.get("city")
        if one and partner == one:
            self.add_error("member_b", _("A city is not its own sister city."))
        elif one and partner and not (cleaned.get("member_b") and cleaned.get("city")):
            self._refuse_twice(one, partner)
        return cleaned

    def _refuse_twice(self, one: Member, partner: Member | OutsideCity) -> None:
        found = stating.existing(one, partner)
        if found is None or found.pk == self.instance.pk:
            return
        address = reverse("admin:partnerships_partnership_change", args=[found.pk])
        words = _("These two have a record already.")
        self.add_error(None, format_html('{} <a href="{}">{}</a>', words, address, found))

    def _post_clean(self):
        """What stands above the form already is not said a second time by the constraints."""
        if not self.errors:
            super()._post_clean()


class AnswerForm(VersionedFormMixin):
    """The answer to a request of a member."""

    class Meta:
        model = HelpRequest
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 8})}

    def _post_clean(self):
        """The state and the moment go with the answer: the capability writes all three."""

    def clean_answer(self):
        text = self.cleaned_data.get("answer", "").strip()
        if not text:
            raise forms.ValidationError(_("Write the answer."), code="empty")
        return text
