"""Names of what a weighted sum is of and of what it weighs: classes, units, maps.

sum_name(model, numbers)        # 'koala', 'unit 38 of dense_1'
rival_name(model, numbers)      # the class that it is compared with, if any
part_name(model, numbers, 8)    # 'map 9', or 'unit 9' of a layer of units
"""

from cnnscope.drawing.scale import number
from cnnscope.nn.layers import Shape
from cnnscope.nn.network import INPUT, Network
from cnnscope.state.state import Node
from cnnscope.views.dense.numbers import LogitNumbers
from cnnscope.views.shared.model import MAP, Model

DECIMALS = 3


def is_single(numbers: LogitNumbers) -> bool:
    """Whether the sum is one logit for two classes: above zero it speaks for the second."""
    return numbers.is_of_class and len(numbers.logits) == 1


def sum_name(model: Model, numbers: LogitNumbers) -> str:
    """What the sum is of; a single logit is that of the second class."""
    node = numbers.node
    if not numbers.is_of_class:
        return model.text("unit.name", unit=node.channel + 1, layer=node.layer)
    return model.names[-1] if is_single(numbers) else model.names[node.channel]


def rival_name(model: Model, numbers: LogitNumbers) -> str | None:
    """The class that it is compared with; a single logit always is that against the first."""
    if is_single(numbers):
        return model.names[0]
    return None if numbers.contrast is None else model.names[numbers.contrast]


def signs(model: Model, numbers: LogitNumbers) -> tuple[str, str]:
    """What contributions above zero do, and those below."""
    text = model.text
    if not numbers.is_of_class:
        return text("raise.above"), text("raise.below")
    name, rival = sum_name(model, numbers), rival_name(model, numbers)
    other = text("ranking.against", name=name) if rival is None else text("ranking.for", name=rival)
    return text("ranking.for", name=name), other


def weighs_units(model: Model, numbers: LogitNumbers) -> bool:
    """Whether what is weighed are units of a vector, and not maps of whatever size."""
    shape: Shape = model.network.shapes[numbers.source]
    return len(shape) != len(MAP)


def part_name(model: Model, numbers: LogitNumbers, channel: int) -> str:
    """A map or a unit that is weighed."""
    key = "why.unit" if weighs_units(model, numbers) else "why.map"
    return model.text(key, map=channel + 1)


def count_name(model: Model, numbers: LogitNumbers) -> str:
    """All that is weighed: ``64 maps``."""
    key = "why.count.unit" if weighs_units(model, numbers) else "why.count.map"
    return model.text(key, count=len(numbers.maps))


def others_name(model: Model, numbers: LogitNumbers) -> str:
    """Those that are told as one sum: ``54 others``."""
    key = "why.others.unit" if weighs_units(model, numbers) else "why.others.map"
    return model.text(key, count=len(numbers.others))


def following(network: Network, node: Node) -> Node | None:
    """The unit that a function of this one alone makes of it, as its activation; None without."""
    names = [INPUT, *(layer.name for layer in network.layers)]
    place = names.index(node.layer)
    if place + 1 >= len(names):
        return None
    layer = network.layers[place]
    is_alike = network.shapes[layer.name] == network.shapes[node.layer]
    return Node(layer.name, node.channel) if layer.is_channelwise and is_alike else None


def following_line(model: Model, numbers: LogitNumbers) -> str:
    """What the next layer makes of a unit's sum, in words; empty without one."""
    node = following(model.network, numbers.node)
    if node is None:
        return ""
    after = number(float(model.values(node)), DECIMALS)
    return model.text("unit.after", layer=node.layer, after=after)
