"""The meetings of the demonstration: what the source documents say, and screens that are alive."""

import pytest
from django.utils import translation

from governance.models import Body
from meetings import counting, eligibility
from meetings.models import Election, Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def decisions(slug: str) -> list[tuple[str, str]]:
    meeting = Meeting.objects.get(slug=slug)
    return [(one.kind, one.wording_en) for one in meeting.decisions.all()]


def test_meetings_of_the_demonstration():
    # S3-19, S3-47, S3-15, S3-10, S3-31 in one load: loading takes most of the time.
    assert decisions("world-congress-durban-2019") == [
        ("heard", "The reports for 2018–2019 are heard."),
        ("approved", "The priorities for 2019–2022 are approved."),
        ("elected", "The bodies of the organisation are re-elected."),
        ("adopted", "The Political Declaration is adopted."),
    ]
    assert decisions("iac-27-session-2020") == [
        ("heard", "The report on the activities of the Assembly is heard."),
        ("approved", "The work plan for 2020 is approved."),
        ("elected", "The Chairman of Stavropol City Duma joined the Board."),
    ]
    cheboksary = Meeting.objects.get(slug="general-assembly-cheboksary-2018")
    elected = [
        one["en"] for election in cheboksary.elections.order_by("pk")
        for one in election.protocol.candidates
    ]  # fmt: skip
    assert elected == ["Ilsur Metshin", "G. Kolyagin (Stavropol)"]
    assert sorted(cheboksary.minutes.values_list("language", flat=True)) == ["en", "ru"]
    nested = Meeting.objects.get(slug="executive-bureau-hangzhou-2017")
    assert nested.parent.slug == "world-council-hangzhou-2017"
    assert Body.objects.get(slug="executive-bureau").aliases.filter(name_en="Executive Office")
    online = Meeting.objects.get(slug="executive-bureau-online-2020")
    assert set(online.agenda.values_list("kind", flat=True)) == {"political", "statutory", "other"}

    waiting = Election.objects.get(state="counted")
    counted = counting.count(waiting)
    assert [(one.votes, one.is_elected) for one in counted.standings] == [
        ((3,), True), ((3,), False),
    ]  # fmt: skip
    assert Election.objects.taking_nominations().count() == 1
    sheet = eligibility.sheet(Meeting.objects.get(slug="general-assembly"))
    assert len(sheet.eligible) >= 1
    assert len(sheet.missing) > 50
