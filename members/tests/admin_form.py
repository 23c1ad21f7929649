"""Forms of the admin, as a browser sends them."""

import datetime


def form_of(client, address: str) -> dict:
    """What the change form would send unchanged, inlines included."""
    response = client.get(address)
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, datetime.date):
                value = value.isoformat()
            if value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def add_row(sent: dict, prefix: str, **values) -> dict:
    """The form with one more row of an inline."""
    number = int(sent[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return sent | row | {f"{prefix}-TOTAL_FORMS": number + 1}
