"""What every figure is drawn from: the network, what it computes for one picture, how it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cnnscope.nn.network import Network, Trace
from cnnscope.text import Text


@dataclass(frozen=True)
class Subject:
    """All that a figure is a function of."""

    text: Text
    network: Network
    classes: Sequence[str]
    trace: Trace
    evaluation: Mapping[str, Any]  # weights/evaluation.json
