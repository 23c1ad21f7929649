"""Lists that a reader limits to what exists in one language: `?lang=en` on any list of records."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.languages import only_in


class OneLanguageMixin(forms.Form):
    """For the filter form of a public list: adds the field `lang`.

    `in_one_language` narrows the list down; an unknown language is refused beside its field.
    """

    lang = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lang"].choices = [("", _("All languages")), *settings.LANGUAGES]

    def in_one_language(
        self, records: models.QuerySet, title: str = "title", body: str = ""
    ) -> models.QuerySet:
        """The records that exist in the chosen language; all of them when none is chosen."""
        chosen = self.cleaned_data.get("lang", "") if self.is_valid() else ""
        return only_in(records, chosen, title, body)
