"""The canonical form of sealed results: one exact text, and its SHA-256.

Canonical JSON is UTF-8 with sorted keys, no spaces and every number in its shortest form, so that
the same results are the same text wherever they are written.

A snapshot has two parts. The public one holds method, structure, classes and places; everybody
may download it (`public_text`) and compute the SHA-256 that the page shows. The private one holds
the answers and the points of the cities, which nobody but the city itself may read (RAT-7). The
public part contains the SHA-256 of the private one, so that the number on the page holds both;
a random number in the private part keeps answers from being guessed from it.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from questionnaires.models import Response
from ratings import scoring
from ratings.models import Edition, SizeClass
from standings.computing import Outcome
from standings.gathering import Inputs
from standings.models import Seal

FORMAT = 1
DRAWS = ("weights_move", "weight_sets", "seed")


def dumps(value: Any) -> str:
    """Canonical JSON. Raises ValueError for what is no finite number."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 small hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def public_text(seal: Seal) -> str:
    """The public part of a seal: exactly the text whose SHA-256 is `seal.sha256`."""
    return dumps(json.loads(seal.canonical)["public"])


def parts(seal: Seal) -> tuple[dict, dict]:
    """The public and the private part of a seal as data. Raises ValueError for a broken text."""
    whole = json.loads(seal.canonical)
    return whole["public"], whole["private"]


def whole(public: str, private: str) -> str:
    """The text of both parts, itself canonical."""
    return f'{{"private":{private},"public":{public}}}'


@cache
def code_version() -> str:
    """What the scoring program was: the SHA-256 of its source, 16 digits of it."""
    own = Path(settings.BASE_DIR) / "standings"
    files = sorted(Path(scoring.__file__).parent.glob("*.py"))
    files += [own / "gathering.py", own / "computing.py"]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return f"ratings.scoring {sha256(text)[:16]}"


def method(taken: Inputs) -> dict:
    """Every step of the scoring, and of the draws behind the likely places."""
    return asdict(taken.rules) | {
        name: float(getattr(taken.method, name)) if name == "weights_move"
        else getattr(taken.method, name) for name in DRAWS
    }  # fmt: skip


def structure(taken: Inputs) -> dict:
    """Groups and indicators that count, with their weights and words."""
    groups = zip(taken.structure.groups, taken.groups, strict=True)
    leaves = zip(taken.structure.indicators, taken.indicators, strict=True)
    return {
        "groups": [asdict(one) | _words(row, "title") for one, row in groups],
        "indicators": [_leaf(asdict(one)) | _words(row, "question") for one, row in leaves],
    }


def classes(rows: Sequence[SizeClass]) -> list[dict]:
    """The size classes: bounds in inhabitants, the minimum included."""
    return [
        {"code": one.code, "minimum": one.minimum, "maximum": one.maximum, **_words(one, "title")}
        for one in rows
    ]


def public(
    edition: Edition,
    outcome: Outcome,
    *,
    private: str,
    revision: int,
    reason: Mapping[str, str],
    sealed_at: str,
) -> str:
    """The text that everybody may read and check; `sealed_at` is a moment in ISO 8601, UTC."""
    taken = outcome.inputs
    return dumps({
        "format": FORMAT,
        "rating": {"slug": edition.rating.slug, **_words(edition.rating, "title")},
        "edition": {
            "slug": edition.slug, "year": edition.year, **_words(edition, "title"),
            "population_year": edition.population_year,
        },
        "revision": revision, "reason": dict(reason), "sealed_at": sealed_at,
        "code_version": code_version(), "method": method(taken), **structure(taken),
        "classes": classes(taken.classes), "results": results(outcome),
        "private_sha256": sha256(private),
    })  # fmt: skip


def results(outcome: Outcome) -> list[dict]:
    """One object per city: who it is, its class, and all that came out for it."""
    titles = {one.code: _words(one, "title") for one in outcome.inputs.classes}
    return [
        {
            **{name: value for name, value in row.items() if name != "response"},
            "city": row["response"], "class_title_ru": "", "class_title_en": "",
            **{f"class_{name}": text for name, text in titles.get(row["class"], {}).items()},
            **names(place.response), "country": _country(place.response),
        }
        for place, row in zip(outcome.places, outcome.as_rows(), strict=True)
    ]  # fmt: skip


def private(taken: Inputs, points: Mapping[int, dict]) -> str:
    """The text that stays here: inhabitants and numbers as counted, and the points of each city.

    points: {response pk: detail}.
    """
    codes = {one.pk: one.code for one in taken.rows.indicators}
    counted: dict[int, dict[str, float]] = {one.pk: {} for one in taken.responses}
    for (response, indicator), value in taken.rows.answers.items():
        counted[response][codes[indicator]] = value
    return dumps({
        "nonce": secrets.token_hex(16),
        "answers": [
            {"city": one.pk, "population": one.population, "numbers": counted[one.pk]}
            for one in taken.responses
        ],
        "points": {str(pk): detail for pk, detail in points.items()},
    })  # fmt: skip


def names(response: Response) -> dict[str, str]:
    """Both names of a city as they are today; empty where there is none in the language."""
    named = response.member or response
    return {f"name_{code}": getattr(named, f"name_{code}") or "" for code in ("ru", "en")}


def _country(response: Response) -> str:
    country = response.country or (response.member.country if response.member else None)
    return country.code if country else ""


def _words(row: Any, field: str) -> dict[str, str]:
    return {f"{field}_{code}": getattr(row, f"{field}_{code}") or "" for code in ("ru", "en")}


def _leaf(plain: dict) -> dict:
    posts = plain["goalposts"]
    return plain | {"goalposts": list(posts) if posts else None}
