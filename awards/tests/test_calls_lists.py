"""Calls in calendars, in the to-do lists of cities and of staff, in search."""

import datetime
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from awards import calls_attention, calls_calendar, calls_queues
from awards.models import Award, Round
from awards.tests.factories import make_award, make_category, make_entrant, make_entry, make_round
from content.models import SearchEntry
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")
CLOSES = datetime.datetime(2100, 3, 31, 23, 59, tzinfo=KAZAN)


def in_calendar(first=CLOSES - DAY, last=CLOSES + DAY) -> list[tuple]:
    found = [
        *calls_calendar.rounds_close(first, last),
        *calls_calendar.categories_close(first, last),
    ]
    return [(entry.key, entry.title_en, entry.moment) for entry in found]


def test_deadline_of_a_call_stands_in_calendars():
    made = make_round(closes_at=CLOSES)
    make_round(slug="draft", closes_at=CLOSES, status="draft", published_at=None)
    make_round(make_award("hidden", status="draft", published_at=None), closes_at=CLOSES)
    make_round(slug="later", closes_at=CLOSES + DAY)
    assert in_calendar() == [(f"award-round-{made.pk}", "Entries close: National Costume", CLOSES)]


def test_categories_stand_in_calendars_with_their_own_deadlines():
    made = make_round(closes_at=CLOSES)
    own = make_category(made, "A", title_en="Youngest", closes_at=CLOSES - DAY / 2)
    row = (
        f"award-category-{own.pk}", "Entries close: National Costume, Youngest", CLOSES - DAY / 2,
    )  # fmt: skip
    assert in_calendar() == [row]
    make_category(made, "B")
    assert in_calendar() == [
        (f"award-round-{made.pk}", "Entries close: National Costume", CLOSES), row,
    ]  # fmt: skip


def test_calendar_file_and_plan_name_the_deadline(client):
    made = make_round(closes_at=timezone.now() + 3 * DAY)
    assert f"award-round-{made.pk}" in client.get("/en/events/calendar.ics").text
    year = timezone.localtime(made.closes_at).year
    assert "National Costume" in client.get(f"/en/events/plan/{year}/").text


@pytest.mark.parametrize("number", [1, 7])
def test_calendar_asks_as_much_for_one_as_for_many(django_assert_num_queries, number):
    for place in range(number):
        made = make_round(make_award(f"award-{place}"), closes_at=CLOSES)
        make_category(made, "A")
        make_category(made, "B", closes_at=CLOSES)
    with django_assert_num_queries(3):
        assert len(in_calendar()) == 2 * number


def waiting(member) -> list[tuple]:
    with translation.override("en"):
        found = calls_attention.calls_to_enter(member, None)
        return [(one.title, one.action, one.url, one.is_hot) for one in found]


def test_cabinet_names_calls_that_close_soon():
    member = make_member()
    make_round(slug="hot", closes_at=timezone.now() + 3 * DAY, title_en="Hot")
    make_round(slug="warm", closes_at=timezone.now() + 20 * DAY, title_en="Warm")
    make_round(slug="far", closes_at=timezone.now() + 60 * DAY, title_en="Far")
    make_round(slug="over", closes_at=timezone.now() - DAY, title_en="Over")
    make_round(slug="schools", who_may_enter=["institution"], title_en="For schools")
    with translation.override("en"):
        url = reverse("awards:cabinet", args=[member.slug])
    assert waiting(member) == [
        ("Call for entries: Hot", "Send an entry", url, True),
        ("Call for entries: Warm", "Send an entry", url, False),
    ]


def test_cabinet_is_quiet_once_an_entry_was_sent():
    member, made = make_member(), make_round()
    entry = make_entry(make_entrant(made, member))
    assert waiting(member) == []
    entry.state, entry.withdrawn_at = "withdrawn", timezone.now()
    entry.save()
    assert len(waiting(member)) == 1


def queue_of(user, title: str):
    with translation.override("en"):
        rows = [one for one in calls_queues.queues(user) if str(one.title) == title]
        return [(one.count, str(one.note), one.url, one.is_hot) for one in rows]


def test_calls_without_rules_wait_for_the_awards_desk(awards_officer, translator, client):
    now = timezone.now()
    make_round(slug="open")
    make_round(slug="soon", opens_at=now + 9 * DAY, closes_at=now + 20 * DAY, status="draft",
               published_at=None)  # fmt: skip
    make_round(slug="ready", rules_en="<p>Rules</p>")
    make_round(slug="far", opens_at=now + 90 * DAY, closes_at=now + 99 * DAY)
    make_round(slug="over", closes_at=now - DAY)
    url = reverse("admin:awards_round_changelist") + "?call=no-rules"
    assert queue_of(awards_officer, "Calls without rules") == [
        (2, "2 calls are open or open within two weeks, and have no rules", url, True)
    ]
    assert queue_of(translator, "Calls without rules") == []
    client.force_login(awards_officer)
    rows = client.get(url).context["cl"].result_list
    assert sorted(row.slug for row in rows) == ["open", "soon"]


def test_texts_without_a_translation_wait_for_translators(translator, client):
    make_round(make_award(title_en="", summary_en=""), title_en="")
    for title, name in [
        ("Awards without a translation", "award"),
        ("Rounds of awards without a translation", "round"),
    ]:
        ((count, _note, url, _hot),) = queue_of(translator, title)
        assert (count, url) == (
            1, reverse(f"admin:awards_{name}_changelist") + "?translation=open",
        )  # fmt: skip
        client.force_login(translator)
        assert client.get(url).context["cl"].result_count == 1


def test_queues_are_for_those_who_may_work_on_them(finance_officer):
    assert list(calls_queues.queues(finance_officer)) == []


def found(client, words: str) -> set[str]:
    response = client.get("/en/search/", {"q": words})
    return {hit["entry"].url for hit in response.context["hits"]}


def test_search_finds_awards_and_rounds(client):
    make_round(theme_en="Harvest", rules_en="<p>Watercolour only</p>")
    assert found(client, "watercolour") == {"/en/awards/heritage/2026/"}
    assert found(client, "harvest") == {"/en/awards/heritage/2026/"}
    assert found(client, "heritage") == {"/en/awards/heritage/", "/en/awards/heritage/2026/"}


def test_search_forgets_rounds_of_an_award_that_is_withdrawn(client):
    made = make_round(make_award())
    award = Award.objects.get()
    award.status = Award.Status.WITHDRAWN
    award.save()
    assert found(client, "heritage") == set()
    assert SearchEntry.objects.filter(object_id=made.pk, title="National Costume").count() == 0
    award.status = Award.Status.PUBLISHED
    award.save()
    assert "/en/awards/heritage/2026/" in found(client, "national costume")


def test_round_is_open_while_one_of_its_categories_is():
    now = timezone.now()
    early = make_round(slug="early", closes_at=now + DAY)
    make_category(early, closes_at=now - DAY)
    late = make_round(slug="late", closes_at=now - DAY)
    make_category(late, "A")
    make_category(late, "B", closes_at=now + DAY)
    mixed = make_round(slug="mixed", closes_at=now + DAY)
    make_category(mixed, "A", closes_at=now - DAY)
    make_category(mixed, "B")
    assert {row.slug for row in Round.objects.open(now)} == {"late", "mixed"}


def test_round_opens_at_its_moment_and_closes_at_its_moment():
    made = make_round()
    at = [made.opens_at - DAY / 99, made.opens_at, made.closes_at - DAY / 99, made.closes_at]
    assert [Round.objects.open(moment).exists() for moment in at] == [False, True, True, False]
