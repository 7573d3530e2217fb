"""Ground of a picture: whether ink is dark on light, as on paper, or light on dark, as in MNIST.

A network that learnt light digits on black reads dark ones on white with confidence, and wrongly.

has_light_ground(picture)    # True for a photograph of a sheet of paper
"""

import numpy as np

from cnnscope.pictures.resize import Pixels

MIDDLE = 127.5  # between black and white


def has_light_ground(picture: Pixels) -> bool:
    """Whether a picture's edge, (rows, cols, channels) of 0..255, is light in the median."""
    edge = (picture[0], picture[-1], picture[:, 0], picture[:, -1])
    return bool(np.median(np.concatenate([side.mean(axis=-1) for side in edge])) > MIDDLE)
