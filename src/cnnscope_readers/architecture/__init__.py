"""Architecture: from weights without one to the network they belong to, asked for and proved.

layers = blocks(weights)                           # RefusedError
preset = known(layers)                             # a well-known network, or None
guesses = arrangements(layers, (28, 28))           # what fits, plainest first
for step in prove(layers, read_printed(text), Answers(guesses[0])): ...
found(layers, step.answers[0])                     # as readers hand a network over
"""

from cnnscope_readers.architecture.answers import (
    ACTIVATIONS,
    GLOBAL,
    ORDERS,
    Activated,
    Answers,
    Arrangement,
    Place,
    Pool,
)
from cnnscope_readers.architecture.arrangements import arrangements, fits
from cnnscope_readers.architecture.blocks import Block
from cnnscope_readers.architecture.order import blocks
from cnnscope_readers.architecture.plan import Drawn, diagram, found
from cnnscope_readers.architecture.presets import Preset, known
from cnnscope_readers.architecture.printed import (
    Printed,
    PrintedError,
    pictures,
    proof_lines,
    read_printed,
)
from cnnscope_readers.architecture.prove import Step, prove

__all__ = [
    "ACTIVATIONS", "GLOBAL", "ORDERS", "Activated", "Answers", "Arrangement", "Block", "Drawn",
    "Place", "Pool", "Preset", "Printed", "PrintedError", "Step", "arrangements", "blocks",
    "diagram", "fits", "found", "known", "pictures", "proof_lines", "prove", "read_printed",
]  # fmt: skip
