"""The form of an event in the admin, sent as a browser sends it."""

import datetime

from django.urls import reverse
from django.utils import timezone

from events.models import Event


def change_url(event: Event) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


def form_of(client, event: Event) -> dict:
    """What the change form would send unchanged."""
    response = client.get(change_url(event))
    sent = {}
    for field in response.context["adminform"].form:
        value = field.value()
        if isinstance(value, datetime.datetime):
            if timezone.is_aware(value):
                value = timezone.localtime(value)
            sent[f"{field.name}_0"] = f"{value:%d.%m.%Y}"
            sent[f"{field.name}_1"] = f"{value:%H:%M:%S}"
        elif isinstance(value, list) or value not in (None, False):
            sent[field.html_name] = value
    for formset in response.context["inline_admin_formsets"]:
        for field in formset.formset.management_form:
            sent[field.html_name] = field.value()
        sent[f"{formset.formset.prefix}-TOTAL_FORMS"] = 0
        sent[f"{formset.formset.prefix}-INITIAL_FORMS"] = 0
    return sent


def post(client, event: Event, **changes):
    return client.post(change_url(event), form_of(client, event) | changes)


def problems(response) -> dict:
    """Field -> sentences, of the form that came back."""
    return dict(response.context["adminform"].form.errors)
