"""What other pages show of partnerships, other associations and anniversaries."""

import datetime

from django import template
from django.utils.translation import gettext as _

from content.dates import since_text
from governance.models import Organisation
from members.models import Member
from partnerships import affiliating, anniversaries, network
from partnerships.models import Affiliation, Partnership

register = template.Library()


@register.inclusion_tag("partnerships/includes/member_partnerships.html")
def member_partnerships(member: Member, day: datetime.date | None = None) -> dict:
    """The sister cities of a member; on another day those of that day. One query."""
    rows = [(row, row.other(member)) for row in network.rows_of(member, day)]
    return {"rows": rows, "member": member}


@register.inclusion_tag("partnerships/includes/member_affiliations.html")
def member_affiliations(member: Member, day: datetime.date | None = None) -> dict:
    """Other associations a member belongs to, and charters it signed. Three queries."""
    return {
        "belongings": affiliating.of_member(member, day),
        "charters": affiliating.charters_of(member, day),
    }


@register.inclusion_tag("partnerships/includes/organisation_members.html")
def organisation_members(organisation: Organisation, day: datetime.date | None = None) -> dict:
    """Which of our members belong to another association, and whom else it names."""
    return {"overlap": affiliating.overlap_of(organisation, day)}


@register.inclusion_tag("partnerships/includes/anniversaries.html")
def partnership_anniversaries(count: int = 6) -> dict:
    """Anniversaries of agreements that are near."""
    return {"found": [(one, anniversaries.words(one)) for one in anniversaries.told_on()[:count]]}


@register.filter
def stage_tone(partnership: Partnership) -> str:
    """The kind of the status mark of a stage."""
    return network.TONES[partnership.stage]


@register.filter
def statement(partnership: Partnership) -> str:
    """ "confirmed by both sides"; "stated by Stavropol"."""
    return network.statement_words(partnership)


@register.filter
def since(affiliation: Affiliation) -> str:
    """ "since 2004", "since May 2004", never more precise than it is known."""
    words = since_text(affiliation.starts_on, affiliation.starts_precision)
    return _("since %(date)s") % {"date": words}
