import itertools
import random

import pytest

from cnnscope.drawing.timeline import PACES, Pass, Slide


def test_a_slide_goes_row_by_row_through_every_cell_once():
    slide = Slide(rows=3, cols=4, speed=1)
    places = [slide.at((0, 0), second) for second in range(12)]
    assert places == [(row, col) for row in range(3) for col in range(4)]
    assert places[-1] == slide.last


def test_a_slide_stays_at_its_end():
    slide = Slide(rows=3, cols=4, speed=10)
    assert slide.at((0, 0), 1e6) == slide.at((2, 3), 0.5) == (2, 3)


def test_a_slide_begins_where_it_is_told_to_and_goes_on_into_the_next_row():
    slide = Slide(rows=60, cols=60, speed=40)
    assert slide.at((0, 58), 0) == (0, 58)
    assert slide.at((0, 58), 0.075) == (1, 1)
    assert slide.at((7, 0), 1.5) == (8, 0)


def test_a_slide_asked_for_any_two_seconds_never_runs_backwards():
    rng = random.Random(7)
    slide = Slide(rows=12, cols=7, speed=33.3)
    for _ in range(500):
        early, late = sorted(rng.uniform(0, 4) for _ in range(2))
        assert slide.at((2, 3), early) <= slide.at((2, 3), late)


def test_number_and_place_are_inverse_and_numbers_beyond_are_kept_on_the_way():
    slide = Slide(rows=3, cols=4, speed=1)
    assert [slide.index(slide.place(i)) for i in range(12)] == list(range(12))
    assert (slide.place(-1), slide.place(12)) == ((0, 0), (2, 3))


SIZES = [(62, 62), (60, 60), (30, 30), (13, 13), (4, 6), (3, 4), (1, 1)]


def reached(slide):
    """When each cell is first reached, by asking every 5 ms."""
    found = {}
    for tick in range(2_600):
        found.setdefault(slide.index(slide.at((0, 0), tick / 200)), tick / 200)
    return found


@pytest.mark.parametrize(("rows", "cols"), SIZES)
def test_a_pass_begins_with_cells_that_can_be_read(rows, cols):
    times = reached(Pass(rows, cols, 1))
    for cell in range(min(7, rows * cols)):
        assert times[cell] == pytest.approx(0.6 * cell, abs=0.006)


@pytest.mark.parametrize(("rows", "cols"), SIZES)
def test_a_pass_takes_twelve_seconds_at_most_whatever_the_size_of_the_map(rows, cols):
    slide = Pass(rows, cols, 1)
    needed = min(12.0, 0.6 * (rows * cols - 1))
    assert slide.at((0, 0), needed) == slide.last
    if rows * cols > 1:
        assert slide.at((0, 0), needed - 0.01) < slide.last


@pytest.mark.parametrize(("rows", "cols"), SIZES)
def test_a_pass_only_gets_faster(rows, cols):
    slide = Pass(rows, cols, 1)
    cells = [slide.cells(tick / 10) for tick in range(121)]
    steps = [after - before for before, after in itertools.pairwise(cells)]
    assert all(later >= step - 1 for step, later in itertools.pairwise(steps))
    assert cells == sorted(cells)


@pytest.mark.parametrize(("name", "factor"), [("slow", 4), ("medium", 1), ("fast", 0.25)])
def test_a_pace_is_a_factor_of_the_time(name, factor):
    slide, usual = Pass(60, 60, PACES[name]), Pass(60, 60, 1)
    for second in (0, 0.3, 2, 3.6, 7.5, 12):
        assert slide.at((0, 0), factor * second) == usual.at((0, 0), second)


@pytest.mark.parametrize(("rows", "cols"), SIZES)
def test_a_pass_goes_on_from_any_cell_where_it_was_and_as_fast(rows, cols):
    slide = Pass(rows, cols, 1)
    for cell in range(rows * cols):
        start = slide.place(cell)
        assert slide.at(start, 0) == start
        then = slide.at(start, 0.5)
        assert then == slide.at((0, 0), slide.seconds(cell) + 0.5)
