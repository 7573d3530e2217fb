"""Activations by their definitions, value by value, and their graphs."""

import math

import numpy as np
import pytest

from cnnscope.nn.functions import erf
from cnnscope.nn.layers import Activation, Cell, ShapeError, SigmoidClasses, Window

POINTS = [-30.0, -4.0, -1.0, -0.25, 0.0, 0.5, 1.0, 3.0, 7.0, 90.0]


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


BY_HAND = {
    "relu6": lambda x: min(max(0.0, x), 6.0),
    "leaky_relu": lambda x: x if x > 0 else 0.01 * x,
    "elu": lambda x: x if x > 0 else math.exp(x) - 1,
    "gelu": lambda x: x * 0.5 * math.erfc(-x / math.sqrt(2)),
    "gelu_tanh": lambda x: 0.5 * x * (1 + math.tanh(0.7978845608 * (x + 0.044715 * x**3))),
    "silu": lambda x: x * sigmoid(x),
    "sigmoid": sigmoid,
    "tanh": math.tanh,
}


@pytest.mark.parametrize("function", BY_HAND)
@pytest.mark.parametrize("shape", [(10,), (2, 5, 1)], ids=str)
def test_a_function_of_each_value_alone(function, shape):
    layer = Activation("bent", function)
    x = np.array(POINTS, np.float32).reshape(shape)
    made = layer(x)
    assert made.dtype == np.float32
    assert made.shape == layer.output_shape(shape) == shape
    expected = np.array([BY_HAND[function](value) for value in POINTS])
    np.testing.assert_allclose(made.ravel(), expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(layer.curve(POINTS), made.ravel())
    assert layer.window(Cell(1, 2, 3)) == Window(range(1, 2), range(2, 3), range(3, 4))


def test_the_error_function_is_a_millionth_off_at_most():
    x = np.linspace(-6, 6, 4001)
    expected = [math.erf(value) for value in x]
    np.testing.assert_allclose(erf(x), expected, atol=1e-6)


def test_huge_numbers_give_no_warning_and_no_nan():
    x = np.array([-1e12, 1e12], np.float32)
    assert all(np.isfinite(Activation("bent", each)(x)).all() for each in BY_HAND)


@pytest.mark.parametrize(("function", "usual"), [("leaky_relu", 0.01), ("elu", 1.0)])
def test_alpha_is_the_usual_one_or_another(function, usual):
    assert Activation("bent", function).alpha == usual
    other = Activation("bent", function, 0.5)
    expected = -0.5 if function == "leaky_relu" else 0.5 * (math.exp(-1) - 1)
    assert other(np.array([-1], np.float32))[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (("swish",), "bent function: expected one of relu6, .*, got swish"),
        (("tanh", 0.5), "bent alpha: expected none, got 0.5"),
        (("elu", math.nan), "bent alpha: expected a finite number, got nan"),
    ],
)
def test_what_cannot_be_is_refused_by_name(settings, said):
    with pytest.raises(ShapeError, match=said):
        Activation("bent", *settings)


@pytest.mark.parametrize("logit", [-90.0, -2.0, 0.0, 0.7, 40.0])
def test_one_sigmoid_is_two_classes_the_softmax_of_nought_and_the_logit(logit):
    layer = SigmoidClasses("output")
    made = layer(np.array([logit], np.float32))
    no, yes = 1 / (1 + math.exp(logit)), 1 / (1 + math.exp(-logit))
    np.testing.assert_allclose(made, [no, yes], rtol=1e-5)
    assert layer.output_shape((1,)) == made.shape == (2,)
    with pytest.raises(ShapeError, match="output input: expected"):
        layer.output_shape((2,))
