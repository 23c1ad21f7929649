"""What staff type at the desks of sealing and of corrections."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.editing import VersionedFormMixin
from content.sortkeys import sort_key
from content.timezones import association_zone, zone_words
from questionnaires.checking_forms import choices_of, corrected_value
from questionnaires.models import Response
from questionnaires.refusals import Refused
from ratings.models import Edition, Indicator
from standings.models import Erratum


class MomentForm(forms.Form):
    """From when results are public, by the association's clock."""

    publish_at = forms.SplitDateTimeField(label=_("public from"), widget=AdminSplitDateTime)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = zone_words(timezone.now(), association_zone())
        self.fields["publish_at"].help_text = _("By this clock: %s.") % words


class ReasonForm(VersionedFormMixin):
    """What was wrong: everybody reads it beside the results."""

    class Meta:
        model = Erratum
        fields = ["reason_ru", "reason_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in fields}


class ChooseForm(forms.Form):
    """Which answer is corrected: the city and the question."""

    response = forms.ModelChoiceField(label=_("city"), queryset=Response.objects.none())
    indicator = forms.ModelChoiceField(label=_("question"), queryset=Indicator.objects.none())

    def __init__(self, edition: Edition, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = (get_language() or "ru")[:2]
        cities = edition.responses.counted().select_related("member")
        self.fields["response"].queryset = cities
        named = [(one.pk, one.name_in(language)) for one in cities]
        named.sort(key=lambda one: sort_key(one[1]))
        self.fields["response"].choices = [("", "---------"), *named]
        asked = Indicator.objects.filter(edition=edition).exclude(kind=Indicator.Kind.TEXT)
        self.fields["indicator"].queryset = asked.order_by("group__order", "group", "order", "pk")


class ChangeForm(forms.Form):
    """What counts instead of one answer, and why."""

    value = forms.CharField(label=_("counts instead"), required=False, max_length=60)
    is_nothing = forms.BooleanField(label=_("counts as not answered"), required=False)
    reason = forms.CharField(
        label=_("reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, indicator: Indicator, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        if choices := choices_of(indicator):
            self.fields["value"] = forms.ChoiceField(
                label=self.fields["value"].label, required=False, choices=[("", "—"), *choices]
            )

    def clean(self):
        cleaned = super().clean()
        cleaned["number"] = None
        if not cleaned.get("is_nothing"):
            try:
                cleaned["number"] = corrected_value(self.indicator, cleaned.get("value", "")).value
            except Refused as refused:
                self.add_error("value", str(refused))
        elif cleaned.get("value"):
            self.add_error("is_nothing", _("Give a value, or say that it counts as not answered."))
        return cleaned
