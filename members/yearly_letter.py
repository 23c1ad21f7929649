"""The yearly question on paper, and the facts it asks about."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from content import dated, documents
from content.dates import day_text, grouped
from content.languages import LANGUAGE_CODES, in_language
from mailing import cleaning
from members import departments
from members.models import Confirmation, Member, MemberFigure

TEMPLATE = "members/pdf/yearly_check.typ"
# How long an answer on paper takes.
ANSWER_WITHIN = datetime.timedelta(days=30)


def facts(member: Member) -> list[tuple[str, str]]:
    """What the public sees of a member, label and value in the active language; without blanks."""
    found = [
        (_("Name"), in_language(member, "name")[0]),
        (_("Country"), in_language(member.country, "name")[0]),
        (_("Population"), _population(member)),
        (_("Slogan"), in_language(member, "slogan")[0]),
        (_("Website"), member.website),
        (_("Investment page"), member.investment_url),
        (_("Tourism page"), member.tourism_url),
        (_("E-mail"), member.email),
        (_("Telephone"), member.phone),
        (_("International department"), _departments(member)),
    ]
    return [(label, value) for label, value in found if value]


def _population(member: Member) -> str:
    known = member.figures.filter(kind=MemberFigure.Kind.POPULATION, year__lte=dated.today().year)
    latest = known.order_by("-year").first()
    return f"{grouped(latest.value)} ({latest.year})" if latest else ""


def _departments(member: Member) -> str:
    named = [
        ", ".join(filter(None, [in_language(row, "name")[0], row.email, row.phone]))
        for row in departments.departments_of(member)
    ]
    return "; ".join(named)


def letter(question: Confirmation) -> bytes:
    """The letter as PDF in both languages, Russian first."""
    texts = {code: _words(question, code) for code in LANGUAGE_CODES}
    return documents.pdf(TEMPLATE, {"texts": texts}, title=texts["ru"]["title"], language="ru")


def _words(question: Confirmation, code: str) -> dict:
    member = question.member
    with translation.override(code):
        page = cleaning.on_site(reverse("members:detail", args=[member.slug]))
        name = in_language(member, "name")[0]
        return {
            "to": _("To the administration: %(member)s") % {"member": name},
            "date": day_text(dated.today()),
            "title": _("The page of %(member)s on the portal of the association")
            % {"member": name},
            "paragraphs": [
                _("Once a year we ask every member whether its public page is right. Nobody has "
                  "answered our letters of this year."),
                _("Below stands what the page says. Please confirm it or correct it by %(day)s: "
                  "in the cabinet, by e-mail to %(email)s, or by a letter on paper.")
                % {
                    "day": day_text(dated.today() + ANSWER_WITHIN),
                    "email": settings.ASSOCIATION_EMAIL,
                },
            ],
            "facts": facts(member),
            "page": _("The whole page: %(address)s") % {"address": page},
            "signature": _("Secretariat of the association"),
        }  # fmt: skip
