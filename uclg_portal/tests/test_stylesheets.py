"""The bundle: what a browser follows in development and gets at once afterwards."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from uclg_portal.stylesheets import BUNDLE, BundlingStorage, bundle

STATIC = Path(__file__).resolve().parents[2] / "static"


def test_bundle_puts_every_file_in_its_place_and_order():
    files = {
        "css/site.css": (
            '/* list */\n@import "/static/css/a.css";\n@import "/static/css/print.css" print;\n'
        ),
        "css/a.css": "a {}\n",
        "css/print.css": "p {}\n",
    }

    assert bundle(files.__getitem__) == "/* list */\na {}\n@media print {\np {}\n}\n"


def test_bundle_holds_every_style_sheet_of_the_public_pages():
    listed = set(re.findall(r'@import "/static/css/([\w-]+\.css)"', (STATIC / BUNDLE).read_text()))
    kept = {path.name for path in (STATIC / "css").glob("*.css") if "admin" not in path.name}

    # The page for frames on other sites loads embed.css and fonts.css, not the bundle; the page of
    # a door, made for weak lines, checkin.css alone.
    assert listed == kept - {"site.css", "embed.css", "checkin.css"}


def test_style_sheets_name_no_foreign_host_and_no_data_address():
    for path in (STATIC / "css").glob("*.css"):
        assert not re.findall(r"url\([\"']?(?:https?:|//|data:)", path.read_text()), path


@pytest.mark.parametrize("turns", [1, 2])
def test_collecting_writes_one_hashed_sheet(tmp_path, turns):
    source = FileSystemStorage(location=STATIC)
    shutil.copytree(STATIC, tmp_path, dirs_exist_ok=True)
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    names = [path.relative_to(STATIC).as_posix() for path in files]
    storage = BundlingStorage(location=tmp_path, base_url="/static/")

    for _turn in range(turns):
        list(storage.post_process({name: (source, name) for name in names}))

    sheet = (tmp_path / storage.stored_name(BUNDLE)).read_text()
    assert "@import" not in sheet
    assert "@layer reset, tokens, base" in sheet
    assert re.search(r'url\("\.\./fonts/[\w-]+\.[0-9a-f]{12}\.woff2"\)', sheet)
