"""Children in national costumes as a child draws them: big heads, straight arms, much ornament."""

import math

from uclg_portal.demonstration.artwork.crayons import Paint, Sheet, ring

INK: Paint = (52, 44, 60)
SKIN: tuple[Paint, ...] = ((247, 208, 172), (240, 190, 150), (228, 176, 134))
HAIR: tuple[Paint, ...] = ((60, 42, 36), (104, 66, 40), (190, 130, 60), (36, 32, 40))
CLOTH: tuple[Paint, ...] = (
    (206, 44, 52), (30, 110, 180), (38, 140, 84), (236, 150, 30), (130, 60, 150),
    (24, 150, 160), (226, 90, 140), (150, 30, 60), (70, 80, 170),
)  # fmt: skip
GOLD: Paint = (238, 188, 40)
WHITE: Paint = (255, 252, 246)
HATS = ("kokoshnik", "kalfak", "skullcap", "fur", "kalpak", "saukele", "scarf", "wreath")
GIRLS_HATS = ("kokoshnik", "kalfak", "saukele", "scarf", "wreath")


class Figure:
    """One child: `x` is its middle, `ground` where it stands, `height` from heel to crown."""

    def __init__(self, sheet: Sheet, x: float, ground: float, height: float):
        rng = sheet.rng
        self.sheet, self.x, self.ground, self.height = sheet, x, ground, height
        self.hat = rng.choice(HATS)
        self.is_girl = self.hat in GIRLS_HATS
        self.main, self.second, self.third = rng.sample(CLOTH, 3)
        self.skin, self.hair = rng.choice(SKIN), rng.choice(HAIR)
        self.head = height * rng.uniform(0.125, 0.15)
        self.face_y = ground - height + self.head
        self.neck = self.face_y + self.head * 0.95
        self.hem = ground - height * (0.1 if self.is_girl else 0.3)
        self.wide = height * rng.uniform(0.2, 0.27) * (1 if self.is_girl else 0.75)

    def draw(self) -> None:
        """The whole child, from the boots up."""
        self._legs()
        self._arms()
        self._coat()
        self._face()
        getattr(self, f"_{self.hat}")()

    def _legs(self) -> None:
        boots = self.sheet.rng.choice(((40, 36, 44), (150, 40, 40), (120, 76, 40)))
        for side in (-1, 1):
            x = self.x + side * self.height * 0.06
            self.sheet.line([(x, self.hem - 6), (x, self.ground - 8)], self.second, 22)
            foot = ring((x + side * 10, self.ground - 8), 26, 14)
            self.sheet.area(foot, boots, contour=INK, width=4)

    def _arms(self) -> None:
        rng = self.sheet.rng
        for side in (-1, 1):
            lift = rng.uniform(-0.16, 0.16) * self.height
            shoulder = (self.x + side * self.head * 0.55, self.neck + self.height * 0.05)
            reach = self.height * 0.23
            hand = (shoulder[0] + side * reach, shoulder[1] + self.height * 0.08 + lift)
            self.sheet.line([shoulder, hand], self.main, 30)
            cuff = (hand[0] - side * 10, hand[1])
            self.sheet.dot(cuff, 16, self.third)
            self.sheet.dot(hand, 14, self.skin)
            for finger in range(-2, 3):
                tip = (hand[0] + side * 20, hand[1] + finger * 8)
                self.sheet.line([hand, tip], self.skin, 5)

    def _coat(self) -> None:
        top = self.head * 0.55
        outline = [
            (self.x - top, self.neck), (self.x + top, self.neck),
            (self.x + self.wide, self.hem), (self.x - self.wide, self.hem),
        ]  # fmt: skip
        self.sheet.area(outline, self.main, contour=INK, width=6, dense=1.3)
        if self.is_girl and self.sheet.rng.random() < 0.7:
            self._apron()
        self._belt()
        for row in range(self.sheet.rng.randint(1, 2)):
            self._ornament(self.hem - 24 - row * 46, self.wide * (0.94 - row * 0.08))
        self._collar()

    def _apron(self) -> None:
        top, side = self.neck + (self.hem - self.neck) * 0.45, self.wide * 0.42
        outline = [(self.x - side * 0.7, top), (self.x + side * 0.7, top),
                   (self.x + side, self.hem - 10), (self.x - side, self.hem - 10)]  # fmt: skip
        self.sheet.area(outline, WHITE, contour=self.third, width=5, dense=1.4)
        for place in range(3):
            self._flower((self.x, top + 30 + place * (self.hem - top - 50) / 3), 11)

    def _belt(self) -> None:
        y = self.neck + (self.hem - self.neck) * 0.42
        side = self.head * 0.55 + (self.wide - self.head * 0.55) * 0.42
        self.sheet.line([(self.x - side, y), (self.x + side, y)], self.third, 16)
        self.sheet.dot((self.x, y), 13, GOLD)

    def _ornament(self, y: float, side: float) -> None:
        kind = self.sheet.rng.choice(("waves", "dots", "rhombs", "zigzag"))
        count = max(4, int(side / 17))
        step = 2 * side / count
        for place in range(count):
            x = self.x - side + (place + 0.5) * step
            half = step * 0.4
            if kind == "dots":
                self.sheet.dot((x, y), half * 0.7, GOLD)
            elif kind == "rhombs":
                points = [(x, y - half), (x + half, y), (x, y + half), (x - half, y), (x, y - half)]
                self.sheet.line(points, GOLD, 5)
            elif kind == "waves":
                self.sheet.line(ring((x, y), half, half, math.pi, 2 * math.pi), self.third, 6)
            else:
                self.sheet.line([(x - half, y), (x, y - half * 1.6), (x + half, y)], WHITE, 6)

    def _collar(self) -> None:
        for place in range(7):
            angle = math.pi * (0.12 + 0.76 * place / 6)
            x = self.x + math.cos(angle) * self.head * 0.6
            self.sheet.dot((x, self.neck + math.sin(angle) * self.head * 0.4), 7, GOLD)

    def _face(self) -> None:
        head, y = self.head, self.face_y
        if self.is_girl:
            for side in (-1, 1):
                x = self.x + side * head * 0.95
                self.sheet.line([(x, y), (x + side * 8, y + head * 2.1)], self.hair, 20)
                self.sheet.dot((x + side * 8, y + head * 2.15), 13, self.third)
        self.sheet.disc((self.x, y), head, self.skin, contour=INK, width=5, dense=1.6)
        fringe = ring((self.x, y), head, head, math.pi * 1.08, math.pi * 1.92)
        self.sheet.area(fringe, self.hair)
        for side in (-1, 1):
            eye = (self.x + side * head * 0.36, y - head * 0.02)
            self.sheet.dot(eye, head * 0.13, WHITE)
            self.sheet.dot(eye, head * 0.085, INK)
            self.sheet.dot((eye[0] + side * 8, y + head * 0.36), head * 0.13, (238, 150, 140))
        self.sheet.line([(self.x, y + head * 0.1), (self.x - 4, y + head * 0.26)], INK, 3)
        smile = ring((self.x, y + head * 0.34), head * 0.36, head * 0.26, 0.3, math.pi - 0.3)
        self.sheet.line(smile, (196, 40, 50), 5)

    def _flower(self, centre: tuple[float, float], size: float) -> None:
        paint = self.sheet.rng.choice(CLOTH)
        for petal in range(5):
            angle = petal * math.tau / 5
            x, y = centre[0] + math.cos(angle) * size, centre[1] + math.sin(angle) * size
            self.sheet.dot((x, y), size * 0.6, paint)
        self.sheet.dot(centre, size * 0.5, GOLD)

    # Headgear, by the names in HATS.

    def _kokoshnik(self) -> None:
        y = self.face_y - self.head * 0.35
        crown = ring((self.x, y), self.head * 1.3, self.head * 1.15, math.pi, math.tau)
        self.sheet.area(crown, self.second, contour=GOLD, width=7, dense=1.5)
        for place in range(5):
            angle = math.pi + math.pi * (place + 0.5) / 5
            x = self.x + math.cos(angle) * self.head * 0.85
            self._flower((x, y + math.sin(angle) * self.head * 0.7), 8)

    def _kalfak(self) -> None:
        y = self.face_y - self.head * 0.62
        cap = ring((self.x, y), self.head * 0.8, self.head * 0.62, math.pi, math.tau)
        self.sheet.area(cap, self.second, contour=INK, width=4, dense=1.5)
        self._pearls(y, self.head * 0.75)
        self.sheet.line(
            [(self.x + self.head * 0.7, y), (self.x + self.head * 1.1, y + self.head)], WHITE, 9
        )

    def _skullcap(self) -> None:
        y = self.face_y - self.head * 0.5
        top, low, high = self.head * 0.7, self.head * 0.85, y - self.head * 0.6
        cap = [(self.x - low, y), (self.x - top, high), (self.x + top, high), (self.x + low, y)]
        self.sheet.area(cap, self.second, contour=INK, width=5, dense=1.6)
        self._pearls(y - self.head * 0.3, self.head * 0.65)

    def _fur(self) -> None:
        y = self.face_y - self.head * 0.55
        self.sheet.disc(
            (self.x, y - self.head * 0.4), self.head * 0.62, self.second, contour=INK, dense=1.5
        )
        for place in range(15):
            x = self.x + (place - 7) * self.head * 0.14
            self.sheet.dot((x, y + self.sheet.rng.uniform(-6, 6)), self.head * 0.2, (90, 62, 48))

    def _kalpak(self) -> None:
        y, head = self.face_y - self.head * 0.42, self.head
        cap = [(self.x - head, y), (self.x - head * 0.28, y - head * 1.5),
               (self.x + head * 0.28, y - head * 1.5), (self.x + head, y)]  # fmt: skip
        self.sheet.area(cap, WHITE, contour=INK, width=6, dense=1.6)
        self.sheet.line([(self.x - head, y), (self.x + head, y)], INK, 14)
        for side in (-1, 0, 1):
            spiral = ring((self.x + side * head * 0.4, y - head * 0.45), head * 0.16, head * 0.22)
            self.sheet.line(spiral[:22], self.second, 5)

    def _saukele(self) -> None:
        y, head = self.face_y - self.head * 0.5, self.head
        cap = [(self.x - head * 0.8, y), (self.x - head * 0.16, y - head * 2.1),
               (self.x + head * 0.16, y - head * 2.1), (self.x + head * 0.8, y)]  # fmt: skip
        self.sheet.area(cap, self.second, contour=GOLD, width=7, dense=1.6)
        self._pearls(y - head * 0.2, head * 0.6)
        for feather in range(5):
            tip = (self.x + (feather - 2) * 15, y - head * 2.7)
            self.sheet.line([(self.x, y - head * 2.05), tip], WHITE if feather % 2 else GOLD, 7)

    def _scarf(self) -> None:
        head = self.head
        outline = ring((self.x, self.face_y), head * 1.15, head * 1.2, math.pi * 0.98, math.tau)
        self.sheet.area(outline, self.second, contour=INK, width=4, dense=1.5)
        skin = ring((self.x, self.face_y - head * 0.2), head * 0.8, head * 0.5, math.pi, math.tau)
        self.sheet.area(skin, self.skin, contour=self.skin, width=3, dense=1.8)
        for place in range(6):
            angle = math.pi * (1.05 + 0.9 * place / 5)
            x = self.x + math.cos(angle) * head
            self.sheet.dot((x, self.face_y + math.sin(angle) * head), 8, self.third)

    def _wreath(self) -> None:
        for place in range(7):
            angle = math.pi * (1.05 + 0.9 * place / 6)
            x = self.x + math.cos(angle) * self.head * 0.95
            self._flower((x, self.face_y + math.sin(angle) * self.head * 0.95), 15)

    def _pearls(self, y: float, side: float) -> None:
        for place in range(7):
            self.sheet.dot((self.x + (place - 3) * side / 3, y), 7, GOLD if place % 2 else WHITE)
