"""Weights without an architecture: a best guess, other answers, and what is known of them."""

import numpy as np
import pytest

from cnnscope_own.case import (
    begun,
    proved,
    with_arrangement,
    with_function,
    with_more,
    with_pooling,
    with_size,
)
from cnnscope_readers.assemble import assemble
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Weights
from support.state_dicts import state_dict
from support.table_networks import table_networks


def test_a_well_known_network_is_as_its_course_has_it():
    case = begun(state_dict("cifar_net"))
    assert case.preset is not None
    network, expected = assemble(case.found), table_networks()["cifar_net"]
    x = np.linspace(-1, 1, 3 * 32 * 32, dtype=np.float32).reshape(3, 32, 32)
    assert network(x)["output"] == pytest.approx(expected(x)["output"], abs=1e-6)
    assert network.scale == expected.scale


def test_another_answer_is_a_guess_and_keeps_what_else_was_answered():
    case = begun(state_dict("cifar_net"))
    other = with_function(with_pooling(case, "avg"), "tanh")
    assert not other.is_preset
    assert not other.is_proved
    assert with_function(with_pooling(other, "max"), "relu").is_preset
    sure = proved(case, other.answers)
    assert sure.is_proved
    assert not with_pooling(sure, "max").is_proved
    assert with_pooling(with_pooling(sure, "max"), "avg").is_proved
    kinds = [layer.type for layer in other.found.layers]
    assert "avg_pool2d" in kinds
    assert "relu" not in kinds
    assert other.answers.scale == case.answers.scale


def test_the_same_answer_changes_nothing():
    case = begun(state_dict("cifar_net"))
    sure = proved(case, case.answers)
    assert with_pooling(sure, sure.answers.pooling) is sure
    assert with_function(sure, "relu") is sure
    assert with_function(sure, "no such function") is sure
    assert with_pooling(sure, "median") is sure


def test_what_is_offered_fits_and_has_the_one_that_is_taken():
    case = begun(state_dict("keras_mnist"))
    assert case.answers.arrangement in case.offered
    assert case.answers.arrangement.size in case.sizes
    for size in case.sizes:
        sized = with_size(case, size)
        assert sized.answers.arrangement.size == size
        for each in sized.offered:
            assert assemble(with_arrangement(sized, each).found).input_shape == (1, *size)


def test_more_are_offered_when_they_are_asked_for():
    case = begun(state_dict("keras_mnist"))
    assert len(with_more(case).offered) > len(case.offered)
    assert with_more(case).answers is case.answers


def test_weights_that_nothing_joins_are_refused():
    kernel = np.ones((4, 1, 3, 3), np.float32)
    dense = np.ones((2, 4 * 3 * 1000003), np.float32)[:, :7]
    arrays = {"conv.weight": kernel, "fc.weight": dense, "fc.bias": np.ones(2, np.float32)}
    with pytest.raises(RefusedError) as refused:
        begun(Weights(arrays))
    assert refused.value.reason in ("no_fit", "branches", "shapes")
