import pytest
from django.core import mail

from mailing import tasks
from mailing.models import Heartbeat
from mailing.tests.factories import make_message, sample_reminder, source_of, states
from uclg_portal.celery import app

pytestmark = pytest.mark.django_db


def test_beat_schedule_names_tasks_of_mailing_that_exist():
    ours = {
        entry["task"]
        for entry in app.conf.beat_schedule.values()
        if entry["task"].startswith("mailing.")
    }

    assert ours == {"mailing.tasks.plan_reminders", "mailing.tasks.deliver_due"}
    assert ours <= set(app.tasks)


def test_plan_reminders_twice_writes_once(sources):
    sources.append(source_of(sample_reminder(1)))

    tasks.plan_reminders.delay()
    tasks.plan_reminders.delay()

    assert states() == {"queued": 1}


@pytest.mark.parametrize("task", [tasks.deliver_due, tasks.deliver_batch])
def test_delivery_task_twice_sends_once(task):
    make_message()

    task.delay()
    task.delay()

    assert (states(), len(mail.outbox)) == ({"sent": 1}, 1)


def test_tasks_leave_a_heartbeat(sources):
    tasks.plan_reminders.delay()
    tasks.deliver_due.delay()

    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"planner", "delivery"}
