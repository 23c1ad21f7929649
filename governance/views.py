"""Public pages: bodies and their composition on any day, organisations, people."""

import datetime

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from content import cacheversion, dated
from content.languages import in_language, reading_order, written_in
from governance import tree
from governance.composition import State, composition, days_of_change
from governance.models import (
    Body,
    FoundingPaper,
    OfficeTerm,
    Organisation,
    PaperSignatory,
    Person,
    SeatFilling,
    SeatTerm,
)
from members.as_of import AsOfForm


class BodyList(TemplateView):
    """The bodies of the association first, then those of other organisations."""

    template_name = "governance/body_list.html"

    def get_context_data(self, **kwargs):
        bodies = Body.objects.select_related("organisation").prefetch_related("aliases")
        by_organisation: dict[Organisation, list[Body]] = {}
        for body in bodies.order_by("-organisation__is_own", "organisation__sort_key_ru", "order"):
            by_organisation.setdefault(body.organisation, []).append(body)
        groups = [(whose, tree.nested(found)) for whose, found in by_organisation.items()]
        return super().get_context_data(groups=groups, **kwargs)


class BodyPage(TemplateView):
    """Who sits in a body today, or on the day of `?as_of=`; and who sat there before."""

    template_name = "governance/body_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        bodies = Body.objects.select_related("organisation", "parent").prefetch_related(
            "aliases", "children"
        )
        body = get_object_or_404(bodies, slug=slug)
        form = AsOfForm(self.request.GET)
        return super().get_context_data(
            body=body,
            form=form,
            day=form.day,
            composition=written_composition(body, form.day),
            past=written_past(body),
            written_in=written_in(body, "name", "description"),
            **kwargs,
        )


def written_composition(body: Body, day: datetime.date | None) -> SafeString:
    """The table of the seats on a day in the reader's language, kept until the content changes."""

    def write() -> SafeString:
        rows = composition(body, day)
        counts = [(State(code).label, sum(row.state == code for row in rows)) for code in State]
        values = {
            "rows": rows,
            "counts": [(label, count) for label, count in counts if count],
            "earlier": days_of_change(body),
            "day": day,
        }
        return render_to_string("governance/includes/composition.html", values)

    name = f"body-{body.pk}-{reading_order()[0]}-{day or dated.today()}"
    return cacheversion.remembered(name, write)


def written_past(body: Body) -> SafeString:
    """The terms that are over, in the reader's language, kept until the content changes."""

    def write() -> SafeString:
        return render_to_string("governance/includes/past_terms.html", {"past": past_terms(body)})

    return cacheversion.remembered(f"body-past-{body.pk}-{reading_order()[0]}", write)


def past_terms(body: Body) -> QuerySet[SeatTerm]:
    """Terms of its seats that have an end, the latest first, each with who sat there."""
    fillings = SeatFilling.objects.select_related("person", "office_term").order_by(
        "starts_on", "pk"
    )
    terms = SeatTerm.objects.filter(seat__body=body, ends_on__isnull=False)
    return (
        terms.select_related("seat", "member", "person")
        .prefetch_related(Prefetch("fillings", fillings))
        .order_by("-ends_on", "seat__order", "-pk")
    )


class OrganisationList(TemplateView):
    """The association in the tree of the organisations around it."""

    template_name = "governance/organisation_list.html"

    def get_context_data(self, **kwargs):
        branches = tree.nested(list(Organisation.objects.in_alphabetical_order()))
        own = [one for one in branches if _holds_own(one)]
        others = [one for one in branches if one not in own]
        return super().get_context_data(own=own, others=others, **kwargs)


class OrganisationPage(TemplateView):
    """One organisation: names, figures, founding papers, bodies, offices, our members in it."""

    template_name = "governance/organisation_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        signatories = PaperSignatory.objects.select_related("person", "member")
        papers = FoundingPaper.objects.prefetch_related(Prefetch("signatories", signatories))
        terms = OfficeTerm.objects.select_related("person").order_by("-starts_on", "-pk")
        organisation = get_object_or_404(
            Organisation.objects.select_related("parent", "country", "member").prefetch_related(
                "names", "figures", "children", "bodies__aliases",
                Prefetch("founding_papers", papers), Prefetch("offices__terms", terms),
            ),
            slug=slug,
        )  # fmt: skip
        names = list(organisation.names.all())
        return super().get_context_data(
            organisation=organisation,
            legal_names=[name for name in names if name.kind == name.Kind.LEGAL],
            aliases=[name for name in names if name.kind == name.Kind.ALIAS],
            is_in_other_language=_is_fallback(organisation, "aims"),
            written_in=written_in(organisation, "name", "aims"),
            **kwargs,
        )


class PersonPage(TemplateView):
    """What a person holds and held; photo and biography only by their consent."""

    template_name = "governance/person_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        person = get_object_or_404(Person.objects.public().select_related("photo"), slug=slug)
        offices = person.office_terms.select_related("office__member", "office__organisation")
        seats = person.seat_terms.select_related("seat__body__organisation")
        fillings = person.fillings.select_related(
            "term__seat__body__organisation", "term__member", "office_term"
        )
        open_fields = set(person.consents.open().values_list("field", flat=True))
        return super().get_context_data(
            person=person,
            offices=offices.order_by("-starts_on", "-pk"),
            seats=seats.order_by("-starts_on", "-pk"),
            fillings=fillings.order_by("-starts_on", "-pk"),
            shows_photo="photo" in open_fields and person.photo is not None,
            shows_biography="biography" in open_fields,
            written_in=written_in(person, "full_name", "biography"),
            **kwargs,
        )


def _holds_own(branch: tuple[Organisation, list]) -> bool:
    """Whether the association itself stands somewhere in this branch."""
    organisation, below = branch
    return organisation.is_own or any(_holds_own(one) for one in below)


def _is_fallback(record, field: str) -> bool:
    text, language = in_language(record, field)
    return bool(text) and language != reading_order()[0]
