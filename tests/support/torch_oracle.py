"""What PyTorch itself makes of a layer, stored with the version that made it.

With CNNSCOPE_STORE set and PyTorch installed, the stored results are made anew.
"""

import os
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "fixtures"


def stored(name):
    """Results by their key, and under ``torch`` the version of PyTorch that computed them."""
    with np.load(FOLDER / f"pytorch_{name}.npz") as archive:
        return dict(archive)


def store(name, results):
    """Keep results of the PyTorch that is installed."""
    import torch

    version = np.array(torch.__version__)
    np.savez_compressed(FOLDER / f"pytorch_{name}.npz", torch=version, **results)


def is_storing():
    """Whether results are to be stored anew."""
    return bool(os.environ.get("CNNSCOPE_STORE"))
