"""The main job from end to end, as the people of the demonstration do it, in both languages."""

import datetime
import re
import zoneinfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from attendance import certificates
from content.models import IssuedDocument
from events.models import Event, Participant
from mailing import tasks
from members.models import Member
from tests.browser.actions import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")
WORDS = {
    "ru": {"locale": "ru-RU", "slogan": "Город у гор", "days": ["Сегодня", "Завтра"]},
    "en": {"locale": "en-GB", "slogan": "A city by the mountains", "days": ["Today", "Tomorrow"]},
}


@pytest.fixture
def event(demonstration) -> Event:
    """An event with free places that starts within a day, so that its reminder is due."""
    event = Event.objects.open_for_registration().filter(slug="council-kazan").get()
    event.starts_at = timezone.now() + datetime.timedelta(hours=20)
    event.ends_at = event.starts_at + datetime.timedelta(hours=4)
    event.registration_closes_at = timezone.now() + datetime.timedelta(hours=10)
    event.quota = 3
    event.save()
    return event


def look_around(page, language: str, event: Event) -> None:
    """Home, a news item, an event and a city, as a visitor; no cookie comes with them."""
    page.goto(f"/{language}/")
    assert page.locator("html").get_attribute("lang") == language
    page.locator("main .story a").first.click()
    page.wait_for_url(re.compile(rf"/{language}/news/[\w-]+/"))
    page.goto(f"/{language}/events/{event.slug}/")
    assert page.locator("main h1").inner_text()
    page.goto(f"/{language}/members/bishkek/")
    assert page.locator("main h1").inner_text() in ("Бишкек", "Bishkek")
    assert page.context.cookies() == []


def propose_slogan(page, language: str, slogan: str) -> None:
    page.goto(f"/{language}/cabinet/bishkek/profile/")
    page.locator(f"[name=slogan_{language}]").fill(slogan)
    with page.expect_navigation():
        page.locator("main form[method=post] .form-end button[type=submit]").first.click()


def accept_it(page) -> None:
    page.goto("/admin/members/profileupdate/")
    page.locator("#result_list").get_by_role("link").filter(has_text="Бишкек").first.click()
    with page.expect_navigation():
        page.locator("input[name=_accept_all]").click()


def register_three(page, language: str, event: Event) -> None:
    page.goto(f"/{language}/cabinet/bishkek/events/{event.slug}/")
    for number, (russian, latin) in enumerate(
        [("Нурлан Асанов", "Nurlan Asanov"), ("Айжан Токтоева", "Aizhan Toktoeva"),
         ("Бакыт Жумалиев", "Bakyt Zhumaliev")]
    ):  # fmt: skip
        page.locator(f"[name=people-{number}-name_cyrillic]").fill(russian)
        page.locator(f"[name=people-{number}-name_latin]").fill(latin)
    page.locator("[name=people-0-email]").fill("bishkek@example.org")
    page.locator("[name=people-0-language]").select_option(language)
    page.locator("[name=people-head][value=people-0]").check()
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]:not([name])").click()


def reminder_of(event: Event, language: str) -> str:
    """The subject of the reminder, by the calendar of Kazan, where the event is."""
    days = (event.starts_at.astimezone(KAZAN).date() - timezone.now().astimezone(KAZAN).date()).days
    title = {"ru": event.title_ru, "en": event.title_en}[language]
    return f"{WORDS[language]['days'][days]}: {title}"


def reminders_in(inbox, event: Event) -> list[str]:
    """The subjects that name a day before this event's title, as the admin lists them."""
    subjects = inbox.locator("#result_list tbody .field-subject").all_inner_texts()
    days = tuple(word for words in WORDS.values() for word in words["days"])
    titles = (event.title_ru, event.title_en)
    return sorted(line for line in subjects if line.startswith(days) and line.endswith(titles))


def check_in_by_code(page, event: Event, code: str) -> None:
    """At the door: the code of the badge is typed, a second time it says that it is known."""
    for tone in ("good", "known"):
        page.goto(f"/ru/door/{event.slug}/")
        page.locator("[name=code]").fill(code)
        page.locator("form[data-scan] button").click()
        page.locator(f".answer--{tone}").wait_for()


def issue_certificate(page, event: Event, person: Participant) -> IssuedDocument:
    """On the page after the event: one person is chosen and the button pressed."""
    page.goto(f"/admin/attendance/newsdraft/event/{event.pk}/")
    page.locator(f"[name=person][value='{person.pk}']").check()
    with page.expect_navigation():
        page.locator("button[name=deed][value=issue]").click()
    return IssuedDocument.objects.of(certificates.CODE, person).valid().get()


def check_certificate(page, language: str, document: IssuedDocument) -> None:
    """Anybody types the number and reads that the paper is valid."""
    page.goto(f"/{language}/check/?q={document.number}")
    assert page.locator("main .notice--good").count() > 0
    assert document.number in page.locator("main").inner_text()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_main_job_from_visit_to_reminder_and_certificate(open_page, event, language):
    words = WORDS[language]
    call_command("catalogue", "compile")
    visitor = open_page(locale=words["locale"])
    look_around(visitor, language, event)

    city = open_page(locale=words["locale"])
    sign_in(city, "bishkek@example.org")
    propose_slogan(city, language, words["slogan"])
    visitor.goto(f"/{language}/members/bishkek/?before")
    assert words["slogan"] not in visitor.content()

    staff = open_page()
    sign_in(staff, "admin@example.org")
    accept_it(staff)
    assert getattr(Member.objects.get(slug="bishkek"), f"slogan_{language}") == words["slogan"]
    visitor.goto(f"/{language}/members/bishkek/")
    assert words["slogan"] in visitor.locator("main").inner_text().replace("\u00a0", " ")

    register_three(city, language, event)
    delegation = event.delegations.get(member__slug="bishkek")
    assert [person.status for person in delegation.participants.order_by("order")] == [
        "confirmed"
    ] * 3

    for _ in range(2):  # the second run repeats nothing
        tasks.plan_reminders()
        tasks.deliver_due()
        staff.goto("/admin/mailing/inboxmail/?q=bishkek@")
        # One to the person with an address in the language chosen for them, one to the
        # representative, who reads Russian, for the two without.
        expected = [reminder_of(event, code) for code in (language, "ru")]
        assert reminders_in(staff, event) == sorted(expected)

    person = delegation.participants.get(is_head=True)
    check_in_by_code(staff, event, person.badge_code)
    document = issue_certificate(staff, event, person)
    assert document.holder_en == "Nurlan Asanov"
    check_certificate(visitor, language, document)
