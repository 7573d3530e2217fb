import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from cnnscope.drawing.rounding import Sum, product, thousandths


@pytest.mark.parametrize(
    ("value", "counted"),
    [(0.1234, 123), (0.1236, 124), (-0.1236, -124), (0.0, 0), (-0.0001, 0), (12.0, 12000)],
)
def test_values_are_counted_in_thousandths(value, counted):
    assert thousandths(value) == counted


def test_a_product_is_that_of_the_displayed_factors_rounded_as_in_school():
    rng = random.Random(5)
    for _ in range(5000):
        a, b = rng.randrange(-3000, 3000), rng.randrange(-3000, 3000)
        exact = Decimal(a) / 1000 * (Decimal(b) / 1000)
        expected = exact.quantize(Decimal("0.001"), ROUND_HALF_UP)
        assert Decimal(product(a, b)) / 1000 == expected, (a, b)


@pytest.mark.parametrize(
    ("a", "b", "made"), [(500, 1, 1), (-500, 1, -1), (499, 1, 0), (-1, -500, 1), (0, -7, 0)]
)
def test_half_a_thousandth_is_rounded_away_from_zero(a, b, made):
    assert product(a, b) == made


def test_terms_and_rounding_add_up_to_the_total_exactly():
    rng = random.Random(6)
    for _ in range(1000):
        values = [rng.uniform(-2, 2) for _ in range(rng.randrange(1, 30))]
        added = Sum.of(values, sum(values))
        assert sum(added.terms) + added.rounding == added.total
        assert abs(added.rounding) <= (len(values) + 1) / 2
        assert added.total == pytest.approx(1000 * sum(values), abs=0.5001)


def test_without_anything_rounded_there_is_no_rounding():
    assert Sum.of([0.125, -0.25, 1.0], 0.875).rounding == 0
