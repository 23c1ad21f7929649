"""The demonstration shows staff what there is to decide about delegations."""

import pytest
from django.urls import reverse

from accounts.models import User
from events.models import ChangeRequest, Participant
from events.tests.posting import text_of

pytestmark = pytest.mark.django_db


def test_there_is_something_of_every_kind_to_decide(client):
    assert {
        "over quota": Participant.objects.to_decide().exists(),
        "pending": Participant.objects.to_approve().count(),
        "waiting": Participant.objects.filter(status="waiting").exists(),
        "late": ChangeRequest.objects.filter(state="open").count(),
        "in a part": Participant.objects.active().filter(whole__isnull=False).count(),
    } == {"over quota": True, "pending": 2, "waiting": True, "late": 1, "in a part": 1}

    client.force_login(User.objects.get(email="admin@example.org"))
    request = ChangeRequest.objects.get()
    page = text_of(client.get(reverse("admin:events_changerequest_change", args=[request.pk])))
    assert "<ins>Алсу Гарипова</ins>" in page
