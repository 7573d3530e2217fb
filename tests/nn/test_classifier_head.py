import numpy as np
import pytest

from cnnscope.nn.classifier_head import dense_stage, dense_stages
from cnnscope.nn.layers import Cell
from cnnscope.nn.network import INPUT
from support.networks import hidden_network, other_network, sequential, tiny_vgg


def test_the_layers_that_weigh_the_last_maps_are_found():
    for network, source, names in (
        (tiny_vgg(), "max_pool_2", ("flatten", "logits")),
        (other_network(), "bent", ("row", "sums")),
    ):
        head = dense_stage(network, network.layers[-1].name)
        assert (head.source, head.shape) == (source, network.shapes[source])
        assert (head.flatten.name, head.dense.name) == names
        assert head.weighs_maps
        assert head.is_last
        assert [each.dense.name for each in dense_stages(network)] == [names[1]]


def test_of_several_dense_layers_the_first_weighs_maps_and_the_next_units():
    network = hidden_network()
    first, last = dense_stages(network)
    assert (first.source, first.dense.name, first.is_last) == ("bent", "hidden", False)
    assert (last.source, last.dense.name, last.is_last) == ("again", "sums", True)
    assert (first.weighs_maps, last.weighs_maps) == (True, False)
    assert (first.shape, last.shape) == (network.shapes["bent"], (8, 1, 1))
    assert last.flatten is None
    assert dense_stage(network, "hidden").dense is first.dense
    assert dense_stage(network, "answer").dense is last.dense


def test_what_is_no_weighted_sum_has_no_stage():
    bare = sequential((1, 3, 3), [("conv2d", "conv", 2), ("flatten", "row"), ("softmax", "answer")])
    network = hidden_network()
    assert all(dense_stage(network, name) is None for name in ("first", "bent", "again"))
    assert dense_stages(bare) == ()
    assert dense_stage(bare, "answer") is None


def test_the_picture_itself_can_be_weighed():
    network = sequential((1, 4, 3), [("flatten", "row"), ("dense", "sums", 3), ("softmax", "last")])
    head = dense_stage(network, "last")
    assert (head.source, head.shape) == (INPUT, (1, 4, 3))


@pytest.mark.parametrize(("network", "layer"), [(other_network(), "answer"),
                                                (hidden_network(), "answer")])  # fmt: skip
def test_elements_and_places_are_each_others_inverse_in_the_order_of_numpy(network, layer):
    head = dense_stage(network, layer)
    for element, place in enumerate(np.ndindex(*head.shape)):
        assert head.place(element) == Cell(*place)
        assert head.element(Cell(*place)) == element
