"""What readers type about their subscription, and staff about an issue."""

import datetime
import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import dated
from content.editing import OneTimeKeyMixin
from content.models import Topic
from mailing.models import normalised_address
from newsletter import consent, sources
from newsletter.models import Bulletin, Subscription
from newsletter.subscribing import Wish

BREAKS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
LONGEST_PERIOD = datetime.timedelta(days=366)


class AddressField(forms.EmailField):
    """An e-mail address, in one spelling; what is wrong with it is said."""

    def to_python(self, value):
        typed = "" if value is None else str(value).strip()
        if BREAKS.search(typed):
            raise forms.ValidationError(
                _("An address stands in one line: take the line break out."), code="line_break"
            )
        if UNSEEN.search(typed):
            raise forms.ValidationError(
                _("There is a character in the address that nobody sees: type the address anew."),
                code="unseen",
            )
        if len(re.findall("@", typed)) > 1 or re.search(r"[,;]", typed):
            raise forms.ValidationError(
                _("Give one address: several are subscribed one after another."), code="several"
            )
        return normalised_address(super().to_python(typed))


class WishForm(forms.Form):
    """Language, topics and kinds: what the settings of a subscription are."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=Subscription._meta.get_field("language").choices,
        help_text=gettext_lazy("Letters have both languages: this one comes first."),
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics"), queryset=Topic.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all topics."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What the letters tell about"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: everything."),
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.filter(kind=Topic.Kind.THEME)
        self.fields["kinds"].choices = sources.choices()

    def wish(self) -> Wish:
        """What was chosen; ask after `is_valid`."""
        data = self.cleaned_data
        return Wish(data["language"], list(data["topics"]), list(data["kinds"]))


class SubscribeForm(WishForm):
    """The address and the consent besides."""

    email = AddressField(
        label=gettext_lazy("E-mail"), max_length=254,
        help_text=gettext_lazy("We send a link there: letters come once you have opened it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=consent.TEXT, help_text=consent.MEANING,
        error_messages={"required": gettext_lazy("Without this we cannot keep your address.")},
    )  # fmt: skip

    field_order = ["email", "language", "topics", "kinds", "consent"]


class ComposeForm(OneTimeKeyMixin):
    """The period of a new issue, and what is looked for."""

    starts_on = forms.DateField(label=gettext_lazy("Published from"))
    ends_on = forms.DateField(label=gettext_lazy("Published until"))
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: everything."),
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics"), queryset=Topic.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all topics."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.filter(kind=Topic.Kind.THEME)
        self.fields["kinds"].choices = sources.choices()
        last = Bulletin.objects.order_by("-ends_on").first()
        today = dated.today()
        after = last.ends_on + datetime.timedelta(days=1) if last else today.replace(day=1)
        self.initial.setdefault("starts_on", min(after, today))
        self.initial.setdefault("ends_on", today)

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The period cannot end before it begins."))
        elif first and last and last - first > LONGEST_PERIOD:
            self.add_error("ends_on", _("The period is a year at most."))
        return data
