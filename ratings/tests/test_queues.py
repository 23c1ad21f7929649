"""What waits for staff: a questionnaire whose window begins and that nobody opened."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from ratings import queues
from ratings.models import Edition
from ratings.tests.factories import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("columns", "waits"),
    [
        ({}, True),
        ({"opens_at": 13}, True),
        ({"opens_at": 15}, False),
        ({"closes_at": -1, "opens_at": -9}, False),
        ({"kind": "known"}, False),
        ({"status": "withdrawn"}, False),
        ({"opened_at": -1}, False),
    ],
)
def test_edition_waits_to_be_opened(columns, waits):
    now = timezone.now()
    moments = {
        name: now + value * DAY if isinstance(value, int) else value
        for name, value in columns.items()
    }
    edition = make_edition(**{"opened_at": None, "closes_at": now + 40 * DAY} | moments)
    assert list(queues.to_open(now)) == ([edition] if waits else [])


def test_queue_leads_to_the_list_of_what_is_to_be_opened(client, ratings_officer):
    make_edition(opened_at=None)
    opened = make_edition()
    titles = {str(queue.title): queue for queue in queues.queues(ratings_officer)}
    queue = titles["Questionnaires to open"]
    assert (queue.count, queue.is_hot) == (1, True)
    assert queue.url == reverse("admin:ratings_edition_changelist") + "?questionnaire=to-open"
    client.force_login(ratings_officer)
    shown = client.get(queue.url).context["cl"].queryset
    assert list(shown) == list(Edition.objects.exclude(pk=opened.pk))


def test_translator_has_the_texts_alone(translator):
    titles = [str(queue.title) for queue in queues.queues(translator)]
    assert titles == ["Ratings without a translation", "Editions of ratings without a translation"]
