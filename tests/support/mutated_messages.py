"""Protocol buffers damaged in what they say, not in how they are written: all lengths are right.

for message in mutated_messages(model, seed=3, count=100):
    encoded(message)
"""

import copy
import random
from collections.abc import Iterator
from typing import Any

from support.model_files.onnx_files import Message

STRANGE: tuple[Any, ...] = (
    0, 1, -1, 2, 3, 7, 64, 255, 4097, 2**31, 2**62, 2**63 - 1, -(2**63), 1.5, float("nan"),
    float("inf"), -1e30, b"", b"x", b"\xff\xff", b"\0" * 16, "v0", "k", "Conv", "Reshape", "Concat",
    "Expand", "Range", "Gather", "Pad", "Add", "Where", "ConstantOfShape", "axes", [],
    [(1, 1)], [(1, 5), (1, -1)],
)  # fmt: skip


def mutated_messages(message: Message, seed: int, count: int) -> Iterator[Message]:
    """So many damaged copies; the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        made = copy.deepcopy(message)
        for _ in range(chance.randint(1, 4)):
            _damage(made, chance)
        yield made


def _damage(message: Message, chance: random.Random) -> None:
    """One field, somewhere, is missing, twice, elsewhere, or says something else."""
    while True:
        at = chance.randrange(len(message))
        number, value = message[at]
        if not isinstance(value, list) or not value or chance.random() < 0.1:
            break
        message = value
    match chance.randrange(7):
        case 0:
            del message[at]
            if not message:
                message.append((number, 0))
        case 1:
            message.insert(at, (number, copy.deepcopy(value)))
        case 2:
            other = chance.randrange(len(message))
            message[at], message[other] = message[other], message[at]
        case 3:
            other = chance.randrange(len(message))
            message[at] = number, copy.deepcopy(message[other][1])
        case 4:
            message[at] = chance.randint(1, 20), value
        case _:
            message[at] = number, copy.deepcopy(chance.choice(STRANGE))
