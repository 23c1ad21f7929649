"""Diplomas of the demonstration: issued, reissued, revoked, and a run that waits."""

import pytest
from django.core.cache import cache

from content import approvals
from content.models import IssuedDocument
from laureates import diploma_runs, diplomas
from laureates.models import DiplomaRun

pytestmark = pytest.mark.django_db


def test_pdf_1_demonstration_has_diplomas_in_every_state(client):
    papers = IssuedDocument.objects.filter(kind=diplomas.CODE).order_by("number")
    assert list(papers.values_list("number", "state")) == [
        ("2016-L-001", "revoked"),
        ("2018-L-001", "valid"),
        ("2019-R-001", "valid"),
        ("2019-R-002", "valid"),
        ("2019-R-003", "replaced"),
        ("2019-R-004", "valid"),
    ]
    first = papers.get(number="2018-L-001")
    for language, words in {
        "ru": ("городу Ставрополю", "Крупные города", "10 октября 2018"),
        "en": ("the city of Stavropol", "Large cities", "10 October 2018"),
    }.items():
        page = client.get(f"/{language}/check/{first.code}/").content.decode()
        for word in words:
            assert word in page
    cache.clear()
    replaced = client.get(f"/en/check/{papers.get(state='replaced').code}/").content.decode()
    assert "replaced by document 2019-R-004" in replaced
    waiting = DiplomaRun.objects.get(round__award__slug="children-drawings")
    assert approvals.waiting(diploma_runs.DEED, waiting) is not None
    assert waiting.diplomas.count() == 5
    assert not IssuedDocument.objects.filter(number__startswith="2020-").exists()
