import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from members import moderation
from members.models import Confirmation, ProfileUpdate
from members.quiet import quiet_members
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=400)


def slugs(members) -> list[str]:
    return sorted(member.slug for member in members)


def test_member_without_a_sign_of_life_is_quiet(member, rep, make_user):
    make_member("guest", "Гость", "Guest", is_member=False)
    tver = make_member("tver", "Тверь", "Tver")
    make_representative(make_user("t@example.org", last_login=timezone.now()), tver)
    confirmed = make_member("ufa", "Уфа", "Ufa")
    Confirmation.objects.create(
        member=confirmed, year=2026, opened_on="2026-02-01", deadline="2026-03-15",
        answered_at=timezone.now(), answered_by=rep,
    )  # fmt: skip

    assert slugs(quiet_members()) == ["kazan"]
    update = moderation.propose(member, rep, {"phone": "+7 1"})
    assert slugs(quiet_members()) == []
    ProfileUpdate.objects.filter(pk=update.pk).update(submitted_at=LONG_AGO)
    assert slugs(quiet_members()) == ["kazan"]


def test_staff_list_silent_members_and_those_without_anybody(client_of, lead, member, rep):
    make_member("ufa", "Уфа", "Ufa")
    office = client_of(lead)
    address = reverse("admin:members_member_changelist")

    found = {
        value: slugs(office.get(f"{address}?quiet={value}").context["cl"].result_list)
        for value in ("quiet", "alone")
    }

    assert found == {"quiet": ["kazan", "ufa"], "alone": ["ufa"]}
