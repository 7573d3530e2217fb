import random

import pytest

from cnnscope.drawing.timeline import CELLS_PER_SECOND, Slide


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


@pytest.mark.parametrize(("name", "seconds"), [("slow", 5), ("medium", 1), ("fast", 0.1)])
def test_a_speed_crosses_so_many_cells_in_a_time(name, seconds):
    slide = Slide(rows=60, cols=60, speed=CELLS_PER_SECOND[name])
    assert slide.index(slide.at((0, 0), seconds)) == {"slow": 20, "medium": 60, "fast": 60}[name]
