"""What a notebook prints of a network: its answers to the two pictures of a proof, as text.

text = printed_by(table_networks()["cifar_net"])     # 32x32 [[[0.1, ...]], [[...]]]
"""

import numpy as np

from cnnscope.nn.layers import SigmoidClasses
from cnnscope_readers.architecture import pictures


def printed_by(network, *, decimals=None):
    """The text, with all digits or with so many decimals."""
    channels, rows, cols = network.input_shape
    answers = [own_answer(network, picture) for picture in pictures(channels, (rows, cols))]
    if decimals is not None:
        answers = [[f"{value:.{decimals}f}" for value in answer] for answer in answers]
    told = ", ".join(f"[[{', '.join(map(str, answer))}]]" for answer in answers)
    return f"{rows}x{cols} [{told}]"


def own_answer(network, picture):
    """What the network itself ends in: logits, probabilities, or their logarithms."""
    trace = network(picture)
    *_, before, last = network.shapes
    if isinstance(network.layers[-1], SigmoidClasses):
        return trace[last][1:].tolist()
    logits = trace[before].astype(np.float64)
    shares = logits - logits.max() - np.log(np.exp(logits - logits.max()).sum())
    ends = {"logits": logits, "log_softmax": shares, "softmax": np.exp(shares)}
    return ends[network.layers[-1].given].astype(np.float32).tolist()


def skeleton(network):
    """Kinds of layers and their settings, to compare networks that are named otherwise."""
    settings = ("stride", "padding", "size", "groups", "function", "alpha", "given")
    return [
        (layer.type_name, *(getattr(layer, name, None) for name in settings))
        for layer in network.layers
    ]
