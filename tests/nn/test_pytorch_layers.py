"""Every kind of layer, of random settings, against PyTorch's own output: stored, and live.

What PyTorch does not offer, padding that differs from side to side, is padded there first.
"""

import random
from typing import NamedTuple

import numpy as np
import pytest

from cnnscope.nn.layers import (
    Activation,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dense,
    MaxPool2d,
    Relu,
    SigmoidClasses,
    Softmax,
)
from support.torch_oracle import is_storing, store, stored

NAME = "layers"
FUNCTIONS = {
    "relu6": (), "leaky_relu": (0.01, 0.3), "elu": (1.0, 0.5), "gelu": (), "gelu_tanh": (),
    "silu": (), "sigmoid": (), "tanh": (),
}  # fmt: skip


class Case(NamedTuple):
    """A kind, its settings, the shape that it reads, and what its numbers are drawn by."""

    kind: str
    settings: tuple
    shape: tuple[int, ...]
    seed: int

    def __str__(self):
        return f"{self.kind}-{self.seed}"

    @property
    def x(self):
        return self.drawn(*self.shape)

    def drawn(self, *shape, more=0):
        rng = np.random.default_rng([self.seed, more])
        return rng.standard_normal(shape).astype(np.float32)


def drawn_cases():
    rng, cases = random.Random(17), []

    def add(kind, settings, shape):
        cases.append(Case(kind, settings, shape, len(cases)))

    def pair(low, high):
        return rng.randint(low, high), rng.randint(low, high)

    def sides(most):
        if rng.random() < 0.5:
            rows, cols = (rng.randint(0, each) for each in most)
            return (rows, rows), (cols, cols)
        return tuple((rng.randint(0, each), rng.randint(0, each)) for each in most)

    for _ in range(45):
        size, dilation = pair(1, 4), pair(1, 3)
        groups = rng.choice([1, 1, 1, 2, 4])
        channels, out = groups * rng.randint(1, 2), groups * rng.randint(1, 2)
        shape = channels, *(rng.randint(d * (k - 1) + 1, 13)
                            for k, d in zip(size, dilation, strict=True))  # fmt: skip
        settings = out, size, pair(1, 3), sides((3, 3)), dilation, groups, rng.random() < 0.7
        add("conv", settings, shape)
    for kind in ("max", "avg"):
        for _ in range(35):
            size = pair(1, 5)
            padding = sides(tuple(each // 2 for each in size))
            ceil, counted = rng.random() < 0.5, rng.random() < 0.5
            shape = rng.randint(1, 3), *(rng.randint(max(1, each - ceil), 12) for each in size)
            if padding != tuple((low, low) for low, _ in padding):
                ceil = counted = False  # as TensorFlow's "same", which counts no padding
            add(kind, (size, pair(1, 4), padding, ceil, counted), shape)
    for each in listed():
        add(*each)
    return cases


def listed():
    """Kinds of layer with few settings: (kind, settings, shape)."""
    for kind in ("global_max", "global_avg"):
        yield kind, (), (3, 7, 5)
    for length in (1, 5, 9):
        yield "batch_norm", (), (length,)
        yield "softmax", (), (length,)
    for function, alphas in FUNCTIONS.items():
        for alpha in (None, *alphas):
            yield function, (alpha,), (300,)
    yield "relu", (), (300,)
    yield "dense", (True,), (7,)
    yield "dense", (False,), (7,)
    yield "sigmoid_classes", (), (1,)


CASES = drawn_cases()


def x_of(case):
    """What a case reads; a function reads numbers far from zero too."""
    return case.x * 4 if case.shape == (300,) else case.x


def made(case):
    """The layer of a case."""
    match case.kind, case.settings:
        case "conv", (out, size, *sliding, groups, has_bias):
            kernel = case.drawn(out, case.shape[0] // groups, *size, more=1)
            bias = case.drawn(out, more=2) if has_bias else np.zeros(out, np.float32)
            return Conv2d("layer", kernel, bias, *sliding, groups, has_bias=has_bias)
        case "max", (size, stride, padding, ceil, _):
            return MaxPool2d("layer", size, stride, padding, ceil)
        case "avg", settings:
            return AvgPool2d("layer", *settings)
        case ("global_max" | "global_avg") as kind, _:
            layer = MaxPool2d if kind == "global_max" else AvgPool2d
            return layer.from_global_entry({"name": "layer"}, None, case.shape)
        case "batch_norm", _:
            return BatchNorm2d("layer", *normalising(case), 1e-3)
        case "softmax", _:
            return Softmax("layer", *case.shape)
        case "relu", _:
            return Relu("layer")
        case "dense", (has_bias,):
            kernel, bias = case.drawn(4, *case.shape, more=1), case.drawn(4, more=2)
            return Dense("layer", kernel, bias * has_bias, has_bias=has_bias)
        case "sigmoid_classes", _:
            return SigmoidClasses("layer")
        case function, (alpha,):
            return Activation("layer", function, alpha)


def normalising(case):
    gamma, beta, mean, variance = case.drawn(4, *case.shape, more=1)
    return gamma, beta, mean, variance**2


def by_torch(case):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    with torch.no_grad():
        return in_torch(torch, case, torch.from_numpy(x_of(case))).numpy()


def pooled_in_torch(torch, padded, is_max, settings, x):
    F = torch.nn.functional  # noqa: N806 - as it is called everywhere
    size, stride, padding, ceil, counted = settings
    (top, bottom), (left, right) = padding
    is_even = (top, left) == (bottom, right)
    if is_max and is_even:
        return F.max_pool2d(x[None], size, stride, (top, left), ceil_mode=ceil)[0]
    if is_max:
        return F.max_pool2d(padded(x, padding, -torch.inf)[None], size, stride)[0]
    if is_even:
        return F.avg_pool2d(x[None], size, stride, (top, left), ceil, counted)[0]
    shares = (F.avg_pool2d(padded(each, padding)[None], size, stride)[0]
              for each in (x, torch.ones_like(x)))  # fmt: skip
    return next(shares) / next(shares)


def in_torch(torch, case, x):
    F = torch.nn.functional  # noqa: N806 - as it is called everywhere
    layer = made(case)

    def padded(x, padding, value=0.0):
        (top, bottom), (left, right) = padding
        return F.pad(x, (left, right, top, bottom), value=value)

    match case.kind, case.settings:
        case "conv", (_, _, stride, padding, dilation, groups, has_bias):
            bias = torch.from_numpy(layer.bias) if has_bias else None
            kernel = torch.from_numpy(layer.kernel)
            return F.conv2d(padded(x, padding), kernel, bias, stride, 0, dilation, groups)
        case ("max" | "avg") as kind, settings:
            return pooled_in_torch(torch, padded, kind == "max", settings, x)
        case "global_max", _:
            return F.adaptive_max_pool2d(x[None], 1)[0]
        case "global_avg", _:
            return F.adaptive_avg_pool2d(x[None], 1)[0]
        case "batch_norm", _:
            gamma, beta, mean, variance = map(torch.from_numpy, normalising(case))
            return F.batch_norm(x[None], mean, variance, gamma, beta, eps=1e-3)[0]
        case "softmax", _:
            return F.softmax(x, 0)
        case "dense", _:
            return F.linear(x, torch.from_numpy(layer.kernel), torch.from_numpy(layer.bias))
        case "sigmoid_classes", _:
            return F.softmax(torch.cat([torch.zeros(1), x]), 0)
        case "gelu_tanh", _:
            return F.gelu(x, approximate="tanh")
        case ((("leaky_relu" | "elu") as function), (alpha,)) if alpha is not None:
            return getattr(F, function)(x, alpha)
        case function, _:
            return getattr(F, function)(x)


def test_the_stored_results_are_of_every_case():
    if is_storing():
        store(NAME, {str(each): by_torch(each) for each in CASES})
    assert set(stored(NAME)) == {"torch", *map(str, CASES)}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_layer_computes_what_pytorch_computed(case):
    layer, expected = made(case), stored(NAME)[str(case)]
    found = layer(x_of(case))
    assert found.dtype == np.float32
    assert found.shape == layer.output_shape(case.shape) == expected.shape
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_layer_computes_what_pytorch_computes():
    for case in CASES:
        np.testing.assert_allclose(made(case)(x_of(case)), by_torch(case), atol=1e-5, err_msg=case)
