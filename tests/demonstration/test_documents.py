"""Certificates and links of the demonstration."""

import pytest

from content.models import IssuedDocument
from members import linkcheck
from members.models import Member

pytestmark = pytest.mark.django_db


def test_ops_5_demonstration_asks_stavropol():
    given = IssuedDocument.objects.filter(kind="members.certificate").order_by("serial")
    papers = given.values_list("holder_en", "state")
    assert [(holder.split(",")[0], state) for holder, state in papers] == [
        ("Kazan", "valid"), ("Stavropol", "replaced"), ("Stavropol", "valid"),
        ("Izhevsk", "valid"),
    ]  # fmt: skip
    stavropol = Member.objects.get(slug="stavropol")
    assert [(one.url, one.target) for one in linkcheck.open_questions(stavropol)] == [
        ("http://stavropol.ru", "https://stavropol.gosuslugi.ru")
    ]
