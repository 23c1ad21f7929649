"""What must not undo the protection of children: letters, old tables, names of files (PRV-4)."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from accounts.tests.factories import make_user
from awards import batches_retention, consents, entrant_links, sending
from awards.models import Batch
from awards.tests.batches import child, drawings, school, send
from awards.tests.factories import make_author, make_entrant, make_entry, make_round
from mailing.models import Message
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_prv_4_letters_that_open_the_entries_of_a_school_are_not_read_by_staff():
    entrant = make_entrant(make_round(is_for_children=True))
    entry = make_entry(entrant)
    make_author(entry)
    sending.refuse(entry, "Another subject", None)
    letter = Message.objects.get()
    events = Client()
    events.force_login(make_user(roles=[Role.EVENTS]))

    page = events.get(f"/admin/mailing/message/{letter.pk}/change/")

    assert (page.status_code, letter.is_secret) == (200, True)
    assert entrant_links.token(entrant) not in page.content.decode()


def test_letters_to_members_lead_to_the_cabinet_and_are_read_by_staff():
    member = make_member("kazan", name_ru="Казань", name_en="Kazan")
    entrant = make_entrant(make_round(), member)

    assert entrant_links.own_page(entrant).endswith("/cabinet/kazan/awards/")


def test_prv_4_old_table_does_not_bring_back_a_consent_that_was_withdrawn():
    entrant = school()
    batch = send(entrant, [child(1), child(2)], drawings(1, 2))
    author = batch.rows.get(name="02.jpg").entry.authors.get()
    consents.withdraw(author, "entry", None)

    send(entrant, [child(1), child(2, title_ru="Новое имя")], batch=batch)

    entry = batch.rows.get(name="02.jpg").entry
    assert entry.title_ru == "Новое имя"
    assert not author.consents.filter(withdrawn_at=None).exists()
    assert [row.state for row in batch.rows.order_by("number")] == ["taken", "no_consent"]


def test_names_of_files_go_with_the_names_of_children():
    entrant = school()
    rows = [child(1, file="Амина Сафина.jpg")]
    files = {"Амина Сафина.jpg": drawings(1)["01.jpg"], "Вера.jpg": drawings(2)["02.jpg"]}
    batch = send(entrant, rows, files)
    later = timezone.now() + datetime.timedelta(days=380)

    batches_retention.purge_family_names(later)

    row = batch.rows.get()
    assert (row.name, row.data) == (f"erased-{row.pk}", {})
    assert Batch.objects.get().files_without_row == []
