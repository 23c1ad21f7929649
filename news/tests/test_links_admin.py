"""Links chosen in the form of an article: by title or address, never by a number."""

import pytest
from django.urls import reverse

from content.models import Link
from events.tests.factories import make_event
from members.tests.factories import make_member
from news.tests.factories import make_article
from news.tests.test_admin import form_of

pytestmark = pytest.mark.django_db

PREFIX = "content-link-source_type-source_id"


def with_link(sent: dict, typed: str, number: int = 0, **more) -> dict:
    row = {"record": typed, "role": "about", "position": "0", **more}
    return {
        **sent,
        f"{PREFIX}-TOTAL_FORMS": number + 1,
        **{f"{PREFIX}-{number}-{name}": value for name, value in row.items()},
    }


def linked() -> list:
    return [row.target for row in Link.objects.order_by("pk")]


def errors(response) -> list[str]:
    [formset] = [
        one.formset for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == PREFIX
    ]  # fmt: skip
    return [text for form in formset.forms for text in form.errors.get("record", [])]


def test_record_is_linked_by_a_word_of_its_title(client, editor):
    article, city = make_article(), make_member(slug="osh", name_ru="Ош", name_en="Osh")
    client.force_login(editor)
    address = reverse("admin:news_article_change", args=[article.pk])

    response = client.post(address, with_link(form_of(client, article), "osh"))

    assert response.status_code == 302, response.context["errors"]
    assert linked() == [city]
    shown = client.get(address).content.decode()
    assert 'value="Ош /ru/members/osh/"' in shown or 'value="Osh /en/members/osh/"' in shown


def test_title_of_several_records_offers_just_these(client, editor):
    article = make_article()
    events = [make_event(slug, title_en="Council session") for slug in ("spring", "autumn")]
    client.force_login(editor)
    address = reverse("admin:news_article_change", args=[article.pk])
    sent = form_of(client, article)

    response = client.post(address, with_link(sent, "council session"))

    [said] = errors(response)
    assert all(f"/events/{event.slug}/" in said for event in events)
    chosen = client.post(address, with_link(sent, "Council session /en/events/autumn/"))
    assert chosen.status_code == 302
    assert linked() == [events[1]]


@pytest.mark.parametrize("typed", ["no such thing", "/ru/news/nothing/", "/ru/news/retreat/"])
def test_what_cannot_be_linked_is_said_beside_its_field(client, editor, typed):
    article = make_article()
    client.force_login(editor)
    address = reverse("admin:news_article_change", args=[article.pk])

    response = client.post(address, with_link(form_of(client, article), typed))

    assert (response.status_code, len(errors(response))) == (200, 1)
    assert f'value="{typed}"' in response.content.decode()
    assert linked() == []


def test_same_record_twice_is_refused(client, editor):
    article = make_article()
    make_member(slug="osh", name_ru="Ош", name_en="Osh")
    client.force_login(editor)
    sent = with_link(form_of(client, article), "Osh")
    twice = with_link(sent, "/ru/members/osh/", number=1)

    response = client.post(reverse("admin:news_article_change", args=[article.pk]), twice)

    assert (response.status_code, len(errors(response))) == (200, 1)


def test_translator_does_not_link(client, translator):
    article = make_article()
    make_member(slug="osh", name_ru="Ош", name_en="Osh")
    client.force_login(translator)
    sent = with_link(form_of(client, article), "Osh")

    client.post(reverse("admin:news_article_change", args=[article.pk]), sent)

    assert linked() == []
