"""axe finds nothing on the main pages, light and dark, on a phone and wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.actions import sign_in
from tests.browser.addresses import (
    CABINET,
    MISSING,
    PUBLIC,
    STAFF,
    of_a_questionnaire,
    of_an_edition,
    of_an_event,
    of_an_outside_translator,
    of_publishing,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("demonstration"),
]

RULES = {
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# The admin's buttons take their colours over in a transition, also for whoever wants none.
AT_REST = """() => new Promise(requestAnimationFrame).then(
    () => Promise.all(document.getAnimations().map(one => one.finished))
)"""
SCREENS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


def findings(page, address: str, rules: dict = RULES) -> list[str]:
    """What axe says against a page on every screen, and whether it scrolls sideways."""
    found = []
    page.goto(address)
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(AT_REST)
        for violation in Axe().run(page, options=rules).response["violations"]:
            places = [node["target"][0] for node in violation["nodes"][:3]]
            found.append(f"{address} {width} {scheme}: {violation['id']} {places}")
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wider > 0:
            found.append(f"{address} {width} {scheme}: {wider} px wider than the screen")
    return found


def pictures_of(page) -> list[bool]:
    """Of every picture of an article: whether its file has arrived."""
    page.locator("main .gallery img").last.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    return page.evaluate(
        """() => [...document.querySelectorAll("main :is(.lead-pic, .gallery img)")]
            .map(picture => picture.naturalWidth > 0)"""
    )


def test_pictures_of_an_article_are_shown_with_their_captions(open_page_for_axe):
    page = open_page_for_axe()

    page.goto("/ru/news/bukhara-pools/")
    assert pictures_of(page) == [True] * 4
    assert page.locator("main figcaption").count() == 4


# In parts, so that both workers have something to do.
@pytest.mark.parametrize("part", [0, 1, 2])
def test_public_pages_are_accessible(open_page_for_axe, part):
    page = open_page_for_axe()
    addresses = [*PUBLIC, *MISSING, of_an_outside_translator()][part::3]
    assert [row for address in addresses for row in findings(page, address)] == []


def test_cabinet_is_accessible(open_page_for_axe):
    page = open_page_for_axe()
    sign_in(page, "bishkek@example.org")
    addresses = [*CABINET, *of_a_questionnaire("bishkek")]
    assert [row for address in addresses for row in findings(page, address)] == []


@pytest.mark.parametrize("part", [0, 1])
def test_admin_is_accessible(open_page_for_axe, part):
    page = open_page_for_axe()
    sign_in(page, "admin@example.org")
    # Stock Django admin pages have no landmark or heading rules of ours: WCAG rules alone.
    rules = {**RULES, "runOnly": RULES["runOnly"][:-1]}
    addresses = [*STAFF, *of_an_event("congress-and-assembly"), *of_an_edition(),
                 *of_publishing()]  # fmt: skip
    assert [row for address in addresses[part::2] for row in findings(page, address, rules)] == []


def test_a11_2_at_320_pixels_nothing_scrolls_sideways_and_tables_are_lists(open_page):
    page = open_page(width=320)  # what 400 % zoom leaves of 1280 pixels
    assert [row for address in PUBLIC for row in sideways(page, address)] == []

    sign_in(page, "bishkek@example.org")
    stacked = {}
    for address in [*CABINET, "/accounts/sessions/"]:
        assert sideways(page, address) == []
        stacked[address] = page.evaluate(STACKED_CELLS)
    with_tables = {address: cells for address, cells in stacked.items() if cells}
    assert set(with_tables) >= {
        "/ru/cabinet/bishkek/dues/",
        "/ru/cabinet/bishkek/events/",
        "/ru/cabinet/bishkek/events/rating-clinic/",
        "/ru/cabinet/bishkek/seats/",
        "/accounts/sessions/",
    }
    for address, cells in with_tables.items():
        assert [cell for cell in cells if cell["shown"] != f'"{cell["label"]}"'] == [], address
        assert all(cell["label"] and cell["is_below"] for cell in cells), address


def test_a11_3_low_vision_version_is_remembered_and_shares_the_addresses(open_page):
    page = open_page()
    page.goto("/ru/")
    usual = page.evaluate(LOOK)
    page.get_by_role("button", name="Версия для слабовидящих").first.click()
    page.locator("input[name=size][value='200']").check()
    page.locator("input[name=contrast][value='white-on-black']").check()
    assert page.url.endswith("/ru/")

    page.goto("/en/members/kazan/")
    assert chosen(page) == ("200", "white-on-black")
    look = page.evaluate(LOOK)
    assert look == {"size": usual["size"] * 2, "colour": "rgb(255, 255, 255)"}
    assert page.url.endswith("/en/members/kazan/")
    assert page.context.cookies() == []

    tomorrow = page.context.new_page()
    tomorrow.goto("/ru/news/bukhara-pools/")
    assert chosen(tomorrow) == ("200", "white-on-black")
    tomorrow.get_by_role("button", name="Версия для слабовидящих").first.click()
    tomorrow.get_by_role("button", name="Обычная версия").click()
    tomorrow.goto("/ru/")
    assert chosen(tomorrow) == (None, None)


# Cells of the tables that turn into lists: what their label says and what is painted of it, and
# whether the cell stands below its neighbour.
STACKED_CELLS = """() => [...document.querySelectorAll("main .table--stack td")].map(cell => ({
    label: cell.dataset.label,
    shown: getComputedStyle(cell, "::before").content,
    is_below: cell.getBoundingClientRect().top >=
        cell.previousElementSibling.getBoundingClientRect().bottom - 1,
}))"""
LOOK = """() => {
    const style = getComputedStyle(document.querySelector("main"));
    return {size: parseFloat(style.fontSize), colour: style.color};
}"""
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll(".table-wrap")]
    .filter(box => box.scrollWidth > box.clientWidth)
    .map(box => box.innerText.slice(0, 60))"""


def sideways(page, address: str) -> list[tuple[str, str]]:
    """What can be scrolled sideways at an address: the page itself, or the frame of a table."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return [(address, text) for text in page.evaluate(TOO_WIDE)]


def chosen(page) -> tuple[str | None, str | None]:
    """Size and contrast that a page is shown in."""
    html = page.locator("html")
    return html.get_attribute("data-size"), html.get_attribute("data-contrast")
