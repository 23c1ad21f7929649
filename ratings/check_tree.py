"""Live check: groups and their weights, codes, the words in both languages, scales."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from content.languages import LANGUAGE_CODES
from ratings.outline import Node, Outline
from ratings.problems import Problem, error, warning


def found(whole: Outline, _at: datetime.datetime) -> Iterator[Problem]:
    """Problems of the tree, of its words and of its scales."""
    yield from _weights(whole)
    yield from _codes(whole)
    yield from _words(whole)
    yield from _scales(whole)


def _weights(whole: Outline) -> Iterator[Problem]:
    if not whole.indicators:
        yield error(_("The questionnaire asks nothing: add groups and indicators."), whole.edition)
        return
    for node in whole.nodes():
        yield from _weights_of(node)
    if not any(root.counts for root in whole.roots):
        yield error(_("Nothing is scored: no group with a weight has an indicator with one."),
                    whole.edition)  # fmt: skip


def _weights_of(node: Node) -> Iterator[Problem]:
    name = {"group": node.group}
    if not (node.nodes or node.leaves):
        yield error(_("Group “%(group)s” is empty.") % name, node.group)
    elif node.group.weight > 0 and not node.counts:
        yield error(
            _("Group “%(group)s” has a weight, and all weights below it are 0: give the group "
              "weight 0 or one of its indicators more.") % name,
            node.group,
        )  # fmt: skip
    elif node.group.weight == 0 and any(one.counts for one in [*node.nodes, *node.leaves]):
        yield warning(
            _("Group “%(group)s” has weight 0: its indicators are asked and count nothing.") % name,
            node.group,
        )


def _codes(whole: Outline) -> Iterator[Problem]:
    """Within groups and within indicators the constraints see to it."""
    groups = {one.code for one in whole.groups}
    for one in whole.indicators:
        if one.code in groups:
            yield error(
                _("Code “%(code)s” is that of a group and of an indicator.") % {"code": one.code},
                one,
            )


def _words(whole: Outline) -> Iterator[Problem]:
    """What cities must read to answer stops the opening; the rest is said."""
    for group in whole.groups:
        yield from _lacking(group, "title", warning, group.code)
    for one in whole.indicators:
        yield from _lacking(one, "question", error, one.code)
        yield from _lacking(one, "unit", warning, one.code)
        yield from _lacking(one, "help", warning, one.code)
    for scale in whole.scales:
        for step in whole.steps.get(scale.pk, []):
            yield from _lacking(step, "label", error, str(scale), scale)
    for one in whole.classes:
        yield from _lacking(one, "title", warning, one.code, whole.edition)


def _lacking(
    row: Any, name: str, level: Callable, where: str, about: Any = None
) -> Iterator[Problem]:
    """A text given in one language and not in the other; `about`: whose form has it."""
    given = {code: getattr(row, f"{name}_{code}") for code in LANGUAGE_CODES}
    if not any(given.values()):
        return
    for code in LANGUAGE_CODES:
        if not given[code]:
            words = {"where": where, "what": row._meta.get_field(name).verbose_name}
            yield level(_LACKS[code]() % words, about or row)


_LACKS = {
    "ru": lambda: _("%(where)s: no text in Russian (%(what)s)."),
    "en": lambda: _("%(where)s: no text in English (%(what)s)."),
}


def _scales(whole: Outline) -> Iterator[Problem]:
    used = {one.scale_id for one in whole.indicators}
    for scale in whole.scales:
        steps, name = whole.steps.get(scale.pk, []), {"scale": scale}
        if scale.pk not in used:
            yield warning(_("Scale “%(scale)s” is not used.") % name, scale)
        elif len(steps) < 2:
            yield error(
                _("Scale “%(scale)s” has fewer than two answers to choose from.") % name, scale
            )
        elif len({step.value for step in steps}) == 1:
            yield error(_("All answers of scale “%(scale)s” have the same points.") % name, scale)
