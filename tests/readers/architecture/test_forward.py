"""Forward passes of a proof: they share what they begin with, and keep to the page's limits."""

import numpy as np

from cnnscope_readers.architecture import blocks
from cnnscope_readers.architecture.forward import Passes, canonical
from cnnscope_readers.architecture.plan import Op
from cnnscope_readers.found import Weights


def passes(kernel, side):
    found = blocks(Weights({"c.weight": np.ones(kernel, np.float32)}))
    return Passes(found, np.ones((1, side, side), np.float32))


CONV, RELU = Op("conv2d", 0, (("bias", False),)), Op("relu")


def test_a_pass_computes_the_layers_in_order():
    computed = passes((2, 1, 3, 3), 4)((CONV, RELU, Op("flatten")))
    np.testing.assert_array_equal(computed, np.full(8, 9, np.float32))


def test_what_two_passes_begin_with_is_computed_once():
    both = passes((2, 1, 3, 3), 4)
    assert both((CONV, RELU)) is both((CONV, RELU))
    assert np.shares_memory(both((CONV, RELU)), both((CONV, RELU, Op("flatten"))))


def test_a_layer_that_does_not_fit_gives_nothing():
    assert passes((2, 1, 5, 5), 4)((CONV,)) is None


def test_a_layer_beyond_the_limits_is_not_computed():
    assert passes((499, 1, 1, 1), 100)((CONV,)) is not None
    assert passes((501, 1, 1, 1), 100)((CONV,)) is None


def test_a_stride_of_a_kernel_of_one_cell_may_as_well_be_taken_before():
    shapes = {"a.weight": (4, 1, 3, 3), "b.weight": (4, 4, 1, 1)}
    arrays = {name: np.ones(shape, np.float32) for name, shape in shapes.items()}
    found = blocks(Weights(arrays))
    early = Op("conv2d", 0, (("bias", False), ("stride", 2))), RELU, Op("conv2d", 1)
    late = Op("conv2d", 0, (("bias", False),)), RELU, Op("conv2d", 1, (("stride", 2),))
    assert canonical(late, found) == canonical(early, found) == early
