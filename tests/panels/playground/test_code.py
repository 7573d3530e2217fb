"""The lines of code, run: they give what is shown."""

import itertools

import numpy as np
import pytest

from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.panels.playground.code import keras_line, numpy_line, torch_line
from cnnscope.panels.playground.integer_conv import ball, convolved
from cnnscope.state.playground import RANGES

SETTINGS = [ConvGeometry(*each) for each in itertools.product(*RANGES.values())]
POSSIBLE = [geometry for geometry in SETTINGS if geometry.count]
KERNEL = np.random.default_rng(7).integers(-9, 9, (7, 7))
SOME = 13  # divides no range


def arrays(geometry):
    return ball(geometry.size), KERNEL[: geometry.kernel, : geometry.kernel]


def test_numpy_gives_the_output():
    for geometry in POSSIBLE[::SOME]:
        x, k = arrays(geometry)
        made = eval(numpy_line(geometry), {"np": np, "x": x, "k": k})
        np.testing.assert_array_equal(made, convolved(x, k, geometry), err_msg=str(geometry))


def test_numpy_raises_an_error_where_there_is_no_output():
    for geometry in SETTINGS[::SOME]:
        x, k = arrays(geometry)
        if not geometry.count:
            with pytest.raises(ValueError, match="window shape cannot be larger"):
                eval(numpy_line(geometry), {"np": np, "x": x, "k": k})


def test_pytorch_gives_the_output():
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    for geometry in POSSIBLE[::SOME]:
        x, k = (torch.tensor(each, dtype=torch.float64) for each in arrays(geometry))
        made = eval(torch_line(geometry), {"torch": torch, "x": x, "k": k})
        np.testing.assert_array_equal(made, convolved(*arrays(geometry), geometry))


def test_keras_gives_the_output():
    keras = pytest.importorskip("keras")
    for geometry in POSSIBLE[::SOME]:
        x, k = (each.astype(np.float32) for each in arrays(geometry))
        made = np.asarray(eval(keras_line(geometry), {"keras": keras, "x": x, "k": k}))
        np.testing.assert_array_equal(made, convolved(*arrays(geometry), geometry))


class Keras:
    """What the lines ask of Keras, as its documentation says, on what plain NumPy does."""

    @property
    def ops(self):
        return self

    @property
    def layers(self):
        return self

    def ZeroPadding2D(self, padding):  # noqa: N802 - Keras's name
        return lambda x: np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))

    def conv(self, x, k, strides=1, padding="valid", dilation_rate=1):
        assert strides == 1 or dilation_rate == 1, "TensorFlow takes no stride with a dilation"
        reach = dilation_rate * (len(k) - 1)
        if padding == "same":
            assert strides == 1
            x = np.pad(x, ((0, 0), *[(reach // 2, reach - reach // 2)] * 2, (0, 0)))
        count = (x.shape[1] - reach - 1) // strides + 1
        made = np.zeros((1, count, count, 1))
        for row, col, i, j in itertools.product(*[range(count)] * 2, *[range(len(k))] * 2):
            at = row * strides + i * dilation_rate, col * strides + j * dilation_rate
            made[0, row, col, 0] += x[0, *at, 0] * k[i, j, 0, 0]
        return made


def test_what_keras_is_asked_for_gives_the_output_by_what_is_written_of_it():
    for geometry in POSSIBLE[:: SOME * 5]:
        x, k = arrays(geometry)
        made = eval(keras_line(geometry), {"keras": Keras(), "x": x, "k": k})
        np.testing.assert_array_equal(made, convolved(x, k, geometry), err_msg=str(geometry))


def test_same_is_written_where_it_says_the_padding_and_a_layer_pads_elsewhere():
    assert 'padding="same"' in keras_line(ConvGeometry(7, 3, 1))
    assert 'padding="same"' in keras_line(ConvGeometry(7, 3, 2, dilation=2))
    for other in (
        ConvGeometry(7, 3, 2),
        ConvGeometry(7, 3, 1, 2),
        ConvGeometry(7, 4, 1),
        ConvGeometry(7, 4, 2),
    ):
        assert "ZeroPadding2D" in keras_line(other)
    line = "keras.ops.conv(x[None, ..., None], k[..., None, None])[0, ..., 0]"
    assert keras_line(ConvGeometry(7, 3)) == line
