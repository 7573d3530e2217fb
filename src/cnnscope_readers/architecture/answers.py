"""Answers: what weights do not say of their network, and someone or a proof has to.

    Answers(arrangement, activation=Activated("tanh"), pooling="avg", ending="log_softmax")

All of it is a frozen value: a page changes one answer with ``dataclasses.replace``.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.sliding import Along, Around, Pair

Pooling = Literal["max", "avg"]
Ending = Literal["logits", "softmax", "log_softmax", "sigmoid"]
Part = Literal["batch_norm", "activation", "pool"]
Order = tuple[Part, Part, Part]
Bare = Literal["", "last", "dense"]


class Pool(NamedTuple):
    """A pooling's window: rows, stride and padding, alike on both axes."""

    size: int
    stride: int
    padding: int = 0


GLOBAL = Pool(0, 0)
"""A pooling of each whole map."""


class Place(NamedTuple):
    """How one convolution slides, and the pooling that follows it."""

    stride: Along = 1
    padding: Around = 0
    pool: Pool | None = None
    dilation: Along = 1


@dataclass(frozen=True)
class Arrangement:
    """An input size, and a place for each convolution, that fit the weights.

    ``maps`` is the reason: the first dense layer reads as many numbers as these maps have; without
    one they are the classes, of one cell each.
    """

    size: Pair  # rows and columns of the picture
    places: tuple[Place, ...]
    maps: tuple[int, int, int]  # channels, rows, columns
    cost: float = field(default=0.0, compare=False)  # less for what is plainer


class Activated(NamedTuple):
    """An activation: ``relu``, ``none``, or a function of ``nn.layers.Activation``."""

    function: str
    alpha: float | None = None


RELU = Activated("relu")

ACTIVATIONS: dict[Activated, float] = {
    RELU: 0, Activated("leaky_relu"): 3, Activated("tanh"): 3, Activated("sigmoid"): 3,
    Activated("elu"): 3.2, Activated("gelu"): 3.2, Activated("silu"): 3.2,
    Activated("relu6"): 3.4, Activated("leaky_relu", 0.1): 4, Activated("leaky_relu", 0.2): 4,
    Activated("gelu_tanh"): 4.2, Activated("none"): 4.5,
}  # fmt: skip
"""Activations, and how far each is from the usual one."""

PLAIN_ORDER: Order = ("batch_norm", "activation", "pool")

ORDERS: dict[Order, float] = {
    PLAIN_ORDER: 0,
    ("activation", "batch_norm", "pool"): 1.5,
    ("activation", "pool", "batch_norm"): 1.8,
    ("batch_norm", "pool", "activation"): 2,
    ("pool", "batch_norm", "activation"): 2.5,
    ("pool", "activation", "batch_norm"): 2.5,
}
"""Orders of what follows a convolution, and how far each is from the usual one."""


@dataclass(frozen=True)
class Answers:
    """Everything that makes a network of weights.

    ``bare`` is what has no activation: the ``last`` convolution, or the hidden ``dense`` layers.
    """

    arrangement: Arrangement
    activation: Activated = RELU
    pooling: Pooling = "max"
    order: Order = PLAIN_ORDER
    bare: Bare = ""
    ending: Ending = "logits"
    scale: InputScale = field(default_factory=InputScale.unit)
    classes: tuple[str, ...] = ()
