"""The newsroom in the admin."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from content.models import TranslationState
from content.tests.factories import make_topic
from members.tests.factories import make_member
from news.models import Article
from news.tests.factories import make_article

pytestmark = pytest.mark.django_db

LIST = "admin:news_article_changelist"


def form_of(client, article: Article) -> dict:
    """What the change form would send unchanged."""
    response = client.get(reverse("admin:news_article_change", args=[article.pk]))
    form = response.context["adminform"].form
    sent = {}
    for field in form:
        value = field.value()
        if field.name == "published_at" and value:
            local = timezone.localtime(value)
            sent |= {"published_at_0": f"{local:%d.%m.%Y}", "published_at_1": f"{local:%H:%M:%S}"}
        elif isinstance(value, list) or value not in (None, False):
            sent[field.html_name] = value
    for formset in response.context["inline_admin_formsets"]:
        for field in formset.formset.management_form:
            sent[field.html_name] = field.value()
        sent[f"{formset.formset.prefix}-TOTAL_FORMS"] = formset.formset.initial_form_count()
    return sent


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(client, lead, django_assert_max_num_queries, count):
    for number in range(count):
        make_article(f"item-{number}")
    client.force_login(lead)
    client.get(reverse(LIST))

    with django_assert_max_num_queries(16):
        client.get(reverse(LIST))


def test_edit_keeps_both_languages_and_small_edit_keeps_the_translation(client, editor):
    article = make_article()
    client.force_login(editor)
    sent = form_of(client, article) | {"title_ru": "Ретрит закончен", "small_edit": "on"}

    response = client.post(reverse("admin:news_article_change", args=[article.pk]), sent)

    assert response.status_code == 302, response.context["errors"]
    article = Article.objects.get()
    assert (article.title_ru, article.title_en) == ("Ретрит закончен", "The retreat is over")
    assert TranslationState.objects.get().state == "current"


def test_publishing_sets_the_moment_and_a_draft_has_none(client, editor):
    article = make_article(status="draft", published_at=None)
    client.force_login(editor)
    address, sent = (
        reverse("admin:news_article_change", args=[article.pk]),
        form_of(client, article),
    )

    assert client.post(address, sent).status_code == 302
    article.refresh_from_db()
    assert (article.status, article.published_at) == ("draft", None)

    sent = form_of(client, article) | {"status": "published"}
    assert client.post(address, sent).status_code == 302
    article.refresh_from_db()
    assert article.is_public()


def test_two_editors_in_the_admin_do_not_overwrite_each_other(client, editor):
    article = make_article()
    client.force_login(editor)
    sent = form_of(client, article) | {"title_ru": "Моё"}
    other = Article.objects.get()
    other.title_ru = "Чужое"
    other.save()

    response = client.post(reverse("admin:news_article_change", args=[article.pk]), sent)

    assert response.status_code == 200
    shown = response.content.decode()
    assert "Чужое" in shown
    assert 'value="Моё"' in shown
    assert Article.objects.get().title_ru == "Чужое"


def test_list_finds_what_lacks_a_translation(client, lead):
    make_article("both")
    make_article("russian-only", title_en=None, lead_en=None, body_en=None)
    client.force_login(lead)

    response = client.get(reverse(LIST), {"translation": "open"})

    assert [row.slug for row in response.context["cl"].result_list] == ["russian-only"]


def test_members_chosen_in_the_admin_are_found_by_the_search(client, editor):
    article = make_article()
    member = make_member(slug="osh", name_ru="Ош", name_en="Osh")
    client.force_login(editor)
    sent = form_of(client, article) | {"members": [member.pk]}

    response = client.post(reverse("admin:news_article_change", args=[article.pk]), sent)

    assert response.status_code == 302
    client.logout()
    found = client.get("/ru/search/", {"q": "Ош"}).content.decode()
    assert 'href="/ru/news/retreat/"' in found


def test_conflict_names_what_is_stored_in_words(client, editor):
    article = make_article()
    article.topics.add(make_topic("culture"))
    client.force_login(editor)
    sent = form_of(client, article) | {"topics": [], "body_ru": "<p>Моё</p>"}
    article.body_ru = "<p>Чужое</p>"
    article.save()

    shown = client.post(
        reverse("admin:news_article_change", args=[article.pk]), sent
    ).content.decode()

    assert "Сейчас сохранено: Культура" in shown
    assert "Сейчас сохранено: Чужое" in shown


def test_translator_changes_texts_alone(client, translator):
    article = make_article(status="draft", title_en=None)
    client.force_login(translator)
    address = reverse("admin:news_article_change", args=[article.pk])
    sent = form_of(client, article) | {"title_en": "The retreat", "status": "published",
                                       "slug": "taken-over"}  # fmt: skip

    response = client.post(address, sent)

    assert response.status_code == 302, response.context["errors"]
    article.refresh_from_db()
    assert (article.title_en, article.status, article.slug) == ("The retreat", "draft", "retreat")


def test_nobody_deletes_news(client, superuser):
    article = make_article()
    client.force_login(superuser)

    response = client.post(reverse("admin:news_article_delete", args=[article.pk]), {"post": "yes"})

    assert (response.status_code, Article.objects.count()) == (403, 1)


def test_editor_form_runs_under_the_policy(client, editor):
    client.force_login(editor)

    response = client.get(reverse("admin:news_article_change", args=[make_article().pk]))

    policy = response.headers["Content-Security-Policy"]
    assert "'nonce-" in policy
    assert "unsafe" not in policy
    assert 'type="importmap" nonce="' in response.content.decode()


def test_address_left_empty_is_made_of_the_russian_title(client, editor):
    client.force_login(editor)
    sent = form_of(client, make_article()) | {
        "title_ru": "Съезд городов", "title_en": "", "slug": "", "version": 0,
    }  # fmt: skip

    response = client.post(reverse("admin:news_article_add"), sent)

    assert response.status_code == 302, response.context["errors"]
    assert Article.objects.filter(slug="sezd-gorodov").exists()


@pytest.mark.parametrize(
    ("language", "clock"),
    [("en", "By this clock: Kazan time (UTC+3)."), ("ru", "Укажите время по Казани (UTC+3).")],
)
def test_nws_1_nine_typed_in_bishkek_is_nine_in_kazan_and_the_form_says_so(
    client, make_user, language, clock
):
    article = make_article()
    colleague = make_user(roles=["editor"], time_zone="Asia/Bishkek", language=language)
    client.force_login(colleague)
    address = reverse("admin:news_article_change", args=[article.pk])
    typed = {"published_at_0": "2027-02-11", "published_at_1": "09:00"}

    shown = client.get(address).content.decode()
    response = client.post(address, form_of(client, article) | typed)

    assert response.status_code == 302, response.context["errors"]
    article.refresh_from_db()
    kazan = datetime.timezone(datetime.timedelta(hours=3))
    assert article.published_at == datetime.datetime(2027, 2, 11, 9, tzinfo=kazan)
    row = shown.partition('name="published_at_1"')[2].partition('class="form-row')[0]
    [beside] = re.findall(r'<div class="help">\s*<div>(.*?)</div>', row)
    assert beside.strip().startswith(clock)
    assert 'name="published_at_1" value="09:00:00"' in client.get(address).content.decode()
