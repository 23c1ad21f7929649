"""Batches of schools, read by the worker: AWD-2, repeat uploads, a worker that dies."""

import datetime
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from awards import batch_rows, batches, tasks
from awards.models import (
    Author,
    Batch,
    BatchRow,
    Category,
    Entry,
    EntryFile,
    GuardianConsent,
    LookAlike,
)
from awards.tests.batches import (
    archive,
    child,
    drawings,
    outcome,
    painted,
    school,
    send,
    table,
)
from awards.tests.factories import make_category
from content.models import AuditEntry, PrivateFile

pytestmark = pytest.mark.django_db


def awd_2():
    rows = [child(number) for number in range(1, 19)]
    rows[4]["age"] = "15"
    rows[9]["consent_entry"] = rows[9]["consent_public"] = ""
    return rows, drawings(*range(1, 20))


def test_awd_2_report_by_row():
    rows, files = awd_2()
    batch = send(school(), rows, files)
    assert (batch.state, batch.done, batch.total) == ("done", 18, 18)
    assert Counter(batch.rows.values_list("state", flat=True)) == {
        "taken": 16, "no_consent": 1, "wrong": 1,
    }  # fmt: skip
    assert batch.files_without_row == ["19.jpg"]
    wrong = batch.rows.get(state="wrong")
    assert (wrong.name, wrong.entry) == ("05.jpg", None)
    assert [error["code"] for error in wrong.errors] == ["age"]
    assert "15" in wrong.errors[0]["message"]
    assert "5–14" in wrong.errors[0]["message"]
    assert batch.rows.get(state="no_consent").name == "10.jpg"
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, 18))
    assert Entry.objects.admitted().count() == 16
    assert EntryFile.objects.filter(large__isnull=False, small__isnull=False).count() == 17


def test_awd_2_repeat_upload_replaces_only_the_broken_rows():
    rows, files = awd_2()
    entrant = school()
    batch = send(entrant, rows, files)
    untouched = Entry.objects.exclude(batch_row__name="10.jpg")
    before = dict(untouched.values_list("number", "version"))
    pictures = set(EntryFile.objects.values_list("pk", flat=True))
    rows[4]["age"], rows[9]["consent_entry"] = "14", "да"
    again = send(entrant, rows, files, batch=batch)
    assert again.pk == batch.pk
    assert Counter(again.rows.values_list("state", flat=True)) == {"taken": 18}
    after = dict(untouched.values_list("number", "version"))
    assert after.pop(18)
    assert (len(before), after) == (16, before)
    assert Entry.objects.count() == 18
    assert pictures < set(EntryFile.objects.values_list("pk", flat=True))
    assert Entry.objects.get(batch_row__name="05.jpg").number == 18


def test_prv_4_row_without_consent_is_not_admitted():
    batch = send(school(), [child(1, consent_entry="нет")], drawings(1))
    assert outcome(batch) == [("01.jpg", "no_consent", [])]
    assert Entry.objects.get().state == "submitted"
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (0, 0)
    assert not GuardianConsent.objects.exists()


def test_prv_4_names_of_children_are_in_no_log_and_no_audit(caplog, monkeypatch):
    entrant = school()
    send(entrant, [child(1, family_name_ru="Сафина")], drawings(1))

    def failing(*_args, **_options):
        raise RuntimeError("Сафина")

    monkeypatch.setattr(batch_rows, "_make", failing)
    batch = send(entrant, [child(2, family_name_ru="Сафина")], drawings(2))
    assert batch.state == "failed"
    assert "Сафина" not in caplog.text
    assert "Сафина" not in batch.error
    assert not AuditEntry.objects.filter(summary__icontains="Сафина").exists()
    assert not PrivateFile.objects.filter(name__icontains="Сафина").exists()


def test_first_upload_needs_archive_and_table():
    with pytest.raises(ValidationError) as caught:
        batches.send(school(), None, archive=None, table=None)
    assert set(caught.value.error_dict) == {"archive", "table"}
    assert not Batch.objects.exists()


def test_upload_that_cannot_be_read_is_refused_by_field_and_nothing_kept():
    junk = SimpleUploadedFile("works.zip", b"no archive")
    with pytest.raises(ValidationError) as caught:
        batches.send(school(), None, archive=junk, table=SimpleUploadedFile("t.csv", b"a;b\n1;2"))
    assert set(caught.value.error_dict) == {"archive", "table"}
    assert (Batch.objects.count(), PrivateFile.objects.count()) == (0, 0)


def test_call_that_takes_no_batches_refuses():
    entrant = school()
    entrant.round.admits_batches = False
    entrant.round.save()
    with pytest.raises(batches.BatchRefused):
        batches.send(entrant, None, archive=archive(drawings(1)), table=table([child(1)]))


def test_late_upload_is_refused_and_one_in_time_is_read_after_the_deadline():
    entrant = school()
    closes = entrant.round.closes_at
    sent = batches.send(
        entrant, None, archive=archive(drawings(1)), table=table([child(1)]),
        now=closes - datetime.timedelta(seconds=1),
    )  # fmt: skip
    entrant.round.closes_at = timezone.now() - datetime.timedelta(minutes=1)
    entrant.round.save()
    Batch.objects.update(uploaded_at=entrant.round.closes_at - datetime.timedelta(seconds=1))
    batches.run(sent.pk)
    assert outcome(sent) == [("01.jpg", "taken", [])]
    sent.refresh_from_db()
    with pytest.raises(batches.BatchRefused):
        batches.send(entrant, None, archive=None, table=table([child(1)]), batch=sent)


def test_batch_that_is_being_read_takes_no_other_upload():
    entrant = school()
    sent = batches.send(entrant, None, archive=archive(drawings(1)), table=table([child(1)]))
    with pytest.raises(batches.BatchRefused):
        batches.send(entrant, None, archive=None, table=table([child(1)]), batch=sent)


def test_killed_worker_is_followed_by_another_that_makes_nothing_twice(monkeypatch):
    entrant, take = school(), batch_rows.take

    def dying(batch, line, works):
        if line.number == 4:
            raise KeyboardInterrupt
        return take(batch, line, works)

    rows, files = [child(number) for number in (1, 2, 3, 4)], drawings(1, 2, 3, 4)
    sent = batches.send(entrant, None, archive=archive(files), table=table(rows))
    monkeypatch.setattr(batch_rows, "take", dying)
    with pytest.raises(KeyboardInterrupt):
        batches.run(sent.pk)
    monkeypatch.setattr(batch_rows, "take", take)
    tasks.read_open_batches()
    sent.refresh_from_db()
    assert (sent.state, sent.rows.count()) == ("running", 2)  # it may still live
    Batch.objects.update(beat_at=timezone.now() - 2 * batches.SILENT)
    tasks.read_open_batches()
    sent.refresh_from_db()
    assert (sent.state, sent.done) == ("done", 4)
    assert [state for _name, state, _codes in outcome(sent)] == ["taken"] * 4
    assert (Entry.objects.count(), Author.objects.count(), EntryFile.objects.count()) == (4, 4, 4)


def test_worker_whose_batch_was_taken_over_writes_nothing():
    entrant = school()
    sent = batches.send(entrant, None, archive=archive(drawings(1)), table=table([child(1)]))
    Batch.objects.update(state="running", runs=2)
    sent.refresh_from_db()
    sent.runs = 1
    with pytest.raises(batch_rows.TakenOver):
        batch_rows.own(sent)


def test_batch_that_is_broken_off_again_and_again_fails():
    entrant = school()
    sent = batches.send(entrant, None, archive=archive(drawings(1)), table=table([child(1)]))
    Batch.objects.update(runs=batches.MOST_RUNS)
    tasks.read_batch(sent.pk)
    sent.refresh_from_db()
    assert (sent.state, sent.rows.count()) == ("failed", 0)


def test_table_alone_corrects_a_row_and_drops_the_wrong_one():
    entrant = school()
    batch = send(entrant, [child(1), child(2, file="02.jgp")], drawings(1, 2))
    assert outcome(batch) == [("01.jpg", "taken", []), ("02.jgp", "wrong", ["no_file"])]
    again = send(entrant, [child(1), child(2)], batch=batch)
    assert outcome(again) == [("01.jpg", "taken", []), ("02.jpg", "taken", [])]


def test_archive_of_corrections_leaves_taken_rows_alone():
    entrant = school()
    batch = send(entrant, [child(1), child(2)], drawings(1))
    first = EntryFile.objects.get().pk
    again = send(entrant, None, drawings(2), batch=batch)
    assert outcome(again) == [("01.jpg", "taken", []), ("02.jpg", "taken", [])]
    assert EntryFile.objects.filter(pk=first).exists()


def test_changed_row_and_changed_drawing_change_the_entry_and_keep_its_number():
    entrant = school()
    batch = send(entrant, [child(1)], drawings(1))
    old = EntryFile.objects.get()
    rows = [child(1, title_ru="Другой костюм", given_name_ru="Анна")]
    again = send(entrant, rows, {"01.jpg": painted(77)}, batch=batch)
    entry = Entry.objects.get()
    assert (entry.number, entry.title_ru) == (1, "Другой костюм")
    assert entry.authors.get().given_name_ru == "Анна"
    assert entry.files.get().look != old.look
    assert not PrivateFile.objects.filter(pk__in=[old.file_id, old.large_id]).exists()
    assert outcome(again) == [("01.jpg", "taken", [])]


def test_wrong_change_of_a_taken_row_leaves_it_as_it_was():
    entrant = school()
    batch = send(entrant, [child(1)], drawings(1))
    again = send(entrant, [child(1, age="41", title_ru="Нет")], drawings(1), batch=batch)
    assert outcome(again) == [("01.jpg", "taken", ["age", "kept"])]
    assert Entry.objects.get().title_ru == "Костюм 1"
    assert Author.objects.get().age == 9


def test_consent_the_table_takes_back_is_withdrawn():
    entrant = school()
    batch = send(entrant, [child(1)], drawings(1))
    send(entrant, [child(1, consent_public="нет")], batch=batch)
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (1, 0)
    again = send(entrant, [child(1, consent_entry="нет")], batch=batch)
    assert outcome(again) == [("01.jpg", "no_consent", [])]
    assert Entry.objects.admitted().count() == 0


def test_sheet_of_consent_comes_in_the_archive():
    rows = [
        child(1, sheet="согласие.pdf"),
        child(2, sheet="нет такого.pdf"),
        child(3, sheet="x.pdf"),
    ]
    files = drawings(1, 2, 3) | {"согласие.pdf": b"%PDF-1.7 sheet", "x.pdf": b"MZ"}
    batch = send(school(), rows, files)
    assert outcome(batch) == [
        ("01.jpg", "taken", []), ("02.jpg", "no_consent", ["sheet"]),
        ("03.jpg", "no_consent", ["sheet"]),
    ]  # fmt: skip
    scans = {one.scan_id for one in GuardianConsent.objects.all()}
    assert len(scans) == 1
    assert (GuardianConsent.objects.count(), batch.files_without_row) == (2, [])


def test_limit_of_an_entrant_refuses_the_rest_row_by_row():
    batch = send(school(limit_per_entrant=1), [child(1), child(2)], drawings(1, 2))
    assert outcome(batch) == [("01.jpg", "taken", []), ("02.jpg", "wrong", ["refused"])]
    assert (Entry.objects.count(), EntryFile.objects.count()) == (1, 1)


def test_category_follows_the_age_or_the_name():
    entrant = school()
    Category.objects.all().delete()
    small = make_category(entrant.round, "A", min_age=5, max_age=9)
    large = make_category(entrant.round, "B", min_age=10, max_age=14)
    rows = [
        child(1, age="9"), child(2, age="10 лет"), child(3, age="9", category="B"),
        child(4, category="Керамика"), child(5, age="3"), child(6, age="девять"),
    ]  # fmt: skip
    batch = send(entrant, rows, drawings(*range(1, 7)))
    assert outcome(batch) == [
        ("01.jpg", "taken", []), ("02.jpg", "taken", []), ("03.jpg", "wrong", ["age"]),
        ("04.jpg", "wrong", ["category"]), ("05.jpg", "wrong", ["age"]),
        ("06.jpg", "wrong", ["age_missing"]),
    ]  # fmt: skip
    assert list(Entry.objects.order_by("number").values_list("category", flat=True)) == [
        small.pk, large.pk,
    ]  # fmt: skip


def test_same_drawing_twice_is_offered_and_not_forced():
    twice = {"01.jpg": painted(5), "02.jpg": painted(5, quality=35), "03.jpg": painted(8)}
    batch = send(school(), [child(1), child(2), child(3)], twice)
    assert outcome(batch) == [
        ("01.jpg", "taken", []), ("02.jpg", "taken", ["alike"]), ("03.jpg", "taken", []),
    ]  # fmt: skip
    pair = LookAlike.objects.get()
    assert (pair.entry.number, pair.other.number, pair.verdict) == (2, 1, "open")
    assert Entry.objects.admitted().count() == 3


def test_file_whose_content_is_not_what_its_name_says():
    files = drawings(1) | {"02.jpg": b"%PDF-1.7 renamed", "03.jpg": b"MZ" * 400}
    batch = send(school(), [child(1), child(2), child(3)], files)
    assert outcome(batch) == [
        ("01.jpg", "taken", []), ("02.jpg", "wrong", ["not_a_picture"]),
        ("03.jpg", "wrong", ["not_a_picture"]),
    ]  # fmt: skip


def test_uploads_are_erased_a_month_later():
    batch = send(school(), [child(1)], drawings(1))
    assert batches.forget_uploads(timezone.now()) == 0
    later = timezone.now() + batches.KEPT + datetime.timedelta(days=1)
    assert batches.forget_uploads(later) == 2
    batch.refresh_from_db()
    assert (batch.archive, batch.table) == (None, None)
    assert not PrivateFile.objects.filter(purpose=batches.PURPOSE).exists()
    assert BatchRow.objects.count() == 1
