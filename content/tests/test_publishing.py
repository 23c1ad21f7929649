import datetime

import pytest
from django.utils import timezone

from content.models import Page, SearchEntry, TranslationState

pytestmark = pytest.mark.django_db


def test_published_shows_what_is_due_and_not_hidden():
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    rows = [
        ("due", "published", now - hour),
        ("scheduled", "published", now + hour),
        ("draft", "draft", now - hour),
        ("withdrawn", "withdrawn", now - hour),
    ]
    for slug, status, moment in rows:
        Page.objects.create(slug=slug, title_ru=slug, status=status, published_at=moment)

    assert [page.slug for page in Page.objects.published()] == ["due"]
    assert [page.slug for page in Page.objects.scheduled()] == ["scheduled"]
    assert SearchEntry.objects.count() == 2


def test_save_keeps_derived_rows():
    page = Page.objects.create(
        slug="a",
        title_ru="Казань",
        title_en="Kazan",
        body_ru="<p onclick='x'>Да</p><script>1</script>",
        status="published",
        published_at=timezone.now(),
    )
    page.refresh_from_db()
    assert page.body_ru == "<p>Да</p>"
    assert page.version == 1
    assert TranslationState.objects.get().state == "draft"
