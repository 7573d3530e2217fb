"""What the page is shipped with: the trained network, its classes, the sample pictures.

shipped = load_shipped()      # read once; the image of memory holds it
shipped.network, shipped.samples["espresso"]
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cnnscope.nn.network import Network
from cnnscope.nn.weights import load_network
from cnnscope.pictures.resize import Pixels
from cnnscope.pictures.samples import load_samples

ASSETS = Path(__file__).parents[1] / "assets"


@dataclass(frozen=True)
class Shipped:
    """One network and the pictures that come with it."""

    network: Network
    classes: tuple[str, ...]
    samples: Mapping[str, Pixels]  # in the order in which they are offered
    out_of_distribution: frozenset[str]  # samples that belong to none of the classes


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
