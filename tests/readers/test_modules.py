"""Whole pickled modules, as data: an nn.Sequential is a network, other classes are weights."""

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry, Weights
from cnnscope_readers.torch.checkpoint import read_checkpoint
from support.found_networks import answer
from support.model_files.torch_files import Call, archive, ordered, pickled, tensor
from support.naive import conv2d as naive_conv2d
from support.sample_networks import content, expected, picture, sample_networks

RANDOM = np.random.default_rng(11)
KERNEL = RANDOM.normal(size=(2, 1, 3, 3)).astype("f4")
DENSE = RANDOM.normal(size=(3, 2)).astype("f4")
STORAGES = {"0": KERNEL.tobytes(), "1": DENSE.tobytes(), "2": np.ones(2, "f4").tobytes()}

WEIGHT = tensor("0", "f4", (2, 1, 3, 3))
EACH = tensor("2", "f4", (2,))


def module(kind, modules=None, tensors=None, **settings):
    """A module of a class of PyTorch's, or of another where its name has dots."""
    name = kind if "." in kind else f"torch.nn.modules.any.{kind}"
    parameters = {
        key: None if each is None else Call("torch._utils._rebuild_parameter", (each, True, {}))
        for key, each in (tensors or {}).items()
    }
    inside = {"_parameters": ordered(parameters), "_buffers": ordered({}),
              "_modules": ordered(modules or {})}  # fmt: skip
    return Call(name, (), {"training": True, **inside, **settings})


def sequential(*modules):
    numbered = {str(at): each for at, each in enumerate(modules)}
    return module("torch.nn.modules.container.Sequential", numbered)


CONV = module("Conv2d", tensors={"weight": WEIGHT, "bias": None}, stride=(1, 1), padding=(0, 0),
              dilation=(1, 1), groups=1, padding_mode="zeros", transposed=False)  # fmt: skip
LINEAR = module("Linear", tensors={"weight": tensor("1", "f4", (3, 2)), "bias": None})
POOL = module("AdaptiveAvgPool2d", output_size=1)


def read(value):
    return read_checkpoint({"net.pt": archive(value, STORAGES)}, "net.pt")


def alone(made):
    """The layers that a module becomes behind a convolution."""
    found = read(sequential(CONV, made))
    return [(layer.type, dict(layer.settings)) for layer in found.layers[1:]]


def reason(value):
    with pytest.raises(RefusedError) as refused:
        read(value)
    return refused.value.reason


def test_modules_in_a_row_are_a_network():
    found = read(sequential(sequential(CONV, module("ReLU")), sequential(POOL, module("Flatten"),
                 module("Dropout", p=0.5), LINEAR)))  # fmt: skip
    assert isinstance(found, Found)
    assert found.input_shape is None
    assert found.layers[0].source == "0.0"
    seen = RANDOM.normal(size=(1, 6, 6)).astype("f4")
    maps = np.maximum(naive_conv2d(seen, KERNEL, np.zeros(2, "f4")), 0)
    assert np.allclose(answer(seen, found.layers), DENSE @ maps.mean((1, 2)), atol=1e-5)


@pytest.mark.parametrize("kind", [
    "torch.nn.parallel.data_parallel.DataParallel", "torch._dynamo.eval_frame.OptimizedModule",
])  # fmt: skip
def test_what_only_runs_a_module_is_left_out(kind):
    found = read(module(kind, {"module": sequential(CONV)}))
    assert [layer.source for layer in found.layers] == ["0"]


def test_a_module_that_was_compiled_is_an_argument_of_its_wrapper():
    found = read(Call("torch._dynamo.eval_frame.OptimizedModule", (sequential(CONV), None)))
    assert [layer.source for layer in found.layers] == ["0"]


def test_a_class_of_its_own_gives_weights_and_settings():
    found = read(module("net.Net", {"conv": CONV, "pool": POOL, "loss": module("mine.Loss")}))
    assert isinstance(found, Weights)
    assert list(found.arrays) == ["conv.weight"]
    assert list(found.modules) == ["conv", "pool"]
    assert found.modules["conv"].settings["stride"] == (1, 1)
    assert not found.modules["conv"].arrays


def test_a_module_in_a_checkpoint_is_found():
    assert isinstance(read({"epoch": 3, "model": sequential(CONV), "optimizer": {}}), Found)


LAYERS = [
    ("ReLU6", {}, ("activation", {"function": "relu6"})),
    ("LeakyReLU", {"negative_slope": 0.3}, ("activation", {"function": "leaky_relu",
                                                           "alpha": 0.3})),
    ("GELU", {"approximate": "tanh"}, ("activation", {"function": "gelu_tanh"})),
    ("GELU", {}, ("activation", {"function": "gelu"})),
    ("Hardtanh", {"min_val": 0.0, "max_val": 6.0}, ("activation", {"function": "relu6"})),
    ("MaxPool2d", {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True},
     ("max_pool2d", {"size": (3, 3), "stride": (2, 2), "padding": (1, 1), "ceil_mode": True})),
    ("MaxPool2d", {"kernel_size": (2, 3), "stride": None},
     ("max_pool2d", {"size": (2, 3), "stride": (2, 3), "padding": (0, 0), "ceil_mode": False})),
    ("AvgPool2d", {"kernel_size": 2, "count_include_pad": False},
     ("avg_pool2d", {"size": (2, 2), "stride": (2, 2), "padding": (0, 0), "ceil_mode": False,
                     "count_include_pad": False})),
    ("AdaptiveMaxPool2d", {"output_size": (1, 1)}, ("global_max_pool2d", {})),
    ("LogSoftmax", {"dim": 1}, ("softmax", {"given": "log_softmax"})),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "settings", "layer"), LAYERS)
def test_a_module_becomes_its_layer(kind, settings, layer):
    assert alone(module(kind, **settings)) == [layer]


REFUSED = {
    "recurrent": (module("LSTM"), "layer"),
    "a class of its own": (module("net.Attention"), "layer"),
    "another padding": (module("Conv2d", tensors={"weight": WEIGHT}, padding_mode="reflect"),
                        "setting"),
    "a window with gaps": (module("MaxPool2d", kernel_size=2, dilation=2), "setting"),
    "seven by seven": (module("AdaptiveAvgPool2d", output_size=(7, 7)), "setting"),
    "no running mean": (module("BatchNorm2d", tensors={"weight": EACH}), "setting"),
    "no weights": (module("Conv2d"), "setting"),
    "another axis": (module("Softmax", dim=0), "setting"),
    "a stride of words": (module("Conv2d", tensors={"weight": WEIGHT}, stride="2"), "setting"),
    "a stride of millions": (module("Conv2d", tensors={"weight": WEIGHT}, stride=10**7),
                             "setting"),
    "hooks": (module("ReLU", _forward_hooks=ordered({"0": Call("net.hook", ())})), "setting"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_understood_is_refused(made, why):
    assert reason(sequential(CONV, made)) == why


def test_a_batch_normalisation_without_numbers_of_its_own_has_ones_and_zeros():
    buffers = {"_buffers": ordered({"running_mean": EACH, "running_var": EACH})}
    (_, norm) = read(sequential(CONV, module("BatchNorm2d", eps=1e-3, **buffers))).layers
    assert norm.settings == {"epsilon": 1e-3}
    assert norm.arrays["gamma"].tolist() == [1, 1]
    assert norm.arrays["beta"].tolist() == [0, 0]


SEQUENTIAL = b"ctorch.nn.modules.container\nSequential\n)R"


def text(word: str) -> bytes:
    return pickled(word)[2:-1]


def test_a_module_that_holds_itself_is_refused():
    inside = b"}" + text("_modules") + b"}" + text("0") + b"h\x00ssb"
    with pytest.raises(RefusedError, match="damaged"):
        read_checkpoint({"net.pt": b"\x80\x02" + SEQUENTIAL + b"q\x00" + inside + b"."}, "net.pt")


def test_modules_that_hold_each_other_twice_do_not_blow_up():
    made = SEQUENTIAL + b"}" + text("_modules") + b"}sb"
    for at in range(40):
        memo = bytes([at])
        both = b"(" + text("0") + made + b"q" + memo + text("1") + b"h" + memo + b"u"
        made = SEQUENTIAL + b"}" + text("_modules") + b"}" + both + b"sb"
    with pytest.raises(RefusedError, match="too_large"):
        read_checkpoint({"net.pt": b"\x80\x02" + made + b"."}, "net.pt")


ORDERED = ("odd_module.pt", "d2l_bn_lenet_module.pt")


@pytest.mark.parametrize("file", sample_networks(*ORDERED))
def test_samples_whose_modules_run_in_order_answer_as_in_their_framework(file):
    found = read_checkpoint({file: content(file)}, file)
    assert isinstance(found, Weights)
    roles = {
        "conv2d": {"kernel": "weight", "bias": "bias"},
        "dense": {"kernel": "weight", "bias": "bias"},
        "batch_norm2d": {"gamma": "weight", "beta": "bias", "mean": "running_mean",
                         "variance": "running_var"},
    }  # fmt: skip
    layers = [
        LayerEntry(layer.type, name, layer.settings, {
            role: found.arrays[f"{name}.{own}"]
            for role, own in roles.get(layer.type, {}).items() if f"{name}.{own}" in found.arrays
        })
        for name, layer in found.modules.items()
    ]  # fmt: skip
    assert np.allclose(answer(picture(file), layers), expected(file), atol=2e-6)
