"""axe finds nothing on the main pages, light and dark, on a phone and wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.actions import sign_in
from tests.browser.addresses import CABINET, MISSING, PUBLIC, STAFF

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("demonstration"),
]

RULES = {
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
SCREENS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


def findings(page, address: str, rules: dict = RULES) -> list[str]:
    """What axe says against a page on every screen, and whether it scrolls sideways."""
    found = []
    page.goto(address)
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for violation in Axe().run(page, options=rules).response["violations"]:
            places = [node["target"][0] for node in violation["nodes"][:3]]
            found.append(f"{address} {width} {scheme}: {violation['id']} {places}")
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wider > 0:
            found.append(f"{address} {width} {scheme}: {wider} px wider than the screen")
    return found


def test_public_pages_are_accessible(open_page_for_axe):
    page = open_page_for_axe()

    assert [row for address in [*PUBLIC, *MISSING] for row in findings(page, address)] == []


def test_cabinet_and_admin_are_accessible(open_page_for_axe):
    page = open_page_for_axe()
    sign_in(page, "bishkek@example.org")
    assert [row for address in CABINET for row in findings(page, address)] == []

    page.context.clear_cookies()
    sign_in(page, "admin@example.org")
    # Stock Django admin pages have no landmark or heading rules of ours: WCAG rules alone.
    rules = {**RULES, "runOnly": RULES["runOnly"][:-1]}
    assert [row for address in STAFF for row in findings(page, address, rules)] == []


def test_a11_2_and_a11_3_small_screens_and_the_low_vision_version(open_page):
    page = open_page(width=320)  # what 400 % zoom leaves of 1280 pixels
    for address in ["/ru/", "/ru/members/", "/ru/members/kazan/", "/ru/events/council-kazan/"]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
        assert tables_that_leave_the_screen(page) == []

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/ru/")
    page.get_by_role("button", name="Версия для слабовидящих").first.click()
    page.locator("#vision details").evaluate("panel => panel.open = true")
    page.locator("input[name=size][value='150']").check(force=True)
    page.locator("input[name=contrast][value='white-on-black']").check(force=True)
    page.goto("/en/members/kazan/")

    html = page.locator("html")
    assert (html.get_attribute("data-size"), html.get_attribute("data-contrast")) == (
        "150",
        "white-on-black",
    )
    assert page.url.endswith("/en/members/kazan/")
    assert page.context.cookies() == []


def tables_that_leave_the_screen(page) -> list[str]:
    """Visible tables wider than the screen that do not scroll by themselves."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main table")]
            .filter(t => t.getBoundingClientRect().right > innerWidth + 1)
            .filter(t => !t.closest(".table-wrap"))
            .map(t => t.caption ? t.caption.innerText : t.className)"""
    )
