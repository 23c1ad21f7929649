"""The Celery application and its timetable."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uclg_portal.settings")

app = Celery("uclg_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "dues-resume-issues": {"task": "dues.tasks.resume_issues", "schedule": 120.0},
    # Once a day is enough for both ladders; the hours after heal a morning without a timetable.
    "dues-climb-ladder": {
        "task": "dues.tasks.climb_ladder",
        "schedule": crontab(hour="7-19", minute=5),
    },
    "mailing-plan-reminders": {"task": "mailing.tasks.plan_reminders", "schedule": 60.0},
    "mailing-deliver-due": {"task": "mailing.tasks.deliver_due", "schedule": 30.0},
    "events-expire-offers": {"task": "events.tasks.expire_offers", "schedule": 60.0},
    "events-tell-everybody": {"task": "events.tasks.tell_everybody", "schedule": 60.0},
    "events-climb-invitations": {
        "task": "events.tasks.climb_invitations",
        "schedule": crontab(hour="9-19", minute=50),
    },
    "library-read-files": {"task": "library.tasks.read_waiting_files", "schedule": 300.0},
    "content-make-renditions": {"task": "content.tasks.make_missing_renditions", "schedule": 60.0},
    "awards-read-batches": {"task": "awards.tasks.read_open_batches", "schedule": 60.0},
    "awards-compare-works": {"task": "awards.tasks.compare_new_works", "schedule": 300.0},
    "awards-make-renditions": {
        "task": "awards.tasks.make_missing_work_renditions",
        "schedule": 60.0,
    },
    "judging-complete-assignments": {
        "task": "judging.tasks.complete_assignments",
        "schedule": 300.0,
    },
    "laureates-show-missing-works": {
        "task": "laureates.tasks.show_missing_works",
        "schedule": 60.0,
    },
    "content-run-open-jobs": {"task": "content.tasks.run_open_jobs", "schedule": 120.0},
    "content-forget-results": {
        "task": "content.tasks.forget_old_results",
        "schedule": crontab(hour=3, minute=20),
    },
    "content-forget-form-keys": {
        "task": "content.tasks.forget_old_form_keys",
        "schedule": crontab(hour=3, minute=10),
    },
    "content-purge-personal-data": {
        "task": "content.tasks.purge_personal_data",
        "schedule": crontab(hour=2, minute=40),
    },
    "opendata-remake-files": {
        "task": "opendata.tasks.remake_files",
        "schedule": crontab(hour=4, minute=10),
    },
    "members-refresh-names": {
        "task": "members.tasks.refresh_current_names",
        "schedule": crontab(hour=0, minute=1),
    },
    "governance-refresh-names": {
        "task": "governance.tasks.refresh_current_names",
        "schedule": crontab(hour=0, minute=2),
    },
    "members-check-links": {
        "task": "members.tasks.check_links",
        "schedule": crontab(minute=20),
    },
    "newsletter-read-bounces": {"task": "newsletter.tasks.read_bounces", "schedule": 600.0},
    # Once a week for each member; the other hours heal a Monday morning without a timetable.
    "newsletter-write-digests": {
        "task": "newsletter.tasks.write_digests",
        "schedule": crontab(hour="9-19", minute=25),
    },
    "members-keep-confirmations": {
        "task": "members.tasks.keep_confirmations",
        "schedule": crontab(hour="9-19", minute=35),
    },
}


@heartbeat_sent.connect
def tell_that_the_worker_lives(**_event) -> None:
    """Leave a sign of life that `/readyz` reads; it fades half a minute after the last one."""
    from django.core.cache import cache

    from uclg_portal.health import WORKER_KEY, WORKER_LIFETIME

    cache.set(WORKER_KEY, True, WORKER_LIFETIME)
