"""What a record is linked with, on its own page."""

import itertools

from django import template
from django.db import models

from content import links
from content.languages import reading_order

register = template.Library()


@register.inclusion_tag("content/includes/linked.html")
def linked(record: models.Model, compact: bool = False) -> dict:
    """The links of a record both ways, by kind: public ones only, nothing where there are none.

    `compact`: for the column beside a text. Two queries, one where nothing is linked.
    """
    rows = links.links_of(record)
    groups = [
        (kind, list(group)) for kind, group in itertools.groupby(rows, key=lambda one: one.kind)
    ]
    return {"groups": groups, "compact": compact, "reader": reading_order()[0]}
