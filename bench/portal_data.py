"""Fills the portal's database for the benchmarks: `python -m bench.portal_data 1000`."""

import datetime
import itertools
import random
import sys

import django

from bench import association, subjects

WORDS_RU = ("город совет встреча проект школа музей парк река мост улица книга вода свет").split()
WORDS_EN = (
    "city council meeting project school museum park river bridge street book water"
).split()
BATCH = 1000


def sentence(rnd: random.Random, words: list[str], count: int) -> str:
    return " ".join(rnd.choice(words) for _ in range(count)).capitalize()


def body(rnd: random.Random, words: list[str]) -> str:
    return "".join(f"<p>{sentence(rnd, words, 80)}.</p>" for _ in range(4))


def main(count: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from content.models import Topic
    from members import steps
    from members.models import Country, Member, MemberFigure, MemberName, MembershipPeriod
    from news.models import Article

    call_command("migrate", verbosity=0)
    if Article.objects.count() == count:
        return
    rnd, now = random.Random(7), timezone.now()
    topics = [
        Topic.objects.create(slug=f"t{i}", title_ru=WORDS_RU[i], title_en=WORDS_EN[i])
        for i in range(8)
    ]
    rows = (
        Article(
            slug=f"article-{i}", status="published", source_language="ru",
            published_at=now - datetime.timedelta(minutes=7 * i + 1),
            title_ru=sentence(rnd, WORDS_RU, 7), title_en=sentence(rnd, WORDS_EN, 7),
            lead_ru=sentence(rnd, WORDS_RU, 30), lead_en=sentence(rnd, WORDS_EN, 30),
            body_ru=body(rnd, WORDS_RU), body_en=body(rnd, WORDS_EN),
        )
        for i in range(count)
    )  # fmt: skip
    number = 0
    for batch in itertools.batched(rows, BATCH) if hasattr(itertools, "batched") else [list(rows)]:
        made = Article.objects.bulk_create(batch)
        Article.topics.through.objects.bulk_create(
            Article.topics.through(article=article, topic=topics[(number + i) % 8])
            for i, article in enumerate(made)
        )
        number += len(made)
    country = Country.objects.create(code="RU", name_ru="Россия", name_en="Russia")
    association.fill(country)
    for i in range(100):
        name = f"Город {i:03}"
        member = Member.objects.create(
            slug=f"city-{i}", country=country, name_ru=name, name_en=f"City {i:03}",
            about_ru=body(rnd, WORDS_RU), about_en=body(rnd, WORDS_EN),
        )  # fmt: skip
        MemberName.objects.create(member=member, name_ru=name, name_en=f"City {i:03}")
        MemberFigure.objects.create(member=member, year=2024, value=10_000 * (i + 1))
        MembershipPeriod.objects.create(
            member=member, starts_on=datetime.date(2004, 1, 1), starts_precision="year"
        )
        steps.follow_periods([member.pk])
        for article in Article.objects.order_by("pk")[i * 5 : i * 5 + 5]:
            article.members.add(member)
    subjects.fill(
        rnd, lambda words: (sentence(rnd, WORDS_RU, words), sentence(rnd, WORDS_EN, words))
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
