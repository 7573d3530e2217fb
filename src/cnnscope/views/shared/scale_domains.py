"""Domains of the colour scales: which layers share one, and between which values it runs.

domains(network, trace, "module")["relu_1_2"]   # Domain(low=-3.46, high=3.46)
"""

from collections.abc import Mapping

from cnnscope.drawing.scale import Domain, symmetric
from cnnscope.nn.layers import Layer
from cnnscope.nn.network import INPUT, Network, Trace
from cnnscope.state.state import Scale
from cnnscope.state.validation import is_drawn

UNIT_INTERVAL = Domain(0.0, 1.0)
"""Of a picture's channels and of probabilities."""


def groups(network: Network, scale: Scale) -> tuple[tuple[str, ...], ...]:
    """Names of the layers of maps and of units, those together that share a domain.

    A unit is a layer that mixes channels, and what follows it up to the next;
    a module ends with a pooling.
    """
    shown = (layer for layer in network.layers[:-1] if is_drawn(network, layer.name))
    found: list[list[str]] = []
    previous: Layer | None = None
    for layer in shown:
        if previous is None or begins_group(layer, previous, scale):
            found.append([])
        found[-1].append(layer.name)
        previous = layer
    return tuple(tuple(group) for group in found)


def begins_group(layer: Layer, previous: Layer, scale: Scale) -> bool:
    """Whether a layer starts a new colour scale."""
    match scale:
        case "unit":
            return not layer.is_channelwise
        case "module":
            return previous.ends_module
        case "global":
            return False


def input_domain(network: Network) -> Domain:
    """What black and white become as the network reads them; the widest, if channels differ."""
    bounds = [network.scale.bounds(channel) for channel in range(network.input_shape[0])]
    return Domain(min(low for low, _ in bounds), max(high for _, high in bounds))


def domains(network: Network, trace: Trace, scale: Scale) -> Mapping[str, Domain]:
    """The domain of the picture, and of each layer: symmetric about zero, as wide as its group."""
    shared: dict[str, Domain] = {INPUT: input_domain(network)}
    for group in groups(network, scale):
        extent = max(trace.extent(name) for name in group)
        shared |= dict.fromkeys(group, symmetric(extent))
    return shared
