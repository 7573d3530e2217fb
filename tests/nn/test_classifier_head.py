import numpy as np

from cnnscope.nn.classifier_head import classifier_head
from cnnscope.nn.layers import Cell
from cnnscope.nn.network import Network
from support.networks import other_network, sequential, tiny_vgg


def test_the_layers_that_weigh_the_last_maps_are_found():
    for network, source, names in (
        (tiny_vgg(), "max_pool_2", ("flatten", "logits", "output")),
        (other_network(), "bent", ("row", "sums", "answer")),
    ):
        head = classifier_head(network)
        assert head is not None
        assert (head.source, head.shape) == (source, network.shapes[source])
        assert (head.flatten.name, head.dense.name, head.softmax.name) == names


def test_a_network_that_ends_otherwise_has_no_head():
    deeper = sequential(
        (1, 8, 8),
        [("conv2d", "conv", 2), ("flatten", "row"), ("dense", "one", 5), ("relu", "bent"),
         ("dense", "two", 3), ("softmax", "answer")],
    )  # fmt: skip
    assert classifier_head(deeper) is None
    assert classifier_head(Network((1, 8, 8), ())) is None


def test_elements_and_places_are_each_others_inverse_in_the_order_of_numpy():
    head = classifier_head(other_network())
    assert head is not None
    for element, place in enumerate(np.ndindex(*head.shape)):
        assert head.place(element) == Cell(*place)
        assert head.element(Cell(*place)) == element
