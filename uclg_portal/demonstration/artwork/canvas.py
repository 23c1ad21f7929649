"""The sheet: flat shapes, grained shading and glows, drawn at twice the size and brought down."""

import io
from random import Random

from PIL import Image, ImageChops, ImageDraw

from uclg_portal.demonstration.artwork.light import Colour, Light
from uclg_portal.demonstration.artwork.shapes import Outline, ellipse, rect

WIDTH, HEIGHT = 1600, 1067
FINE = 1.5  # pixels drawn for a pixel kept, each way
GRAIN = 512
SMALL = 24  # fine pixels: what is smaller gets no grain


class Canvas:
    """A sheet 1600 × 1067 in its own units, whatever the size of the picture."""

    def __init__(self, size: tuple[int, int], rng: Random, light: Light):
        self.size, self.rng, self.light = size, rng, light
        self.sun = rng.choice((-1, 1))  # the light comes from the left or from the right
        scale = max(size[0] / WIDTH, size[1] / HEIGHT)
        # Each picture looks at its scene from a little nearer or further, and from one side.
        self.zoom = rng.uniform(1.0, 1.16)
        self.left = rng.uniform(0, WIDTH - WIDTH / self.zoom)
        self.top = rng.uniform(0.3, 0.9) * (HEIGHT - HEIGHT / self.zoom)
        self.mirrored = rng.random() < 0.5
        self.scale = scale * FINE
        self.full = (round(WIDTH * self.scale), round(HEIGHT * self.scale))
        self.scale *= self.zoom
        self.image = Image.new("RGB", self.full, light.haze)
        self.pen = ImageDraw.Draw(self.image)
        self.wash = ImageDraw.Draw(self.image, "RGBA")
        speckle = Image.frombytes("L", (GRAIN // 2, GRAIN // 2), rng.randbytes(GRAIN * GRAIN // 4))
        self.speckle = speckle.resize((GRAIN, GRAIN), Image.Resampling.NEAREST)

    def _pixels(self, outline: Outline) -> Outline:
        scale, left, top = self.scale, self.left, self.top
        return [((x - left) * scale, (y - top) * scale) for x, y in outline]

    def fill(self, outline: Outline, paint: Colour, alpha: float = 1) -> None:
        """Fill an outline, opaque or as a wash."""
        if alpha >= 1:
            self.pen.polygon(self._pixels(outline), fill=paint)
        else:
            self.wash.polygon(self._pixels(outline), fill=(*paint, round(alpha * 255)))

    def line(self, points: Outline, paint: Colour, width: float, alpha: float = 1) -> None:
        pen, fill = (self.pen, paint) if alpha >= 1 else (self.wash, (*paint, round(alpha * 255)))
        thick = max(1, round(width * self.scale))
        pen.line(self._pixels(points), fill=fill, width=thick, joint="curve")

    def sky(self, stops: tuple[Colour, ...] | None = None, bottom: float = 640) -> None:
        """An even passage of colours from the top edge down to the horizon."""
        self.fill(rect(0, bottom - 2, WIDTH, HEIGHT), (stops or self.light.sky)[-1])
        self.passage(rect(0, 0, WIDTH, bottom), stops or self.light.sky, masked=False)

    def passage(self, outline: Outline, stops: tuple[Colour, ...], masked: bool = True) -> None:
        """Fill an outline with colours that pass into one another from top to bottom."""
        left, top, right, bottom = box = self._box(outline)
        if right <= left or bottom <= top:
            return
        strip = Image.new("RGB", (1, len(stops)))
        strip.putdata(stops)
        tall = strip.resize(
            (1, bottom - top), Image.Resampling.BILINEAR, box=(0, 0.5, 1, len(stops) - 0.5)
        )
        area = tall.resize((right - left, bottom - top), Image.Resampling.NEAREST)
        self.image.paste(area, box, self._mask(outline, box) if masked else None)

    def model(self, outline: Outline, bright: Colour, dark: Colour, strength: float = 1) -> None:
        """Grain on the side of the light and on the other side; small things stay flat."""
        box = self._box(outline)
        if min(box[2] - box[0], box[3] - box[1]) < SMALL:
            return
        near, far = round(150 * strength), round(170 * strength)
        lights = (near, 0, near // 3, 0) if self.sun < 0 else (0, near, 0, near // 3)
        shades = (0, far // 3, 0, far) if self.sun < 0 else (far // 3, 0, far, 0)
        mask, speckles = self._mask(outline, box), self._speckles(box)
        self._grain(box, mask, speckles, bright, lights)
        self._grain(box, mask, speckles, dark, shades)

    def shade(self, outline: Outline, paint: Colour, corners: tuple[int, int, int, int]) -> None:
        """Grain over an outline; corners: how dense (0 to 255) top left, top right, bottom left
        and bottom right of its box."""
        box = self._box(outline)
        if min(box[2] - box[0], box[3] - box[1]) < SMALL:
            return
        self._grain(box, self._mask(outline, box), self._speckles(box), paint, corners)

    def _grain(self, box, mask, speckles, paint: Colour, corners) -> None:
        four = Image.new("L", (2, 2))
        four.putdata(corners)
        density = four.resize(speckles.size, Image.Resampling.BILINEAR)
        dots = ImageChops.add(density, speckles, 0.3, -850)
        self.image.paste(paint, box, ImageChops.darker(dots, mask) if mask else dots)

    def glow(self, x: float, y: float, radius: float, paint: Colour, strength: float = 1,
             flat: float = 1) -> None:  # fmt: skip
        """A soft light around a point; flat < 1 presses it into a pool on the ground."""
        outline = ellipse(x, y, radius, radius * flat, 4)
        box = self._raw_box(outline)
        clipped = self._box(outline)
        if clipped[2] <= clipped[0] or clipped[3] <= clipped[1]:
            return
        size = (box[2] - box[0], box[3] - box[1])
        soft = Image.radial_gradient("L").point(
            [round(255 * strength * max(0, 1 - v / 181) ** 2) for v in range(256)]
        )
        whole = soft.resize(size, Image.Resampling.BILINEAR)
        self.image.paste(paint, box[:2], whole)

    def _raw_box(self, outline: Outline) -> tuple[int, int, int, int]:
        pixels = self._pixels(outline)
        xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
        return int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1

    def _box(self, outline: Outline) -> tuple[int, int, int, int]:
        left, top, right, bottom = self._raw_box(outline)
        return max(0, left), max(0, top), min(self.full[0], right), min(self.full[1], bottom)

    def _mask(self, outline: Outline, box: tuple[int, int, int, int]) -> Image.Image | None:
        """Where the outline lies in its box; None when it fills it."""
        if len(outline) == 4 and len({x for x, _ in outline}) == len({y for _, y in outline}) == 2:
            return None
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        shifted = [(x - box[0], y - box[1]) for x, y in self._pixels(outline)]
        ImageDraw.Draw(mask).polygon(shifted, fill=255)
        return mask

    def _speckles(self, box: tuple[int, int, int, int]) -> Image.Image:
        left, top, right, bottom = box
        area = Image.new("L", (right - left, bottom - top))
        for x in range(-(left % GRAIN), area.width, GRAIN):
            for y in range(-(top % GRAIN), area.height, GRAIN):
                area.paste(self.speckle, (x, y))
        return area

    def jpeg(self, quality: int = 86) -> bytes:
        """The finished picture: brought down, its edges darkened, grained like paper."""
        width, height = self.size
        small = (round(self.full[0] / FINE), round(self.full[1] / FINE))
        image = self.image.resize(small, Image.Resampling.BILINEAR)
        left, top = (small[0] - width) // 2, (small[1] - height) // 2
        image = image.crop((left, top, left + width, top + height))
        if self.mirrored:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        edge = Image.radial_gradient("L").point([255 - max(0, v - 165) // 3 for v in range(256)])
        edges = edge.resize(self.size, Image.Resampling.BILINEAR)
        paper = Image.new("L", self.size)
        fibre = self.speckle.reduce(2).point([116 + v // 9 for v in range(256)])
        for x in range(0, width, fibre.width):
            for y in range(0, height, fibre.height):
                paper.paste(fibre, (x, y))
        image = ImageChops.soft_light(image, Image.merge("RGB", (paper,) * 3))
        image = ImageChops.multiply(image, Image.merge("RGB", (edges,) * 3))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        return out.getvalue()
