"""The flow of a text: asked, commented, returned or approved, published, corrected, withdrawn."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Role
from content import workqueue
from content.models import AuditEntry, Page, Revision
from editorial import gates, reviews
from editorial.models import Correction, Review, ReviewNote
from editorial.refusals import Refused
from editorial.tests.desk import address, do, errors_of
from mailing.models import Message
from news.models import Article
from news.tests.factories import make_article

pytestmark = pytest.mark.django_db


def make_draft(slug="summit", **fields) -> Article:
    return make_article(slug, **{"status": "draft", "published_at": None, **fields})


@pytest.fixture
def reviewer(make_user):
    return make_user("reviewer@example.org", roles=[Role.EDITOR], full_name="Анна Белова")


def queues(user) -> dict[str, int]:
    titles = ("Тексты на согласование вам", "Вам вернули с замечаниями")
    english = ("Texts for your review", "Returned to you with comments")
    return {
        str(queue.title): queue.count
        for queue in workqueue.queues_for(user)
        if str(queue.title) in {*titles, *english}
    }


def test_review_is_asked_through_the_desk_and_the_reviewer_gets_the_comment(
    client_of, editor, reviewer
):
    draft = make_draft()

    do(client_of(editor), draft, "ask", reviewer=reviewer.pk, text="Проверьте даты")

    review = Review.objects.get()
    assert (review.record, review.asked_by, review.reviewer) == (draft, editor, reviewer)
    mail = Message.objects.get()
    assert mail.email == "reviewer@example.org"
    assert "Проверьте даты" in mail.text_body
    assert address(draft) in mail.text_body
    assert list(queues(reviewer).values()) == [0, 1]
    assert list(queues(editor).values()) == [0, 0]


def test_review_of_nobody_in_particular_goes_to_all_who_may_publish(editor, reviewer, lead):
    reviews.ask(make_draft(), editor)

    assert set(Message.objects.values_list("email", flat=True)) == {
        "reviewer@example.org", "lead@example.org",
    }  # fmt: skip


def test_second_review_of_the_same_text_is_refused(client_of, editor, reviewer):
    draft = make_draft()
    reviews.ask(draft, editor)

    with pytest.raises(Refused):
        reviews.ask(draft, reviewer)

    assert Review.objects.count() == 1


def test_returned_text_carries_reason_and_open_comments_in_the_letter(client_of, editor, reviewer):
    draft = make_draft()
    review = reviews.ask(draft, editor, reviewer=reviewer)
    Message.objects.all().delete()
    anna = client_of(reviewer)
    do(anna, draft, "comment", text="Здесь 2024 год", field="body_ru", quote="Первый абзац")
    do(anna, draft, "comment", text="Уже исправлено")
    reviews.resolve(ReviewNote.objects.get(text="Уже исправлено"), editor)

    do(anna, draft, "return", text="Сверьте годы")

    review.refresh_from_db()
    assert (review.state, review.decided_by, review.decision) == (
        "returned", reviewer, "Сверьте годы",
    )  # fmt: skip
    mail = Message.objects.get()
    assert mail.email == editor.email
    assert "Сверьте годы" in mail.text_body
    assert "«Первый абзац»: Здесь 2024 год" in mail.text_body
    assert "Уже исправлено" not in mail.text_body
    assert list(queues(editor).values()) == [1, 0]


def test_return_without_a_reason_is_refused_beside_the_field(client_of, editor, reviewer):
    draft = make_draft()
    reviews.ask(draft, editor)

    response = do(client_of(reviewer), draft, "return", text=" ")

    assert list(errors_of(response, "return")) == ["text"]
    assert Review.objects.get().is_open


def test_nobody_approves_what_they_asked_for(client_of, editor):
    draft = make_draft()
    reviews.ask(draft, editor)

    response = do(client_of(editor), draft, "approve")

    assert Review.objects.get().is_open
    assert response.context["failed"].errors["__all__"].as_data()[0].code == "own"


def test_approval_is_for_the_text_that_was_read(client_of, editor, reviewer):
    draft = make_draft()
    reviews.ask(draft, editor)
    changed = Article.objects.get()
    changed.title_ru = "Переписано"
    changed.save()

    response = do(client_of(reviewer), draft, "approve")

    form = response.context["forms"]["approve"]
    assert form.errors.as_data()["__all__"][0].code == "changed"
    assert form["version"].value() == changed.version
    assert Review.objects.get().is_open


def test_answer_and_resolution_stand_by_their_comment(client_of, editor, reviewer):
    draft = make_draft()
    review = reviews.ask(draft, editor)
    note = reviews.comment(review, reviewer, "Кто это?", field="lead_ru")
    client = client_of(editor)

    do(client, draft, "answer", note=note.pk, text="Мэр")
    do(client, draft, "resolve", note=note.pk)

    note.refresh_from_db()
    assert [(answer.text, answer.field) for answer in note.answers.all()] == [("Мэр", "")]
    assert note.resolved_by == editor
    (thread,) = client.get(address(draft)).context["threads"]
    assert "Мэр" in client.get(address(draft)).content.decode()
    assert thread.part != ""


def test_comment_of_another_record_is_not_answered_here(client_of, editor):
    note = reviews.comment(reviews.ask(make_draft("other"), editor), editor, "Чужое")
    draft = make_draft()

    response = do(client_of(editor), draft, "answer", note=note.pk, text="Сюда")

    assert response.status_code == 200
    assert ReviewNote.objects.count() == 1


def test_publishing_closes_the_review_only_when_that_is_confirmed(client_of, editor, reviewer):
    draft = make_draft()
    reviews.ask(draft, editor)
    client = client_of(reviewer)

    refused = do(client, draft, "publish", when="now")
    done = do(client, draft, "publish", when="now", confirm_in_review="on")

    assert list(errors_of(refused, "publish")) == ["confirm_in_review"]
    assert done.status_code == 302
    assert Article.objects.get().is_public()
    assert Review.objects.get().state == "closed"
    assert Revision.objects.first().note != ""


@pytest.fixture
def captions():
    """An app's question before publishing: the same caption on every picture."""

    def gate(article):
        yield gates.Question("captions", "Одна подпись у всех фотографий?")

    gates.register(Article, gate)
    yield
    gates._gates[Article].remove(gate)


def test_form_does_not_publish_while_a_question_is_open(client_of, editor, captions):
    draft = make_draft()
    url = f"/admin/news/article/{draft.pk}/change/"
    client = client_of(editor)
    sent = form_values(client.get(url))

    response = client.post(url, sent | {"status": "published", "title_ru": "Новое"}, follow=True)

    draft.refresh_from_db()
    assert (draft.status, draft.title_ru) == ("draft", "Новое")
    assert "Одна подпись у всех фотографий?" in response.content.decode()


def form_values(response) -> dict:
    """What a browser would send of an admin form."""
    values = {}
    inlines = [inline.formset for inline in response.context["inline_admin_formsets"]]
    for form in [response.context["adminform"].form, *inlines]:
        values |= _values(form.management_form) if hasattr(form, "management_form") else {}
        for one in form.forms if hasattr(form, "forms") else [form]:
            values |= _values(one)
    return values


def _values(form) -> dict:
    found = {}
    for field in form:
        value = field.value()
        if hasattr(field.field.widget, "decompress"):
            parts = field.field.widget.decompress(value)
            found |= {f"{field.html_name}_{n}": part or "" for n, part in enumerate(parts)}
        elif value is not None and value is not False:
            found[field.html_name] = value
    return found


def test_schedule_in_the_past_is_refused_beside_the_field(client_of, editor):
    draft = make_draft()

    response = do(
        client_of(editor), draft, "publish", when="later", at_0="2020-01-01", at_1="09:00"
    )

    assert list(errors_of(response, "publish")) == ["at"]
    assert Article.objects.get().status == "draft"


def test_scheduled_text_goes_back_to_draft(client_of, editor):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    article = make_article(published_at=tomorrow)

    do(client_of(editor), article, "draft")

    article.refresh_from_db()
    assert (article.status, article.published_at) == ("draft", None)


def test_correction_is_shown_with_its_date_in_both_languages(client_of, client, editor):
    article = make_article()
    now = timezone.localdate()

    do(client_of(editor), article, "correct", note_ru="Исправлен год: 2024.", note_en="")

    assert Correction.objects.get().record == article
    for language in ("ru", "en"):
        page = client.get(f"/{language}/news/retreat/").content.decode()
        assert "Исправлен год: 2024." in page
        assert f'datetime="{now.isoformat()}"' in page


def test_correction_of_a_draft_is_refused(client_of, editor):
    draft = make_draft()

    response = do(client_of(editor), draft, "correct", note_ru="Год")

    assert response.context["failed"].errors.as_data()["__all__"][0].code == "not_public"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_withdrawn_page_says_so_and_nothing_else(
    client_of, client, editor, lead, language, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("content.wake._send", lambda task, args: None)
    article = make_article(author=lead)
    client.get(f"/{language}/news/retreat/")

    with django_capture_on_commit_callbacks(execute=True):
        do(client_of(editor), article, "withdraw", reason="Спор о правах на снимки")

    response = client.get(f"/{language}/news/retreat/")
    assert response.status_code == 410
    page = response.content.decode()
    assert not any(word in page for word in (article.title_ru, article.title_en, "Спор о правах"))
    mail = Message.objects.get()
    assert (mail.email, "Спор о правах на снимки" in mail.text_body) == (lead.email, True)
    entry = AuditEntry.objects.get(verb="editorial.record.withdrawn")
    assert entry.changes == {"reason": ["", "Спор о правах на снимки"]}


def test_what_was_never_public_is_not_found_when_withdrawn(client):
    make_article("never", status="withdrawn", published_at=None)
    Page.objects.create(slug="old", title_ru="Старая", status="draft")

    answers = [client.get(f"/ru/{path}/").status_code for path in ("news/never", "pages/old")]

    assert answers == [404, 404]


def test_translator_comments_and_does_not_publish(client_of, editor, translator):
    draft = make_draft()
    reviews.ask(draft, editor)
    client = client_of(translator)

    page = client.get(address(draft))
    refused = do(client, draft, "publish", when="now")

    assert page.context["names"] == {"answer", "comment", "resolve", "revoke", "link"}
    assert refused.status_code == 403
    assert Article.objects.get().status == "draft"


def test_desk_knows_no_other_models(client_of, superuser):
    client = client_of(superuser)

    answers = [
        client.get(f"/admin/editorial/review/desk/{label}/1/").status_code
        for label in ("accounts.user", "no.such", "words", "news.article")
    ]

    assert answers == [404, 404, 404, 404]


@pytest.mark.parametrize("count", [1, 4])
def test_list_of_articles_says_the_state_in_constant_queries(
    client_of, editor, reviewer, count, django_assert_max_num_queries
):
    for number in range(count):
        reviews.ask(make_draft(f"draft-{number}"), editor, reviewer=reviewer)
    client = client_of(editor)
    client.get("/admin/editorial/review/")

    with django_assert_max_num_queries(14):
        response = client.get("/admin/editorial/review/")

    assert response.context["cl"].result_count == count


def test_page_past_its_day_of_review_waits_for_its_owner(client_of, editor, lead):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    fields = {"status": "published", "published_at": timezone.now(), "review_on": yesterday}
    own = Page.objects.create(slug="own", title_ru="Своя", owner=editor, **fields)
    Page.objects.create(slug="other", title_ru="Чужая", owner=lead, **fields)

    found = client_of(editor).get("/admin/content/page/", {"review": "mine"})
    due = client_of(editor).get("/admin/content/page/", {"review": "due"})

    assert list(found.context["cl"].result_list) == [own]
    assert due.context["cl"].result_count == 2
