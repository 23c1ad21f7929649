"""Open data hold nothing that the pages do not show to everybody."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from awards.tests.factories import make_award, make_round
from events.tests.factories import make_event
from laureates.models import Results
from laureates.tests.factories import make_laureate
from library.tests.factories import make_file, make_publication
from members.tests.factories import make_member
from news.tests.factories import make_article
from opendata import bulk
from opendata.models import DataFile
from opendata.resources import ALL
from practices.tests.factories import make_draft
from standings.tests.factories import make_sealed

pytestmark = pytest.mark.django_db
HIDDEN = "SECRET"


@pytest.fixture
def hidden():
    """What could leak: each has the word SECRET where somebody could read it."""
    later = timezone.now() + datetime.timedelta(hours=1)
    kazan = make_member(website="https://kazan.example.org")
    make_article("draft", title_en=f"{HIDDEN} draft", status="draft", published_at=None)
    make_article("later", title_en=f"{HIDDEN} scheduled", published_at=later)
    make_article("gone", title_en=f"{HIDDEN} withdrawn", status="withdrawn")
    make_event("draft", title_en=f"{HIDDEN} draft", status="draft", published_at=None)
    day = timezone.now() + datetime.timedelta(days=30)
    draft = {"status": "draft", "published_at": None}
    make_event(
        "online",
        starts_at=day, mode="online", join_link=f"https://example.org/{HIDDEN}",
        parent=make_event("hidden", title_en=f"{HIDDEN} whole", starts_at=day, **draft),
    )  # fmt: skip
    make_publication("draft", title_en=f"{HIDDEN} draft", status="draft", published_at=None)
    closed = make_publication("closed")
    make_file(closed, audience="members")
    make_draft(kazan, title_en=f"{HIDDEN} practice", contact_email=f"{HIDDEN}@example.org")
    award = make_award()
    round_ = make_round(award, status="published", published_at=timezone.now())
    make_laureate(award, round=round_, member=kazan, title_en=f"{HIDDEN} laureate")
    Results.objects.create(round=round_, published_at=later, released_at=timezone.now())
    make_sealed(published_at=later)
    return closed


def test_api_shows_nothing_hidden(hidden, settings):
    bodies = {one.code: Client().get(f"/api/v1/{one.code}?limit=100").text for one in ALL}

    assert [code for code, body in bodies.items() if HIDDEN in body] == []
    news, events, publications = (
        Client().get(f"/api/v1/{code}").json()["data"]
        for code in ("news", "events", "publications")
    )
    assert (news, [row["parent"] for row in events]) == ([], [None])
    assert [(row["slug"], row["files"], row["file_ru"]) for row in publications] == [
        ("closed", [], None)
    ]
    assert Client().get("/api/v1/ratings").json()["data"] == []
    assert Client().get("/api/v1/rating-results").json()["data"] == []


def test_files_hold_nothing_hidden(hidden, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bulk.remake_all()

    for row in DataFile.objects.filter(name__endswith=".jsonl"):
        with row.file.open() as file:
            assert HIDDEN not in file.read().decode(), row.name


def test_hidden_records_have_no_number_and_no_picture(hidden):
    article = make_article("other", status="draft", published_at=None)

    assert Client().get(f"/api/v1/news/{article.pk}").status_code == 404
    assert Client().get("/og/news/other.en.png").status_code == 404
    assert Client().get("/og/events/draft.en.png").status_code == 404
