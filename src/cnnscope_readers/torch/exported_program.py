"""Networks of ``torch.export.save``: a graph of operations, which says all there is to know.

read_exported_program({"net.pt2": content}, "net.pt2")     # Found
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry
from cnnscope_readers.torch.aten_chain import Graph, Live, Operation, Sizes, Unknown
from cnnscope_readers.torch.aten_layers import layers_of, of_arrays
from cnnscope_readers.torch.export_archive import Export, is_export, open_export
from cnnscope_readers.torch.finished_layers import finished

__all__ = ["is_export", "read_exported_program"]

NODES = 5000

LIBRARY = "torch.ops.aten."

NAMES = {
    "parameter": "parameter_name", "buffer": "buffer_name",
    "tensor_constant": "tensor_constant_name",
}  # fmt: skip
"""What a kind of input is in the model, by where its name there is said."""


def read_exported_program(files: Mapping[str, bytes], name: str) -> Found:
    """The network of an exported program.

    Raises RefusedError: inputs, input_size, branches, layer, setting, damaged, missing_file.
    """
    export = open_export(files[name])
    try:
        return _Program(export).found()
    except RefusedError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise RefusedError("damaged", where="graph") from error


class _Program:
    """A graph that is being read: its values by name."""

    def __init__(self, export: Export) -> None:
        module = export.program["graph_module"]
        self.graph: Mapping[str, Any] = module["graph"]
        self.signature: Mapping[str, Any] = module["signature"]
        self.export = export
        self.values: dict[str, Any] = {}  # arrays, and what depends on the picture
        self.made = Graph()

    def found(self) -> Found:
        """The network. Raises RefusedError."""
        picture = self.take_inputs()
        sizes = self.sizes(picture)
        batched = len(sizes) == 4
        shape = sizes[1:] if batched else sizes
        if len(shape) != 3 or not all(type(side) is int and side > 0 for side in shape):
            raise RefusedError("input_size", shape=sizes)
        nodes = self.graph["nodes"]
        if len(nodes) > NODES:
            raise RefusedError("too_large", what="nodes", limit=NODES, got=len(nodes))
        for node in nodes:
            self.take_node(node, batched)
        layers: list[LayerEntry] = []
        for operation in self.made.chain(picture, self.answer()):
            layers += layers_of(operation)
        return Found(tuple(side or 1 for side in shape), finished(layers))

    def take_inputs(self) -> str:
        """Take the arrays, and find the name of the picture."""
        pictures = []
        if len(self.signature["input_specs"]) > NODES:
            raise RefusedError("too_large", what="inputs", limit=NODES, got=f"> {NODES}")
        for spec in self.signature["input_specs"]:
            ((kind, said),) = spec.items()
            if kind in NAMES:
                self.values[said["arg"]["name"]] = self.export.array(said[NAMES[kind]])
            elif kind == "user_input" and "as_tensor" in said["arg"]:
                pictures.append(said["arg"]["as_tensor"]["name"])
        if len(pictures) != 1:
            raise RefusedError("inputs", count=len(pictures))
        self.values[pictures[0]] = Live(pictures[0])
        return str(pictures[0])

    def answer(self) -> str:
        """The name of what the network answers."""
        names = [
            said["arg"]["as_tensor"]["name"]
            for spec in self.signature["output_specs"]
            for kind, said in spec.items()
            if kind == "user_output"
        ]
        if len(names) != 1:
            raise RefusedError("branches", layer=", ".join(names[:4]))
        return str(names[0])

    def sizes(self, name: str) -> Sizes:
        """Sides of a value; None for one that is not fixed."""
        sides = self.graph["tensor_values"][name]["sizes"]
        return tuple(side.get("as_int") for side in sides)

    def take_node(self, node: Mapping[str, Any], batched: bool) -> None:
        """Take one operation: of the picture, or of arrays alone."""
        target = str(node["target"])
        args = {each["name"]: self.value(each["arg"]) for each in node["inputs"]}
        outputs = list(_outputs(node["outputs"]))
        if not outputs:
            return
        for other in outputs[1:]:  # as where the largest values lie: no layer makes that
            self.values[other] = self.made.add(Operation(f"{target} {other}", other, args), other)
        name = target.removeprefix(LIBRARY).partition(".")[0]
        operation = Operation(name, outputs[0], args)
        if not operation.reads:
            self.values[outputs[0]] = of_arrays(operation)
            return
        source = operation.reads[0]
        before, after = self.batch_apart(source, batched), self.batch_apart(outputs[0], batched)
        made = Operation(name, outputs[0], args, before, after)
        self.values[outputs[0]] = self.made.add(made, outputs[0])

    def batch_apart(self, name: str, batched: bool) -> Sizes:
        """Sides of a value, the first of which counts the pictures."""
        sizes = self.sizes(name)
        return (None, *sizes[1:]) if batched and len(sizes) > 1 else sizes

    def value(self, said: Mapping[str, Any]) -> Any:
        """An argument: a number, a list, a word, an array or what depends on the picture."""
        ((kind, value),) = said.items()
        match kind:
            case "as_tensor":
                return self.values.get(value["name"], Unknown(str(value["name"])))
            case "as_none":
                return None
            case "as_int" | "as_float" | "as_bool" | "as_string" | "as_ints" | "as_floats":
                return value
            case "as_optional_tensor":
                inner = value.get("as_tensor")
                return None if inner is None else self.values.get(inner["name"])
            case "as_tensors":
                return [self.values.get(each["name"], Unknown("tensor")) for each in value]
            case "as_sym_ints":
                return [each.get("as_int", Unknown("size")) for each in value]
        return Unknown(kind)


def _outputs(outputs: list[Mapping[str, Any]]) -> Iterator[str]:
    """Names of the values that an operation makes."""
    for output in outputs:
        for each in (
            [output["as_tensor"]] if "as_tensor" in output else output.get("as_tensors", ())
        ):
            yield str(each["name"])
