"""Sister cities, associations and requests of the demonstration are those of the sources."""

from collections import Counter

import pytest

from content.dates import partial_text
from members.models import Member
from partnerships import anniversaries, matching
from partnerships.models import Affiliation, CharterSigning, HelpRequest, Partnership

pytestmark = pytest.mark.django_db


def since(slug: str) -> dict[str, str]:
    """The associations a member belongs to, and since when."""
    rows = Affiliation.objects.filter(member__slug=slug).select_related("organisation")
    return {
        row.organisation.slug: partial_text(row.starts_on, row.starts_precision)
        if row.starts_on
        else ""
        for row in rows
    }


def test_partnerships_of_the_demonstration():
    stavropol = Member.objects.get(slug="stavropol")
    real = Partnership.objects.filter(is_invented=False).with_sides()
    assert {
        (one.partner.slug, one.stage, one.signed_on and one.signed_on.year, one.signed_precision)
        for one in real
    } == {
        ("zhenjiang", "signed", 2012, "year"),
        ("changzhou", "signed", 2014, "year"),
        ("pazardzhik", "signed", None, "day"),
        ("giugliano-in-campania", "preparation", None, "day"),
    }
    assert {(one.stated_by, one.answer) for one in real} == {(stavropol, "not_asked")}
    invented = Partnership.objects.filter(is_invented=True)
    assert Counter(invented.values_list("answer", flat=True)) == {
        "confirmed": 2, "asked": 2, "refused": 1,
    }  # fmt: skip
    assert [one.years for one in anniversaries.told_on()] == [10]
    assert since("stavropol") == {
        "uclg": "2004", "uclg-eurasia": "2004", "iac": "2003", "tcia": "1996",
    }  # fmt: skip
    assert since("izhevsk") == {
        "union-of-russian-cities": "1992", "who-healthy-cities": "1995", "cities-of-ural": "1997",
        "iac": "", "ecad": "2002", "uclg-eurasia": "2004", "intercultural-cities": "2008",
        "council-of-municipalities-udmurtia": "2006", "healthy-cities-russia": "2011",
        "volga-cities": "2015",
    }  # fmt: skip
    assert Affiliation.objects.filter(organisation__slug="volga-cities").count() == 13
    charter = CharterSigning.objects.get()
    assert (charter.member.slug, charter.signed_on.year, charter.signed_precision) == (
        "izhevsk", 2000, "year",
    )  # fmt: skip
    assert Counter(HelpRequest.objects.values_list("state", flat=True)) == {
        "answered": 1, "received": 1, "in_work": 1,
    }  # fmt: skip
    assert matching.matches_for(Member.objects.get(slug="ulaanbaatar"))
