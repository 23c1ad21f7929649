"""Every code of the scoring has a sentence."""

import re
from pathlib import Path

import pytest

from ratings import scoring, scoring_words
from ratings.scoring import ScoringRefused

FOLDER = Path(scoring.__file__).parent


def test_every_refusal_has_words_and_no_words_are_idle():
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    assert set(re.findall(r'ScoringRefused\(\s*"(\w+)"', text)) == set(scoring_words.REFUSALS)


def test_every_reason_has_words():
    text = (FOLDER / "running.py").read_text(encoding="utf-8")
    assert all(f'"{code}"' in text for code in scoring_words.LEFT_OUT)
    assert scoring_words.left_out("") == ""
    assert scoring_words.left_out("no_answers") == str(scoring_words.LEFT_OUT["no_answers"])
    assert scoring_words.left_out("x") == str(scoring_words.LEFT_OUT["nothing_counts"])


@pytest.mark.parametrize("code", scoring_words.REFUSALS)
def test_a_refusal_is_said_with_what_it_speaks_of(code):
    said = scoring_words.refusal(ScoringRefused(code, indicator="P1", group="P"))
    assert "%(" not in said
    assert scoring_words.refusal(ScoringRefused(code))
