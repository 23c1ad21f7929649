"""NWS-1 through the screens, preview links, and who sees what before its time."""

import datetime
import re
import zoneinfo
from unittest import mock

import pytest
from django.utils import timezone

from content.models import AuditEntry, Page
from editorial import preview_links, publishing
from editorial.models import PreviewLink
from editorial.tests.desk import address, do
from library.tests.factories import make_publication
from members.tests.factories import make_member
from news.tests.factories import make_article
from practices.tests.factories import make_practice

pytestmark = pytest.mark.django_db

KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")
NINE = datetime.datetime(2031, 5, 20, 9, 0, tzinfo=KAZAN)
MINUTE = datetime.timedelta(minutes=1)


def at(moment: datetime.datetime):
    return mock.patch.object(timezone, "now", return_value=moment)


def make_draft(**fields):
    return make_article("summit", status="draft", published_at=None, **fields)


def token_in(response) -> str:
    return re.search(r"/preview/([\w-]+)/", response.content.decode()).group(1)


def test_nws_1_scheduled_by_the_clock_of_kazan_and_told_by_that_of_bishkek(
    client_of, editor, make_user
):
    draft = make_draft()
    bishkek = make_user("b@example.org", roles=["editor"], time_zone="Asia/Bishkek", language="ru")

    done = do(
        client_of(editor), draft, "publish", follow=True,
        when="later", at_0="2031-05-20", at_1="09:00",
    )  # fmt: skip
    desk = client_of(bishkek).get(address(draft)).content.decode()
    listed = client_of(bishkek).get("/admin/news/article/").content.decode()

    draft.refresh_from_db()
    assert draft.published_at == NINE
    assert "09:00 по Казани (UTC+3)" in done.content.decode()
    for page in (desk, listed):
        assert "09:00 по Казани (UTC+3)" in page
        assert "12:00 по Бишкеку (ваше время)" in page


def test_nws_1_before_its_time_not_found_and_public_from_that_minute(client):
    make_article("summit", published_at=NINE)

    with at(NINE - MINUTE):
        before = client.get("/ru/news/summit/").status_code
    with at(NINE):
        after = client.get("/ru/news/summit/").status_code

    assert (before, after) == (404, 200)


def test_nws_1_preview_link_and_staff_preview_work_before_its_time(client_of, client, editor):
    article = make_article("summit", published_at=timezone.now() + 60 * MINUTE)
    made = do(client_of(editor), article, "link", days="7", note="Пресс-служба Казани")
    token = token_in(made)

    russian = client.get(f"/ru/preview/{token}/")
    english = client.get(f"/en/preview/{token}/")
    staff = client_of(editor).get("/ru/news/summit/preview/")

    assert [page.status_code for page in (russian, english, staff)] == [200, 200, 200]
    assert article.title_ru in russian.content.decode()
    assert article.title_en in english.content.decode()
    assert client.get("/ru/news/summit/").status_code == 404


def test_preview_is_kept_by_nobody_and_tells_nobody_its_address(client, editor):
    token = preview_links.make(make_draft(), editor, days=1)

    response = client.get(f"/ru/preview/{token}/")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in response.content.decode()
    assert "ETag" not in response.headers


def test_preview_link_is_kept_as_a_hash_and_its_making_is_in_the_log(editor):
    token = preview_links.make(make_draft(), editor, days=1, note="Журналист")

    link = PreviewLink.objects.get()
    assert token not in link.token_hash
    assert AuditEntry.objects.filter(verb="editorial.preview.made", actor=editor).count() == 1


def test_preview_link_works_for_its_record_in_every_app(client, editor):
    page = Page.objects.create(slug="join", title_ru="Как вступить", body_ru="<p>Письмо</p>")
    publication = make_publication("charter", status="draft", published_at=None)

    answers = [
        client.get(f"/ru/preview/{preview_links.make(record, editor, days=1)}/")
        for record in (page, publication)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Как вступить" in answers[0].content.decode()
    assert publication.title_ru in answers[1].content.decode()


@pytest.mark.parametrize("end", ["expired", "revoked", "unknown", "withdrawn"])
def test_preview_that_ended_says_to_ask_for_a_new_one(client, client_of, editor, end):
    article = make_draft()
    token = preview_links.make(article, editor, days=1)
    if end == "expired":
        now = timezone.now()
        PreviewLink.objects.update(made_at=now - 3 * MINUTE, expires_at=now - MINUTE)
    elif end == "revoked":
        do(client_of(editor), article, "revoke", link=PreviewLink.objects.get().pk)
    elif end == "withdrawn":
        type(article).objects.update(status="withdrawn")
    else:
        token = "x" * 43

    response = client.get(f"/ru/preview/{token}/")

    assert response.status_code == 410
    assert response.headers["Cache-Control"] == "private, no-store"
    assert article.title_ru not in response.content.decode()


def test_preview_leads_to_the_page_once_it_is_public(client, editor):
    article = make_draft()
    token = preview_links.make(article, editor, days=1)
    article.status, article.published_at = "published", timezone.now()
    article.save()

    response = client.get(f"/en/preview/{token}/")

    assert (response.status_code, response.url) == (302, "/en/news/summit/")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_link_of_a_record_is_not_revoked_at_another_one(client_of, editor):
    preview_links.make(make_draft(), editor, days=1)
    other = make_article("other", status="draft", published_at=None)

    do(client_of(editor), other, "revoke", link=PreviewLink.objects.get().pk)

    assert PreviewLink.objects.get().revoked_at is None


def test_desk_says_in_the_words_of_the_app_why_it_cannot_be_public(client_of, editor):
    practice = make_practice(make_member(), status="draft", published_at=None, stage="writing")

    response = do(client_of(editor), practice, "publish", when="now")

    (said,) = response.context["forms"]["publish"].non_field_errors()
    (rule,) = [
        constraint
        for constraint in practice._meta.constraints
        if constraint.name == "practices_practice_public_is_accepted"
    ]
    assert said == rule.violation_error_message
    practice.refresh_from_db()
    assert practice.status == "draft"


def test_withdrawing_ends_preview_links_and_renews_the_bulk_files(
    editor, monkeypatch, django_capture_on_commit_callbacks
):
    article = make_article()
    preview_links.make(article, editor, days=7)
    woken = []
    monkeypatch.setattr("content.wake._send", lambda task, args: woken.append(task))

    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(article, editor, version=article.version, reason="Ошибка")

    assert "opendata.tasks.remake_files" in woken
    assert not PreviewLink.objects.usable().exists()
