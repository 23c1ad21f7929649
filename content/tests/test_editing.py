"""Nobody overwrites anybody unseen, nothing happens twice."""

import threading
import uuid

import pytest
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import connection, transaction
from django.utils import timezone

from content.editing import VersionedFormMixin, once
from content.models import Page, SubmittedForm, Topic


class PageForm(VersionedFormMixin):
    class Meta:
        model = Page
        fields = ["title_ru", "slug"]


@pytest.fixture
def page(db):
    return Page.objects.create(
        slug="about", title_ru="О нас", status="published", published_at=timezone.now()
    )


def test_second_editor_is_told_and_overwrites_nothing(page):
    opened = PageForm(instance=page).initial["version"]
    other = Page.objects.get()
    other.title_ru = "Кто мы"
    other.save()

    form = PageForm(
        {"title_ru": "Мы", "slug": "about", "version": opened}, instance=Page.objects.get()
    )

    assert not form.is_valid()
    assert form.has_error(NON_FIELD_ERRORS, "conflict")
    assert "Кто мы" in str(form.errors["title_ru"])
    assert form["title_ru"].value() == "Мы"
    assert Page.objects.get().title_ru == "Кто мы"


def test_saving_again_after_the_comparison_works(page):
    stale = PageForm({"title_ru": "Мы", "slug": "about", "version": 0}, instance=page)
    assert not stale.is_valid()
    seen = stale["version"].value()

    form = PageForm(
        {"title_ru": "Мы", "slug": "about", "version": seen}, instance=Page.objects.get()
    )

    assert form.is_valid(), form.errors
    form.save()
    assert (Page.objects.get().title_ru, Page.objects.get().version) == ("Мы", 2)


def test_missing_version_is_a_conflict(page):
    form = PageForm({"title_ru": "Мы", "slug": "about"}, instance=page)

    assert not form.is_valid()


def test_every_save_raises_the_version_also_a_partial_one(page):
    page.slug = "us"
    page.save(update_fields=["slug"])

    assert Page.objects.get().version == 2


def deed(slug: str) -> str:
    Topic.objects.create(slug=slug, title_ru="Тема")
    return f"/ru/{slug}/"


@pytest.mark.django_db
def test_second_post_of_a_key_leads_to_the_first_result():
    key = uuid.uuid4()

    answers = [once(key, lambda: deed("culture")).url for _ in range(2)]

    assert answers == ["/ru/culture/", "/ru/culture/"]
    assert Topic.objects.count() == 1


@pytest.mark.django_db
def test_failed_deed_leaves_the_key_free():
    key = uuid.uuid4()

    def fail():
        deed("culture")
        raise ValueError

    with pytest.raises(ValueError), transaction.atomic():
        once(key, fail)

    assert (Topic.objects.count(), SubmittedForm.objects.count()) == (0, 0)
    assert once(key, lambda: deed("culture")).url == "/ru/culture/"


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_make_one_row():
    key, answers = uuid.uuid4(), []
    start = threading.Barrier(2)

    def post(slug):
        start.wait()
        answers.append(once(key, lambda: deed(slug)).url)
        connection.close()

    threads = [threading.Thread(target=post, args=(slug,)) for slug in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Topic.objects.count() == 1
    assert len(set(answers)) == 1
