"""Whole modules of ``torch.save(model)``, read as data: which there are, in which order.

    for module in modules_in(value):
        module.name, module.kind, module.state["stride"]

A file holds each module's settings and arrays, but not how a class of its author's runs them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.pickle_values import Made, Value, mapping

MODULES = 2000

LONGEST = 200
"""Characters of a module's dotted name."""

FEW = 100
"""Modules, or tensors, that are in a module itself."""

WRAPPERS = (
    "torch.nn.parallel.data_parallel.DataParallel", "torch._dynamo.eval_frame.OptimizedModule",
)  # fmt: skip
"""What runs the one module in it."""

IN_ORDER = ("torch.nn.modules.container.Sequential", *WRAPPERS)
"""What runs its modules one after the other, and does nothing else."""

LIBRARY = "torch.nn.modules."

LOSSES = "torch.nn.modules.loss."
"""Modules that only a training uses."""

HOOKS = ("_forward_hooks", "_forward_pre_hooks")


@dataclass(frozen=True, eq=False)
class Module:
    """A module, its dotted name, the class it is of, and its attributes."""

    name: str
    kind: str
    state: Mapping[Value, Value]

    @property
    def is_leaf(self) -> bool:
        """Whether there are no modules in it."""
        return not self.children

    @property
    def is_in_order(self) -> bool:
        """Whether it does nothing but run its modules one after the other."""
        return self.kind in IN_ORDER

    @property
    def children(self) -> Mapping[Value, Value]:
        """The modules in it by name."""
        return few(self.state.get("_modules"))

    @property
    def tensors(self) -> dict[str, Value]:
        """Its own parameters and buffers by name, in the order of a state dict."""
        found: dict[str, Value] = {}
        for kept in ("_parameters", "_buffers"):
            for name, value in few(self.state.get(kept)).items():
                if value is not None:
                    found[name] = value
        return found

    @property
    def is_of_library(self) -> bool:
        """Whether it is a layer of PyTorch's, not of a class of the author's own."""
        return self.kind.startswith(LIBRARY) and not self.kind.startswith(LOSSES)

    def path(self, name: str) -> str:
        """The dotted name of one of its tensors."""
        return f"{self.name}.{name}" if self.name else name

    @property
    def is_hooked(self) -> bool:
        """Whether something of its author's runs before or after it."""
        return any(mapping(self.state.get(hooks)) for hooks in HOOKS)


def few(value: Value) -> Mapping[Value, Value]:
    """What is in a module by its name. Raises RefusedError: too_large."""
    entries = mapping(value) or {}
    if len(entries) > FEW:
        raise RefusedError("too_large", what="modules", limit=FEW, got=len(entries))
    if not all(isinstance(name, str) and len(name) <= LONGEST for name in entries):
        raise RefusedError("damaged", where="modules")
    return entries


def is_module(value: Value) -> bool:
    """Whether a value is a module, or what only runs one."""
    match value:
        case Made(name=name, args=(Made() as inner, *_)) if name in WRAPPERS:
            return mapping(inner.state.get("_modules")) is not None
        case Made():
            return mapping(value.state.get("_modules")) is not None
    return False


def modules_in(root: Value) -> Iterator[Module]:
    """A module and all in it, each before those in it. Raises RefusedError: too_large, damaged."""
    waiting: list[tuple[str, Value]] = [("", root)]
    for _ in range(MODULES):
        if not waiting:
            return
        name, value = waiting.pop()
        if value is None:
            continue
        if not isinstance(value, Made) or not is_module(value) or len(name) > LONGEST:
            raise RefusedError("damaged", where=name)
        module = Module(name, value.name, value.state)
        yield module
        for child, inner in reversed(list(module.children.items())):
            waiting.append((module.path(child), inner))
    raise RefusedError("too_large", what="modules", limit=MODULES, got=f"> {MODULES}")


def tensors_in(modules: Iterable[Module]) -> dict[str, Value]:
    """The tensors of modules by the names that a state dict would have."""
    return {
        module.path(name): value for module in modules for name, value in module.tensors.items()
    }


def unwrapped(root: Value) -> Value:
    """The module in what only runs it: several processors' wrapper, or a compiler's."""
    for _ in range(len(WRAPPERS)):
        inner = [*few(root.state.get("_modules")).values(), *root.args[:1]]
        if root.name not in WRAPPERS or len(inner) != 1 or not is_module(inner[0]):
            break
        root = inner[0]
    return root
