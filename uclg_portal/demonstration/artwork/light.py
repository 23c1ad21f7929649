"""Colours of the house and the light of an hour: everything painted passes through a light."""

from dataclasses import dataclass, replace

Colour = tuple[int, int, int]


def colour(code: str) -> Colour:
    """From "#0d3b45"."""
    return tuple(int(code[i : i + 2], 16) for i in (1, 3, 5))


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The first colour with so much of the second."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


PETROL = colour("#0d3b45")
DEEP = colour("#082c34")
NIGHT = colour("#072429")
TURQUOISE = colour("#1d9a97")
GLAZE = colour("#8fd6cf")
MIST = colour("#cfe3e1")
APRICOT = colour("#f4a63a")
POMEGRANATE = colour("#b3173f")
LIMESTONE = colour("#efe9dc")
CREAM = colour("#faf4e6")
SAND = colour("#dfc79c")
BRICK = mix(APRICOT, POMEGRANATE, 0.52)
ROSE = mix(POMEGRANATE, LIMESTONE, 0.45)
LEAF = colour("#3f8a66")
MOSS = colour("#23624f")
STRAW = colour("#d9b75c")
WOOD = colour("#8a5a3a")
BARK = colour("#4b3a35")
SNOW = colour("#f6f8f5")

SKINS = [colour(code) for code in ("#f1cba8", "#e0ac80", "#c68a5c", "#a86f47", "#ecbd95")]
HAIRS = [
    colour(code) for code in ("#2a2422", "#3c2a22", "#5b3c28", "#1d2226", "#8d6a45", "#9b9b97")
]
CLOTHES = [PETROL, TURQUOISE, APRICOT, POMEGRANATE, LIMESTONE, GLAZE, BRICK, MOSS, STRAW, ROSE]


@dataclass(frozen=True)
class Light:
    """An hour of the day: the sky from top to horizon, what haze and shadow do to colours."""

    name: str
    sky: tuple[Colour, ...]
    haze: Colour
    tint: Colour
    tint_share: float
    glow: Colour
    shadow: Colour
    lamps: bool = False

    def lit(self, base: Colour, share: float | None = None) -> Colour:
        """How a near thing of this colour looks now."""
        return mix(base, self.tint, self.tint_share if share is None else share)

    def far(self, base: Colour, distance: float) -> Colour:
        """How it looks from afar: 0 is near, 1 is lost in the haze."""
        return mix(self.lit(base), self.haze, distance)


def indoors(light: Light) -> Light:
    """The same hour in a room: when lamps burn, things keep their colours and grow warm."""
    if not light.lamps:
        return light
    return replace(light, tint=BARK, tint_share=0.16, shadow=DEEP)


MORNING = Light(
    "morning", (colour("#9fcfcb"), colour("#dfe9e0"), colour("#fbe3bd")), colour("#ecdfc3"),
    CREAM, 0.04, colour("#fff0cf"), PETROL,
)  # fmt: skip
DAY = Light(
    "day", (colour("#5fbdb8"), GLAZE, colour("#e2efe8")), colour("#c5e6de"),
    CREAM, 0.0, CREAM, PETROL,
)  # fmt: skip
GOLDEN = Light(
    "golden", (colour("#3fa09d"), colour("#b9d6bd"), colour("#fbd58d"), colour("#f6b357")),
    colour("#f4cf98"), APRICOT, 0.12, colour("#ffe3a3"), colour("#3d2f3c"),
)  # fmt: skip
DUSK = Light(
    "dusk", (PETROL, colour("#2f6a72"), colour("#c0605c"), colour("#f4a65a")),
    colour("#a45f63"), colour("#24384a"), 0.34, colour("#ffc878"), NIGHT, lamps=True,
)  # fmt: skip
NIGHTFALL = Light(
    "night", (NIGHT, colour("#0b333b"), colour("#1c6068")), colour("#17525b"),
    colour("#082c3a"), 0.52, colour("#ffd98c"), colour("#03161a"), lamps=True,
)  # fmt: skip
PALE = Light(
    "pale", (colour("#a9d3d0"), colour("#e4ebdf"), colour("#f8ead2")), colour("#e6e6d8"),
    CREAM, 0.08, colour("#fff6df"), PETROL,
)  # fmt: skip
