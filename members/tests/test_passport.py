"""The passport: what it shows, of whom, as of which day, and what it costs."""

import datetime

import pytest
from django.test import Client
from django.utils import translation

from content.models import PictureRendition
from content.privatefiles import keep_bytes
from content.tests.factories import make_picture
from events.tests.factories import make_event
from members import passport
from members.models import (
    Confirmation,
    Department,
    DepartmentContact,
    MemberName,
    MemberPhoto,
    PaperLetter,
    StatusChange,
)
from members.passport_views import sections_of
from members.tests.factories import make_figure, make_member, make_period, make_size_categories

pytestmark = pytest.mark.django_db

KAZAN = "/en/members/kazan/"


def day(year, month=1, number=1):
    return datetime.date(year, month, number)


def noon(year, month, number):
    return datetime.datetime(year, month, number, 9, 0, tzinfo=datetime.UTC)


def shown(path=KAZAN, **data) -> str:
    """The page, its spaces told alike."""
    return Client().get(path, data).content.decode().replace("\u00a0", " ")


def make_shown_picture(**texts):
    picture = make_picture(**texts)
    PictureRendition.objects.create(
        picture=picture, format="webp", width=400, height=300, file=f"renditions/{picture.pk}.webp"
    )
    return picture


def make_renamed() -> None:
    member = make_member("kazan", "Казань", "Kazan", is_member=False)
    make_period(member, day(2010, 5, 12), starts_precision="day")
    member.names.all().delete()
    MemberName.objects.create(
        member=member, name_ru="Старая", name_en="Oldtown", ends_on=day(2015, 6, 30)
    )
    MemberName.objects.create(
        member=member, name_ru="Казань", name_en="Kazan", starts_on=day(2015, 7, 1)
    )
    make_figure(member, 2010, 1_143_535)
    make_figure(member, 2020, 1_257_391)


# What stands on the page.


def test_capitals_kind_and_size_are_marked():
    make_size_categories()
    make_member(is_country_capital=True, is_region_capital=True, population=1_318_604)

    html = shown()

    chips = ["Capital of its country", "Capital of its region", "City", "Metropolitan city"]
    assert [html.count(f'<li class="chip">{chip}</li>') for chip in chips] == [1, 1, 1, 1]


def test_own_emblem_stands_in_place_of_the_gate():
    make_member(emblem=make_shown_picture(alt_en="Coat of arms with a dragon"))

    html = shown()

    assert 'class="crest crest--own"' in html
    assert 'alt="Coat of arms with a dragon"' in html
    assert "img/gate-" not in html


def test_emblem_that_has_no_rendition_yet_leaves_the_gate():
    make_member(emblem=make_picture())

    assert "img/gate-" in shown()


def test_own_photos_follow_with_text_and_author_and_the_first_one_is_not_repeated():
    member = make_member()
    first, second = make_shown_picture(), make_shown_picture(caption_en="Quay", credit="A. Author")
    member.photo = first
    member.save()
    for picture in (first, second):
        MemberPhoto.objects.create(member=member, picture=picture)

    html = shown()

    assert html.count('class="photos__pic"') == 1
    assert "Quay A. Author" in html


def test_links_for_investors_and_visitors_stand_beside_the_website():
    make_member(
        website="https://kazan.example.org/start/", investment_url="https://invest.example.org/",
        tourism_url="https://visit.example.org/",
    )  # fmt: skip

    html = shown()

    for address in ("kazan.example.org/start/", "invest.example.org/", "visit.example.org/"):
        assert f'href="https://{address}"' in html
    assert '<span class="meta">kazan.example.org</span>' in html


def test_office_shows_the_mailbox_and_only_people_who_agreed():
    member = make_member()
    office = Department.objects.create(
        member=member, name_ru="Отдел", name_en="International office", email="box@example.org"
    )
    DepartmentContact.objects.create(
        department=office, full_name_en="Anna Open", job_en="Adviser", email="anna@example.org",
        is_public=True,
    )  # fmt: skip
    DepartmentContact.objects.create(
        department=office, full_name_en="Boris Hidden", email="boris@example.org", phone="123"
    )

    html = shown()

    assert "International office" in html
    assert "mailto:box@example.org" in html
    assert "Anna Open" in html
    assert "boris" not in html.lower()


def test_mailbox_of_a_department_is_not_told_twice():
    member = make_member(email="box@example.org", phone="+7 843 000-00-00")
    Department.objects.create(member=member, name_en="Office", email="box@example.org")

    html = shown()

    assert html.count("mailto:box@example.org") == 1
    assert "+7 843 000-00-00" in html


def test_department_with_nothing_to_read_is_left_out():
    member = make_member()
    office = Department.objects.create(member=member, name_en="Silent office")
    DepartmentContact.objects.create(department=office, full_name_en="Boris Hidden")

    assert "Silent office" not in shown()


def make_confirmed(member, make_user, **fields):
    user = make_user("rep@example.org")
    return Confirmation.objects.create(
        member=member, year=2026, opened_on=day(2026, 1, 10), deadline=day(2026, 3, 31),
        answered_at=noon(2026, 3, 14), answered_by=user,
        **fields,
    )  # fmt: skip


def test_page_says_when_the_city_confirmed_it_and_who_keeps_it(make_user):
    member = make_member()
    Department.objects.create(member=member, name_en="Press office", phone="1")
    make_confirmed(member, make_user)

    html = shown()

    assert 'Confirmed on <time datetime="2026-03-14">14 March 2026</time>.' in html
    assert "Responsible for the content: Press office" in html
    assert 'checked again by <time datetime="2027-03-14">14 March 2027</time>' in html


def test_question_of_an_earlier_round_that_nobody_answered_says_nothing(make_user):
    member = make_member()
    Confirmation.objects.create(
        member=member, year=2024, opened_on=day(2024, 2, 1), deadline=day(2024, 3, 14)
    )
    make_confirmed(member, make_user)

    assert 'checked again by <time datetime="2027-03-14">14 March 2027</time>' in shown()


def test_page_confirmed_by_letter_says_so(make_user, editor):
    member = make_member()
    scan = keep_bytes(b"%PDF-1.7 letter", "letter.pdf", "application/pdf", "letter", editor)
    letter = PaperLetter.objects.create(
        member=member, dated=day(2026, 5, 12), scan=scan, entered_by=editor
    )
    make_confirmed(member, make_user, letter=letter)

    assert 'by letter of <time datetime="2026-05-12">12 May 2026</time>.' in shown()


def test_page_that_nobody_confirmed_claims_nothing():
    make_member()

    assert "Confirmed on" not in shown()


def test_mem_4_suspended_member_keeps_its_page_and_says_since_when():
    member = make_member()
    StatusChange.objects.create(
        member=member, status="suspended", happened_on=day(2025, 3, 1), precision="month",
        reason_en="Dues of two years",
    )  # fmt: skip

    html = shown()

    assert '<li class="chip chip--warn">Membership suspended since March 2025</li>' in html
    assert "Member since 2004" in html
    assert "Dues of two years" not in html


def test_figures_by_year_are_a_table_with_a_sentence():
    member = make_member()
    make_figure(member, 2010, 1_000_000)
    make_figure(member, 2024, 1_300_000)

    html = shown()

    assert "1,000,000 in 2010, 1,300,000 in 2024: 30 per cent more." in html
    assert '<rect class="chart__bar" width="76.9" height="8"/>' in html
    assert "Rosstat</td>" in html


def test_one_population_needs_no_table_of_years():
    make_member(population=5)

    assert 'id="figures"' not in shown()


def test_years_beyond_the_first_ones_are_folded_away():
    member = make_member()
    for year in range(2001, 2025):
        make_figure(member, year, 1_000 + year)
        make_event(f"event-{year}", host_member=member, starts_at=noon(year, 6, 1))  # fmt: skip

    html = shown()

    assert "16 earlier years" in html
    assert "Earlier years: 2001–2018" in html


def test_chronicle_tells_its_entries_with_kind_and_day():
    member = make_member()
    starts_at = noon(2018, 10, 9)
    make_event("congress", host_member=member, starts_at=starts_at, title_en="Congress in Kazan")

    html = shown()

    assert '<a href="/en/events/congress/">Congress in Kazan</a>' in html
    assert 'Host of an event · <time datetime="2018-10-09">9 October 2018</time>' in html
    assert "Joined the association" in html


def test_attribution_and_the_lines_for_another_site_can_be_copied(settings):
    make_member()

    html = shown()

    assert f"Kazan – UCLG-Eurasia, {settings.SITE_URL}{KAZAN}, CC BY 4.0" in html
    assert f'&lt;iframe src="{settings.SITE_URL}{KAZAN}embed/"' in html
    assert f'href="{KAZAN}passport.json"' in html


def test_sections_come_from_the_headings():
    body = "".join(f'<h2 id="s{n}" class="h3">A &amp; B</h2>' for n in range(4))
    body += '<h2 id="facts">Facts</h2>'

    assert sections_of(body) == [(f"s{n}", "A &amp; B") for n in range(4)]
    assert sections_of(body[:60]) == []


def test_long_page_has_a_list_of_its_sections():
    member = make_member(website="https://kazan.example.org/", population=5)
    make_figure(member, 2010)

    html = shown()

    assert '<nav class="subnav" aria-label="On this page">' in html
    assert '<li><a href="#chronicle">Chronicle</a></li>' in html


# As of a day.


def test_mem_3_page_as_of_a_day_bears_the_name_of_that_day():
    make_renamed()

    html = shown(as_of="2015-06-30")

    assert "<h1>Oldtown</h1>" in html
    assert 'As of <time datetime="2015-06-30">30 June 2015</time>' in html
    assert "1,143,535" in html
    assert "1,257,391" not in html
    assert "Kazan" not in html.partition("<main")[2].partition("</main>")[0].replace(
        "Kazan time", ""
    )


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("2009", "Oldtown", "Not a member of the association"),
        ("2010-05", "Oldtown", "Member since 12 May 2010"),
        ("2015", "Kazan", "Member since 12 May 2010"),
    ],
)
def test_month_or_year_means_its_last_day(client, text, name, words):
    make_renamed()

    response = client.get(KAZAN, {"as_of": text})

    assert (response.context["member"].name_en, response.context["passport"].membership) == (
        name, words,
    )  # fmt: skip


def test_contacts_of_today_are_not_those_of_another_day():
    make_member(email="box@example.org")

    assert "box@example.org" in shown()
    assert "box@example.org" not in shown(as_of="2015")


def test_association_is_not_asked_for_inhabitants():
    make_member(kind="association")

    assert "Not stated" not in shown()


def test_as_of_shows_status_and_chronicle_of_that_day():
    member = make_member()
    for status, on in [("suspended", day(2015)), ("member", day(2017))]:
        StatusChange.objects.create(
            member=member, status=status, happened_on=on, precision="year", reason_en="x"
        )

    html = shown(as_of="2016-05-01")

    assert "Membership suspended since 2015" in html
    assert "Membership restored" not in html
    assert 'class="chip chip--warn"' not in shown()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("yesterday", "Write a day as 2015-06-30, a month as 2015-06 or a year as 2015."),
        ("2015-02-30", "Write a day as 2015-06-30, a month as 2015-06 or a year as 2015."),
        ("2199-01-01", "This day is still to come."),
    ],
)
def test_day_that_is_none_is_refused_in_words_and_today_is_shown(text, message):
    make_renamed()

    html = shown(as_of=text)

    assert message in html
    assert "The page is shown as of today." in html
    assert "<h1>Kazan</h1>" in html


def test_page_as_of_a_day_is_kept_from_search_engines():
    make_renamed()

    assert '<meta name="robots" content="noindex">' in shown(as_of="2015")
    assert '<meta name="robots" content="noindex">' not in shown()


def test_old_address_keeps_the_day(client):
    member = make_member()
    member.slug = "kazan-city"
    member.save()

    response = client.get(KAZAN, {"as_of": "2015"})

    assert (response.status_code, response["Location"]) == (
        301, "/en/members/kazan-city/?as_of=2015",
    )  # fmt: skip


def test_passport_of_a_day_is_never_saved_as_the_name_of_today():
    make_renamed()

    with translation.override("en"):
        passport.of(passport.find("kazan"), day(2012))

    assert passport.find("kazan").name_en == "Kazan"
