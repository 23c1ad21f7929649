"""Handing over: mails before the end, one page after it, drafts pass to the successor."""

import datetime
import threading
import zoneinfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import translation

from content import workqueue
from content.models import AuditEntry, PrivateFile
from content.tests.factories import private_files_on_disk
from mailing import reminders
from mailing.models import Message
from members import handover, moderation
from members.attention import attention_for
from members.models import Handover, ProfileUpdate, Representative
from members.moderation import RETURN, AlreadyDecided
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db

PAGE = "/en/cabinet/kazan/handover/"
LAST = datetime.date(2026, 6, 1)
DAY = datetime.timedelta(days=1)
MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")


@pytest.fixture
def on(monkeypatch, rep):
    """A function that sets the day; the mandate ends on 1 June 2026."""
    rep.mandates.update(ends_on=LAST)

    def set_day(day: datetime.date) -> None:
        monkeypatch.setattr("content.dated.today", lambda: day)

    set_day(LAST + DAY)
    return set_day


def scan(name="letter.pdf", data=b"%PDF-1.7 letter") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def form_of(door, address=PAGE) -> dict:
    form = door.get(address).context["form"]
    hidden = {field.html_name: field.value() for field in form.hidden_fields()}
    return hidden | {
        "email": "Next@example.org", "full_name": "Next Person", "position": "Head",
        "language": "en",
    }  # fmt: skip


def ask(rep) -> Handover:
    return handover.ask(
        rep.mandates.get(), email="next@example.org", full_name="Next Person", language="en",
        position="Head", letter=scan(),
    )  # fmt: skip


def letters() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("email", "subject"))


def plan(day: datetime.date, hour=9) -> None:
    reminders.plan(datetime.datetime.combine(day, datetime.time(hour), MOSCOW))


def test_rep_5_mails_30_and_7_days_before_the_last_day(on):
    for days in (31, 30, 29, 8, 7, 6, 0):
        on(LAST - days * DAY)
        plan(LAST - days * DAY)
        count = Message.objects.filter(occasion__startswith="members.handover:").count()
        assert (days, count) == (days, {31: 0, 30: 1, 29: 1, 8: 1}.get(days, 2))

    assert letters() == [("rep@example.org", "Kazan: your mandate ends on 1 June 2026")] * 2
    assert f"http://testserver{PAGE}" in Message.objects.first().text_body


def test_rep_5_no_mail_once_the_letter_is_sent_or_the_mandate_is_prolonged(on, rep, member):
    other = make_member("tver", "Тверь", "Tver")
    make_representative(rep, other, ends_on=LAST)
    on(LAST - 30 * DAY)
    handover.ask(
        rep.mandates.get(member=member), email="next@example.org", full_name="Next",
        language="en", letter=scan(),
    )  # fmt: skip
    rep.mandates.filter(member=other).update(ends_on=None)

    plan(LAST - 30 * DAY)

    assert letters() == []


def test_rep_5_after_the_end_sign_in_shows_only_the_hand_over_page(on, door):
    codes = []
    for day in (LAST, LAST + DAY):
        on(day)
        codes.append([door.get(f"/en/cabinet/kazan/{page}").status_code for page in (
            "", "profile/", "corrections/", "representatives/", "handover/",
        )])  # fmt: skip
    start = door.get("/en/cabinet/")

    assert codes == [[200] * 5, [404, 404, 404, 404, 200]]
    assert (start.status_code, start["Location"]) == (302, PAGE)
    html = door.get(PAGE).content.decode()
    assert "Your mandate ended on" in html
    assert [word for word in ("Третья столица", "+7 843", "kazan/profile") if word in html] == []


def test_rep_5_letter_is_sent_and_waits(on, door, rep):
    response = door.post(PAGE, form_of(door) | {"letter": scan()})

    assert (response.status_code, response["Location"]) == (302, PAGE)
    asked = Handover.objects.get()
    assert (asked.email, asked.full_name, asked.mandate.user, asked.state) == (
        "next@example.org", "Next Person", rep, "waiting",
    )  # fmt: skip
    html = door.get(PAGE).content.decode()
    assert "Next Person, next@example.org" in html
    assert '<form class="form' not in html


def test_rep_5_approval_passes_role_drafts_and_deadlines_to_the_successor(
    on, rep, member, lead, client_of, make_user
):
    on(LAST)
    update = moderation.propose(member, rep, {"phone": "+7 1", "slogan_ru": "Раз"})
    moderation.decide(
        update, {"phone": (RETURN, "No."), "slogan_ru": (RETURN, "No.")}, lead, update.version
    )
    draft = moderation.propose(member, rep, {"phone": "+7 2"})
    on(LAST + DAY)
    successor = make_user("next@example.org", language="en")

    handover.approve(ask(rep), lead)

    new = Representative.objects.get(user=successor)
    assert (new.member, new.role, new.position, new.starts_on, new.ends_on) == (
        member, "lead", "Head", LAST + DAY, None,
    )  # fmt: skip
    assert ProfileUpdate.objects.get(pk=draft.pk).submitted_by == successor
    page = client_of(successor).get("/en/cabinet/kazan/")
    assert [one.title for one in page.context["todo"]][:1] == [
        "The secretariat returned 1 field of the profile"
    ]
    assert letters()[-2:] == [
        ("next@example.org", "You represent Kazan on the portal"),
        ("rep@example.org", "Kazan is handed over"),
    ]
    assert client_of(rep).get(PAGE).status_code == 404
    entry = AuditEntry.objects.get(verb="member.handover_approved")
    assert (entry.actor, entry.changes) == (
        lead, {"drafts": [None, 1], "successor": [None, "next@example.org"]},
    )  # fmt: skip


def test_rep_5_successor_without_an_account_is_invited(on, rep, lead):
    handover.approve(ask(rep), lead)

    new = Representative.objects.get(user__email="next@example.org")
    assert (new.user.is_active, new.user.full_name, new.role) == (False, "Next Person", "lead")


def test_hand_over_before_the_end_begins_the_day_after_it(on, rep, member, lead, make_user):
    on(LAST - 20 * DAY)
    make_user("next@example.org")

    handover.approve(ask(rep), lead)

    assert Representative.objects.get(user__email="next@example.org").starts_on == LAST + DAY
    assert list(handover.mandates_ending(rep)) == []


def test_contributor_who_follows_takes_over_the_role(on, rep, member, lead, make_user):
    other = make_representative(make_user("next@example.org"), member, role="contributor")

    handover.approve(ask(rep), lead)

    other.refresh_from_db()
    assert (other.role, other.position, Representative.objects.count()) == ("lead", "Head", 2)


def test_lead_named_by_a_contributor_stays_lead(on, member, lead, make_user):
    named = make_representative(make_user("next@example.org"), member, role="lead")
    leaving = make_representative(
        make_user("aide@example.org"), member, role="contributor", ends_on=LAST
    )

    handover.approve(ask(leaving.user), lead)

    named.refresh_from_db()
    assert (named.role, named.position) == ("lead", "Head")


def test_rep_5_refusal_gives_the_reason_and_another_letter_may_follow(on, door, rep, lead):
    handover.refuse(ask(rep), "The letter is not signed.", lead)

    html = door.get(PAGE).content.decode()
    assert "The letter is not signed." in html
    assert letters() == [("rep@example.org", "Kazan: the letter about your successor was returned")]
    assert door.post(PAGE, form_of(door) | {"letter": scan()}).status_code == 302
    assert [one.state for one in Handover.objects.order_by("pk")] == ["refused", "waiting"]


def test_refusal_needs_a_reason(on, rep, lead):
    with pytest.raises(ValidationError) as error:
        handover.refuse(ask(rep), "  ", lead)

    assert error.value.message_dict.keys() == {"reason"}


def test_rep_5_strangers_find_no_page(on, client_of, make_user, rep, member):
    nobody = make_user("nobody@example.org")
    acting = make_user("acting@example.org")
    make_representative(acting, member)

    assert [client_of(user).get(PAGE).status_code for user in (nobody, acting, None)] == [
        404, 404, 302,
    ]  # fmt: skip
    on(LAST + handover.AFTER + DAY)
    assert client_of(rep).get(PAGE).status_code == 404


def test_member_that_left_is_not_handed_over(on, door, member):
    member.periods.update(ends_on=LAST)

    assert door.get(PAGE).status_code == 404


def test_new_mandate_of_the_same_person_leaves_nothing_to_hand_over(on, door, rep, member):
    make_representative(rep, member, starts_on=LAST + DAY)

    assert door.get(PAGE).status_code == 404
    assert door.get("/en/cabinet/")["Location"] == "/en/cabinet/kazan/"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"email": "rep@example.org"},
            {
                "email": ["This is your own address. Name somebody else."],
                "letter": ["Browsers send a file once: choose it again."],
            },
        ),
        (
            {"letter": scan("letter.pdf", b"MZ program")},
            {"letter": ["The content of the file is not what its name says."]},
        ),
        (
            {"letter": scan("letter.exe")},
            {"letter": ["Files of this kind are not taken. Allowed: .jpeg, .jpg, .pdf, .png."]},
        ),
        (
            {"full_name": ""},
            {
                "full_name": ["This field is required."],
                "letter": ["Browsers send a file once: choose it again."],
            },
        ),
    ],
)
def test_bad_hand_over_is_told_beside_its_field_and_kept(on, door, typed, errors):
    response = door.post(PAGE, form_of(door) | {"letter": scan()} | typed)

    form = response.context["form"]
    assert (response.status_code, form.errors) == (200, errors)
    assert form["position"].value() == "Head"
    assert (Handover.objects.count(), PrivateFile.objects.count()) == (0, 0)


def test_scan_of_300_mb_is_refused(on, door, monkeypatch):
    monkeypatch.setattr("content.privatefiles.MAX_BYTES", 10)

    form = door.post(PAGE, form_of(door) | {"letter": scan()}).context["form"]

    assert form.errors == {"letter": ["The file is empty or larger than 20 MB."]}


def test_acc_4_form_of_another_city_hands_nothing_over(on, door, rep):
    other = make_member("tver", "Тверь", "Tver")
    make_representative(rep, other, ends_on=LAST)
    sent = form_of(door) | {"letter": scan()}

    form = door.post("/en/cabinet/tver/handover/", sent).context["form"]

    assert form.errors["__all__"] == [
        "This form was opened for another member. Nothing was saved; look again."
    ]
    assert Handover.objects.count() == 0


def test_two_ended_mandates_are_chosen_between(on, door, rep):
    make_representative(rep, make_member("tver", "Тверь", "Tver"), ends_on=LAST)

    html = door.get("/en/cabinet/").content.decode()

    assert "Mandates that have ended" in html
    assert ("/en/cabinet/kazan/handover/" in html, "/en/cabinet/tver/handover/" in html) == (
        True, True,
    )  # fmt: skip


@pytest.mark.parametrize(("days", "hot"), [(31, None), (30, False), (8, False), (7, True)])
def test_front_page_names_the_last_day_by_the_clock_of_the_member(on, rep, member, days, hot):
    on(LAST - days * DAY)

    with translation.override("en"):
        found = [one for one in attention_for(member, rep) if one.title == "Your mandate ends"]

    assert [(one.is_hot, one.day, one.zone) for one in found] == (
        [] if hot is None else [(hot, LAST, "Europe/Moscow")]
    )


@pytest.mark.parametrize(("role", "status"), [("lead", 200), ("editor", 404), ("finance", 404)])
def test_letter_is_for_staff_who_decide(on, rep, make_user, client_of, role, status):
    letter = ask(rep).letter
    address = reverse("content:file", args=[letter.pk])

    response = client_of(make_user(f"{role}@example.org", roles=[role])).get(address)

    assert response.status_code == status
    b"".join(getattr(response, "streaming_content", []))  # read to its end, the file is closed


def test_staff_read_the_letter_and_decide(on, rep, lead, client_of):
    one = ask(rep)
    office = client_of(lead)
    office.cookies["django_language"] = "en"
    queue = next(q for q in workqueue.queues_for(lead) if q.url.endswith("state__exact=waiting"))
    address = reverse("admin:members_handover_change", args=[one.pk])

    listed = office.get(queue.url)
    page = office.get(address).content.decode()
    unreasoned = office.post(address, {"action": "return", "reason": ""})
    done = office.post(address, {"action": "accept", "reason": ""})
    again = office.post(address, {"action": "accept"}, follow=True).content.decode()

    assert (queue.count, list(listed.context["cl"].result_list)) == (1, [one])
    assert (f"/files/{one.letter_id}/" in page, "Next Person" in page) == (True, True)
    assert unreasoned.context["form"].errors == {"reason": ["Say why it is returned."]}
    assert done.status_code == 302
    assert Representative.objects.filter(user__email="next@example.org").count() == 1
    assert "has decided on this request meanwhile" in again


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_count_once(on, rep, lead, make_user):
    one = ask(rep)
    start, outcomes = threading.Barrier(2), []

    def decide(deed):
        try:
            start.wait(10)
            deed(Handover.objects.get(pk=one.pk))
            outcomes.append("decided")
        except AlreadyDecided:
            outcomes.append("too late")
        finally:
            connection.close()

    deeds = [
        lambda row: handover.approve(row, lead), lambda row: handover.refuse(row, "No.", lead),
    ]  # fmt: skip
    threads = [threading.Thread(target=decide, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["decided", "too late"]


def test_letter_that_could_not_be_taken_leaves_no_file_behind(on, rep, monkeypatch):
    before = private_files_on_disk()

    def fail(*_facts):
        raise ValidationError("No")

    monkeypatch.setattr(handover.audit, "record", fail)
    with pytest.raises(ValidationError):
        ask(rep)

    assert (Handover.objects.count(), PrivateFile.objects.count()) == (0, 0)
    assert private_files_on_disk() == before
