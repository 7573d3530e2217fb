"""TorchScript: the code of a module is followed to a chain of layers, and nothing of it is run."""

import time
from contextlib import suppress

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.script_syntax import Attribute, Constant, Name, parse_expression
from cnnscope_readers.torch.script_syntax import Call as Called
from cnnscope_readers.torch.torchscript import is_torchscript, read_torchscript
from support.found_networks import answer
from support.model_files.export_files import scripted
from support.model_files.torch_files import Call, archive
from support.naive import conv2d as naive_conv2d
from support.sample_networks import content, entry, expected, picture, sample_networks

RANDOM = np.random.default_rng(7)
ARRAYS = {
    "weight": RANDOM.normal(size=(2, 1, 3, 3)).astype("f4"),
    "bias": RANDOM.normal(size=2).astype("f4"),
    "fc": RANDOM.normal(size=(3, 8)).astype("f4"),
}
PICTURE = RANDOM.normal(size=(1, 6, 6)).astype("f4")

HEAD = """class Net(Module):
  __parameters__ = ["weight", "bias", "fc", ]
  weight : Tensor
  def forward(self: __torch__.Net,
    x: Tensor) -> Tensor:
"""

WHOLE = """    _0 = __torch__.functional.pooled
    weight = self.weight
    y = torch.conv2d(x, weight, self.bias, [1, 1], [0, 0], [1, 1])
    if self.training:
      y0 = torch.cumsum(torch.dropout(y, 0.5, True), 1)
    else:
      y0 = y
    y1 = _0(torch.relu(y0), [2, 2], )
    y2 = torch.view(y1, [-1, torch.size(y1, 1)])
    return torch.linear(y2, getattr(self, "fc"))
"""

POOLED = """def pooled(input: Tensor,
    size: List[int],
    stride: Optional[List[int]]=None) -> Tensor:
  if torch.ne(torch.dim(input), 4):
    ops.prim.RaiseException("AssertionError: ")
  else:
    pass
  if torch.__is__(stride, None):
    stride0 = annotate(List[int], [])
  else:
    stride0 = unchecked_cast(List[int], stride)
  return torch.max_pool2d(input, size, stride0)
"""


def of(body: str, head: str = HEAD, **others: str) -> bytes:
    code = {"": head + body, **{f"/{name}": text for name, text in others.items()}}
    return scripted(code, ARRAYS)


def read(file):
    assert is_torchscript(file)
    return read_torchscript({"net.pt": file}, "net.pt")


def kinds(body):
    return [layer.type for layer in read(of(body)).layers]


def reason(file):
    with pytest.raises(RefusedError) as refused:
        read(file)
    return refused.value.reason


def test_code_is_followed_through_conditions_and_functions():
    found = read(of(WHOLE, functional=POOLED))
    maps = np.maximum(naive_conv2d(PICTURE, ARRAYS["weight"], ARRAYS["bias"]), 0)
    pooled = maps.reshape(2, 2, 2, 2, 2).max((2, 4)).reshape(-1)
    assert found.input_shape is None
    assert np.allclose(answer(PICTURE, found.layers), ARRAYS["fc"] @ pooled, atol=1e-5)


CONV = "    y = torch.conv2d(x, self.weight, self.bias)\n"
FOLLOWED = {
    "in place, its result left": (CONV + "    _0 = torch.relu_(y)\n    return y\n",
                                  ["conv2d", "relu"]),
    "in place, in a row": (CONV + "    return torch.tanh_(torch.relu_(y))\n",
                           ["conv2d", "relu", "activation"]),
    "several at once": (CONV + "    z, w, = torch.relu(y), None\n    return z\n",
                        ["conv2d", "relu"]),
    "places of the largest": (
        CONV + "    z, places = torch.max_pool2d_with_indices(y, [2, 2])\n    return z\n",
        ["conv2d", "max_pool2d"]),
    "a warning": (
        CONV + "    if torch.eq(torch.dim(y), 3):\n      torch.warn(\"3D\")\n    else:\n"
        "      pass\n    return torch.relu(y)\n", ["conv2d", "relu"]),
    "what is not used": (CONV + "    z = torch.cumsum(y, 1)\n    return torch.relu(y)\n",
                         ["conv2d", "relu"]),
    "a name of its own": (CONV + "    return torch.gelu(y, approximate=\"none\")\n",
                          ["conv2d", "activation"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "layers"), FOLLOWED.values(), ids=FOLLOWED)
def test_code_becomes_its_layers(body, layers):
    assert kinds(body) == layers


REFUSED = {
    "two ways that meet": (CONV + "    return torch.add(y, torch.relu(y))\n", "branches"),
    "a choice that cannot be told": (
        CONV + "    if torch.eq(torch.size(y, 2), 3):\n      z = torch.relu(y)\n    else:\n"
        "      z = torch.tanh(y)\n    return z\n", "branches"),
    "an operation that no layer does": (CONV + "    return torch.cumsum(y, 1)\n", "layer"),
    "a loop": (CONV + "    for i in range(3):\n      y = torch.relu(y)\n    return y\n", "layer"),
    "a list of answers": (CONV + "    return [y, y]\n", "branches"),
    "a list of values": (CONV + "    a, b, = torch.chunk(y, 2)\n    return a\n", "layer"),
    "an array that is not there": ("    return torch.conv2d(x, self.kernel)\n", "setting"),
    "no such function": ("    return __torch__.other.f(x, )\n", "missing_file"),
    "itself": ("    return (self).forward(x, )\n", "too_deep"),
    "no code": ("    return torch.relu(x\n", "damaged"),
    "brackets": ("    return " + "torch.relu(" * 5000 + "x" + ")" * 5000 + "\n", "too_large"),
    "many brackets": ("    return " + "torch.relu(" * 500 + "x" + ")" * 500 + "\n", "too_deep"),
    "a long way": ("    return torch" + ".a" * 5000 + "\n", "too_deep"),
    "deep within deep": (
        "    return (self).forward(" + "[" * 38 + "x" + "]" * 38 + ", )\n", "too_deep"),
    "an array that is called": (
        CONV + "    w = self.weight\n    return w(y)\n", "branches"),
    "an array for a number": (
        CONV + "    return torch.view(y, [self.weight, 3])\n", "setting"),
    "an array for a word": (
        "    return torch.conv2d(x, self.weight, None, 1, self.bias)\n", "setting"),
    "an array for a truth value": (
        CONV + "    return torch.max_pool2d(y, 2, 2, 0, 1, self.bias)\n", "setting"),
    "an array for a limit": (CONV + "    return torch.clamp(y, self.bias)\n", "setting"),
    "a number without end": (
        CONV + "    return torch.max_pool2d(y, int(inf))\n", "setting"),
    "an error": ("    ops.prim.RaiseException(\"no\")\n    return x\n", "not_a_network"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_chain_of_layers_is_refused(body, why):
    assert reason(of(body)) == why


def test_functions_that_call_each_other_twice_end_soon():
    head = "def f{0}(x: Tensor) -> Tensor:\n  a = __torch__.f.f{1}(x, )\n"
    last = "def f22(x: Tensor) -> Tensor:\n  return torch.relu(x)\n"
    text = "".join(
        head.format(at, at + 1) + f"  return __torch__.f.f{at + 1}(x, )\n" for at in range(22)
    )
    start = time.process_time()
    assert reason(of("    return __torch__.f.f0(x, )\n", f=text + last)) == "too_large"
    assert time.process_time() - start < 2


LONG = {
    "views of views": CONV + "    y = torch.view(y, [1, -1])\n" * 8_000 + "    return y\n",
    "in place again and again": CONV + "    z = torch.relu_(y)\n" * 8_000 + "    return y\n",
    "numbers": CONV + ("    a = [" + "1, " * 5000 + "]\n") * 20 + "    return y\n",
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_long_code_is_followed_soon_or_refused(body):
    start = time.process_time()
    with suppress(RefusedError):
        read(of(body))
    assert time.process_time() - start < 2


def test_two_pictures_are_told():
    head = HEAD.replace("x: Tensor)", "x: Tensor,\n    y: Tensor)")
    assert reason(of(CONV + "    return y\n", head)) == "inputs"


def test_what_has_no_module_of_its_own_is_refused():
    assert reason(archive(Call("torch.nn.Linear", ()), {}, others={"constants.pkl": b"N."})) == (
        "torchscript"
    )


def test_an_expression_is_taken_apart_as_it_is_written():
    assert parse_expression('a.f(1, -2.5e-05, "x, y", k=None)') == Called(
        Attribute(Name("a"), "f"), (Constant(1), Constant(-2.5e-05), Constant("x, y")),
        (("k", Constant(None)),),
    )  # fmt: skip


SAMPLES = (
    "d2l_bn_lenet_traced.pt", "learnpytorch_fashion_v2_traced.pt", "odd_traced.pt",
    "nn_tutorial_mnist_scripted.pt", "learnpytorch_fashion_v2_scripted.pt", "odd_scripted.pt",
)  # fmt: skip


@pytest.mark.parametrize("file", sample_networks(*SAMPLES))
def test_samples_answer_as_in_their_framework(file):
    found = read(content(file))
    if "traced" in file:
        assert list(found.input_shape) == entry(file)["input_shape"]
    assert np.allclose(answer(picture(file), found.layers), expected(file), atol=2e-6)
