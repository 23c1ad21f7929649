import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.tests.factories import make_representative
from content.models import AuditEntry
from mailing.models import Message
from members.tests.factories import make_member, make_period
from partnerships import network, stating
from partnerships.models import Partnership
from partnerships.stating import AlreadyThere, Dissent, OutOfDate
from partnerships.tests.factories import A_DAY, make_city, make_partnership, make_stavropol

pytestmark = pytest.mark.django_db


def mails() -> list[tuple[str, str]]:
    """Address and the kind of the occasion, oldest first."""
    return [
        (mail.email, mail.occasion.split(":")[0]) for mail in Message.objects.order_by("pk")
    ]  # fmt: skip


def test_twn_1_a_city_outside_stays_stated_by_the_member(stavropol, rep):
    row = stating.state(
        stavropol, make_city(), rep, signed_on=datetime.date(2012, 1, 1), signed_precision="year"
    )

    assert (row.answer, row.asked_at) == ("not_asked", None)
    assert network.statement_words(row) == "stated by Stavropol"
    assert mails() == []


def test_twn_1_another_member_is_asked_and_refusal_is_for_staff_only(
    stavropol, kazan, rep, kazan_rep
):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    assert row.answer == "asked"
    assert mails() == [("rep@kazan.example", "partnerships.asked")]

    row = stating.refuse(row, kazan_rep, Dissent("We never signed it."), row.version)

    assert (row.answer, row.answered_by, row.reason) == (
        "refused", kazan_rep, "We never signed it.",
    )  # fmt: skip
    assert network.statement_words(row) == "stated by Stavropol"
    assert list(Partnership.objects.not_confirmed()) == [row]
    assert len(mails()) == 1


def test_confirmation_is_shown_and_told(stavropol, kazan, rep, kazan_rep):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    row = stating.confirm(row, kazan_rep, row.version)

    assert network.statement_words(row) == "confirmed by both sides"
    assert mails() == [
        ("rep@kazan.example", "partnerships.asked"),
        ("rep@stavropol.example", "partnerships.confirmed"),
    ]
    assert stating.confirm(row, kazan_rep).version == row.version


def test_a_member_of_former_times_is_not_asked(stavropol, rep):
    former = make_member("perm", "Пермь", "Perm", is_member=False)
    make_period(former, ends_on=datetime.date(2015, 12, 31))

    assert stating.state(stavropol, former, rep, signed_on=A_DAY).answer == "not_asked"


def test_twn_2_a_city_with_itself_is_refused(kazan, kazan_rep):
    with pytest.raises(ValidationError) as error:
        stating.state(kazan, kazan, kazan_rep, signed_on=A_DAY)

    assert error.value.messages == ["A city is not its own sister city."]
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(
            member_a=kazan, member_b=kazan, stated_by=kazan, signed_on=A_DAY
        )  # fmt: skip


@pytest.mark.parametrize("is_reversed", [False, True])
def test_twn_2_the_same_pair_is_refused_either_way(
    stavropol, kazan, rep, kazan_rep, is_reversed
):  # fmt: skip
    first = stating.state(stavropol, kazan, rep, signed_on=A_DAY)
    one, other = (kazan, stavropol) if is_reversed else (stavropol, kazan)

    with pytest.raises(AlreadyThere) as error:
        stating.state(one, other, kazan_rep, signed_on=A_DAY)

    assert error.value.partnership == first
    assert Partnership.objects.count() == 1


def test_twn_2_the_same_city_outside_is_refused(stavropol, rep):
    city = make_city()
    first = stating.state(stavropol, city, rep, signed_on=A_DAY)

    with pytest.raises(AlreadyThere) as error:
        stating.state(stavropol, city, rep, signed_on=A_DAY)

    assert error.value.partnership == first


@pytest.mark.django_db(transaction=True)
def test_twn_2_both_sides_at_once_make_one_record():
    cities = [make_stavropol(), make_member()]
    people = [make_representative(city) for city in cities]
    start, outcomes = threading.Barrier(2), []

    def enter(one, other, by):
        try:
            start.wait(10)
            stating.state(one, other, by, signed_on=A_DAY)
            outcomes.append("stated")
        except AlreadyThere as error:
            outcomes.append(error.partnership.pk)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=enter, args=(*cities, people[0])),
        threading.Thread(target=enter, args=(*cities[::-1], people[1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    row = Partnership.objects.get()
    assert sorted(outcomes, key=str) == sorted(["stated", row.pk], key=str)


def test_sides_are_put_in_order(stavropol, kazan):
    low, high = sorted([stavropol, kazan], key=lambda one: one.pk)

    row = make_partnership(high, low, stated_by=high)

    assert (row.member_a, row.member_b, row.stated_by) == (low, high, high)
    assert (row.other(low), row.other(high)) == (high, low)


def test_a_change_of_what_was_agreed_asks_again(stavropol, kazan, rep, kazan_rep):
    row = stating.confirm(stating.state(stavropol, kazan, rep, signed_on=A_DAY), kazan_rep)

    row.signed_on = datetime.date(2013, 5, 12)
    row = stating.restate(row, kazan, kazan_rep)

    assert (row.answer, row.stated_by, row.answered_by) == ("asked", kazan, None)
    assert mails()[-1] == ("rep@stavropol.example", "partnerships.asked")
    assert AuditEntry.objects.get(verb="partnership.changed").changes == {
        "signed_on": ["2012-05-12", "2013-05-12"],
    }


def test_a_title_asks_nobody_again(stavropol, kazan, rep, kazan_rep):
    row = stating.confirm(stating.state(stavropol, kazan, rep, signed_on=A_DAY), kazan_rep)
    before = len(mails())

    row.agreement_ru = "Договор о дружбе"
    row = stating.restate(row, stavropol, rep)

    assert (row.answer, row.answered_by, row.agreement_ru) == (
        "confirmed", kazan_rep, "Договор о дружбе",
    )  # fmt: skip
    assert len(mails()) == before


def test_nothing_changed_is_nothing_saved(stavropol, kazan, rep):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    assert stating.restate(row, stavropol, rep).version == 1


def test_an_answer_to_an_older_statement_is_refused(stavropol, kazan, rep, kazan_rep):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)
    seen = row.version
    row.stage = "dormant"
    stating.restate(row, stavropol, rep)

    with pytest.raises(OutOfDate):
        stating.confirm(row, kazan_rep, seen)

    assert Partnership.objects.get().answer == "asked"


def test_refusal_with_another_date_needs_no_words(stavropol, kazan, rep, kazan_rep):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)

    row = stating.refuse(
        row, kazan_rep, Dissent(signed_on=datetime.date(2013, 6, 7), precision="year")
    )

    assert (row.other_signed_on, row.reason) == (datetime.date(2013, 1, 1), "")
    with pytest.raises(ValidationError):
        stating.refuse(row, kazan_rep, Dissent())


def test_the_secretariat_settles_a_difference(stavropol, kazan, rep, kazan_rep, editor):
    row = stating.state(stavropol, kazan, rep, signed_on=A_DAY)
    row = stating.refuse(row, kazan_rep, Dissent("It was 2013."))

    row = stating.settle(row, editor)

    assert (row.answer, row.answered_by, row.reason) == ("confirmed", editor, "")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"signed_on": None}, "Say when it was signed; the year is enough."),
        ({"signed_on": datetime.date(2999, 1, 1)}, "This day is still to come."),
        (
            {"stage": "ended", "ended_on": datetime.date(2011, 1, 1)},
            "It cannot end before it was signed.",
        ),
        (
            {"ended_on": datetime.date(2014, 1, 1)},
            "An end is for partnerships that have ended.",
        ),
    ],
)
def test_facts_that_cannot_be_are_refused(stavropol, rep, fields, message):
    with pytest.raises(ValidationError) as error:
        stating.state(stavropol, make_city(), rep, **{"signed_on": A_DAY, **fields})

    assert error.value.messages == [message]


def test_in_preparation_needs_no_date(stavropol, rep):
    row = stating.state(stavropol, make_city(), rep, stage="preparation")

    assert (row.stage, row.signed_on) == ("preparation", None)


def test_exactly_one_partner(stavropol, kazan):
    for sides in ({}, {"member_b": kazan, "city": make_city()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Partnership.objects.create(
                member_a=stavropol, stated_by=stavropol, signed_on=A_DAY, **sides
            )


def test_stated_by_a_stranger_is_refused(stavropol, kazan):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_partnership(stavropol, make_city(), stated_by=kazan)


def test_a_year_is_stored_by_its_first_day(stavropol):
    row = make_partnership(stavropol, signed_on=datetime.date(2014, 7, 9), signed_precision="year")

    assert row.signed_on == datetime.date(2014, 1, 1)
