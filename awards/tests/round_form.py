"""The form of a round in the admin, sent as a browser sends it."""

import datetime

from django.urls import reverse
from django.utils import timezone

from awards.models import Round


def change_url(round: Round) -> str:
    return reverse("admin:awards_round_change", args=[round.pk])


def form_of(client, round: Round | None = None) -> dict:
    """What the change form (or the empty one) would send unchanged, its rows included."""
    url = change_url(round) if round else reverse("admin:awards_round_add")
    context = client.get(url).context
    sent = _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        sent |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            sent |= _values(form)
    return sent


def _values(form) -> dict:
    sent = {}
    for field in form:
        value = field.value()
        if hasattr(value, "astimezone") or field.name in ("opens_at", "closes_at"):
            sent |= moment_of(field.html_name, value)
        elif value is not None and value is not False:
            sent[field.html_name] = value
    return sent


def moment_of(name: str, value: datetime.datetime | None) -> dict:
    """The two inputs of a moment; the value is as the clock of the round shows it."""
    if value is None:
        return {f"{name}_0": "", f"{name}_1": ""}
    if timezone.is_aware(value):
        value = timezone.localtime(value)
    return {f"{name}_0": f"{value:%Y-%m-%d}", f"{name}_1": f"{value:%H:%M:%S}"}


def post(client, round: Round, **changes):
    return client.post(change_url(round), form_of(client, round) | changes)


def problems(response) -> dict:
    """Field -> sentences, of the form that came back."""
    return dict(response.context["adminform"].form.errors)


def inline_problems(response) -> list[dict]:
    """The same of all rows that have any."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return [dict(errors) for formset in formsets for errors in formset.errors if errors]


def new_row(prefix: str, number: int, initial: int, **values) -> dict:
    """What a further row of an inline sends: the row `number`, where `initial` are stored."""
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {f"{prefix}-TOTAL_FORMS": number + 1, f"{prefix}-INITIAL_FORMS": initial, **row}
