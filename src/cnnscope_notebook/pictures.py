"""Pictures for a network: from paths, Pillow's pictures and arrays, in the network's size.

samples, arrays = taken({"cat": "cat.jpg"}, opened, exact=False)
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.ops import Array
from cnnscope.pictures import resize
from cnnscope.pictures.resize import Pixels, onto_white
from cnnscope.state.state import OWN_PICTURE
from cnnscope_notebook.errors import ModelError
from cnnscope_own.fitting import FITS, fitted
from cnnscope_own.gallery import array_for, seen
from cnnscope_own.opened import Opened

LONGEST = 40  # characters of a picture's name


def taken(
    given: Mapping[str, Any], opened: Opened, *, exact: bool
) -> tuple[dict[str, Pixels], dict[str, Array]]:
    """Pictures as they are looked at, and those of them that are read exactly as they are.

    An ``.npy`` file is exact; so is every array, if that is asked for. Raises ModelError, OSError.
    """
    network = opened.network
    size = network.input_shape[1], network.input_shape[2]
    samples: dict[str, Pixels] = {}
    arrays: dict[str, Array] = {}
    for name, picture in given.items():
        is_file = isinstance(picture, str | os.PathLike)
        if is_file and Path(picture).suffix == ".npy":
            values, is_exact = np.load(picture, allow_pickle=False), True
        elif is_file or hasattr(picture, "convert"):
            values, is_exact = decoded(picture), False
        else:
            values, is_exact = values_of(picture), exact
        if is_exact:
            arrays[name] = exact_array(name, values, opened)
            samples[name] = seen(network.scale.pixels(arrays[name]))
        else:
            pixels = pixels_of(name, values)
            is_fit = pixels.shape[:2] == size
            samples[name] = pixels if is_fit else fitted(pixels, size, FITS[opened.fit_taken])
    return samples, arrays


def named(pictures: Any) -> dict[str, Any]:
    """One picture, several, or several by name, each with a name that an address can hold."""
    if isinstance(pictures, Mapping):
        pairs: Iterable[tuple[str, Any]] = ((str(name), each) for name, each in pictures.items())
    elif isinstance(pictures, list | tuple):
        pairs = ((name_of(each, number), each) for number, each in enumerate(pictures, 1))
    else:
        pairs = [(name_of(pictures, 1), pictures)]
    found: dict[str, Any] = {}
    for name, picture in pairs:
        plain = re.sub(r"[^\w-]+", "_", name).strip("_")[:LONGEST] or "picture"
        key, number = plain, 1
        while key in found or key == OWN_PICTURE:
            number += 1
            key = f"{plain}_{number}"
        found[key] = picture
    return found


def name_of(picture: Any, number: int) -> str:
    """A file's own name; a number for what has none."""
    path = picture if isinstance(picture, str | os.PathLike) else getattr(picture, "filename", "")
    return Path(path).stem if path else f"picture_{number}"


def decoded(picture: Any) -> Pixels:
    """A file, or Pillow's picture: upright, transparency onto white. Raises ModelError, OSError."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        image = picture if hasattr(picture, "convert") else Image.open(picture)
        return resize.seen(ImageOps.exif_transpose(image))
    except UnidentifiedImageError as error:
        raise ModelError(f"{picture}: expected a picture that Pillow reads") from error


def values_of(picture: Any) -> NDArray[Any]:
    """An array, or a framework's tensor, as NumPy has it."""
    for step in ("detach", "cpu", "numpy"):
        picture = getattr(picture, step)() if hasattr(picture, step) else picture
    return np.asarray(picture)


def exact_array(name: str, values: NDArray[Any], opened: Opened) -> Array:
    """An array as the network reads it, of what the framework's model takes. Raises ModelError."""
    shape = opened.network.input_shape
    array = array_for(shape, values)
    if array is None:
        raise ModelError(f"{name}: expected finite numbers of the shape {shape}, or with channels "
                         f"last, got {values.dtype} of {values.shape}")  # fmt: skip
    return opened.found.input_of(array)


def pixels_of(name: str, values: NDArray[Any]) -> Pixels:
    """An array of pixels, bytes or 0..1, as (row, col, 3) bytes. Raises ModelError."""
    while values.ndim > 2 and values.shape[0] == 1:
        values = values[0]
    if values.ndim == 3 and values.shape[-1] == 1:
        values = values[..., 0]
    if values.ndim == 3 and values.shape[0] in (3, 4) and values.shape[-1] not in (3, 4):
        values = values.transpose(1, 2, 0)
    if values.ndim == 2:
        values = np.repeat(values[..., np.newaxis], 3, axis=2)
    if values.ndim != 3 or values.shape[-1] not in (3, 4) or min(values.shape) < 1:
        raise ModelError(f"{name}: expected a picture of one or three channels, got an array of "
                         f"the shape {values.shape}")  # fmt: skip
    low, high = float(values.min()), float(values.max())
    is_whole = values.dtype.kind in "iu"
    if not (np.isfinite((low, high)).all() and low >= 0 and high <= (255 if is_whole else 1)):
        raise ModelError(f"{name}: expected pixels, bytes or 0..1, got {low:.3g} to {high:.3g}. "
                         "With exact=True arrays are taken as the model reads them.")  # fmt: skip
    pixels = values.astype(np.uint8) if is_whole else (values * 255.0 + 0.5).astype(np.uint8)
    return onto_white(pixels) if pixels.shape[-1] == 4 else np.ascontiguousarray(pixels)
