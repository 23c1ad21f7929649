"""Makes the TTFs of this folder from web fonts. Needs `fonttools[woff]`; see README.md.

python content/fonts/merge_fonts.py [FOLDER OF NOTO PACKAGES]
"""

import json
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
WEB_FONTS = HERE.parents[1] / "static/fonts"
PARTS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext"]
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
NAMES_TO_KEEP = {0, 5, 7, 8, 9, 11, 12, 13, 14}  # copyright, version, makers, licence


def main() -> None:
    for style in WEIGHTS:
        parts = [WEB_FONTS / f"onest-{part}-wght-normal.woff2" for part in PARTS]
        make(parts, "Onest", style)
    make([WEB_FONTS / f"piazzolla-{part}-700-normal.woff2" for part in PARTS], "Piazzolla", "Bold")
    for script in ["armenian", "georgian"] if len(sys.argv) > 1 else []:
        for style in ("Regular", "Bold"):
            name = f"noto-sans-{script}-{script}-{WEIGHTS[style]}-normal.woff2"
            make(
                [Path(sys.argv[1]) / script / "files" / name], f"Noto Sans {script.title()}", style
            )
    write_coverage()


def make(parts: list[Path], family: str, style: str) -> None:
    """One static TTF of one weight from the web subsets of a face."""
    with tempfile.TemporaryDirectory() as folder:
        plain = [_plain(part, WEIGHTS[style], Path(folder)) for part in parts]
        options = Options()
        options.drop_tables = ["STAT", "HVAR", "MVAR", "avar", "DSIG"]
        font = Merger(options=options).merge(plain) if len(plain) > 1 else TTFont(plain[0])
        _name(font, family, style)
        font.recalcTimestamp = False
        font.save(HERE / f"{family.replace(' ', '')}-{style}.ttf")


def _plain(path: Path, weight: int, folder: Path) -> str:
    font = TTFont(path)
    font.flavor = None
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    target = folder / f"{path.stem}.ttf"
    font.save(target)
    return str(target)


def _name(font: TTFont, family: str, style: str) -> None:
    """Names and marks of one static weight, the same in every table."""
    plain = style in {"Regular", "Bold"}
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in NAMES_TO_KEEP]
    full = f"{family} {style}"
    for number, text in {
        1: family if plain else full, 2: style if plain else "Regular", 3: f"{full}, merged",
        4: full, 6: full.replace(" ", ""), 16: family, 17: style,
    }.items():  # fmt: skip
        names.setName(text, number, 3, 1, 0x409)
    marks = {"Regular": 0x40, "Bold": 0x20}.get(style, 0)
    font["OS/2"].usWeightClass = WEIGHTS[style]
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | marks
    font["head"].macStyle = 1 if style == "Bold" else 0


def write_coverage() -> None:
    """Ranges of the characters that paper can show: those of Onest and of the Noto faces."""
    codes = set()
    for path in HERE.glob("*-Regular.ttf"):
        codes |= set(TTFont(path).getBestCmap())
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    (HERE / "coverage.json").write_text(json.dumps(ranges) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
