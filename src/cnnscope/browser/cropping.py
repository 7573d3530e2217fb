"""Cropping by hand: the whole picture drawn, its square dragged, pinched and zoomed by the wheel.

Cropping(app.crop).show("crop.preview", file)   # once the dialog is mounted
"""

from math import exp, hypot
from typing import Any

from js import document, window
from pyscript import when

from cnnscope.browser.dom import found
from cnnscope.panels.crop.controller import CropPanel
from cnnscope.pictures.formats.source import PictureError
from cnnscope.pictures.resize import turn, upright_size

LONGEST = 1200
"""Most pixels of a side of what is drawn: a dialog's size on a fine screen."""

WHEEL = 0.002  # how much a pixel of the wheel zooms


class Cropping:
    """The pointers over one dialog."""

    def __init__(self, crop: CropPanel) -> None:
        """Move the square of a panel."""
        self.crop = crop
        self.pointers: dict[int, tuple[float, float]] = {}  # where they are, px

    async def show(self, key: str, file: Any) -> None:
        """Open the dialog that a canvas is in, and draw a picture on the canvas."""
        canvas = found(document.querySelector(f'[data-key="{key}"]'))
        if canvas is None:
            return
        canvas.closest("dialog").showModal()
        surface = canvas.parentElement
        for name, handler in (("pointerdown", self.press), ("pointermove", self.move),
                              ("pointerup", self.lift), ("pointercancel", self.lift),
                              ("wheel", self.turn)):  # fmt: skip
            when(name, surface)(handler)
        from cnnscope.browser import decode  # as late as it is wanted

        try:
            bitmap, orientation = await decode.open_bitmap(file)
        except PictureError:
            return  # it was read before: the square can be placed without it
        draw_upright(canvas, bitmap, orientation)
        bitmap.close()

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
            self.crop.zoom(max(before, 1) / max(after, 1))

    def lift(self, event: Any) -> None:
        """A pointer let go."""
        self.pointers.pop(event.pointerId, None)

    def turn(self, event: Any) -> None:
        """The wheel, or two fingers on a touch pad."""
        event.preventDefault()
        lines = event.deltaY * (16 if event.deltaMode else 1)
        self.crop.zoom(exp(-lines * WHEEL))


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
