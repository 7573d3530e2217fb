"""Arrays are made only of shapes that NumPy can have, and others are refused in words."""

import pytest

from cnnscope_readers.arrays import array, count
from cnnscope_readers.errors import RefusedError


@pytest.mark.parametrize("shape", [
    (0, 1 << 63), (0, 1 << 70), (1 << 70, 0), (10**4000,) * 8, (8001, 8000), (1 << 40,),
])  # fmt: skip
def test_a_shape_that_is_too_large_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(RefusedError) as refused:
        array("kernel", b"", "<f4", shape)
    assert refused.value.reason == "too_large"
    assert int(refused.value.values["got"]) > int(refused.value.values["limit"])


@pytest.mark.parametrize(
    ("shape", "amount"), [((), 1), ((0, 1 << 62), 0), ((8000, 8000), 64_000_000)]
)
def test_others_are_counted(shape: tuple[int, ...], amount: int) -> None:
    assert count("kernel", shape) == amount
