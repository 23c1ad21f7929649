"""Galleries: many photos at once, words in both languages, what is asked before publishing."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from content import pictures
from content.models import TranslationState
from content.tests.factories import make_upload, picture_bytes
from content.workqueue import queues_for
from editorial import gates
from news import gallery
from news.models import Photo
from news.tests.factories import make_article, make_photo
from news.tests.test_admin import form_of

pytestmark = pytest.mark.django_db

SAME = "Пленарное заседание"


def address(article) -> str:
    return reverse("admin:news_article_gallery", args=[article.pk])


def sent_words(client, article) -> dict:
    """What the page of the gallery would send unchanged."""
    formset = client.get(address(article)).context["formset"]
    forms = [formset.management_form, *formset.forms]
    fields = (field for form in forms for field in form)
    return {one.html_name: one.value() for one in fields if one.value() not in (None, False)}


def debts() -> list[tuple[int, str, str]]:
    rows = TranslationState.objects.of_model(Photo).open()
    return list(rows.order_by("object_id").values_list("object_id", "language", "state"))


def test_nws_2_copied_caption_is_confirmed_or_photos_are_described(client, lead):
    article = make_article(status="draft", published_at=None)
    photos = [make_photo(article, number, caption_ru=SAME) for number in range(8)]
    client.force_login(lead)
    publish = reverse("admin:editorial_deed", args=["news.article", article.pk, "publish"])
    sent = {"version": article.version, "when": "now"}

    refused = client.post(publish, sent)

    article.refresh_from_db()
    assert (refused.status_code, article.status) == (200, "draft")
    [question] = gates.questions(article)
    assert question.text in refused.content.decode()
    assert debts() == [(photo.pk, "en", "missing") for photo in photos]

    confirmed = client.post(publish, sent | {f"confirm_{question.code}": "on"})
    article.refresh_from_db()
    assert (confirmed.status_code, article.status) == (302, "published")


def test_nws_2_photos_that_are_described_may_share_a_caption(lead):
    article = make_article()
    for number in range(8):
        make_photo(article, number, caption_ru=SAME, alt_ru=f"Зал, ряд {number}")

    assert gates.questions(article) == []


def test_nws_2_missing_english_captions_stand_in_the_queue(client, lead):
    article = make_article()
    photo = make_photo(article, caption_ru=SAME)
    make_photo(article, 2, caption_ru="Пресс-подход", caption_en="Press point")
    make_photo(article, 3)

    [counted] = [one for one in queues_for(lead) if "/news/photo/" in one.url]
    client.force_login(lead)
    listed = client.get(counted.url)

    assert counted.count == 1
    assert [row.pk for row in listed.context["cl"].result_list] == [photo.pk]


def test_caption_of_one_photo_asks_nothing_and_of_two_in_one_language_does():
    article = make_article()
    make_photo(article, 1, caption_ru=SAME, caption_en="One")
    assert gates.questions(article) == []
    make_photo(article, 2, caption_ru=f" {SAME.upper()} ", caption_en="Two")

    assert [one.code.split("-")[-1] for one in gates.questions(article)] == ["2"]


def test_form_of_an_article_does_not_publish_past_the_question(client, editor):
    article = make_article(status="draft", published_at=None)
    for number in (1, 2):
        make_photo(article, number, caption_ru=SAME)
    client.force_login(editor)
    sent = form_of(client, article) | {"status": "published"}

    client.post(reverse("admin:news_article_change", args=[article.pk]), sent)

    article.refresh_from_db()
    assert article.status == "draft"


def test_many_photos_are_added_at_once_in_their_order(client, editor):
    article = make_article()
    first = make_photo(article, 4)
    client.force_login(editor)
    files = [make_upload(picture_bytes((400 + side, 400))) for side in (1, 2, 3)]

    response = client.post(
        address(article),
        {"_upload": "1", "upload-photos": files, "upload-credit": "А. Иванов"},
    )  # fmt: skip

    assert response.status_code == 302
    rows = article.photos.exclude(pk=first.pk).select_related("picture")
    assert [(one.position, one.picture.width, one.credit) for one in rows] == [
        (5, 401, "А. Иванов"), (6, 402, "А. Иванов"), (7, 403, "А. Иванов"),
    ]  # fmt: skip


def test_gallery_of_300_photos_is_refused_with_a_sentence(client, editor):
    article = make_article()
    client.force_login(editor)
    files = [make_upload(b"\xff\xd8\xff", f"{number}.jpg") for number in range(300)]

    response = client.post(address(article), {"_upload": "1", "upload-photos": files})

    assert response.status_code == 200
    [said] = response.context["upload"].errors["photos"]
    assert "300" in said
    assert "60" in said
    assert Photo.objects.count() == 0


def test_full_gallery_takes_no_more(monkeypatch, editor):
    monkeypatch.setattr(gallery, "MOST_PHOTOS", 2)
    article = make_article()
    make_photo(article)
    checked = [pictures.accept_upload(make_upload()) for _number in range(2)]

    with pytest.raises(ValidationError):
        gallery.add_photos(article, checked, by=editor)

    assert article.photos.count() == 1


def test_one_bad_file_is_named_and_nothing_is_stored(client, editor):
    article = make_article()
    client.force_login(editor)
    files = [make_upload(), make_upload(b"MZ program", "setup.exe")]

    response = client.post(address(article), {"_upload": "1", "upload-photos": files})

    [said] = response.context["upload"].errors["photos"]
    assert said.startswith("setup.exe: ")
    assert Photo.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("IMG_2041.jpg", True),
        ("DSC 0017", True),
        ("фото 3", True),
        ("20240512_101500", True),
        ("Мост.png", True),
        ("Мост через Каму", False),
        ("12 человек у карты", False),
        ("Photo of a bridge", False),
    ],
)
def test_file_names_are_no_descriptions(text, is_name):
    assert gallery.is_file_name(text) is is_name


def test_words_are_kept_and_a_file_name_is_refused_beside_its_field(client, editor):
    article = make_article()
    photo = make_photo(article, caption_ru="Зал")
    client.force_login(editor)
    sent = sent_words(client, article)

    refused = client.post(address(article), sent | {"photo-0-alt_ru": "IMG_1.jpg"})
    kept = client.post(
        address(article), sent | {"photo-0-alt_ru": "Зал с колоннами", "photo-0-caption_en": "Hall"}
    )

    assert list(refused.context["formset"].errors[0]) == ["alt_ru"]
    assert kept.status_code == 302
    photo.refresh_from_db()
    assert (photo.alt_ru, photo.caption_en) == ("Зал с колоннами", "Hall")
    assert debts() == [(photo.pk, "en", "draft")]


def test_two_people_do_not_overwrite_the_words_of_a_photo(client, editor):
    article = make_article()
    photo = make_photo(article, caption_ru="Зал")
    client.force_login(editor)
    sent = sent_words(client, article)
    photo.caption_ru = "Большой зал"
    photo.save()

    response = client.post(address(article), sent | {"photo-0-caption_ru": "Моё"})

    assert response.status_code == 200
    photo.refresh_from_db()
    assert photo.caption_ru == "Большой зал"


def test_translator_changes_words_alone(client, translator):
    article = make_article()
    photo = make_photo(article, caption_ru="Зал")
    client.force_login(translator)
    sent = sent_words(client, article)

    kept = client.post(
        address(article),
        sent | {"photo-0-caption_en": "Hall", "photo-0-position": "9", "photo-0-DELETE": "on"},
    )  # fmt: skip
    assert kept.status_code == 302, kept.content.decode()[-3000:]
    upload = client.post(address(article), {"_upload": "1", "upload-photos": [make_upload()]})

    photo.refresh_from_db()
    assert (photo.caption_en, photo.position) == ("Hall", 1)
    assert upload.status_code == 403


def test_photo_without_words_is_no_debt_and_taken_away_leaves_none():
    article = make_article()
    bare = make_photo(article)
    worded = make_photo(article, 2, caption_ru="Зал")
    assert debts() == [(worded.pk, "en", "missing")]

    worded.caption_ru = ""
    worded.save()
    bare.delete()

    assert debts() == []


def test_english_caption_first_makes_russian_the_debt():
    photo = make_photo(make_article(), caption_en="Hall")

    assert debts() == [(photo.pk, "ru", "missing")]


@pytest.mark.parametrize("count", [1, 20])
def test_gallery_page_costs_the_same(client, editor, django_assert_max_num_queries, count):
    article = make_article()
    picture_rows = [make_photo(article, number) for number in range(count)]
    client.force_login(editor)
    client.get(address(article))

    with django_assert_max_num_queries(14):
        shown = client.get(address(article))

    assert len(shown.context["formset"].forms) == len(picture_rows)
