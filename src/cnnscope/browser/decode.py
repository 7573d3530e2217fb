"""A visitor's picture: from a file, a drop or the clipboard to the network's input size.

    try:
        rgb = await read_picture(blob)    # (64, 64, 3) uint8
    except PictureError as error:
        text("picture.error." + error.code, **error.facts)

The header is checked first, then the browser decodes, then Pillow resizes. Where the browser does
not say truly what it decoded, Pillow decodes the formats that it may. The decoded picture
stays on the browser's side and comes over in strips, so that Python's memory, which never
shrinks, holds 4 MiB of it at a time. Nothing is stored and no file name is looked at.
"""

import asyncio
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

import js
import numpy as np
import pyodide_js
from pyodide.ffi import JsException, to_js

from cnnscope.browser.canvas import (
    DECODE_SECONDS,
    CanvasRefusedError,
    free,
    is_refusal,
    is_shortage,
    refusal_or_shortage,
    true_canvas,
    whole,
    within,
)
from cnnscope.drawing.color import opaque
from cnnscope.pictures import resize as image
from cnnscope.pictures.formats.specimen import SPECIMENS
from cnnscope.pictures.header import (
    Header,
    PictureError,
    is_decoded_size,
    is_reduced,
    read_header,
)
from cnnscope.pictures.pillow_decoder import SAFE, decoded_square, decoded_whole
from cnnscope.pictures.resize import CENTRAL, SIDE, Fit, Pixels, Region, Size

LOAD_SECONDS = 180
"""How long Pillow (1 MB) may take to arrive; a line that stalls is given up by boot.js sooner."""

_PILLOW_FORMATS = {"PPM", "QOI"}
"""What browsers lack."""

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
    """A picture that was read: ``rgb`` of the network's size, and what its file said of it."""

    rgb: Pixels
    header: Header
    size: tuple[int, int]  # (width, height), upright
    is_falsified: bool = False  # by the browser, so that Pillow decoded it

    @property
    def notice(self) -> str | None:
        """Key of a word about the picture."""
        if self.is_falsified:
            return "picture.notice.falsified"
        return "picture.notice.animated" if self.header.is_animated else None


async def read_picture(blob: Any) -> Pixels:
    """The picture in a JS Blob or File as the network takes it: (64, 64, 3), upright, on white.

    Raises PictureError.
    """
    return (await open_picture(blob)).rgb


async def open_picture(
    blob: Any, part: Region | None = None, size: Size = SIDE, fit: Fit = CENTRAL
) -> Picture:
    """Like ``read_picture``, with the header, and the ``notice`` that the page should show.

    ``part`` is the square that is wanted of the upright picture, what ``fit`` takes of it if it is
    None; ``size`` is that of the network's input. Raises PictureError.
    """
    header = await _header(blob)
    try:
        if is_left_to_pillow(header):
            return await _decoded_by_pillow(blob, header, part, size, fit)
        try:
            return await _decoded_by_browser(blob, header, part, size, fit)
        except CanvasRefusedError as error:
            if header.format not in SAFE:
                raise PictureError("falsified", format=header.format) from error
            picture = await _decoded_by_pillow(blob, header, part, size, fit)
            return replace(picture, is_falsified=True)
    except MemoryError as error:
        raise PictureError("no_memory") from error


async def open_bitmap(blob: Any) -> tuple[Any, int]:
    """All of a picture as a bitmap to be drawn and closed, and its orientation.

    Raises PictureError.
    """
    header = await _header(blob)
    try:
        if is_left_to_pillow(header):
            return await _bitmap_by_pillow(blob, header), header.orientation
        return await _bitmap(blob, header), header.orientation
    except (CanvasRefusedError, JsException) as error:
        raise PictureError("falsified", format=header.format) from error
    except MemoryError as error:
        raise PictureError("no_memory") from error


async def _bitmap_by_pillow(blob: Any, header: Header) -> Any:
    file = await _bytes(_without_notes(blob, header))
    await load_pillow()
    rgba = opaque(decoded_whole(file, header.format, (header.width, header.height)))
    pixels = js.ImageData.new(rgba.shape[1], rgba.shape[0])
    pixels.data.assign(rgba.reshape(-1))
    return await js.createImageBitmap(pixels)


def is_left_to_pillow(header: Header) -> bool:
    """Whether the browser cannot decode a picture, or had better not."""
    return header.format in _PILLOW_FORMATS or is_reduced(header)


async def load_pillow() -> None:
    """Make ``import PIL`` work; the first call fetches it. Raises PictureError where that fails."""
    if find_spec("PIL"):
        return
    try:
        await within(LOAD_SECONDS, pyodide_js.loadPackage("pillow"))
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
        raise PictureError("no_memory" if is_shortage(error) else "unreadable") from error
    read: bytes = buffer.to_bytes()
    free(buffer)
    return read


async def _decoded_by_browser(
    blob: Any, header: Header, square: Region | None, size: Size, fit: Fit
) -> Picture:
    """Raises CanvasRefusedError where the browser does not say truly what it decoded."""
    bitmap = await _bitmap(blob, header)
    try:
        if not is_decoded_size(header, bitmap.width, bitmap.height):
            raise PictureError("damaged", format=header.format)
        stored = bitmap.width, bitmap.height
        upright = image.upright_size(*stored, header.orientation)
        wanted = square or fit.part(*upright)
        parts = image.strips(*stored, header.orientation, part=wanted)
        canvas = await true_canvas(parts[0])
        rows, cols = image.rows_cols(size)
        if (wanted.height, wanted.width) != (rows, cols):
            await load_pillow()
        narrow = []
        for part in parts:
            strip = image.upright(canvas.pixels(bitmap, part), header.orientation)
            narrow.append(fit.narrowed(strip, cols))
            await asyncio.sleep(0)  # lets the page breathe between the strips of a large picture
        rgb = fit.shortened(np.concatenate(narrow), rows)
        return Picture(rgb, header, upright)
    finally:
        bitmap.close()


def _without_notes(blob: Any, header: Header) -> Any:
    """The file without its EXIF notes, so that no decoder turns the picture a second time."""
    parts = []
    at = 0
    for edit in header.edits:
        parts += [blob.slice(at, edit.start), to_js(edit.replacement)]
        at = edit.stop
    parts.append(blob.slice(at))
    return js.Blob.new(to_js(parts), type=_TYPES.get(header.format, ""))


async def _bitmap(blob: Any, header: Header) -> Any:
    """The browser's decoded picture, as stored. Raises CanvasRefusedError where it has none."""
    decoding: Any = None
    try:
        decoding = js.createImageBitmap(_without_notes(blob, header))
        return whole(await within(DECODE_SECONDS, decoding))
    except TimeoutError as error:
        decoding.then(_close)  # it may still come
        raise PictureError("too_slow") from error
    except JsException as error:
        await _bytes(blob.slice(0, 1))  # says so where the file changed since its header was read
        if is_refusal(error) or is_shortage(error):
            raise refusal_or_shortage(error) from error
        code = "damaged" if await _has_decoder(header.format) else "no_decoder"
        raise PictureError(code, format=header.format) from error


async def _has_decoder(format: str) -> bool:
    """Whether this browser decodes a sound file of a format that some browsers lack."""
    if format not in SPECIMENS:
        return True
    specimen = js.Blob.new(to_js([to_js(SPECIMENS[format])]), type=_TYPES[format])
    try:
        _close(await within(DECODE_SECONDS, js.createImageBitmap(specimen)))
    except (TimeoutError, JsException):
        return False
    return True


async def _decoded_by_pillow(
    blob: Any, header: Header, part: Region | None, wanted: Size, fit: Fit
) -> Picture:
    """A picture in a format that Pillow reads safely, as its header says."""
    file = await _bytes(_without_notes(blob, header))
    await load_pillow()
    size = (header.width, header.height)
    try:
        turned = header.orientation
        rgb = decoded_square(file, header.format, size, turned, part=part, wanted=wanted, fit=fit)
    except ValueError as error:
        raise PictureError("damaged", format=header.format) from error
    return Picture(rgb, header, image.upright_size(*size, header.orientation))


def _close(bitmap: Any) -> None:
    if hasattr(bitmap, "close"):  # not null
        bitmap.close()
