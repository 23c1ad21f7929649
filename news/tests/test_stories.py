"""Stories of members: sent, kept on errors, decided, turned into a draft; who may do what."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_representative
from content.models import PrivateFile, TranslationState
from content.tests.factories import make_upload
from content.workqueue import queues_for
from mailing.models import Message
from members import attention
from members.tests.factories import make_member
from news import keeping, stories
from news.models import Article, Photo, Story, StoryPhoto
from news.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_member(slug="osh", name_ru="Ош", name_en="Osh")


@pytest.fixture
def rep(city):
    return make_representative(city, "rep@example.org")


def page(name: str, *args) -> str:
    return reverse(f"news:{name}", args=["osh", *args])


def form_sent(client, address: str, **given) -> dict:
    """What the form sends: its key, a whole story, and what a test names."""
    key = client.get(address).context["form"]["form_key"].value()
    values = {
        "form_key": key, "title": "Визит в Печ", "language": "ru", "happened_on": "2026-05-12",
        "text": "Делегация <b>вернулась</b>.\r\n\r\nДоговорились о школах.",
    }  # fmt: skip
    return {**values, **given}


def letters() -> list[tuple[str, str]]:
    return [(one.email, one.subject) for one in Message.objects.order_by("pk")]


def test_story_is_sent_with_photos_and_waits(client, city, rep, lead):
    client.force_login(rep)
    photo = {"photo_1": make_upload(), "alt_1": "Мэры у карты", "credit_1": "А. Иванов",
             "rights_confirmed": "on"}  # fmt: skip
    sent = form_sent(client, page("cabinet_send"), **photo)

    first = client.post(page("cabinet_send"), sent)
    second = client.post(page("cabinet_send"), sent)

    assert (first.status_code, second.url) == (302, first.url)
    story = Story.objects.get()
    assert (story.member, story.state, story.language) == (city, "waiting", "ru")
    assert story.happened_on == datetime.date(2026, 5, 12)
    [row] = story.photos.all()
    assert (row.alt, row.credit, row.file.purpose) == ("Мэры у карты", "А. Иванов", stories.PURPOSE)
    [queue] = [one for one in queues_for(lead) if "/news/story/" in one.url]
    assert queue.count == 1
    assert "Визит в Печ" in client.get(page("cabinet")).content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": "x" * 10_001}, "text"),
        ({"language": "de"}, "language"),
        ({"happened_on": "2999-01-01"}, "happened_on"),
        ({"photo_1": make_upload(b"MZ program", "setup.exe"), "alt_1": "A",
          "rights_confirmed": "on"}, "photo_1"),
        ({"photo_1": make_upload(), "rights_confirmed": "on"}, "alt_1"),
        ({"photo_1": make_upload(), "alt_1": "IMG_1.jpg", "rights_confirmed": "on"}, "alt_1"),
        ({"photo_1": make_upload(), "alt_1": "Мост"}, "rights_confirmed"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_all_that_was_typed_stays(client, rep, given, field):
    client.force_login(rep)
    fresh = {name: _again(value) for name, value in given.items()}

    response = client.post(page("cabinet_send"), form_sent(client, page("cabinet_send"), **fresh))

    assert response.status_code == 200
    assert field in response.context["form"].errors
    kept = given.get("text", "Договорились о школах.")
    assert kept in response.content.decode()
    assert (Story.objects.count(), PrivateFile.objects.count()) == (0, 0)


def _again(value):
    """An upload that no other run of the test has read."""
    if isinstance(value, SimpleUploadedFile):
        value.seek(0)
        return SimpleUploadedFile(value.name, value.read())
    return value


def test_accepted_story_is_a_draft_with_photos_member_and_work_for_translators(
    client, city, rep, editor
):
    story = make_story(city, rep, photos=["Мэры у карты", "Школа"], text="Раз <b>.\n\nДва\nтри.")
    client.force_login(editor)
    address = reverse("admin:news_story_change", args=[story.pk])

    response = client.post(address, {"_accept": "1"})
    again = client.post(address, {"_accept": "1"})

    article = Article.objects.get()
    assert response.url == reverse("admin:news_article_change", args=[article.pk])
    assert again.url == address
    assert (article.status, article.title_ru, article.title_en) == ("draft", "Визит в Печ", None)
    assert article.body_ru == "<p>Раз &lt;b&gt;.</p><p>Два<br>три.</p>"
    assert list(article.members.all()) == [city]
    assert list(article.photos.values_list("alt_ru", "credit")) == [
        ("Мэры у карты", "А. Иванов"), ("Школа", "А. Иванов"),
    ]  # fmt: skip
    assert article.cover == article.photos.first().picture
    debts = TranslationState.objects.of_model(Article).open()
    assert [(one.object_id, one.language, one.state) for one in debts] == [
        (article.pk, "en", "missing")
    ]
    story.refresh_from_db()
    assert (story.state, story.article, story.decided_by) == ("accepted", article, editor)
    assert [address for address, _subject in letters()] == ["rep@example.org"]


def test_returned_story_comes_back_corrected(client, city, rep, editor, client_of):
    story = make_story(city, rep, photos=["Мэры у карты", "Школа"])
    staff = client_of(editor)
    address = reverse("admin:news_story_change", args=[story.pk])
    assert staff.post(address, {"_return": "1", "comment": ""}).status_code == 200

    staff.post(address, {"_return": "1", "comment": "Назовите дату."})

    client.force_login(rep)
    mine = page("cabinet_story", story.pk)
    assert "Назовите дату." in client.get(mine).content.decode()
    assert [one.url for one in attention.attention_for(city, rep)].count(mine) == 1
    drop = story.photos.last()
    sent = form_sent(client, mine, title="Визит в Печ 12 мая", rights_confirmed="on",
                     **{f"drop_{drop.pk}": "on"})  # fmt: skip
    assert client.post(mine, sent).status_code == 302
    story.refresh_from_db()
    assert (story.state, story.title, story.decided_at) == ("waiting", "Визит в Печ 12 мая", None)
    assert [one.alt for one in story.photos.all()] == ["Мэры у карты"]
    late = client.post(mine, form_sent(client, page("cabinet_send"), title="Ещё раз"))
    assert late.status_code == 200
    assert Story.objects.get().title == "Визит в Печ 12 мая"


def test_refused_story_says_why_to_the_member(client, city, rep, editor):
    story = make_story(city, rep)

    stories.refuse(story, editor, "Это объявление о закупке.")

    client.force_login(rep)
    shown = client.get(page("cabinet_story", story.pk)).content.decode()
    assert "Это объявление о закупке." in shown
    [(email, _subject)] = letters()
    assert email == "rep@example.org"
    with pytest.raises(stories.StoryClosed):
        stories.accept(story, editor)
    assert (Article.objects.count(), Photo.objects.count()) == (0, 0)


def test_decision_without_a_reason_is_refused_by_the_database(city, rep):
    story = make_story(city, rep)
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(state="refused", decided_at=story.sent_at)


def test_stories_of_another_city_are_not_found(client, city, rep):
    story = make_story(city, rep)
    stranger = make_representative(make_member(slug="kazan", name_en="Kazan"), "b@example.org")
    client.force_login(stranger)

    assert client.get(page("cabinet_story", story.pk)).status_code == 404
    own = reverse("news:cabinet_story", args=["kazan", story.pk])
    assert client.get(own).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_list_in_the_cabinet_costs_the_same(
    client, city, rep, django_assert_max_num_queries, count
):
    for number in range(count):
        make_story(city, rep, title=f"Новость {number}")
    client.force_login(rep)
    client.get(page("cabinet"))

    with django_assert_max_num_queries(12):
        client.get(page("cabinet"))


def test_refused_stories_and_sent_photos_are_erased_after_a_year(city, rep, editor):
    refused, accepted = (
        make_story(city, rep, photos=["Мост"]),
        make_story(city, rep, photos=["Зал"]),
    )
    waiting = make_story(city, rep, photos=["Парк"])
    stories.refuse(refused, editor, "Объявление.")
    article = stories.accept(accepted, editor)

    assert keeping.purge(timezone.now()) == 0
    erased = keeping.purge(timezone.now() + datetime.timedelta(days=366))

    assert erased == 3
    assert set(Story.objects.all()) == {accepted, waiting}
    assert [one.story for one in StoryPhoto.objects.all()] == [waiting]
    assert PrivateFile.objects.count() == 1
    assert article.photos.count() == 1


def test_story_changed_since_it_was_read_is_not_accepted(client, city, rep, lead):
    story = make_story(city, rep)
    seen = story.version
    story.text = "Другой текст"
    story.save()
    client.force_login(lead)

    client.post(reverse("admin:news_story_change", args=[story.pk]),
                {"_accept": "1", "version": seen})  # fmt: skip

    story.refresh_from_db()
    assert (story.state, story.article) == ("waiting", None)
