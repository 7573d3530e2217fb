"""What every figure is drawn from: the network, what it computes for the samples, how it did."""

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
    traces: Mapping[str, Trace]  # by sample
    labels: Mapping[str, int | None]  # of samples: their class, or None
    evaluation: Mapping[str, Any]  # weights/evaluation.json

    @property
    def names(self) -> Sequence[str]:
        """What the classes are called in the language of the figures."""
        return [self.text.named(name) for name in self.classes]

    @property
    def trace(self) -> Trace:
        """What the network computes for the first sample."""
        return next(iter(self.traces.values()))
