"""A second person's approval: of the state they saw, never of one's own question."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from content import approvals, workqueue
from content.models import Approval, AuditEntry, Topic
from content.tests.factories import make_topic

pytestmark = pytest.mark.django_db

DEED = "test.publish"


@pytest.fixture
def target():
    return make_topic()


@pytest.fixture
def asker(make_user):
    return make_user("asker@example.org")


@pytest.fixture
def second(make_user):
    return make_user("second@example.org")


def test_second_person_approves_what_was_asked(target, asker, second):
    approvals.ask(DEED, target, "a", asker)
    assert approvals.is_approved(DEED, target, "a") is False

    given = approvals.approve(DEED, target, "a", second)

    assert approvals.approved(DEED, target, "a") == given
    assert (given.asked_by, given.approved_by) == (asker, second)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "actor__email")) == [
        ("approval.asked", "asker@example.org"), ("approval.given", "second@example.org"),
    ]  # fmt: skip


def test_record_changed_afterwards_is_not_approved(target, asker, second):
    approvals.ask(DEED, target, "a", asker)
    approvals.approve(DEED, target, "a", second)

    assert approvals.is_approved(DEED, target, "b") is False


def test_who_asked_does_not_approve(target, asker):
    approvals.ask(DEED, target, "a", asker)

    with pytest.raises(approvals.ApprovalRefused):
        approvals.approve(DEED, target, "a", asker)

    assert approvals.is_approved(DEED, target, "a") is False


@pytest.mark.parametrize(
    ("deed", "digest"), [(DEED, "b"), ("test.other", "a")], ids=["state", "deed"]
)
def test_nothing_is_approved_that_nobody_asked(target, asker, second, deed, digest):
    approvals.ask(DEED, target, "a", asker)

    with pytest.raises(approvals.ApprovalRefused):
        approvals.approve(deed, target, digest, second)


def test_other_record_of_the_same_kind_is_not_approved(target, asker, second):
    other = Topic.objects.create(slug="other", title_ru="Другая")
    approvals.ask(DEED, target, "a", asker)
    approvals.approve(DEED, target, "a", second)

    assert approvals.is_approved(DEED, other, "a") is False


def test_asked_twice_is_one_question(target, asker, second):
    first = approvals.ask(DEED, target, "a", asker)

    assert approvals.ask(DEED, target, "a", second) == first
    assert Approval.objects.count() == 1


def test_asked_again_after_approval_gives_the_approval(target, asker, second):
    approvals.ask(DEED, target, "a", asker)
    given = approvals.approve(DEED, target, "a", second)

    assert approvals.ask(DEED, target, "a", asker) == given


def test_question_about_a_newer_state_withdraws_the_earlier(target, asker, second):
    earlier = approvals.ask(DEED, target, "a", asker)
    newer = approvals.ask(DEED, target, "b", asker)

    earlier.refresh_from_db()
    assert earlier.withdrawn_at is not None
    assert approvals.waiting(DEED, target) == newer
    with pytest.raises(approvals.ApprovalRefused):
        approvals.approve(DEED, target, "a", second)


def test_withdrawn_question_is_not_approved(target, asker, second):
    question = approvals.ask(DEED, target, "a", asker)

    assert [approvals.withdraw(question, asker) for _time in range(2)] == [True, False]
    with pytest.raises(approvals.ApprovalRefused):
        approvals.approve(DEED, target, "a", second)


def test_questions_wait_for_others_only(target, asker, second):
    question = approvals.ask(DEED, target, "a", asker)

    assert list(approvals.open_for(second)) == [question]
    assert list(approvals.open_for(asker)) == []


def test_open_questions_wait_in_the_queue_of_others(client_of, lead, editor, target):
    approvals.ask(DEED, target, "a", lead)

    counts = [
        [queue.count for queue in workqueue.queues_for(user) if "approval" in queue.url]
        for user in (lead, editor)
    ]
    page = client_of(editor).get(reverse("admin:content_approval_changelist") + "?state=open")

    assert counts == [[0], [1]]
    assert reverse("admin:content_topic_change", args=[target.pk]) in page.content.decode()


def test_database_refuses_ones_own_approval(target, asker):
    question = approvals.ask(DEED, target, "a", asker)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=question.pk).update(
            approved_by=asker, approved_at=question.asked_at
        )


def test_database_refuses_a_second_open_question(target, asker):
    approvals.ask(DEED, target, "a", asker)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(deed=DEED, target=target, digest="b", asked_by=asker)
