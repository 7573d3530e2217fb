"""The weights as they are shipped."""

import numpy as np
import pytest

from support.training import WEIGHTS


@pytest.fixture(scope="module")
def shipped() -> dict[str, np.ndarray]:
    with np.load(WEIGHTS / "tiny_vgg.npz", allow_pickle=False) as stored:
        return dict(stored)
