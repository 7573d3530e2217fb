"""Sample pictures as they travel: as differences, which are packed a quarter smaller than pixels.

Red and blue are stored less green, and each value less its neighbours, as in a PNG. All of it is
arithmetic modulo 256, so nothing is lost::

    restored(differences(picture)) == picture
"""

from os import PathLike

import numpy as np

from cnnscope.pictures.resize import Pixels


def differences(picture: Pixels) -> Pixels:
    """A picture, (rows, cols, 3) uint8, as what differs from cell to cell: (3, rows, cols)."""
    red, green, blue = picture.transpose(2, 0, 1)
    planes = np.stack([green, red - green, blue - green])  # (3, rows, cols)
    for axis in (1, 2):
        planes = np.diff(planes, axis=axis, prepend=np.uint8(0))
    return planes


def restored(planes: Pixels) -> Pixels:
    """The picture, (rows, cols, 3) uint8, that differences were made of."""
    for axis in (1, 2):
        planes = np.cumsum(planes, axis=axis, dtype=np.uint8)
    green, red, blue = planes
    return np.stack([red + green, green, blue + green], axis=-1)


def load_samples(file: str | PathLike[str]) -> dict[str, Pixels]:
    """Every picture of an archive of differences, by its key. Raises OSError."""
    with np.load(file) as archive:
        return {key: restored(archive[key]) for key in archive.files}
