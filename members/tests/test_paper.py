"""A city that never signs in answers by letter: staff enter it, the scan stays with it."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.models import AuditEntry, PrivateFile
from content.tests.factories import private_files_on_disk
from members import confirmation, moderation, paper, profile
from members.models import Confirmation, Member, PaperLetter, ProfileUpdate
from members.moderation import RETURN, StaleDecision
from members.tests.profile_form import fields_of

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("content.dated.today", lambda: TODAY)


@pytest.fixture
def address(member):
    return reverse("admin:members_member_letter", args=[member.pk])


def scan(name="letter.pdf", data=b"%PDF-1.7 letter") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def opened(desk, address) -> dict:
    form = desk.get(address).context["adminform"].form
    return fields_of(form) | {"dated_on": "2026-05-12", "number": "7", "scan": scan()}


def enter(desk, address, **typed):
    return desk.post(address, opened(desk, address) | typed)


def problems(response) -> dict:
    return response.context["adminform"].form.errors


def test_rep_6_values_are_public_at_once_with_the_letter_in_the_history(
    desk, client, member, editor, address
):
    response = enter(desk, address, phone="+7 1", about_en="A city.\n\nOn a river.")

    assert (response.status_code, response["Location"]) == (
        302, reverse("admin:members_member_change", args=[member.pk]),
    )  # fmt: skip
    stored = Member.objects.get()
    assert (stored.phone, stored.about_en) == ("+7 1", "<p>A city.</p><p>On a river.</p>")
    letter = PaperLetter.objects.get()
    assert (letter.dated, letter.number, letter.entered_by, letter.scan.name) == (
        datetime.date(2026, 5, 12), "7", editor, "letter.pdf",
    )  # fmt: skip
    update = ProfileUpdate.objects.get()
    assert (update.letter, update.status, update.decided_by) == (letter, "decided", editor)
    assert dict(update.changes.values_list("field", "status")) == {
        "phone": "accepted", "about_en": "accepted",
    }  # fmt: skip
    entry = AuditEntry.objects.get(verb="profile.by_letter")
    assert (entry.actor, entry.summary, entry.changes) == (
        editor, f"{member}: staff, by letter of 12.05.2026 No. 7",
        {"fields": [None, ["about_en", "phone"]]},
    )  # fmt: skip
    assert LogEntry.objects.get().change_message == "Staff, by letter of 12 May 2026."
    history = desk.get(reverse("admin:members_member_history", args=[member.pk]))
    assert "Staff, by letter of 12 May 2026." in history.content.decode()


def test_rep_6_letter_counts_as_the_confirmation_and_the_next_year_asks_again(
    desk, member, address, monkeypatch
):
    enter(desk, address)

    question = Confirmation.objects.get()
    assert (question.year, question.letter.number) == (2026, "7")
    assert confirmation.last_confirmed(member) is not None
    assert (confirmation.open_round(), ProfileUpdate.objects.count()) == (0, 0)
    monkeypatch.setattr("content.dated.today", lambda: datetime.date(2027, 2, 1))
    assert confirmation.open_round() == 1


def test_rep_6_history_of_the_cabinet_names_the_letter(desk, address, client_of, rep):
    enter(desk, address, phone="+7 1")

    html = client_of(rep).get("/en/cabinet/kazan/").content.decode()

    assert "Entered by the secretariat, by letter of" in html


def test_request_of_a_representative_waits_on_and_is_shown_anew(desk, address, member, rep, editor):
    update = moderation.propose(member, rep, {"phone": "+7 2", "slogan_ru": "Город"})

    enter(desk, address, phone="+7 1")

    with pytest.raises(StaleDecision):
        moderation.accept_all(update, editor, update.version)
    assert update.changes.get(field="phone").old_value == "+7 1"
    assert Member.objects.get().phone == "+7 1"


def test_returned_field_is_settled_by_the_letter(desk, address, member, rep, editor):
    update = moderation.propose(member, rep, {"phone": "+7 2"})
    moderation.decide(update, {"phone": (RETURN, "Wrong.")}, editor, 1)

    enter(desk, address, phone="+7 1")

    assert profile.returned_changes(member) == []


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"dated_on": "2026-05-21"},
            {"dated_on": ["The letter cannot be dated in the future."]},
        ),
        ({"scan": scan("a.exe")}, {
            "scan": ["Files of this kind are not taken. Allowed: .jpeg, .jpg, .pdf, .png."]
        }),
        ({"scan": ""}, {"scan": ["This field is required."]}),
        ({"scan": scan(data=b"MZ")}, {
            "scan": ["The content of the file is not what its name says."]
        }),
        ({"website": "javascript:alert(1)"}, {
            "website": ["Enter the address of the site with https://"],
            "scan": ["Browsers send a file once: choose it again."],
        }),
    ],
)  # fmt: skip
def test_bad_letter_is_told_and_nothing_is_lost(desk, address, typed, errors):
    response = enter(desk, address, **({"phone": "+7 1"} | typed))

    assert problems(response) == errors
    assert response.context["adminform"].form["phone"].value() == "+7 1"
    assert (PaperLetter.objects.count(), PrivateFile.objects.count()) == (0, 0)
    assert Member.objects.get().phone == "+7 843 000-00-00"


def test_scan_of_300_mb_is_refused_beside_its_field(desk, address, monkeypatch):
    monkeypatch.setattr("content.privatefiles.MAX_BYTES", 3)

    assert problems(enter(desk, address)) == {"scan": ["The file is empty or larger than 20 MB."]}


def test_save_over_a_change_of_somebody_else_is_refused(desk, address, member):
    sent = opened(desk, address) | {"phone": "+7 1"}
    member.phone = "+7 9"
    member.save()

    errors = problems(desk.post(address, sent))

    assert errors["phone"] == ["Now stored: +7 9"]
    assert PaperLetter.objects.count() == 0


def test_second_click_enters_one_letter(desk, address):
    sent = opened(desk, address)
    answers = [desk.post(address, sent | {"scan": scan()}).status_code for _click in range(2)]

    assert (answers, PaperLetter.objects.count()) == ([302, 302], 1)


def test_staff_without_the_right_enter_nothing(client_of, events_officer, address):
    door = client_of(events_officer)

    assert (door.get(address).status_code, door.post(address).status_code) == (403, 403)


def test_letter_that_could_not_be_entered_leaves_no_scan_behind(member, editor, monkeypatch):
    before = private_files_on_disk()

    def fail(_letter):
        raise ValueError("No")

    monkeypatch.setattr(confirmation, "by_letter", fail)
    with pytest.raises(ValueError, match="No"):
        paper.enter(member, {"phone": "+7 2"}, editor, dated_on=TODAY, scan=scan())

    assert (PaperLetter.objects.count(), PrivateFile.objects.count()) == (0, 0)
    assert private_files_on_disk() == before
    assert Member.objects.get().phone != "+7 2"
