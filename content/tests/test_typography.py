import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from content.templatetags.typography import typo

_ = "\u00a0"


@pytest.mark.parametrize(
    ("plain", "set_in_type"),
    [
        ("Казань – город", f"Казань{_}– город"),
        ("население 561 165 человек", f"население 561{_}165{_}человек"),
        ("1 234 567", f"1{_}234{_}567"),
        ("28 февраля 2020 года", f"28{_}февраля 2020{_}года"),
        ("в Казани и на Волге", f"в{_}Казани и{_}на{_}Волге"),
        ("из Перми по реке до Казани", f"из{_}Перми по{_}реке до{_}Казани"),
        ("файл 1,2 МБ", f"файл 1,2{_}МБ"),
        ("знает ли город", f"знает{_}ли{_}город"),
        ("дом № 5 на ул. Миславского", f"дом №{_}5 на{_}ул.{_}Миславского"),
        ("что-то из того", f"что-то из{_}того"),
        ("слово", "слово"),
        ("", ""),
    ],
)
def test_typo_sets_russian_text(plain, set_in_type):
    assert typo(plain, "ru") == set_in_type


@pytest.mark.parametrize(
    ("plain", "set_in_type"),
    [
        ("Kazan – a city", f"Kazan{_}– a city"),
        ("28 February 2020", f"28{_}February 2020"),
        ("300 million people", f"300{_}million people"),
        ("10 000 dollars", f"10{_}000 dollars"),
        ("We met in May and on 5 May", f"We met in May and on 5{_}May"),
    ],
)
def test_typo_sets_english_text(plain, set_in_type):
    assert typo(plain, "en") == set_in_type


def test_typo_leaves_tags_and_attributes_of_html_alone():
    html = mark_safe('<a href="/x?a=1 000" title="в – Казани">в Казани</a> – и на <b>Волге</b>')

    result = typo(html, "ru")

    assert isinstance(result, SafeString)
    assert result == (
        f'<a href="/x?a=1 000" title="в – Казани">в{_}Казани</a>{_}– и{_}на{_}<b>Волге</b>'
    )


def test_typo_does_not_make_unsafe_text_safe():
    result = typo("в <b>", "ru")

    assert not isinstance(result, SafeString)
    assert Template("{% load typography %}{{ text|typo }}").render(
        Context({"text": "<i>", "LANGUAGE_CODE": "ru"})
    ) == ("&lt;i&gt;")


@pytest.mark.parametrize("value", [None, 5])
def test_typo_leaves_other_values_alone(value):
    assert typo(value) is value


def test_typo_follows_the_language_of_the_page():
    with override("ru"):
        russian = typo("в Казани")
    with override("en"):
        english = typo("в Казани")

    assert (russian, english) == (f"в{_}Казани", "в Казани")
