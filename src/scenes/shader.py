"""A material's node graph written as an expression, because node graphs read badly as links.

glaze = Shader("glaze")
speckle = glaze.noise(glaze.place(), scale=8)
glaze.surface(color=glaze.ramp(speckle, {0.4: "#ffffff", 0.6: "#d8d0c4"}), roughness=0.2)
"""

from collections.abc import Mapping

import bpy

Socket = bpy.types.NodeSocket
Value = Socket | float | tuple[float, ...] | str


class Shader:
    """Builds one material; every method but `surface` returns the output of a new node."""

    def __init__(self, name: str) -> None:
        """Start an empty graph for a material called `name`."""
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self._tree = self.material.node_tree
        self._tree.nodes.clear()

    def surface(self, *, displacement: Value | None = None, **inputs: Value) -> bpy.types.Material:
        """Finish with a principled surface: base_color="#fff", roughness=0.2, normal=..."""
        node = self._node("ShaderNodeBsdfPrincipled", **inputs)
        output = self._node("ShaderNodeOutputMaterial")
        self._tree.links.new(node.outputs["BSDF"], output.inputs["Surface"])
        if displacement is not None:
            self._feed(output.inputs["Displacement"], displacement)
        return self.material

    def emission(self, color: Value, strength: Value) -> bpy.types.Material:
        """Finish with a surface that only shines."""
        node = self._node("ShaderNodeEmission", color=color, strength=strength)
        output = self._node("ShaderNodeOutputMaterial")
        self._tree.links.new(node.outputs[0], output.inputs["Surface"])
        return self.material

    def place(
        self,
        scale: tuple[float, float, float] = (1, 1, 1),
        location: tuple[float, float, float] = (0, 0, 0),
        rotation: tuple[float, float, float] = (0, 0, 0),
    ) -> Socket:
        """The object's own coordinates, in cm, stretched and moved."""
        coordinates = self._node("ShaderNodeTexCoord").outputs["Object"]
        node = self._node(
            "ShaderNodeMapping",
            vector=coordinates,
            scale=scale,
            location=location,
            rotation=rotation,
        )
        return node.outputs["Vector"]

    def painted(self, name: str) -> Socket:
        """The colour that the mesh itself carries under `name`."""
        node = self._node("ShaderNodeAttribute")
        node.attribute_name = name
        return node.outputs["Color"]

    def noise(self, at: Value, *, color: bool = False, **inputs: Value) -> Socket:
        """Fractal noise in 0..1, about 0.5; with `color`, three independent channels of it."""
        node = self._node("ShaderNodeTexNoise", vector=at, **inputs)
        return node.outputs["Color" if color else 0]

    def cells(
        self, at: Value, *, feature: str = "F1", output: str = "Distance", **inputs: Value
    ) -> Socket:
        """Voronoi cells: the distance to the nearest seed, or another `output` of theirs."""
        node = self._node("ShaderNodeTexVoronoi", vector=at, **inputs)
        node.feature = feature
        return node.outputs[output]

    def ramp(self, factor: Value, stops: Mapping[float, Value]) -> Socket:
        """Colours at positions 0..1, smooth between them."""
        node = self._node("ShaderNodeValToRGB")
        self._feed(node.inputs[0], factor)
        elements = node.color_ramp.elements
        while len(elements) > 1:
            elements.remove(elements[-1])
        for index, (position, color) in enumerate(sorted(stops.items())):
            element = elements[0] if index == 0 else elements.new(position)
            element.position = position
            element.color = _rgba(color)
        return node.outputs["Color"]

    def mix(self, factor: Value, a: Value, b: Value, blend: str = "MIX") -> Socket:
        """Colour `a`, with `b` laid over it as far as `factor` says."""
        node = self._node("ShaderNodeMix")
        node.data_type, node.blend_type = "RGBA", blend
        # A mix node has inputs of each type under the same names: 0 factor, 6 and 7 the colours.
        for index, value in ((0, factor), (6, a), (7, b)):
            self._feed(node.inputs[index], value)
        return node.outputs[2]

    def math(self, operation: str, a: Value, b: Value = 0.0, c: Value = 0.0) -> Socket:
        """A number from numbers: "ADD", "MULTIPLY", "SMOOTHSTEP"... as Blender names them."""
        node = self._node("ShaderNodeMath")
        node.operation = operation
        for index, value in enumerate((a, b, c)):
            self._feed(node.inputs[index], value)
        return node.outputs[0]

    def move(self, at: Value, by: Value, much: float) -> Socket:
        """The coordinates `at` shifted by (`by` - 0.5) x `much`: bends what is drawn there."""
        centred = self._vector("SUBTRACT", by, (0.5, 0.5, 0.5))
        return self._vector("ADD", at, self._vector("MULTIPLY", centred, (much, much, much)))

    def reach(self, at: Value) -> Socket:
        """The distance of `at` from the z axis."""
        flat = self._vector("MULTIPLY", at, (1, 1, 0))
        node = self._node("ShaderNodeVectorMath")
        node.operation = "LENGTH"
        self._feed(node.inputs[0], flat)
        return node.outputs["Value"]

    def attribute(self, name: str) -> Socket:
        """The number that the mesh stores under `name` at each of its points."""
        node = self._node("ShaderNodeAttribute")
        node.attribute_name = name
        return node.outputs["Fac"]

    def apart(self, at: Value) -> tuple[Socket, Socket, Socket]:
        """The x, y and z of the coordinates `at`."""
        x, y, z = self._node("ShaderNodeSeparateXYZ", vector=at).outputs
        return x, y, z

    def point(self, x: Value, y: Value, z: Value = 0.0) -> Socket:
        """Coordinates from numbers, for a pattern that follows another geometry."""
        return self._node("ShaderNodeCombineXYZ", x=x, y=y, z=z).outputs[0]

    def bump(self, height: Value, depth: float) -> Socket:
        """A normal for a relief of `height` x `depth` cm."""
        return self._node("ShaderNodeBump", height=height, distance=depth).outputs["Normal"]

    def _vector(self, operation: str, a: Value, b: Value) -> Socket:
        node = self._node("ShaderNodeVectorMath")
        node.operation = operation
        self._feed(node.inputs[0], a)
        self._feed(node.inputs[1], b)
        return node.outputs["Vector"]

    def _node(self, kind: str, **inputs: Value) -> bpy.types.Node:
        node = self._tree.nodes.new(kind)
        named = {socket.name.lower().replace(" ", "_"): socket for socket in node.inputs}
        for name, value in inputs.items():
            self._feed(named[name], value)
        return node

    def _feed(self, socket: Socket, value: Value) -> None:
        if isinstance(value, bpy.types.NodeSocket):
            self._tree.links.new(value, socket)
        elif isinstance(value, str):
            socket.default_value = _rgba(value)
        else:
            socket.default_value = value


def rgb(code: str) -> tuple[float, float, float]:
    """Linear light from a colour as the screen writes it, "#rrggbb"."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _rgba(color: Value) -> tuple[float, float, float, float]:
    if isinstance(color, str):
        return (*rgb(color), 1.0)
    if isinstance(color, (int, float)):
        return (color, color, color, 1.0)
    return (*tuple(color)[:3], 1.0)


def _linear(encoded: float) -> float:
    return encoded / 12.92 if encoded <= 0.04045 else ((encoded + 0.055) / 1.055) ** 2.4
