"""Gallery of a network that the visitor opened: also arrays that are taken exactly as they are.

gallery = OwnGallery(network, samples, classes=("cat", "dog"))
gallery.take_array(values)     # (channel, row, col), already as the network reads it
"""

from collections.abc import Sequence

import numpy as np

from cnnscope.nn.ops import Array
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.resize import Pixels
from cnnscope.state.state import OWN_PICTURE


class OwnGallery(Gallery):
    """One network of a visitor, and its pictures."""

    def take_array(self, values: Array) -> None:
        """Take up an array, (channel, row, col), as the visitor's picture, to the last digit."""
        super().take_up(seen(self.trained.scale.pixels(values)))
        self.arrays[OWN_PICTURE] = values

    def offer(self, picture: Pixels) -> str:
        """Offer a picture of the visitor's beside the samples; returns its key."""
        key = f"mine-{sum(each.startswith('mine-') for each in self.samples) + 1}"
        self.pictures[key] = picture
        self.samples = (*self.samples, key)
        return key

    def take_up(
        self, picture: Pixels, notices: Sequence[str] = (), *, is_drawn: bool = False
    ) -> None:
        """Take up a picture in place of the one before."""
        super().take_up(picture, notices, is_drawn=is_drawn)
        self.arrays.pop(OWN_PICTURE, None)


def seen(pixels: Array) -> Pixels:
    """Pixels 0..1, (channel, row, col), to be looked at: (row, col, 3) of 0..255."""
    shown = np.clip(pixels * 255 + 0.5, 0, 255).astype(np.uint8)
    three = np.repeat(shown, 3, axis=0) if len(shown) == 1 else shown
    return np.ascontiguousarray(three.transpose(1, 2, 0))


def array_for(
    shape: tuple[int, ...], values: "np.ndarray[tuple[int, ...], np.dtype[np.generic]]"
) -> Array | None:
    """An array as a network reads it, (channel, row, col) float32; None where it does not fit.

    It may be channels first or last, and have an axis of one picture; without an axis of channels
    it is one channel. Numbers are taken as they are, bytes too.
    """
    while values.ndim > 3 and values.shape[0] == 1:
        values = values[0]
    if values.ndim == 2:
        values = values[np.newaxis]
    if values.ndim == 3 and values.shape != shape and values.shape[-1] == shape[0]:
        values = values.transpose(2, 0, 1)
    if values.shape != shape or values.dtype.kind not in "fiub":
        return None
    made = np.ascontiguousarray(values, np.float32)
    return made if np.isfinite(made).all() else None
