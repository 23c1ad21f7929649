"""Translators hear once a day what of their share became outdated."""

import datetime

import pytest
from django.utils import timezone

from content.models import TranslationState
from mailing import reminders
from mailing.models import Message
from translating import claims
from translating.digest import morning_after, outdated_shares
from translating.tests.factories import entry_of, make_page

pytestmark = pytest.mark.django_db

UTC = datetime.UTC


def written() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("email", "occasion"))


def test_one_letter_a_day_names_all_that_became_outdated(translator, editor):
    for slug in ("one", "two", "free"):
        page = make_page(slug, title_ru=f"Страница {slug}")
        if slug != "free":
            claims.give(entry_of(page), translator, editor)
        page.body_ru = "<p>Другое.</p>"
        page.save()
        page.body_ru = "<p>Третье.</p>"
        page.save()
    now = timezone.now()
    morning = morning_after(now)

    assert list(outdated_shares(now)) == []
    for later in (0, 1, 2):
        reminders.write(outdated_shares(morning + datetime.timedelta(hours=later)))

    occasion = f"translating.outdated:{translator.pk}:{morning:%Y-%m-%d}"
    assert written() == [(translator.email, occasion)]
    body = Message.objects.get().text_body
    assert "Страница one" in body
    assert "Страница two" in body
    assert "Страница free" not in body


def test_what_is_translated_before_morning_needs_no_letter(translator):
    page = make_page()
    claims.give(entry_of(page), translator, translator)
    page.title_ru = "Кто мы"
    page.save()
    TranslationState.objects.update(state="current")

    assert list(outdated_shares(morning_after(timezone.now()))) == []


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2026, 3, 1, 3, 0), (2026, 3, 1, 4, 0)),  # Moscow is three hours ahead
        ((2026, 3, 1, 4, 0), (2026, 3, 2, 4, 0)),
    ],
)
def test_morning_is_seven_by_the_association_s_clock(moment, expected):
    found = morning_after(datetime.datetime(*moment, tzinfo=UTC))

    assert found.astimezone(UTC) == datetime.datetime(*expected, tzinfo=UTC)
