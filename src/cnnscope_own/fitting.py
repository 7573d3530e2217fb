"""How pictures are made to fit an opened network: as its framework's users do it, or as chosen.

FITS[fit_of("keras")]            # whole pictures, bilinear, of the nearest pixels alone
fitted(rgb, (64, 64), FITS["squash"])
follow(crop, "own1", gallery, "own2")        # the visitor's picture is read again
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnscope.panels.crop.controller import CropPanel
from cnnscope.panels.crop.square import central
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.resize import CENTRAL, Fit, Pixels, Region, narrowed, shortened
from cnnscope.state.state import OWN_PICTURE

Real = NDArray[np.float32]


def whole(width: int, height: int) -> Region:
    """All of a picture."""
    return Region(0, 0, width, height)


def plainly_narrowed(rows: Pixels, cols: int) -> Real:
    """Rows in another width by linear interpolation: (n, w, 3 or 4) -> (n, cols, 3), not rounded.

    Centres of pixels lie at halves, and each number is of two pixels however much smaller the
    picture becomes. Source: TensorFlow's ``tf.image.resize`` without ``antialias``.
    """
    low, high, share = places(rows.shape[1], cols)
    near, far = (rows[:, at, :3].astype(np.float32) for at in (low, high))  # (n, cols, 3)
    return near + (far - near) * share[:, np.newaxis]


def plainly_shortened(pixels: NDArray[Any], rows: int) -> Pixels:
    """All rows in another height by linear interpolation: (h, cols, 3) -> (rows, cols, 3).

    Rounded to bytes, which the framework does not.
    """
    low, high, share = places(pixels.shape[0], rows)
    made = pixels[low] + (pixels[high] - pixels[low]) * share[:, np.newaxis, np.newaxis]
    return np.asarray(made + 0.5).astype(np.uint8)


def places(old: int, new: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Real]:
    """The two pixels that each of the new ones lies between, and how far it is from the first."""
    at = (np.arange(new) + 0.5) * (old / new) - 0.5
    low = np.floor(at).astype(np.intp)
    share = (at - low).astype(np.float32)
    return low.clip(0), (low + 1).clip(max=old - 1), share


def fitted(rgb: Pixels, size: tuple[int, int], fit: Fit) -> Pixels:
    """A picture made to fit: (h, w, 3) -> (rows, cols, 3). Raises ImportError without Pillow."""
    left, top, width, height = fit.part(rgb.shape[1], rgb.shape[0])
    rows, cols = size
    part = rgb[top : top + height, left : left + width]
    return fit.shortened(fit.narrowed(part, cols), rows)


FITS: Mapping[str, Fit] = {
    "square": CENTRAL,
    "squash": Fit(whole, partial(narrowed, by="BILINEAR"), partial(shortened, by="BILINEAR")),
    "plain": Fit(whole, plainly_narrowed, plainly_shortened),
}
"""Ways to make pictures fit, by the names that the page has for them.

``squash`` is what torchvision's ``transforms.Resize((rows, cols))`` has Pillow do with a picture;
``plain`` is what Keras' ``image_dataset_from_directory`` does.
"""

OF_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("torch", "pt2", "torchscript", "safetensors", "onnx"), "squash"),
    **dict.fromkeys(("keras", "h5", "tfjs"), "plain"),
}


def fit_of(kind: str) -> str:
    """The way that is usual where networks of a kind of file are trained."""
    return OF_KINDS.get(kind, "square")


def follow(crop: CropPanel, before: str, old: Gallery, after: str, new: Gallery) -> None:
    """Have the file that the visitor's picture came from belong to the network that is shown now.

    It is read again, the part of it that was chosen by hand, where that makes another picture.
    """
    if after == before or before not in crop.offers:
        return
    brought, used = crop.offers[after] = crop.offers.pop(before)
    is_same = old.fit is new.fit and old.trained.input_shape[1:] == new.trained.input_shape[1:]
    if is_same or old.own is None or old.is_drawn or OWN_PICTURE in old.arrays:
        return
    if used != central(brought.size) or crop.wanted == used:
        crop.wanted = used
        brought.read(used.region)
    else:
        brought.read(None)
