"""The public pages, and who may fetch which paper."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_user
from content.models import SearchEntry
from meetings import publishing, results
from meetings.tests.factories import (
    DAY,
    make_assembly,
    make_body,
    make_candidates,
    make_decision,
    make_document,
    make_election,
    make_item,
    make_meeting,
    make_nomination,
    make_person,
    make_seat,
    make_term,
)
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db


def page(client, meeting, language="en") -> str:
    response = client.get(f"/{language}/about/meetings/{meeting.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_s3_19_agenda_stands_with_its_decisions_and_papers(client):
    meeting = make_meeting(state="held")
    item = make_item(meeting, title_ru="Отчёты за 2018–2019 годы", title_en="Reports 2018–2019")
    make_decision(meeting, item=item, kind="heard", wording_en="The reports are heard.")
    make_document(meeting, item=item)

    html = page(client, meeting)

    places = [html.index(text) for text in ("Reports 2018", "Decision 1: heard", "Draft plan")]
    assert places == sorted(places)


def test_s3_47_kinds_of_decisions_are_named_in_both_languages(client):
    meeting = make_meeting(state="held")
    for number, kind in enumerate(("heard", "approved", "elected", "adopted"), 1):
        make_decision(meeting, number, kind=kind)

    html = page(client, meeting)

    assert [f"Decision {n}: {kind}" in html for n, kind in
            enumerate(("heard", "approved", "elected", "adopted"), 1)] == [True] * 4  # fmt: skip


def test_s3_10_nested_meeting_names_the_one_it_was_held_within(client):
    council = make_meeting("world-council", title_en="World Council")
    bureau = make_meeting(
        "bureau", make_body("bureau", name_en="Executive Bureau"), parent=council,
        title_en="Executive Bureau in Durban",
    )  # fmt: skip

    assert "Held within:" in page(client, bureau)
    assert "Executive Bureau in Durban" in page(client, council)


def test_s3_31_political_and_statutory_items_are_told_apart(client):
    meeting = make_meeting()
    make_item(meeting, 1, kind="political")
    make_item(meeting, 2, kind="statutory")

    html = page(client, meeting)

    assert html.index("Political") < html.index("Statutory")


def test_draft_is_not_found(client):
    meeting = make_meeting(status="draft", published_at=None)

    assert client.get(meeting.get_absolute_url()).status_code == 404


def test_list_names_the_latest_first_and_narrows_to_a_year(client):
    make_meeting("old", starts_at=make_meeting().starts_at - 800 * DAY, title_en="Old meeting")

    everything = client.get("/en/about/meetings/").content.decode()
    narrowed = client.get("/en/about/meetings/?year=2024").content.decode()

    assert everything.index("Meeting of the Council") < everything.index("Old meeting")
    assert ("Old meeting" in narrowed, "Meeting of the Council" in narrowed) == (True, False)


def test_unknown_year_shows_all(client):
    make_meeting()

    response = client.get("/en/about/meetings/?year=1999")

    assert "Meeting of the Council" in response.content.decode()


def asked(deed) -> int:
    """How many queries a deed makes on an empty cache."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        deed()
    return len(queries)


def test_list_asks_as_often_for_twenty_as_for_one(client):
    make_meeting()
    one = asked(lambda: client.get("/en/about/meetings/"))
    for number in range(19):
        make_meeting(f"meeting-{number}", make_body(f"body-{number}", name_en=f"Body {number}"))

    assert asked(lambda: client.get("/en/about/meetings/")) == one <= 6


def fill(meeting, count: int) -> None:
    start = meeting.agenda.count() + 1
    for number in range(start, start + count):
        item = make_item(meeting, number, speaker=make_person(f"speaker-{number}"))
        make_decision(meeting, number, item=item)
        make_document(meeting, item=item)
        election = make_election(body=meeting.body, meeting=meeting)
        make_nomination(election, person=make_person(f"candidate-{number}"))


def test_page_asks_as_often_for_ten_items_as_for_one(client):
    meeting = make_meeting()
    fill(meeting, 1)
    one = asked(lambda: page(client, meeting))
    fill(meeting, 9)

    assert asked(lambda: page(client, meeting)) == one <= 14


def test_counted_result_is_not_shown_before_it_is_published(client, editor):
    meeting = make_meeting()
    election = make_election(meeting=meeting)
    first, second = make_candidates(election, "anna", "boris")
    results.record(election, {first.pk: 41, second.pk: 12}, editor)

    html = page(client, meeting)

    assert ("The result is not published yet." in html, ">41<" in html) == (True, False)


def published(meeting, editor, lead, **fields):
    election = make_election(meeting=meeting, **fields)
    first, second = make_candidates(election, "anna", "boris")
    results.record(election, {first.pk: 34, second.pk: 34}, editor)
    results.settle_tie(
        election, "lot", note_ru="Жребий тянул старейший делегат.",
        note_en="The oldest delegate drew the lot.", by=editor, winners=[second.pk],
    )  # fmt: skip
    publishing.ask(election, editor)
    publishing.approve(election, lead, publishing.digest_of(election))
    publishing.publish(election, editor)
    return election


def test_gov_5_the_page_prints_the_rule_and_its_note(client, editor, lead):
    meeting = make_meeting()
    published(meeting, editor, lead)

    html = page(client, meeting)

    assert "A tie for the last seat was settled by: lot." in html
    assert "The oldest delegate drew the lot." in html


def test_erratum_stands_below_the_result(client, editor, lead):
    meeting = make_meeting()
    election = published(meeting, editor, lead)
    publishing.correct(election, text_ru="", text_en="Boris is Boris Borisov.", by=editor)

    html = page(client, meeting)

    assert html.index("Not elected") < html.index("Boris is Boris Borisov.")


def fetch(client, paper, user=None) -> int:
    if user:
        client.force_login(user)
    address = reverse("meetings:document", args=[paper.meeting.slug, paper.pk])
    response = client.get(address)
    if response.streaming:
        response.getvalue()
    return response.status_code


@pytest.fixture
def readers(db):
    """A meeting of a body where Omsk has a seat, and its readers by name."""
    meeting = make_meeting()
    omsk, perm = make_member("omsk", "Омск", "Omsk"), make_member("perm", "Пермь", "Perm")
    make_term(make_seat(), member=omsk)
    users = {"visitor": None, "stranger": make_user("stranger@example.org")}
    for city in (omsk, perm):
        users[city.slug] = make_user(f"{city.slug}@example.org")
        make_representative(users[city.slug], city)
    return meeting, users


@pytest.mark.parametrize(
    ("audience", "allowed"),
    [
        ("public", {"visitor", "stranger", "omsk", "perm", "editor"}),
        ("members", {"omsk", "perm", "editor"}),
        ("body", {"omsk", "editor"}),
    ],
)
def test_papers_reach_their_readers_alone(client_of, readers, editor, audience, allowed):
    meeting, users = readers
    paper = make_document(meeting, audience)
    everybody = {**users, "editor": editor}

    found = {name for name, user in everybody.items() if fetch(client_of(user), paper) == 200}

    assert found == allowed


def test_papers_of_a_draft_meeting_stay_with_staff(client_of, readers, editor):
    _meeting, users = readers
    draft = make_meeting("draft", status="draft", published_at=None)
    paper = make_document(draft)

    assert [fetch(client_of(users["omsk"]), paper), fetch(client_of(editor), paper)] == [404, 200]


def test_paper_of_another_meeting_is_not_found_under_this_one(client):
    paper = make_document(make_meeting())
    other = make_meeting("other")

    address = reverse("meetings:document", args=[other.slug, paper.pk])

    assert client.get(address).status_code == 404


def test_meeting_is_found_by_the_alias_of_its_body():
    body = make_body("bureau", name_en="Executive Bureau")
    body.aliases.create(name_ru="Исполком", name_en="Executive Office")
    make_meeting("bureau-2020", body, title_en="Online session")

    entry = SearchEntry.objects.get(title="Online session")

    assert "Executive Office" in entry.names


def test_title_in_one_language_is_marked(client):
    meeting = make_meeting(title_en="")

    assert '<h1><span lang="ru">Заседание Совета</span></h1>' in page(client, meeting)


def test_cancelled_meeting_says_so(client):
    assert "Cancelled" in page(client, make_meeting(state="cancelled"))


def test_open_nominations_hide_the_candidates(client):
    meeting = make_meeting("assembly", make_assembly())
    election = make_election(meeting=meeting, closed=False)
    make_nomination(election, person=make_person("hidden", "Скрытый", "Hidden"))

    html = page(client, meeting)

    assert ("Nominations are open until" in html, "Hidden" in html) == (True, False)


def test_page_of_a_body_lists_its_meetings(client):
    meeting = make_meeting(title_en="Spring session")
    make_meeting("draft", status="draft", published_at=None, title_en="Secret session")

    html = client.get(f"/en/about/bodies/{meeting.body.slug}/").content.decode()

    assert ("Spring session" in html, "Secret session" in html) == (True, False)
