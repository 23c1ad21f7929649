"""The button that begins a draft: a key against a second click, and the language of the entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Round
from content.editing import OneTimeKeyMixin

LANGUAGES = {"ru": "Русский", "en": "English"}


class StartForm(OneTimeKeyMixin):
    """Asks for the language only where the call takes several."""

    def __init__(self, *args, round: Round, **kwargs):
        super().__init__(*args, auto_id=f"id_{round.pk}_%s", **kwargs)
        codes = round.languages
        if len(codes) > 1:
            self.fields["language"] = forms.ChoiceField(
                label=_("The entry is written in"),
                choices=[(code, LANGUAGES[code]) for code in codes],
            )
