"""The pages about the association, and its contacts."""

import datetime
import zoneinfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from association import achievements, contacts
from association.models import ContactCard, OfficeHours, Partner
from association.tests.factories import make_card, make_partner, make_staff_member
from content.dated import today
from content.models import Page
from content.tests.factories import make_topic
from events.tests.factories import make_event
from governance.tests.factories import make_organisation

pytestmark = pytest.mark.django_db
KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")


def _page(slug: str) -> Page:
    return Page.objects.create(
        slug=slug, title_ru="Контакты", title_en="Contacts", status="published",
        published_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )  # fmt: skip


def test_days_with_the_same_hours_are_one_line():
    card = make_card()
    OfficeHours.objects.filter(weekday=4, opens_at=datetime.time(13)).update(
        closes_at=datetime.time(16)
    )

    lines = contacts.hours(card)

    assert [(line.first, line.last) for line in lines] == [(0, 3), (4, 4)]
    assert lines[1].spans == (
        (datetime.time(9), datetime.time(12)), (datetime.time(13), datetime.time(16))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime.datetime(2026, 11, 23, 9, 0, tzinfo=KAZAN), True),
        (datetime.datetime(2026, 11, 23, 12, 30, tzinfo=KAZAN), False),
        (datetime.datetime(2026, 11, 23, 18, 0, tzinfo=KAZAN), False),
        (datetime.datetime(2026, 11, 22, 10, 0, tzinfo=KAZAN), False),
        # 8 in the morning in Bishkek is 5 in Kazan.
        (datetime.datetime(2026, 11, 23, 8, 0, tzinfo=zoneinfo.ZoneInfo("Asia/Bishkek")), False),
        (datetime.datetime(2026, 11, 23, 12, 0, tzinfo=zoneinfo.ZoneInfo("Asia/Bishkek")), True),
    ],
)
def test_the_office_is_open_by_the_associations_clock(moment, is_open):
    assert contacts.is_open(contacts.hours(make_card()), moment) is is_open


def test_contacts_stand_in_one_place_and_on_every_page(client, django_capture_on_commit_callbacks):
    _page("contacts"), make_staff_member()
    before = client.get("/en/contacts/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        card = make_card()

    page = client.get("/en/contacts/").content.decode()

    assert "Mislavsky street" not in before
    assert page.count("Mislavsky street, Kazan") == 2  # the page and the footer
    assert "Answers in: Russian, French" in page
    card.address_en = "1 New street, Kazan"
    with django_capture_on_commit_callbacks(execute=True):
        card.save()
    assert client.get("/en/contacts/").content.decode().count("1 New street, Kazan") == 2


def test_there_is_one_contact_card():
    make_card()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactCard.objects.create(name_ru="Вторая")


def test_partners_stand_by_kind_and_only_those_of_today(client):
    make_partner("UN-Habitat", kind=Partner.Kind.WORLD)
    make_partner("Former friend", ends_on=today() - datetime.timedelta(days=1))
    make_partner("A supporter", kind=Partner.Kind.SUPPORTER, role_en="Pays for the hall.")

    page = client.get("/en/about/partners/").content.decode()

    assert page.index("World organisations") < page.index("UN-Habitat") < page.index("Supporters")
    assert "Pays for the hall." in page
    assert "Former friend" not in page


@pytest.mark.parametrize("count", [1, 5])
def test_pages_about_the_association_ask_a_constant_number_of_questions(
    client, django_assert_max_num_queries, count
):
    for number in range(count):
        make_partner(f"P{number}")
        make_staff_member(f"S{number}")
        make_organisation(f"section-{number}", kind="section")
    for name, most in (("structure", 4), ("partners", 3)):
        client.get(reverse(f"association:{name}"))
        make_topic(f"bump-{name}")
        with django_assert_max_num_queries(most):
            client.get(reverse(f"association:{name}"))


def test_structure_shows_sections_under_the_world_body(client):
    world = make_organisation("uclg", kind="world_body")
    make_organisation("uclg-eurasia", kind="section", parent=world)
    make_organisation("iac", kind="association")

    page = client.get("/en/about/structure/").content.decode()

    assert page.index("/organisations/uclg/") < page.index("/organisations/uclg-eurasia/")
    assert "/organisations/iac/" not in page


def test_achievements_count_what_was_held_and_name_congresses():
    past = datetime.datetime(2018, 10, 3, 9, tzinfo=KAZAN)
    congress = make_event("congress", kind="congress", starts_at=past, title_en="Congress",
                          ends_at=past + datetime.timedelta(hours=8))  # fmt: skip
    make_event(
        "seminar", kind="seminar", starts_at=past, ends_at=past + datetime.timedelta(hours=8)
    )
    make_event("draft", kind="congress", status="draft", published_at=None, starts_at=past,
               ends_at=past + datetime.timedelta(hours=8))  # fmt: skip

    with translation.override("en"):
        (year,) = [year for year in achievements.years() if year.number == 2018]

    assert year.figures == ["2 events"]
    assert [(entry.title, entry.url) for entry in year.entries] == [
        ("Congress", congress.get_absolute_url().replace("/ru/", "/en/"))
    ]


def test_achievements_page_says_when_nothing_is_recorded(client):
    assert "Nothing is recorded yet." in client.get("/en/about/achievements/").content.decode()
