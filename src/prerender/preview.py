"""The picture by which a shared link is shown: a sample, what the network makes of it, the answer.

    preview(network, classes, prepare(pixels), photo)   # Image.Image, 1200 by 630

It is drawn finer than it is, for smooth edges; maps are not smoothed, so that each of their values
is a square. Its letters are those that Pillow brings along.
"""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from cnnscope.drawing.color import ACTIVATION, PROBABILITY
from cnnscope.drawing.scale import symmetric
from cnnscope.nn.network import Network
from cnnscope.pictures.resize import Pixels, to_input

SIZE = (1200, 630)  # px; what those who show links ask for
FINE = 2  # times as many pixels along each side while it is drawn
NAME = "cnnscope"
TAGLINE = "See every number a convolutional neural network computes."
GROUND, TILE, TRACK = "#14233b", "#22375a", "#2c4063"
INK, SOFT = "#f7f6f2", "#b9c4d6"
ICON = (
    ("#7fb5d9", "#c4dbea", "#f7f6f2"),
    ("#c4dbea", "#f7f6f2", "#f8d9bb"),
    ("#f7f6f2", "#f8d9bb", "#dd6a1b"),
)
"""The page's icon: its nine squares, row by row."""

LAYERS = ("conv_1_1", "conv_1_2", "max_pool_1", "max_pool_2")
CHANNELS = (3, 9, 4, 1)
"""Of each layer, the maps that are shown: those with much to see in them."""

# All in px.
MARGIN = 64
HEAD = 72  # side of the icon
TOP = 184  # of the picture and of the maps
PHOTO = 382  # side of the picture
MAP, APART = 88, 10  # side of a map, and between two
COLUMN = MAP + 14  # from one layer to the next
MAPS = MARGIN + PHOTO + 32  # where they begin
CLASSES = 3
BAR = 12  # height of a bar
ROUND = 14


def preview(
    network: Network, classes: Sequence[str], pixels: Pixels, photo: Image.Image
) -> Image.Image:
    """The drawing: ``pixels`` are what the network reads of the whole ``photo``."""
    trace = network(to_input(pixels))
    sheet = Sheet()
    masthead(sheet)
    sheet.picture(photo, (MARGIN, TOP), PHOTO, ROUND, Image.Resampling.LANCZOS)
    for at, layer in enumerate(LAYERS):
        maps = ACTIVATION.paint(trace[layer], symmetric(float(abs(trace[layer]).max())))
        for row, channel in enumerate(CHANNELS):
            place = (MAPS + at * COLUMN, TOP + row * (MAP + APART))
            shown = Image.fromarray(maps[channel])
            sheet.picture(shown, place, MAP, 5, Image.Resampling.NEAREST)
    values = trace["output"].ravel()
    best = values.argsort()[::-1][:CLASSES]
    answer(sheet, [(classes[each], float(values[each])) for each in best])
    return sheet.whole()


def masthead(sheet: "Sheet") -> None:
    """The icon, the name and what the page is."""
    sheet.box((MARGIN, 60), (HEAD, HEAD), 16, TILE)
    side = HEAD / 32
    for row, line in enumerate(ICON):
        for col, fill in enumerate(line):
            place = (MARGIN + (6 + 7 * col) * side, 60 + (6 + 7 * row) * side)
            sheet.box(place, (6 * side, 6 * side), side, fill)
    sheet.word(NAME, (MARGIN + HEAD + 22, 96), 62, INK)
    sheet.word(TAGLINE, (MARGIN + HEAD + 330, 99), 24, SOFT)


def answer(sheet: "Sheet", ranked: Sequence[tuple[str, float]]) -> None:
    """The likeliest classes, each with its probability and a bar of that length."""
    left, right = MAPS + len(LAYERS) * COLUMN + 22, SIZE[0] - MARGIN
    (name, share), *others = [(name, f"{100 * share:.1f}%") for name, share in ranked]
    sheet.word(name, (left, TOP + 26), 38, INK)
    sheet.word(share, (left, TOP + 80), 38, INK)
    feet = [TOP + 120]
    for at, (name, share) in enumerate(others):
        y = TOP + 226 + at * 96
        sheet.word(name, (left, y), 24, SOFT)
        sheet.word(share, (right, y), 24, SOFT, anchor="rm")
        feet.append(y + 34)
    for foot, (_, value) in zip(feet, ranked, strict=True):
        sheet.box((left, foot), (right - left, BAR), BAR / 2, TRACK)
        sheet.box((left, foot), (max(BAR, (right - left) * value), BAR), BAR / 2, PROBABILITY)


class Sheet:
    """A sheet that is drawn on in px, finer than it is shown."""

    def __init__(self) -> None:
        """Lay out an empty sheet."""
        self.image = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), GROUND)
        self.draw = ImageDraw.Draw(self.image)

    def whole(self) -> Image.Image:
        """The sheet as it is shown."""
        return self.image.reduce(FINE)

    def box(
        self, corner: tuple[float, float], size: tuple[float, float], radius: float, fill: str
    ) -> None:
        """A rectangle with round corners."""
        (x, y), (width, height) = corner, size
        ends = [FINE * each for each in (x, y, x + width, y + height)]
        ends[2:] = [each - 1 for each in ends[2:]]  # the last pixel is meant
        self.draw.rounded_rectangle(ends, radius * FINE, fill=fill)

    def word(
        self, content: str, place: tuple[float, float], size: float, ink: str, anchor: str = "lm"
    ) -> None:
        """A line of letters from a place on, which is at the middle of its height."""
        font = ImageFont.load_default(size * FINE)
        self.draw.text((place[0] * FINE, place[1] * FINE), content, ink, font, anchor=anchor)

    def picture(
        self, shown: Image.Image, corner: tuple[float, float], side: float, radius: float,
        resampling: Image.Resampling,
    ) -> None:  # fmt: skip
        """A square picture with round corners."""
        pixels = round(side * FINE)
        mask = Image.new("L", (pixels, pixels))
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, pixels - 1, pixels - 1), radius * FINE, 255)
        small = shown.convert("RGB").resize((pixels, pixels), resampling)
        self.image.paste(small, (round(corner[0] * FINE), round(corner[1] * FINE)), mask)
