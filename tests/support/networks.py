"""Networks for tests: the shipped one's shape, and others that share no number with it."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from cnnscope.nn.network import Network
from cnnscope.nn.weights import build_network, load_network
from cnnscope.state.state import FIRST_VIEW, Explained, Node, State
from cnnscope.text import load_text
from cnnscope.views.registry import view_of
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_columns import Shown, paged_with
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.states import state_of
from support.table_networks import table_classes, table_networks

__all__ = [
    "CLASSES", "drawn", "explained", "hidden_network", "lenet", "model", "other_network", "picture",
    "sequential", "table_classes", "table_networks", "tiny_vgg", "trained",
]  # fmt: skip

ROOT = Path(__file__).parents[2]
CLASSES = [entry["name"] for entry in json.loads((ROOT / "weights" / "classes.json").read_text())]


def sequential(input_shape, layers, seed: int = 5) -> Network:
    """A network with drawn weights; convolutions are given as (name, out channels)."""
    rng = np.random.default_rng(seed)
    arrays, shape, description = {}, input_shape, []
    for kind, name, *rest in layers:
        entry = {"type": kind, "name": name}
        if kind == "conv2d":
            (out,) = rest
            arrays[f"{name}.kernel"] = drawn(rng, out, shape[0], 3, 3)
            arrays[f"{name}.bias"] = drawn(rng, out)
            shape = (out, shape[1] - 2, shape[2] - 2)
        elif kind == "max_pool2d":
            shape = (shape[0], shape[1] // 2, shape[2] // 2)
        elif kind == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        elif kind == "dense":
            (out,) = rest
            arrays[f"{name}.kernel"] = drawn(rng, out, *shape)
            arrays[f"{name}.bias"] = drawn(rng, out)
            shape = (out,)
        description.append(entry)
    arrays["architecture"] = np.array(json.dumps({"input": input_shape, "layers": description}))
    return build_network(arrays)


def drawn(rng: np.random.Generator, *shape: int):
    fan_in = int(np.prod(shape[1:])) or 1
    return (rng.standard_normal(shape) / np.sqrt(fan_in)).astype(np.float32)


@cache
def tiny_vgg() -> Network:
    """The shipped architecture with weights that never change, for stored drawings."""
    return sequential(
        (3, 64, 64),
        [
            ("conv2d", "conv_1_1", 10), ("relu", "relu_1_1"),
            ("conv2d", "conv_1_2", 10), ("relu", "relu_1_2"), ("max_pool2d", "max_pool_1"),
            ("conv2d", "conv_2_1", 10), ("relu", "relu_2_1"),
            ("conv2d", "conv_2_2", 10), ("relu", "relu_2_2"), ("max_pool2d", "max_pool_2"),
            ("flatten", "flatten"), ("dense", "logits", 10), ("softmax", "output"),
        ],
    )  # fmt: skip


@cache
def other_network() -> Network:
    """One grey channel, 6 and 14 maps, 4 classes."""
    return sequential(
        (1, 28, 20),
        [
            ("conv2d", "first", 6), ("max_pool2d", "halved"), ("conv2d", "second", 14),
            ("relu", "bent"), ("flatten", "row"), ("dense", "sums", 4), ("softmax", "answer"),
        ],
    )  # fmt: skip


@cache
def hidden_network() -> Network:
    """Three colours, a hidden dense layer before the classes."""
    return sequential(
        (3, 16, 16),
        [
            ("conv2d", "first", 4), ("relu", "bent"), ("flatten", "row"), ("dense", "hidden", 8),
            ("relu", "again"), ("dense", "sums", 5), ("softmax", "answer"),
        ],
    )  # fmt: skip


@cache
def lenet() -> Network:
    """LeNet's shape in today's dress: two hidden dense layers, of 120 and 84 units."""
    return sequential(
        (1, 28, 28),
        [
            ("conv2d", "first", 6), ("max_pool2d", "halved"), ("conv2d", "second", 16),
            ("max_pool2d", "again"), ("flatten", "row"), ("dense", "dense_1", 120),
            ("relu", "relu_3"), ("dense", "dense_2", 84), ("relu", "relu_4"), ("dense", "sums", 10),
            ("softmax", "answer"),
        ],
    )  # fmt: skip


def picture(network: Network, seed: int = 0) -> np.ndarray:
    """A made-up picture of the network's size: (rows, cols, 3) uint8, not even nearly random."""
    rng = np.random.default_rng(seed)
    _, rows, cols = network.input_shape
    coarse = rng.integers(0, 256, (-(-rows // 4), -(-cols // 4), 3), np.uint8)
    return coarse.repeat(4, 0).repeat(4, 1)[:rows, :cols]


def model(network: Network | None = None, state: State | None = None, window=(1440, 900)):
    network = network or tiny_vgg()
    pixels = picture(network).transpose(2, 0, 1)[: network.input_shape[0]]
    trace = network(network.scale.numbers(pixels.astype(np.float32) / 255))
    last = network.layers[-1].name
    classes = (CLASSES * 9)[: network.shapes[last][0]]
    state = state or State()
    plan = lay_out(network, Viewport(*window), shown_by(network, state))
    detail = numbers = facts = None
    match state.focus:
        case Explained(node) as focus:
            view = view_of(network, focus)
            arrange = (view.unfolded if focus.unfolded else None) or view.lay_out
            detail = arrange(network, plan, node)
            numbers = view.explain(network, trace, node)
            facts = view.facts(network, node)
    return Model(network, classes, load_text(), state, trace, plan, detail, numbers, facts)


def shown_by(network: Network, state: State) -> Shown:
    """The pages on which what is explained is drawn."""
    match state.focus:
        case Explained(Node(layer, channel)) if layer != network.layers[-1].name:
            return Shown(((paged_with(network, layer), channel),))
    return Shown()


@cache
def trained() -> Network:
    """The network that is shipped, with the weights that training found."""
    return load_network(ROOT / "weights" / "tiny_vgg.npz")


def explained(node: Node, *, network: Network | None = None, window=(1440, 900), **state):
    """(model, numbers) of a node; ``state`` is what the state says beside it."""
    focus = Explained(node, state.pop("view", FIRST_VIEW), channel=state.pop("channel", None),
                      unfolded=state.pop("unfolded", False))  # fmt: skip
    here = model(network, state_of(focus=focus, **state), window)
    return here, view_of(here.network, focus).explain(here.network, here.trace, node)
