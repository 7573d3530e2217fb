import numpy as np

from cnnscope.drawing.color import ACTIVATION
from cnnscope.drawing.heatmap import heatmap_over, striped
from cnnscope.drawing.scale import symmetric
from cnnscope.nn.map_alignment import Axis

SPREAD = Axis(1.0, 2.0, 2), Axis(0.0, 3.0, 2)


def over(values, picture=None):
    picture = np.full((3, 6, 6), 0.5, np.float32) if picture is None else picture
    values = np.array(values, np.float32)
    return heatmap_over(picture, values, SPREAD, ACTIVATION, symmetric(1.0))


def test_each_value_covers_its_own_pixels_and_the_rim_stays_bare():
    found = over([[1, -1], [0, 0.5]]).astype(int)
    bare = found[0, 0]
    assert (found[[0, 5]] == bare).all()
    blue, orange = found[1, 0], found[1, 5]
    assert blue[2] > blue[0]
    assert orange[0] > orange[2]
    assert (found[1:3, :3] == blue).all()
    assert (found[1:3, 3:] == orange).all()
    assert (found[3:5, :3] == bare).all()  # nothing covers where there is nothing
    assert not (found[3:5, 3:] == bare).all()


def test_the_larger_a_value_the_less_of_the_picture_is_seen():
    rng = np.random.default_rng(1)
    picture = rng.random((3, 6, 6)).astype(np.float32)
    spread = [over(np.full((2, 2), value), picture)[1:5].std(axis=(0, 1)).sum()
              for value in (0.0, 0.2, 0.6, 1.0)]  # fmt: skip
    assert spread == sorted(spread, reverse=True)
    assert spread[-1] > 0


def test_a_picture_of_one_channel_is_covered_alike():
    grey = np.full((1, 6, 6), 0.5, np.float32)
    np.testing.assert_array_equal(over([[1, 0], [0, -1]], grey), over([[1, 0], [0, -1]]))


def test_lines_stand_one_below_the_other_with_clear_rows_between():
    lines = [np.full((5, 4), 10 * k, np.uint8) for k in (1, 2, 3)]
    strip = striped(lines, 2, 1)
    assert strip.shape == (8, 5, 4)
    assert strip[:, 0, 0].tolist() == [10, 10, 0, 20, 20, 0, 30, 30]
    assert (strip[[2, 5]] == 0).all()
