"""Arrangements that fit: all of the plain ones, plainest first, and soon."""

import time
from dataclasses import replace
from itertools import product
from math import prod

import numpy as np
import pytest

from cnnscope_readers.architecture import Answers, Place, Pool, arrangements, blocks, diagram, fits
from cnnscope_readers.architecture import found as found_by
from cnnscope_readers.assemble import assemble
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry, Weights
from support.state_dicts import NAMES, OTHERS, state_dict
from support.table_networks import table_networks

HALF = Pool(2, 2)


def size_of(name):
    return table_networks()[name].input_shape[1:]


def plain_ways(size, kernels, cells):
    """By trying all: stride 1, padding that keeps the size or none, poolings of 2 or none."""
    found = set()
    for pads, pools in product(product((False, True), repeat=len(kernels)), repeat=2):
        side, places = size, []
        for kernel, is_padded, is_pooled in zip(kernels, pads, pools, strict=True):
            padding = (kernel - 1) // 2 if is_padded else 0
            side += 2 * padding - kernel + 1
            side = side // 2 if is_pooled else side
            places.append(Place(1, padding, HALF if is_pooled else None))
        if side * side == cells:
            found.add(tuple(places))
    return found


@pytest.mark.parametrize(
    ("name", "kernels", "cells"),
    [("cifar_net", (5, 5), 25), ("udacity_cifar", (3, 3, 3), 16), ("learnpytorch_03", (3,) * 4, 49),
     ("d2l_bn_lenet", (5, 5), 16)],
)  # fmt: skip
def test_all_plain_arrangements_are_among_those_that_fit(name, kernels, cells):
    got = arrangements(blocks(state_dict(name)), size_of(name), limit=5000)
    plain = {
        each.places
        for each in got
        if all(place.pool in (None, HALF) and place.stride == 1 for place in each.places)
        and all(
            place.padding in (0, (kernel - 1) // 2)
            for place, kernel in zip(each.places, kernels, strict=True)
        )
    }
    assert plain == plain_ways(size_of(name)[0], kernels, cells)


FIRST = [name for name in [*NAMES, *OTHERS]
         if name not in ("nn_tutorial", "fastbook", "tf_cifar", "short_mobilenet")]  # fmt: skip


@pytest.mark.parametrize("name", FIRST)
def test_the_true_arrangement_is_the_plainest_one_that_fits(name):
    found = blocks(state_dict(name, is_ordered=False))
    network = table_networks()[name]
    built = assemble(found_by(found, Answers(arrangements(found, size_of(name), 1)[0])))
    shapes = [shape for shape in network.shapes.values() if len(shape) == 3]
    assert list(dict.fromkeys(shapes)) == list(
        dict.fromkeys(shape for shape in built.shapes.values() if len(shape) == 3)
    )


@pytest.mark.parametrize("name", ["cifar_net", "fastbook", "short_mobilenet", "d2l_bn_lenet"])
def test_each_arrangement_can_be_built_and_has_the_shapes_of_its_diagram(name):
    found = blocks(state_dict(name))
    for arrangement in arrangements(found, size_of(name), 20):
        drawn = diagram(found, Answers(arrangement))
        network = assemble(found_by(found, Answers(arrangement)))
        assert [row.shape for row in drawn] == list(network.shapes.values())[: len(drawn)]
        assert arrangement.maps in [row.shape for row in drawn]


def test_the_reason_is_what_the_first_dense_layer_reads():
    first = arrangements(blocks(state_dict("cifar_net")), (32, 32), 1)[0]
    assert first.maps == (16, 5, 5)
    assert prod(first.maps) == 400


def test_they_come_plainest_first_each_once():
    got = arrangements(blocks(state_dict("learnpytorch_05")), (64, 64), 500)
    assert [each.cost for each in got] == sorted(each.cost for each in got)
    assert len(set(got)) == len(got) == 500


def test_as_many_are_counted_as_are_found():
    found = blocks(state_dict("pytorch_mnist"))
    assert fits(found, (28, 28)) == len(arrangements(found, (28, 28))) == 11


def test_a_few_of_millions_come_soon():
    found = blocks(state_dict("fastbook"))
    assert fits(found, (28, 28)) > 500_000
    begun = time.process_time()
    assert len(arrangements(found)) == 200
    assert time.process_time() - begun < 2


def test_without_a_size_usual_pictures_come_first():
    assert arrangements(blocks(state_dict("cifar_net")))[0].size == (32, 32)
    assert arrangements(blocks(state_dict("learnpytorch_05")))[0].size == (64, 64)


def test_rows_and_columns_may_differ():
    found = blocks(state_dict("short_mobilenet"))
    assert arrangements(found, (40, 56), 1)[0].size == (40, 56)


def test_where_nothing_fits_there_is_nothing():
    assert arrangements(blocks(state_dict("cifar_net")), (2, 2)) == []


def test_room_between_numbered_names_tells_where_maps_are_pooled():
    got = arrangements(blocks(state_dict("jovian_cifar")), (32, 32), 1)[0]
    assert [place.pool for place in got.places] == [None, HALF, None, HALF, None, HALF]


def test_numbered_names_outweigh_what_is_plainer():
    sizes = {"0": (8, 1), "3": (8, 8), "5": (8, 8)}
    arrays = {f"{name}.weight": np.ones((*size, 3, 3), np.float32) for name, size in sizes.items()}
    found = blocks(Weights({**arrays, "9.weight": np.ones((10, 8 * 49), np.float32)}))
    got = arrangements(found, (28, 28), 1)[0]
    assert [place.pool for place in got.places] == [HALF, None, HALF]


def with_modules(name, modules):
    entries = {path: LayerEntry(kind, path, said) for path, (kind, said) in modules.items()}
    return blocks(replace(state_dict(name), modules=entries))


def test_settings_of_a_module_are_kept():
    found = with_modules("d2l_lenet", {"net.3": ("conv2d", {"stride": (1, 1), "padding": (1, 1)})})
    got = arrangements(found, (28, 28))
    assert got
    assert {(each.places[1].stride, each.places[1].padding) for each in got} == {(1, 1)}


def test_a_module_with_padding_without_measure_is_refused():
    found = with_modules("d2l_lenet", {"net.3": ("conv2d", {"padding": 10**6})})
    with pytest.raises(RefusedError, match=r"setting: layer=net\.3"):
        arrangements(found, (28, 28))


def test_modules_in_a_row_are_taken_as_they_are():
    sigmoid, mean = ("activation", {"function": "tanh"}), ("avg_pool2d", {"size": [2, 2]})
    told = {"net.0": ("conv2d", {"padding": 2}), "net.1": sigmoid, "net.2": mean,
            "net.3": ("conv2d", {}), "net.4": sigmoid, "net.5": mean, "net.6": ("flatten", {}),
            "net.7": ("dense", {}), "net.8": sigmoid, "net.9": ("dense", {}),
            "net.10": ("relu", {}), "net.11": ("dense", {})}  # fmt: skip
    found = with_modules("d2l_lenet", told)
    assert fits(found, (28, 28)) == 1
    network = assemble(found_by(found, Answers(arrangements(found, (28, 28))[0])))
    kinds = [getattr(layer, "function", None) or layer.type_name for layer in network.layers]
    assert kinds == ["conv2d", "tanh", "avg_pool2d", "conv2d", "tanh", "avg_pool2d", "flatten",
                     "dense", "tanh", "dense", "relu", "dense", "softmax"]  # fmt: skip
