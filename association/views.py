"""The front page, the pages about the association, and the simple pages that staff write."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association import achievements, contacts, home
from association.models import Partner
from content import structured
from content.languages import written_in
from content.models import Page
from content.publishing import public_or_404
from governance import tree
from governance.models import Body, Organisation

# Pages of staff under addresses of their own -> the template that shows more beside the text.
TEMPLATES = {"about": "association/about.html", "contacts": "association/contacts.html"}


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """What staff put on it, block by block."""
    context = {
        "blocks": home.blocks(),
        "welcome": home.welcome(),
        "figures": home.figures(),
        "structured": structured.organisation_page(),
    }
    return render(request, "home.html", context)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A simple bilingual page."""
    found = public_or_404(Page.objects.all(), slug=slug)
    context = {"page": found, "written_in": written_in(found, "title", "body")}
    if slug in TEMPLATES:
        context["structured"] = structured.organisation_page()
    context["is_in_other_language"] = request.LANGUAGE_CODE not in context["written_in"]
    return render(request, TEMPLATES.get(slug, "page_detail.html"), context)


@require_safe
def structure(request: HttpRequest) -> HttpResponse:
    """The world organisation and its sections, our bodies, the secretariat. Four queries."""
    organisations = Organisation.objects.filter(dissolved_on__isnull=True).filter(
        kind__in=[Organisation.Kind.WORLD_BODY, Organisation.Kind.SECTION]
    )
    bodies = Body.objects.filter(organisation__is_own=True).order_by("order", "pk")
    context = {
        "organisations": tree.nested(list(organisations.in_alphabetical_order())),
        "bodies": tree.nested(list(bodies)),
        "staff": contacts.staff(),
        "current": "structure",
    }
    return render(request, "association/structure.html", context)


@require_safe
def achievements_page(request: HttpRequest) -> HttpResponse:
    """What was achieved, year by year, from dated records."""
    context = {"years": achievements.years(), "current": "achievements"}
    return render(request, "association/achievements.html", context)


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Who works with the association, by kind."""
    found = list(Partner.objects.shown())
    titles = {
        Partner.Kind.WORLD: _("World organisations"),
        Partner.Kind.PARTNER: _("Partners"),
        Partner.Kind.SUPPORTER: _("Supporters"),
    }
    groups = [(title, [one for one in found if one.kind == kind]) for kind, title in titles.items()]
    context = {"groups": [group for group in groups if group[1]], "current": "partners"}
    return render(request, "association/partners.html", context)
