"""Changes of a picture, against loops that go from pixel to pixel."""

import numpy as np
import pytest

from cnnscope.pictures.changes import BLUR, changed, hashed
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.resize import to_input
from cnnscope.state.changes import CHANGES, PALETTE, UNCHANGED, Changes, Paint
from cnnscope.state.state import OWN_PICTURE, Edit, Node
from support.networks import picture, tiny_vgg

NETWORK = tiny_vgg()
X = to_input(picture(NETWORK, 1))
ROWS, COLS = X.shape[1:]
EDIT = Edit(Node("conv_2_2", 3), 1, (0.5,) * 9)


def value(name, x, c, r, k):
    """One value of a changed picture."""
    _, rows, cols = x.shape
    match name:
        case "grey":
            return 0.299 * x[0, r, k] + 0.587 * x[1, r, k] + 0.114 * x[2, r, k]
        case "swap":
            return x[2 - c, r, k]
        case "invert":
            return 1 - x[c, r, k]
        case "mirror":
            return x[c, r, cols - 1 - k]
        case "shift":
            return x[c, r, max(0, k - 1)]
        case "half":
            top, left = 2 * (r - rows // 4), 2 * (k - cols // 4)
            if not (0 <= top < rows and 0 <= left < cols):
                return 0.5
            return sum(x[c, top + a, left + b] for a in (0, 1) for b in (0, 1)) / 4
        case "blur":
            around = range(-(BLUR // 2), BLUR // 2 + 1)
            return np.mean([
                x[c, min(max(r + a, 0), rows - 1), min(max(k + b, 0), cols - 1)]
                for a in around for b in around
            ])  # fmt: skip
        case "noise":
            by = 0.25 * (2 * pcg((c * rows + r) * cols + k) - 1)
            return min(max(x[c, r, k] + by, 0), 1)
    raise ValueError(name)


def pcg(number):
    """A hash of a number as a share of 1, in Python's own integers."""
    most = 2**32
    state = (number * 747796405 + 2891336453) % most
    word = ((state >> ((state >> 28) + 4)) ^ state) * 277803737 % most
    return (((word >> 22) ^ word) >> 8) / 2**24


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_what_it_says_pixel_by_pixel(name):
    x = X[:, :16, :20]
    expected = [[[value(name, x, c, r, k) for k in range(20)] for r in range(16)] for c in range(3)]
    made = changed(x, Changes((name,)))
    assert made.dtype == np.float32
    np.testing.assert_allclose(made, expected, atol=1e-6)


def test_they_are_done_in_one_order_whatever_was_asked_for_first():
    both = changed(X, Changes(("half", "noise")))
    np.testing.assert_array_equal(changed(X, Changes(("noise", "half"))), both)
    np.testing.assert_array_equal(
        both, changed(changed(X, Changes(("half",))), Changes(("noise",)))
    )


def test_paint_lies_over_what_else_is_changed_and_the_patch_over_the_paint():
    paint = (Paint(3, 4, 2, 30, "r"), Paint(40, 0, 1, 1, "w"))
    made = changed(X, Changes(("grey", "mirror"), paint, (0, 30)))
    under = changed(X, Changes(("grey", "mirror")))
    red = np.array(PALETTE["r"]) / 255
    for r in range(ROWS):
        for k in range(COLS):
            wanted = under[:, r, k]
            if r in (3, 4) and 4 <= k < 34:
                wanted = red
            if (r, k) == (40, 0):
                wanted = np.ones(3)
            if r < ROWS // 4 and 30 <= k < 30 + COLS // 4:
                wanted = np.full(3, 0.5)
            np.testing.assert_allclose(made[:, r, k], wanted, atol=1e-6)


def test_the_picture_that_is_given_stays_as_it_is():
    before = X.copy()
    for name in CHANGES:
        changed(X, Changes((name,), (Paint(0, 0, 9, 9, "k"),), (1, 1)))
    np.testing.assert_array_equal(X, before)
    assert changed(X, UNCHANGED) is X


def test_a_picture_without_colours_is_painted_in_its_brightness():
    x = np.zeros((1, 8, 8), np.float32)
    made = changed(x, Changes(paint=(Paint(1, 1, 1, 1, "w"), Paint(2, 2, 1, 1, "r"))))
    assert made[0, 1, 1] == pytest.approx(1)
    assert 0.2 < made[0, 2, 2] < 0.5


def test_noise_is_spread_over_all_values_alike():
    counts, _ = np.histogram(hashed(12288), 8, (0, 1))
    assert (abs(counts - 1536) < 200).all()


@pytest.fixture
def gallery():
    return Gallery(NETWORK, {"one": picture(NETWORK, 1), "two": picture(NETWORK, 2)})


def test_a_changed_picture_is_computed_once_and_only_the_newest_is_kept(gallery):
    plain, places = gallery.trace("one", ()), [Changes(patch=(0, k)) for k in range(4)]
    traces = [gallery.trace("one", (), each) for each in places]
    assert gallery.trace("one", (), places[-1]) is traces[-1]
    assert gallery.trace("one", (), places[0]) is not traces[0]
    assert gallery.trace("one", ()) is plain
    for each, trace in zip(places, traces, strict=True):
        expected = NETWORK(changed(gallery.input("one"), each))
        np.testing.assert_array_equal(trace["output"], expected["output"])


def test_kernels_and_picture_are_changed_together(gallery):
    changes = Changes(("blur",))
    first = gallery.trace("one", (), changes)
    both = gallery.trace("one", (EDIT,), changes)
    assert both["relu_2_1"] is first["relu_2_1"]
    fresh = Gallery(NETWORK, {"one": picture(NETWORK, 1)}).trace("one", (EDIT,), changes)
    np.testing.assert_array_equal(both["output"], fresh["output"])
    share = gallery.trained_answer("one", changes)[1]
    assert share == pytest.approx(float(first["output"].max()))
    assert gallery.trained_answer("one")[1] == pytest.approx(
        float(gallery.trace("one", ())["output"].max())
    )


def test_another_own_picture_is_changed_in_place_of_the_one_before(gallery):
    changes = Changes(("grey",))
    gallery.take_up(picture(NETWORK, 3))
    before = gallery.trace(OWN_PICTURE, (), changes)
    gallery.take_up(picture(NETWORK, 4))
    assert (gallery.trace(OWN_PICTURE, (), changes)["input"] != before["input"]).any()
