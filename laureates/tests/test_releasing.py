"""From what a jury counted to public results: choices, problems, two persons, a moment."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from awards.models import Entry
from content.models import SearchEntry
from judging.models import Result
from judging.tests.factories import make_stage
from laureates import correcting, drafting, releasing
from laureates.drafting import Choice
from laureates.models import Laureate, Results

HOUR = datetime.timedelta(hours=1)
pytestmark = pytest.mark.django_db


def choose(results, *honours):
    """Give honours to the works in the order of their places."""
    entries = [row.entry for row in drafting.counted(results.round)]
    choices = [
        Choice(entry, "place" if isinstance(honour, int) else honour,
               honour if isinstance(honour, int) else None)
        for entry, honour in zip(entries, honours, strict=False)
    ]  # fmt: skip
    return drafting.draft(results, choices, None)


def release(results, staff):
    releasing.ask(results, staff[0])
    return releasing.release(results, staff[1])


def public_titles(at=None):
    return [str(one.title_en) for one in Laureate.objects.public(at).in_order()]


def test_works_are_offered_by_place(judged):
    assert [(row.place, row.entry.code) for row in drafting.counted(judged)] == [
        (1, "0001"), (2, "0002"), (3, "0003"),
    ]  # fmt: skip


def test_only_the_last_stage_decides(judged):
    make_stage(judged, state="closed", order=2)
    assert drafting.counted(judged) == []


def test_withdrawn_work_is_not_offered(judged):
    first = Entry.objects.get(number=1)
    first.state, first.withdrawn_at = "withdrawn", timezone.now()
    first.save()
    assert [row.entry.number for row in drafting.counted(judged)] == [2, 3]


def test_several_firsts_special_diplomas_and_mentions(results):
    made = choose(results, 1, 1, "special")
    assert [(one.title_en, one.honour, one.place, one.status) for one in made] == [
        ("School 1", "place", 1, "draft"),
        ("School 2", "place", 1, "draft"),
        ("School 3", "special", None, "draft"),
    ]


def test_drafting_twice_makes_nothing_twice(results):
    choose(results, 1, 2)
    assert choose(results, 1, 2) == []
    assert Laureate.objects.count() == 2


def test_words_of_the_jury_come_along(results, judged):
    from judging.tests.factories import make_assignment, make_juror

    entry = Entry.objects.get(number=1)
    make_assignment(judged.stages.get(), make_juror(judged), entry, comment="Живо и просто.")
    (made,) = choose(results, 1)
    assert (made.jury_words_ru, made.jury_words_en) == ("Живо и просто.", None)


def test_problems_name_everything_that_stands_against_it(results, judged):
    make_stage(judged, order=2, state="open", title_ru="Финал", title_en="Final")
    Results.objects.update(published_at=None)
    results.refresh_from_db()
    with translation.override("en"):
        found = releasing.problems(results)
    assert found == [
        "Say from when the results are public.",
        "The stage “Final” is not counted yet.",
        "There are no laureates yet.",
    ]


def test_open_tie_refuses_publication(results, judged, staff):
    _tie(judged)
    choose(results, 1)
    with pytest.raises(releasing.ReleaseRefused) as refused:
        releasing.ask(results, staff[0])
    assert len(refused.value.reasons) == 1
    assert "0004, 0005" in refused.value.reasons[0]


def _tie(judged):
    from awards.tests.factories import make_entrant, make_entry

    category = judged.categories.get()
    stage = make_stage(judged, state="closed", tie_rule="chair", order=2)
    for _number in range(2):
        entry = make_entry(make_entrant(judged), category)
        Result.objects.create(stage=stage, entry=entry, category=category, votes=3, place=4)


def test_missing_wording_refuses_publication(results, staff):
    (made,) = choose(results, 1)
    made.citation_ru = "за смелость"
    made.save()
    with pytest.raises(releasing.ReleaseRefused) as refused:
        releasing.ask(results, staff[0])
    assert len(refused.value.reasons) == 1
    made.citation_en = "for courage"
    made.save()
    releasing.ask(results, staff[0])


def test_nobody_releases_alone(results, staff):
    choose(results, 1)
    releasing.ask(results, staff[0])
    with pytest.raises(releasing.ReleaseRefused):
        releasing.release(results, staff[0])
    assert public_titles() == []


def test_changed_after_asking_is_not_approved(results, staff):
    (made,) = choose(results, 1)
    releasing.ask(results, staff[0])
    made.title_en = "Another school"
    made.save()
    with pytest.raises(releasing.ReleaseRefused):
        releasing.release(results, staff[1])
    assert public_titles() == []


def test_release_publishes_at_once_by_the_clock(results, staff):
    Results.objects.update(published_at=timezone.now() + HOUR)
    results.refresh_from_db()
    choose(results, 1, 2)
    release(results, staff)
    assert public_titles() == []
    assert public_titles(timezone.now() + HOUR) == ["School 1", "School 2"]
    seen_from = set(SearchEntry.objects.filter(content_type__model="laureate").values_list(
        "visible_from", flat=True))  # fmt: skip
    assert seen_from == {results.published_at}


def test_snapshot_keeps_what_was_published(results, staff):
    choose(results, 1, 2)
    done = release(results, staff)
    assert [(row["title_en"], row["place"]) for row in done.snapshot] == [
        ("School 1", 1), ("School 2", 2),
    ]  # fmt: skip
    assert (done.released_by, done.is_out()) == (staff[1], True)


def test_published_laureate_of_an_unreleased_round_stays_hidden(results):
    (made,) = choose(results, 1)
    made.status, made.published_at = "published", timezone.now() - HOUR
    made.save()
    assert public_titles() == []
    assert not SearchEntry.objects.filter(content_type__model="laureate").exists()


@pytest.mark.parametrize(
    "change", [{"title_en": "Forged"}, {"place": 2}, {"citation_ru": "x"}, {"status": "draft"}]
)
def test_released_results_refuse_silent_changes(results, staff, change):
    (made,) = choose(results, 1)
    release(results, staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Laureate.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Laureate.objects.filter(pk=made.pk).delete()


def test_ceremony_and_payment_may_follow_a_release(results, staff):
    (made,) = choose(results, 1)
    release(results, staff)
    made.refresh_from_db()
    made.recipient_ru, made.presented_at_en = "Сатыбек Каныбеков", "Tangier"
    made.save()
    assert Laureate.objects.get().recipient_ru == "Сатыбек Каныбеков"


def test_correction_is_visible_and_dated(results, staff):
    (made, _second) = choose(results, 1, 2)
    release(results, staff)
    erratum = correcting.correct(
        made, {"title_en": "School No. 1"}, "Уточнено название.", "The name is put right.", staff[0]
    )
    assert public_titles() == ["School No. 1", "School 2"]
    assert (erratum.results, erratum.text_en, erratum.made_by) == (
        results, "The name is put right.", staff[0],
    )  # fmt: skip
    assert Results.objects.get().snapshot[0]["title_en"] == "School 1"


@pytest.mark.parametrize(
    ("changes", "texts"),
    [({"title_en": "X"}, ("", "why")), ({"entry": None}, ("а", "a")), ({"place": 1}, ("а", "a"))],
)
def test_correction_refuses_what_says_nothing(results, staff, changes, texts):
    (made,) = choose(results, 1)
    release(results, staff)
    with pytest.raises(correcting.CorrectionRefused):
        correcting.correct(made, changes, *texts, staff[0])
    assert results.errata.count() == 0


def test_correction_before_the_release_is_refused(results, staff):
    (made,) = choose(results, 1)
    with pytest.raises(correcting.CorrectionRefused):
        correcting.correct(made, {"place": 2}, "а", "a", staff[0])


def test_errata_stay(results, staff):
    (made,) = choose(results, 1)
    release(results, staff)
    erratum = correcting.correct(made, {"place": 2}, "а", "a", staff[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        erratum.delete()


def test_release_is_taken_back_before_its_moment_only(results, staff):
    Results.objects.update(published_at=timezone.now() + HOUR)
    results.refresh_from_db()
    choose(results, 1)
    release(results, staff)
    with pytest.raises(releasing.ReleaseRefused):
        releasing.take_back(results, staff[0], timezone.now() + HOUR)
    releasing.take_back(results, staff[0])
    assert list(Laureate.objects.values_list("status", flat=True)) == ["draft"]
    release(Results.objects.get(), staff)
    assert public_titles(timezone.now() + HOUR) == ["School 1"]


def test_nothing_is_drafted_into_released_results(results, staff):
    choose(results, 1)
    release(results, staff)
    with pytest.raises(drafting.DraftRefused):
        choose(results, 1, 2)
