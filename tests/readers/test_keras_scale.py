"""What scales pixels at the front of a Keras model becomes the scale of its pictures."""

from typing import Any

import numpy as np
import pytest

from cnnscope.nn.input_scale import InputScale
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found
from cnnscope_readers.keras import read_keras
from support.model_files.keras_files import Layer, conv, keras_archive, numbers

MEAN, VARIANCE = np.array([100, 120, 90.0]), np.array([3600, 2500, 4900.0])


def read(*front: Layer, shape: tuple[int | None, ...] = (6, 6, 3)) -> Found:
    return read_keras({"net": keras_archive([*front, conv(2, 3, 3)], shape)}, "net")


def rescaling(scale: Any, offset: Any = 0.0) -> Layer:
    return "Rescaling", {"scale": scale, "offset": offset}, {}


def normalization(mean: Any, variance: Any) -> Layer:
    held = {"mean": np.float32(mean), "variance": np.float32(variance), "count": np.int64([9])[0]}
    return "Normalization", {"axis": [-1]}, {key: np.asarray(each) for key, each in held.items()}


def test_nothing_at_the_front_says_nothing_of_the_scale() -> None:
    assert read().scale is None


@pytest.mark.parametrize(("layer", "scale"), [
    (rescaling(1 / 255), InputScale.unit()),
    (rescaling(1 / 127.5, -1), InputScale.signed()),
    (rescaling(2.0, -1.0), InputScale.signed()),  # of pixels that are 0 to 1
    (rescaling(1.0), InputScale.unit()),
    (rescaling(-1 / 255, 1.0), InputScale.unit(is_inverted=True)),
])  # fmt: skip
def test_a_rescaling_is_known_by_its_line(layer: Layer, scale: InputScale) -> None:
    assert read(layer).scale == scale
    assert [entry.type for entry in read(layer).layers] == ["conv2d"]


@pytest.mark.parametrize("front", [
    [normalization(MEAN, VARIANCE)],
    [("Normalization", {"mean": list(MEAN), "variance": list(VARIANCE)}, {})],
    [rescaling(1 / 255), normalization(MEAN / 255, VARIANCE / 255**2)],
    [rescaling(1 / 255, 0.5), normalization(MEAN / 255 + 0.5, VARIANCE / 255**2)],
    [rescaling(list(1 / np.sqrt(VARIANCE)), list(-MEAN / np.sqrt(VARIANCE)))],
])  # fmt: skip
def test_a_normalization_by_channel_is_applied_to_pixels_of_0_to_255(front: list[Layer]) -> None:
    scale = read(*front).scale
    assert scale is not None
    pixels = np.random.default_rng(1).integers(0, 256, (3, 4, 4))
    expected = (pixels - MEAN[:, None, None]) / np.sqrt(VARIANCE)[:, None, None]
    got = scale.numbers((pixels / 255).astype(np.float32))
    np.testing.assert_allclose(got, expected, atol=1e-5)


def test_a_normalization_of_pixels_of_0_to_1_is_told_from_that() -> None:
    scale = read(normalization(MEAN / 255, VARIANCE / 255**2)).scale
    assert scale is not None
    np.testing.assert_allclose(scale.mean, MEAN / 255, rtol=1e-6)
    np.testing.assert_allclose(scale.std, np.sqrt(VARIANCE) / 255, rtol=1e-6)


def test_a_picture_of_any_size_gets_the_one_that_it_is_resized_to() -> None:
    resizing: Layer = ("Resizing", {"height": 12, "width": 9}, {})
    assert read(resizing, rescaling(1 / 255), shape=(None, None, 3)).input_shape == (3, 12, 9)


@pytest.mark.parametrize("front", [
    [conv(3, 3, 1), rescaling(1 / 255)],  # not at the front
    [rescaling(0.0)],
    [rescaling([1.0, -1.0, 1.0])],
    [rescaling([1.0, 1.0])],
    [rescaling("large")],
    [rescaling(1e300), rescaling(1e300)],
    [normalization(numbers(3), [-1.0, 1, 1])],
    [("Normalization", {"axis": [1]}, {})],
    [("Normalization", {"invert": True}, {})],
    [("Resizing", {"height": 12, "width": 9}, {})],  # from another size that is told
])  # fmt: skip
def test_what_is_no_scale_is_refused(front: list[Layer]) -> None:
    with pytest.raises(RefusedError) as refused:
        read(*front)
    assert refused.value.reason in ("layer", "setting")
