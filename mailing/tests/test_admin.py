import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mailing import freezing
from mailing.models import InboxMail, Message, Switch
from mailing.tests.factories import make_message, make_sent_message, make_unsure_message, make_user

pytestmark = pytest.mark.django_db

LIST = "admin:mailing_message_changelist"
CHANGE = "admin:mailing_message_change"


@pytest.fixture(autouse=True)
def _english_without_second_factor(settings, client):
    settings.SECOND_FACTOR_REQUIRED = False
    client.cookies["django_language"] = "en"


@pytest.fixture
def staff(client):
    """A superuser, signed in."""
    user = make_user("staff@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def reader(client):
    """A member of staff who may only look, signed in."""
    user = make_user("looks@example.org", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_message"))
    client.force_login(user)
    return user


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("name", ["message", "inboxmail"])
def test_list_query_count_does_not_grow(client, staff, settings, name):
    settings.EMAIL_BACKEND = "mailing.backends.LocalInboxBackend"
    address = reverse(f"admin:mailing_{name}_changelist")
    client.get(address)

    def queries_with_another(count):
        for _ in range(count):
            make_message()
            InboxMail.objects.create(email="a@example.org", subject="S", text_body="T")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert queries_with_another(1) == queries_with_another(4)


def test_list_finds_by_address_and_state_and_says_how_mail_is(client, staff):
    make_sent_message(email="a@example.org", subject="Sent one")
    make_message(email="a@example.org", subject="Waiting one")
    make_message(email="b@example.org", subject="Another")

    response = client.get(reverse(LIST), {"q": "a@example", "state__exact": "queued"})

    assert [row.subject for row in response.context["cl"].result_list] == ["Waiting one"]
    assert [row.level for row in response.context["heartbeats"]] == ["warn", "warn"]
    assert "The delivery of mail has not run yet." in response.content.decode()


def test_page_shows_the_letter_without_its_style_and_scripts(client, staff):
    message = make_message(
        text_body="Plain <words>",
        html_body="<style>p{}</style><p style='x' onclick='y'>Rich words</p><script>1</script>",
    )

    html = client.get(reverse(CHANGE, args=[message.pk])).content.decode()

    assert '<div class="mail-preview__letter"><p>Rich words</p></div>' in html
    assert "Plain &lt;words&gt;</pre>" in html


def test_secret_mail_is_not_shown(client, staff):
    message = make_message(is_secret=True, text_body="code 123456", html_body="code 123456")

    html = client.get(reverse(CHANGE, args=[message.pk])).content.decode()

    assert "123456" not in html
    assert "staff cannot read it" in html


def test_mails_are_neither_added_nor_changed_nor_deleted(client, staff):
    message = make_message()

    answers = [
        client.get(reverse("admin:mailing_message_add")).status_code,
        client.post(reverse(CHANGE, args=[message.pk]), {"subject": "x"}).status_code,
        client.post(reverse("admin:mailing_message_delete", args=[message.pk])).status_code,
    ]

    assert answers == [403, 403, 403]


def test_action_requeues_what_may_be_and_says_what_was_left(client, staff):
    unsure, sent = make_unsure_message(), make_sent_message()

    response = client.post(
        reverse(LIST), {"action": "requeue", "_selected_action": [unsure.pk, sent.pk]}, follow=True
    )

    assert told(response) == [
        "1 mail goes out again.",
        "1 mail was left as it is: its state, or a secret in it, does not allow this.",
    ]
    assert dict(Message.objects.values_list("pk", "state")) == {
        unsure.pk: "queued", sent.pk: "sent",
    }  # fmt: skip
    assert list(LogEntry.objects.values_list("user", "object_id", "change_message")) == [
        (staff.pk, str(unsure.pk), "1 mail goes out again.")
    ]


def test_action_cancels_waiting_mails(client, staff):
    pks = [make_message().pk, make_message().pk]

    response = client.post(
        reverse(LIST), {"action": "cancel", "_selected_action": pks}, follow=True
    )

    assert told(response) == ["2 mails are cancelled."]
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize(
    ("make", "deed", "state"),
    [(make_unsure_message, "requeue", "queued"), (make_message, "cancel", "cancelled")],
)
def test_button_does_the_deed_once(client, staff, make, deed, state):
    message = make()
    address = reverse(f"admin:mailing_message_{deed}", args=[message.pk])
    page = reverse(CHANGE, args=[message.pk])
    assert f'action="{address}"' in client.get(page).content.decode()

    first = client.post(address)
    again = client.post(address, follow=True)

    message.refresh_from_db()
    assert (first.status_code, first["Location"], message.state) == (302, page, state)
    assert told(again)[-1].startswith("1 mail was left as it is")
    assert f'action="{address}"' not in again.content.decode()


def test_deeds_are_posts_to_mails_that_exist(client, staff):
    message = make_message()

    assert client.get(reverse("admin:mailing_message_cancel", args=[message.pk])).status_code == 405
    assert client.post(reverse("admin:mailing_message_cancel", args=[0])).status_code == 404


def test_who_may_only_look_has_no_deeds(client, reader):
    message = make_message()

    page = client.get(reverse(CHANGE, args=[message.pk])).content.decode()
    listed = client.get(reverse(LIST))
    answers = [
        client.post(reverse(f"admin:mailing_message_{deed}", args=[message.pk])).status_code
        for deed in ("requeue", "cancel")
    ]

    assert ("mail-deed" in page, listed.context["action_form"], answers) == (
        False, None, [403, 403],
    )  # fmt: skip
    assert client.get(reverse("admin:mailing_switch_changelist")).status_code == 403


@pytest.mark.parametrize(
    "name", ["admin:mailing_message_changelist", "admin:mailing_switch_changelist"]
)
def test_representatives_and_visitors_stay_outside(client, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(make_user())
    assert client.get(reverse(name)).status_code in (302, 403)


def test_switch_freezes_with_a_reason_and_releases(client, staff):
    address = reverse("admin:mailing_switch_changelist")
    make_message(is_bulk=True)
    assert "1 bulk mail is queued." in client.get(address).content.decode()

    frozen = client.post(address, {"freeze": "1", "reason": "wrong date"}, follow=True)

    switch = Switch.objects.current()
    assert (switch.is_frozen, switch.frozen_by, switch.reason) == (True, staff, "wrong date")
    assert told(frozen) == ["Bulk mail is frozen: wrong date"]
    assert "1 bulk mail is held back." in frozen.content.decode()
    released = client.post(address, {"release": "1"}, follow=True)
    assert (told(released), Switch.objects.current().is_frozen) == (
        ["Bulk mail goes out again."],
        False,
    )
    assert [entry.change_message for entry in LogEntry.objects.order_by("pk")] == [
        "Bulk mail is frozen: wrong date", "Bulk mail goes out again.",
    ]  # fmt: skip


def test_switch_asks_for_the_reason(client, staff):
    response = client.post(reverse("admin:mailing_switch_changelist"), {"freeze": "1"})

    assert response.context["form"].errors == {"reason": ["This field is required."]}
    assert Switch.objects.current().is_frozen is False


def test_second_press_of_the_same_button_changes_nothing(client, staff):
    freezing.freeze(staff, "first")

    response = client.post(
        reverse("admin:mailing_switch_changelist"), {"freeze": "1", "reason": "second"}, follow=True
    )

    assert (told(response), Switch.objects.current().reason) == ([], "first")


def test_local_inbox_shows_mails_of_the_demonstration(client, staff, settings):
    settings.EMAIL_BACKEND = "mailing.backends.LocalInboxBackend"
    mail = InboxMail.objects.create(
        email="a@example.org", subject="Invitation", text_body="Text",
        html_body='<p><a class="button" href="http://testserver/en/">Open</a></p>',
    )  # fmt: skip

    html = client.get(reverse("admin:mailing_inboxmail_change", args=[mail.pk])).content.decode()

    assert '<p><a href="http://testserver/en/" rel="noopener noreferrer">Open</a></p>' in html


def test_local_inbox_does_not_exist_where_mail_really_leaves(client, staff):
    assert client.get(reverse("admin:mailing_inboxmail_changelist")).status_code == 403
