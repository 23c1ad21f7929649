"""The demonstration shows the newsletter in every state."""

import pytest

from mailing.models import Message
from news.tests.factories import make_article
from newsletter import sending, subscribing
from newsletter.models import Bounce, Bulletin, Subscription
from uclg_portal.demonstration import newsletter

pytestmark = pytest.mark.django_db


def test_demonstration_has_readers_issues_and_a_bounce(make_user, client):
    make_article(title_en="The retreat is over")
    users = {
        "editor@example.org": make_user("editor@example.org", roles=["editor"]),
        "admin@example.org": make_user("admin@example.org", roles=["lead"]),
    }
    newsletter.load(users)

    states = sorted(Subscription.objects.values_list("state", flat=True))
    assert states == ["active"] * 9 + ["left", "paused", "waiting"]
    sent, draft = Bulletin.objects.order_by("pk")
    assert (sent.number, sent.letters, draft.is_draft) == (1, 8, True)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert Message.objects.filter(kind=subscribing.LETTER).count() == 8
    assert (Bounce.objects.get().kind, sending.is_approved(draft)) == ("hard", False)
    assert "The retreat is over" in client.get("/en/newsletter/1/").content.decode()
