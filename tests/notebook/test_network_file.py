import numpy as np
import pytest

from cnnscope.nn.weights import build_network
from cnnscope.pictures.shipped import EXACT, read_shipped
from cnnscope_notebook.network_file import arrays_of, packed
from cnnscope_readers.registry import read
from support.networks import CLASSES, picture, tiny_vgg
from support.sampling import sampled
from support.table_networks import table_networks


@pytest.mark.parametrize("name", sampled(table_networks(), every=3))
def test_a_network_is_the_same_after_it_was_written(name):
    network = table_networks()[name]
    again = build_network(arrays_of(network))
    x = np.random.default_rng(2).random(network.input_shape, np.float32)
    before, after = network(x), again(x)
    assert list(before) == list(after)
    assert all(np.array_equal(before[layer], after[layer]) for layer in before)
    assert (again.scale, again.parameters) == (network.scale, network.parameters)


def test_arrays_are_named_by_layer_and_role():
    arrays = arrays_of(tiny_vgg())
    assert {"architecture", "conv_1_1.kernel", "output.bias"} - {*arrays} <= {"output.bias"}
    assert arrays["conv_1_1.kernel"].dtype == np.float32


def test_what_a_lesson_holds_can_be_opened_on_the_page_too():
    network = tiny_vgg()
    exact = np.zeros((1, *network.input_shape), np.float32)
    arrays = {**arrays_of(network), EXACT: exact}
    file = packed(arrays, CLASSES, {"one": picture(network, 1)}, exact=["one"], strangers=["one"])
    kind, found = read({"lesson.npz": file})
    assert kind == "npz"
    assert found.classes == tuple(CLASSES)
    assert found.input_shape == network.input_shape
    assert read_shipped(file).out_of_distribution == {"one"}
