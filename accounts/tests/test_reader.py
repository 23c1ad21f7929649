"""What a reader brings along: language, clock; and the profile where they say so."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as configured
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import middleware
from accounts.forms import ProfileForm
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user
from content.timezones import reader_zone

PROFILE = "/accounts/profile/"
OURS = [
    middleware.DevicesMiddleware,
    middleware.ReaderLanguageMiddleware,
    middleware.ReaderTimeZoneMiddleware,
    middleware.SecondFactorMiddleware,
    middleware.PrivatePagesMiddleware,
]


class Untouchable:
    def __getattr__(self, name):
        raise AssertionError(f"{name} was read for a visitor without a session")


@pytest.mark.parametrize("ours", OURS)
@pytest.mark.parametrize("path", ["/ru/news/", "/accounts/login/", "/healthz"])
def test_visitor_without_a_session_costs_nothing(ours, path, django_assert_num_queries, db):
    request = RequestFactory().get(path)
    request.session = request.user = Untouchable()

    with django_assert_num_queries(0):
        response = ours(lambda request: HttpResponse("page"))(request)

    assert response.headers.get("Cache-Control") is None
    assert response.headers.get("Vary") is None


@pytest.mark.parametrize(
    ("user_language", "chosen", "query", "accepts", "expected"),
    [
        (None, "", "", "en", "en"),
        (None, "", "", "ru", "ru"),
        (None, "", "?next=/en/cabinet/", "ru", "en"),
        (None, "ru", "?next=/en/cabinet/", "en", "ru"),
        (None, "ru", "?language=en", "ru", "en"),
        (None, "", "?language=xx", "ru", "ru"),
        ("en", "", "", "ru", "en"),
        ("en", "ru", "", "en", "ru"),
    ],
)
@pytest.mark.django_db
def test_language_of_a_page_whose_address_names_none(
    client_of, user_language, chosen, query, accepts, expected
):
    client = client_of(make_user(language=user_language) if user_language else None)
    if chosen:
        client.cookies[configured.LANGUAGE_COOKIE_NAME] = chosen
    page = PROFILE if user_language else "/accounts/login/"

    response = client.get(f"{page}{query}", headers={"accept-language": accepts}, follow=True)

    assert response.headers["Content-Language"] == expected


@pytest.mark.parametrize("page", ["/accounts/login/", "/admin/", "/healthz", "/robots.txt", "/"])
@pytest.mark.django_db
def test_way_back_that_is_no_address_breaks_no_page(client, page):
    with_it = client.get(page, {"next": "//["})

    assert with_it.status_code == client.get(page).status_code


@pytest.mark.django_db
def test_sign_in_with_a_way_back_that_is_no_address(client):
    typed = {"login": make_user().email, "password": PASSWORD, "next": "//["}

    response = client.post("/accounts/login/?next=//[", typed)

    assert (response.status_code, response.url) == (302, "/ru/cabinet/")


@pytest.mark.django_db
def test_language_of_a_link_is_kept_for_the_next_page(client):
    first = client.get("/accounts/login/?next=%2Fa&language=en", headers={"accept-language": "ru"})

    assert (first.status_code, first.url) == (302, "/accounts/login/?next=%2Fa")
    response = client.get("/accounts/password/reset/", headers={"accept-language": "ru"})

    assert response.headers["Content-Language"] == "en"


def test_language_leads_to_no_other_host():
    request = RequestFactory().get("/", {"language": "en"})
    request.path = request.path_info = "//evil.example/"
    ours = middleware.ReaderLanguageMiddleware(lambda request: HttpResponse())

    assert ours.process_view(request, None, [], {}).url == "/%2Fevil.example/"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Bishkek", "Asia/Bishkek"), ("", None), ("No/Where", "Europe/Moscow")],
)
def test_clock_of_the_reader_is_known_during_the_request_only(zone, expected):
    seen = []

    def view(request):
        found = reader_zone.get()
        seen.append(found and found.key)
        return HttpResponse()

    request = RequestFactory().get("/ru/", HTTP_COOKIE="sessionid=x")
    request.user = User(email="a@example.org", time_zone=zone)
    middleware.ReaderTimeZoneMiddleware(view)(request)

    assert (seen, reader_zone.get()) == ([expected], None)


def test_clock_is_given_back_when_a_page_fails():
    def view(request):
        raise ValueError("broken page")

    request = RequestFactory().get("/ru/", HTTP_COOKIE="sessionid=x")
    request.user = User(email="a@example.org", time_zone="Asia/Bishkek")
    with pytest.raises(ValueError, match="broken page"):
        middleware.ReaderTimeZoneMiddleware(view)(request)

    assert reader_zone.get() is None


def typed(user, **changes):
    row = {
        "full_name": user.full_name,
        "language": user.language,
        "time_zone": user.time_zone,
        "version": user.version,
    }
    return row | changes


@pytest.mark.django_db
def test_profile_is_saved_and_the_language_follows(client_of):
    user = make_user()
    client = client_of(user)
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "ru"

    response = client.post(
        PROFILE,
        typed(user, full_name="Айгуль Новая", language="en", time_zone="Asia/Bishkek"),
        follow=True,
    )

    assert response.redirect_chain == [(PROFILE, 302)]
    assert response.headers["Content-Language"] == "en"
    assert [str(message) for message in response.context["messages"]] == ["Your profile is saved."]
    user.refresh_from_db()
    assert (user.full_name, user.language, user.time_zone) == ("Айгуль Новая", "en", "Asia/Bishkek")


@pytest.mark.django_db
def test_profile_form_changes_only_its_own_fields_and_only_of_oneself(client_of):
    user, other = make_user(), make_user("other@example.org", full_name="Другой")
    more = {
        "pk": other.pk,
        "id": other.pk,
        "email": "x@example.org",
        "is_staff": "on",
        "is_superuser": "on",
    }

    client_of(user).post(PROFILE, typed(user, full_name="Новое", **more))

    rows = User.objects.order_by("pk").values_list("full_name", "is_staff", "is_superuser")
    assert list(rows) == [("Новое", False, False), ("Другой", False, False)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"language": "de"}, "language"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_bad_profile_is_refused_and_keeps_what_was_typed(client_of, changes, field):
    user = make_user()

    response = client_of(user).post(PROFILE, typed(user, **changes))

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == changes[field]


@pytest.mark.django_db
def test_profile_saved_elsewhere_meanwhile_is_not_overwritten(client_of):
    user = make_user()
    stale = typed(user, full_name="Моё")
    User.objects.get(pk=user.pk).save()

    response = client_of(user).post(PROFILE, stale)

    assert response.context["form"].non_field_errors()
    user.refresh_from_db()
    assert user.full_name == "Айгуль Садыкова"


@pytest.mark.django_db
def test_profile_asks_visitors_to_sign_in():
    response = Client().get(PROFILE)

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={PROFILE}")


@pytest.mark.django_db
def test_zone_from_elsewhere_stays_on_offer():
    form = ProfileForm(instance=make_user(time_zone="America/Lima"))

    assert "America/Lima" in dict(form.fields["time_zone"].choices)


@pytest.mark.django_db
def test_address_is_stored_in_lower_case():
    user = make_user("Person@Example.org ")

    assert User.objects.get_by_natural_key(" PERSON@example.org") == user
    assert user.email == "person@example.org"


@pytest.mark.django_db
def test_devices_are_listed_and_noted_once_in_five_minutes(client_of, django_assert_num_queries):
    client = client_of(make_user())
    for browser in ("Firefox", "Firefox", "Chromium"):
        client.get(PROFILE, headers={"user-agent": browser})

    assert list(UserSession.objects.values_list("user_agent", flat=True)) == ["Chromium"]
    with django_assert_num_queries(3):  # session, user, and the row of the form
        client.get(PROFILE, headers={"user-agent": "Chromium"})


@pytest.mark.django_db
def test_session_of_a_visitor_is_not_opened_by_a_page(client):
    response = client.get("/accounts/login/")

    assert "sessionid" not in response.cookies
    assert timezone.get_current_timezone_name() == "Europe/Moscow"
