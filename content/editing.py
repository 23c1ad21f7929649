"""Nobody overwrites anybody unseen, and nothing is done twice by a second click.

The version guard: every edit form carries the version it was opened with. A save over a newer
version is refused and both values are shown. The one-time key: a form that creates something
carries a key; the second post of the same key leads to where the first one led.
"""

import datetime
import uuid
from collections.abc import Callable

from django import forms
from django.db import IntegrityError, models, transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from content.dates import moment_text
from content.models.forms import SubmittedForm
from content.richtext import plain_text
from content.timezones import association_zone

CONFLICT = _(
    "Somebody saved this record while you were editing. Nothing of yours was saved yet. Compare "
    "the values below, keep what is right and save again."
)
NOW_STORED = _("Now stored: %s")


class Versioned(models.Model):
    """A record whose version number rises with every save."""

    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Save; the database raises the number, so that a stale row never sets it back."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        if self._state.adding:
            self.version += 1
            super().save(*args, **kwargs)
            return
        before = self.version
        self.version = models.F("version") + 1
        try:
            with transaction.atomic():
                super().save(*args, **kwargs)
                self.refresh_from_db(fields=["version"])
        except Exception:
            self.version = before
            raise


class VersionedFormMixin(forms.ModelForm):
    """A model form that refuses to overwrite what somebody else saved meanwhile.

    Must be validated and saved in one transaction: the row is locked while it is compared.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def clean_version(self):
        """The version the form was opened with; none sent is none seen."""
        return self.cleaned_data.get("version") or 0

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            seen = cleaned.get("version")
            # The instance as it is in the database: the form has already written into its own.
            current = (
                type(self.instance)._default_manager.select_for_update(of=("self",))
                .get(pk=self.instance.pk)
            )  # fmt: skip
            if seen != current.version:
                self._show_conflict(current, cleaned)
        return cleaned

    def _show_conflict(self, current: models.Model, cleaned: dict) -> None:
        self.add_error(None, forms.ValidationError(CONFLICT, code="conflict"))
        differing = [name for name in self.changed_data if name in cleaned and name != "version"]
        for name in differing:
            if hasattr(current, name):
                self.add_error(name, NOW_STORED % shown(current, name))
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = current.version


def shown(record: models.Model, name: str) -> str:
    """What a column of a record holds, as staff reads it; a dash for nothing."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name, "")
    if isinstance(value, models.Manager):
        value = ", ".join(str(other) for other in value.all())
    if isinstance(value, str) and "</" in value:
        value = plain_text(value)
    if isinstance(value, datetime.datetime):
        return moment_text(value, association_zone())
    return "—" if value in (None, "") else str(value)


class VersionedAdminMixin:
    """For ModelAdmin: its forms carry the version. Django's admin saves in one transaction."""

    form = VersionedFormMixin

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        names = [
            name
            for _title, options in fieldsets
            for row in options["fields"]
            for name in (row if isinstance(row, list | tuple) else [row])
        ]
        if "version" in names:
            return fieldsets
        return [*fieldsets, (None, {"fields": ["version"], "classes": ["version-guard"]})]


class OneTimeKeyMixin(forms.Form):
    """A form that creates something: it carries a key that works once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4


def once(key: uuid.UUID, deed: Callable[[], str]) -> HttpResponseRedirect:
    """Do `deed` (it returns the address to go to) unless this key was taken; then go there.

    Key and deed are committed together: a deed that fails leaves the key free.
    """
    try:
        with transaction.atomic():
            taken = SubmittedForm.objects.create(key=key)
            address = deed()
            taken.redirect_to = address
            taken.save(update_fields=["redirect_to"])
    except IntegrityError:
        first = SubmittedForm.objects.filter(key=key).first()
        if first is None:
            raise
        address = first.redirect_to
    return HttpResponseRedirect(address)


def answered(key: str) -> HttpResponseRedirect | None:
    """Where the first post of this key led; None for a new key and for what is no key.

    Ask before the form is judged: what the first post changed may make the second one invalid.
    """
    try:
        first = SubmittedForm.objects.filter(key=uuid.UUID(key)).first()
    except ValueError:
        return None
    return HttpResponseRedirect(first.redirect_to) if first else None
