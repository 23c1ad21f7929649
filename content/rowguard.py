"""The guard against lost updates for every form of the admin, without a column for it.

A form carries a digest of what the rows it can write held when it was opened: of the record, unless
a version guards it (`content.editing`), and of the rows listed below it. A save over rows that hold
something else by now is refused, and both values are shown. The admin site puts `RowGuardMixin`
before every class that is registered.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from content.editing import CONFLICT, NOW_STORED, VersionedFormMixin, shown

SEEN = "seen_rows"
Digests = dict[str, dict[str, str]]


def digest(row: models.Model, names: Iterable[str]) -> str:
    """What these columns of a stored row hold, in twelve signs; names that are no columns count
    for nothing."""
    held = {name: _held(row, field) for name, field in _columns(type(row), names).items()}
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:12]


def _columns(model: type[models.Model], names: Iterable[str]) -> dict[str, models.Field]:
    found = {}
    for name in names:
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.concrete and not field.auto_created:
            found[name] = field
    return found


def _stored_fields(model: type[models.Model]) -> list[models.Field]:
    """All columns but those that follow from a language column: writing one writes the other."""
    fields = model._meta.concrete_fields
    derived = {
        field.translated_field.name for field in fields if hasattr(field, "translated_field")
    }
    return [field for field in fields if field.name not in derived]


def _held(row: models.Model, field: models.Field) -> Any:
    if field.many_to_many:
        keys = field.remote_field.through._base_manager.filter(
            **{field.m2m_field_name(): row}
        ).values_list(f"{field.m2m_reverse_field_name()}_id", flat=True)
        return sorted(str(key) for key in keys)
    return str(field.value_to_string(row))


@dataclass(frozen=True)
class Inline:
    """The rows of one list below a form: `names` are the columns that it can write."""

    prefix: str
    label: str
    names: tuple[str, ...]
    rows: Iterable[models.Model]

    def digests(self, rows: Iterable[models.Model] | None = None) -> dict[str, str]:
        return {
            str(row.pk): digest(row, self.names) for row in (self.rows if rows is None else rows)
        }

    def locked(self) -> dict[str, models.Model]:
        """The same rows as they are stored, locked."""
        by_model: dict[type[models.Model], list[int]] = {}
        for row in self.rows:
            by_model.setdefault(type(row), []).append(row.pk)
        return {
            str(row.pk): row
            for model, keys in by_model.items()
            for row in model._base_manager.select_for_update(of=("self",)).filter(pk__in=keys)
        }


@dataclass(frozen=True)
class Guard:
    """What a form of the admin can write, for one request."""

    model_admin: ModelAdmin
    request: HttpRequest

    def inlines(self, record: models.Model) -> Iterator[Inline]:
        pairs = self.model_admin.get_formsets_with_inlines(self.request, record)
        for formset, inline in pairs:
            if not inline.has_change_permission(self.request, record):
                continue
            # The formset knows which of all rows belong to the record.
            own = formset(instance=record, queryset=inline.get_queryset(self.request))
            yield Inline(
                prefix=f"{inline.model._meta.label_lower}:{formset.get_default_prefix()}",
                label=str(inline.verbose_name_plural),
                names=tuple(formset.form.base_fields),
                rows=own.get_queryset(),
            )


class RowGuardForm(forms.ModelForm):
    """A form that refuses to overwrite what changed since it was opened; see the module."""

    guard: Guard

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[SEEN] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.fields[SEEN].has_changed = lambda initial, data: False
        if self.instance.pk and not self.is_bound:
            self.initial[SEEN] = json.dumps(self._digests_now())

    @property
    def _has_version(self) -> bool:
        return isinstance(self, VersionedFormMixin)

    def _digests_now(self) -> Digests:
        found = {} if self._has_version else {"": {"": digest(self.instance, self._names())}}
        for inline in self.guard.inlines(self.instance):
            found[inline.prefix] = inline.digests()
        return found

    def _names(self) -> list[str]:
        return [name for name in self.fields if name != SEEN]

    def clean(self):
        cleaned = super().clean()
        seen = _parsed(self.cleaned_data.pop(SEEN, ""))
        if self.instance.pk and seen:
            conflicts = [] if self._has_version else self._record_conflicts(seen)
            now, found = self._inline_conflicts(seen)
            if conflicts or found:
                self._refuse(conflicts, found)
            if not self._has_version:
                now[""] = {"": digest(self.instance, self._names())}
            self.data = self.data.copy()
            self.data[self.add_prefix(SEEN)] = json.dumps(now)
        return cleaned

    def _record_conflicts(self, seen: Digests) -> list[tuple[str, str]]:
        """The fields of the record that hold something else than is typed, if it was changed.

        Columns that the form does not show come from the locked row: they are written as they are.
        """
        stored = type(self.instance)._base_manager.select_for_update(of=("self",))
        stored = stored.filter(pk=self.instance.pk).first()
        if stored is None:
            return [("", "")]
        names = self._names()
        shown_here = _columns(type(stored), names)
        for field in _stored_fields(type(stored)):
            if field.name not in shown_here:
                setattr(self.instance, field.attname, getattr(stored, field.attname))
        if seen.get("", {}).get("") in (None, digest(stored, names)):
            return []
        differing = [name for name in self.changed_data if name in shown_here]
        return [("", ""), *((name, NOW_STORED % shown(stored, name)) for name in differing)]

    def _inline_conflicts(self, seen: Digests) -> tuple[Digests, list[str]]:
        """What the rows below hold now, and sentences on those that changed or are gone."""
        now, sentences = {}, []
        for inline in self.guard.inlines(self.instance):
            rows = inline.locked()
            now[inline.prefix] = inline.digests(rows.values())
            for key, was in seen.get(inline.prefix, {}).items():
                if now[inline.prefix].get(key) != was:
                    sentences.append(_sentence(inline, rows.get(key)))
        return now, sentences

    def _refuse(self, conflicts: list[tuple[str, str]], sentences: list[str]) -> None:
        self.add_error(None, forms.ValidationError(CONFLICT, code="conflict"))
        for name, words in conflicts:
            if name in self.fields:
                self.add_error(name, words)
        for words in sentences:
            self.add_error(None, words)


def _sentence(inline: Inline, row: models.Model | None) -> str:
    if row is None:
        return _("%(list)s: a row was deleted.") % {"list": inline.label}
    columns = _columns(type(row), inline.names).values()
    held = "; ".join(f"{field.verbose_name}: {shown(row, field.name)}" for field in columns)
    words = _("%(list)s, “%(row)s”. Now stored: %(held)s")
    return words % {"list": inline.label, "row": row, "held": held}


def _parsed(text: str) -> Digests:
    """What a form brought along; nothing when it is no such thing."""
    try:
        seen = json.loads(text or "{}")
    except ValueError:
        return {}
    fits = isinstance(seen, dict) and all(isinstance(rows, dict) for rows in seen.values())
    return seen if fits else {}


class RowGuardMixin:
    """For ModelAdmin: the forms of its change pages refuse to overwrite what others saved."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if not change or obj is None or not self.has_change_permission(request, obj):
            return form
        own = {"guard": Guard(self, request), "__module__": form.__module__}
        guarded = type(form)(form.__name__, (RowGuardForm, form), own)
        # As the class made them: the metaclass would make them anew.
        guarded.base_fields = form.base_fields
        return guarded

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        if SEEN in form.fields and form.instance.pk:
            context["adminform"].fieldsets.append(
                (None, {"fields": [SEEN], "classes": ["version-guard"]})
            )
        return super().render_change_form(request, context, *args, **kwargs)
