"""The error summary of the delegation's form: says which person a problem is about."""

from django import template
from django.utils.translation import gettext as _

from events.forms import DelegationForm

register = template.Library()


@register.simple_tag
def delegation_problems(form: DelegationForm, people) -> list[dict[str, str]]:
    """What is wrong, in the order of the page: `text` and `anchor` (empty without a field)."""
    if not form.is_bound:
        return []
    whole = [*form.non_field_errors(), *people.non_form_errors()]
    problems = [{"text": text, "anchor": ""} for text in whole]
    for number, row in enumerate(people.forms, 1):
        for field in row:
            problems += [
                {
                    "text": _("Person %(number)d, %(field)s: %(problem)s")
                    % {"number": number, "field": str(field.label).lower(), "problem": text},
                    "anchor": field.id_for_label,
                }
                for text in field.errors
            ]
    problems += [
        {"text": f"{form['note'].label}: {text}", "anchor": form["note"].id_for_label}
        for text in form["note"].errors
    ]
    return problems
