"""What a picture costs a worker: the largest that are taken, in a process of its own."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from awards import works

ROOT = Path(__file__).resolve().parents[2]
MOST_MEGABYTES = 400
CODE = """
import re, sys
import django
django.setup()
from awards import works
for path in sys.argv[1:]:
    works.look_of(works.prepare(open(path, "rb").read()).data)
# The peak of this process alone: getrusage would tell that of whoever started it, too.
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


def saved(path: Path, form: str, mode: str, size: tuple[int, int], **options) -> str:
    tile = Image.frombytes("L", (256, 256), bytes(range(256)) * 256)
    picture = Image.new("L", size)
    for x in range(0, size[0], 256):
        for y in range(0, size[1], 256):
            picture.paste(tile, (x, y))
    out = io.BytesIO()
    picture.convert(mode).save(out, form, **options)
    path.write_bytes(out.getvalue())
    return str(path)


@pytest.mark.parametrize(
    ("form", "mode", "size", "options"),
    [
        ("JPEG", "RGB", (9000, 6600), {"quality": 90}),
        ("JPEG", "RGB", (6000, 4000), {"quality": 90, "progressive": True}),
        ("PNG", "RGBA", (6000, 4000), {"compress_level": 1}),
    ],
)
def test_largest_pictures_stay_below_400_mb(tmp_path, form, mode, size, options):
    path = saved(tmp_path / "work", form, mode, size, **options)
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "uclg_portal.settings", "DEMO": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CODE, *[path] * 3], cwd=ROOT, env=environ, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert int(done.stdout) < MOST_MEGABYTES


@pytest.mark.parametrize(
    ("form", "options"), [("PNG", {"compress_level": 1}), ("JPEG", {"progressive": True})]
)
def test_picture_that_would_take_more_is_refused(tmp_path, form, options):
    path = saved(tmp_path / "work", form, "RGB", (6001, 4000), **options)
    with pytest.raises(ValidationError) as caught:
        works.prepare(Path(path).read_bytes())
    assert caught.value.code == "too_many_pixels"
