"""The desk through its screens: what lacks a language, what changed, who looks after it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from content import workqueue
from content.models import AuditEntry, TranslationState
from members.tests.factories import make_member
from news.tests.factories import make_article
from translating import claims, desk
from translating.models import Claim
from translating.tests.factories import entry_of, make_page, make_term

pytestmark = pytest.mark.django_db

DESK = "/admin/translating/deskentry/"


def working(record) -> str:
    return f"{DESK}{entry_of(record).pk}/change/"


def state(record) -> str:
    return entry_of(record).state


def page_form(page, **changes) -> dict:
    values = {"slug": page.slug, "status": page.status, "version": page.version}
    for field in ("title", "lead", "body"):
        for code in ("ru", "en"):
            values[f"{field}_{code}"] = getattr(page, f"{field}_{code}") or ""
    moment = timezone.localtime(page.published_at)
    values |= {
        "published_at_0": moment.strftime("%Y-%m-%d"),
        "published_at_1": moment.strftime("%H:%M:%S"),
    }
    return {**values, **changes}


def saved_by_editor(client, page, **changes):
    page.refresh_from_db()
    address = f"/admin/content/page/{page.pk}/change/"
    response = client.post(address, page_form(page, **changes))
    assert response.status_code == 302, response.context["adminform"].form.errors
    page.refresh_from_db()


def test_lng_1_changed_paragraph_alone_is_marked_for_the_translator(client_of, editor, translator):
    page = make_page()
    changed = "<p>Первый абзац.</p><p>Второй абзац изменён.</p>"
    saved_by_editor(client_of(editor), page, body_ru=changed)
    assert state(page) == "outdated"

    shown = client_of(translator).get(working(page)).content.decode()

    assert shown.count("<ins>") == 1
    assert "Второй абзац<ins> изменён</ins>." in shown
    assert '<tr class="desk-pair desk-pair--same"><th scope="row">1</th>' in shown
    assert '<tr class="desk-pair desk-pair--changed"><th scope="row">2</th>' in shown


def test_lng_1_saving_without_a_change_and_moving_outdate_nothing(client_of, editor):
    page = make_page()
    client = client_of(editor)

    saved_by_editor(client, page)
    saved_by_editor(client, page, slug="who-we-are")

    assert page.slug == "who-we-are"
    assert state(page) == "current"


def test_lng_2_small_edit_keeps_it_current_and_the_desk_says_who(client_of, editor, translator):
    page = make_page()
    typo = "<p>Первый абзац!</p><p>Второй абзац.</p>"
    saved_by_editor(client_of(editor), page, body_ru=typo, small_edit="on")
    assert state(page) == "current"

    shown = client_of(translator).get(working(page)).content.decode()

    entry = AuditEntry.objects.get(verb="translation.small_edit")
    assert entry.actor == editor
    assert "правка исходного текста была мелкой" in shown
    assert editor.full_name in shown


def test_lng_2_translator_says_on_the_desk_that_the_translation_stands(client_of, translator):
    page = make_page()
    page.body_ru = "<p>Первый абзац!</p><p>Второй абзац.</p>"
    page.save()

    client_of(translator).post(
        working(page),
        {"title_en": "About us", "lead_en": "", "body_en": page.body_en, "stands": "on",
         "version": page.version},
    )  # fmt: skip

    assert state(page) == "current"
    entries = AuditEntry.objects.values_list("verb", "actor")
    assert list(entries) == [("translation.stands", translator.pk)]


def test_translation_is_saved_and_current_again(client_of, translator):
    page = make_page(body_en=None)
    assert state(page) == "draft"

    response = client_of(translator).post(
        working(page),
        {"title_en": "Who we are", "lead_en": "", "body_en": "<p>1</p>", "version": page.version},
    )

    page.refresh_from_db()
    assert response.status_code == 302
    assert (page.title_en, page.body_en, page.title_ru) == ("Who we are", "<p>1</p>", "О нас")
    assert state(page) == "current"


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(client_of, translator):
    page = make_page()
    seen = page.version
    page.title_en = "Who we are"
    page.save()

    response = client_of(translator).post(
        working(page), {"title_en": "We", "lead_en": "", "body_en": "", "version": seen}
    )

    page.refresh_from_db()
    assert response.status_code == 200
    assert page.title_en == "Who we are"
    assert 'value="We"' in response.content.decode()


def test_glossary_warns_beside_the_field(client_of, translator):
    make_term()
    page = make_page(
        title_ru="Исполнительное бюро", title_en="Executive Committee", body_ru="", body_en=""
    )

    shown = client_of(translator).get(working(page)).context["fields"]

    assert [(field.name, [w.wanted for w in field.warnings]) for field in shown] == [
        ("title", ["Executive Bureau"])
    ]


def aged(record, days: int) -> None:
    TranslationState.objects.filter(object_id=record.pk).update(
        changed_at=timezone.now() - datetime.timedelta(days=days, hours=1)
    )


def listed(client, query: str = "") -> list[str]:
    found = client.get(f"{DESK}?{query}").context["cl"].result_list
    return [entry.record.slug for entry in found]


def test_desk_lists_what_lacks_a_language_oldest_first(client_of, translator):
    missing = make_page("new", title_en=None, body_en=None)
    old = make_page("old", body_en=None)
    make_page("done")
    make_page("gone", title_en=None, body_en=None, status="withdrawn")
    article = make_article("article", title_en=None, lead_en=None, body_en=None)
    aged(old, 9)
    aged(article, 3)
    aged(missing, 1)
    claims.give(entry_of(old), translator, translator)
    client = client_of(translator)

    assert listed(client) == ["old", "article", "new"]
    assert listed(client, "standing=draft") == ["old"]
    assert listed(client, "kind=news.article") == ["article"]
    assert listed(client, "into=ru") == []
    assert listed(client, "share=mine") == ["old"]
    assert listed(client, "share=free") == ["article", "new"]
    assert set(listed(client, "standing=all")) == {"old", "article", "new", "done"}


def test_desk_takes_the_same_number_of_queries_for_one_row_and_for_many(client_of, translator):
    client = client_of(translator)
    make_page("one", body_en=None)
    make_article("a1", body_en=None)
    client.get(DESK)
    with CaptureQueriesContext(connection) as few:
        client.get(DESK)
    for number in range(10):
        make_page(f"page-{number}", body_en=None)
        make_article(f"article-{number}", body_en=None)
    with CaptureQueriesContext(connection) as many:
        client.get(DESK)

    assert len(few) == len(many)


def test_counter_names_kinds_numbers_and_the_age_of_the_oldest(translator):
    for number in range(2):
        aged(make_article(f"a{number}", title_en=None, lead_en=None, body_en=None), 9 - number)
    aged(make_page(body_en=None), 1)

    with translation.override("en"):
        (queue,) = [row for row in workqueue.queues_for(translator) if row.url == DESK]

    assert (queue.count, queue.note) == (
        3,
        "News: 2, the oldest for 9 days; Pages: 1, the oldest for 1 day",
    )


def test_coverage_counts_every_kind_and_language(client_of, translator):
    make_page("done")
    make_page("missing", title_en=None, body_en=None)
    make_page("english", title_ru=None, body_ru=None)
    outdated = make_page("outdated")
    outdated.title_ru = "Кто мы"
    outdated.save()

    rows = client_of(translator).get(f"{DESK}coverage/").context["rows"]

    assert [
        (row.language, row.current, row.incomplete, row.outdated, row.missing, row.per_cent)
        for row in rows
    ] == [("ru", 3, 0, 0, 1, 75), ("en", 2, 0, 1, 1, 50)]
    assert desk.coverage(translator) == rows


def test_share_is_taken_left_and_given_by_who_shares_the_work_out(client_of, editor, translator):
    entry = entry_of(make_page())
    address = f"{DESK}{entry.pk}/share/"

    client_of(translator).post(address, {"deed": "take"})
    assert Claim.objects.get().translator == translator
    client_of(translator).post(address, {"deed": "leave"})
    assert not Claim.objects.exists()

    refused = client_of(translator).post(address, {"deed": "give", "translator": editor.pk})
    assert (refused.status_code, Claim.objects.count()) == (403, 0)
    client_of(editor).post(address, {"deed": "give", "translator": translator.pk})
    assert Claim.objects.get().translator == translator


def test_translator_reaches_only_records_their_role_may_correct(client_of, translator, editor):
    member = make_member()

    assert client_of(translator).get(working(member)).status_code == 404
    assert client_of(editor).get(working(member)).status_code == 200
    assert client_of(translator).get(f"{DESK}999999/change/").status_code == 404
    assert client_of(translator).get(f"{DESK}zzz/change/").status_code == 404
