"""The network that is shipped, as it is trained, and the larger one that teaches it.

While it learns, the small network has a batch normalisation behind each convolution. Once trained,
a batch normalisation only scales and shifts, so `folded` puts it into kernels and biases, and what
is shipped is the bare architecture: convolution, ReLU, max pooling, dense.

    student = Student(classes=10)
    arrays = folded(student, temperature=1.0)  # {"conv_1_1.kernel": (10, 3, 3, 3) float32, ...}
    logits = plain_forward(arrays, x)["logits"]  # the same as student.eval()(x)
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

CHANNELS = 10  # of every convolution
FEATURES = CHANNELS * 13 * 13  # what is left of 64x64 after the last pooling
CONVOLUTIONS = ("conv_1_1", "conv_1_2", "conv_2_1", "conv_2_2")
POOLED = ("conv_1_2", "conv_2_2")  # a 2x2 max pooling follows
TEACHER_WIDTHS = (32, 64, 128)
MIN_SCALE = 1e-3  # of a batch normalisation; see Student
# Of the training pictures, 0..1, rounded: any near value does, it only eases the start.
MEAN = (0.50, 0.44, 0.34)
DEVIATION = (0.28, 0.26, 0.28)

PARTS = ("kernel", "bias")

Arrays = dict[str, np.ndarray]
Description = dict[str, Any]
Norm = nn.BatchNorm1d | nn.BatchNorm2d


class Student(nn.Module):
    """Tiny VGG in training form: (n, 3, 64, 64), 0..1 -> logits (n, classes).

    Pooling comes before normalisation and ReLU because that is four times cheaper, and it is the
    same function: ReLU and a scaling by a positive number keep the order of their inputs.
    `keep_scales_positive` after each step sees to the "positive".
    """

    def __init__(self, classes: int) -> None:
        """Start from random weights; seed torch for the same ones."""
        super().__init__()
        self.conv = nn.ModuleDict()
        self.norm = nn.ModuleDict()
        channels = 3
        for name in CONVOLUTIONS:
            self.conv[name] = nn.Conv2d(channels, CHANNELS, 3)
            self.norm[name] = nn.BatchNorm2d(CHANNELS)
            channels = CHANNELS
        self.logits = nn.Linear(FEATURES, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits."""
        x = standardised(x)
        for name in CONVOLUTIONS:
            x = self.conv[name](x)  # (n, 10, 62, 62), (.., 60, 60), (.., 28, 28), (.., 26, 26)
            if name in POOLED:
                x = functional.max_pool2d(x, 2)  # (n, 10, 30, 30), (n, 10, 13, 13)
            x = functional.relu(self.norm[name](x))
        return self.logits(x.flatten(1))

    @torch.no_grad()
    def keep_scales_positive(self) -> None:
        """Keep every normalisation's scale above zero, so that pooling may come before it."""
        for norm in self.norm.values():
            norm.weight.clamp_(min=MIN_SCALE)


class Residual(nn.Module):
    """Two 3x3 convolutions around which the input is added: (n, c, h, w) -> the same shape."""

    def __init__(self, channels: int) -> None:
        """Start from random weights."""
        super().__init__()
        self.inner = _block(channels, channels, 1)
        self.outer = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        """Return the block's output."""
        return functional.relu(x + self.norm(self.outer(self.inner(x))))


class Teacher(nn.Module):
    """A small residual network: (n, 3, 64, 64), 0..1 -> logits (n, classes)."""

    def __init__(self, classes: int) -> None:
        """Start from random weights; seed torch for the same ones."""
        super().__init__()
        stages: list[nn.Module] = []
        channels = 3
        for width in TEACHER_WIDTHS:
            stages += [_block(channels, width, 2), Residual(width)]
            channels = width
        self.stages = nn.Sequential(*stages)
        self.logits = nn.Linear(channels, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits."""
        return self.logits(self.stages(standardised(x)).mean(dim=(2, 3)))


def _block(channels: int, width: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels, width, 3, stride, 1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(inplace=True),
    )


def standardised(x: Tensor) -> Tensor:
    """Bring 0..1 to about zero mean and unit deviation."""
    mean, deviation = (torch.tensor(v)[:, None, None] for v in (MEAN, DEVIATION))
    return (x - mean) / deviation


def folded(student: Student, temperature: float) -> Arrays:
    """Return the bare network's arrays, which compute `student.eval()(x) / temperature`."""
    arrays: Arrays = {}
    for name in CONVOLUTIONS:
        conv, norm = student.conv[name], student.norm[name]
        kernel, bias = conv.weight.double(), conv.bias.double()  # (out, in, 3, 3), (out,)
        if name == CONVOLUTIONS[0]:  # no padding, so the standardisation folds exactly
            kernel = kernel / torch.tensor(DEVIATION)[:, None, None]
            bias = bias - (kernel * torch.tensor(MEAN)[:, None, None]).sum(dim=(1, 2, 3))
        if bool((norm.weight <= 0).any()):
            raise ValueError(f"{name}: expected positive scales, got {norm.weight.tolist()}")
        kernel, bias = normalised(kernel, bias, norm)
        arrays[f"{name}.kernel"], arrays[f"{name}.bias"] = _stored(kernel), _stored(bias)
    arrays["logits.kernel"] = _stored(student.logits.weight / temperature)
    arrays["logits.bias"] = _stored(student.logits.bias / temperature)
    return arrays


def normalised(kernel: Tensor, bias: Tensor, norm: Norm) -> tuple[Tensor, Tensor]:
    """Return kernel (out, ...) and bias (out,) with the normalisation that follows them in them."""
    scale = norm.weight / (norm.running_var + norm.eps).sqrt()
    each = scale.reshape(-1, *[1] * (kernel.ndim - 1))
    return kernel * each, (bias - norm.running_mean) * scale + norm.bias


@torch.no_grad()
def unfolded(arrays: Arrays, x: Tensor) -> Student:
    """Return a network in training form whose `eval()` computes what the bare arrays do.

    The normalisations that were folded away are not known any more. Each of these leaves its input
    as it is, by the mean and deviation that the pictures x (n, 3, 64, 64), 0..1, cause there.
    """
    student = Student(len(arrays["logits.bias"]))
    x = standardised(x)
    for name in CONVOLUTIONS:
        conv, norm = student.conv[name], student.norm[name]
        kernel, bias = (torch.from_numpy(arrays[f"{name}.{part}"]) for part in ("kernel", "bias"))
        if name == CONVOLUTIONS[0]:
            bias = bias + (kernel * torch.tensor(MEAN)[:, None, None]).sum(dim=(1, 2, 3))
            kernel = kernel * torch.tensor(DEVIATION)[:, None, None]
        conv.weight.copy_(kernel)
        conv.bias.copy_(bias)
        x = conv(x)
        if name in POOLED:
            x = functional.max_pool2d(x, 2)
        norm.running_mean.copy_(x.mean(dim=(0, 2, 3)))
        norm.running_var.copy_(x.var(dim=(0, 2, 3), unbiased=False))
        norm.weight.copy_((norm.running_var + norm.eps).sqrt())
        norm.bias.copy_(norm.running_mean)
        x = functional.relu(x)
    student.logits.weight.copy_(torch.from_numpy(arrays["logits.kernel"]))
    student.logits.bias.copy_(torch.from_numpy(arrays["logits.bias"]))
    return student


def _stored(values: Tensor) -> np.ndarray:
    return values.detach().numpy().astype(np.float32)


def architecture() -> Description:
    """Return the bare network's description as it is stored beside its arrays."""
    layers: list[dict[str, Any]] = []
    for block in "12":
        for place in "12":
            layers.append({"type": "conv2d", "name": f"conv_{block}_{place}"})
            layers.append({"type": "relu", "name": f"relu_{block}_{place}"})
        layers.append({"type": "max_pool2d", "name": f"max_pool_{block}", "size": 2, "stride": 2})
    layers.append({"type": "flatten", "name": "flatten"})
    layers.append({"type": "dense", "name": "logits"})
    layers.append({"type": "softmax", "name": "output"})
    return {"input": [3, 64, 64], "layers": layers}


def plain_forward(
    arrays: Arrays, x: Tensor, description: Description | None = None
) -> dict[str, Tensor]:
    """Run a bare network: (n, 3, 64, 64) float32 -> {layer name: activation}.

    It is the one that is described, or that of `architecture`.
    """
    trace: dict[str, Tensor] = {}
    for layer in (description or architecture())["layers"]:
        x = trace[layer["name"]] = _computed(layer, arrays, x)
    return trace


def _computed(layer: dict[str, Any], arrays: Arrays, x: Tensor) -> Tensor:
    """Return what one described layer makes of x."""
    match layer["type"]:
        case "conv2d":
            return functional.conv2d(
                x, *_parameters(layer, arrays), padding=layer.get("padding", 0)
            )
        case "dense":
            return functional.linear(x, *_parameters(layer, arrays))
        case "relu":
            return functional.relu(x)
        case "max_pool2d":
            return functional.max_pool2d(x, layer["size"], layer["stride"])
        case "flatten":
            return x.flatten(1)
        case "softmax":
            return x.softmax(1)
    raise ValueError(f"{layer['name']}: no layer of type {layer['type']} is known")


def _parameters(layer: dict[str, Any], arrays: Arrays) -> tuple[Tensor, Tensor]:
    kernel, bias = (torch.from_numpy(arrays[f"{layer['name']}.{part}"]) for part in PARTS)
    return kernel, bias


def save(arrays: Arrays, path: str) -> None:
    """Write the arrays and the architecture as one .npz without pickle."""
    np.savez(path, architecture=np.array(json.dumps(architecture())), **arrays)


def load(path: str) -> Arrays:
    """Read the arrays that `save` wrote."""
    with np.load(path) as stored:
        return {name: stored[name] for name in stored.files if name != "architecture"}
