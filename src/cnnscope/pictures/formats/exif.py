"""EXIF orientation: the one note that matters here, how the picture is to be turned."""

import struct

_ORIENTATION = 0x0112
_SHORT = 3


def orientation(exif: bytes) -> int:
    """EXIF's 1 to 8 from a TIFF structure; 1 (as stored) where it says nothing usable."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < 8:
        return 1
    (directory,) = struct.unpack_from(order + "I", exif, 4)
    if directory + 2 > len(exif):
        return 1
    (count,) = struct.unpack_from(order + "H", exif, directory)
    last = min(directory + 2 + 12 * count, len(exif) - 11)
    for entry in range(directory + 2, last, 12):
        tag, kind, length, value = struct.unpack_from(order + "HHIH", exif, entry)
        if (tag, kind, length) == (_ORIENTATION, _SHORT, 1):
            return int(value) if 1 <= value <= 8 else 1
    return 1
