"""Nominations: within the window, late, admitted, withdrawn."""

import datetime
import zoneinfo

import pytest
from django.db import IntegrityError, connection, transaction

from meetings import nominating, results
from meetings.models import Nomination
from meetings.refusals import Refused
from meetings.tests.factories import DAY, KAZAN, make_election, make_nomination, make_person
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db

CLOSES = datetime.datetime(2026, 9, 1, 0, 0, tzinfo=KAZAN)
YEKATERINBURG = zoneinfo.ZoneInfo("Asia/Yekaterinburg")


@pytest.fixture
def election(db):
    return make_election(opens_at=CLOSES - 30 * DAY, closes_at=CLOSES)


@pytest.fixture
def city(db):
    return make_member("perm", "Пермь", "Perm", time_zone=YEKATERINBURG.key)


def test_nomination_in_time_stands(election, city, editor):
    found = nominating.nominate(
        election, member=city, by=editor, at=CLOSES - datetime.timedelta(minutes=1)
    )

    assert (found.is_late, list(election.nominations.standing())) == (False, [found])


def test_gov_7_one_minute_late_is_refused_with_both_times(election, city, editor):
    late = CLOSES + datetime.timedelta(minutes=1)

    found = nominating.nominate(election, member=city, by=editor, zone=YEKATERINBURG, at=late)

    assert (found.is_late, list(election.nominations.standing())) == (True, [])
    assert nominating.late_words(found, "en") == (
        "Nominations closed on 1 September 2026, 00:00 Kazan time (UTC+3). "
        "Yours came on 1 September 2026, 00:01 Kazan time (UTC+3); "
        "by your clock 1 September 2026, 02:01 Yekaterinburg time (UTC+5)."
    )


def test_late_words_name_one_clock_where_both_agree(election, city, editor):
    found = nominating.nominate(election, member=city, by=editor, at=CLOSES)

    assert nominating.late_words(found, "en") == (
        "Nominations closed on 1 September 2026, 00:00 Kazan time (UTC+3). "
        "Yours came on 1 September 2026, 00:00 Kazan time (UTC+3)."
    )


def test_gov_7_staff_may_admit_it_with_a_reason(election, city, editor):
    late = nominating.nominate(election, member=city, by=editor, at=CLOSES + DAY)

    with pytest.raises(Refused, match="Say why"):
        nominating.admit(late, reason_ru="", reason_en="", by=editor)
    nominating.admit(late, reason_ru="Сбой связи", reason_en="", by=editor)

    (found,) = election.nominations.standing()
    assert (found.late_reason_ru, found.admitted_by, found.admitted_at is not None) == (
        "Сбой связи", editor, True,
    )  # fmt: skip


def test_nobody_is_admitted_twice_or_without_being_late(election, city, editor):
    in_time = nominating.nominate(election, member=city, by=editor, at=CLOSES - DAY)

    with pytest.raises(Refused, match="does not wait"):
        nominating.admit(in_time, reason_ru="Причина", reason_en="", by=editor)


def test_nobody_is_admitted_after_the_count(city, editor):
    election = make_election()
    first = make_nomination(election, person=make_person())
    late = make_nomination(election, city, is_late=True)
    results.record(election, {first.pk: 3}, editor)

    with pytest.raises(Refused, match="counted"):
        nominating.admit(late, reason_ru="Причина", reason_en="", by=editor)


def test_nominations_are_refused_before_they_open(election, city, editor):
    with pytest.raises(Refused, match="Nominations open on 2 August 2026, 00:00 Kazan time"):
        nominating.nominate(election, member=city, by=editor, at=CLOSES - 31 * DAY)


def test_draft_takes_no_nominations(election, city, editor):
    election.state = "draft"
    election.save()

    with pytest.raises(Refused, match="takes no nominations"):
        nominating.nominate(election, member=city, by=editor, at=CLOSES - DAY)


def test_one_nomination_a_candidate(election, city, editor):
    nominating.nominate(election, member=city, by=editor, at=CLOSES - DAY)

    with pytest.raises(Refused, match="This member is nominated already"):
        nominating.nominate(election, member=city, by=editor, at=CLOSES - DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_nomination(election, city)


def test_who_withdrew_may_be_nominated_again(election, city, editor):
    first = nominating.nominate(election, member=city, by=editor, at=CLOSES - DAY)
    nominating.withdraw(first, editor)

    again = nominating.nominate(election, member=city, by=editor, at=CLOSES - DAY)

    assert list(election.nominations.standing()) == [again]


def test_nomination_names_somebody(election, editor):
    with pytest.raises(Refused, match="Choose a member or a person"):
        nominating.nominate(election, by=editor, at=CLOSES - DAY)


def test_database_keeps_the_reason_of_an_admission(election, city, editor):
    late = nominating.nominate(election, member=city, by=editor, at=CLOSES + DAY)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor():
        Nomination.objects.filter(pk=late.pk).update(admitted_at=CLOSES, admitted_by=editor)


def test_names_of_a_candidate(election, city):
    person = make_person()

    assert [
        make_nomination(election, city, person).name_in("ru"),
        make_nomination(make_election(body=election.body), city).name_in("en"),
    ] == ["Иван Иванов (Пермь)", "Perm"]
