"""Drawings of the children's contest: national costumes, drawn by a program, and said to be so."""

import math
from random import Random

from uclg_portal.demonstration.artwork.costumes import CLOTH, GOLD, INK, WHITE, Figure
from uclg_portal.demonstration.artwork.crayons import Sheet, ring

SKIES = ((130, 190, 236), (160, 214, 240), (248, 200, 150), (110, 150, 214))
GRASS = ((96, 172, 76), (150, 186, 70), (70, 150, 96))


def drawing(seed: int | str) -> bytes:
    """A JPEG of a drawing, upright or lying, its longer side 1500 pixels; the same for a seed."""
    rng = Random(f"drawing:{seed}")
    size = (1500, 1100) if rng.random() < 0.65 else (1100, 1500)
    sheet = Sheet(size, rng)
    ground = size[1] * rng.uniform(0.7, 0.8)
    _surroundings(sheet, ground)
    count = rng.choice((1, 2, 2, 3)) if size[0] > size[1] else rng.choice((1, 1, 2))
    for place in range(count):
        x = size[0] * (place + 0.5 + rng.uniform(-0.08, 0.08)) / count
        height = size[1] * rng.uniform(0.56, 0.66) * (1 if count < 3 else 0.88)
        Figure(sheet, x, ground + size[1] * rng.uniform(0.09, 0.15), height).draw()
    _flowers(sheet, ground)
    return sheet.jpeg()


def _surroundings(sheet: Sheet, ground: float) -> None:
    wide, tall = sheet.size
    rng = sheet.rng
    margin = rng.randint(12, 40)
    # Children draw the sky as a strip above, or leave it out.
    if rng.random() < 0.85:
        low = tall * rng.uniform(0.12, 0.5)
        box = [(margin, margin), (wide - margin, margin), (wide - margin, low), (margin, low)]
        sheet.area(box, rng.choice(SKIES), dense=0.7)
    rng.choice((_mountains, _houses, _yurts, _trees, _trees))(sheet, ground)
    box = [(margin, ground), (wide - margin, ground), (wide - margin, tall - margin),
           (margin, tall - margin)]  # fmt: skip
    sheet.area(box, rng.choice(GRASS), dense=0.9)
    _sun(sheet, margin)
    _birds(sheet)


def _sun(sheet: Sheet, margin: int) -> None:
    x = sheet.rng.choice((margin + 90, sheet.size[0] - margin - 90))
    for ray in range(14):
        angle = ray * math.tau / 14
        start = (x + math.cos(angle) * 80, 110 + math.sin(angle) * 80)
        end = (x + math.cos(angle) * 135, 110 + math.sin(angle) * 135)
        sheet.line([start, end], (250, 190, 30), 9)
    sheet.disc((x, 110), 68, (252, 210, 50), contour=(240, 150, 20), dense=1.5)


def _birds(sheet: Sheet) -> None:
    for _bird in range(sheet.rng.randint(0, 4)):
        x, y = sheet.rng.uniform(0.25, 0.75) * sheet.size[0], sheet.rng.uniform(50, 170)
        sheet.line([(x - 26, y - 12), (x, y), (x + 26, y - 14)], INK, 4)


def _mountains(sheet: Sheet, ground: float) -> None:
    for place in range(4):
        x, half = sheet.size[0] * (place + 0.4) / 3.6, sheet.size[0] * 0.2
        top = ground - sheet.size[1] * sheet.rng.uniform(0.25, 0.4)
        outline = [(x - half, ground), (x, top), (x + half, ground)]
        sheet.area(outline, (142, 138, 170), contour=INK, width=5, dense=0.8)
        snow = [(x - half * 0.25, top + (ground - top) * 0.25), (x, top),
                (x + half * 0.25, top + (ground - top) * 0.25)]  # fmt: skip
        sheet.area(snow, WHITE, dense=1.5)


def _houses(sheet: Sheet, ground: float) -> None:
    for x in (0.14, 0.5, 0.86):
        if sheet.rng.random() < 0.75:
            _house(sheet, sheet.size[0] * x, ground, sheet.size[1] * sheet.rng.uniform(0.16, 0.24))


def _house(sheet: Sheet, x: float, ground: float, size: float) -> None:
    half, top = size * 0.6, ground - size
    box = [(x - half, top), (x + half, top), (x + half, ground), (x - half, ground)]
    sheet.area(box, (196, 140, 80), contour=INK)
    roof = [(x - half * 1.25, top), (x, top - size * 0.65), (x + half * 1.25, top)]
    sheet.area(roof, sheet.rng.choice(CLOTH), contour=INK, dense=1.2)
    for side in (-0.45, 0.45):
        left, right = x + side * half - size * 0.16, x + side * half + size * 0.16
        upper, lower = top + size * 0.3, top + size * 0.65
        pane = [(left, upper), (right, upper), (right, lower), (left, lower)]
        sheet.area(pane, (250, 232, 150), contour=(60, 110, 170), width=7)


def _yurts(sheet: Sheet, ground: float) -> None:
    for x in (0.2, 0.78):
        centre, size = (sheet.size[0] * x, ground), sheet.size[1] * sheet.rng.uniform(0.16, 0.22)
        sheet.area(ring(centre, size, size, math.pi, math.tau), WHITE, contour=INK, dense=1.4)
        for part in (0.35, 0.62):
            y, half = ground - size * part, size * math.sqrt(1 - part * part)
            sheet.line([(centre[0] - half, y), (centre[0] + half, y)], sheet.rng.choice(CLOTH), 14)
        door = [(centre[0] - 34, ground - size * 0.5), (centre[0] + 34, ground - size * 0.5),
                (centre[0] + 34, ground), (centre[0] - 34, ground)]  # fmt: skip
        sheet.area(door, sheet.rng.choice(CLOTH), contour=GOLD, dense=1.4)


def _trees(sheet: Sheet, ground: float) -> None:
    for place in range(5):
        x = sheet.size[0] * (place + sheet.rng.uniform(0.2, 0.8)) / 5
        top = ground - sheet.size[1] * sheet.rng.uniform(0.16, 0.3)
        sheet.line([(x, ground), (x, top)], (120, 76, 44), 26)
        for leaf in range(5):
            angle = leaf * math.tau / 5
            centre = (x + math.cos(angle) * 46, top + math.sin(angle) * 40)
            sheet.disc(centre, 48, sheet.rng.choice(GRASS))
        for _apple in range(sheet.rng.choice((0, 5))):
            spot = (x + sheet.rng.uniform(-60, 60), top + sheet.rng.uniform(-50, 50))
            sheet.dot(spot, 11, (214, 50, 50))


def _flowers(sheet: Sheet, ground: float) -> None:
    for _flower in range(sheet.rng.randint(4, 11)):
        x = sheet.rng.uniform(60, sheet.size[0] - 60)
        y = sheet.rng.uniform(ground + 50, sheet.size[1] - 70)
        sheet.line([(x, y), (x, y + 44)], (40, 120, 60), 6)
        paint = sheet.rng.choice(CLOTH)
        for petal in range(6):
            angle = petal * math.tau / 6
            sheet.dot((x + math.cos(angle) * 15, y + math.sin(angle) * 15), 10, paint)
        sheet.dot((x, y), 9, GOLD)
