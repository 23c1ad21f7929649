"""Under the strict policy no page complains and none asks another host (see `open_page`)."""

import pytest

from news.models import Article
from tests.browser.actions import sign_in
from tests.browser.addresses import (
    CABINET,
    PUBLIC,
    REFERENCE,
    STAFF,
    STAFF_FORMS,
    forms_of_an_event,
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


def statuses(page, addresses: list[str]) -> dict[str, int]:
    """What each address answered that did not answer 200, once the page had come to rest."""
    found = {}
    for address in addresses:
        response = page.goto(address)
        page.wait_for_load_state("networkidle")
        if response.status != 200:
            found[address] = response.status
    return found


def test_pages_forms_and_editor_are_quiet(open_page):
    page = open_page()
    assert statuses(page, [*PUBLIC, REFERENCE, of_an_outside_translator()]) == {}
    sign_in(page, "bishkek@example.org")
    assert statuses(page, [*CABINET, *of_a_questionnaire("bishkek")]) == {}

    page.context.clear_cookies()
    sign_in(page, "admin@example.org")
    change = f"/admin/news/article/{Article.objects.first().pk}/change/"
    slug = "congress-and-assembly"
    more = [*of_an_event(slug), *forms_of_an_event(slug), *of_an_edition(), *of_publishing()]
    assert statuses(page, [*STAFF, *STAFF_FORMS, *more, change]) == {}
    editor = page.locator(".ProseMirror:visible").first
    editor.wait_for()
    assert editor.is_visible()
