import difflib

import pytest

from members import differences
from members.differences import marked


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("", "New", "<ins>New</ins>"),
        ("Old", "", "<del>Old</del>"),
        ("Same.", "Same.", "Same."),
        ("The old town", "The new town", "The <del>old</del><ins>new</ins> town"),
        ("The town", "The city of the town", "The<ins> city of the</ins> town"),
        ("+7 843 111-11-11", "+7 843 292-09-34",
         "+7 843 <del>111-11-11</del><ins>292-09-34</ins>"),
        ("Where rivers and peoples meet", "A thousand years between worlds",
         "<del>Where rivers and peoples meet</del> <ins>A thousand years between worlds</ins>"),
        ("a <b>", "a <b> & more of it", "a &lt;b&gt;<ins> &amp; more of it</ins>"),
        ("One.\n\nTwo.", "One.\n\nThree.", "One.\n\n<del>Two</del><ins>Three</ins>."),
    ],
)  # fmt: skip
def test_marked_shows_what_went_and_what_came(old, new, html):
    assert marked(old, new) == html


HOSTILE = [
    pytest.param("y " + "x " * 1498 + "z", "v " + "x " * 1498 + "w", id="one-word-repeated"),
    pytest.param("x" * 3000, " ".join("x" * 1500), id="long-word-against-short-ones"),
    pytest.param("(" + "." * 2998 + ")", "[" + "." * 2998 + "]", id="signs"),
    pytest.param("\n" * 3000 + "x", "\n \n" * 1000 + "x", id="spaces"),
    pytest.param("a b " * 750, "b a " * 750, id="two-words-in-turn"),
    pytest.param(
        "".join(f" {chr(0x4E00 + n)}♔" for n in range(900)) + " x" * 150 + "y",
        "".join(f" {chr(0x4E00 + n)}♕" for n in range(900)) + " x" * 150 + "z",
        id="many-short-blocks-before-a-repeated-word",
    ),
]


class CountingMatcher(difflib.SequenceMatcher):
    """Counts the pairs of equal words that are looked at, over all its searches."""

    steps = 0

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        CountingMatcher.steps += sum(
            len(self.b2j.get(word, ()))
            for word in self.a[alo : len(self.a) if ahi is None else ahi]
        )
        return super().find_longest_match(alo, ahi, blo, bhi)


@pytest.mark.parametrize(("old", "new"), HOSTILE)
def test_hostile_text_is_shown_whole_without_work(old, new, monkeypatch):
    monkeypatch.setattr(CountingMatcher, "steps", 0)
    monkeypatch.setattr(differences.difflib, "SequenceMatcher", CountingMatcher)

    html = marked(old, new)

    assert CountingMatcher.steps <= differences.MOST_STEPS
    assert (html.count("<del>"), html.count("<ins>")) == (1, 1)


def test_one_change_in_a_long_repetitive_text_is_found():
    text = ". ".join(f"The city of the river, house {n}, and the people" for n in range(60))

    html = marked(text, text.replace("house 30,", "tower 30,"))

    assert html == text.replace("house 30,", "<del>house</del><ins>tower</ins> 30,")


def test_two_changes_far_apart_in_a_long_text_are_found():
    text = " ".join(f"Word{n} stands in row{n} near house{n}, as guest{n} saw." for n in range(60))
    assert len(text) > 2800

    html = marked(text, text.replace("Word3 ", "Name3 ").replace("Word99 ", "Name99 "))

    assert html == text.replace("Word3 ", "<del>Word3</del><ins>Name3</ins> ").replace(
        "Word99 ", "<del>Word99</del><ins>Name99</ins> "
    )
