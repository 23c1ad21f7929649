"""An association of 5,000 members with full histories, and a body of a hundred seats."""

import datetime
from collections.abc import Iterator

MEMBERS = 5000
YEARS = range(2004, 2025)
SEATS, TERMS = 100, 5
BATCH = 2000


def _day(year: int) -> datetime.date:
    return datetime.date(year, 1, 1)


def fill(country) -> None:
    """Write the members `town-0` … with names, figures, periods, heads, ties; and the body."""
    from members.models import Member

    members = Member.objects.bulk_create(_members(country), batch_size=BATCH)
    _histories(members)
    people = _people(200)
    _heads(members, people)
    _body(members, people)
    _ties(members)


def _members(country) -> Iterator:
    from members.models import Member

    for number in range(MEMBERS):
        member = Member(
            slug=f"town-{number}", country=country, name_ru=f"Посёлок {number:04}",
            name_en=f"Town {number:04}", source_language="ru", version=1,
            latitude=40 + number % 30, longitude=30 + number % 100,
        )  # fmt: skip
        member.take_names([])
        yield member


def _histories(members: list) -> None:
    from members.models import MemberFigure, MemberName, MembershipPeriod, StatusChange

    rows = {MemberName: [], MemberFigure: [], MembershipPeriod: [], StatusChange: []}
    for number, member in enumerate(members):
        halves = [("Старый ", None, _day(2010)), ("", _day(2010) + datetime.timedelta(1), None)]
        rows[MemberName] += [
            MemberName(
                member=member, name_ru=word + member.name_ru, name_en=member.name_en,
                starts_on=start, ends_on=end,
            )
            for word, start, end in halves
        ]  # fmt: skip
        rows[MemberFigure] += [
            MemberFigure(member=member, year=year, value=10_000 + 100 * number + year)
            for year in YEARS
        ]
        rows[MembershipPeriod].append(MembershipPeriod(member=member, starts_on=_day(2004)))
        steps = [("member", 2004), ("suspended", 2015), ("member", 2016)]
        rows[StatusChange] += [
            StatusChange(
                member=member, status=status, happened_on=_day(year), reason_ru="Решение Совета"
            )
            for status, year in steps
        ]
    for model, found in rows.items():
        model.objects.bulk_create(found, batch_size=BATCH)


def _people(count: int) -> list:
    from governance.models import Person

    return Person.objects.bulk_create(
        Person(
            slug=f"person-{number}", full_name_ru=f"Иван Иванов {number}",
            full_name_en=f"Ivan Ivanov {number}", source_language="ru", version=1,
        )
        for number in range(count)
    )  # fmt: skip


def _heads(members: list, people: list) -> None:
    from governance.models import Office, OfficeTerm

    offices = Office.objects.bulk_create(
        [Office(member=member, title_ru="Мэр", title_en="Mayor") for member in members],
        batch_size=BATCH,
    )
    OfficeTerm.objects.bulk_create(
        [
            OfficeTerm(
                office=office, person=people[(number + part) % len(people)],
                starts_on=_day(2005 + 4 * part),
                ends_on=_day(2009 + 4 * part) - datetime.timedelta(1) if part < 4 else None,
            )
            for number, office in enumerate(offices)
            for part in range(5)
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _body(members: list, people: list) -> None:
    from governance.models import Body, Organisation, Seat, SeatFilling, SeatTerm

    own = Organisation.objects.create(
        slug="own", kind="section", is_own=True, name_ru="Ассоциация", name_en="Association"
    )
    body = Body.objects.create(
        organisation=own, slug="council", kind="council", name_ru="Совет", name_en="Council"
    )
    seats = Seat.objects.bulk_create(
        Seat(body=body, title_ru="Член Совета", title_en="Member of the Council", order=number)
        for number in range(SEATS)
    )
    terms = SeatTerm.objects.bulk_create(
        SeatTerm(
            seat=seat, member=members[number * TERMS + part], starts_on=_day(2005 + 4 * part),
            ends_on=_day(2009 + 4 * part) - datetime.timedelta(1) if part < TERMS - 1 else None,
        )
        for number, seat in enumerate(seats)
        for part in range(TERMS)
    )  # fmt: skip
    SeatFilling.objects.bulk_create(
        SeatFilling(
            term=term, person=people[number % len(people)], starts_on=term.starts_on,
            ends_on=term.ends_on,
        )
        for number, term in enumerate(terms)
    )  # fmt: skip


def _ties(members: list) -> None:
    from django.utils import timezone

    from partnerships.models import Partnership

    Partnership.objects.bulk_create(
        Partnership(
            member_a=members[number], member_b=members[number + far], stated_by=members[number],
            signed_on=_day(2010), answer="confirmed", answered_at=timezone.now(),
        )
        for number in range(1000)
        for far in (1, 7)
    )  # fmt: skip
