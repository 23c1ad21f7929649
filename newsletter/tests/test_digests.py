"""One letter a week to a city: what is asked of it, with deadlines by their own clocks."""

import datetime

import pytest
from django.utils.translation import get_language

from mailing.models import Message
from members import attention
from members.tests.factories import make_member
from newsletter import digests, links, tasks
from newsletter.models import Digest, DigestOptOut

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 16, 7, 0, tzinfo=datetime.UTC)
DEADLINE = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def asked(monkeypatch):
    """The providers of what is asked: this test's alone."""
    monkeypatch.setattr(attention, "_providers", [])

    def ask(title_ru="Заявка", title_en="Entry", **fields):
        def provider(member, user):
            title = title_ru if get_language() == "ru" else title_en
            yield attention.Attention(
                title=title, url=f"/en/cabinet/{member.slug}/", action="Do it", **fields
            )

        attention.register(provider)

    return ask


@pytest.fixture
def kazan():
    return make_member("kazan")


def letters():
    return Message.objects.filter(kind="newsletter.digest").order_by("email")


def test_each_representative_reads_their_language_first_once_a_week(
    asked, kazan, make_representative
):
    asked(deadline=DEADLINE, zone="Asia/Bishkek")
    make_representative(kazan, "a@example.org", language="ru")
    make_representative(kazan, "b@example.org", language="en")

    assert digests.write_due(MONDAY) == 2
    assert digests.write_due(MONDAY + datetime.timedelta(days=3)) == 0
    russian, english = letters()
    assert "18:00" in english.text_body
    assert "Bishkek time (UTC+6)" in english.text_body
    assert english.text_body.index("Entry") < english.text_body.index("Заявка")
    assert russian.text_body.index("Заявка") < russian.text_body.index("Entry")
    assert (russian.is_bulk, russian.about) == (True, kazan)
    week = Digest.objects.get()
    assert (week.week, week.things, week.letters) == (datetime.date(2026, 11, 16), 1, 2)
    assert digests.write_due(MONDAY + datetime.timedelta(days=7)) == 2


def test_nothing_to_ask_is_no_letter(asked, kazan, make_representative):
    make_representative(kazan, "a@example.org")
    make_member("ufa", "Уфа", "Ufa")

    assert digests.write_due(MONDAY) == 0
    assert sorted(Digest.objects.values_list("letters", "things")) == [(0, 0), (0, 0)]
    asked()
    assert digests.write_due(MONDAY) == 0


def test_one_member_that_fails_keeps_no_other_and_is_asked_again(
    asked, kazan, make_representative, monkeypatch
):
    asked()
    make_representative(kazan, "a@example.org")
    make_representative(make_member("ufa", "Уфа", "Ufa"), "b@example.org")
    real = attention.attention_for

    def fails_for_kazan(member, user):
        if member.slug == "kazan":
            raise RuntimeError
        return real(member, user)

    monkeypatch.setattr(attention, "attention_for", fails_for_kazan)
    assert digests.write_due(MONDAY) == 1
    monkeypatch.setattr(attention, "attention_for", real)
    assert digests.write_due(MONDAY) == 1
    assert [mail.email for mail in letters()] == ["a@example.org", "b@example.org"]


def test_digest_is_turned_off_by_one_click_and_on_in_the_cabinet(
    asked, kazan, make_representative, client, client_of
):
    asked()
    user = make_representative(kazan, "a@example.org", language="en")
    digests.write_due(MONDAY)
    link = letters().get().unsubscribe_url.removeprefix("http://testserver")
    assert link == f"/en/newsletter/weekly/{links.user_token(user)}/"

    assert "One click" in client.get(link).content.decode()
    assert not DigestOptOut.objects.exists()
    assert "No weekly digest any more" in client.post(link).content.decode()
    assert "Already done" in client.post(link).content.decode()
    assert digests.write_due(MONDAY + datetime.timedelta(days=7)) == 0
    assert Digest.objects.first().turned_off == 1

    cabinet = f"/en/cabinet/{kazan.slug}/digest/"
    own = client_of(user)
    assert "You have turned this letter off" in own.get(cabinet).content.decode()
    own.post(cabinet, {"digest": "on"})
    assert "You get this letter" in own.get(cabinet).content.decode()
    own.post(cabinet, {"digest": "off"})
    assert not digests.is_on(user.pk)


def test_staff_see_who_got_it(asked, kazan, make_representative, editor, client_of):
    asked()
    make_representative(kazan, "a@example.org")
    tasks.write_digests()
    client = client_of(editor)

    assert client.get("/admin/newsletter/digest/").status_code == 200
    page = client.get(f"/admin/newsletter/digest/{Digest.objects.get().pk}/change/")
    assert "a@example.org" in page.content.decode()
