"""A real Chromium against a live server; every console error and foreign request fails the test."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from celery import current_app
from playwright.sync_api import sync_playwright

from accounts import roles
from tests.browser import copies
from uclg_portal.demonstration import load, studio

# Playwright keeps an event loop running in the thread of the tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The records with pictures, by the seeds of these: a cover and a gallery of three, a cover and two
# photos, an event, a city. All others stand with their tiles.
WITH_PICTURES = ("news-bukhara-pools-", "news-tangier-retreat-2020-", "event-council-kazan",
                 "member-astana")  # fmt: skip

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def program() -> str | None:
    """The browser of this machine, or of the variable CHROMIUM."""
    given = os.environ.get("CHROMIUM")
    return given or next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture(scope="session", autouse=True)
def _tasks():
    """All tasks are known, as to a worker: those called by name are done at once."""
    current_app.loader.import_default_modules()


@pytest.fixture(scope="session")
def chromium():
    path = program()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium: .ci/run installs one.")
        pytest.skip("no Chromium on this machine (set CHROMIUM to its path)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--disable-background-networking", "--disable-component-update",
                  "--no-first-run", "--disable-sync"],
        )  # fmt: skip
        yield browser
        browser.close()


class Watch:
    """What went wrong in a page: console errors, failed scripts, requests to other hosts."""

    def __init__(self, host: str):
        self.host = host
        self.problems: list[str] = []

    def follow(self, page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._request)

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text} {message.location}")

    def _request(self, request) -> None:
        target = urlsplit(request.url)
        if target.scheme in ("http", "https") and target.netloc != self.host:
            self.problems.append(f"foreign request: {request.url}")


@pytest.fixture
def open_page(chromium, live_server):
    """A function that opens a window of its own (`locale`, `width`); all of them are watched."""
    watch = Watch(urlsplit(live_server.url).netloc)
    contexts = []

    def open_one(locale: str = "ru-RU", width: int = 1280, height: int = 900):
        context = chromium.new_context(
            base_url=live_server.url,
            locale=locale,
            viewport={"width": width, "height": height},
            timezone_id="Asia/Bishkek",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        watch.follow(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert watch.problems == []


@pytest.fixture
def open_page_for_axe(chromium, live_server):
    """A function that opens a window without the policy: axe itself adds a style to the page."""
    context = chromium.new_context(base_url=live_server.url, locale="ru-RU", bypass_csp=True)
    yield context.new_page
    context.close()


@pytest.fixture(scope="session")
def draw_some():
    """Takes the place of `studio.draw_all`: draws few pictures."""

    def draw(wanted, say) -> dict[str, studio.Drawn]:
        chosen = [one for one in wanted if one.seed.startswith(WITH_PICTURES)]
        return {one.seed: studio.draw_one(one) for one in chosen}

    return draw


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Where the files of the loaded demonstration are kept; empty before its first loading."""
    return tmp_path_factory.mktemp("demonstration") / "media"


@pytest.fixture
def demonstration(transactional_db, settings, monkeypatch, draw_some, kept):
    """The demonstration association with few of its pictures and its local inbox.

    It is loaded once in a run and then brought back as it was.
    """
    monkeypatch.setattr(studio, "draw_all", draw_some)
    settings.SECOND_FACTOR_REQUIRED = False
    settings.EMAIL_BACKEND = "mailing.backends.LocalInboxBackend"
    if kept.exists():
        copies.bring_back(settings.MEDIA_ROOT, kept)
        return
    roles.sync()
    load.load()
    copies.keep(settings.MEDIA_ROOT, kept)
