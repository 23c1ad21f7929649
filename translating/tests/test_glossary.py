"""The glossary warns of offices, bodies and places that a translation names otherwise."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from translating.glossary import warnings
from translating.models import Term
from translating.tests.factories import make_term

pytestmark = pytest.mark.django_db

SOURCE = "<p>Решение Исполнительного бюро принято.</p>"


def said(source: str, target: str, before: str = "ru", after: str = "en") -> list[tuple]:
    return [(w.code, w.wanted, w.found) for w in warnings(source, target, before, after)]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("The Executive Bureau decided.", []),
        ("The executive bureau's decision.", []),
        ("The Executive Committee decided.", [("missing", "Executive Bureau", "")]),
        (
            "The <b>Executive Office</b> decided.",
            [("forbidden", "Executive Bureau", "Executive Office")],
        ),
        ("", []),
    ],
)
def test_term_in_any_case_of_the_source_is_looked_for_in_the_translation(target, expected):
    make_term(forbidden_en="Executive Office\nBoard")

    assert said(SOURCE, target) == expected


def test_term_is_looked_for_in_the_other_direction_too():
    make_term()

    assert said("The Executive Bureau met.", "Собралось Исполнительное бюро.", "en", "ru") == []
    assert said("The Executive Bureau met.", "Собрался исполком.", "en", "ru") == [
        ("missing", "Исполнительное бюро", "")
    ]


def test_forbidden_variant_within_the_agreed_name_is_no_mistake():
    make_term("Бюро", "Executive Bureau", forbidden_en="Bureau")

    assert said("Бюро", "The Executive Bureau met") == []
    assert said("Бюро", "The Bureau met") == [("forbidden", "Executive Bureau", "Bureau")]


def test_one_language_alone_is_judged_for_forbidden_variants():
    make_term("Ереван", "Yerevan", forbidden_en="Erevan")

    assert said("Erevan and its hills", "Erevan and its hills", "en", "en") == [
        ("forbidden", "Yerevan", "Erevan")
    ]


def test_short_words_and_other_words_are_not_taken_for_a_term():
    make_term("Совет", "Council")

    assert said("Советский человек и совсем другое", "Something else") == []


def test_sentence_is_in_the_language_of_the_screen():
    make_term()
    with translation.override("en"):
        (warning,) = warnings(SOURCE, "The committee decided.", "ru", "en")

    assert warning.message == (
        "“Исполнительное бюро” is “Executive Bureau” in the glossary; the translation has "
        "another wording."
    )


def test_term_is_kept_once_whatever_its_case():
    make_term()
    make_term("Казань", None, kind="place")
    make_term("Уфа", None, kind="place")
    with pytest.raises(IntegrityError):
        make_term("исполнительное бюро", "Another")


def test_change_of_a_term_counts_at_once(django_capture_on_commit_callbacks):
    term = make_term()
    assert said(SOURCE, "The Board decided.") == [("missing", "Executive Bureau", "")]

    with django_capture_on_commit_callbacks(execute=True):
        term.name_en = "Board"
        term.save()

    assert said(SOURCE, "The Board decided.") == []
    assert Term.objects.count() == 1


def test_editor_adds_a_term_through_the_admin_and_a_translator_corrects_it(
    client_of, editor, translator
):
    data = {"name_ru": "Конгресс", "name_en": "", "kind": "body", "note": "", "version": "0"}
    client_of(editor).post("/admin/translating/term/add/", data)
    term = Term.objects.get()
    data |= {"name_en": "Congress", "version": "1"}
    client_of(translator).post(f"/admin/translating/term/{term.pk}/change/", data)

    assert list(Term.objects.values_list("name_ru", "name_en")) == [("Конгресс", "Congress")]
