"""Exported programs: a graph's operations become the layers that do the same, or are refused."""

import json

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.exported_program import is_export, read_exported_program
from support.found_networks import answer
from support.model_files.export_files import Graph
from support.model_files.torch_files import archive, tensor, zipped
from support.naive import conv2d as naive_conv2d
from support.sample_networks import content, entry, expected, picture, sample_networks

RANDOM = np.random.default_rng(5)
KERNEL = RANDOM.normal(size=(2, 1, 3, 3)).astype("f4")
DENSE = RANDOM.normal(size=(3, 8)).astype("f4")
BIAS = RANDOM.normal(size=3).astype("f4")
PICTURE = RANDOM.normal(size=(1, 6, 6)).astype("f4")


def small() -> Graph:
    """A convolution, ReLU, pooling and a dense layer."""
    graph = Graph((1, 1, 6, 6))
    graph.add("conv2d", {"weight": KERNEL, "bias": None}, (1, 2, 4, 4))
    graph.add("relu", {}, (1, 2, 4, 4))
    graph.add("max_pool2d", {"kernel_size": [2, 2], "stride": [2, 2]}, (1, 2, 2, 2))
    graph.add("view", {"size": [1, 8]}, (1, 8))
    graph.add("linear", {"weight": DENSE, "bias": BIAS}, (1, 3))
    return graph


def read(file):
    assert is_export(file)
    return read_exported_program({"net.pt2": file}, "net.pt2")


def after(name, args, shape, before=(1, 2, 4, 4)):
    """Types and settings of the layers that an operation becomes, behind a convolution."""
    graph = Graph((1, 1, before[2] + 2, before[3] + 2))
    graph.add("conv2d", {"weight": KERNEL}, before)
    graph.add(name, args, shape)
    return [(layer.type, dict(layer.settings)) for layer in read(graph.file()).layers[1:]]


def reason(file):
    with pytest.raises(RefusedError) as refused:
        read(file)
    return refused.value.reason, refused.value.values


@pytest.mark.parametrize("layout", ["file", "file_of_2_7", "file_before_2_7"])
def test_a_network_is_read_from_every_layout_of_the_archive(layout):
    found = read(getattr(small(), layout)())
    assert found.input_shape == (1, 6, 6)
    assert [layer.type for layer in found.layers] == [
        "conv2d", "relu", "max_pool2d", "flatten", "dense",
    ]  # fmt: skip
    maps = np.maximum(naive_conv2d(PICTURE, KERNEL, np.zeros(2, "f4")), 0)
    pooled = maps.reshape(2, 2, 2, 2, 2).max((2, 4))
    assert np.allclose(answer(PICTURE, found.layers), DENSE @ pooled.reshape(-1) + BIAS, atol=1e-5)


OPERATIONS = [
    ("relu", {}, (1, 2, 4, 4), [("relu", {})]),
    ("relu6", {}, (1, 2, 4, 4), [("activation", {"function": "relu6"})]),
    ("hardtanh", {"min_val": 0, "max_val": 6}, (1, 2, 4, 4),
     [("activation", {"function": "relu6"})]),
    ("leaky_relu", {"negative_slope": 0.2}, (1, 2, 4, 4),
     [("activation", {"function": "leaky_relu", "alpha": 0.2})]),
    ("leaky_relu", {}, (1, 2, 4, 4), [("activation", {"function": "leaky_relu", "alpha": 0.01})]),
    ("elu", {}, (1, 2, 4, 4), [("activation", {"function": "elu", "alpha": 1.0})]),
    ("gelu", {"approximate": "tanh"}, (1, 2, 4, 4), [("activation", {"function": "gelu_tanh"})]),
    ("silu_", {}, (1, 2, 4, 4), [("activation", {"function": "silu"})]),
    ("dropout", {"p": 0.5, "train": True}, (1, 2, 4, 4), []),
    ("contiguous", {}, (1, 2, 4, 4), []),
    ("adaptive_avg_pool2d", {"output_size": [1, 1]}, (1, 2, 1, 1), [("global_avg_pool2d", {})]),
    ("adaptive_avg_pool2d", {"output_size": [4, 4]}, (1, 2, 4, 4), []),
    ("adaptive_avg_pool2d", {"output_size": [2, 2]}, (1, 2, 2, 2),
     [("avg_pool2d", {"size": (2, 2), "stride": (2, 2), "padding": (0, 0), "ceil_mode": False})]),
    ("mean.dim", {"dim": [2, 3]}, (1, 2), [("global_avg_pool2d", {}), ("flatten", {})]),
    ("mean.dim", {"dim": [-1, -2], "keepdim": True}, (1, 2, 1, 1), [("global_avg_pool2d", {})]),
    ("flatten.using_ints", {"start_dim": 1}, (1, 32), [("flatten", {})]),
    ("avg_pool2d", {"kernel_size": [2, 2], "padding": [1, 1], "count_include_pad": False},
     (1, 2, 3, 3), [("avg_pool2d", {
         "size": (2, 2), "stride": (2, 2), "padding": (1, 1), "ceil_mode": False,
         "count_include_pad": False})]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "shape", "layers"), OPERATIONS)
def test_an_operation_becomes_its_layers(name, args, shape, layers):
    assert after(name, args, shape) == layers


REFUSED = [
    ("cumsum", {"dim": 1}, (1, 2, 4, 4), "layer"),
    ("mean.dim", {"dim": [1]}, (1, 4, 4), "setting"),
    ("view", {"size": [1, 4, 8]}, (1, 4, 8), "setting"),
    ("max_pool2d", {"kernel_size": [2, 2], "dilation": [2, 2]}, (1, 2, 2, 2), "setting"),
    ("avg_pool2d", {"kernel_size": [2, 2], "divisor_override": 3}, (1, 2, 2, 2), "setting"),
    ("adaptive_avg_pool2d", {"output_size": [3, 3]}, (1, 2, 3, 3), "setting"),
    ("softmax.int", {"dim": 2}, (1, 2, 4, 4), "setting"),
    ("clamp", {"min": -1, "max": 1}, (1, 2, 4, 4), "setting"),
    ("elu", {"scale": 2}, (1, 2, 4, 4), "setting"),
]


@pytest.mark.parametrize(("name", "args", "shape", "why"), REFUSED)
def test_what_no_layer_does_is_refused_by_name(name, args, shape, why):
    with pytest.raises(RefusedError) as refused:
        after(name, args, shape)
    assert refused.value.reason == why
    assert name.partition(".")[0] in str(refused.value.values["layer"])


def test_same_padding_is_worked_out():
    graph = Graph((1, 1, 6, 6))
    wide = np.zeros((2, 1, 4, 3), "f4")
    graph.add("conv2d.padding", {"weight": wide, "padding": "same"}, (1, 2, 6, 6))
    assert read(graph.file()).layers[0].settings["padding"] == ((1, 2), (1, 1))


def test_padding_on_its_own_goes_to_the_convolution_after_it():
    graph = Graph((1, 1, 6, 6))
    graph.add("pad", {"pad": [1, 2, 0, 3]}, (1, 1, 9, 9))
    graph.add("conv2d", {"weight": KERNEL, "padding": [1, 1]}, (1, 2, 9, 9))
    (conv,) = read(graph.file()).layers
    assert conv.settings["padding"] == ((1, 4), (2, 3))


def test_an_input_that_the_network_scales_is_scaled_in_one_layer():
    graph = Graph((1, 1, 6, 6))
    graph.add("sub.Tensor", {"other": 0.5}, (1, 1, 6, 6))
    graph.add("div.Tensor", {"other": 0.25}, (1, 1, 6, 6))
    graph.add("conv2d", {"weight": KERNEL}, (1, 2, 4, 4))
    graph.add("mean.dim", {"dim": [2, 3]}, (1, 2))
    found = read(graph.file())
    assert [layer.type for layer in found.layers][:2] == ["batch_norm2d", "conv2d"]
    maps = naive_conv2d((PICTURE - 0.5) / 0.25, KERNEL, np.zeros(2, "f4"))
    assert np.allclose(answer(PICTURE, found.layers), maps.mean((1, 2)), atol=1e-5)


def test_two_ways_that_meet_are_branches():
    graph = Graph((1, 1, 6, 6))
    first = graph.add("conv2d", {"weight": KERNEL}, (1, 2, 4, 4))
    graph.add("relu", {}, (1, 2, 4, 4))
    graph.add("add.Tensor", {"other": f"${first}"}, (1, 2, 4, 4))
    assert reason(graph.file()) == ("branches", {"layer": "add_2"})


def test_silu_that_is_spelled_out_is_one_layer():
    graph = Graph((1, 1, 6, 6))
    first = graph.add("conv2d", {"weight": KERNEL}, (1, 2, 4, 4))
    graph.add("sigmoid", {}, (1, 2, 4, 4))
    graph.add("mul.Tensor", {"other": f"${first}"}, (1, 2, 4, 4))
    assert read(graph.file()).layers[1].settings == {"function": "silu"}


def test_what_works_in_place_counts_though_its_result_is_not_used():
    graph = Graph((1, 1, 6, 6))
    first = graph.add("conv2d", {"weight": KERNEL}, (1, 2, 4, 4))
    graph.add("relu_", {}, (1, 2, 4, 4))
    graph.add("max_pool2d", {"kernel_size": [2, 2]}, (1, 2, 2, 2), of=first)
    assert [layer.type for layer in read(graph.file()).layers] == ["conv2d", "relu", "max_pool2d"]


def test_a_value_whose_memory_was_changed_through_a_view_is_not_read():
    graph = Graph((1, 1, 6, 6))
    first = graph.add("conv2d", {"weight": KERNEL}, (1, 2, 4, 4))
    graph.add("view", {"size": [1, 32]}, (1, 32))
    graph.add("relu_", {}, (1, 32))
    graph.add("max_pool2d", {"kernel_size": [2, 2]}, (1, 2, 2, 2), of=first)
    assert reason(graph.file())[0] == "setting"


def test_a_last_sigmoid_of_one_output_tells_two_classes():
    graph = small()
    graph.nodes.pop()
    graph.inputs = graph.inputs[:1]
    graph.last = "view_3"
    graph.add("linear", {"weight": DENSE[:1], "bias": BIAS[:1]}, (1, 1))
    graph.add("sigmoid", {}, (1, 1))
    assert read(graph.file()).layers[-1].type == "sigmoid_classes"


def test_a_softmax_in_the_middle_is_refused():
    graph = small()
    graph.add("softmax.int", {"dim": 1}, (1, 3))
    graph.add("relu", {}, (1, 3))
    assert reason(graph.file())[0] == "layer"


def broken(**changes):
    """The program with another thing somewhere in it."""
    graph = small()
    for name, value in changes.items():
        setattr(graph, name, value)
    return graph.file()


LYING = {
    "no JSON": (small().file(**{"net/models/model.json": b"{"}), "damaged"),
    "a list": (small().file(**{"net/models/model.json": b"[]"}), "damaged"),
    "no graph": (small().file(**{"net/models/model.json": b"{}"}), "damaged"),
    "deep": (small().file(**{"net/models/model.json": b"[" * 9000}), "too_deep"),
    "no weights": (small().file(**{"net/data/weights/model_weights_config.json": b"{}"}),
                   "damaged"),
    "short weights": (small().file(**{"net/data/weights/weight_0": b"abc"}), "damaged"),
    "two pictures": (broken(pictures=["x", "y"]), "inputs"),
    "no picture": (broken(pictures=[]), "inputs"),
    "an answer from nowhere": (broken(last="y"), "damaged"),
    "features": (Graph((1, 36)).file(), "input_size"),
    "no layers": (Graph((1, 1, 6, 6)).file(), "no_layers"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "why"), LYING.values(), ids=LYING)
def test_what_cannot_be_is_refused(file, why):
    assert reason(file)[0] == why


def test_a_list_of_arrays_that_lies_is_refused():
    meta = {"dtype": 7, "sizes": [{"as_int": 10**9}] * 2, "strides": [{"as_int": 0}] * 2}
    config = {"config": {"conv2d_0.weight": {"path_name": "weight_0", "tensor_meta": meta}}}
    name = "net/data/weights/model_weights_config.json"
    assert reason(small().file(**{name: json.dumps(config).encode()}))[0] == "too_large"


def test_an_array_that_is_pickled_for_itself_is_read():
    config = {"conv2d_0.weight": {"path_name": "weight_0", "use_pickle": True}}
    graph = Graph((1, 1, 6, 6))
    graph.add("conv2d", {"weight": KERNEL}, (1, 2, 4, 4))
    pickled = archive(tensor("0", "f4", KERNEL.shape), {"0": KERNEL.tobytes()})
    file = graph.file(**{
        "net/data/weights/model_weights_config.json": json.dumps({"config": config}).encode(),
        "net/data/weights/weight_0": pickled,
    })  # fmt: skip
    assert np.array_equal(read(file).layers[0].arrays["kernel"], KERNEL)


def test_other_archives_are_none():
    assert not is_export(zipped({"net/data.pkl": b""}))
    assert not is_export(b"no archive")


SAMPLES = ("learnpytorch_fashion_v2.pt2", "pytorch_cifar_net.pt2", "d2l_bn_lenet.pt2")


@pytest.mark.parametrize("file", sample_networks(*SAMPLES))
def test_samples_answer_as_in_their_framework(file):
    found = read(content(file))
    assert list(found.input_shape) == entry(file)["input_shape"]
    assert np.allclose(answer(picture(file), found.layers), expected(file), atol=2e-6)
