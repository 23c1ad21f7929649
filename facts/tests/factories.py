"""Rows for tests of the facts register: fixed, sensible defaults."""

import datetime
from decimal import Decimal

from facts import registering
from facts.models import Fact, Subject


def make_subject(slug="uclg-sections", **fields) -> Subject:
    """The regional sections of the world organisation, with the words beside their number."""
    values = {
        "title_ru": "Региональные секции ОГМВ",
        "title_en": "Regional sections of UCLG",
        "unit_ru": "секции",
        "unit_en": "sections",
        "match_words_ru": "региональн* секци*",
        "match_words_en": "regional section*",
    }
    return Subject.objects.create(slug=slug, **{**values, **fields})


def make_fact(subject=None, value=7, year=2020, **fields) -> Fact:
    """ "UCLG has 7 regional sections", said in a year, put where its day says."""
    values = {
        "wording_ru": f"В составе ОГМВ {value} региональных секций",
        "wording_en": f"UCLG consists of {value} regional sections",
        "source_ru": "Сайт ассоциации",
        "source_en": "Site of the association",
        "as_of_precision": "year",
    }
    fact = Fact(
        subject=subject or make_subject(),
        value=None if value is None else Decimal(value),
        as_of=datetime.date(year, 1, 1),
        **{**values, **fields},
    )
    return registering.put(fact)
