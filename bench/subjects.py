"""Events and honours for the benchmarks: a congress, a thousand laureates."""

import datetime
import random

DAY = datetime.timedelta(days=1)


def fill(rnd: random.Random, text) -> None:
    """40 events, one of them with parts and topics; one award with 100 laureates a year.

    text: a function of a number of words that gives a sentence in Russian and one in English.
    """
    events()
    honours(rnd, text)


def events() -> None:
    from django.utils import timezone

    from content.models import Topic
    from events.models import Event

    begins = timezone.now() + 30 * DAY
    common = {"status": "announced", "published_at": timezone.now() - DAY}
    congress = Event.objects.create(
        slug="congress", title_ru="Конгресс", title_en="Congress", starts_at=begins,
        ends_at=begins + 2 * DAY, takes_registrations=True, capacity=300, **common,
    )  # fmt: skip
    congress.topics.set(Topic.objects.all()[:5])
    for number in range(39):
        at = begins + number * DAY / 20
        parent = {"parent": congress} if number < 12 else {}
        Event.objects.create(
            slug=f"event-{number}", title_ru=f"Встреча {number}", title_en=f"Meeting {number}",
            starts_at=at, ends_at=at + DAY / 24, **parent, **common,
        )  # fmt: skip


def honours(rnd: random.Random, text) -> None:
    from django.utils import timezone

    from awards.models import Award, Category, Round
    from content.records import refresh_derived_many
    from laureates.models import Laureate, Results
    from members.models import Member

    now, cities = timezone.now(), list(Member.objects.order_by("pk")[:100])
    public = {"status": "published", "published_at": now - DAY}
    award = Award.objects.create(
        slug="prize", title_ru="Премия городов", title_en="Prize of Cities", **public
    )
    for year in range(2016, 2026):
        held = Round.objects.create(
            award=award, slug=str(year), year=year, title_ru=f"Премия {year}",
            title_en=f"Prize {year}", opens_at=now - 90 * DAY, closes_at=now - 60 * DAY, **public,
        )  # fmt: skip
        groups = [
            Category.objects.create(round=held, code=code, title_ru=code, title_en=code)
            for code in ("S", "M", "L", "X")
        ]
        rows = []
        for number, city in enumerate(cities):
            citation_ru, citation_en = text(25)
            rows.append(
                Laureate(
                    award=award,
                    round=held,
                    year=year,
                    category=groups[number % 4],
                    member=city,
                    title_ru=city.name_ru,
                    title_en=city.name_en,
                    place=number // 4 + 1,
                    citation_ru=citation_ru,
                    citation_en=citation_en,
                    source_language="ru",
                    **public,
                )  # fmt: skip
            )
        rnd.shuffle(rows)
        refresh_derived_many(Laureate.objects.bulk_create(rows))
        Results.objects.create(round=held, published_at=now - DAY, released_at=now - DAY)
