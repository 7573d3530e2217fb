"""The network that reads digits: LeNet's shape, with ReLU, max pooling and softmax.

    network = LeNet()
    arrays = folded(network, temperature=1.0)  # {"conv_1.kernel": (6, 1, 5, 5) float32, ...}
    save(arrays, Path("weights/lenet.npz"))
    models.plain_forward(arrays, x, architecture())["logits"]  # (n, 10)

Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
recognition", 1998: LeNet-5, which has other activations and pools averages.
"""

from __future__ import annotations

import json
from pathlib import Path

import models
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

KERNEL = 5  # rows and columns of both kernels
PADDING = 2  # of the first convolution, so that 28x28 stays 28x28, as LeNet-5 had 32x32
CHANNELS = (6, 16)
HIDDEN = (120, 84)
CLASSES = 10
FEATURES = CHANNELS[1] * 5 * 5  # what is left of 28x28 after the last pooling
KEPT_BITS = 9  # of each number stored, after the first: more say nothing and cannot be packed


class LeNet(nn.Module):
    """(n, 1, 28, 28), 0..1, white on black -> logits (n, 10); in training form.

    While it learns, it has a batch normalisation before each ReLU, which `folded` folds away; what
    `unfolded` returns has none.
    """

    def __init__(self, normalised: bool = True) -> None:
        """Start from random weights; seed torch for the same ones."""
        super().__init__()
        self.weighing = nn.ModuleDict(
            {
                "conv_1": nn.Conv2d(1, CHANNELS[0], KERNEL, padding=PADDING),
                "conv_2": nn.Conv2d(*CHANNELS, KERNEL),
                "dense_1": nn.Linear(FEATURES, HIDDEN[0]),
                "dense_2": nn.Linear(*HIDDEN),
                "logits": nn.Linear(HIDDEN[1], CLASSES),
            }
        )
        self.norm = nn.ModuleDict(
            {
                "conv_1": nn.BatchNorm2d(CHANNELS[0]),
                "conv_2": nn.BatchNorm2d(CHANNELS[1]),
                "dense_1": nn.BatchNorm1d(HIDDEN[0]),
                "dense_2": nn.BatchNorm1d(HIDDEN[1]),
            }
            if normalised
            else {}
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits."""
        for name in ("conv_1", "conv_2"):
            x = functional.max_pool2d(self._activated(name, x), 2)  # (n, 6, 14, 14), (n, 16, 5, 5)
        x = x.flatten(1)  # (n, 400)
        for name in ("dense_1", "dense_2"):
            x = self._activated(name, x)  # (n, 120), (n, 84)
        logits: Tensor = self.weighing["logits"](x)
        return logits

    def _activated(self, name: str, x: Tensor) -> Tensor:
        x = self.weighing[name](x)
        return functional.relu(self.norm[name](x) if name in self.norm else x)


@torch.no_grad()
def folded(network: LeNet, temperature: float) -> models.Arrays:
    """Return the arrays that are stored: they compute `network.eval()(x) / temperature`."""
    arrays: models.Arrays = {}
    for name, layer in network.weighing.items():
        kernel, bias = layer.weight.double(), layer.bias.double()
        if name in network.norm:
            kernel, bias = models.normalised(kernel, bias, network.norm[name])
        if name == "logits":
            kernel, bias = kernel / temperature, bias / temperature
        arrays[f"{name}.kernel"] = rounded(kernel.numpy())
        arrays[f"{name}.bias"] = rounded(bias.numpy())
    return arrays


@torch.no_grad()
def unfolded(arrays: models.Arrays) -> LeNet:
    """Return a network that goes on learning from stored arrays."""
    network = LeNet(normalised=False)
    for name, layer in network.weighing.items():
        layer.weight.copy_(torch.from_numpy(arrays[f"{name}.kernel"]))
        layer.bias.copy_(torch.from_numpy(arrays[f"{name}.bias"]))
    return network


def rounded(values: np.ndarray) -> np.ndarray:
    """Return float32 numbers with KEPT_BITS binary places, which are packed to half the size."""
    mantissa, exponent = np.frexp(values)
    places = 2.0 ** (KEPT_BITS + 1)
    return np.ldexp(np.rint(mantissa * places) / places, exponent).astype(np.float32)


def architecture() -> models.Description:
    """Return the network's description as it is stored beside its arrays."""
    return {
        "input": [1, 28, 28],
        "layers": [
            {"type": "conv2d", "name": "conv_1", "padding": PADDING},
            {"type": "relu", "name": "relu_1"},
            {"type": "max_pool2d", "name": "max_pool_1", "size": 2, "stride": 2},
            {"type": "conv2d", "name": "conv_2"},
            {"type": "relu", "name": "relu_2"},
            {"type": "max_pool2d", "name": "max_pool_2", "size": 2, "stride": 2},
            {"type": "flatten", "name": "flatten"},
            {"type": "dense", "name": "dense_1"},
            {"type": "relu", "name": "relu_3"},
            {"type": "dense", "name": "dense_2"},
            {"type": "relu", "name": "relu_4"},
            {"type": "dense", "name": "logits"},
            {"type": "softmax", "name": "output"},
        ],
    }


def save(arrays: models.Arrays, path: Path) -> None:
    """Write the arrays and the architecture as one packed .npz without pickle."""
    np.savez_compressed(path, architecture=np.array(json.dumps(architecture())), **arrays)
