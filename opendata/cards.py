"""Pictures for social networks (Open Graph): the title of a public page in the house's design.

1200 by 630: petrol ground, twelve gates below. Only the title of a public record is ever written,
so nobody makes us draw what they like; what was drawn is kept until the title changes.
"""

import functools
import hashlib
import io
import json
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from content.cards import kind_of
from content.languages import in_language
from content.templatetags.social_tags import HEIGHT, WIDTH

FONTS = Path(settings.BASE_DIR) / "content/fonts"
GATES = Path(__file__).with_name("gates.json")  # the shapes of static/img/gate-*.svg as polygons
DESIGN = "1"  # another one for another design: what was kept is drawn anew
PETROL, PAPER, APRICOT, PALE = "#0d3b45", "#ffffff", "#f4a63a", "#b9d4d3"
EDGE, TOP, BOTTOM = 72, 124, 420
GATE_WIDTH, GATE_HEIGHT = 100, 128
SIZES = (76, 68, 60, 52, 46, 40)
KEPT = 24 * 3600  # seconds


def words_of(kind: str, key: str, language: str) -> tuple[str, str] | None:
    """What a picture says: what it is, and the title; None where nothing public has this key."""
    found = kind_of(kind)
    record = found.find(key) if found else None
    if found is None or record is None:
        return None
    with translation.override(language):
        return capfirst(str(found.label)), in_language(record, found.field, language)[0]


def tag_of(label: str, title: str, language: str) -> str:
    """A short name of a picture: the same words have the same one."""
    said = "\n".join([DESIGN, label, title, language])
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def picture(label: str, title: str, language: str) -> bytes:
    """The picture as PNG, drawn once."""
    name = f"card:{tag_of(label, title, language)}"
    if (kept := cache.get(name)) is None:
        with translation.override(language):
            kept = _drawn(label, title, _("UCLG-Eurasia"))
        cache.set(name, kept, KEPT)
    return kept


def _drawn(label: str, title: str, site: str) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PETROL)
    draw = ImageDraw.Draw(image)
    draw.text((EDGE, 56), label, font=_font("Onest-SemiBold", 32), fill=APRICOT)
    font, lines = fitted(title)
    step = int(font.size * 1.16)
    for number, line in enumerate(lines):
        draw.text((EDGE, TOP + number * step), line, font=font, fill=PAPER)
    draw.text((EDGE, BOTTOM + 20), site, font=_font("Onest-Regular", 30), fill=PALE)
    _draw_gates(image)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The title in lines that fit, as large as it goes; too long a one ends in an ellipsis."""
    font = _font("Piazzolla-Bold", SIZES[-1])
    for size in SIZES:
        font = _font("Piazzolla-Bold", size)
        lines, most = _lines(title, font), _most_lines(size)
        if len(lines) <= most:
            return font, lines
    kept = lines[:most]
    while kept[-1] and font.getlength(f"{kept[-1]}…") > WIDTH - 2 * EDGE:
        kept[-1] = kept[-1][:-1]
    return font, [*kept[:-1], f"{kept[-1].rstrip(' ,.;:–')}…"]


def _most_lines(size: int) -> int:
    return int((BOTTOM - TOP) / (size * 1.16))


def _lines(title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in title.split():
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(joined) > WIDTH - 2 * EDGE:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines


def _draw_gates(image: Image.Image) -> None:
    """The twelve gates side by side, drawn twice as large and made small: smooth edges."""
    band = Image.new("RGB", (WIDTH * 2, GATE_HEIGHT * 2), PETROL)
    draw = ImageDraw.Draw(band)
    for place, gate in enumerate(_gates()):
        for colour, points in gate:
            moved = [((x + place * GATE_WIDTH) * 2, y * 2) for x, y in points]
            draw.polygon(moved, fill=colour)
    image.paste(band.resize((WIDTH, GATE_HEIGHT), Image.Resampling.LANCZOS),
                (0, HEIGHT - GATE_HEIGHT))  # fmt: skip


@functools.cache
def _gates() -> list:
    return json.loads(GATES.read_text())


@functools.cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.ttf", size)
