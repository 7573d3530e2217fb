"""Known picture, to try a browser by before it is believed what it makes of others.

Browsers that protect their readers from being recognised falsify what a page reads back of a
canvas: one colour, noise, or a few values that are off by one. So do extensions, and colour
management. A trial goes the way of the picture that is to be read::

    trial = trial_picture(512, 384)               # (384, 512, 3)
    seen = read_by_the_browser(trial_file(trial))
    np.array_equal(seen, trial)                   # whether that browser reads truly
"""

import struct

import numpy as np

from cnnscope.pictures.resize import Pixels

_SCATTER = np.uint32(2654435761)
"""Source: D. Knuth, The Art of Computer Programming 3, 6.4: multiplicative hashing."""

_HEADER_BYTES = 54


def trial_picture(width: int, height: int) -> Pixels:
    """Pixels of which neighbours have little in common, every value occurring: (height, width, 3).

    Some browsers leave plain areas and small canvases alone, so a trial has the size of what is
    to be read.
    """
    words = np.arange(width * height, dtype=np.uint32) * _SCATTER
    return words.astype("<u4").view(np.uint8).reshape(height, width, 4)[..., :3]


def trial_file(rgb: Pixels) -> bytes:
    """An uncompressed BMP file of a picture, (h, w, 3): no decoder may differ about its values."""
    height, width, _ = rgb.shape
    rows = np.zeros((height, -(-width * 3 // 4) * 4), np.uint8)  # each fills up its last 4 bytes
    rows[:, : width * 3] = rgb[::-1, :, ::-1].reshape(height, width * 3)
    sizes = struct.pack("<IHHI", _HEADER_BYTES + rows.nbytes, 0, 0, _HEADER_BYTES)
    layout = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, rows.nbytes, 0, 0, 0, 0)
    return b"BM" + sizes + layout + rows.tobytes()
