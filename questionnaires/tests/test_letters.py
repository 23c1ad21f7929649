"""Letters about questionnaires, what waits for representatives, deadlines in the calendar."""

import datetime
import zoneinfo

import pytest
from django.utils import timezone, translation

from content.dates import day_text
from content.timezones import association_zone
from events import calendar_sources
from mailing import reminders as planner
from mailing.models import Message
from members.attention import attention_for
from members.models import Member
from members.tests.factories import make_member, make_representative
from questionnaires import reminders
from questionnaires.models import Answer, AnswerNote, QuestionnaireReminder, Response
from questionnaires.tests.factories import make_response, make_sent
from ratings.models import Edition
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ZONE = zoneinfo.ZoneInfo("Europe/Moscow")
CLOSES = (timezone.now().astimezone(ZONE) + 28 * DAY).replace(
    hour=23, minute=59, second=0, microsecond=0
)
OPENS = CLOSES - 30 * DAY


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    return make_full_edition(opens_at=OPENS, closes_at=CLOSES, opened_at=OPENS)


@pytest.fixture
def cities(make_user) -> dict[str, Member]:
    found = {}
    for name, zone in [("Kazan", ""), ("Bishkek", "Asia/Bishkek")]:
        user = make_user(f"{name.lower()}@example.org", language="en", time_zone=zone)
        found[name] = make_member(name.lower(), name, name)
        make_representative(user, found[name])
    return found


def letters(at: datetime.datetime) -> list[tuple[str, str, str]]:
    """What the planner has written by a moment: kind, reader, state."""
    planner.plan(at)
    rows = Message.objects.filter(kind__startswith="questionnaires.").order_by("pk")
    return [(one.kind.removeprefix("questionnaires."), one.email, one.state) for one in rows]


def usual(edition: Edition, days: int) -> datetime.datetime:
    return edition.closes_at - days * DAY + datetime.timedelta(minutes=1)


def test_opening_letter_goes_once_to_those_who_answer_for_a_city(edition, cities):
    assert letters(OPENS - DAY) == []
    once = [
        ("opening", "bishkek@example.org", "queued"), ("opening", "kazan@example.org", "queued"),
    ]  # fmt: skip
    assert sorted(letters(OPENS + DAY)) == once
    assert sorted(letters(OPENS + 2 * DAY)) == once
    mail = Message.objects.get(email="bishkek@example.org")
    last = day_text(CLOSES.date(), "en")
    assert mail.subject == f"The questionnaire is open until {last}: {edition.title_en}"
    assert f"{last}, 23:59" in mail.text_body
    assert f"{day_text(CLOSES.date() + DAY, 'en')}, 02:59" in mail.text_body
    assert f"/en/cabinet/bishkek/ratings/{edition.pk}/" in mail.text_body
    assert "Русский текст ниже" in mail.text_body


def test_reminders_go_two_weeks_three_days_and_one_day_before(edition, cities):
    make_sent(edition, {"P1": 1}, member=cities["Kazan"])
    Message.objects.all().delete()
    counts = [
        len([one for one in letters(usual(edition, days)) if one[0] == "reminder"])
        for days in (15, 14, 13, 3, 2, 1)
    ]
    assert counts == [0, 1, 1, 2, 2, 3]
    assert {one.email for one in Message.objects.filter(kind="questionnaires.reminder")} == {
        "bishkek@example.org"
    }


def test_reminder_says_how_far_the_questionnaire_is(edition, cities):
    response = make_sent(edition, {"P1": 1}, member=cities["Kazan"], state="draft",
                         submitted_at=None)  # fmt: skip
    letters(usual(edition, 3))
    mail = Message.objects.get(kind="questionnaires.reminder", email="kazan@example.org")
    assert "1 of 3 questions have an answer." in mail.text_body
    fresh = Message.objects.get(kind="questionnaires.reminder", email="bishkek@example.org")
    assert "The questionnaire has not been begun." in fresh.text_body
    assert response.state == "draft"


def test_own_reminders_take_the_place_of_the_usual_ones(edition, cities):
    QuestionnaireReminder.objects.create(
        edition=edition, amount=5, unit="days", audience="unsent",
        subject_en="Five days left", text_en="Please hurry.",
    )  # fmt: skip
    assert [one[0] for one in letters(usual(edition, 14)) if one[0] == "reminder"] == []
    letters(usual(edition, 5))
    mail = Message.objects.filter(kind="questionnaires.reminder").first()
    assert mail.subject == "Five days left"
    assert "Please hurry." in mail.text_body


def test_longer_deadline_moves_the_reminders(edition, cities):
    letters(usual(edition, 3))
    written = Message.objects.filter(kind="questionnaires.reminder").count()
    edition.closes_at += 30 * DAY
    edition.save()
    letters(usual(edition, 3) - DAY)
    letters(usual(edition, 3))
    assert Message.objects.filter(kind="questionnaires.reminder").count() > written


def test_questionnaire_that_opens_late_skips_what_lies_before(edition, cities):
    now = timezone.now()
    Edition.objects.update(opens_at=now - DAY, opened_at=now - 2 * DAY, closes_at=now + 9 * DAY)
    assert {one[0] for one in letters(now)} == {"opening"}


def test_nobody_hears_of_what_is_closed_sealed_or_not_opened(edition, cities):
    Edition.objects.update(opened_at=None)
    assert letters(usual(edition, 3)) == []
    Edition.objects.update(opened_at=OPENS, closes_at=usual(edition, 10))
    assert letters(usual(edition, 3)) == []


def test_no_rule_is_due_costs_one_query(edition, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert list(reminders.questionnaires_close(usual(edition, 20))) == []


def shown(member: Member) -> list[tuple]:
    user = member.representatives.get().user
    found = attention_for(member, user)
    return [(one.title, one.note, one.action, one.is_hot) for one in found
            if "uestionnaire" in one.title]  # fmt: skip


@pytest.fixture
def now_open() -> Edition:
    return make_full_edition(title_en="Rating 2026", closes_at=timezone.now() + 10 * DAY)


def test_representative_is_asked_to_fill_in_then_to_send_then_nothing(now_open, cities):
    kazan = cities["Kazan"]
    fill = "Fill in the questionnaire: Rating 2026"
    assert shown(kazan) == [(fill, "", "Open the questionnaire", False)]
    response = make_sent(now_open, {"P1": 1, "P2": 2}, member=kazan, state="draft",
                         submitted_at=None)  # fmt: skip
    assert shown(kazan) == [
        (fill, "2 of 3 questions have an answer.", "Open the questionnaire", False)
    ]
    last = now_open.indicators.get(code="E1")
    Answer.objects.create(response=response, indicator=last, is_unknown=True)
    (row,) = shown(kazan)
    assert row[0] == "Send the questionnaire: Rating 2026"
    Edition.objects.update(closes_at=timezone.now() + DAY)
    assert shown(kazan)[0][3] is True
    Response.objects.update(state="submitted", submitted_at=timezone.now())
    assert shown(kazan) == []


def test_questions_of_the_check_wait_until_their_day(now_open, cities, ratings_officer):
    response = make_sent(now_open, {"P1": 1}, member=cities["Kazan"])
    answer = response.answers.get()
    Answer.objects.update(check_state="asked", checked_by=ratings_officer,
                          checked_at=timezone.now())  # fmt: skip
    day = timezone.localdate() + 5 * DAY
    AnswerNote.objects.create(answer=answer, text="Why?", answer_until=day, by=ratings_officer)
    (row,) = shown(cities["Kazan"])
    assert row == (
        "Reply to the check of the questionnaire", "Rating 2026", "Reply to the questions", True
    )  # fmt: skip
    AnswerNote.objects.update(answer_until=timezone.localdate() - DAY)
    assert shown(cities["Kazan"]) == []


def test_association_is_asked_for_no_questionnaire(now_open, cities):
    Member.objects.filter(slug="kazan").update(kind="association")
    assert shown(Member.objects.get(slug="kazan")) == []


def test_close_of_a_public_questionnaire_stands_in_the_calendar(edition):
    make_full_edition(status="draft", published_at=None, closes_at=CLOSES, opens_at=OPENS)
    found = [
        one for one in calendar_sources.entries(CLOSES - DAY, CLOSES + DAY)
        if one.key.startswith("questionnaire-")
    ]  # fmt: skip
    assert [(one.title_en, one.moment) for one in found] == [
        (f"Questionnaire closes: {edition.title_en}", CLOSES)
    ]
    assert found[0].address() == edition.get_absolute_url()
    assert make_response(edition).edition.zone == association_zone()
