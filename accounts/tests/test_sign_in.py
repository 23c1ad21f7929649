"""Signing in: where it leads, in which language, and what guessing gets (ACC-3)."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from accounts.models import Role, SignInCounter, User
from accounts.tests.factories import PASSWORD, make_user
from mailing.models import Message

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def sign_in(client, email, password=PASSWORD, address="10.0.0.1", **query):
    return client.post(LOGIN, {"login": email, "password": password, **query}, REMOTE_ADDR=address)


def guess(email, times, addresses=("10.0.0.1",)):
    """The statuses of so many wrong passwords, from these addresses in turn."""
    return [
        sign_in(Client(), email, f"wrong-{n}", addresses[n % len(addresses)]).status_code
        for n in range(times)
    ]


def many(prefix):
    return [f"{prefix}.{n}" for n in range(20)]


def without_tokens(response):
    """The page without what differs on every request."""
    return re.sub(r'value="[\w-]{64}"', "", response.content.decode())


@pytest.mark.parametrize("email", ["known@example.org", "unknown@example.org"])
def test_acc_3_ten_wrong_passwords_slow_the_account_down(email):
    make_user("known@example.org")
    assert guess(email, 12, many("10.1.0")) == [200] * 10 + [429] * 2

    right = sign_in(Client(), email, address="10.9.9.9")
    other = sign_in(Client(), make_user("other@example.org").email, address="10.9.9.9")

    assert (right.status_code, other.status_code) == (429, 302)


def test_acc_3_ten_wrong_passwords_slow_the_address_down():
    user = make_user("known@example.org")
    for number in range(10):
        guess(f"person{number}@elsewhere.org", 1)

    same_address = sign_in(Client(), user.email)
    other_address = sign_in(Client(), user.email, address="10.0.0.2")

    assert (same_address.status_code, other_address.status_code) == (429, 302)


def test_acc_3_spelling_of_the_address_makes_no_second_account_of_guesses():
    make_user("known@example.org")
    spellings = ["known@example.org", "KNOWN@example.org", " known@Example.org "]

    statuses = [
        sign_in(Client(), spellings[n % 3], "wrong", f"10.1.0.{n}").status_code for n in range(11)
    ]

    assert statuses == [200] * 10 + [429]


def test_acc_3_signing_in_in_between_does_not_reset_the_count():
    known, own = make_user("known@example.org"), make_user("own@example.org")
    statuses = []
    for _ in range(6):
        statuses += guess(known.email, 2)
        statuses.append(sign_in(Client(), own.email).status_code)

    assert statuses == [200, 200, 302] * 4 + [200, 200] + [429] * 4


def test_acc_3_unknown_and_known_mail_get_the_same_page():
    make_user("known@example.org")
    make_user("disabled@example.org", is_active=False)
    User.objects.create_user("invited@example.org", is_active=False)

    pages = {
        without_tokens(sign_in(Client(), email, "wrong")).replace(email, "")
        for email in (
            "known@example.org",
            "unknown@example.org",
            "disabled@example.org",
            "invited@example.org",
        )
    }

    assert len(pages) == 1


@pytest.mark.parametrize("email", ["known@example.org", "unknown@example.org"])
def test_acc_3_unknown_and_known_mail_take_the_same_time(email, monkeypatch):
    make_user("known@example.org")
    hashed = []
    plain = hashers.MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return plain(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    sign_in(Client(), email, "wrong")

    assert hashed == ["wrong"]


def test_acc_3_page_of_too_many_says_when_to_come_back():
    guess("known@example.org", 10)

    response = sign_in(Client(), "known@example.org")

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "300"
    assert response.templates[0].name == "429.html"


@pytest.fixture
def _valkey_gone(settings):
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock?db=1"},
    }
    yield
    caches["counters"].clear()


@pytest.mark.usefixtures("_valkey_gone")
def test_acc_3_guessing_is_slowed_down_while_the_cache_is_gone():
    user = make_user("known@example.org")
    assert cache.get("anything") is None

    statuses = guess(user.email, 11, many("10.1.0"))
    own = sign_in(Client(), make_user("own@example.org").email, address="10.9.9.9")

    assert statuses == [200] * 10 + [429]
    assert own.status_code == 302
    assert SignInCounter.objects.filter(key__contains="login_failed").exists()


@pytest.mark.usefixtures("_valkey_gone")
def test_code_works_once_while_the_cache_is_gone():
    used = [cache.add("allauth.mfa.totp.used?user=1&code=2", "y", timeout=30) for _ in range(2)]

    assert used == [True, False]


def test_password_reset_answers_alike_for_known_and_unknown_mail(client):
    make_user("known@example.org")
    make_user("disabled@example.org", is_active=False)

    answers = []
    for email in ("known@example.org", "unknown@example.org", "disabled@example.org"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        answers.append((response.status_code, response.url))

    assert set(answers) == {(302, reverse("account_reset_password_done"))}
    assert list(Message.objects.order_by("pk").values_list("email", "kind", "is_secret")) == [
        ("known@example.org", "accounts.password_reset", True),
        ("unknown@example.org", "accounts.unknown_account", True),
        ("disabled@example.org", "accounts.unknown_account", True),
    ]


def test_password_reset_link_leads_to_our_site_and_sets_a_password(client):
    user = make_user("known@example.org", language="en")
    client.post(
        reverse("account_reset_password"), {"email": user.email}, headers={"host": "localhost"}
    )

    link = re.search(r"http\S+", Message.objects.get().text_body).group()
    assert link.startswith("http://testserver/accounts/password/reset/key/")
    assert link.endswith("/?language=en")
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    typed = {"password1": "another-long-one", "password2": "another-long-one"}
    client.post(page.redirect_chain[-1][0], typed)

    user.refresh_from_db()
    assert user.check_password("another-long-one")


def test_nobody_signs_up_by_themselves(client):
    typed = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post(reverse("account_signup"), typed)

    assert response.status_code == 200
    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert list(User.objects.all()) == []


@pytest.mark.parametrize(("language", "cabinet"), [("ru", "/ru/cabinet/"), ("en", "/en/cabinet/")])
def test_sign_in_leads_to_the_cabinet_in_the_persons_language(client, language, cabinet):
    user = make_user(language=language)

    response = sign_in(client, user.email)

    assert (response.status_code, response.url) == (302, cabinet)


def test_sign_in_leads_staff_to_the_admin(client):
    response = sign_in(client, make_user(roles=[Role.EDITOR]).email)

    assert response.url == "/admin/"


@pytest.mark.parametrize(
    ("next_page", "place"),
    [
        ("/ru/events/?page=2", "/en/events/?page=2"),
        ("/accounts/profile/", "/accounts/profile/"),
        ("//evil.example", "/en/cabinet/"),
        ("///evil.example", "/en/cabinet/"),
        ("/\\evil.example", "/en/cabinet/"),
        ("http://evil.example/ru/", "/en/cabinet/"),
        ("https:evil.example", "/en/cabinet/"),
        ("javascript:alert(1)", "/en/cabinet/"),
        ("http://testserver@evil.example/", "/en/cabinet/"),
        ("http://localhost/ru/", "/en/cabinet/"),
        ("", "/en/cabinet/"),
    ],
)
def test_next_page_is_followed_on_this_site_only(client, next_page, place):
    user = make_user(language="en")

    shown = client.get(LOGIN, {"next": next_page})
    response = sign_in(client, user.email, next=next_page)

    assert shown.status_code == 200
    assert (
        "evil.example"
        not in shown.content.decode()
        .replace("next=%2F%2Fevil.example", "")
        .partition("<form class")[2]
        .partition("</form>")[0]
    )
    assert (response.status_code, response.url) == (302, place)


def test_inactive_account_does_not_come_in(client):
    user = make_user(is_active=False)

    response = sign_in(client, user.email)

    assert response.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_unverified_address_has_to_be_confirmed_first(client):
    user = make_user()
    EmailAddress.objects.update(verified=False)

    response = sign_in(client, user.email)

    assert response.url == reverse("account_email_verification_sent")
    link = re.search(r"http\S+", Message.objects.get().text_body).group()
    client.get(link.removeprefix("http://testserver"))
    client.post(link.removeprefix("http://testserver").partition("?")[0])
    assert EmailAddress.objects.get().verified


def test_address_by_which_another_signs_in_is_not_confirmed(client):
    user = make_user("person@example.org")
    User.objects.create_user("mailbox@example.org", is_active=False)
    address = EmailAddress.objects.create(user=user, email="mailbox@example.org")

    from allauth.account.models import EmailConfirmationHMAC

    client.post(reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key]))

    address.refresh_from_db()
    assert not address.verified


def test_sign_out_leads_home(client):
    client.force_login(make_user(language="en"))

    response = client.post(reverse("account_logout"))

    assert response.url == "/en/"


def test_page_of_a_signed_in_person_is_kept_by_no_cache(client_of):
    pages = [client_of(person).get(LOGIN) for person in (None, make_user())]
    pages.append(sign_in(Client(), make_user().email))
    pages.append(client_of(make_user()).get("/accounts/profile/"))

    assert ["no-store" in page.headers["Cache-Control"] for page in pages] == [True] * 4


def test_mail_templates_of_allauth_are_all_ours():
    """A mail that allauth may send and that we do not know would be lost with an error."""
    from accounts import adapters, notices

    templates = Path(__import__("allauth").__file__).parent / "templates"
    offered = {
        str(path.relative_to(templates)).removesuffix("_subject.txt")
        for folder in ("account", "mfa")
        for path in (templates / folder / "email").glob("*_subject.txt")
    }
    never_sent = {  # sign-up is closed; codes by mail are off
        "account/email/account_already_exists",
        "account/email/login_code",
        "account/email/password_reset_code",
    }
    assert offered - never_sent == adapters.LETTERS.keys() | notices.ALLAUTH.keys()
