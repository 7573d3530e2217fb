"""Every combination of hyper-parameters in the playground's ranges, against counting by hand."""

import itertools
import warnings

import numpy as np
import pytest

from cnnscope.nn.conv_geometry import ConvGeometry, same_padding
from cnnscope.panels.playground.integer_conv import ball, convolved, kernel, patch
from cnnscope.state.playground import RANGES
from support.naive import conv2d as naive

SETTINGS = [ConvGeometry(*each) for each in itertools.product(*RANGES.values())]
RNG = np.random.default_rng(6)
KERNELS = {k: RNG.integers(-2000, 2000, (k, k)) for k in RANGES["kernel"]}
BY_LOOPS = 11  # every such combination is computed by plain loops; it divides no range
SOME = 97


def starts(geometry: ConvGeometry) -> list[int]:
    """Where whole windows start, by trying every row."""
    rows = range(0, geometry.padded, geometry.stride)
    last = geometry.dilation * (geometry.kernel - 1)
    return [row for row in rows if row + last < geometry.padded]


def dilated(weights: np.ndarray, dilation: int) -> np.ndarray:
    """A kernel with zeros in its holes, which is what dilation means."""
    reach = dilation * (len(weights) - 1) + 1
    spread = np.zeros((reach, reach), weights.dtype)
    for (row, col), value in np.ndenumerate(weights):
        spread[row * dilation, col * dilation] = value
    return spread


def one_thread(torch):
    """PyTorch without threads, which take longer to begin than these maps to compute."""
    torch.set_num_threads(1)
    return torch


def test_there_are_as_many_combinations_as_the_ranges_have() -> None:
    assert len(SETTINGS) == 12 * 7 * 7 * 6 * 4


def test_the_size_and_what_is_never_read_are_those_of_counting_in_every_combination() -> None:
    for geometry in SETTINGS:
        tops = starts(geometry)
        assert geometry.count == len(tops), geometry
        read = {top + geometry.dilation * i for top in tops for i in range(geometry.kernel)}
        left = list(geometry.left_over)
        if tops:
            assert {*geometry.passed_over, *left} == set(range(geometry.padded)) - read, geometry
            assert left == list(range(max(read) + 1, geometry.padded)), geometry
            assert len(left) < geometry.stride, geometry
        else:
            assert (left, geometry.passed_over) == ([], ()), geometry


def test_the_values_are_those_of_plain_loops() -> None:
    for geometry in SETTINGS[::BY_LOOPS]:
        weights = KERNELS[geometry.kernel]
        made = convolved(ball(geometry.size), weights, geometry)
        if geometry.count == 0:
            assert made.size == 0
            continue
        x = ball(geometry.size)[None].astype(np.float64)
        k = dilated(weights, geometry.dilation)[None, None].astype(np.float64)
        expected = naive(x, k, np.zeros(1), geometry.stride, geometry.padding)[0]
        np.testing.assert_array_equal(made, expected, err_msg=str(geometry))


def test_the_size_and_the_values_are_those_of_pytorch_in_every_combination() -> None:
    torch = one_thread(pytest.importorskip("torch"))
    for geometry in SETTINGS:
        weights = KERNELS[geometry.kernel]
        made = convolved(ball(geometry.size), weights, geometry)
        x = torch.tensor(ball(geometry.size), dtype=torch.float64)[None, None]
        k = torch.tensor(weights, dtype=torch.float64)[None, None]
        options = (None, geometry.stride, geometry.padding, geometry.dilation)
        if geometry.count == 0:
            with pytest.raises(RuntimeError, match="Kernel size can't be greater than"):
                torch.nn.functional.conv2d(x, k, *options)
            continue
        expected = torch.nn.functional.conv2d(x, k, *options)[0, 0].numpy()
        assert made.shape == expected.shape, geometry
        np.testing.assert_array_equal(made, expected, err_msg=str(geometry))


def test_each_cell_is_the_sum_of_its_patch_times_the_kernel() -> None:
    for geometry in SETTINGS[::SOME]:
        given, weights = ball(geometry.size), KERNELS[geometry.kernel]
        for (row, col), value in np.ndenumerate(convolved(given, weights, geometry)):
            assert (patch(given, geometry, row, col) * weights).sum() == value


def test_a_cell_of_the_input_has_the_window_whose_middle_is_nearest() -> None:
    for geometry in SETTINGS[::SOME]:
        middles = [top + (geometry.span - 1) / 2 for top in starts(geometry)]
        for row in range(geometry.padded if middles else 0):
            distances = [abs(middle - row) for middle in middles]
            assert distances[geometry.at(row)] == min(distances), (geometry, row)


def test_same_padding_keeps_the_size_by_as_little_as_can_be() -> None:
    for size, reach, stride in itertools.product(range(1, 13), range(1, 26), range(1, 7)):
        before, after = same_padding(size, reach, stride)
        wanted = -(-size // stride)
        assert after - before in (0, 1)
        padded = size + before + after
        assert len(range(0, padded - reach + 1, stride)) >= wanted
        if before + after:
            assert len(range(0, padded - 1 - reach + 1, stride)) < wanted


def test_same_padding_is_that_of_pytorch_where_it_has_one() -> None:
    torch = one_thread(pytest.importorskip("torch"))
    for size, k, dilation in itertools.product((1, 2, 5, 12), range(2, 8), range(1, 5)):
        before, after = same_padding(size, dilation * (k - 1) + 1, 1)
        x, weights = torch.rand(1, 1, size, size), torch.rand(1, 1, k, k)
        padded = torch.nn.functional.pad(x, (before, after, before, after))
        expected = torch.nn.functional.conv2d(padded, weights, dilation=dilation)
        with warnings.catch_warnings():  # PyTorch warns once that an uneven padding is a copy
            warnings.simplefilter("ignore")
            made = torch.nn.functional.conv2d(x, weights, padding="same", dilation=dilation)
        torch.testing.assert_close(made, expected)
    with pytest.raises(RuntimeError, match="padding='same' is not supported for strided"):
        torch.nn.functional.conv2d(x, weights, padding="same", stride=2)


def test_the_ball_is_made_of_digits_and_is_no_mirror_image_of_itself() -> None:
    for size in RANGES["size"]:
        digits = ball(size)
        assert digits.shape == (size, size)
        assert 0 <= digits.min() <= digits.max() <= 9
        if size > 2:
            for other in (digits.T, digits[::-1], digits[:, ::-1]):
                assert (digits != other).any()


def test_rounding_a_kernel_keeps_its_sum() -> None:
    for size in RANGES["kernel"]:
        third = np.full((size, size), 1 / size**2, np.float32)
        rounded = kernel(third, 1000)
        assert rounded.sum() == 1000
        assert np.count_nonzero(rounded != rounded[0, 0]) <= 1
