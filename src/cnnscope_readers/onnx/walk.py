"""A walk through a graph: what a picture changes becomes a chain of layers, the rest is worked out.

chain = walk(model, arrays)
chain.layers     # [LayerEntry("conv2d", ...), ...]
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.chain import Chain
from cnnscope_readers.onnx.folding import COST as FOLDING_COST
from cnnscope_readers.onnx.folding import FOLDINGS, Given, fold
from cnnscope_readers.onnx.functions import FUNCTIONS
from cnnscope_readers.onnx.handlers import HANDLERS
from cnnscope_readers.onnx.lines import place
from cnnscope_readers.onnx.messages import OWN_DOMAINS, Model, Node, Tensor, Value, operands
from cnnscope_readers.onnx.runs import COST as RUN_COST
from cnnscope_readers.onnx.runs import Setting, pieces
from cnnscope_readers.onnx.tensors import Arrays, Numbers
from cnnscope_readers.onnx.wire import Budget, damaged

NODES = 3000
"""Operations of a graph; a network of forty layers has some hundred."""

SIZES = ("Shape", "Size")

KNOWN = {*HANDLERS, *FUNCTIONS, *FOLDINGS, *SIZES}
"""Operations of which at least one use is understood."""

PASSING = ("Cast", "CastLike", "Identity", "Dropout")
"""Operations that pass on what they read."""

LONGEST_RUN = 100
"""Operations on each value alone that follow each other."""


def walk(model: Model, arrays: Arrays) -> Chain:
    """The chain of layers of a model's graph. Raises RefusedError."""
    graph = model.graph
    if len(graph.nodes) > NODES:
        raise RefusedError("too_large", what="nodes", limit=NODES, got=len(graph.nodes))
    inputs = [value for value in graph.inputs if value.name not in arrays]
    if len(inputs) != 1:
        raise RefusedError("inputs", count=len(inputs))
    if not graph.outputs:
        raise damaged()
    if len(graph.outputs) > 1:
        raise RefusedError("branches", layer=graph.outputs[1].name)
    nodes = _needed(graph.nodes, graph.outputs[0].name)
    for node in nodes:
        if node.domain not in OWN_DOMAINS or node.op not in KNOWN or not node.outputs:
            raise RefusedError("layer", layer=node.called, kind=node.kind)
    walker = Walker(nodes, inputs[0], graph.outputs[0].name, arrays, model.opset)
    for at, node in enumerate(nodes):
        walker.step(at, node)
    walker.flush(len(nodes))
    return walker.chain


def _needed(nodes: Sequence[Node], output: str) -> list[Node]:
    """The nodes that the output is made from, in order. Raises RefusedError: twice."""
    made = set[str]()
    for name in (name for node in nodes for name in node.outputs if name):
        if name in made:
            raise RefusedError("twice", name=name)
        made.add(name)
    wanted, kept = {output}, []
    for node in reversed(nodes):
        if wanted & set(filter(None, node.outputs)):
            wanted.update(node.inputs)
            kept.append(node)
    return kept[::-1]


class Walker:
    """Where a walk stands: the chain so far, values that are known, and a run not yet placed."""

    def __init__(
        self, nodes: Sequence[Node], start: Value, output: str, arrays: Arrays, opset: int
    ) -> None:
        """Begin at the graph's input. Raises RefusedError: input_size, damaged."""
        dims = start.dims
        if dims is None or not 2 <= len(dims) <= 4:
            raise RefusedError("input_size", shape=dims)
        self.chain = Chain(dims[1:], dims[0] or 1)
        self.nodes, self.arrays, self.opset = nodes, arrays, opset
        self.known: dict[str, Numbers] = {}
        self.sizes: dict[str, tuple[int | None, ...]] = {start.name: self.chain.sizes}
        self.base, self.run = start.name, list[Node]()
        self.folding = Budget("folded", FOLDING_COST)
        self.spending = Budget("compared", RUN_COST)
        self.uses = self._uses(start.name, output)

    def _uses(self, start: str, output: str) -> Mapping[str, list[int]]:
        """By which nodes each value is read that a picture changes; the output after them all."""
        uses: dict[str, list[int]] = {start: []}
        for at, node in enumerate(self.nodes):
            read = [name for name in operands(node) if name in uses]
            for name in read:
                uses[name].append(at)
            if read:
                uses.update({name: [] for name in node.outputs if name})
        if output not in uses:
            raise RefusedError("no_layers")
        uses[output].append(len(self.nodes))
        return uses

    def step(self, at: int, node: Node) -> None:
        """Take one node more. Raises RefusedError."""
        changing = [name for name in operands(node) if name in self.uses]
        values = [None if name in self.uses or not name else self.value(name)
                  for name in node.inputs]  # fmt: skip
        if not changing:
            self.known[node.outputs[0]] = self.folded(node, values)
            return
        for name in node.outputs[1:]:
            if self.uses.get(name):
                raise RefusedError("branches", layer=node.called)
        if node.op in FUNCTIONS:
            self.join(at, node, changing)
        else:
            self.flush(at)
            self.handle(node, values)
        self.sizes[node.outputs[0]] = self.chain.sizes

    def value(self, name: str) -> Numbers:
        """A value that no picture changes. Raises RefusedError: damaged."""
        if name not in self.known:
            if name not in self.arrays:
                raise damaged()
            self.known[name] = self.arrays[name]
        return self.known[name]

    def folded(self, node: Node, values: list[Numbers | None]) -> Numbers:
        """What a node makes of known values, or of the sizes of others."""
        given = Given(node, values, self.opset)
        if node.op in SIZES:
            made = self.shape(given)
        else:
            tensor = node.settings.get("value")
            if isinstance(tensor, Tensor):
                filled = self.arrays.decoded(tensor)
                given = Given(node, [*values, filled], self.opset)
                made = filled if node.op == "Constant" else fold(given)
            else:
                made = fold(given)
        self.folding.spend(made.size)
        return made

    def shape(self, given: Given) -> Numbers:
        """Sizes of a value, NaN where the file leaves them open. Raises RefusedError: damaged."""
        name = given.node.inputs[0] if given.node.inputs else ""
        sizes = self.sizes.get(name) if name in self.uses else self.value(name).shape
        if sizes is None:
            raise damaged()
        said = [math.nan if size is None else size for size in sizes]
        made = np.array(said, np.float64 if None in sizes else np.int64)
        if given.node.op == "Size":
            return np.asarray(math.prod(said))
        return made[slice(given.whole("start", 0), given.whole("end", len(said)))]

    def join(self, at: int, node: Node, changing: list[str]) -> None:
        """Take a node into the run. Raises RefusedError: branches, too_large."""
        scope = {self.base, *(each.outputs[0] for each in self.run)}
        if not set(changing) <= scope:
            raise RefusedError("branches", layer=node.called)
        if len(self.run) >= LONGEST_RUN:
            raise RefusedError("too_large", what=node.called, limit=LONGEST_RUN, got=at)
        self.run.append(node)

    def flush(self, at: int) -> None:
        """Place what the run makes, before node ``at``. Raises RefusedError: branches, layer."""
        for name in (self.base, *(node.outputs[0] for node in self.run[:-1])):
            if self.run and self.uses[name][-1] >= at:
                raise RefusedError("branches", layer=self._called(self.uses[name][-1]))
        if self.run:
            run, base = self.run, self.base
            self.base, self.run = run[-1].outputs[0], []
            self.place(run, base)
        if len(set(self.uses[self.base])) != 1:
            raise RefusedError("branches", layer=self._called(self.uses[self.base][-1]))

    def _called(self, at: int) -> str:
        """The node that reads a value, or the one for which it is passed on as it is."""
        node = self.nodes[min(at, len(self.nodes) - 1)]
        while node.op in PASSING and self.uses[node.outputs[0]]:
            at = self.uses[node.outputs[0]][0]
            node = self.nodes[min(at, len(self.nodes) - 1)]
            if at >= len(self.nodes) - 1:
                break
        return node.called

    def place(self, run: Sequence[Node], base: str) -> None:
        """Add what a run makes to the chain."""
        chain = self.chain
        last = chain.layers[-1] if chain.layers else None
        if last is not None and last.type == "softmax" and [node.op for node in run] == ["Log"]:
            chain.layers[-1] = replace(last, settings={"given": "log_softmax"})
            return
        at = Setting(len(chain.sizes), self.known, self.spending)
        for piece in pieces(run, base, at):
            place(chain, piece)

    def handle(self, node: Node, values: list[Numbers | None]) -> None:
        """Have a node add its layer. Raises RefusedError: layer."""
        if node.op not in HANDLERS:
            raise RefusedError("layer", layer=node.called, kind=node.kind)
        read = [place for place, name in enumerate(node.inputs) if name == self.base]
        if read != [0] or any(name in self.uses for name in node.inputs[1:]):
            raise RefusedError("branches", layer=node.called)
        HANDLERS[node.op](self.chain, Given(node, values, self.opset))
        self.base = node.outputs[0]
