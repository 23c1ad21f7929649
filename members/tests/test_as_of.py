import datetime

import pytest

from members.as_of import AsOfForm

TODAY = datetime.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("content.dated.today", lambda: TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-06-30", datetime.date(2015, 6, 30)),
        (" 2015-06-30 ", datetime.date(2015, 6, 30)),
        ("2015-02", datetime.date(2015, 2, 28)),
        ("2015", datetime.date(2015, 12, 31)),
        ("2026", None),
        ("2026-11-20", None),
        ("", None),
    ],
)
def test_day_month_or_year_is_understood(text, day):
    form = AsOfForm({"as_of": text})

    assert (form.day, form.errors) == (day, {})


@pytest.mark.parametrize(
    "text",
    ["x", "2015-13", "2015-02-30", "30.06.2015", "-1", "0", "2027", "10000", "9999999999",
     "1-99999999"],
)  # fmt: skip
def test_anything_else_is_refused_and_means_today(text):
    form = AsOfForm({"as_of": text})

    assert form.day is None
    assert list(form.errors) == ["as_of"]


def test_address_without_the_parameter_means_today():
    assert AsOfForm({}).day is None
