"""axe finds nothing on the main pages, light and dark, on a phone and wide; nothing scrolls aside."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.actions import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/ru/", "/en/", "/ru/news/", "/ru/news/tangier-retreat-2020/", "/en/news/perm-seventh-2020/",
    "/ru/events/", "/ru/events/council-kazan/", "/ru/members/", "/ru/members/kazan/",
    "/en/members/astana/", "/ru/search/?q=казань", "/ru/about/", "/accounts/login/",
    "/ru/nothing-here/",
]  # fmt: skip
CABINET = [
    "/ru/cabinet/bishkek/", "/ru/cabinet/bishkek/profile/", "/ru/cabinet/bishkek/events/",
    "/ru/cabinet/bishkek/events/council-kazan/", "/accounts/profile/",
]  # fmt: skip
STAFF = [
    "/admin/", "/admin/news/article/", "/admin/members/profileupdate/", "/admin/mailing/message/",
]  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
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


@pytest.mark.usefixtures("demonstration")
def test_public_pages_are_accessible(open_page_that_may_miss):
    page = open_page_that_may_miss()

    assert [row for address in PUBLIC for row in findings(page, address)] == []


@pytest.mark.usefixtures("demonstration")
def test_cabinet_is_accessible(open_page):
    page = open_page()
    sign_in(page, "bishkek@example.org")

    assert [row for address in CABINET for row in findings(page, address)] == []


@pytest.mark.usefixtures("demonstration")
def test_admin_is_accessible(open_page):
    page = open_page()
    sign_in(page, "admin@example.org")
    # Stock Django admin pages have no landmark or heading rules of ours: WCAG rules alone.
    rules = {"runOnly": RULES["runOnly"][:-1]}

    assert [row for address in STAFF for row in findings(page, address, rules)] == []


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(
    "address", ["/ru/", "/ru/members/", "/ru/members/kazan/", "/ru/events/council-kazan/"]
)
def test_a11_2_nothing_scrolls_sideways_at_320_pixels(open_page, address):
    page = open_page(width=320)  # what 400 % zoom leaves of 1280 pixels

    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    tables = page.locator("main table:visible")
    for number in range(tables.count()):
        box = tables.nth(number).bounding_box()
        assert box is None or box["x"] + box["width"] <= 320 or _scrolls_by_itself(tables, number)


def _scrolls_by_itself(tables, number: int) -> bool:
    return tables.nth(number).evaluate("t => !!t.closest('.table-wrap')")


@pytest.mark.usefixtures("demonstration")
def test_a11_3_low_vision_version_remembers_and_keeps_the_addresses(open_page):
    page = open_page()
    page.goto("/ru/")
    page.get_by_role("button", name="Версия для слабовидящих").first.click()
    page.locator("input[name=size][value='150']").check(force=True)
    page.locator("input[name=contrast][value='white-on-black']").check(force=True)

    page.goto("/en/members/kazan/")

    html = page.locator("html")
    assert (html.get_attribute("data-size"), html.get_attribute("data-contrast")) == (
        "150", "white-on-black",
    )  # fmt: skip
    assert page.url.endswith("/en/members/kazan/")
    assert page.context.cookies() == []
