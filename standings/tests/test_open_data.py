"""The data package: files, checksums, the code book, nothing that is not public."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.core.cache import cache
from django.utils import translation
from openpyxl import load_workbook

from members.tests.factories import make_member
from ratings.tests.factories import make_full_edition
from standings import open_data
from standings.tests.factories import make_known, make_sealed
from standings.tests.test_results_page import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db):
    return make_sealed().edition


def fetched(client, edition, name: str, code: str = "en") -> bytes:
    with translation.override(code):
        answer = client.get(address(edition, "data_file", name))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def table(data: bytes, delimiter: str = ",") -> list[dict]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))


def test_csv_has_places_and_scores_of_directions(client, edition):
    first, second, _third = table(fetched(client, edition, "results.csv"))
    assert first == {
        "city": "bishkek", "name_ru": "Бишкек", "name_en": "Bishkek", "country": "RU",
        "class": "medium", "class_ru": "medium", "class_en": "medium", "guest": "0", "place": "1",
        "place_in_class": "1", "place_among_members": "1", "place_among_members_in_class": "1",
        "score": "100.0", "likely_from": "1.0", "likely_to": "1.0", "P_score": "100.0",
        "P_place": "1", "E_score": "100.0", "E_place": "1",
    }  # fmt: skip
    assert (second["guest"], second["place"], second["place_among_members"]) == ("1", "2", "")


def test_csv_of_the_russian_page_is_for_russian_settings(client, edition):
    rows = table(fetched(client, edition, "results.csv", "ru"), ";")
    assert (rows[1]["score"], rows[1]["name_ru"]) == ("70,0", "Измир")


def test_xlsx_and_json_say_the_same(client, edition):
    sheet = load_workbook(io.BytesIO(fetched(client, edition, "results.xlsx"))).active
    heading, *cells = sheet.iter_rows(values_only=True)
    data = json.loads(fetched(client, edition, "results.json"))
    assert [dict(zip(heading, row, strict=True)) for row in cells] == data["cities"]
    assert (data["licence"], data["seal"]["sha256"]) == ("CC BY 4.0", edition.seals.get().sha256)


def test_code_book_is_in_both_languages(client, edition):
    book = {row["code"]: row for row in table(fetched(client, edition, "code-book.csv"))}
    assert book["P1"] == {
        "kind": "indicator", "code": "P1", "parent": "P", "meaning_ru": "Вопрос P1",
        "meaning_en": "Question P1", "unit_ru": "", "unit_en": "", "answer": "count",
        "weight": "0.6000", "less_is_better": "0", "divided_by": "", "per": "",
    }  # fmt: skip
    assert book["P"]["meaning_ru"] == "Направление P"
    assert book["place"]["meaning_en"].startswith("Place among all")
    assert set(book) >= set(open_data.columns_of(edition)) | {"normalisation", "missing"}


def test_sums_hold_for_every_file_and_the_package(client, edition):
    lines = fetched(client, edition, "SHA256SUMS").decode().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    assert list(sums) == list(open_data.NAMES)
    for name, number in sums.items():
        assert hashlib.sha256(fetched(client, edition, name)).hexdigest() == number
    package = zipfile.ZipFile(io.BytesIO(fetched(client, edition, "package.zip")))
    assert package.namelist() == [*open_data.NAMES, "SHA256SUMS"]
    assert hashlib.sha256(package.read("results.csv")).hexdigest() == sums["results.csv"]


def test_same_data_are_the_same_bytes(client, edition):
    first = [fetched(client, edition, name) for name in ("results.xlsx", "package.zip")]
    cache.clear()
    assert [fetched(client, edition, name) for name in ("results.xlsx", "package.zip")] == first


def test_name_that_begins_as_a_formula_is_text(client):
    before = make_full_edition(year=2016, kind="known", opened_at=None)
    make_known(before, make_member("evil"), 1, name_en="=1+1", name_ru="=1+1")
    cache.clear()
    row = table(fetched(client, before, "results.csv"))[0]
    assert row["name_en"] == "'=1+1"
    assert "score" not in row
    assert (row["source"], row["source_url"]) == ("Bulletin", "https://example.org/bulletin")


def test_no_file_holds_answers(client, edition):
    whole = b"".join(open_data.files(edition)[name] for name in ("results.json", "sealed.json"))
    assert b'"numbers"' not in whole
    assert b'"nonce"' not in whole


def test_other_names_are_not_found(client, edition):
    names = ["passwords.csv", "results.csv.bak", "sealed.json.gz"]
    addresses = [address(edition, "data_file", name) for name in names]
    assert [client.get(one).status_code for one in addresses] == [404] * 3


def test_past_edition_has_no_sealed_file(client):
    before = make_full_edition(year=2016, kind="known", opened_at=None)
    make_known(before)
    cache.clear()
    assert client.get(address(before, "data_file", "sealed.json")).status_code == 404


@pytest.mark.parametrize("code", ["en", "ru"])
def test_page_lists_files_with_their_checksums(client, edition, code):
    with translation.override(code):
        html = client.get(address(edition, "data")).content.decode()
    made = open_data.files(edition)
    with translation.override(code):
        made = open_data.files(edition)
    found = [name for name, data in made.items() if hashlib.sha256(data).hexdigest() in html]
    assert found == list(open_data.NAMES)
