"""ONNX's messages, as far as a network needs them: model, graph, node, attribute, tensor.

    model = read_model(content)
    model.graph.nodes[0].op, model.graph.nodes[0].inputs     # "Conv", ("x", "conv1.weight", ...)

Source: onnx.proto of ONNX 1.23 (github.com/onnx/onnx).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.wire import Budget, Message, damaged, parse

OWN_DOMAINS = ("", "ai.onnx")

Dims = tuple[int | None, ...]
"""Sizes that a file promises of a value; None where it gives a name, or nothing."""


@dataclass(frozen=True, eq=False)
class Tensor:
    """An array as it is written: the numbers stay in its message until they are asked for."""

    name: str
    dims: tuple[int, ...]
    type: int
    message: Message
    external: Mapping[str, str] | None  # where its bytes are, if in another file


Setting = float | int | str | Tensor | tuple[float, ...] | tuple[int, ...] | None
"""Value of an attribute; None of one that is of no use here: a graph, a type, strings."""


@dataclass(frozen=True, eq=False)
class Node:
    """One operation: reads values by name, and makes others."""

    op: str
    domain: str
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    settings: Mapping[str, Setting]

    @property
    def called(self) -> str:
        """What a visitor is told of it."""
        return self.name or next(filter(None, self.outputs), "") or self.op

    @property
    def kind(self) -> str:
        """Its operation, with the domain where that is not ONNX's own."""
        return self.op if self.domain in OWN_DOMAINS else f"{self.domain}::{self.op}"


ASIDE = {"Shape": 0, "Size": 0, "CastLike": 1, "Dropout": 1}
"""Operations that read numbers from so many of their inputs alone; of others the type, or size."""


def operands(node: Node) -> tuple[str, ...]:
    """The values whose numbers a node reads."""
    return node.inputs[: ASIDE.get(node.op, len(node.inputs))]


@dataclass(frozen=True, eq=False)
class Value:
    """An input or output of the graph."""

    name: str
    type: int  # of its numbers; 0 where it is no tensor
    dims: Dims | None


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes, each after those that it reads from."""

    nodes: tuple[Node, ...]
    tensors: tuple[Tensor, ...]
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """The whole file."""

    graph: Graph
    opset: int
    metadata: Mapping[str, str]


def read_model(content: bytes) -> Model:
    """A file's messages. Raises RefusedError: damaged, too_large, layer."""
    budget = Budget()
    message = parse(memoryview(content), budget)
    graph = message.view(7)
    if graph is None:
        raise damaged()
    opset = 1
    for view in message.views(8):
        used = parse(view, budget)
        opset = used.whole(2) if used.text(1) in OWN_DOMAINS else opset
    pairs = [parse(view, budget) for view in message.views(14)]
    metadata = {pair.text(1): pair.text(2) for pair in pairs}
    return Model(_graph(parse(graph, budget), budget), opset, metadata)


def _graph(message: Message, budget: Budget) -> Graph:
    if message.views(15):
        raise RefusedError("layer", layer="sparse_initializer", kind="SparseTensor")
    return Graph(
        tuple(_node(parse(view, budget), budget) for view in message.views(1)),
        tuple(_tensor(parse(view, budget), budget) for view in message.views(5)),
        tuple(_value(parse(view, budget), budget) for view in message.views(11)),
        tuple(_value(parse(view, budget), budget) for view in message.views(12)),
    )


def _node(message: Message, budget: Budget) -> Node:
    read = [_attribute(parse(view, budget), budget) for view in message.views(5)]
    texts = message.text(4), message.text(7), message.text(3)
    return Node(*texts, message.texts(1), message.texts(2), dict(read))


def _attribute(message: Message, budget: Budget) -> tuple[str, Setting]:
    """Name and value; which of its fields holds that is said by its type."""
    value: Setting = None
    match message.whole(20):
        case 1:
            value = _float(message)
        case 2:
            value = message.whole(3)
        case 3:
            value = message.text(4)
        case 4 if (tensor := message.view(5)) is not None:
            value = _tensor(parse(tensor, budget), budget)
        case 6:
            value = tuple(map(float, message.packed(7, "<f4")))
        case 7:
            value = tuple(map(int, message.wholes(8)))
    return message.text(1), value


def _float(message: Message) -> float:
    value = message.view(2) or memoryview(bytes(4))
    if len(value) != 4:
        raise damaged()
    made: float = struct.unpack("<f", value)[0]
    return made


def _tensor(message: Message, budget: Budget) -> Tensor:
    external = None
    if message.whole(14) == 1:
        pairs = [parse(view, budget) for view in message.views(13)]
        external = {pair.text(1): pair.text(2) for pair in pairs}
    dims = tuple(map(int, message.wholes(1)))
    return Tensor(message.text(8), dims, message.whole(2), message, external)


def _value(message: Message, budget: Budget) -> Value:
    """Name, type of number and dims; of what is no tensor, the name alone."""
    name, view = message.text(1), message.view(2)
    tensor = None if view is None else parse(view, budget).view(1)
    if tensor is None:
        return Value(name, 0, None)
    typed = parse(tensor, budget)
    shape = typed.view(2)
    if shape is None:
        return Value(name, typed.whole(1), None)
    sizes = [parse(view, budget).whole(1) for view in parse(shape, budget).views(1)]
    return Value(name, typed.whole(1), tuple(size if size > 0 else None for size in sizes))


MODEL_FIELDS = {1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26}

GRAPH_FIELDS = {1, 2, 5, 10, 11, 12, 13, 14, 15, 16}

FEW = 10_000
"""Fields of a model, or of its graph, that are looked at to tell the kind of a file."""


def is_onnx(content: bytes) -> bool:
    """Whether a file is a model with a graph, all of whose fields are known: it has no magic."""
    if not content or content[0] & 7 not in (0, 2) or content[0] >> 3 not in MODEL_FIELDS:
        return False
    try:
        model = parse(memoryview(content), Budget(limit=FEW))
        graph = model.view(7)
        if graph is None or not model.fields.keys() <= MODEL_FIELDS or model.whole(1) < 0:
            return False
        fields = parse(graph, Budget(limit=FEW)).fields
    except RefusedError:
        return _begins_as_one(content)
    return fields.keys() <= GRAPH_FIELDS and bool({1, 12} & fields.keys())


def _begins_as_one(content: bytes) -> bool:
    """Whether it says its version and who made it, in plain words: all that a damaged one has."""
    if len(content) < 5 or content[0] != 8 or not 3 <= content[1] <= 40 or content[2:3] != b"\x12":
        return False
    name = content[4 : 4 + content[3]]
    return 0 < len(name) < 64 and name.isascii() and name.decode().isprintable()
