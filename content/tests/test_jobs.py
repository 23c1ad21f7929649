"""Long work: asked once, done once, watched, repeated for what failed."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from content import jobs, tasks
from content.models import Job, PrivateFile

pytestmark = pytest.mark.django_db
SPOILT: set[str] = set()


def _count(job, progress):
    made = []
    rows = [(str(number), f"row {number}", number) for number in range(1, job.params["to"] + 1)]
    for key, number in progress.each(rows):
        if key in SPOILT:
            progress.fail(key, f"row {number}", "spoilt")
            continue
        made.append(number)
    return jobs.Made(",".join(map(str, made)).encode() or b"-", "numbers.txt", "text/plain")


def _break(_job, _progress):
    raise ValueError("no paper")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))
    SPOILT.clear()
    jobs.register(jobs.Kind("test.count", "events.view_participant", _count))
    jobs.register(jobs.Kind("test.break", "events.view_participant", _break))


@pytest.fixture
def officer(make_user):
    return make_user("onsite@example.org", roles=[Role.EVENTS])


def _ask(by, to=5, **fields):
    return jobs.ask(fields.pop("code", "test.count"), "Numbers", {"to": to}, by, **fields)


def _read(kept: PrivateFile) -> bytes:
    with kept.file.open() as file:
        return file.read()


def _content(job) -> bytes:
    return _read(job.result)


def test_job_is_done_by_a_worker(officer):
    job = _ask(officer)
    assert (job.state, job.done, job.total) == ("waiting", 0, 0)
    tasks.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.failed) == ("done", 5, 5, [])
    assert _content(job) == b"1,2,3,4,5"
    assert job.result.purpose == "job:test.count"


def test_same_key_asks_once(officer):
    key = uuid.uuid4()
    assert _ask(officer, key=key) == _ask(officer, key=key)
    assert Job.objects.count() == 1


def test_who_may_not_is_refused(make_user):
    with pytest.raises(PermissionDenied):
        _ask(make_user("awards@example.org", roles=[Role.AWARDS]))
    assert not Job.objects.exists()


def test_right_lost_before_the_worker_came(officer):
    job = _ask(officer)
    officer.groups.clear()
    tasks.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("failed", None)


def test_done_job_is_not_done_again(officer):
    job = _ask(officer)
    tasks.run_job(job.pk)
    tasks.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.runs, PrivateFile.objects.count()) == ("done", 1, 1)


def test_rerun_makes_only_the_failed(officer):
    SPOILT.update({"2", "4"})
    job = _ask(officer)
    tasks.run_job(job.pk)
    job.refresh_from_db()
    assert job.failed == [
        {"key": "2", "label": "row 2", "why": "spoilt"},
        {"key": "4", "label": "row 4", "why": "spoilt"},
    ]
    SPOILT.clear()
    assert jobs.rerun(job)
    tasks.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.failed) == ("done", 2, 2, [])
    assert _content(job) == b"2,4"
    assert [_read(kept) for kept in job.earlier.all()] == [b"1,3,5"]
    assert not jobs.rerun(job)
    job.finished_at = timezone.now() - jobs.KEPT - datetime.timedelta(days=1)
    job.save()
    jobs.forget_results()
    assert PrivateFile.objects.count() == 0


def test_worker_taken_for_dead_ends_nothing(officer):
    job = _ask(officer)
    Job.objects.filter(pk=job.pk).update(state="running", runs=2, beat_at=timezone.now())
    late = Job.objects.get(pk=job.pk)
    late.runs = 1
    jobs._do(late)
    job.refresh_from_db()
    assert (job.state, job.done, job.result) == ("running", 0, None)
    assert PrivateFile.objects.count() == 0


def test_error_is_told_and_the_job_can_be_started_again(officer):
    job = _ask(officer, code="test.break")
    tasks.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "ValueError: no paper")
    assert jobs.rerun(job)


def test_abandoned_job_is_taken_up_and_given_up_at_last(officer):
    job = _ask(officer)
    long_ago = timezone.now() - datetime.timedelta(minutes=10)
    Job.objects.filter(pk=job.pk).update(state="running", beat_at=timezone.now(), runs=1)
    assert jobs.open_jobs() == []
    Job.objects.filter(pk=job.pk).update(beat_at=long_ago)
    assert jobs.open_jobs() == [job.pk]
    tasks.run_open_jobs()
    job.refresh_from_db()
    assert job.state == "done"
    Job.objects.filter(pk=job.pk).update(
        state="running", beat_at=long_ago, runs=jobs.MOST_RUNS, finished_at=None
    )
    tasks.run_open_jobs()
    job.refresh_from_db()
    assert job.state == "failed"


def test_results_are_erased_after_two_weeks(officer):
    old, new = _ask(officer), _ask(officer)
    tasks.run_job(old.pk)
    tasks.run_job(new.pk)
    ago = timezone.now() - datetime.timedelta(days=15)
    Job.objects.filter(pk=old.pk).update(finished_at=ago)
    assert jobs.forget_results() == 1
    assert list(Job.objects.all()) == [new]
    assert PrivateFile.objects.count() == 1


def test_page_reloads_itself_until_it_is_done(officer, client_of):
    job, client = _ask(officer), client_of(officer)
    before = client.get(job.get_absolute_url()).content.decode()
    assert '<meta http-equiv="refresh" content="4">' in before
    assert 'role="status"' in before
    tasks.run_job(job.pk)
    after = client.get(job.get_absolute_url()).content.decode()
    assert "http-equiv" not in after
    address = reverse("admin:content_job_file", args=[job.pk])
    assert address in after
    response = client.get(address)
    assert b"".join(response) == b"1,2,3,4,5"
    response.close()


def test_page_lists_the_failed_and_starts_them_again(officer, client_of):
    SPOILT.add("3")
    job, client = _ask(officer), client_of(officer)
    tasks.run_job(job.pk)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "row 3" in page
    assert "spoilt" in page
    client.post(reverse("admin:content_job_rerun", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.only) == ("waiting", ["3"])


def test_strangers_see_nothing(officer, client_of, make_user):
    job = _ask(officer)
    tasks.run_job(job.pk)
    other = client_of(make_user("lead2@example.org", roles=[Role.LEAD]))
    for name in ("change", "file"):
        address = reverse(f"admin:content_job_{name}", args=[job.pk])
        assert other.get(address).status_code == 404
    assert job.title not in other.get(reverse("admin:content_job_changelist")).content.decode()


def test_file_is_refused_once_the_right_is_lost(officer, client_of):
    job = _ask(officer)
    tasks.run_job(job.pk)
    job.refresh_from_db()
    officer.groups.set(officer.groups.none())
    address = reverse("admin:content_job_file", args=[job.pk])
    assert client_of(officer).get(address).status_code in (302, 403)
    assert client_of(officer).get(reverse("content:file", args=[job.result_id])).status_code == 404


def test_file_is_its_makers_while_they_have_the_right(officer, client_of):
    job = _ask(officer)
    tasks.run_job(job.pk)
    job.refresh_from_db()
    response = client_of(officer).get(reverse("content:file", args=[job.result_id]))
    assert b"".join(response.streaming_content) == b"1,2,3,4,5"
    response.close()
