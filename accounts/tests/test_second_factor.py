"""The second factor of staff (ACC-2), and how its secrets are kept."""

import pytest
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import factors, standing, vault
from accounts.models import Role, User
from accounts.tests.factories import PASSWORD, make_user
from content.models import AuditEntry
from mailing.models import Message

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SETUP = "/accounts/2fa/"


@pytest.fixture(autouse=True)
def _second_factor_required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def give_factor(user):
    """TOTP and recovery codes for this person; the codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes()


def password_sign_in(user):
    client = Client()
    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client, response


def sign_in_with_code(user):
    client, _response = password_sign_in(user)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    return client


def set_up_totp(client):
    """In tests with real transactions: allauth tells of the new factor when it is committed."""
    page = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page})
    secret = client.get(page).context["form"].secret
    return client.post(page, {"code": code_now(secret)})


@pytest.mark.parametrize(
    "page",
    [
        "/admin/",
        "/admin/accounts/user/",
        "/ru/",
        "/ru/cabinet/",
        "/accounts/profile/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/sessions/",
        "/files/1/",
    ],
)
def test_acc_2_staff_without_it_reach_only_the_set_up_page(client_of, page):
    response = client_of(make_user(roles=[Role.LEAD])).get(page)

    assert (response.status_code, response.url) == (302, SETUP)
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (SETUP, 200),
        ("/accounts/2fa/totp/activate/", 302),  # asks for the password first
        ("/accounts/2fa/webauthn/add/", 302),
        ("/accounts/reauthenticate/", 200),
        ("/accounts/logout/", 200),
    ],
)
def test_acc_2_set_up_and_sign_out_are_open_to_them(client_of, page, status):
    response = client_of(make_user(roles=[Role.LEAD])).get(page)

    assert response.status_code == status
    assert response.headers.get("Location", "") != SETUP


@pytest.mark.django_db(transaction=True)
def test_acc_2_setting_it_up_opens_the_door():
    user = make_user(roles=[Role.LEAD])
    client, _response = password_sign_in(user)

    set_up_totp(client)

    assert client.get("/admin/").status_code == 200
    assert Message.objects.get().kind == "accounts.notice"


@pytest.mark.django_db(transaction=True)
def test_acc_2_first_factor_ends_all_other_sessions():
    """Who knows the password alone must not come in when the owner sets the factor up."""
    user = make_user(roles=[Role.LEAD])
    stranger, _response = password_sign_in(user)
    owner, _response = password_sign_in(user)
    for client in (stranger, owner):
        client.get(SETUP)

    set_up_totp(owner)

    answers = [client.get("/admin/") for client in (owner, stranger)]
    assert [answer.status_code for answer in answers] == [200, 302]
    assert "_auth_user_id" not in stranger.session
    devices = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    assert list(devices) == [owner.session.session_key]


@pytest.mark.django_db(transaction=True)
def test_first_factor_of_a_representative_ends_their_other_sessions_too():
    user = make_user()
    (other, _), (own, _) = password_sign_in(user), password_sign_in(user)

    set_up_totp(own)

    pages = [client.get("/accounts/profile/").status_code for client in (own, other)]
    assert pages == [200, 302]


@pytest.mark.django_db(transaction=True)
def test_further_factor_ends_no_session_and_proves_nothing(settings):
    """The session that adds it may have been opened with the password alone."""
    settings.SECOND_FACTOR_REQUIRED = False  # the way there is shut otherwise
    user = make_user(roles=[Role.LEAD])
    client, _response = password_sign_in(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    stamp = User.objects.get(pk=user.pk).session_stamp

    response = set_up_totp(client)

    settings.SECOND_FACTOR_REQUIRED = True
    assert (response.status_code, User.objects.get(pk=user.pk).session_stamp) == (302, stamp)
    assert client.get("/admin/").url == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("page", ["/admin/", SETUP, "/accounts/2fa/totp/activate/", "/ru/cabinet/"])
def test_acc_2_session_that_never_showed_the_factor_ends(page):
    user = make_user(roles=[Role.LEAD])
    client, _response = password_sign_in(user)
    give_factor(user)  # behind the portal's back: nothing ended the session

    response = client.get(page)

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={page}")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "_auth_user_id" not in client.session
    told = [message.level for message in client.get(response.url).context["messages"]]
    assert told == [messages.SUCCESS, messages.WARNING]  # signed in; now once more


def test_acc_2_form_sent_from_such_a_session_does_nothing():
    user = make_user(roles=[Role.LEAD])
    client, _response = password_sign_in(user)
    give_factor(user)

    response = client.post(
        "/admin/accounts/user/", {"action": "end_sessions", "_selected_action": [user.pk]}
    )

    assert response.url == "/accounts/login/?next=/admin/"
    assert User.objects.get(pk=user.pk).session_stamp == 0


def test_acc_2_passkey_counts_as_the_factor():
    user = make_user(roles=[Role.LEAD])
    passkey = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "key"}
    )
    request = RequestFactory().get("/admin/")
    request.session = {}

    before = factors.is_shown(request, user)
    post_authentication(request, passkey, passwordless=True)

    assert (before, factors.is_shown(request, user)) == (False, True)
    assert not factors.is_shown(request, make_user())


def test_acc_2_superuser_needs_it_too(client_of, superuser):
    assert client_of(superuser).get("/admin/").url == SETUP


def test_acc_2_representatives_and_visitors_go_on_without_it(client_of):
    statuses = [client_of(person).get("/accounts/2fa/").status_code for person in (None,)]
    page = client_of(make_user()).get("/accounts/profile/")

    assert (statuses, page.status_code) == ([302], 200)


def test_acc_2_demonstration_does_not_ask_for_it(client_of, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    assert client_of(make_user(roles=[Role.LEAD])).get("/admin/").status_code == 200


def test_acc_2_sign_in_asks_for_the_code():
    user = make_user(roles=[Role.LEAD])
    give_factor(user)

    client, response = password_sign_in(user)
    before = client.get("/admin/")
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert response.url == reverse("mfa_authenticate")
    assert before.status_code == 302
    assert client.get("/admin/").status_code == 200


def test_acc_2_code_works_once():
    user = make_user(roles=[Role.LEAD])
    give_factor(user)
    code = code_now()

    outcomes = []
    for _ in range(2):
        client, _response = password_sign_in(user)
        outcomes.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)

    assert outcomes == [302, 200]


def test_acc_2_recovery_code_replaces_a_lost_phone_once():
    user = make_user(roles=[Role.LEAD])
    codes = give_factor(user)

    outcomes = []
    for code in (codes[0], codes[0], codes[1]):
        client, _response = password_sign_in(user)
        outcomes.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)

    assert outcomes == [302, 200, 302]


def test_acc_2_ten_wrong_codes_slow_down():
    user = make_user(roles=[Role.LEAD])
    give_factor(user)
    client, _response = password_sign_in(user)
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    response = client.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_acc_2_another_admin_resets_it_and_the_log_says_so(client_of, lead):
    user = make_user("lost@example.org", roles=[Role.EDITOR])
    give_factor(user)
    give_factor(lead)
    lost = client_of(user)

    sign_in_with_code(lead).post(
        reverse("admin:accounts_user_changelist"),
        {"action": "reset_second_factor", "_selected_action": [user.pk]},
    )

    assert list(Authenticator.objects.values_list("user", flat=True)) == [lead.pk, lead.pk]
    entry = AuditEntry.objects.get(verb="accounts.second_factor.reset")
    assert (entry.actor, entry.target, entry.changes) == (
        lead,
        user,
        {"factors": [["recovery_codes", "totp"], []]},
    )
    assert lost.get("/accounts/profile/").status_code == 302  # signed out
    assert list(Message.objects.values_list("email", "kind")) == [
        ("lost@example.org", "accounts.notice")
    ]
    client, response = password_sign_in(user)
    assert response.url == "/admin/"
    assert client.get("/admin/").url == SETUP


def test_acc_2_nobody_resets_their_own(lead):
    give_factor(lead)

    sign_in_with_code(lead).post(
        reverse("admin:accounts_user_changelist"),
        {"action": "reset_second_factor", "_selected_action": [lead.pk]},
    )

    assert Authenticator.objects.filter(user=lead).count() == 2
    with pytest.raises(PermissionDenied):
        standing.reset_second_factor(lead, lead)


def test_acc_2_who_may_not_manage_accounts_resets_nothing(lead, editor, superuser):
    give_factor(lead)
    give_factor(superuser)

    for target, by in ((lead, editor), (superuser, lead)):
        with pytest.raises(PermissionDenied):
            standing.reset_second_factor(target, by)

    assert Authenticator.objects.count() == 4


def test_secrets_of_second_factors_are_stored_encrypted():
    user = make_user()
    codes = give_factor(user)

    stored = {row.type: row.data for row in Authenticator.objects.all()}
    assert SECRET not in repr(stored)
    assert not any(code in repr(stored) for code in codes)
    assert vault.decrypt(stored["totp"]["secret"]) == SECRET
    assert vault.encrypt(SECRET) != vault.encrypt(SECRET)


def test_former_secret_key_still_opens_what_it_closed(settings):
    token = vault.encrypt(SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new key", [settings.SECRET_KEY]

    assert vault.decrypt(token) == SECRET


def test_lost_secret_key_lets_nobody_in_and_breaks_no_page(settings):
    user = make_user(roles=[Role.LEAD])
    codes = give_factor(user)
    settings.SECRET_KEY = "quite another key"

    for code in (code_now(), codes[0], code_now("")):
        client, _response = password_sign_in(user)
        response = client.post(reverse("mfa_authenticate"), {"code": code})
        assert response.status_code == 200
        assert "_auth_user_id" not in client.session


def test_second_factor_is_looked_up_for_staff_only(django_assert_num_queries):
    from accounts.middleware import SecondFactorMiddleware

    request = RequestFactory().get("/ru/")
    request.user = User(is_staff=True)
    middleware = SecondFactorMiddleware(lambda request: None)

    with django_assert_num_queries(0):
        without_cookie = middleware.process_view(request, None, [], {})
        request.COOKIES["sessionid"] = "x"
        request.user.is_staff = False
        representative = middleware.process_view(request, None, [], {})

    assert (without_cookie, representative) == (None, None)


@pytest.mark.django_db
def test_code_of_the_second_factor_is_let_through_on_its_page_alone(client_of, lead):
    client = client_of(lead)
    address = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(address)

    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    assert "data:" not in client.get("/ru/").headers["Content-Security-Policy"]
