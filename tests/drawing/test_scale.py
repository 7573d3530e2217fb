import pytest

from cnnscope.drawing.scale import (
    Domain,
    below_one,
    number,
    one_in,
    percent,
    proportion,
    symmetric,
    ticks,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.005, "1.00"), (-0.3, "−0.30"), (-0.001, "0.00"), (0.0, "0.00"), (-12.345, "−12.35")],
)
def test_numbers_have_a_real_minus_sign_and_no_negative_zero(value, written):
    assert number(value) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "<0.1~%"), (0.0004, "<0.1~%"), (0.0006, "0.1~%"), (0.5, "50.0~%"),
        (0.9994, "99.9~%"), (0.9999, ">99.9~%"), (1.0, ">99.9~%"),
    ],
)  # fmt: skip
def test_a_probability_is_never_rounded_to_certainty(share, written):
    assert percent(share) == written.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(0, 9, "0.0~%"), (9, 9, "100.0~%"), (1, 3, "33.3~%"), (1, 9000, "<0.1~%"),
     (8999, 9000, ">99.9~%")],
)  # fmt: skip
def test_what_was_counted_may_be_none_or_all(part, whole, written):
    assert proportion(part, whole) == written.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("share", "written"),
    [(3.5e-5, "28,600"), (0.00049, "2,040"), (0.1, "10"), (1 / 3, "3"), (1e-9, "1,000,000,000"),
     (0.99, "1"), (1e-12, "1,000,000,000,000"), (3e-20, "10²⁰"), (5e-324, "10⁴⁵"), (0.0, "10⁴⁵")],
)  # fmt: skip
def test_how_rare_something_is_is_told_to_three_figures(share, written):
    assert one_in(share) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.9997, "99.97~%"), (0.99994, "99.99~%"), (0.99996, ">99.99~%"), (0.00004, "<0.01~%"),
     (1.0, ">99.99~%"), (0.356, "35.60~%")],
)  # fmt: skip
def test_nor_with_more_decimals(share, written):
    assert percent(share, 2) == written.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.5, "0.5000"), (0.9997, "0.9997"), (0.99997, "0.99997"), (0.9999996, "0.9999996"),
     (1.0, "1.0000")],
)  # fmt: skip
def test_what_is_below_one_is_not_written_as_one(share, written):
    assert below_one(share) == written


def test_a_domain_is_symmetric_and_never_empty():
    assert symmetric(2.5) == Domain(-2.5, 2.5)
    assert symmetric(0) == Domain(-1, 1)


def test_ticks_run_from_end_to_end():
    assert ticks(Domain(-2, 2), 5) == [-2, -1, 0, 1, 2]
