"""Forms of the admin, sent as a browser sends them."""

from typing import Any

from django.urls import reverse

from awards.tests.round_form import moment_of


def change_url(row) -> str:
    return reverse(f"admin:ratings_{row._meta.model_name}_change", args=[row.pk])


def add_url(model: str, **query) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse(f"admin:ratings_{model}_add") + (f"?{words}" if words else "")


def form_of(client, url: str) -> dict[str, Any]:
    """What the form at an address would send unchanged, its rows included."""
    context = client.get(url).context
    sent = _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        sent |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            sent |= _values(form)
    return sent


def _values(form) -> dict[str, Any]:
    sent = {}
    for field in form:
        value = field.value()
        if hasattr(value, "astimezone") or field.name.endswith("_at"):
            sent |= moment_of(field.html_name, value)
        elif value is not None and value is not False:
            sent[field.html_name] = value
    return sent


def post(client, url: str, **changes):
    return client.post(url, form_of(client, url) | changes)


def problems(response) -> dict:
    """Field -> sentences, of the form that came back and of all its rows."""
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {f"{form.prefix}-{name}": list(words) for name, words in form.errors.items()}
    return found


def saved(response) -> bool:
    assert response.status_code == 302, problems(response)
    return True
