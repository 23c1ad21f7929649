"""What every list and page of the admin keeps to, whichever app registers it."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from accounts.tests.factories import make_invitation
from content import workqueue
from events.tests.factories import make_event
from members.tests.factories import make_member
from news.tests.factories import make_article

pytestmark = pytest.mark.django_db

ADMINS = sorted(admin.site._registry.values(), key=lambda one: one.opts.label)
# One page instead of a list: nothing there is narrowed down.
WITHOUT_LIST = {"mailing.Switch"}
WITH_LIST = [one for one in ADMINS if one.opts.label not in WITHOUT_LIST]


def label(model_admin):
    return model_admin.opts.label


def names_of(model_admin):
    """The fields of a model under both of their names: `event` and `event_id`."""
    columns = model_admin.opts.get_fields()
    names = {name for field in columns for name in (field.name, getattr(field, "attname", None))}
    return sorted(names - {None})


def listed(model_admin, request):
    entries = [
        entry[0] if isinstance(entry, list | tuple) else entry
        for entry in model_admin.get_list_filter(request)
    ]
    shown = {entry for entry in entries if isinstance(entry, str)}
    return shown | {model_admin.date_hierarchy, *model_admin.extra_lookups}


@pytest.fixture
def request_of(superuser):
    request = RequestFactory().get("/admin/")
    request.user = superuser
    return request


@pytest.fixture
def local_inbox(settings):
    settings.EMAIL_BACKEND = "mailing.backends.LocalInboxBackend"


@pytest.mark.parametrize("model_admin", ADMINS, ids=label)
def test_list_is_not_narrowed_down_by_a_field_it_does_not_offer(model_admin, request_of):
    opts = model_admin.opts
    unlisted = {
        name
        for name in names_of(model_admin)
        if opts.get_field(name).name not in listed(model_admin, request_of)
    }

    allowed = {
        f"{name}{deed}"
        for name in unlisted | {"pk", "no_such_field"}
        for deed in ("", "__startswith", "__regex", "__isnull")
        if model_admin.lookup_allowed(f"{name}{deed}", "x", request_of)
    }

    assert unlisted
    assert allowed == set()


@pytest.mark.parametrize("model_admin", ADMINS, ids=label)
def test_list_is_not_narrowed_down_through_its_relations(model_admin, request_of):
    allowed = {
        lookup
        for field in model_admin.opts.get_fields()
        if field.is_relation and field.related_model
        for other in field.related_model._meta.get_fields()
        if other != field.related_model._meta.pk
        and f"{field.name}__{other.name}" not in listed(model_admin, request_of)
        for lookup in (f"{field.name}__{other.name}", f"{field.name}__{other.name}__regex")
        if model_admin.lookup_allowed(lookup, "x", request_of)
    }

    assert allowed == set()


@pytest.mark.parametrize("model_admin", WITH_LIST, ids=label)
def test_address_with_an_unlisted_field_answers_400(model_admin, client_of, superuser, local_inbox):
    address = reverse(
        f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist"
    )

    statuses = [
        client_of(superuser).get(address, query).status_code
        for query in ({}, {"q": "x"}, {"pk__gt": "0"})
    ]

    assert statuses == [200, 200, 400]


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("admin:mailing_message_changelist", {"text_body__regex": "invitation/A"}),
        ("admin:mailing_message_changelist", {"html_body__contains": "A"}),
        ("admin:mailing_message_changelist", {"user__password__startswith": "scrypt"}),
        ("admin:accounts_user_changelist", {"password__startswith": "scrypt"}),
        ("admin:accounts_user_changelist", {"session_stamp": "0"}),
        ("admin:accounts_invitation_changelist", {"token_hash__startswith": "a"}),
        ("admin:accounts_invitation_changelist", {"user__password__startswith": "scrypt"}),
    ],
)
def test_secret_columns_are_not_guessed_through_a_list(client_of, superuser, address, query):
    assert client_of(superuser).get(reverse(address), query).status_code == 400


@pytest.mark.parametrize("model_admin", WITH_LIST, ids=label)
def test_every_choice_that_a_list_offers_works(model_admin, client_of, superuser, local_inbox):
    make_article()
    make_event()
    make_member()
    make_invitation()
    client = client_of(superuser)
    address = reverse(
        f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist"
    )
    found = client.get(address).context["cl"]

    links = [
        choice["query_string"] for spec in found.filter_specs for choice in spec.choices(found)
    ]
    if found.date_hierarchy:
        links += [f"?{found.date_hierarchy}__year=2026&{found.date_hierarchy}__month=11"]
    statuses = {link: client.get(f"{address}{link}").status_code for link in links}

    assert statuses == dict.fromkeys(links, 200)


def test_every_queue_of_the_front_page_opens_its_list(client_of, superuser):
    client = client_of(superuser)
    urls = [queue.url for queue in workqueue.queues_for(superuser)]

    statuses = {url: client.get(url).status_code for url in urls}

    assert len(urls) > 5
    assert statuses == dict.fromkeys(urls, 200)


def test_event_links_to_the_list_of_its_participants(client_of, superuser):
    address = reverse("admin:events_participant_changelist")

    response = client_of(superuser).get(address, {"event__id__exact": make_event().pk})

    assert response.status_code == 200


def test_list_may_name_more_lookups(request_of, monkeypatch):
    model_admin = next(one for one in ADMINS if label(one) == "accounts.User")
    monkeypatch.setattr(model_admin, "extra_lookups", ("full_name",), raising=False)

    asked = ["full_name__startswith", "password__startswith"]

    assert [model_admin.lookup_allowed(one, "x", request_of) for one in asked] == [True, False]


def test_password_is_changed_in_one_place_only(client_of, superuser):
    client = client_of(superuser)
    typed = {"old_password": "correct horse battery", "new_password1": "x", "new_password2": "x"}

    answers = [client.get("/admin/password_change/"), client.post("/admin/password_change/", typed)]

    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, "/accounts/password/change/")
    ] * 2


def test_front_page_shows_hot_queues_first_and_empty_ones_last(client, superuser, monkeypatch):
    def queue(title, count, is_hot=False):
        return workqueue.Queue(title, count, "", "/", "Open", is_hot=is_hot)

    rows = [queue("empty", 0), queue("full", 3), queue("hot", 1, is_hot=True), queue("more", 2)]
    monkeypatch.setattr(workqueue, "_providers", [lambda user: rows])
    client.force_login(superuser)

    shown = client.get(reverse("admin:index")).context["work_queues"]

    assert [one.title for one in shown] == ["hot", "full", "more", "empty"]


def test_title_column_shows_the_language_that_exists(client, superuser):
    make_article("abroad", title_ru="", title_en="Cities abroad")
    client.force_login(superuser)

    page = client.get(reverse("admin:news_article_changelist")).content.decode()

    title = '<span lang="en">Cities abroad</span> <small class="title-mark">en</small></a>'
    assert title in page
