"""Open calls of other givers on the page of an award, and small words of dossiers."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Award
from content.dates import day_text, grouped
from content.templatetags import content_tags
from nominations.models import LetterKind, OutsideCall
from nominations.models.calls import LANGUAGES

register = template.Library()


@register.inclusion_tag("nominations/includes/outside_calls.html")
def outside_calls(award: Award) -> dict:
    """What a member city does to be nominated: calls of the giver that are open now.

    Nothing of a dossier; draws nothing for awards of the association's own. One query, or none.
    """
    if award.giver != Award.Giver.OTHERS:
        return {"calls": []}
    calls = OutsideCall.objects.open().filter(award=award)
    return {"calls": [call for call in calls if call.is_open()], "award": award}


@register.simple_tag
def outside_deadline(call: OutsideCall) -> SafeString | str:
    """The deadline of the giver: the day, with the hour and whose clock where it is known."""
    if call.deadline_on is None:
        return _("not announced yet")
    if call.deadline_time:
        return content_tags.moment(call.closes_at, call.zone)
    return format_html(
        '<time datetime="{}">{}</time>', call.deadline_on.isoformat(), day_text(call.deadline_on)
    )


@register.simple_tag
def language_words(codes: list[str]) -> str:
    """Languages in words, parted by commas."""
    names = dict(LANGUAGES)
    return ", ".join(str(names[code]) for code in codes if code in names)


@register.simple_tag
def letter_words(kinds: list[str]) -> str:
    """Kinds of letters in words, parted by commas."""
    return ", ".join(str(LetterKind(kind).label) for kind in kinds)


@register.simple_tag
def count_words(text: str) -> str:
    """How many words a text has: "212 words"."""
    number = len(text.split())
    return ngettext("%(shown)s word", "%(shown)s words", number) % {"shown": grouped(number)}
