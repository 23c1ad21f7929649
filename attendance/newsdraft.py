"""A news draft from the registrations: who came, from where, in both languages; once an event.

It states what is known and nothing else. Names of people are those who agreed to be listed.
"""

from django.db import transaction
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from attendance import participants_public
from attendance.models import NewsDraft
from attendance.participants_public import Group
from content import audit
from content.dates import period_text
from content.languages import LANGUAGE_CODES, in_language
from content.slugs import free_slug
from events.models import Event
from members.models import Member
from news.models import Article


class DraftRefused(Exception):
    """Nothing was written; the text says why."""


@transaction.atomic
def write(event: Event, by) -> NewsDraft:
    """The news draft of an event; the first call writes it, later ones give the same.

    Raises DraftRefused when nobody took part, as far as the portal knows.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if given := NewsDraft.objects.filter(event=event).select_related("article").first():
        return given
    if not participants_public.people_of(event).exists():
        raise DraftRefused(_("Nobody is registered with a place: there is nothing to write."))
    article = _article(event, by)
    draft = NewsDraft.objects.create(event=event, article=article, written_by=by)
    audit.record("attendance.news_draft", article, by, f"{event}")
    return draft


def _article(event: Event, by) -> Article:
    article = Article(status=Article.Status.DRAFT, cover=event.picture, author=by, **_texts(event))
    article.slug = free_slug(article, article.title_en or article.title_ru)
    article.save(by=by)
    article.topics.set(event.topics.all())
    people = participants_public.people_of(event)
    article.members.set(Member.objects.filter(delegations__participants__in=people).distinct())
    article.save(by=by)  # the index names the members
    return article


def _texts(event: Event) -> dict[str, str]:
    """Title, lead and body in every language in which the event has a title."""
    found = {}
    for code in LANGUAGE_CODES:
        if not getattr(event, f"title_{code}"):
            continue
        with translation.override(code):
            rows = participants_public.groups(event)
            title = _("%(title)s: who took part") % {"title": _title(event)}
            found[f"title_{code}"] = title[:200]
            found[f"lead_{code}"] = _lead(event, rows)[:500]
            found[f"body_{code}"] = _body(event, rows)
    return found


def _title(event: Event) -> str:
    return in_language(event, "title")[0]


def _lead(event: Event, rows: list[Group]) -> str:
    cities = [one for one in rows if not one.is_of_guests]
    place = in_language(event, "place")[0]
    days = period_text(event.starts_at, event.ends_at, event.zone)
    where = f"{days}, {place}" if place else days
    words = _("%(where)s. People: %(people)d, member cities: %(cities)d, countries: %(countries)d.")
    return words % {
        "where": where,
        "people": sum(one.total for one in rows),
        "cities": len(cities),
        "countries": len({one.country for one in cities}),
    }  # fmt: skip


def _body(event: Event, rows: list[Group]) -> SafeString:
    parts = [_list(_("Cities"), [one for one in rows if not one.is_of_guests])]
    parts.append(_list(_("Guests"), [one for one in rows if one.is_of_guests]))
    if event.host_member:
        host = in_language(event.host_member, "name")[0]
        parts.insert(0, _paragraph(_("Host: %(city)s.") % {"city": host}))
    link = format_html('<a href="{}">{}</a>', event.get_absolute_url(), _title(event))
    parts.append(format_html("<p>{} {}</p>", _("The event:"), link))
    return SafeString("".join(parts))  # nosec # every part is escaped


def _paragraph(text: str) -> SafeString:
    return format_html("<p>{}</p>", text)


def _list(heading: str, rows: list[Group]) -> SafeString:
    if not rows:
        return SafeString("")
    items = format_html_join("", "<li><p>{}</p></li>", ((_line(one),) for one in rows))
    return format_html("<h2>{}</h2><ul>{}</ul>", heading, items)


def _line(group: Group) -> str:
    """ "Bishkek, Kyrgyzstan: Nurlan Asanov, mayor; and 2 more"."""
    where = f"{group.label}, {group.country}" if group.country else group.label
    named = [", ".join(filter(None, (row["name"], row["position"]))) for row in group.names]
    if group.others:
        more = _("not named: %(number)d") if named else _("people: %(number)d")
        named.append(more % {"number": group.others})
    return f"{where}: {'; '.join(named)}"
