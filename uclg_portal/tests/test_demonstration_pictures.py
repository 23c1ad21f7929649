"""The pictures of the demonstration: drawn alike from the same seed, each motif, any size."""

import io
import tomllib
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from PIL import Image

from uclg_portal.demonstration.artwork import light, shapes
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.pictures import INDOORS, MOTIFS, OUTDOORS, draw

SMALL = (240, 160)
PAPER = (239, 233, 220)
INK = (13, 59, 69)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def motifs_asked_for() -> set[str]:
    """Every motif that a file of the demonstration names."""
    folder = Path(settings.BASE_DIR) / "demonstration"
    asked = set()
    for path in sorted(folder.rglob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [*content.get("pictures", []), *content.get("gallery", [])]
        rows += [row["photo"] for row in content.get("members", []) if "photo" in row]
        asked |= {row["motif"] for row in rows}
    return asked


@pytest.mark.parametrize("motif", MOTIFS)
def test_picture_of_every_motif_is_a_jpeg_of_the_size_asked_for(motif):
    image = opened(draw(motif, "kazan", SMALL))

    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", SMALL)


@pytest.mark.parametrize("motif", ["river", "meeting"])
def test_picture_is_the_same_for_the_same_seed_and_another_for_another(motif):
    first, again, other = (draw(motif, seed, SMALL) for seed in ("one", "one", "two"))

    assert first == again
    assert first != other


def test_picture_shows_much_more_than_an_even_ground():
    colours = opened(draw("market", "tashkent", SMALL)).getcolors(maxcolors=SMALL[0] * SMALL[1])

    assert len(colours) > 2000


@pytest.mark.parametrize("size", [(300, 100), (100, 300), (161, 107)])
def test_picture_fills_sheets_of_other_shapes(size):
    image = opened(draw("steppe", "darkhan", size))

    assert image.size == size
    corners = [image.getpixel((x, y)) for x in (0, size[0] - 1) for y in (0, size[1] - 1)]
    assert (0, 0, 0) not in corners


def test_picture_of_an_unknown_motif_is_refused():
    with pytest.raises(KeyError):
        draw("dragon", "kazan")


def test_motifs_of_the_demonstration_can_all_be_drawn():
    assert motifs_asked_for() <= set(MOTIFS)


def test_motifs_are_twenty_two_and_each_is_indoors_or_outdoors():
    assert len(MOTIFS) == 22
    assert not set(INDOORS) & set(OUTDOORS)


def test_every_scene_can_be_drawn_at_every_hour_it_is_offered():
    for scenes, hours in [*INDOORS.values(), *OUTDOORS.values()]:
        for scene in scenes:
            for hour in hours:
                canvas = Canvas((60, 40), Random("hour"), hour)
                scene(canvas)
                assert opened(canvas.jpeg()).size == (60, 40)


@pytest.mark.parametrize("kind", shapes.ARCHES)
def test_arch_stands_on_its_base_and_keeps_to_its_width_and_height(kind):
    outline = shapes.arch(kind, 100, 500, 80, 200)

    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    assert (outline[0][1], outline[-1][1], round(min(ys)), max(ys)) == (500, 500, 300, 500)
    assert min(xs) >= 99.99
    assert max(xs) <= 180.01


def test_arch_lower_than_its_curve_is_pressed_together():
    outline = shapes.arch("keel", 0, 100, 200, 50)

    assert round(min(y for _, y in outline)) == 50
    assert max(y for _, y in outline) == 100


def test_ridge_reaches_from_edge_to_edge_and_down_to_its_bottom():
    outline = shapes.ridge(Random(1), 400, 120, 0.5, bottom=700)

    assert (outline[0], outline[-1]) == ((-20, 700), (1620, 700))
    xs = [x for x, _ in outline[1:-1]]
    assert xs == sorted(xs)


def test_moved_outline_is_flipped_scaled_and_set_down():
    assert shapes.moved([(1, 2), (3, -4)], 10, 20, 2, flip=True) == [(8, 24), (4, 12)]


def test_between_is_the_point_so_far_along():
    assert shapes.between((0, 0), (10, -20), 0.25) == (2.5, -5.0)


def test_mixed_colour_lies_between_the_two():
    assert light.mix((0, 100, 200), (100, 200, 0), 0.5) == (50, 150, 100)


def test_room_is_lit_when_lamps_burn_outside_and_unchanged_by_day():
    assert light.indoors(light.DAY) is light.DAY
    night = light.indoors(light.NIGHTFALL)
    assert night.sky == light.NIGHTFALL.sky
    assert night.tint_share < light.NIGHTFALL.tint_share


def test_canvas_fills_inside_an_outline_and_not_outside():
    canvas = Canvas((160, 107), Random(3), light.DAY)
    canvas.fill(shapes.rect(0, 0, 1600, 1067), PAPER)
    canvas.fill(shapes.rect(600, 300, 1000, 700), INK)

    middle, edge = (canvas._pixels([point])[0] for point in ((800, 500), (300, 200)))
    assert canvas.image.getpixel((int(middle[0]), int(middle[1]))) == INK
    assert canvas.image.getpixel((int(edge[0]), int(edge[1]))) == PAPER


def test_canvas_grain_stays_inside_its_outline():
    canvas = Canvas((160, 107), Random(3), light.DAY)
    canvas.fill(shapes.rect(-100, -100, 1700, 1200), PAPER)
    canvas.shade(shapes.ellipse(800, 530, 300), INK, (255, 255, 255, 255))

    dots = canvas.image.point(lambda value: 255 if value < 150 else 0).convert("L").getbbox()
    (left, top), (right, bottom) = canvas._pixels([(500, 230), (1100, 830)])
    assert dots is not None
    assert dots[0] >= left - 1
    assert dots[1] >= top - 1
    assert dots[2] <= right + 2
    assert dots[3] <= bottom + 2


def test_canvas_leaves_out_what_lies_beyond_the_sheet():
    canvas = Canvas((160, 107), Random(3), light.DAY)
    canvas.fill(shapes.rect(-100, -100, 1700, 1200), PAPER)
    canvas.shade(shapes.rect(2000, 2000, 2400, 2400), INK, (255, 255, 255, 255))
    canvas.glow(-900, -900, 100, INK)
    canvas.passage(shapes.rect(1700, 1200, 1900, 1300), (INK, INK))

    assert canvas.image.getcolors() == [(canvas.full[0] * canvas.full[1], PAPER)]
