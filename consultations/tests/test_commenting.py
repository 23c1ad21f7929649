"""Comments of cities on a draft: by paragraph, until the end, answered with a reason."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_representative, make_user
from consultations import commenting
from consultations.commenting import CommentRefused
from consultations.models import Comment
from consultations.tests.factories import make_call, make_comment, make_consultation
from members import attention
from members.tests.factories import make_member
from projects.tests.factories import make_project, make_strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_member()


@pytest.fixture
def representative(city):
    return make_representative(city, "rep@example.org")


def _page(city, draft) -> str:
    return reverse("consultations:comment", args=[city.slug, draft.slug])


def test_a_city_comments_on_a_paragraph_that_is_kept_as_it_was(city, representative, client_of):
    draft = make_consultation()
    data = {
        "form_key": uuid.uuid4(), "paragraph": "2", "text": "Назовите сёла.", "wording": "И сёла.",
    }  # fmt: skip

    answer = client_of(representative).post(_page(city, draft), data)
    draft.body_ru = "<p>Совсем другой текст.</p>"
    draft.save()

    assert answer.status_code == 302
    (found,) = Comment.objects.all()
    assert (found.paragraph, found.quote, found.text, found.wording, found.member, found.by) == (
        2, "Второй абзац.", "Назовите сёла.", "И сёла.", city, representative
    )  # fmt: skip


def test_the_same_form_sent_twice_is_one_comment(city, representative, client_of):
    draft, client = make_consultation(), client_of(representative)
    data = {"form_key": uuid.uuid4(), "paragraph": "", "text": "Хорошо."}

    client.post(_page(city, draft), data)
    client.post(_page(city, draft), data)

    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("text", ""), ("text", "я" * 4001), ("paragraph", "3"), ("paragraph", "x")]
)
def test_bad_input_is_said_beside_the_field_and_kept(city, representative, client_of, field, value):
    draft = make_consultation()
    data = {"form_key": uuid.uuid4(), "paragraph": "1", "text": "Хорошо.", "wording": "Так"}

    page = client_of(representative).post(_page(city, draft), {**data, field: value})

    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert "Так" in page.content.decode()
    assert Comment.objects.count() == 0


def test_nothing_is_taken_after_the_end_or_before_the_beginning(city, representative):
    now, day = timezone.now(), datetime.timedelta(days=1)
    over = make_consultation("over", opens_at=now - 2 * day, closes_at=now - day)
    ahead = make_consultation("ahead", opens_at=now + day, closes_at=now + 2 * day)
    draft = make_consultation("hidden", status="draft", published_at=None)

    for one in (over, ahead, draft):
        with pytest.raises(CommentRefused):
            commenting.comment(one, city, representative, language="ru", text="Хорошо.")

    assert Comment.objects.count() == 0


def test_comments_of_others_are_seen_by_staff_alone(city, representative, client_of):
    draft = make_consultation()
    make_comment(draft, make_member("bishkek", "Бишкек", "Bishkek"), text="Тайное слово")

    own = client_of(representative).get(_page(city, draft)).content.decode()
    public = client_of().get(f"/ru/consultations/{draft.slug}/").content.decode()

    assert "Тайное слово" not in own + public
    assert "1, от одного города" in public or "1, " in public


def test_a_comment_is_withdrawn_until_it_is_answered(city, representative, client_of):
    first, second = (make_comment(make_consultation(slug), city) for slug in ("a", "b"))
    commenting.answer(second, make_user("s@example.org"), verdict="taken", reason="", seen=1)
    client = client_of(representative)

    for one in (first, second):
        client.post(reverse("consultations:withdraw", args=[city.slug, one.pk]))

    assert list(Comment.objects.all()) == [second]


def test_a_refusal_has_a_reason_and_two_secretaries_do_not_overwrite_each_other(city):
    found, staff = make_comment(make_consultation(), city), make_user("s@example.org")

    with pytest.raises(CommentRefused):
        commenting.answer(found, staff, verdict="not_taken", reason="", seen=1)
    commenting.answer(found, staff, verdict="not_taken", reason="Вне предмета.", seen=1)
    with pytest.raises(CommentRefused):
        commenting.answer(found, staff, verdict="taken", reason="", seen=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=found.pk).update(answer="")

    found.refresh_from_db()
    assert (found.verdict, found.answer, found.answered_by) == ("not_taken", "Вне предмета.", staff)


def test_a_city_is_asked_until_it_has_said_something(city, representative):
    draft = make_consultation()
    asked = attention.attention_for(city, representative)
    make_comment(draft, city)

    assert [(one.url, one.deadline) for one in asked if "texts" in one.url] == [
        (_page(city, draft), draft.closes_at)
    ]
    assert not [one for one in attention.attention_for(city, representative) if "texts" in one.url]


@pytest.mark.parametrize("count", [1, 5])
def test_the_public_list_takes_the_same_number_of_queries(client, django_assert_num_queries, count):
    for number in range(count):
        make_consultation(f"d{number}")
    client.get(reverse("consultations:list"))
    with django_assert_num_queries(2):
        client.get(reverse("consultations:list") + "?page=1&day=1")


def test_what_the_public_discusses_stands_in_the_map_of_the_site(client):
    make_consultation("position"), make_call("vision")
    make_consultation("hidden", status="draft", published_at=None)
    make_project("water"), make_strategy("waves")

    page = client.get("/sitemap.xml").content.decode()

    for path in ("consultations/position", "consultations/calls/vision", "projects/water",
                 "strategies/waves"):  # fmt: skip
        assert f"/ru/{path}/</loc>" in page, path
    assert "hidden" not in page
