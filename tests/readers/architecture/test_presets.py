"""Networks of courses are told by names and shapes, and computed as the courses do."""

from dataclasses import replace

import numpy as np
import pytest

from cnnscope_readers.architecture import blocks, known
from cnnscope_readers.architecture import found as found_by
from cnnscope_readers.assemble import assemble
from support.printing import skeleton
from support.state_dicts import NAMES, OTHERS, state_dict
from support.table_networks import table_networks


@pytest.mark.parametrize("is_ordered", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_a_network_of_a_course_is_known_with_all_that_its_weights_do_not_say(name, is_ordered):
    found = blocks(state_dict(name, is_ordered=is_ordered))
    preset = known(found)
    assert preset.name == name
    network, true = assemble(found_by(found, preset.answers)), table_networks()[name]
    assert skeleton(network) == skeleton(true)
    assert network.scale == true.scale
    rng = np.random.default_rng(3)
    picture = rng.random(true.input_shape, np.float32)
    last, true_last = list(network.shapes)[-1], list(true.shapes)[-1]
    np.testing.assert_allclose(network(picture)[last], true(picture)[true_last], rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", OTHERS)
def test_a_network_of_no_course_is_not_known(name):
    assert known(blocks(state_dict(name))) is None


def test_what_all_names_begin_with_does_not_matter():
    assert known(blocks(state_dict("cifar_net", prefix="model."))).name == "cifar_net"
    bare = state_dict("d2l_lenet")
    arrays = {name.removeprefix("net."): array for name, array in bare.arrays.items()}
    assert known(blocks(replace(bare, arrays=arrays))).name == "d2l_lenet"


def cut(weights, units, classes):
    """The same network with fewer units before its last layer, and fewer classes."""
    arrays = dict(weights.arrays)
    arrays["fc1.weight"], arrays["fc1.bias"] = (arrays[f"fc1.{role}"][:units] for role in
                                                ("weight", "bias"))  # fmt: skip
    arrays["fc2.weight"] = arrays["fc2.weight"][:classes, :units]
    arrays["fc2.bias"] = arrays["fc2.bias"][:classes]
    return replace(weights, arrays=arrays)


def test_widths_and_classes_are_free_and_classes_named_only_where_there_are_as_many():
    weights = state_dict("udacity_cifar")
    assert known(blocks(cut(weights, 64, 10))).answers.classes[0] == "airplane"
    assert known(blocks(cut(weights, 64, 4))).answers.classes == ()


def test_other_kernels_are_of_no_course():
    weights = state_dict("udacity_cifar")
    arrays = {name: array[..., :2, :2] if array.ndim == 4 else array
              for name, array in weights.arrays.items()}  # fmt: skip
    assert known(blocks(replace(weights, arrays=arrays))) is None
