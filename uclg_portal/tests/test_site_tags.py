"""The frame of the pages: menu, language switch, addresses, messages, form errors."""

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Template
from django.test import override_settings
from django.urls import resolve
from django.utils.translation import override

from uclg_portal.templatetags import site_tags


class CountedSession(dict):
    """A session that tells whether anybody looked into it."""

    accessed = False


@pytest.mark.parametrize(
    ("address", "language", "other"),
    [
        ("/ru/news/", "en", "/en/news/"),
        ("/en/news/?topic=culture&page=2", "ru", "/ru/news/?topic=culture&page=2"),
        ("/ru/", "en", "/en/"),
        ("/accounts/login/?next=/ru/cabinet/", "en",
         "/accounts/login/?next=%2Fru%2Fcabinet%2F&language=en"),
        ("/accounts/login/?language=ru", "en", "/accounts/login/?language=en"),
    ],
)  # fmt: skip
def test_switch_language_url_keeps_the_page_and_its_query(rf, address, language, other):
    request = rf.get(address)
    with override(address[1:3]):
        request.resolver_match = resolve(request.path)

    assert site_tags.switch_language_url({"request": request}, language) == other


def test_switch_language_url_leads_home_where_there_is_no_page(rf):
    request = rf.get("/nothing/")
    request.resolver_match = None

    assert site_tags.switch_language_url({"request": request}, "en") == "/en/"
    assert site_tags.switch_language_url({}, "ru") == "/ru/"


@override_settings(SITE_URL="https://portal.example")
@pytest.mark.parametrize(
    ("query", "kept"), [("", ""), ("?page=3&utm=x", "?page=3"), ("?page=1", ""), ("?page=x", "")]
)
def test_page_addresses_are_absolute_and_keep_the_page_number_alone(rf, query, kept):
    addresses = site_tags.page_addresses({"request": rf.get(f"/ru/news/{query}")})

    assert addresses == {
        "canonical": f"https://portal.example/ru/news/{kept}",
        "alternates": [
            ("ru", f"https://portal.example/ru/news/{kept}"),
            ("en", f"https://portal.example/en/news/{kept}"),
        ],
        "is_fallback": False,
    }


def test_page_addresses_are_empty_without_a_language_in_the_address(rf):
    empty = {"canonical": "", "alternates": [], "is_fallback": False}

    assert site_tags.page_addresses({"request": rf.get("/accounts/login/")}) == empty
    assert site_tags.page_addresses({}) == empty


def test_site_menu_marks_the_place_of_the_page(rf):
    with override("en"):
        menu = site_tags.site_menu({"request": rf.get("/en/news/some-item/")})

    assert [(entry["label"], entry["current"]) for entry in menu] == [
        ("News", "true"), ("Events", ""), ("Members", ""), ("Ratings", ""),
        ("Awards", ""), ("About us", ""),
        ("Contacts", ""),
    ]  # fmt: skip


def test_signed_in_user_does_not_look_up_a_visitor_without_a_session(rf):
    class Exploding:
        @property
        def is_authenticated(self):
            raise AssertionError("looked up")

    request = rf.get("/ru/")
    request.user = Exploding()

    assert site_tags.signed_in_user({"request": request}) is None
    assert site_tags.signed_in_user({}) is None


def test_page_messages_read_no_session_of_a_visitor_without_one(rf):
    request = rf.get("/ru/")
    SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _request: HttpResponse()).process_request(request)

    assert site_tags.page_messages({"request": request}) == []
    assert not request.session.accessed


def test_page_messages_show_what_this_very_request_added(rf):
    request = rf.get("/ru/")
    request.session = CountedSession()
    MessageMiddleware(lambda _request: HttpResponse()).process_request(request)
    messages.success(request, "Saved")

    assert [str(note) for note in site_tags.page_messages({"request": request})] == ["Saved"]


def test_fixed_renders_once_per_language_and_kind_of_site():
    shown = Template("{% load site_tags %}{% fixed %}{{ word }}{% endfixed %}")

    def render(language, word, **more):
        with override(language):
            return shown.render(Context({"word": word, **more}))

    assert [
        render("ru", "один"),
        render("ru", "два"),
        render("en", "three"),
        render("ru", "четыре", DEMO=True),
        render("ru", "пять"),
    ] == ["один", "один", "three", "четыре", "один"]


def test_page_numbers_elide_the_middle():
    page = Paginator(range(100), 10).page(5)

    assert site_tags.page_numbers(page) == [1, "…", 4, 5, 6, "…", 10]


@pytest.mark.parametrize("slug", ["kazan", "bishkek", ""])
def test_arch_is_stable_and_exists(slug):
    assert site_tags.arch(slug) == site_tags.arch(slug)
    assert 1 <= int(site_tags.arch(slug)) <= site_tags.ARCHES


class DelegationForm(forms.Form):
    head = forms.CharField(label="Head")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea({"maxlength": 300}))
    way = forms.ChoiceField(label="Way", choices=[("air", "Air")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("The hall is full.")


def test_form_problems_link_to_fields_and_groups():
    with override("en"):
        problems = site_tags.form_problems(DelegationForm({}))

    assert problems == [
        {"text": "The hall is full.", "anchor": ""},
        {"text": "Head: This field is required.", "anchor": "id_head"},
        {"text": "Way: This field is required.", "anchor": "id_way_group"},
        {"text": "Agreed: This field is required.", "anchor": "id_agreed"},
        {"text": "Key: This field is required.", "anchor": ""},
    ]
    assert site_tags.form_problems() == []


class PairForm(forms.Form):
    title_ru = forms.CharField(label="Title")
    title_en = forms.CharField(label="Title")
    area_en = forms.CharField(label="Area")


def test_form_problems_say_the_language_of_a_pair():
    with override("en"):
        problems = site_tags.form_problems(PairForm({}))

    assert [problem["text"] for problem in problems] == [
        "Title (RU): This field is required.",
        "Title (EN): This field is required.",
        "Area: This field is required.",
    ]


def test_shows_required_where_some_field_is_not():
    form = DelegationForm()
    del form.fields["key"]

    marks = {field.name: site_tags.shows_required(field) for field in form}
    del form.fields["note"]

    assert marks == {"head": True, "note": False, "way": True, "agreed": False}
    assert not site_tags.shows_required(form["head"])


def test_a_rendered_form_ties_errors_to_fields():
    with override("en"):
        html = str(DelegationForm({}))

    assert 'role="alert" tabindex="-1" id="errors"' in html
    assert '<a href="#id_head">Head: This field is required.</a>' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_head_error"' in html
    assert '<p class="error" id="id_head_error">' in html
    assert 'data-counter="id_note"' in html
    assert html.index('id="id_way_group"') < html.index('id="id_way_error"')
