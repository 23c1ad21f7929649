"""Rows for galleries, stories of members and the archive of the news."""

from types import SimpleNamespace

from content import links
from news.tests.factories import make_photo, make_story
from tests.access.cells import EVERYBODY, SIGN_IN, STAFF, Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

EDITORS = ("editor", "lead")
A, B = "/ru/cabinet/{a.slug}/stories/", "/ru/cabinet/{b.slug}/stories/"
STORIES, GALLERY = "Stories of city A", "Gallery of a news item in the admin"
DESK, PAGE = "/admin/news/story/{story.pk}/change/", "/admin/news/article/{draft.pk}/gallery/"

ROWS: list[Row] = [
    Row("News", "archive", "/ru/news/archive/", EVERYBODY),
    Row("News", "read with the way back", "/ru/news/{article.slug}/?from=2", EVERYBODY),
    Row(STORIES, "list", A, cabinet("rep_a")),
    Row(STORIES, "form", A + "send/", cabinet("rep_a")),
    Row(STORIES, "send", A + "send/", cabinet("rep_a"), "post"),
    Row(STORIES, "read", A + "{story.pk}/", cabinet("rep_a")),
    Row(STORIES, "send again", A + "{story.pk}/", cabinet("rep_a"), "post"),
    Row(STORIES, "read through the cabinet of B", B + "{story.pk}/", cabinet()),
    Row(
        STORIES, "its photo by number", "/files/{story_photo.file_id}/",
        who("rep_a", *EDITORS, "superuser", visitor=SIGN_IN, others="404"),
    ),
    *admin_rows("news/story", "Stories in the admin", "story", EDITORS, None, EDITORS, None),
    Row("Stories in the admin", "answer without a word", DESK, admin(*EDITORS), "post",
        {"_return": "1"}),
    *admin_rows(
        "news/photo", "Captions in the admin", "gallery_photo",
        STAFF, None, ("translator", *EDITORS), None,
    ),
    Row(GALLERY, "open", PAGE, admin(*STAFF)),
    Row(GALLERY, "keep words", PAGE, admin("translator", *EDITORS), "post",
        {"photo-TOTAL_FORMS": "0", "photo-INITIAL_FORMS": "0"}),
    Row(GALLERY, "add photos", PAGE, admin(*EDITORS), "post", {"_upload": "1"}),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.story = make_story(world.a, world.people["rep_a"], photos=["Мост"])
    world.story_photo = world.story.photos.get()
    world.gallery_photo = make_photo(world.draft, caption_ru="Зал")
    links.link(world.article, world.event)
