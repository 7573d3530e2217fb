import dataclasses

import numpy as np
import pytest

from cnnscope.nn.layers import Conv2d, Dense, Flatten, MaxPool2d, Relu, ShapeError, Softmax
from cnnscope.nn.network import Network
from support import naive


def small_network(seed: int = 1) -> Network:
    """Another stack than the one shipped: two inputs, stride, padding, three classes."""
    rng = np.random.default_rng(seed)

    def drawn(*shape):
        return rng.standard_normal(shape).astype(np.float32)

    return Network(
        (2, 11, 9),
        (
            Conv2d("a", drawn(5, 2, 3, 3), drawn(5), padding=1),
            Relu("b"),
            MaxPool2d("c"),
            Conv2d("d", drawn(4, 5, 2, 2), drawn(4), stride=2),
            Flatten("e", (4, 2, 2)),
            Dense("f", drawn(3, 16), drawn(3)),
            Softmax("g", 3),
        ),
    )


def test_every_activation_equals_plain_loops():
    network = small_network()
    x = np.random.default_rng(2).standard_normal((2, 11, 9)).astype(np.float32)
    trace = network(x)
    a, d, f = (network.layer(name) for name in "adf")
    expected = {"input": x.astype(np.float64)}
    expected["a"] = naive.conv2d(expected["input"], a.kernel, a.bias, padding=1)
    expected["b"] = np.maximum(expected["a"], 0)
    expected["c"] = naive.max_pool2d(expected["b"], 2, 2)
    expected["d"] = naive.conv2d(expected["c"], d.kernel, d.bias, stride=2)
    expected["e"] = np.array(
        [expected["d"][k, r, c] for k in range(4) for r in range(2) for c in range(2)]
    )
    expected["f"] = np.array(
        [sum(w * v for w, v in zip(row, expected["e"], strict=True)) for row in f.kernel]
    ) + f.bias.astype(np.float64)
    expected["g"] = naive.softmax(expected["f"])
    assert list(trace) == list(expected)
    for name, activation in expected.items():
        np.testing.assert_allclose(trace[name], activation, atol=1e-4, err_msg=name)
        assert trace[name].dtype == np.float32
        assert trace[name].shape == network.shapes[name]


def test_a_trace_cannot_be_changed_and_does_not_share_the_picture():
    x = np.ones((2, 11, 9), np.float32)
    trace = small_network()(x)
    with pytest.raises(ValueError, match="read-only"):
        trace["a"][0, 0, 0] = 1
    x[:] = 5
    assert trace["input"].max() == 1


def test_a_trace_knows_how_far_each_layer_reaches_from_zero():
    trace = small_network()(np.linspace(-2, 1, 198, dtype=np.float32).reshape(2, 11, 9))
    for _ in range(2):
        assert {name: trace.extent(name) for name in trace} == {
            name: max(abs(float(value)) for value in trace[name].flat) for name in trace
        }
    with pytest.raises(KeyError):
        trace.extent("nothing")


def test_a_picture_of_another_shape_is_refused():
    with pytest.raises(ShapeError, match=r"input: expected \(2, 11, 9\), got \(3, 11, 9\)"):
        small_network()(np.zeros((3, 11, 9), np.float32))


def test_two_layers_of_one_name_are_refused():
    with pytest.raises(ShapeError, match="got 'a' twice"):
        Network((1, 4, 4), (Relu("a"), Relu("a")))


def test_parameters_are_counted():
    assert small_network().parameters == (5 * 2 * 9 + 5) + (4 * 5 * 4 + 4) + (3 * 16 + 3)


@pytest.mark.parametrize("changed", ["a", "c", "d", "f"])
def test_another_run_begins_at_the_first_changed_layer(changed):
    network = small_network()
    names = [layer.name for layer in network.layers]
    x = np.random.default_rng(5).standard_normal(network.input_shape).astype(np.float32)
    before = network(x)
    layer = network.layer(changed)
    other = Network(
        network.input_shape,
        tuple(replaced(each) if each is layer else each for each in network.layers),
    )
    rerun, fresh = other.rerun(before), other(x)
    at = names.index(changed)
    for name in ("input", *names[:at]):
        assert rerun[name] is before[name]
    for name in names[at:]:
        assert (rerun[name] == fresh[name]).all(), name
        assert rerun[name] is not before[name]


def replaced(layer):
    """The layer with another kernel; another one of the same where it has none."""
    if hasattr(layer, "kernel"):
        return dataclasses.replace(layer, kernel=layer.kernel * np.float32(0.5))
    return dataclasses.replace(layer)
