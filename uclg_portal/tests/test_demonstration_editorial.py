"""The editorial desk of the demonstration shows every state."""

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from content.models import Page
from editorial import states
from editorial.models import PreviewLink, ReviewNote
from editorial.pages import due_pages
from news.models import Article
from news.tests.factories import make_article
from uclg_portal.demonstration import editorial

pytestmark = pytest.mark.django_db


def test_demonstration_has_a_text_in_every_state_of_the_flow():
    make_article("next-rating-questionnaire", status="draft", published_at=None)
    make_article("osh-stairs")
    page = {"status": "published", "published_at": timezone.now()}
    for slug in ("join", "about"):
        Page.objects.create(slug=slug, title_ru="Страница", **page)
    lead = make_user("admin@example.org", is_staff=True, is_superuser=True)
    anna = make_user("editor@example.org", roles=["editor"])

    editorial.load({user.email: user for user in (lead, anna)})

    found = {article.slug: states.words(article) for article in Article.objects.all()}
    labels = {slug: [str(word) for word in words] for slug, words in found.items()}
    published, withdrawn = (str(Article.Status(code).label) for code in ("published", "withdrawn"))
    assert labels == {
        "next-rating-questionnaire": [str(states.OF_REVIEW["open"])],
        "waste-sorting-three-courtyards": [str(states.OF_REVIEW["returned"])],
        "open-data-of-the-portal": [str(states.SCHEDULED)],
        "osh-stairs": [published, str(states.CORRECTED)],
        "photo-report-without-consent": [withdrawn],
    }
    assert ReviewNote.objects.filter(resolved_at__isnull=False).count() == 1
    assert [due.slug for due in due_pages(anna)] == ["join"]
    assert PreviewLink.objects.get().record.slug == "open-data-of-the-portal"
