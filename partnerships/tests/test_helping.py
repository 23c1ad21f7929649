import datetime

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone

from mailing.models import Message
from members.attention import attention_for
from partnerships import helping, stating, workqueue
from partnerships.models import HelpRequest, HelpStep
from partnerships.tests.factories import A_DAY, make_help_request

pytestmark = pytest.mark.django_db


def send(member, by, **fields) -> HelpRequest:
    return helping.send(member, by, subject="A partner", text="In China, please.", **fields)


def steps(request) -> list[tuple[str, str]]:
    return list(request.steps.values_list("state", "text"))


def test_s3_05_a_request_is_kept_and_staff_are_told(stavropol, rep, editor, translator):
    editor.language = "en"
    editor.save()

    request = send(stavropol, rep, kind="introduction")

    assert (request.state, steps(request)) == ("received", [("received", "In China, please.")])
    mail = Message.objects.get()
    assert (mail.email, mail.subject) == ("editor@example.org", "Request of Stavropol: A partner")
    assert "In China, please." in mail.text_body


def test_only_staff_who_may_answer_requests_are_told(stavropol, rep, editor, make_user):
    other = make_user("other@example.org", is_staff=True)
    other.user_permissions.add(
        Permission.objects.create(
            content_type=ContentType.objects.create(app_label="elsewhere", model="helprequest"),
            codename="change_helprequest", name="x",
        )
    )  # fmt: skip
    own = make_user("own@example.org", is_staff=True)
    gone = make_user("gone@example.org", is_staff=True, is_active=False)
    right = Permission.objects.get(
        content_type__app_label="partnerships", codename="change_helprequest"
    )
    for user in (own, gone, rep):
        user.user_permissions.add(right)

    send(stavropol, rep)

    assert set(Message.objects.values_list("email", flat=True)) == {
        "editor@example.org", "own@example.org",
    }  # fmt: skip


def test_s3_57_a_consultation_is_taken_answered_and_closed(stavropol, rep, editor):
    request = send(stavropol, rep, kind="consultation")
    Message.objects.all().delete()

    helping.take(request, editor)
    helping.take(request, editor)
    helping.answer(request, " Write to the embassy. ", editor)
    request = helping.close(request, rep)

    assert (request.state, request.answer, request.answered_by) == (
        "closed", "Write to the embassy.", editor,
    )  # fmt: skip
    assert steps(request) == [
        ("received", "In China, please."), ("in_work", ""),
        ("answered", "Write to the embassy."), ("closed", ""),
    ]  # fmt: skip
    told = [mail.text_body for mail in Message.objects.filter(email=rep.email).order_by("pk")]
    assert len(told) == 2
    assert "Write to the embassy." in told[1]


def test_an_answer_needs_words_and_an_open_request(stavropol, rep, editor):
    request = send(stavropol, rep)
    with pytest.raises(ValidationError):
        helping.answer(request, "  ", editor)
    helping.close(request, rep)
    with pytest.raises(ValidationError):
        helping.answer(request, "Too late.", editor)

    assert HelpStep.objects.count() == 2


def test_whoever_has_left_is_not_written_to(stavropol, rep, editor, make_representative):
    request = send(stavropol, rep)
    successor = make_representative(stavropol, "new@stavropol.example", language="en")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    rep.mandates.update(starts_on=yesterday, ends_on=yesterday)
    Message.objects.all().delete()

    helping.take(request, editor)

    assert Message.objects.get().email == successor.email


def test_a_request_is_read_by_its_member_and_by_staff(
    stavropol, rep, kazan_rep, editor, translator, juror
):
    request = make_help_request(stavropol, rep)

    readers = [
        user
        for user in (rep, kazan_rep, editor, translator, juror)
        if HelpRequest.objects.for_user(user).filter(pk=request.pk).exists()
    ]

    assert readers == [rep, editor]


def queue(user, title: str):
    return next(one for one in workqueue.queues(user) if str(one.title) == title)


def test_requests_wait_in_the_work_queue_and_grow_hot(stavropol, rep, editor):
    request = make_help_request(stavropol, rep)
    make_help_request(stavropol, rep, state="closed")

    waiting = queue(editor, "Requests of members")
    assert (waiting.count, waiting.is_hot) == (1, False)

    HelpRequest.objects.filter(pk=request.pk).update(
        created_at=timezone.now() - datetime.timedelta(days=4)
    )
    waiting = queue(editor, "Requests of members")
    assert (waiting.count, waiting.is_hot, waiting.note) == (
        1, True, "1 waits for more than three days",
    )  # fmt: skip


def test_a_difference_waits_for_staff_and_an_unanswered_statement_for_the_representative(
    stavropol, kazan, rep, kazan_rep, editor
):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    assert [one.title for one in attention_for(kazan, kazan_rep) if "partnership" in one.title] == [
        "Stavropol states a partnership with your city"
    ]
    assert not [one for one in attention_for(stavropol, rep) if "partnership" in one.title]
    title = "Partnerships the other side does not confirm"
    assert queue(editor, title).count == 0

    stating.refuse(row, kazan_rep, stating.Dissent("No."))

    assert (queue(editor, title).count, queue(editor, title).is_hot) == (1, True)
    assert not [one for one in attention_for(kazan, kazan_rep) if "partnership" in one.title]
