"""What closes the events of the demonstration, and its library."""

import pytest

from attendance.models import NewsDraft
from content.models import IssuedDocument
from library.models import Publication
from programme.models import EventDocument, MaterialRequest

pytestmark = pytest.mark.django_db


def test_demonstration_has_papers_certificates_and_a_library(client):
    seminar = EventDocument.objects.filter(event__slug="community-gardens-ulan-ude")
    assert seminar.count() == 4
    late = EventDocument.objects.filter(is_late=True)
    assert [one.title_en for one in late] == ["Notes for delegates"]
    assert sorted(MaterialRequest.objects.values_list("email", "state")) == [
        ("", "asked"), ("", "asked"), ("n.saidova@example.org", "received")
    ]  # fmt: skip
    given = IssuedDocument.objects.filter(kind="attendance.certificate").order_by("serial")
    assert [one.holder_en for one in given] == [
        "Bairma Dorzhieva", "Zorikto Tsyrenov", "Sarnai Bat-Erdene", "Hanna Weber"
    ]  # fmt: skip
    draft = NewsDraft.objects.get()
    assert "not named: 1" in draft.article.body_en
    assert Publication.objects.published().count() == 16
    page = client.get("/ru/events/community-gardens-ulan-ude/").content.decode()
    assert "Образец договора садовых соседей" in page
    assert "Слайды: почва" not in page
