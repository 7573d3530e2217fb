from itertools import pairwise

import numpy as np
import pytest

from cnnscope.panels.pad.sketch import (
    MOST_POINTS,
    Sketch,
    begun,
    cleared,
    clipped,
    extended,
    redone,
    undone,
)


def drawn(*places, sketch=None):
    """A sketch with one more line over some places."""
    sketch = begun(sketch or Sketch(), places[0])
    for start, end in pairwise(places):
        sketch = extended(sketch, start, end)
    return sketch


def test_a_pen_that_is_set_down_and_lifted_leaves_a_dot():
    assert drawn((0.5, 0.5)).lines == (((0.5, 0.5),),)


def test_a_line_goes_on_where_it_ended():
    assert drawn((0, 0), (0.5, 0.5), (1, 0)).lines == (((0, 0), (0.5, 0.5), (1, 0)),)


def test_a_line_that_leaves_the_pad_and_comes_back_is_two_lines_and_one_stroke():
    sketch = drawn((0.5, 0.5), (1.5, 0.5), (1.5, 0.75), (0.5, 0.75))
    assert sketch.lines == (((0.5, 0.5), (1, 0.5)), ((1, 0.75), (0.5, 0.75)))
    assert undone(sketch).lines == ()


@pytest.mark.parametrize("seed", range(20))
def test_what_is_kept_of_a_line_is_what_lies_on_the_pad(seed):
    start, end = np.random.default_rng(seed).uniform(-1, 2, (2, 2))
    shares = np.linspace(0, 1, 100_001)[:, None]
    places = start + shares * (end - start)
    within = places[((places >= 0) & (places <= 1)).all(axis=1)]
    kept = clipped(tuple(start), tuple(end))
    if not len(within):
        assert kept is None or np.abs(np.subtract(*kept)).max() < 1e-4
    else:
        assert np.abs(np.array(kept) - within[[0, -1]]).max() < 1e-4


def test_strokes_are_taken_back_and_drawn_again_in_turn():
    first = drawn((0, 0), (1, 1))
    second = drawn((0, 1), (1, 0), sketch=first)
    back = undone(second)
    assert back.lines == first.lines
    assert undone(back).lines == () == undone(undone(back)).lines
    assert redone(redone(undone(back))).lines == second.lines
    assert redone(second) == second
    assert redone(drawn((0.5, 0.5), sketch=back)).lines != second.lines


def test_a_wiped_pad_can_be_had_back():
    sketch = drawn((0, 0), (1, 1))
    assert cleared(sketch).lines == ()
    assert undone(cleared(sketch)).lines == sketch.lines
    assert cleared(Sketch()) == Sketch()


def test_a_drawing_of_thousands_of_places_keeps_its_course_in_fewer():
    angles = np.linspace(0, 60, 5001)
    places = [(0.5 + 0.4 * np.cos(a), 0.5 + 0.4 * np.sin(a)) for a in angles.tolist()]
    sketch = Sketch()
    sketch = drawn(*places[:2500], sketch=sketch)
    sketch = drawn(*places[2500:], sketch=sketch)
    assert MOST_POINTS / 4 < sum(map(len, sketch.lines)) <= MOST_POINTS
    for line, ends in zip(sketch.lines, ((0, 2499), (2500, 5000)), strict=True):
        assert (line[0], line[-1]) == tuple(places[end] for end in ends)
        steps = np.hypot(*np.diff(np.array(line), axis=0).T)
        assert steps.max() < 0.1


def test_thousands_of_dots_are_no_more_than_a_pad_keeps():
    sketch = Sketch()
    for number in range(MOST_POINTS + 10):
        sketch = drawn((0.5, 0.5), (0.5, number / MOST_POINTS / 2), sketch=sketch)
    assert sum(map(len, sketch.lines)) <= 2 * MOST_POINTS
