"""What a jury adds to a round: copied to another year, missed where there is none."""

import datetime
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from awards import round_copying
from awards.tests.factories import (
    make_award,
    make_category,
    make_entrant,
    make_entry,
    make_round,
)
from judging import of_rounds
from judging.models import Criterion
from judging.tests.factories import make_juror, make_stage

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")


def test_stages_come_along_without_jurors(awards_officer):
    round = make_round(slug="2027", year=2027)
    category = make_category(round)
    stage = make_stage(
        round, method="criteria", votes_needed=4, tie_rule="chair", quorum_percent=60,
        opens_at=datetime.datetime(2027, 4, 1, 9, tzinfo=KAZAN),
        closes_at=datetime.datetime(2027, 4, 20, 18, tzinfo=KAZAN),
    )  # fmt: skip
    stage.categories.add(category)
    Criterion.objects.create(stage=stage, title_ru="Цвет", weight=30, max_points=7, order=9)
    make_juror(round)
    with translation.override("en"):
        copied = round_copying.copy(
            round, year=2028, title_ru="Рисунки", title_en="", by=awards_officer
        )
    new = copied.round.stages.get()
    assert copied.lines[-1] == "1 stage of judging with its criteria, without jurors"
    assert (new.method, new.votes_needed, new.tie_rule, new.quorum_percent, new.state) == (
        "criteria", 4, "chair", 60, "planned",
    )  # fmt: skip
    assert new.opens_at == datetime.datetime(2028, 4, 1, 9, tzinfo=KAZAN)
    assert new.closes_at == datetime.datetime(2028, 4, 20, 18, tzinfo=KAZAN)
    assert list(new.categories.all()) == list(copied.round.categories.all())
    assert set(new.criteria.values_list("title_ru", "weight", "max_points", "order")) == set(
        stage.criteria.values_list("title_ru", "weight", "max_points", "order")
    )
    assert (copied.round.jurors.count(), round.jurors.count()) == (0, 1)


def test_round_without_stages_copies_none(awards_officer):
    copied = round_copying.copy(
        make_round(year=2027), year=2028, title_ru="Рисунки", title_en="", by=awards_officer
    )
    assert copied.round.stages.count() == 0


def test_closed_calls_without_a_jury_wait_for_the_awards_desk(client, awards_officer, editor):
    over = {"closes_at": timezone.now() - DAY}
    award = make_award()
    bare, judged, empty, open_one, longer = (
        make_round(award, slug, **fields)
        for slug, fields in [
            ("bare", over), ("judged", over), ("empty", over), ("open", {}), ("longer", over),
        ]
    )  # fmt: skip
    make_category(longer, closes_at=timezone.now() + DAY)
    for one in (bare, judged, open_one, longer):
        make_entry(make_entrant(one))
    make_stage(judged)
    make_juror(judged)
    make_stage(bare)
    with translation.override("en"):
        (queue,) = of_rounds.queues(awards_officer)
    assert (queue.count, queue.note, queue.is_hot) == (
        1, "1 call is over, has entries and no jury", True,
    )  # fmt: skip
    assert queue.url == f"{reverse('admin:awards_round_changelist')}?call=no-jury"
    client.force_login(awards_officer)
    assert list(client.get(queue.url).context["cl"].result_list) == [bare]
    assert empty.entries.count() == 0
    assert list(of_rounds.queues(editor)) == []


def test_queue_without_such_calls_opens_an_empty_list(client, awards_officer):
    make_round(make_award())
    (queue,) = of_rounds.queues(awards_officer)
    client.force_login(awards_officer)
    assert (queue.count, queue.is_hot) == (0, False)
    assert client.get(queue.url).context["cl"].result_count == 0
