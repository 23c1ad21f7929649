"""A sheet of drawing paper and a child's hand: wobbling contours, areas filled by scribbling."""

import io
import itertools
import math
from random import Random

from PIL import Image, ImageDraw

Point = tuple[float, float]
Paint = tuple[int, int, int]
PAPERS = ((252, 249, 240), (250, 250, 248), (246, 240, 226), (241, 244, 246))


class Sheet:
    """Paper of this width and height in pixels. Everything on it is drawn by an unsteady hand."""

    def __init__(self, size: tuple[int, int], rng: Random):
        self.size, self.rng = size, rng
        self.image = Image.new("RGB", size, rng.choice(PAPERS))
        self.pen = ImageDraw.Draw(self.image)
        self.lean = rng.uniform(0.5, 1.1)  # the way this hand scribbles
        self.steady = rng.uniform(1.5, 4.0)  # pixels that a line strays
        grain = Image.frombytes("L", (256, 256), rng.randbytes(256 * 256))
        self.grain = grain.point([90 if value < 70 else 235 for value in range(256)])

    def wobble(self, points: list[Point], *, closed: bool = False) -> list[Point]:
        """The same way with small waves, as points some pixels from one another."""
        way, phase = [], self.rng.uniform(0, 6)
        for (x, y), (to_x, to_y) in zip(points, [*points[1:], points[0]], strict=True):
            steps = max(1, int(math.hypot(to_x - x, to_y - y) / 12))
            for step in range(steps):
                part = step / steps
                phase += self.rng.uniform(0.1, 0.7)
                stray = math.sin(phase) * self.steady
                way.append((x + (to_x - x) * part + stray, y + (to_y - y) * part - stray * 0.8))
            if not closed and (to_x, to_y) == points[-1]:
                break
        return [*way, way[0] if closed else points[-1]]

    def line(self, points: list[Point], paint: Paint, width: float) -> None:
        """A line that is thicker here and thinner there."""
        way = self.wobble(points)
        for start, end in itertools.pairwise(way):
            self.pen.line((start, end), fill=paint, width=max(2, round(width)))
            radius = width * self.rng.uniform(0.42, 0.58)
            x, y = end
            self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=paint)

    def area(
        self, outline: list[Point], paint: Paint, *, contour: Paint | None = None,
        width: float = 5, dense: float = 1,
    ) -> None:  # fmt: skip
        """Scribble an area full, a little over its edge, then draw its contour.

        What has a contour hides what is behind it.
        """
        if contour is not None:
            pale = tuple((part + 2 * 250) // 3 for part in paint)
            self.pen.polygon(outline, fill=pale)
        self._scribble(outline, paint, dense)
        if contour is not None:
            self.line([*outline, outline[0]], contour, width)

    def _scribble(self, outline: list[Point], paint: Paint, dense: float) -> None:
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        left, top = int(min(xs)) - 8, int(min(ys)) - 8
        size = (int(max(xs)) - left + 9, int(max(ys)) - top + 9)
        inside = Image.new("L", size)
        shape = [(x - left, y - top) for x, y in self.wobble(outline, closed=True)]
        ImageDraw.Draw(inside).polygon(shape, fill=150)
        strokes = Image.new("L", size)
        pen = ImageDraw.Draw(strokes)
        angle = self.lean + self.rng.uniform(-0.15, 0.15)
        slope, gap = math.cos(angle) / math.sin(angle), 7 / dense
        reach = size[1] * abs(slope)
        x = -reach
        while x < size[0] + reach:
            shift = self.rng.uniform(-4, 4)
            ends = ((x + shift, 0), (x + slope * size[1] + shift, size[1]))
            pen.line(ends, fill=self.rng.randint(170, 255), width=self.rng.randint(4, 9))
            x += gap * self.rng.uniform(0.7, 1.3)
        mask = Image.composite(strokes, Image.new("L", size), inside.point(_FULL))
        mask = Image.composite(mask, inside, strokes.point(_FULL))
        self.image.paste(paint, (left, top), self._grained(mask))

    def _grained(self, mask: Image.Image) -> Image.Image:
        sheet = Image.new("L", mask.size)
        for x in range(0, mask.width, 256):
            for y in range(0, mask.height, 256):
                sheet.paste(self.grain, (x, y))
        return Image.composite(mask, Image.new("L", mask.size), sheet)

    def disc(self, centre: Point, radius: float, paint: Paint, **options) -> None:
        """A round thing, as round as a child makes it."""
        self.area(ring(centre, radius, radius * self.rng.uniform(0.92, 1.08)), paint, **options)

    def dot(self, centre: Point, radius: float, paint: Paint) -> None:
        x, y = centre
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=paint)

    def jpeg(self, quality: int = 88) -> bytes:
        out = io.BytesIO()
        self.image.save(out, "JPEG", quality=quality)
        return out.getvalue()


_FULL = [0] + [255] * 255


def ring(centre: Point, wide: float, tall: float, start: float = 0, end: float = 2 * math.pi):
    """Points of an ellipse, or of a part of it between two angles (0 is to the right, 90° down)."""
    x, y = centre
    count = 28
    return [
        (
            x + wide * math.cos(start + (end - start) * step / count),
            y + tall * math.sin(start + (end - start) * step / count),
        )
        for step in range(count + 1)
    ]
