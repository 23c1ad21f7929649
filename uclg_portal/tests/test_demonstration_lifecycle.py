import pytest

from accounts.tests.factories import make_user
from members import lifecycle
from members.models import CountingRule, Member, MembershipApplication, Prospect
from uclg_portal.demonstration import lifecycle as demonstration
from uclg_portal.demonstration import members, site

pytestmark = pytest.mark.django_db


def test_demonstration_shows_every_state_of_a_member():
    by = make_user("admin@example.org")
    site.load_topics()
    members.load(by, {})
    demonstration.load(by)

    slugs = ("kazan", "kyzyl", "magnitogorsk", "balti", "comrat")
    found = {slug: lifecycle.status_on(Member.objects.get(slug=slug)) for slug in slugs}
    assert found == {
        "kazan": "member", "kyzyl": "suspended", "magnitogorsk": "former", "balti": "accepted",
        "comrat": None,
    }  # fmt: skip
    states = MembershipApplication.objects.order_by("pk").values_list("name_en", "state")
    assert list(states) == [
        ("Batken", "received"), ("Institute of City Archives", "before_body")
    ]  # fmt: skip
    assert [rule.counts_from for rule in CountingRule.objects.all()] == ["decision", "payment"]
    linked = Prospect.objects.get(application__isnull=False)
    assert (linked.name_en, linked.state) == ("Batken", "applied")
    topics = Member.objects.get(slug="bukhara").topics.values_list("slug", flat=True)
    assert list(topics) == ["heritage"]
