"""What people type for a number, and what becomes of it."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from questionnaires import numbers
from questionnaires.numbers import NotANumber, Reading
from ratings.models import Indicator

WORDS = "Write one number in digits, such as 12 or 1.5, without words."
NB = "\u00a0"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def why(text, **columns):
    with pytest.raises(NotANumber) as caught:
        numbers.fitting(text, question(**columns)) if columns else numbers.read(text)
    return str(caught.value)


def question(**columns):
    values = {"kind": Indicator.Kind.COUNT, "minimum": Decimal(0), "unit_ru": "", "unit_en": ""}
    return Indicator(**values | columns)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"), (" 12 ", "12"), ("1,5", "1.5"), ("1.5", "1.5"), (",5", "0.5"), ("5.", "5"),
        ("1 234", "1234"), (f"1{NB}234{NB}567", "1234567"), ("1\u2009234,5", "1234.5"),
        ("1\u202f234", "1234"), ("1'234", "1234"), ("0,125", "0.125"), ("1.2340", "1.234"),
        ("-5", "-5"), ("−5", "-5"), ("– 5", "-5"), ("+5", "5"), ("140 %", "140"), ("0", "0"),
        ("1234567,25", "1234567.25"),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_spelling(text, value):
    assert numbers.read(text).value == Decimal(value)
    assert numbers.read(text).said == ""


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("12 тыс.", 12_000, "12,000"), ("12 тысяч", 12_000, "12,000"), ("1,5 тыс", 1_500, "1,500"),
        ("12k", 12_000, "12,000"), ("2 млн", 2_000_000, "2,000,000"),
        ("1.2 million", 1_200_000, "1,200,000"), ("3 млрд.", 3 * 10**9, "3,000,000,000"),
    ],
)  # fmt: skip
def test_a_word_for_thousands_is_understood_and_said(text, value, said):
    sentence = f"Understood as {said}. Correct it if you meant another number."
    assert numbers.read(text) == Reading(Decimal(value), sentence)


@pytest.mark.parametrize(
    "text",
    [
        "половина", "NaN", "inf", "-Infinity", "1e400", "1e5", "50-60", "about 50", "50+", "~50",
        "12 34", "1 2345", "12 шт.", "½", "5²", "٣", "--5", ".", "-", "%", "1..5", "1 234 56",
        "0x10", "1_000", "9" * 61, "12\x00",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_sentence(text):
    assert why(text) == WORDS


def test_nothing_typed_is_no_answer_and_no_zero():
    assert numbers.read("  ") == Reading(None)


def test_what_can_be_read_in_two_ways_is_asked_about():
    two = "“%s” can be read in two ways. Write %s for thousands, or %s for a fraction."
    one = "“%s” can be read in two ways. Write %s if that is what you mean."
    assert why("1,234") == two % ("1,234", "1234", "1.2340")
    assert why("12.000") == two % ("12.000", "12000", "12.0000")
    assert why("1.234,5") == one % ("1.234,5", "1234.5")
    assert why("1,234.5") == one % ("1,234.5", "1234.5")
    assert why("1.234.567") == one % ("1.234.567", "1234567")
    with translation.override("ru"), pytest.raises(NotANumber) as caught:
        numbers.read("1.234,5")
    assert "1234,5" in str(caught.value)


def test_a_number_beyond_everything_is_refused():
    assert why("9" * 20) == "This number is too large. Check the zeros."
    assert why("1000000 млрд") == "This number is too large. Check the zeros."


def test_the_range_of_the_question_holds():
    share = {"kind": Indicator.Kind.PERCENT, "maximum": Decimal(100)}
    assert why("140 %", **share) == "At most 100 per cent."
    assert why("-1", **share) == "This cannot be below zero."
    assert numbers.fitting("45 %", question(**share)).value == 45
    assert why("45 %", kind="count") == (
        "A number is asked here, not a share: write it without the per cent sign."
    )
    assert why("-3", kind="number") == "This cannot be below zero."
    assert why("3", minimum=Decimal(10)) == "At least 10."
    assert why("30000", maximum=Decimal(20_000)) == "At most 20,000."
    assert numbers.fitting("-3", question(minimum=None)).value == -3


def test_nothing_is_rounded():
    assert why("1,5", kind="count") == "A whole number is asked here, without a fraction."
    places = "At most 2 digits after the decimal mark."
    assert why("1,555", kind="number", decimals=2).startswith("“1,555” can be read")
    assert why("1,5551", kind="number", decimals=2) == places
    assert numbers.fitting("1,50", question(kind="number", decimals=1)).value == Decimal("1.5")


def test_a_year_to_come_is_refused():
    day = datetime.date(2026, 11, 22)
    asked = question(unit_en="year", unit_ru="год")
    assert numbers.fitting("2026", asked, day).value == 2026
    with pytest.raises(NotANumber, match=r"This year is still to come\. Check the digits\."):
        numbers.fitting("2027", asked, day)
    assert numbers.fitting("2027", question(unit_en="years"), day).value == 2027


@pytest.mark.parametrize(
    ("value", "english", "russian", "field_en", "field_ru"),
    [
        ("0", "0", "0", "0", "0"), ("1234.0000", "1,234", "1234", "1234", "1234"),
        ("12000.5", "12,000.5", f"12{NB}000,5", "12000.5", "12000,5"),
        ("-1.25", "−1.25", "−1,25", "-1.25", "-1,25"),
        ("1.234", "1.234", "1,234", "1.2340", "1,2340"),
        ("-0.5", "−0.5", "−0,5", "-0.5", "-0,5"), ("-0.0000", "0", "0", "0", "0"),
        ("1E+3", "1,000", "1000", "1000", "1000"),
    ],
)  # fmt: skip
def test_a_number_is_shown_in_the_language_of_the_reader(
    value, english, russian, field_en, field_ru
):
    number = Decimal(value)
    assert (numbers.shown(number, "en"), numbers.shown(number, "ru")) == (english, russian)
    fields = [numbers.in_field(number, code) for code in ("en", "ru")]
    assert fields == [field_en, field_ru]
    assert [numbers.read(text).value for text in fields] == [number, number]


def test_no_number_is_shown_as_nothing():
    assert (numbers.shown(None), numbers.in_field(None)) == ("", "")
