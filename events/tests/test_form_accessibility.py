"""A11-1: the whole registration by keyboard and screen reader, as far as the HTML decides it."""

import re
from html.parser import HTMLParser

import pytest

from events.tests.factories import make_event
from events.tests.posting import THREE, page_of, posted

pytestmark = pytest.mark.django_db

FIELDS = ("input", "select", "textarea")


class Page(HTMLParser):
    """What matters of a page: its elements in order, ids, labels, fields."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.elements if "id" in attrs]

    def fields(self) -> list[dict]:
        return [
            attrs
            for tag, attrs in self.elements
            if tag in FIELDS and attrs.get("type") not in ("hidden", "submit")
            and attrs.get("name", "").startswith(("people-", "note", "pasted", "table"))
        ]  # fmt: skip

    def place(self, **wanted) -> int:
        """The number of the first element with these attributes."""
        return next(
            number
            for number, (_tag, attrs) in enumerate(self.elements)
            if all(attrs.get(name) == value for name, value in wanted.items())
        )


@pytest.fixture
def refused(cabinet) -> Page:
    """The page after a form with three mistakes was sent."""
    people = [{"name_latin": "Анна"}, {**THREE[2], "email": "bob@"}, {"name_cyrillic": "Carl"}]
    response = cabinet.post(page_of(make_event(mode="hybrid")), posted(*people, head=0))
    return Page(response.content.decode())


def test_a11_1_error_summary_comes_first_and_takes_the_focus(refused):
    summary = refused.place(id="errors")
    _tag, attrs = refused.elements[summary]
    assert (attrs["role"], attrs["tabindex"]) == ("alert", "-1")
    first_heading = next(n for n, (tag, _attrs) in enumerate(refused.elements) if tag == "h1")
    assert summary < first_heading < refused.place(id="id_people-0-name_latin")


def test_a11_1_every_problem_of_the_summary_leads_to_its_field(refused):
    links = [attrs["href"][1:] for tag, attrs in refused.elements if tag == "a"
             and attrs.get("href", "").startswith("#id_people")]  # fmt: skip

    assert links == [
        "id_people-0-name_latin", "id_people-1-email", "id_people-2-name_cyrillic",
    ]  # fmt: skip
    assert set(links) <= set(refused.ids)


def test_a11_1_each_error_is_tied_to_its_field(refused):
    wrong = {attrs["id"]: attrs for attrs in refused.fields() if attrs.get("aria-invalid")}

    assert sorted(wrong) == [
        "id_people-0-name_latin", "id_people-1-email", "id_people-2-name_cyrillic",
    ]  # fmt: skip
    for key, attrs in wrong.items():
        described = attrs["aria-describedby"].split()
        assert f"{key}_error" in described
        assert set(described) <= set(refused.ids)


@pytest.mark.parametrize("state", ["first", "refused"])
def test_a11_1_every_field_has_a_label_and_ids_are_unique(cabinet, refused, state):
    page = refused
    if state == "first":
        page = Page(cabinet.get(page_of(make_event("other"))).content.decode())
    labelled = {attrs.get("for") for tag, attrs in page.elements if tag == "label"}

    assert [attrs["name"] for attrs in page.fields() if attrs.get("id") not in labelled] == []
    assert len(page.ids) == len(set(page.ids))
    assert all(attrs.get("tabindex", "0") in ("0", "-1") for _tag, attrs in page.elements)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a11_1_language_is_announced(cabinet, language):
    html = cabinet.get(page_of(make_event(), language=language)).content.decode()

    assert re.search(rf'<html[^>]* lang="{language}"', html)
    assert '<span lang="ru">Русский</span>' in html
    assert '<span lang="en">English</span>' in html


def test_a11_1_rows_and_parts_are_groups_with_names(cabinet):
    whole = make_event()
    make_event("council", parent=whole, starts_at=whole.starts_at, title_en="World Council")
    html = cabinet.get(page_of(whole)).content.decode()

    assert len(re.findall(r'<fieldset class="fieldset"><legend>Person \d</legend>', html)) == 3
    assert "Comes to these parts</legend>" in html
