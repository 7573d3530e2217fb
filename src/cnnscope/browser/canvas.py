"""Canvases to read a decoded picture back from, tried with a known one before they are believed.

    canvas = await true_canvas(parts[0])         # raises CanvasRefusedError
    pixels = canvas.pixels(bitmap, parts[0])     # (height, width, 4)

Browsers may refuse to say what is on a canvas, or say something else, to keep their readers from
being recognised.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import js
import numpy as np
from pyodide.ffi import JsException, to_js

from cnnscope.pictures.formats.source import PictureError
from cnnscope.pictures.resize import SIDE, Pixels, Region
from cnnscope.pictures.trial import trial_file, trial_picture

DECODE_SECONDS = 20
"""How long the browser may take to decode; the largest pictures allowed take about one."""

_SHORT_OF_MEMORY = ("RangeError", "memory", "alloc")
"""What the words of an error have in common, by which each browser says that it has no room."""

_REFUSED = ("SecurityError", "NotAllowedError")


class CanvasRefusedError(Exception):
    """The browser does not say what is in a picture, or not truly."""


class Canvas:
    """A small canvas, white below, through which the parts of a bitmap pass to Python."""

    def __init__(self, element: Any, width: int, height: int) -> None:
        """Make an element of that size ready. Raises CanvasRefusedError."""
        element.width, element.height = width, height
        try:
            self._context = element.getContext("2d", willReadFrequently=True)
        except JsException as error:
            raise refusal_or_shortage(error) from error
        if not hasattr(self._context, "getImageData"):  # null
            raise CanvasRefusedError
        self._context.fillStyle = "#fff"
        self._context.imageSmoothingEnabled = False

    def pixels(self, bitmap: Any, part: Region) -> Pixels:
        """The part on white: (height, width, 4), the fourth channel 255.

        Raises CanvasRefusedError, or PictureError where memory is short.
        """
        width, height = part.width, part.height
        pixels = np.empty((height, width, 4), np.uint8)
        try:
            self._context.fillRect(0, 0, width, height)
            self._context.drawImage(bitmap, *part, 0, 0, width, height)
            values: Any = getattr(self._context.getImageData(0, 0, width, height), "data", None)
            if getattr(values, "length", 0) != pixels.size:
                raise CanvasRefusedError
            values.assign_to(pixels)
            free(values.buffer)
        except JsException as error:
            raise refusal_or_shortage(error) from error
        return pixels


async def true_canvas(largest: Region) -> Canvas:
    """A canvas for parts up to this size that says truly what is on it.

    Raises CanvasRefusedError, or PictureError where memory is short or it takes too long.
    """
    width, height = max(largest.width, SIDE), max(largest.height, SIDE)
    trial = trial_picture(width, height)
    bitmap = await _decoded(trial_file(trial))
    try:
        for make in (_offscreen, _element):  # browsers ask their reader for leave for the latter
            canvas = _tried(make, bitmap, trial)
            if canvas is not None:
                return canvas
    finally:
        bitmap.close()
    raise CanvasRefusedError


def _offscreen() -> Any:
    if not hasattr(js, "OffscreenCanvas"):
        raise CanvasRefusedError
    return js.OffscreenCanvas.new(SIDE, SIDE)


def _element() -> Any:
    return js.document.createElement("canvas")


def _tried(make: Callable[[], Any], bitmap: Any, trial: Pixels) -> Canvas | None:
    """A canvas, if it says truly what is on it."""
    height, width, _ = trial.shape
    try:
        canvas = Canvas(make(), width, height)
        seen = canvas.pixels(bitmap, Region(0, 0, width, height))
    except CanvasRefusedError:
        return None
    is_true = np.array_equal(seen[..., :3], trial) and (seen[..., 3] == 255).all()
    return canvas if is_true else None


async def _decoded(file: bytes) -> Any:
    content = to_js(file)
    plain = js.Blob.new(to_js([content]), type="image/bmp")
    free(content.buffer)
    try:
        return whole(await within(DECODE_SECONDS, js.createImageBitmap(plain)))
    except TimeoutError as error:
        raise PictureError("too_slow") from error
    except JsException as error:
        raise refusal_or_shortage(error) from error


def whole(bitmap: Any) -> Any:
    """A bitmap, if it is one. Raises CanvasRefusedError where there is nothing in it."""
    if not getattr(bitmap, "width", 0) or not getattr(bitmap, "height", 0):
        raise CanvasRefusedError
    return bitmap


def is_refusal(error: JsException) -> bool:
    """Whether a browser forbade what was asked of it."""
    return any(word in str(error) for word in _REFUSED)


def is_shortage(error: JsException) -> bool:
    """Whether a browser had too little memory for what was asked of it."""
    return any(word.lower() in str(error).lower() for word in _SHORT_OF_MEMORY)


def refusal_or_shortage(error: JsException) -> Exception:
    """What an error means of a call that cannot fail for any other reason."""
    return PictureError("no_memory") if is_shortage(error) else CanvasRefusedError(str(error))


async def within(seconds: float, promise: Awaitable[Any]) -> Any:
    """What the promise brings. Raises TimeoutError if it takes too long."""
    async with asyncio.timeout(seconds):
        return await promise


def free(buffer: Any) -> None:
    """Give a JS buffer's memory back now; garbage collection lets them pile up to gigabytes.

    Sent to a port that nobody listens at, the buffer goes where no script can reach it.
    """
    channel = js.MessageChannel.new()
    channel.port2.close()
    channel.port1.postMessage(None, to_js([buffer]))
    channel.port1.close()
