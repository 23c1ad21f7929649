"""Assignment: balanced, without conflicts, the same each time, in few queries."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from awards.models import Entry
from awards.tests.factories import make_author, make_category, make_entrant, make_entry, make_round
from content.models import AuditEntry
from judging import assigning
from judging.assigning import Judge, Work, plan
from judging.models import Assignment
from judging.refusals import Refused
from judging.tests.factories import make_juror, make_stage, make_vote

WORKS = [Work(number) for number in range(1, 101)]
JUDGES = [Judge(number) for number in range(1, 8)]


def loads(outcome) -> list[int]:
    return sorted(Counter(who for who, _work in outcome.added).values())


def test_even_loads_differ_by_one_and_every_work_has_its_votes():
    outcome = plan(WORKS, JUDGES, how="evenly", votes_needed=3)

    assert loads(outcome) == [42, 43, 43, 43, 43, 43, 43]
    assert set(Counter(work for _who, work in outcome.added).values()) == {3}
    assert (outcome.short, len(set(outcome.added))) == ({}, 300)


def test_even_assignment_is_the_same_for_the_same_seed_only():
    first, again, other = (
        plan(WORKS, JUDGES, how="evenly", votes_needed=3, seed=seed).added
        for seed in ("1", "1", "2")
    )

    assert first == again
    assert sorted(first) != sorted(other)


def test_even_assignment_goes_round_conflicts():
    forbidden = {(1, work) for work in range(1, 51)}

    outcome = plan(WORKS, JUDGES, how="evenly", votes_needed=3, forbidden=forbidden)

    assert not forbidden & set(outcome.added)
    assert set(outcome.avoided) == forbidden
    assert max(loads(outcome)) - min(loads(outcome)) <= 1


def test_works_that_cannot_get_their_votes_are_named():
    outcome = plan(
        [Work(1), Work(2)], JUDGES[:3], how="evenly", votes_needed=3, forbidden={(2, 1), (3, 1)}
    )

    assert outcome.short == {1: 1}


def test_later_works_are_added_and_nothing_is_taken():
    first = plan(WORKS[:50], JUDGES, how="evenly", votes_needed=3)

    later = plan(WORKS, JUDGES, how="evenly", votes_needed=3, present=first.added)

    assert {work for _who, work in later.added} == set(range(51, 101))
    together = Counter(who for who, _work in first.added + later.added)
    assert max(together.values()) - min(together.values()) <= 1


def test_everybody_gets_everything():
    outcome = plan(WORKS[:3], JUDGES[:2], how="everything", votes_needed=2)

    assert sorted(outcome.added) == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]


def test_by_hand_nothing_is_given_by_itself():
    outcome = plan(WORKS[:2], JUDGES, how="by_hand", votes_needed=1)

    assert (outcome.added, outcome.short) == ([], {1: 0, 2: 0})


def test_jurors_get_works_of_their_categories_and_languages():
    works = [Work(1, category=10, language="ru"), Work(2, category=11, language="en")]
    judges = [Judge(1, categories=frozenset({10})), Judge(2, languages=frozenset({"en"})), Judge(3)]

    by_category = plan(works, judges, how="category", votes_needed=2)
    by_language = plan(works, judges, how="language", votes_needed=3)

    assert sorted(by_category.added) == [(1, 1), (2, 1), (2, 2), (3, 1), (3, 2)]
    assert sorted(by_language.added) == [(1, 1), (1, 2), (2, 2), (3, 1), (3, 2)]
    assert by_language.short == {1: 2}


@pytest.mark.django_db
def test_awd_3_no_juror_of_the_city_is_given_its_works():
    round = make_round()
    ours = [make_entry(make_entrant(round, home_text="Ставрополь")) for _ in range(4)]
    others = [make_entry(make_entrant(round, home_text="Казань")) for _ in range(4)]
    juror = make_juror(round, home_text="г. Ставрополь")
    make_juror(round)
    stage = make_stage(round, assigning="everything")

    outcome = assigning.complete(stage)

    given = Assignment.objects.filter(juror=juror).values_list("entry", flat=True)
    assert sorted(given) == [one.pk for one in others]
    assert sorted(outcome.avoided) == [(juror.pk, one.pk) for one in ours]
    kept = AuditEntry.objects.get(verb="judging.assigned")
    assert sorted(kept.changes["avoided"][1]) == [[juror.pk, one.pk] for one in ours]


@pytest.mark.django_db
def test_work_whose_consent_came_later_is_assigned_then():
    round = make_round(is_for_children=True)
    entry = make_entry(make_entrant(round), make_category(round))
    author = make_author(entry)
    make_juror(round)
    stage = make_stage(round)
    assert assigning.complete(stage).added == []

    author.consents.create(purpose="entry", given_on=timezone.localdate())

    assert len(assigning.complete(stage).added) == 1
    assert assigning.complete(stage).added == []


@pytest.mark.django_db
def test_thousand_works_and_twelve_jurors_in_few_queries(django_assert_max_num_queries):
    round = make_round()
    entrant = make_entrant(round, home_text="Казань")
    Entry.objects.bulk_create(
        Entry(
            round=round, entrant=entrant, number=number, state="submitted", title_ru="Работа",
            home_text="Казань", submitted_at=timezone.now(),
        )
        for number in range(1, 1001)
    )  # fmt: skip
    for _ in range(12):
        make_juror(round)
    stage = make_stage(round, votes_needed=3, assigning="evenly")

    with django_assert_max_num_queries(20):
        assigning.complete(stage)

    by_juror = Counter(Assignment.objects.values_list("juror", flat=True))
    assert sorted(by_juror.values()) == [250] * 12


@pytest.mark.django_db
def test_by_hand_gives_all_or_nothing(lead):
    round = make_round()
    ours = make_entry(make_entrant(round, home_text="Ставрополь"))
    other = make_entry(make_entrant(round, home_text="Казань"))
    bound, free = make_juror(round, home_text="Ставрополь"), make_juror(round)
    stage = make_stage(round, assigning="by_hand")

    with translation.override("en"), pytest.raises(Refused) as refused:
        assigning.by_hand(stage, [bound, free], [other, ours], lead)
    assert str(refused.value) == "Work 0001 is of a city that Juror 1 is bound to."
    assert not Assignment.objects.exists()

    assert assigning.by_hand(stage, [bound, free], [other], lead) == 2
    assert assigning.by_hand(stage, [free], [other, ours], lead) == 1


@pytest.mark.django_db
def test_judged_work_is_not_taken_from_a_juror(lead):
    round = make_round()
    entry = make_entry(make_entrant(round))
    stage = make_stage(round, method="stars")
    judged = make_vote(stage, make_juror(round), entry, {None: 3})
    waiting = Assignment.objects.create(stage=stage, juror=make_juror(round), entry=entry)

    with pytest.raises(Refused):
        assigning.take(judged, lead)
    assigning.take(waiting, lead)

    assert [one.pk for one in Assignment.objects.all()] == [judged.pk]


@pytest.mark.django_db
def test_all_stages_of_a_round_are_held_before_one_of_them_is_changed():
    round = make_round()
    make_stage(round)
    later = make_stage(round)

    with CaptureQueriesContext(connection) as queries:
        assigning.complete(later)

    held = [one["sql"] for one in queries if "FOR NO KEY UPDATE" in one["sql"]]
    assert '"round_id" = ' in held[0]
    assert "ORDER BY" in held[0]
