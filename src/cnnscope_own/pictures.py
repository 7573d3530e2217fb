"""Pictures for a network that brings none: those of the page, as large as the network reads them.

samples, strangers = samples_for(network, ("koala", "cat"), {"photos": gallery})
"""

from collections.abc import Mapping, Sequence

import numpy as np

from cnnscope.nn.network import Network
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.resize import CENTRAL, Fit, Pixels
from cnnscope.state.state import OWN_PICTURE, PHOTOS
from cnnscope_own.fitting import fitted
from cnnscope_own.gallery import OwnGallery

DIGITS = "digits"
MOST = 12
"""Samples beside each other."""


def samples_for(
    network: Network,
    classes: Sequence[str],
    galleries: Mapping[str, Gallery],
    fit: Fit = CENTRAL,
) -> tuple[dict[str, Pixels], frozenset[str]]:
    """Sample pictures in a network's size, and those of them that are of none of its classes.

    ``classes`` are names that somebody gave; none where they are guessed.
    """
    is_grey = network.input_shape[0] == 1
    gallery = galleries.get(DIGITS) if is_grey else None
    gallery = gallery or galleries[PHOTOS]
    size = network.input_shape[1], network.input_shape[2]
    offered = list(gallery.samples)[:MOST]
    samples = {key: resized(gallery.pictures[key], size, fit) for key in offered}
    if not classes:
        return samples, frozenset()  # nobody knows what they are
    known = {name.casefold().replace(" ", "_") for name in classes}
    named = dict(zip(gallery.samples, gallery.classes, strict=False)) if is_grey else {}
    return samples, frozenset(
        key for key in samples if named.get(key, key).casefold().replace(" ", "_") not in known
    )


def carry(before: Gallery, after: OwnGallery) -> None:
    """Have the visitor's picture, if there is one, be that of the network after another answer.

    An array stays as it is while it has the shape that is read.
    """
    shape, array = after.trained.input_shape, before.arrays.get(OWN_PICTURE)
    if array is not None and array.shape == shape:
        after.take_array(array)
    elif before.own is not None:
        own = before.own
        if own.shape[:2] != shape[1:]:
            own = resized(own, (shape[1], shape[2]), after.fit)
        after.take_up(own, before.notices, is_drawn=before.is_drawn)


def resized(picture: Pixels, size: tuple[int, int], fit: Fit = CENTRAL) -> Pixels:
    """A picture in another size; without Pillow, of its nearest pixels."""
    try:
        return fitted(picture, size, fit)
    except ImportError:
        rows, cols = (
            np.arange(new) * old // new for new, old in zip(size, picture.shape, strict=False)
        )
        return np.ascontiguousarray(picture[rows][:, cols])
