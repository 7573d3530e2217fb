"""A visitor's picture: from a file, a drop or the clipboard to the network's input size.

    try:
        rgb = await read_picture(blob)    # (64, 64, 3) uint8
    except PictureError as error:
        text("picture.error." + error.code, **error.facts)

The header is checked first, then the browser decodes, then Pillow resizes. The decoded picture
stays on the browser's side and comes over in strips, so that Python's memory, which never
shrinks, holds 4 MiB of it at a time. Nothing is stored and no file name is looked at.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import js
import numpy as np
import pyodide_js
from pyodide.ffi import JsException, to_js

from cnnscope.pictures import resize as image
from cnnscope.pictures.formats.specimen import SPECIMENS
from cnnscope.pictures.header import Header, PictureError, is_decoded_size, read_header
from cnnscope.pictures.resize import Pixels, Region

DECODE_SECONDS = 20
"""How long the browser may take to decode; the largest pictures allowed take about one."""

LOAD_SECONDS = 180
"""How long Pillow (1 MB) may take to arrive; a line that stalls is given up by boot.js sooner."""

_PILLOW_FORMATS = {"PPM", "QOI"}
"""What browsers lack and Pillow reads safely."""

_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WebP": "image/webp",
    "BMP": "image/bmp",
    "AVIF": "image/avif",
    "ICO": "image/x-icon",
}


@dataclass(frozen=True)
class Picture:
    """A picture that was read: ``rgb`` (64, 64, 3), and what its file said of it."""

    rgb: Pixels
    header: Header


async def read_picture(blob: Any) -> Pixels:
    """The picture in a JS Blob or File as the network takes it: (64, 64, 3), upright, on white.

    Raises PictureError.
    """
    return (await open_picture(blob)).rgb


async def open_picture(blob: Any) -> Picture:
    """Like ``read_picture``, with the header: ``header.is_animated`` asks for a word on the page.

    Raises PictureError.
    """
    header = await _header(blob)
    if header.format in _PILLOW_FORMATS:
        return Picture(await _decoded_by_pillow(blob, header), header)
    return Picture(await _decoded_by_browser(blob, header), header)


async def load_pillow() -> None:
    """Make ``import PIL`` work; the first call fetches it. Raises PictureError where that fails."""
    if find_spec("PIL"):
        return
    try:
        await _within(LOAD_SECONDS, pyodide_js.loadPackage("pillow"))
    except (TimeoutError, JsException) as error:
        raise PictureError("no_resizer") from error
    if not find_spec("PIL"):  # a failed download only leaves a word on the console
        raise PictureError("no_resizer")


async def _header(blob: Any) -> Header:
    reading = read_header(int(blob.size))
    try:
        span = next(reading)
        while True:
            span = reading.send(await _bytes(blob.slice(span.start, span.stop)))
    except StopIteration as stop:
        header: Header = stop.value
        return header


async def _bytes(blob: Any) -> bytes:
    try:
        buffer = await blob.arrayBuffer()
    except JsException as error:  # removed or changed since it was chosen, or a folder
        raise PictureError("unreadable") from error
    read: bytes = buffer.to_bytes()
    _free(buffer)
    return read


async def _decoded_by_browser(blob: Any, header: Header) -> Pixels:
    bitmap = await _bitmap(blob, header)
    try:
        if not is_decoded_size(header, bitmap.width, bitmap.height):
            raise PictureError("damaged", format=header.format)
        parts = image.strips(bitmap.width, bitmap.height, header.orientation)
        if (parts[0].width, parts[0].height) != (image.SIDE, image.SIDE):
            await load_pillow()
        canvas = _Canvas(bitmap, parts[0])
        narrow = []
        for part in parts:
            rows = image.upright(canvas.pixels(part), header.orientation)
            narrow.append(image.narrowed(rows))
            await asyncio.sleep(0)  # lets the page breathe between the strips of a large picture
        return image.shortened(np.concatenate(narrow))
    finally:
        bitmap.close()


async def _bitmap(blob: Any, header: Header) -> Any:
    """The browser's decoded picture, as stored: no decoder sees the EXIF notes."""
    parts = []
    at = 0
    for edit in header.edits:
        parts += [blob.slice(at, edit.start), to_js(edit.replacement)]
        at = edit.stop
    parts.append(blob.slice(at))
    plain = js.Blob.new(to_js(parts), type=_TYPES[header.format])
    decoding = js.createImageBitmap(plain)
    try:
        return await _within(DECODE_SECONDS, decoding)
    except TimeoutError as error:
        decoding.then(_close)  # it may still come
        raise PictureError("too_slow") from error
    except JsException as error:
        await _bytes(blob.slice(0, 1))  # says so where the file changed since its header was read
        code = "damaged" if await _has_decoder(header.format) else "no_decoder"
        raise PictureError(code, format=header.format) from error


async def _has_decoder(format: str) -> bool:
    """Whether this browser decodes a sound file of a format that some browsers lack."""
    if format not in SPECIMENS:
        return True
    specimen = js.Blob.new(to_js([to_js(SPECIMENS[format])]), type=_TYPES[format])
    try:
        _close(await _within(DECODE_SECONDS, js.createImageBitmap(specimen)))
    except (TimeoutError, JsException):
        return False
    return True


class _Canvas:
    """A bitmap's way to Python: a small canvas, white below, through which its parts pass."""

    def __init__(self, bitmap: Any, largest: Region) -> None:
        self._bitmap = bitmap
        if hasattr(js, "OffscreenCanvas"):
            canvas = js.OffscreenCanvas.new(largest.width, largest.height)
        else:
            canvas = js.document.createElement("canvas")
            canvas.width, canvas.height = largest.width, largest.height
        self._context = canvas.getContext("2d", willReadFrequently=True)
        if self._context is None:
            raise PictureError("no_memory")
        self._context.fillStyle = "#fff"
        self._context.imageSmoothingEnabled = False

    def pixels(self, part: Region) -> Pixels:
        """The part on white: (height, width, 4), the fourth channel 255."""
        width, height = part.width, part.height
        pixels = np.empty((height, width, 4), np.uint8)
        try:
            self._context.fillRect(0, 0, width, height)
            self._context.drawImage(self._bitmap, *part, 0, 0, width, height)
            read = self._context.getImageData(0, 0, width, height).data
            read.assign_to(pixels)
            _free(read.buffer)
        except JsException as error:
            raise PictureError("no_memory") from error
        return pixels


async def _decoded_by_pillow(blob: Any, header: Header) -> Pixels:
    """A picture in a format that browsers lack; the header has limited its size."""
    file = await _bytes(blob)
    await load_pillow()
    try:
        rgb = image.decoded(file, header.format)
    except ValueError as error:
        raise PictureError("damaged", format=header.format) from error
    return image.prepare(rgb)


async def _within(seconds: float, promise: Awaitable[Any]) -> Any:
    """What the promise brings. Raises TimeoutError if it takes too long."""
    async with asyncio.timeout(seconds):
        return await promise


def _close(bitmap: Any) -> None:
    bitmap.close()


def _free(buffer: Any) -> None:
    """Give a JS buffer's memory back now; garbage collection lets them pile up to gigabytes.

    Sent to a port that nobody listens at, the buffer goes where no script can reach it.
    """
    channel = js.MessageChannel.new()
    channel.port2.close()
    channel.port1.postMessage(None, to_js([buffer]))
    channel.port1.close()
