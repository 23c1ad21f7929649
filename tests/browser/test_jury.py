"""A juror on a phone: points by touch and keys, the next work at once, a lost connection."""

import pytest

from accounts.tests.factories import make_user
from awards.tests.factories import make_category, make_entrant, make_entry, make_round
from judging.models import Assignment
from judging.tests import works
from judging.tests.factories import make_assignment, make_criterion, make_juror, make_stage
from tests.browser.actions import PASSWORD, sign_in
from tests.browser.addresses import of_a_jury
from tests.browser.test_accessibility import findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JUROR = "jury@example.org"


@pytest.fixture
def stage(transactional_db, settings):
    """A stage of two criteria with six drawings for one juror."""
    settings.SECOND_FACTOR_REQUIRED = False
    round = make_round()
    stage = make_stage(round)
    make_criterion(stage, title_ru="Мастерство")
    make_criterion(stage, title_ru="Замысел", title_en="Idea", order=2, weight=2)
    juror = make_juror(round, make_user(JUROR, password=PASSWORD))
    entrant, category = make_entrant(round), make_category(round)
    for number in range(1, 7):
        entry = make_entry(entrant, category, number=number, title_ru=f"Праздник {number}")
        works.add_picture(entry)
        make_assignment(stage, juror, entry)
    return stage


def given(stage) -> dict[str, list[int]]:
    """The points of each work, in the order of the criteria."""
    rows = Assignment.objects.filter(stage=stage).order_by("entry__number")
    return {
        row.entry.code: list(row.scores.order_by("criterion").values_list("points", flat=True))
        for row in rows
    }


def saved(page) -> None:
    """The queue is empty; the words for it stand only on the page of the work that was sent."""
    page.locator("[data-status][data-state=saved]").wait_for(state="attached")


def number_of(page) -> str:
    return page.locator(".jury-code").inner_text()


def test_a_lost_connection_loses_no_score(open_page, stage):
    """Three works are judged without a line, one of them twice, the page is closed meanwhile."""
    page = open_page(width=360)
    sign_in(page, JUROR)
    page.get_by_role("link", name="Judge the works").or_(
        page.get_by_role("link", name="Оценить работы")
    ).first.click()
    page.locator("a.button[href$='/0001/']").click()
    page.locator("[data-points='7']").first.click()
    saved(page)
    page.wait_for_load_state("networkidle")  # three works ahead are on the device

    page.context.set_offline(True)
    page.keyboard.press("8")
    for keys in ("10", "64", "95"):
        page.locator("[data-go=open]").click()
        assert page.locator(".jury-picture").evaluate("picture => picture.naturalWidth") > 0
        page.keyboard.type(keys, delay=30)
        if keys == "10":
            page.keyboard.press("3")
    page.locator("textarea[name=comment]").fill("Светлая работа")
    page.locator("[data-go=previous]").click()
    assert number_of(page) == "0003"
    assert page.locator("[data-status]").get_attribute("data-state") == "offline"
    assert given(stage)["0002"] == []

    address = page.url
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)
    saved(again)
    again.wait_for_load_state("networkidle")

    assert given(stage) == {
        "0001": [7, 8], "0002": [10, 3], "0003": [6, 4], "0004": [9, 5], "0005": [], "0006": [],
    }  # fmt: skip
    comments = Assignment.objects.values_list("comment", flat=True).order_by("entry__number")
    assert list(comments)[3] == "Светлая работа"
    assert again.evaluate("Object.keys(localStorage).filter(key => key.startsWith('jury:'))") == []


def test_pages_of_the_jury_are_accessible(open_page_for_axe, stage):
    ranking = make_stage(stage.round, method="ranking")
    for row in stage.assignments.all():
        make_assignment(ranking, row.juror, row.entry)
    page = open_page_for_axe()
    sign_in(page, JUROR)

    addresses = [*of_a_jury(stage), *of_a_jury(ranking)]
    assert [row for address in addresses for row in findings(page, address)] == []
