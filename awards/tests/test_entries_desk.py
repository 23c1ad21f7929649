"""Entries on the desk of the secretariat, reminders of drafts, what waits for whom."""

import datetime
import io

import pytest
from django.utils import timezone, translation
from openpyxl import load_workbook

from accounts.tests.factories import make_representative
from awards import entries_reminders, sending
from awards.models import DraftReminder, Entry, EntryFieldChoice, Extension
from awards.tests.factories import (
    make_author,
    make_category,
    make_entrant,
    make_entry,
    make_field,
    make_round,
)
from content import workqueue
from mailing import reminders
from mailing.models import Message
from members import attention
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
LIST = "/admin/awards/entry/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def desk(client_of, awards_officer):
    return client_of(awards_officer)


@pytest.fixture
def round():
    return make_round()


@pytest.fixture
def entrant(round):
    return make_entrant(round, make_member())


def rows_of(response):
    book = load_workbook(io.BytesIO(response.content))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_a_refused_entry_tells_why_and_is_readmitted(desk, entrant):
    make_representative(entrant.member, "kazan@example.org")
    entry = make_entry(entrant)
    without = desk.post(f"{LIST}{entry.pk}/refuse/", {"reason": "  "})
    assert (without.status_code, Entry.objects.get().state) == (200, "submitted")
    desk.post(f"{LIST}{entry.pk}/refuse/", {"reason": "Практика ещё не начата"})
    entry.refresh_from_db()
    assert (entry.state, entry.refused_reason) == ("refused", "Практика ещё не начата")
    letter = Message.objects.get(occasion__startswith=f"awards.refused:{entry.pk}:")
    assert (letter.email, "Практика ещё не начата" in letter.text_body) == (
        "kazan@example.org", True,
    )  # fmt: skip
    assert list(Entry.objects.admitted()) == []
    desk.post(f"{LIST}{entry.pk}/readmit/")
    assert list(Entry.objects.admitted()) == [entry]


def test_a_draft_is_not_refused(entrant, awards_officer):
    with pytest.raises(sending.EntryRefused):
        sending.refuse(make_entry(entrant, state="draft"), "Why", awards_officer)


def test_the_list_filters_and_costs_the_same_for_many(desk, entrant, django_assert_max_num_queries):
    round = entrant.round
    for _number in range(12):
        make_entry(entrant, make_category(round, f"C{_number}"))
    with django_assert_max_num_queries(25):
        page = desk.get(LIST, {"state__exact": "submitted", "round__id__exact": round.pk})
    assert page.context["cl"].result_count == 12


def test_the_export_has_all_answers_as_columns_and_the_filter_of_the_list(desk, entrant):
    round = entrant.round
    text = make_field(round, in_both_languages=True, label_ru="Суть", label_en="Gist")
    choice = make_field(round, "choices", order=2, label_ru="Кто", label_en="Who")
    one = EntryFieldChoice.objects.create(field=choice, label_ru="Жители", label_en="People")
    first, second = make_entry(entrant, title_ru="=1+1"), make_entry(entrant)
    make_entry(entrant, state="draft")
    first.answers.create(field=text, language="ru", text="По-русски")
    first.answers.create(field=choice).choices.add(one)
    rows = rows_of(desk.get(f"{LIST}export/", {"state__exact": "submitted"}))
    assert rows[0][11:] == ["Суть (ru)", "Суть (en)", "Кто"]
    assert [(row[1], row[4], *row[11:]) for row in rows[1:]] == [
        (first.code, "'=1+1", "По-русски", None, "Жители"),
        (second.code, "Праздник урожая", None, None, None),
    ]


def test_prv_4_names_of_children_leave_only_with_the_right_to_see_them(
    desk, client_of, make_user, awards_officer
):
    round = make_round(is_for_children=True)
    entry = make_entry(make_entrant(round), make_category(round))
    make_author(entry)
    lacking = desk.get(LIST, {"consent": "missing"})
    assert lacking.context["cl"].result_count == 1
    may = awards_officer.has_perm("awards.view_author")
    page = desk.get(f"{LIST}{entry.pk}/change/").content.decode()
    table = rows_of(desk.get(f"{LIST}export/"))
    assert ("Сафина" in page, "Сафина" in str(table)) == (may, may)
    without = client_of(make_user("other@example.org", is_staff=True))
    assert without.get(f"{LIST}{entry.pk}/change/").status_code == 403


def test_a_longer_deadline_is_granted_in_the_admin(desk, entrant, awards_officer):
    until = timezone.localtime(entrant.round.closes_at + DAY)
    typed = {"entrant": entrant.pk, "reason": "Отключение света",
             "until_0": f"{until:%Y-%m-%d}", "until_1": f"{until:%H:%M:%S}"}  # fmt: skip
    early = timezone.localtime(timezone.now() + DAY)
    wrong = desk.post("/admin/awards/extension/add/", {**typed, "until_0": f"{early:%Y-%m-%d}"})
    assert (wrong.status_code, Extension.objects.count()) == (200, 0)
    assert desk.post("/admin/awards/extension/add/", typed).status_code == 302
    granted = Extension.objects.get()
    assert (granted.entrant, granted.granted_by, granted.ended_at) == (
        entrant, awards_officer, None,
    )  # fmt: skip
    desk.post("/admin/awards/extension/", {"action": "take_back", "_selected_action": [granted.pk]})
    granted.refresh_from_db()
    assert granted.ended_at is not None


def test_drafts_are_reminded_of_a_week_and_two_days_before_they_close(entrant):
    make_representative(entrant.member, "kazan@example.org")
    draft, _sent = make_entry(entrant, state="draft"), make_entry(entrant)
    closes = entrant.round.closes_at
    written = []
    for days in (9, 7, 6, 2, 1):
        found = reminders.write(
            entries_reminders.drafts_closing(closes - days * DAY), closes - days * DAY
        )
        written.append(found["written"])
    assert written == [0, 1, 0, 1, 0]
    subjects = Message.objects.filter(occasion__startswith=f"awards.draft:{draft.pk}:")
    assert {one.email for one in subjects} == {"kazan@example.org"}


def test_what_was_sent_meanwhile_is_not_reminded_of(entrant):
    make_representative(entrant.member, "kazan@example.org")
    draft = make_entry(entrant, state="draft")
    at = entrant.round.closes_at - 2 * DAY
    found = list(entries_reminders.drafts_closing(at))
    sending.submit(draft, None)
    assert reminders.write(found, at)["written"] == 0


def test_the_cabinet_asks_for_drafts_of_open_calls(entrant):
    user = make_representative(entrant.member, "kazan@example.org")
    draft = make_entry(entrant, state="draft")
    make_entry(make_entrant(make_round(slug="old", closes_at=timezone.now() - DAY),
                            entrant.member), state="draft")  # fmt: skip
    with translation.override("en"):
        found = [
            (one.title, one.url, one.deadline)
            for one in attention.attention_for(entrant.member, user)
            if "Send the entry" in one.title
        ]
    assert found == [
        (
            "Send the entry: Harvest Festival",
            f"/en/cabinet/kazan/awards/entries/{draft.pk}/",
            entrant.round.closes_at,
        )
    ]


def test_the_desk_counts_new_entries_and_missing_consents(awards_officer, entrant):
    children = make_round(slug="children", is_for_children=True)
    make_author(make_entry(make_entrant(children), make_category(children)))
    make_entry(entrant)
    counts = {
        queue.url: queue.count
        for queue in workqueue.queues_for(awards_officer)
        if queue.url.startswith(LIST)
    }
    assert counts == {
        f"{LIST}?state__exact=submitted&sent=new": 2,
        f"{LIST}?state__exact=submitted&consent=missing": 1,
    }


def test_a_round_reminds_in_words_of_the_secretariat_when_it_says(entrant):
    make_representative(entrant.member, "kazan@example.org")
    make_entry(entrant, state="draft")
    DraftReminder.objects.create(
        round=entrant.round, amount=3, unit="days", audience=DraftReminder.DRAFTS,
        subject_ru="Осталось три дня", text_ru="Проверьте приложения.",
    )  # fmt: skip
    closes = entrant.round.closes_at
    written = [
        reminders.write(entries_reminders.drafts_closing(closes - days * DAY), closes - days * DAY)[
            "written"
        ]
        for days in (7, 3, 2)
    ]
    letter = Message.objects.get(occasion__startswith="awards.draft:")
    assert (written, letter.subject, "Проверьте приложения." in letter.text_body) == (
        [0, 1, 0], "Осталось три дня", True,
    )  # fmt: skip
