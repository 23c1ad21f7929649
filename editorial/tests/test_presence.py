"""Two editors at one text are told of each other."""

import datetime

import pytest
from django.utils import timezone

from editorial.models import Presence
from editorial.tests.desk import address
from news.tests.factories import make_article

pytestmark = pytest.mark.django_db


def form_of(article) -> str:
    return f"/admin/news/article/{article.pk}/change/"


@pytest.fixture
def anna(make_user):
    return make_user("anna@example.org", roles=["editor"], full_name="Анна")


def test_second_editor_is_told_who_has_the_form_open(client_of, editor, anna):
    article = make_article()
    client_of(anna).get(form_of(article))
    opened = timezone.localtime(Presence.objects.get().opened_at)

    page = client_of(editor).get(form_of(article))

    (sentence,) = page.context["desk"]["others"]
    assert sentence.startswith("Анна")
    assert f"{opened:%H:%M}" in sentence
    assert sentence in page.content.decode()


def test_open_form_tells_of_itself_and_hears_of_others(client_of, editor, anna):
    article = make_article()
    client_of(anna).get(form_of(article))
    client = client_of(editor)

    heard = client.post(address(article, "presence")).json()

    assert [sentence.partition(" ")[0] for sentence in heard["others"]] == ["Анна"]
    assert Presence.objects.get(user=editor).seen_at is not None


def test_presence_ends_with_time_and_begins_anew(client_of, editor, anna):
    article = make_article()
    client_of(anna).get(form_of(article))
    past = timezone.now() - datetime.timedelta(hours=2)
    Presence.objects.update(opened_at=past, seen_at=past)

    alone = client_of(editor).get(form_of(article)).context["desk"]["others"]
    client_of(anna).get(form_of(article))

    assert alone == []
    assert Presence.objects.get(user=anna).opened_at > past


def test_who_only_reads_is_not_announced(client_of, events_officer):
    article = make_article()

    page = client_of(events_officer).get(form_of(article))
    refused = client_of(events_officer).post(address(article, "presence"))

    assert page.context["desk"]["presence_url"] == ""
    assert (Presence.objects.count(), refused.status_code) == (0, 403)
