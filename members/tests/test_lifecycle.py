import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from content import workqueue
from content.models import AuditEntry
from members import lifecycle, steps
from members.models import CountingRule, Member, MembershipPeriod, Prospect, StatusChange
from members.tests.factories import make_country, make_member, make_period

pytestmark = pytest.mark.django_db
Status = StatusChange.Status
DAY = datetime.timedelta(days=1)
WHY = {"reason_ru": "Взнос не уплачен", "reason_en": "The due was not paid"}


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setattr("content.dated.today", lambda: day(2026, 6, 1))
    with translation.override("en"):
        yield


def day(year: int, month: int = 1, number: int = 1) -> datetime.date:
    return datetime.date(year, month, number)


@pytest.fixture
def osh():
    country = make_country("KG", "Киргизия", "Kyrgyzstan")
    return make_member("osh", "Ош", "Osh", country=country, is_member=False)


def history(member: Member) -> list[tuple]:
    return list(member.status_changes.values_list("status", "happened_on"))


def periods(member: Member) -> list[tuple]:
    return list(member.periods.values_list("starts_on", "ends_on"))


def is_in_step(member: Member) -> bool:
    """Whether periods and steps of a member say the same."""
    rows = list(member.status_changes.order_by("happened_on", "pk"))
    return steps.correction(member.pk, member.periods.all(), rows) == steps.Correction([], [], [])


def messages(call, *args, **kwargs) -> dict:
    try:
        call(*args, **kwargs)
    except ValidationError as error:
        return error.message_dict
    return {}


def pay_first(year=2020) -> CountingRule:
    return CountingRule.objects.create(starts_on=day(year), counts_from="payment")


def test_whole_life_of_a_member(osh, editor):
    story = [
        ("applied", day(2023, 2)), ("accepted", day(2023, 5)), ("member", day(2023, 6)),
        ("suspended", day(2024, 3)), ("member", day(2024, 9)), ("suspended", day(2025)),
        ("former", day(2025, 7)), ("applied", day(2026, 1)),
    ]  # fmt: skip
    for status, from_day in story:
        lifecycle.record(osh, status, from_day, by=editor, **WHY)

    assert history(osh) == story
    assert periods(osh) == [(day(2023, 6), day(2025, 6, 30))]
    assert is_in_step(osh)
    assert [lifecycle.status_on(osh, one) for _status, one in story] == [one for one, _d in story]
    assert [lifecycle.status_on(osh, one - DAY) for _status, one in story] == [
        None, *(status for status, _day in story[:-1])
    ]  # fmt: skip


def test_every_step_is_in_the_audit_log_with_its_author(osh, editor):
    lifecycle.record(osh, "applied", day(2023, 2), by=editor)

    entry = AuditEntry.objects.get(verb="member.status_changed")
    assert (entry.actor, entry.target, entry.changes) == (
        editor, osh, {"status": [None, "applied"], "day": [None, "2023-02-01"]}
    )  # fmt: skip
    assert osh.status_changes.get().recorded_by == editor


@pytest.mark.parametrize(
    ("story", "refused", "sentence"),
    [
        ([], "accepted", "“accepted, due not paid” cannot follow “no membership”."),
        ([], "member", "“member” cannot follow “no membership”."),
        (["applied"], "member", "“member” cannot follow “applied”."),
        (["applied"], "applied", "“applied” cannot follow “applied”."),
        (["applied", "accepted"], "suspended", "“suspended” cannot follow “accepted, due not "
         "paid”."),
        (["applied", "accepted", "member"], "member", "“member” cannot follow “member”."),
        (["applied", "accepted", "member", "former"], "member", "“member” cannot follow “former "
         "member”."),
    ],
)  # fmt: skip
def test_step_that_does_not_follow_is_refused(osh, story, refused, sentence):
    for number, status in enumerate(story):
        lifecycle.record(osh, status, day(2023, 1 + number), by=None, **WHY)
    before = history(osh), periods(osh)

    assert messages(lifecycle.record, osh, refused, day(2024), by=None, **WHY) == {
        "status": [sentence]
    }
    assert (history(osh), periods(osh)) == before


@pytest.mark.parametrize(
    ("status", "from_day", "problems"),
    [
        ("suspended", day(2003, 12, 31), {
            "happened_on": [
                "The last change of status is of 1 January 2004: this one has to come after it."
            ],
        }),
        ("former", day(2004), {
            "happened_on": [
                "The last change of status is of 1 January 2004: this one has to come after it."
            ],
        }),
        ("former", day(2062), {"happened_on": ["1 January 2062 is more than a year ahead."]}),
        ("suspended", day(2004), {}),
        ("former", day(2004, 1, 2), {}),
    ],
)  # fmt: skip
def test_step_before_the_last_one_or_far_ahead_is_refused(status, from_day, problems):
    kazan = make_member()

    assert messages(lifecycle.record, kazan, status, from_day, by=None, **WHY) == problems
    assert is_in_step(kazan)


@pytest.mark.parametrize("status", ["suspended", "former"])
def test_mem_4_suspension_and_leaving_need_a_reason(status):
    kazan = make_member()

    problems = messages(lifecycle.record, kazan, status, day(2025), by=None)

    assert problems == {"__all__": ["Say why, in Russian or in English."]}
    assert (history(kazan), periods(kazan)) == ([("member", day(2004))], [(day(2004), None)])


def test_mem_2_accepted_applicant_counts_with_the_first_payment(osh, editor):
    pay_first()
    before = set(Member.objects.members())
    lifecycle.accept(osh, day(2026, 5, 1), by=editor, decided_by_en="Council")

    assert (lifecycle.status_on(osh), set(Member.objects.members())) == ("accepted", before)
    assert lifecycle.begin_membership(osh, day(2026, 5, 20), editor).status == "member"
    assert lifecycle.begin_membership(osh, day(2026, 5, 25), editor) is None
    assert set(Member.objects.members()) == {*before, osh}
    assert history(osh) == [
        ("applied", day(2026, 5)), ("accepted", day(2026, 5)), ("member", day(2026, 5, 20))
    ]  # fmt: skip
    assert is_in_step(osh)


def test_mem_2_accepted_applicant_counts_from_the_decision_where_the_rule_says_so(osh, editor):
    pay_first(2027)

    step = lifecycle.accept(
        osh, day(2026, 5, 1), by=editor, decided_by_ru="Совет", decided_by_en="Council"
    )

    assert (step.status, step.decided_by_ru, step.decided_by_en) == ("member", "Совет", "Council")
    assert (osh in Member.objects.members(), periods(osh)) == (True, [(day(2026, 5), None)])


def test_payment_before_the_decision_counts_from_the_decision(osh):
    pay_first()
    lifecycle.accept(osh, day(2026, 5, 1), by=None)

    lifecycle.begin_membership(osh, day(2026, 4, 20), None)

    assert periods(osh) == [(day(2026, 5), None)]


@pytest.mark.parametrize("story", [[], ["applied"], ["applied", "accepted", "member"]])
def test_payment_begins_no_membership_of_others(osh, story):
    for status in story:
        lifecycle.record(osh, status, day(2026), by=None)
    before = periods(osh)

    assert (lifecycle.begin_membership(osh, day(2026, 5), None), periods(osh)) == (None, before)


def test_rule_of_counting_is_that_of_the_day():
    CountingRule.objects.create(
        starts_on=day(2020), ends_on=day(2025, 12, 31), counts_from="payment"
    )

    found = [lifecycle.counts_from(day(year)) for year in (2019, 2020, 2025, 2026)]
    assert found == ["decision", "payment", "payment", "decision"]


def test_mem_6_leaving_ends_membership_with_its_last_day():
    kazan = make_member()

    lifecycle.record(kazan, "former", day(2025), by=None, **WHY)

    assert periods(kazan) == [(day(2004), day(2024, 12, 31))]
    assert [lifecycle.status_on(kazan, one) for one in (day(2024, 12, 31), day(2025))] == [
        "member", "former"
    ]  # fmt: skip


def test_leaving_known_to_the_year_is_kept_so():
    kazan = make_member()

    lifecycle.record(kazan, "former", day(2020), by=None, precision="year", **WHY)

    period = kazan.periods.get()
    assert (period.ends_on, period.ends_precision) == (day(2019, 12, 31), "year")
    assert is_in_step(kazan)


def test_application_that_came_to_nothing_leaves_what_was_before(osh, editor):
    kazan = make_member()
    lifecycle.record(kazan, "former", day(2025), by=None, **WHY)
    for member in (osh, kazan):
        lifecycle.record(member, "applied", day(2026), by=None)

    assert [lifecycle.take_back(member, editor) for member in (osh, kazan)] == [True, True]
    assert [lifecycle.status_on(member) for member in (osh, kazan)] == [None, "former"]
    assert lifecycle.take_back(kazan, editor) is False


def test_two_at_once_take_one_step(osh):
    lifecycle.record(osh, "applied", day(2026), by=None)
    stale = Member.objects.get(pk=osh.pk)
    lifecycle.accept(osh, day(2026, 2), by=None)

    assert messages(lifecycle.accept, stale, day(2026, 2), by=None) == {
        "status": ["“accepted, due not paid” cannot follow “member”."]
    }


def make_histories() -> list[Member]:
    """One member in each state, some known from periods alone."""
    made = {name: make_member(name, name, name, is_member=False) for name in "abcdefgh"}
    make_period(made["b"])
    make_period(made["c"], ends_on=day(2012, 12, 31))
    make_period(made["c"], day(2020), starts_precision="day")
    for name, story in {
        "d": ["applied"],
        "e": ["applied", "accepted", "member", "suspended"],
        "f": ["applied", "accepted", "member", "former", "applied"],
    }.items():
        for number, status in enumerate(story):
            lifecycle.record(made[name], status, day(2024, 1 + number), by=None, **WHY)
    MembershipPeriod.objects.create(member=made["g"], starts_on=day(2010), ends_on=day(2015))
    MembershipPeriod.objects.create(member=made["h"], starts_on=day(2010))
    return list(made.values())


@pytest.mark.parametrize("on", [day(2003), day(2011), day(2018), day(2024, 3, 15), day(2025)])
def test_database_and_rows_agree_on_the_status_of_every_day(on):
    made = make_histories()

    found = dict(Member.objects.with_status(on).values_list("pk", "status"))
    assert found == {member.pk: lifecycle.status_on(member, on) for member in made}
    belongs = {pk for pk, status in found.items() if status in ("member", "suspended")}
    assert belongs == set(Member.objects.members(on).values_list("pk", flat=True))


def test_statuses_of_today_are_those_of_the_stories():
    make_histories()

    found = Member.objects.with_status().order_by("slug").values_list("status", "status_since")
    assert list(found) == [
        (None, None), ("member", day(2004)), ("member", day(2020)), ("applied", day(2024)),
        ("suspended", day(2024, 4)), ("applied", day(2024, 5)), ("former", None), ("member", None),
    ]  # fmt: skip


def test_steps_follow_periods_that_were_written_otherwise():
    made = make_histories()
    assert not all(is_in_step(member) for member in made)

    assert steps.follow_periods(member.pk for member in made) == 3
    assert all(is_in_step(member) for member in made)
    assert steps.follow_periods(member.pk for member in made) == 0


def test_step_moves_along_with_its_period_and_keeps_its_reason():
    kazan = make_member()
    lifecycle.record(kazan, "suspended", day(2010), by=None, **WHY)
    lifecycle.record(kazan, "former", day(2025), by=None, **WHY)
    kazan.periods.update(starts_on=day(2005), ends_on=day(2023, 12, 31))

    steps.follow_periods([kazan.pk])

    assert history(kazan) == [
        ("member", day(2005)), ("suspended", day(2010)), ("former", day(2024))
    ]  # fmt: skip
    assert kazan.status_changes.last().reason_en == "The due was not paid"


def test_steps_of_a_deleted_period_go_with_it():
    kazan = make_member()
    lifecycle.record(kazan, "suspended", day(2010), by=None, **WHY)
    kazan.periods.all().delete()

    steps.follow_periods([kazan.pk])

    assert (history(kazan), lifecycle.status_on(kazan)) == ([], None)


def test_periods_that_touch_are_one_membership():
    kazan = make_member(is_member=False)
    make_period(kazan, ends_on=day(2012, 12, 31))
    make_period(kazan, day(2013))

    assert history(kazan) == [("member", day(2004))]


def test_queries_of_following_do_not_grow():
    made = make_histories()

    def queries(members: list[Member]) -> int:
        with CaptureQueriesContext(connection) as caught:
            steps.follow_periods(member.pk for member in members)
        return len(caught)

    assert queries(made[7:]) == 3
    assert queries(made) <= 4
    assert (queries(made), queries(made[:1])) == (2, 2)


@pytest.mark.parametrize("slug", ["join", "map", "how-to-join", "export", "anniversaries"])
def test_member_takes_no_address_of_a_page(slug):
    member = make_member()
    member.slug = slug

    assert messages(member.clean) == {"slug": ["A page of the portal has this address already."]}


def test_staff_are_told_who_came_and_went_since_yesterday(lead, client):
    make_member()
    came = make_member("osh", "Ош", "Osh", is_member=False)
    make_period(came, day(2026, 6, 1), starts_precision="day")
    gone = make_member("tver", "Тверь", "Tver", is_member=False)
    make_period(gone, ends_on=day(2026, 5, 31))

    queue = next(one for one in workqueue.queues_for(lead) if "membership=changed" in one.url)

    assert (queue.count, queue.note) == (2, "1 more since yesterday; 1 fewer since yesterday")
    client.force_login(lead)
    listed = client.get(queue.url).context["cl"].result_list
    assert sorted(member.slug for member in listed) == ["osh", "tver"]


def test_staff_are_told_nothing_when_the_list_is_that_of_yesterday(lead):
    make_member()

    assert [one for one in workqueue.queues_for(lead) if "membership=changed" in one.url] == []


def test_next_steps_with_prospects_are_a_task_when_they_are_due(lead, client):
    country = make_country()
    for name, state, due in (
        ("Batken", "interested", day(2026, 6, 1)), ("Osh", "contacted", day(2026, 6, 2)),
        ("Naryn", "declined", day(2026, 5, 1)), ("Talas", "contacted", None),
    ):  # fmt: skip
        Prospect.objects.create(name_en=name, country=country, state=state, next_step_on=due)

    queue = next(one for one in workqueue.queues_for(lead) if "prospect" in one.url)

    client.force_login(lead)
    listed = client.get(queue.url).context["cl"].result_list
    assert (queue.count, [one.name_en for one in listed]) == (1, ["Batken"])
