"""Links of a record in the admin: the other record is found by its title or its address.

Add `LinkInline` to the inlines of any PublicRecordAdmin. Works without scripts: the browser
offers what became public last, and, where a title fits several records, just those.
"""

from django import forms
from django.contrib.contenttypes.admin import GenericTabularInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content import links
from content.models import Link, SearchEntry

TO_ITSELF = _("A record is not linked to itself.")
TWICE = _("This record is linked already.")


class SuggestingInput(forms.TextInput):
    """A text field with a list of suggestions of its own: `options` are (value, label)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.options: list[tuple[str, str]] = []

    def render(self, name, value, attrs=None, renderer=None):
        if not self.options:
            return super().render(name, value, attrs, renderer)
        list_id = f"{(attrs or {}).get('id', name)}_list"
        shown = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.options)
        return format_html('{}<datalist id="{}">{}</datalist>', shown, list_id, options)


def option_of(entry: SearchEntry) -> tuple[str, str]:
    """What is typed for a record, and what helps to tell it from others."""
    title, url, _language = links.shown_as(entry)
    kind = links.labels()[entry.content_type_id]
    year = f", {entry.dated_on.year}" if entry.dated_on else ""
    return f"{title} {url}", f"{kind}{year}"


class LinkForm(forms.ModelForm):
    record = forms.CharField(
        label=_("record"), max_length=700, widget=SuggestingInput(attrs={"size": 70}),
        help_text=_("Its title or words of it, or the address of its page."),
    )  # fmt: skip

    class Meta:
        model = Link
        fields = ["record", "role", "position"]

    def __init__(self, *args, titles, suggestions, **kwargs):
        super().__init__(*args, **kwargs)
        self.suggest(suggestions)
        if self.instance.pk:
            key = (self.instance.target_type_id, self.instance.target_id)
            shown = " ".join(titles.get(key, ("", ""))[:2])
            self.initial["record"] = shown or gettext("a record that is not public any more")

    def suggest(self, entries) -> None:
        self.fields["record"].widget.options = [option_of(entry) for entry in entries]

    def clean_record(self) -> str:
        typed = self.cleaned_data["record"]
        if self.instance.pk and typed == self.initial["record"]:
            return typed
        found = links.candidates(typed)
        if not found:
            raise ValidationError(
                _("No public record has this title or address. Try one word of the title."),
                code="unknown",
            )
        if len(found) > 1:
            self.suggest(found)
            several = "; ".join(option_of(entry)[0] for entry in found[:5])
            raise ValidationError(
                _("Several records fit; choose one of them in the field: %(several)s."),
                code="several",
                params={"several": several},
            )
        [entry] = found
        self.instance.target_type_id = entry.content_type_id
        self.instance.target_id = entry.object_id
        return typed


class LinkFormSet(BaseGenericInlineFormSet):
    """Titles and suggestions are asked for once for all rows."""

    @cached_property
    def _given(self) -> dict:
        keys = [(row.target_type_id, row.target_id) for row in self.get_queryset()]
        return {
            "titles": links.titled(keys, among=links.all_entries()),
            "suggestions": links.newest(),
        }

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), **self._given}

    def clean(self):
        """What the database would refuse, beside the row it is about."""
        super().clean()
        seen = {links.key_of(self.instance)} if self.instance.pk else set()
        itself = set(seen)
        for form in self.forms:
            if form in self.deleted_forms or "record" not in getattr(form, "cleaned_data", {}):
                continue
            key = (form.instance.target_type_id, form.instance.target_id)
            if key in seen:
                form.add_error("record", TO_ITSELF if key in itself else TWICE)
            seen.add(key)


class LinkInline(GenericTabularInline):
    """The links that a record has as their source."""

    model = Link
    form = LinkForm
    formset = LinkFormSet
    fields = ["record", "role", "position"]
    ct_field = "source_type"
    ct_fk_field = "source_id"
    extra = 1
    verbose_name = _("link to another record")
    verbose_name_plural = _("linked records")
