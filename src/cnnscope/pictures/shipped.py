"""What the page is shipped with: trained networks, each with its classes and sample pictures.

shipped = load_shipped()      # read once; the image of memory holds it
shipped.network, shipped.samples["espresso"]
digits = read_shipped(file)   # another network, all in one file, which is fetched when asked for
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from cnnscope.nn.network import Network
from cnnscope.nn.ops import Array
from cnnscope.nn.weights import build_network, load_network
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.resize import Pixels
from cnnscope.pictures.samples import load_samples

TOLD, PICTURES, EXACT = "shipped", "pictures", "exact"
"""Names in such a file of what is no array of the network: its words, its sample pictures, and
those of them that it reads exactly as they are."""

ASSETS = Path(__file__).parents[1] / "assets"


class BrokenFileError(ValueError):
    """A file that holds no network, or not all that belongs to one."""


@dataclass(frozen=True)
class Shipped:
    """One network and the pictures that come with it."""

    network: Network
    classes: tuple[str, ...]
    samples: Mapping[str, Pixels]  # in the order in which they are offered
    out_of_distribution: frozenset[str] = frozenset()  # samples of none of the classes
    arrays: Mapping[str, Array] = field(default_factory=dict)  # of samples, as the network reads it

    def gallery(self) -> Gallery:
        """The network and its pictures, to be shown."""
        strangers = self.out_of_distribution
        return Gallery(self.network, self.samples, strangers, self.classes, self.arrays)


@cache
def load_shipped(folder: Path = ASSETS) -> Shipped:
    """The network and pictures in a folder. Raises OSError."""
    network = load_network(folder / "tiny_vgg.npz")
    listed = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
    pictures = load_samples(folder / "samples.npz")
    named = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
    return Shipped(
        network,
        tuple(entry["name"] for entry in named),
        {entry["key"]: pictures[entry["key"]] for entry in listed},
        frozenset(entry["key"] for entry in listed if entry["class"] is None),
    )


def read_shipped(file: bytes) -> Shipped:
    """The network, classes and pictures in such a file. Raises BrokenFileError."""
    try:
        with np.load(BytesIO(file), allow_pickle=False) as archive:
            arrays = dict(archive)
        told, pictures = json.loads(str(arrays.pop(TOLD))), arrays.pop(PICTURES)
        samples = dict(zip(told["samples"], pictures, strict=True))
        exact = dict(zip(told.get("exact", ()), arrays.pop(EXACT, ()), strict=True))
        strangers = frozenset(told.get("strangers", ()))
        return Shipped(build_network(arrays), tuple(told["classes"]), samples, strangers, exact)
    except (ValueError, KeyError, EOFError, BadZipFile) as error:
        raise BrokenFileError("expected a network with its classes and pictures") from error
