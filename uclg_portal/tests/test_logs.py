"""Links that sign people in stand in no log: neither in the portal's nor in that of nginx."""

import logging
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from uclg_portal.logs import HideSignedLinks, hide_links

ROOT = Path(settings.BASE_DIR)
SECRET = "Jt4-_x:9vS3cret"
LINKS = {
    reverse("accounts:accept_invitation", args=[SECRET]): "/accounts/invitation/-/",
    reverse("account_confirm_email", args=[SECRET]): "/accounts/confirm-email/-/",
    reverse("account_reset_password_from_key", args=["3f", SECRET]): (
        "/accounts/password/reset/key/-/"
    ),
    reverse("events:place", args=[SECRET]): "/ru/events/places/-/",
    f"/en/events/places/{SECRET}/": "/en/events/places/-/",
    f"/ru/door/pass/{SECRET}/": "/ru/door/pass/-/",
    f"/ru/events/forum/join/{SECRET}/": "/ru/events/forum/join/-/",
    f"/en/events/forum/guest/{SECRET}/": "/en/events/forum/guest/-/",
    f"/ru/materials/{SECRET}/": "/ru/materials/-/",
    f"/ru/newsletter/leave/{SECRET}/": "/ru/newsletter/leave/-/",
    f"/en/newsletter/confirm/{SECRET}/": "/en/newsletter/confirm/-/",
    f"/ru/speakers/{SECRET}/": "/ru/speakers/-/",
    reverse("awards:entrant", args=[SECRET]): "/ru/entries/-/",
    reverse("laureates:diploma_by_link", args=[SECRET]): "/ru/diplomas/-/",
}


@pytest.fixture
def lines():
    """What the settings' own handler writes, line by line."""
    written = []

    class Kept(logging.StreamHandler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Kept()
    names = settings.LOGGING["handlers"]["console"]["filters"]
    for name in names:
        assert settings.LOGGING["filters"][name]["()"] == "uclg_portal.logs.HideSignedLinks"
        handler.addFilter(HideSignedLinks())
    logger = logging.getLogger()
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


@pytest.mark.parametrize(("link", "shown"), LINKS.items())
def test_link_is_hidden_wherever_it_stands(link, shown):
    text = f'Gone: {link} "{settings.SITE_URL}{link}?language=ru" next={link}'

    assert hide_links(text) == (
        f'Gone: {shown} "{settings.SITE_URL}{shown}?language=ru" next={shown}'
    )


@pytest.mark.parametrize(
    "text",
    [
        "/ru/events/forum/ /accounts/login/ /accounts/password/reset/ /accounts/invitation/",
        "/admin/accounts/invitation/ /ru/events/places/",
        "/ru/events/forum/join/ /ru/events/forum/guest/ /ru/events/plan/2026/ /ru/materials/",
    ],
)
def test_other_addresses_stay_as_they_are(text):
    assert hide_links(text) == text


@pytest.mark.parametrize(("link", "shown"), LINKS.items())
@pytest.mark.django_db
def test_unknown_link_is_logged_without_its_secret(client, lines, link, shown):
    response = client.post(link)

    assert SECRET not in "".join(lines)
    # Where the page itself says that the link is unknown there is nothing to log.
    assert any(shown in line for line in lines) or response.status_code == 200


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.django_db
def test_form_without_its_token_is_logged_without_the_secret(lines, link):
    client = Client(enforce_csrf_checks=True)

    client.post(link, secure=True, headers={"Referer": f"https://evil.example{link}"})

    assert lines
    assert SECRET not in "".join(lines)


def test_personal_calendar_is_logged_without_its_secret():
    assert hide_links(f"Not Found: /ru/events/my/{SECRET}.ics") == "Not Found: /ru/events/my/-"


def test_traceback_is_logged_without_the_secret(lines):
    try:
        raise ValueError(f"no page at /accounts/invitation/{SECRET}/")
    except ValueError:
        logging.getLogger("django.request").error("Failed: %s", "/ru/", exc_info=sys.exc_info())

    assert "ValueError: no page at /accounts/invitation/-/" in lines[0]
    assert SECRET not in lines[0]


def test_line_whose_arguments_do_not_fit_does_not_fail():
    record = logging.LogRecord("x", logging.INFO, "", 0, "%d people", ("many",), None)

    assert HideSignedLinks().filter(record) is True
    assert (record.msg, record.args) == ("%d people", ("many",))


@pytest.mark.parametrize("variable", ["logged_uri", "logged_referer"])
def test_nginx_hides_the_same_links(variable):
    conf = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    block = re.search(rf"map \$\w+ \${variable} {{(.*?)}}\n", conf, re.DOTALL).group(1)
    pattern, value = re.search(r'"~(.+?)" "(.+?)";', block).groups()
    start = re.search(r"\?<(\w+)>", pattern).group(1)
    assert value == f"${start}-/"

    hidden = {
        link: re.match(pattern.replace("?<", "?P<"), f"https://portal.example{link}").group(start)
        for link in LINKS
    }

    assert hidden == {
        link: f"https://portal.example{shown.removesuffix('-/')}" for link, shown in LINKS.items()
    }
    assert not re.match(pattern.replace("?<", "?P<"), "/ru/events/forum/?next=/accounts/login/")


def test_nginx_writes_only_what_the_maps_leave():
    conf = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    written = re.search(r"log_format without_links(.+?);", conf, re.DOTALL).group(1)

    assert re.findall(r"access_log [^;]+;", conf) == ["access_log /dev/stdout without_links;"]
    assert not {"$request", "$request_uri", "$uri", "$http_referer"} & set(
        re.findall(r"\$\w+", written)
    )
