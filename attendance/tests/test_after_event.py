"""After the event: figures, the public list, the news draft, what the page says."""

import datetime

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from attendance import figures, newsdraft, presence, report
from attendance.figures import Line
from attendance.models import NewsDraft
from content.tests.papers import text_of
from events.models import Delegation, Participant
from events.tests.factories import make_event, make_member, make_participant
from library import publishing
from meetings.tests.factories import make_decision, make_meeting
from members.tests.factories import make_country
from news.models import Article

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def event():
    """Held in June 2026, with a public list."""
    starts_at = datetime.datetime(2026, 6, 10, 7, 0, tzinfo=datetime.UTC)
    return make_event(starts_at=starts_at, shows_participants=True)


@pytest.fixture
def kazan():
    return make_member()


def make_guest(event, **fields) -> Participant:
    """A guest of Izmir, which is no member."""
    delegation, _new = Delegation.objects.get_or_create(
        event=event, member=None, guest_of="Izmir", guest_country="TR"
    )
    values = {"name_latin": "Ayşe Demir", "email": "ayse@example.org", "status": "confirmed",
              "confirmed_at": timezone.now()}  # fmt: skip
    return Participant.objects.create(event=event, delegation=delegation, **{**values, **fields})


def list_page(client, event, language="ru") -> str:
    # A parameter that nobody knows: the page is not kept.
    return client.get(f"/{language}/events/{event.slug}/participants/?fresh").content.decode()


def test_prv_1_without_the_tick_nobody_is_named_and_it_works_both_ways(client, event, kazan):
    agreed = make_participant(event, member=kazan, name_cyrillic="Анна Согласная", is_listed=True)
    silent = make_participant(event, member=kazan, name_cyrillic="Олег Молчащий")

    page = list_page(client, event)
    assert ("Анна Согласная" in page, "Олег Молчащий" in page) == (True, False)
    response = client.get(f"/ru/events/{event.slug}/participants/?fresh")
    group = response.context["cities"][0]
    assert ([row["name"] for row in group.names], group.others) == (["Анна Согласная"], 1)

    Participant.objects.filter(pk=agreed.pk).update(is_listed=False)
    Participant.objects.filter(pk=silent.pk).update(is_listed=True)
    silent.refresh_from_db()
    silent.position_ru = "Советник"
    silent.save()  # another field does not reset the consent
    page = list_page(client, event)
    assert ("Анна Согласная" in page, "Олег Молчащий" in page) == (False, True)


def test_list_exists_only_where_the_event_shows_it(client, event):
    make_participant(event, is_listed=True)
    event.shows_participants = False
    event.save()
    assert client.get(f"/ru/events/{event.slug}/participants/").status_code == 404
    draft = make_event("draft", status="draft", published_at=None, shows_participants=True)
    assert client.get(f"/ru/events/{draft.slug}/participants/").status_code == 404


def test_list_after_the_event_counts_those_who_were_there(client, lead, event, kazan):
    there = make_participant(event, member=kazan, name_cyrillic="Пришла", is_listed=True)
    make_participant(event, member=kazan, name_cyrillic="Не пришёл", is_listed=True)
    make_participant(event, member=kazan, name_cyrillic="Ждал", is_listed=True, status="waiting")
    assert "Не пришёл" in list_page(client, event)
    presence.mark([there], lead)
    page = list_page(client, event)
    assert ("Пришла" in page, "Не пришёл" in page, "Ждал" in page) == (True, False, False)


def test_guests_stand_apart_and_are_no_cities(client, event, kazan):
    make_participant(event, member=kazan)
    make_guest(event, is_listed=True)
    context = client.get(f"/en/events/{event.slug}/participants/").context
    assert [group.label for group in context["cities"]] == ["Kazan"]
    assert [(group.label, group.country) for group in context["guests"]] == [("Izmir", "Türkiye")]
    assert (context["people"], context["countries"]) == (2, 1)


@pytest.mark.parametrize("number", [1, 12])
def test_public_list_takes_as_many_queries_for_many(
    client, event, django_assert_max_num_queries, number
):
    for one in range(number):
        member = make_member(f"m{one}", f"Город {one}", f"City {one}")
        make_participant(event, member=member, is_listed=True)
    list_page(client, event, "en")
    with django_assert_max_num_queries(9):
        response = client.get(f"/ru/events/{event.slug}/participants/")
    assert len(response.context["cities"]) == number


def test_figures_count_cities_countries_and_guests_apart(lead, event, kazan):
    bishkek = make_member("bishkek", "Бишкек", "Bishkek",
                          country=make_country("KG", "Кыргызстан", "Kyrgyzstan"))  # fmt: skip
    there = [make_participant(event, member=kazan) for _one in range(2)]
    make_participant(event, member=kazan)
    make_participant(event, member=bishkek)
    make_participant(event, member=bishkek, status="cancelled")
    guest = make_guest(event)
    presence.mark([*there, guest], lead)

    counted = figures.of(event, "en")

    assert (counted.whole.registered, counted.whole.there, counted.whole.share) == (5, 3, 60)
    assert counted.cities == [
        Line("Bishkek", 1, 0, "Kyrgyzstan"), Line("Kazan", 3, 2, "Russia")
    ]  # fmt: skip
    assert counted.countries == [Line("Kyrgyzstan", 1, 0), Line("Russia", 3, 2)]
    assert counted.guests == [Line("Izmir", 1, 1, "Türkiye")]


def test_figures_of_nobody_are_nought(event):
    counted = figures.of(event)
    assert (counted.whole, counted.whole.share) == (Line("", 0, 0), None)
    assert counted.has_presence is False


@pytest.mark.parametrize("language", ["ru", "en"])
def test_report_on_paper_has_the_figures(lead, event, kazan, language):
    presence.mark([make_participant(event, member=kazan)], lead)
    make_guest(event)
    text = text_of(report.pdf(event, language))
    assert {"ru": "Казань", "en": "Kazan"}[language] in text
    assert "Izmir" in text


def test_news_draft_is_written_once_in_both_languages_without_strangers(
    client_of, lead, event, kazan
):
    make_participant(
        event, member=kazan, name_cyrillic="Анна Согласная", name_latin="Anna Agreed",
        position_ru="мэр", position_en="mayor", is_listed=True,
    )  # fmt: skip
    make_participant(event, member=kazan, name_cyrillic="Олег Молчащий", name_latin="Oleg Silent")
    make_guest(event)
    client = client_of(lead)
    for _press in range(2):
        answer = client.post(reverse("admin:attendance_event", args=[event.pk]), {"deed": "news"})

    article = Article.objects.get()
    assert answer["Location"] == reverse("admin:news_article_change", args=[article.pk])
    assert (article.status, article.is_public()) == ("draft", False)
    assert article.title_en == "Congress of Local Governments: who took part"
    assert article.lead_en == (
        "10 June 2026, City Hall, Kazan. People: 3, member cities: 1, countries: 1."
    )
    assert "Kazan, Russia: Anna Agreed, mayor; not named: 1" in article.body_en
    assert "Izmir, Türkiye: people: 1" in article.body_en
    assert 'href="/en/events/congress/"' in article.body_en
    assert 'href="/ru/events/congress/"' in article.body_ru
    assert "Анна Согласная, мэр" in article.body_ru
    for body in (article.body_ru, article.body_en):
        assert "Молчащий" not in body
        assert "Oleg Silent" not in body
    assert list(article.members.all()) == [kazan]


def test_news_draft_of_nobody_is_refused(lead, event):
    with pytest.raises(newsdraft.DraftRefused):
        newsdraft.write(event, lead)
    assert (Article.objects.count(), NewsDraft.objects.count()) == (0, 0)


def test_news_draft_never_trusts_what_people_typed(lead, event, kazan):
    make_participant(event, member=kazan, name_cyrillic="<script>x</script>", is_listed=True)
    article = newsdraft.write(event, lead).article
    assert "<script" not in article.body_ru


def after(event) -> str:
    return Template("{% load after_tags %}{% after_event event %}").render(
        Context({"event": event})
    )


def test_page_goes_from_the_plan_to_decisions_report_and_news(lead, event, kazan):
    make_participant(event, member=kazan, is_listed=True)
    event.meeting = make_meeting()
    event.save()
    decision = make_decision(event.meeting)
    publication = publishing.publish(decision, lead)
    draft = newsdraft.write(event, lead)
    html = after(event)
    assert "Утвердить план работы." in html
    assert publication.get_absolute_url() in html
    assert reverse("attendance:participants", args=[event.slug]) in html
    assert draft.article.get_absolute_url() not in html  # a draft is nobody's business

    draft.article.status, draft.article.published_at = "published", timezone.now()
    draft.article.save()
    assert draft.article.get_absolute_url() in after(event)


def test_event_to_come_and_cancelled_one_say_nothing(event):
    coming = make_event("coming", shows_participants=True)
    event.status, event.cancelled_at = "cancelled", timezone.now()
    event.save()
    assert (after(coming).strip(), after(event).strip()) == ("", "")


@pytest.mark.parametrize("number", [1, 8])
def test_after_block_takes_a_fixed_number_of_queries(event, django_assert_max_num_queries, number):
    event.meeting = make_meeting()
    event.save()
    for one in range(1, number + 1):
        make_decision(event.meeting, one)
    with django_assert_max_num_queries(4):
        html = after(event)
    assert html.count("Утвердить план работы.") == number
