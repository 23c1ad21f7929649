"""Access to open data: the API, the files and the pictures are for everybody."""

from news.tests.factories import make_article
from opendata import bulk
from opendata.models import DataFile
from opendata.resources import ALL
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row, admin
from tests.access.rows_admin import admin_rows


def add_objects(world) -> None:
    """A news item that is public, one that is not, and the files of the bodies."""
    world.shared_article = make_article("shared")
    world.unshared_article = make_article("unshared", status="draft", published_at=None)
    bulk.remake("bodies")
    world.data_file = DataFile.objects.get(name="bodies.csv")


ROWS = [
    Row("Open data", "read the page", "/ru/data/", EVERYBODY),
    Row("Open data", "read the reference", "/ru/data/api/", EVERYBODY),
    Row("Open data", "read the document for programs", "/api/v1/openapi.json", EVERYBODY),
    *(
        Row("Open data", f"read {one.code} by the API", f"/api/v1/{one.code}", EVERYBODY)
        for one in ALL
    ),
    Row("Open data", "read one by the API", "/api/v1/news/{shared_article.pk}", EVERYBODY),
    Row("Open data", "read a draft by the API", "/api/v1/news/{unshared_article.pk}", NOBODY),
    Row("Open data", "read a member by the API", "/api/v1/members/{a.pk}", EVERYBODY),
    Row("Open data", "read an event by the API", "/api/v1/events/{event.pk}", EVERYBODY),
    *(
        Row("Open data", f"read one of the {one.code} that does not exist",
            f"/api/v1/{one.code}/0", NOBODY)
        for one in ALL
        if one.one and one.code not in ("members", "events", "news")
    ),
    Row("Open data", "find the reference from the API", "/api/v1/docs", EVERYBODY),
    Row("Open data", "find the reference from its root", "/api/v1/", EVERYBODY),
    Row("Open data", "ask the API for what it has not", "/api/v1/nothing/", NOBODY),
    Row("Open data", "fetch a file", "/data/bodies.csv", EVERYBODY),
    Row("Open data", "fetch the checksums", "/data/SHA256SUMS", EVERYBODY),
    *admin_rows("opendata/datafile", "Files of open data in the admin", "data_file",
                STAFF, None, None, None),
    Row("Files of open data in the admin", "make anew", "/admin/opendata/datafile/remake/",
        admin("editor", "lead"), "post"),
    Row("Open data", "picture of a page", "/og/news/shared.ru.png", EVERYBODY),
    Row("Open data", "picture of a draft", "/og/news/unshared.ru.png", NOBODY),
    *(
        Row("Feeds", f"follow {app} ({form})", f"/ru/{app}/{form}/", EVERYBODY)
        for app in ("news", "events", "library", "practices")
        for form in ("feed", "rss")
    ),
]  # fmt: skip
