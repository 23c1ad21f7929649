"""Lists of an event name its members as they were called on its day."""

import datetime
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import translation

from events.tests.factories import make_event, make_member, make_participant
from members import lifecycle
from members.models import MemberName

pytestmark = pytest.mark.django_db
MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")


def make_astana():
    member = make_member("astana", "Астана", "Astana")
    member.names.update(ends_on=datetime.date(2019, 3, 22))
    for name, start, end in (
        ("Nur-Sultan", datetime.date(2019, 3, 23), datetime.date(2022, 9, 16)),
        ("Astana", datetime.date(2022, 9, 17), None),
    ):
        MemberName.objects.create(member=member, name_en=name, starts_on=start, ends_on=end)
    return member


@pytest.mark.parametrize("name", ["delegation", "participant"])
def test_mem_3_delegation_list_bears_the_names_of_the_day(client, events_officer, name):
    member = make_astana()
    for year in (2015, 2020, 2024):
        event = make_event(f"e-{year}", starts_at=datetime.datetime(year, 4, 28, 9, tzinfo=MOSCOW))
        make_participant(event, member=member)
    client.force_login(events_officer)
    client.cookies["django_language"] = "en"

    page = client.get(reverse(f"admin:events_{name}_changelist"))

    with translation.override("en"):
        shown = {
            row.event.starts_at.year: page.context["cl"].model_admin.city(row)
            for row in page.context["cl"].result_list
        }
    assert shown == {2015: "Astana", 2020: "Nur-Sultan", 2024: "Astana"}


def test_mem_6_past_events_of_a_former_member_stay(client):
    member = make_member()
    moment = datetime.datetime(2020, 4, 28, 9, tzinfo=MOSCOW)
    make_event("spring", title_en="Spring meeting", starts_at=moment, host_member=member)
    lifecycle.record(member, "former", datetime.date(2025, 1, 1), by=None, reason_en="Left")

    pages = [client.get(f"/en/{path}/").content.decode() for path in
             ("members/kazan", "events/spring")]  # fmt: skip

    assert "Former member" in pages[0].replace("\xa0", " ")
    assert ["Spring meeting" in page for page in pages] == [True, True]
    assert 'href="/en/members/kazan/"' in pages[1]
