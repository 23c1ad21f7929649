from django import forms
from django.utils.translation import gettext_lazy as _


class FreezeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it frozen?"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Colleagues read it on the front page until the mail goes out again."),
    )
