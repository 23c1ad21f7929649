"""Two editors at once in the admin: whoever saves second is shown both texts, for every model."""

import threading

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import make_user
from content.editing import VersionedFormMixin
from content.models import Topic
from content.rowguard import SEEN, RowGuardForm, RowGuardMixin
from content.tests.factories import make_topic
from events.models import Hall, Venue
from members.tests import admin_form
from news.models import Article
from news.tests.factories import make_article


def make_venue() -> Venue:
    venue = Venue.objects.create(name_ru="Ратуша", name_en="Town hall", address_ru="Кремль, 1")
    Hall.objects.create(venue=venue, name_ru="Малый", capacity=40)
    return venue


def change(record) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


def form_of(client: Client, address: str) -> dict:
    """The change form as it was opened, without empty rows."""
    sent = admin_form.form_of(client, address)
    rows = {name: sent[name] for name in sent if name.endswith("-INITIAL_FORMS")}
    totals = {name.replace("INITIAL", "TOTAL"): number for name, number in rows.items()}
    return sent | totals


@pytest.fixture
def desk(client_of, superuser):
    return client_of(superuser)


def test_every_form_of_the_admin_is_guarded():
    """The guard makes the forms of every class, and no rows are edited in a list without one."""
    unguarded = []
    for model, desk in admin.site._registry.items():
        maker = next(base for base in type(desk).__mro__ if "get_form" in vars(base))
        if maker is not RowGuardMixin or desk.list_editable:
            unguarded.append(model._meta.label)

    assert unguarded == []


@pytest.mark.django_db
def test_form_with_a_version_is_guarded_by_it_and_its_rows_by_digests(rf, superuser):
    request = rf.get("/")
    request.user = superuser
    article = make_article()

    form = admin.site._registry[Article].get_form(request, article, change=True)

    assert issubclass(form, RowGuardForm)
    assert issubclass(form, VersionedFormMixin)
    assert "" not in form(instance=article)._digests_now()


@pytest.mark.django_db
def test_second_save_of_a_record_without_a_version_is_refused(desk):
    venue = make_venue()
    opened = form_of(desk, change(venue))
    desk.post(change(venue), opened | {"name_ru": "Дворец"})

    response = desk.post(change(venue), opened | {"name_ru": "Здание мэрии"})

    form = response.context["adminform"].form
    assert form.has_error("__all__", "conflict")
    assert "Дворец" in str(form.errors["name_ru"])
    assert form["name_ru"].value() == "Здание мэрии"
    assert Venue.objects.get().name_ru == "Дворец"


@pytest.mark.django_db
def test_saving_again_after_the_comparison_goes_through(desk):
    venue = make_venue()
    opened = form_of(desk, change(venue))
    Venue.objects.update(name_ru="Дворец")
    refused = desk.post(change(venue), opened | {"name_ru": "Мэрия"})
    seen = refused.context["adminform"].form[SEEN].value()

    response = desk.post(change(venue), opened | {"name_ru": "Мэрия", SEEN: seen})

    assert response.status_code == 302, response.context["errors"]
    assert Venue.objects.get().name_ru == "Мэрия"


@pytest.mark.django_db
def test_changed_row_below_the_form_is_shown_and_kept(desk):
    venue = make_venue()
    opened = form_of(desk, change(venue))
    Hall.objects.update(capacity=60)

    response = desk.post(change(venue), opened | {"halls-0-capacity": "80"})

    errors = str(response.context["adminform"].form.errors["__all__"])
    assert "60" in errors
    assert Hall.objects.get().capacity == 60


@pytest.mark.django_db
def test_row_that_was_deleted_meanwhile_is_told(desk):
    venue = make_venue()
    opened = form_of(desk, change(venue))
    Hall.objects.all().delete()

    response = desk.post(change(venue), opened | {"name_ru": "Мэрия"})

    assert response.status_code == 200
    assert response.context["adminform"].form.has_error("__all__", "conflict")
    assert Venue.objects.get().name_ru == "Ратуша"


@pytest.mark.django_db
def test_rows_that_others_added_are_no_conflict(desk):
    venue = make_venue()
    opened = form_of(desk, change(venue))
    Hall.objects.create(venue=venue, name_ru="Большой")

    response = desk.post(change(venue), opened | {"name_ru": "Мэрия"})

    assert response.status_code == 302
    assert (Venue.objects.get().name_ru, Hall.objects.count()) == ("Мэрия", 2)


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "[]", '{"": 1}', "{", '{"": {"": "x"}}'])
def test_broken_digests_break_nothing(desk, sent):
    venue = make_venue()
    opened = form_of(desk, change(venue))

    response = desk.post(change(venue), opened | {SEEN: sent})

    assert response.status_code in (200, 302)


@pytest.mark.django_db
def test_second_save_of_a_record_with_a_version_is_refused(desk):
    topic = make_topic()
    opened = form_of(desk, change(topic))
    desk.post(change(topic), opened | {"title_ru": "Культура и туризм"})

    response = desk.post(change(topic), opened | {"title_ru": "Наследие"})

    form = response.context["adminform"].form
    assert "Культура и туризм" in str(form.errors["title_ru"])
    assert Topic.objects.get().title_ru == "Культура и туризм"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [make_venue, make_article])
def test_two_saves_at_the_same_moment_let_one_through(make):
    """Both forms were opened before; the rows are locked while they are compared."""
    editors = [make_user(f"e{n}@example.org", is_staff=True, is_superuser=True) for n in (1, 2)]
    record = make()
    field = "name_en" if isinstance(record, Venue) else "title_en"
    clients = [Client() for _user in editors]
    opened = []
    for client, user in zip(clients, editors, strict=True):
        client.force_login(user)
        opened.append(form_of(client, change(record)) | moment_of(record))
    answers, start = {}, threading.Barrier(2)

    def save(number: int) -> None:
        start.wait()
        sent = opened[number] | {field: f"Text {number}"}
        answers[number] = clients[number].post(change(record), sent).status_code
        connection.close()

    threads = [threading.Thread(target=save, args=[number]) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers.values()) == [200, 302]
    winner = next(number for number, code in answers.items() if code == 302)
    assert getattr(type(record).objects.get(), field) == f"Text {winner}"


def moment_of(record) -> dict:
    """The two fields of a moment in the admin; none for records without one."""
    if not isinstance(record, Article):
        return {}
    return {"published_at_0": "01.02.2024", "published_at_1": "10:00:00"}
