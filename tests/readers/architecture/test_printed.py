"""Printed answers: the lines that make them, their pictures, and all the ways of printing them."""

import contextlib
import io
import sys
import types

import numpy as np
import pytest

from cnnscope_readers.architecture import PrintedError, pictures, proof_lines, read_printed

READ = {
    "[[0.25, -1.5]]": (0.25, -1.5),
    "[0.25, -1.5]\n": (0.25, -1.5),
    "0.25 -1.5": (0.25, -1.5),
    "tensor([[ 0.2500, -1.5000]], grad_fn=<AddmmBackward0>)": (0.25, -1.5),
    "tensor([[ 0.2500, -1.5000]],\n       device='cuda:0', dtype=torch.float64)": (0.25, -1.5),
    "array([[0.25, -1.5]], dtype=float32)": (0.25, -1.5),
    "tensor([[2.5000e-01, -1.5000e+00]], requires_grad=True)": (0.25, -1.5),
    "[[0.25,\n  -1.5]]": (0.25, -1.5),
    "[[0.25, \N{MINUS SIGN}1.5]]": (0.25, -1.5),
    "[[1e-05, -3.]]": (1e-5, -3.0),
    "(0.25, -1.5)": (0.25, -1.5),
    "[[[0.25, -1.5]], [[8.0, 1e3]]]": (0.25, -1.5, 8.0, 1000.0),
    "[tensor([[.25, -1.5]]), tensor([[8., 9.]])]": (0.25, -1.5, 8.0, 9.0),
    "[np.float32(0.25), np.float32(-1.5)]": (0.25, -1.5),
}

NOT_READ = {
    "": ("empty", {}),
    "[[]]": ("empty", {}),
    "[[0.1, nan]]": ("not_finite", {"word": "nan"}),
    "[[0.1, -inf]]": ("not_finite", {"word": "-inf"}),
    "[[0.1, 1e999]]": ("not_finite", {"word": "1e999"}),
    "[[0.1, 0.2, ..., 0.3]]": ("cut", {}),
    "<function forward at 0x7f>": ("not_a_number", {"word": "<function"}),
    "Traceback (most recent call last):\n  File x\nNameError: name 'model' is not defined":
        ("failed", {"message": "NameError: name 'model' is not defined"}),
    "999x28 [[1.0]]": ("size", {"limit": "256", "got": "999x28"}),
    "9" * 5000: ("not_a_number", {"word": "9" * 80}),
    "1 " * 200_000: ("too_long", {"limit": "200000", "got": "400000"}),
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_numbers_are_read_whatever_stands_around_them(text):
    assert read_printed(text).values == READ[text]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_answer_is_refused_with_its_reason(text):
    with pytest.raises(PrintedError) as refused:
        read_printed(text)
    assert (refused.value.reason, refused.value.values) == NOT_READ[text]


@pytest.mark.parametrize("text", ["28x30 [[1.0]]", " 28x30 [[1.0]]\n", "28 × 30: [[1.0]]"])
def test_the_size_of_the_pictures_is_read_with_the_numbers(text):
    printed = read_printed(text)
    assert printed.size == (28, 30)
    assert printed.values == (1.0,)


def test_a_first_number_is_not_taken_for_a_size():
    assert read_printed("[[28, 30]]").size is None


def test_how_far_numbers_are_rounded_is_told_by_their_digits():
    assert read_printed("[[0.1234, -12.5000]]").rounding == pytest.approx((5e-5, 5e-5))
    assert read_printed("[[1.25e-3, 1.25e2]]").rounding == pytest.approx((5e-6, 0.5))
    assert read_printed("[[0.12345678, 0.5]]").rounding == (0, 0)


def test_whatever_the_text_nothing_but_a_refusal_comes():
    rng = np.random.default_rng(0)
    signs = [*"0123456789.eE+-[](),x= \n", "tensor(", "nan", "0e500", "28x28 ", "1e-400"]
    for _ in range(500):
        with contextlib.suppress(PrintedError):
            read_printed("".join(rng.choice(signs, rng.integers(1, 30))))


def test_both_pictures_are_what_a_plain_loop_makes():
    unit, wide = pictures(3, (5, 7))
    values = [at * 37 % 101 / 101 for at in range(3 * 5 * 7)]
    falling = [99 * (1 - 2 * at / (3 * 5 * 7)) ** 3 for at in range(3 * 5 * 7)]
    assert unit.dtype == wide.dtype == np.float32
    np.testing.assert_allclose(unit, np.array(values).reshape(3, 5, 7), rtol=0, atol=1e-7)
    np.testing.assert_allclose(wide, np.array(falling).reshape(3, 5, 7), rtol=0, atol=1e-5)


class Model:
    """What the lines take for a module of PyTorch: it takes pictures of one size."""

    def __init__(self, side):
        self.side = side

    def cpu(self):
        return self

    float = eval = cpu

    def __call__(self, x):
        if x.shape[2:] != self.side:
            raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")
        return np.array([[x.mean(), x[0, 0, 1, 2]]])


@pytest.fixture
def run(monkeypatch):
    """What the lines print where NumPy stands in for PyTorch."""
    monkeypatch.setitem(sys.modules, "torch", types.SimpleNamespace(arange=np.arange))

    def printed(lines, model):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(lines, {"model": model})
        return read_printed(out.getvalue())

    return printed


@pytest.mark.parametrize(("given", "size"), [((28, 36), (28, 36)), (None, (64, 64)),
                                             (None, (37, 37))])  # fmt: skip
def test_the_lines_print_answers_to_the_same_pictures(run, given, size):
    printed = run(proof_lines(given, 3), Model(size))
    assert printed.size == size
    wanted = [
        value for picture in pictures(3, size) for value in (picture.mean(), picture[0, 1, 2])
    ]
    np.testing.assert_allclose(np.array(printed.values), np.array(wanted), rtol=0, atol=1e-4)
