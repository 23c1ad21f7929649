"""What other pages show of the association: contacts in the footer, the menu of "About us"."""

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from association import contacts, home
from association.models import ContactCard, Partner, StaffMember
from content import cacheversion
from content.languages import reading_order
from content.timezones import association_zone, zone_words
from facts import reading

register = template.Library()


@register.simple_tag
def contact_card() -> ContactCard:
    """The contact card; empty where staff wrote none."""
    return contacts.card()


@register.simple_tag
def footer_contacts() -> SafeString:
    """The contacts in the footer of every page, written once per language and change."""

    def written() -> SafeString:
        return render_to_string(
            "association/includes/footer_contacts.html", {"card": contacts.card()}
        )

    return cacheversion.kept(f"footer-contacts-{reading_order()[0]}", written)


@register.simple_tag
def office_clock() -> str:
    """By whose clock the office hours are: "Kazan time (UTC+3)"."""
    return capfirst(zone_words(timezone.now(), association_zone()))


@register.inclusion_tag("association/includes/office_hours.html")
def office_hours() -> dict:
    """The office hours by the association's clock, and whether somebody answers now. One query."""
    lines = contacts.hours(contacts.card())
    return {"lines": lines, "is_open": contacts.is_open(lines), "card": contacts.card()}


@register.inclusion_tag("association/includes/staff.html")
def staff_directory() -> dict:
    """Who works in the secretariat today. One query."""
    return {"rows": contacts.staff()}


@register.filter
def languages_of(person: StaffMember) -> str:
    """The languages of a member of staff in words."""
    return ", ".join(contacts.language_names(person.languages))


@register.inclusion_tag("association/includes/about_menu.html", takes_context=True)
def about_menu(context) -> dict:
    """The pages about the association, side by side; the current one is marked."""
    entries = [
        ("about", _("About us")),
        ("association:structure", _("Structure")),
        ("association:achievements", _("Achievements")),
        ("association:partners", _("Partners")),
        ("facts:list", _("Facts and figures")),
        ("projects:list", _("Projects")),
        ("consultations:list", _("Texts under discussion")),
        ("members:how_to_join", _("How to join")),
        ("contacts", _("Contacts")),
    ]
    path = context["request"].path if "request" in context else ""
    found = [(_address(name), label) for name, label in entries]
    return {
        "entries": [(url, label, url == path) for url, label in found if url],
    }


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("association/includes/featured.html")
def featured_records(count: int, title: str = "") -> dict:
    """What staff feature on the front page. Three queries, one for none."""
    return {"rows": home.featured(count), "title": title}


@register.inclusion_tag("association/includes/deadlines.html")
def next_deadlines(count: int, title: str = "") -> dict:
    """The next deadlines of all calendars."""
    return {"rows": home.deadlines(count), "title": title}


@register.inclusion_tag("association/includes/partner_strip.html")
def partner_strip(count: int, title: str = "") -> dict:
    """The first partners for the front page. Three queries at most."""
    return {"rows": list(Partner.objects.shown()[:count]), "title": title}


@register.inclusion_tag("association/includes/facts.html")
def home_facts(count: int, title: str = "") -> dict:
    """The first figures of the facts register for the front page, in the order of the register."""
    found = [entry for entry in reading.entries() if entry["current"]]
    return {"entries": found[:count], "title": title}
