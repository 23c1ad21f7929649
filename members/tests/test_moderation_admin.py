import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from content import workqueue
from mailing.models import Message
from members import moderation
from members.models import Member, ProfileUpdate

pytestmark = pytest.mark.django_db

UPDATES = "admin:members_profileupdate_changelist"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def page_of(update: ProfileUpdate) -> str:
    return reverse("admin:members_profileupdate_change", args=[update.pk])


def decision(**fields) -> dict[str, str]:
    """What the page would send: {"phone-action": …} given as phone_action."""
    return {"seen_version": "1"} | {name.replace("__", "-"): text for name, text in fields.items()}


def test_rep_2_staff_see_every_difference_marked(desk, update):
    html = desk.get(page_of(update)).content.decode()

    assert "<del>Третья</del><ins>Первая</ins> столица" in html
    assert html.count('type="radio"') == 4
    assert "Send the decisions" in html
    assert "style=" not in html.split('id="content-main"')[1].split("</main>")[0]


def test_rep_2_staff_decide_field_by_field(desk, update):
    response = desk.post(
        page_of(update),
        decision(phone__action="accept", slogan_ru__action="return", slogan_ru__usual="too_long"),
    )

    assert (response.status_code, response["Location"]) == (302, reverse(UPDATES))
    stored = Member.objects.get()
    assert (stored.phone, stored.slogan_ru) == ("+7 843 292-09-34", "Третья столица")
    assert Message.objects.get().email == "rep@example.org"
    shown = desk.get(page_of(update)).content.decode()
    assert "It is longer than 80 characters." in shown
    assert "Send the decisions" not in shown


def test_return_without_reason_keeps_what_was_chosen(desk, update):
    response = desk.post(
        page_of(update), decision(phone__action="accept", slogan_ru__action="return")
    )

    form = response.context["form"]
    assert response.status_code == 200
    assert form.errors == {"slogan_ru-reason": ["Say why it is returned."]}
    assert form["phone-action"].value() == "accept"
    assert ProfileUpdate.objects.get().status == "waiting"


def test_field_without_decision_is_named(desk, update):
    form = desk.post(page_of(update), decision(phone__action="accept")).context["form"]

    assert form.errors == {"slogan_ru-action": ["Accept this field or return it."]}


def test_accept_all_button_needs_no_choice(desk, update):
    desk.post(page_of(update), decision(_accept_all="1"))

    stored = Member.objects.get()
    assert (stored.phone, stored.slogan_ru) == ("+7 843 292-09-34", "Первая столица")


def test_stale_page_is_shown_anew_with_what_was_typed(desk, update, member, rep):
    moderation.propose(member, rep, {"phone": "+7 843 555"})

    response = desk.post(
        page_of(update),
        decision(
            phone__action="accept", slogan_ru__action="return", slogan_ru__reason="Too proud."
        ),
    )

    html = response.content.decode()
    form = response.context["form"]
    assert "The representative changed the request meanwhile." in html
    assert (form["seen_version"].value(), form["slogan_ru-reason"].value()) == (2, "Too proud.")
    assert Member.objects.get().phone == "+7 843 000-00-00"


def test_second_moderator_is_told_who_decided(desk, update, lead):
    moderation.accept_all(update, lead, seen_version=1)

    response = desk.post(page_of(update), decision(_accept_all="1"), follow=True)

    assert f"{lead} has decided on this request meanwhile." in response.content.decode()


@pytest.mark.parametrize("pk", ["999999", "2_2Fchange_2Fx.css", "x"])
def test_page_of_no_request_is_not_found(desk, pk):
    assert desk.get(f"/admin/members/profileupdate/{pk}/change/").status_code == 404


@pytest.mark.parametrize("typed", ["", "x", "-1", "999"])
def test_post_without_the_right_version_decides_nothing(desk, update, typed):
    desk.post(page_of(update), {"seen_version": typed, "_accept_all": "1"})

    assert ProfileUpdate.objects.get().status == "waiting"


def test_translator_may_not_see_profile_changes(client, translator, update):
    client.force_login(translator)

    assert client.get(page_of(update)).status_code == 403
    assert client.post(page_of(update), decision(_accept_all="1")).status_code == 403
    assert ProfileUpdate.objects.get().status == "waiting"


def test_bulk_accept_shows_the_differences_first(desk, update):
    chosen = {"action": "accept_selected", "_selected_action": [update.pk]}

    page = desk.post(reverse(UPDATES), chosen)

    assert "<del>Третья</del><ins>Первая</ins>" in page.content.decode()
    assert ProfileUpdate.objects.get().status == "waiting"
    desk.post(reverse(UPDATES), chosen | {"_confirmed": "1", f"seen_version_{update.pk}": "1"})
    assert Member.objects.get().phone == "+7 843 292-09-34"


def test_bulk_accept_leaves_out_what_changed_since_it_was_shown(desk, update, member, rep):
    moderation.propose(member, rep, {"phone": "+7 843 555"})
    chosen = {"action": "accept_selected", "_selected_action": [update.pk], "_confirmed": "1"}

    response = desk.post(reverse(UPDATES), chosen | {f"seen_version_{update.pk}": "1"}, follow=True)

    assert "Kazan: The representative changed the request meanwhile." in response.content.decode()
    assert ProfileUpdate.objects.get().status == "waiting"


def test_queue_counts_waiting_requests_and_turns_hot(update, editor, translator):
    def queue():
        own = [q for q in workqueue.queues_for(editor) if q.url.startswith(reverse(UPDATES))]
        return [(q.count, q.is_hot, str(q.note)) for q in own]

    assert queue() == [(1, False, "Representatives wait for a decision")]
    ProfileUpdate.objects.update(submitted_at=timezone.now() - datetime.timedelta(days=3))
    assert queue() == [(1, True, "1 waits for more than two days")]
    others = [q for q in workqueue.queues_for(translator) if q.url.startswith(reverse(UPDATES))]
    assert others == []
