"""Cropping by hand: the whole picture drawn, its square dragged, pinched and zoomed by the wheel.

Cropping(app.crop, guarded).show("crop.preview", file)   # once the dialog is mounted
"""

from collections.abc import Callable
from math import exp, hypot
from typing import Any

from js import document, window
from pyscript import when

from cnnscope.browser.dom import found
from cnnscope.panels.crop.controller import CropPanel
from cnnscope.panels.crop.drawing import FRAME
from cnnscope.pictures.resize import turn, upright_size

Handler = Callable[[Any], None]

LONGEST = 1200
"""Most pixels of a side of what is drawn: a dialog's size on a fine screen."""

WHEEL = 0.002  # how much a pixel of the wheel zooms


class Cropping:
    """The pointers over one dialog."""

    def __init__(self, crop: CropPanel, guarded: Callable[[Handler], Handler]) -> None:
        """Move the square of a panel; its handlers are ``guarded``."""
        self.crop = crop
        self.guarded = guarded
        self.pointers: dict[int, tuple[float, float]] = {}  # where they are, px

    async def show(self, key: str, file: Any) -> None:
        """Open the dialog that a canvas is in, and draw a picture on the canvas.

        Raises PictureError.
        """
        canvas = found(document.querySelector(f'[data-key="{key}"]'))
        if canvas is None:
            return
        box, surface = canvas.closest("dialog"), canvas.parentElement
        box.showModal()
        when("close", box)(self.guarded(self.closed))
        for name, handler in (("pointerdown", self.press), ("pointermove", self.move),
                              ("pointerup", self.lift), ("pointercancel", self.lift),
                              ("wheel", self.turn)):  # fmt: skip
            when(name, surface)(self.guarded(handler))
        from cnnscope.browser import decode  # as late as it is wanted

        bitmap, orientation = await decode.open_bitmap(file)
        draw_upright(canvas, bitmap, orientation)
        bitmap.close()

    def closed(self, _event: Any) -> None:
        """The dialog was closed by the device, as with Android's Back."""
        if self.crop.is_open:
            self.crop.close()

    def press(self, event: Any) -> None:
        """A button or a finger put down."""
        event.currentTarget.setPointerCapture(event.pointerId)
        self.pointers[event.pointerId] = (event.clientX, event.clientY)

    def move(self, event: Any) -> None:
        """A pointer that is down moved: one drags the square, two hold it at its corners."""
        if event.pointerId not in self.pointers:
            return
        x, y = self.pointers[event.pointerId]
        others = [at for key, at in self.pointers.items() if key != event.pointerId]
        now = self.pointers[event.pointerId] = (event.clientX, event.clientY)
        box = event.currentTarget.getBoundingClientRect()
        fingers = len(self.pointers)
        self.crop.drag((now[0] - x) / box.width / fingers, (now[1] - y) / box.height / fingers)
        if others:
            before, after = hypot(x - others[0][0], y - others[0][1]), distance(now, others[0])
            self.crop.zoom(max(before, 1) / max(after, 1), self.about(middle(now, others[0])))

    def lift(self, event: Any) -> None:
        """A pointer let go."""
        self.pointers.pop(event.pointerId, None)

    def turn(self, event: Any) -> None:
        """The wheel, or two fingers on a touch pad."""
        event.preventDefault()
        lines = event.deltaY * (16 if event.deltaMode else 1)
        way = 1 if event.ctrlKey else -1  # two fingers stretch the square, on a pad as on a screen
        self.crop.zoom(exp(way * lines * WHEEL), self.about((event.clientX, event.clientY)))

    def about(self, place: tuple[float, float]) -> tuple[float, float]:
        """A place of the window within the square (0..1), at the nearest where it is outside."""
        box = document.querySelector(f'[data-key="{FRAME}"]').getBoundingClientRect()
        across, down = (place[0] - box.left) / box.width, (place[1] - box.top) / box.height
        return min(max(across, 0), 1), min(max(down, 0), 1)


def middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """The place between two pointers."""
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two pointers are from each other, px."""
    return hypot(one[0] - other[0], one[1] - other[1])


def draw_upright(canvas: Any, bitmap: Any, orientation: int) -> None:
    """Draw all of a stored picture as it is to be seen, on white."""
    scale = min(1, LONGEST * window.devicePixelRatio / max(bitmap.width, bitmap.height))
    width, height = max(1, round(bitmap.width * scale)), max(1, round(bitmap.height * scale))
    canvas.width, canvas.height = upright_size(width, height, orientation)
    context = canvas.getContext("2d")
    context.imageSmoothingQuality = "high"
    context.fillStyle = "#fff"
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.setTransform(*turn(orientation, canvas.width, canvas.height))
    context.drawImage(bitmap, 0, 0, width, height)
