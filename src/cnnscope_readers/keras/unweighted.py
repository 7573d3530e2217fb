"""Layers of Keras without weights: pooling, flattening, and what shapes a picture at the front."""

import math
from collections.abc import Callable
from typing import Any

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.making import NONE, Making
from cnnscope_readers.keras.told import Step, flag, pair, refuse


def max_pooling2d(making: Making, step: Step) -> None:
    """The largest value of each window. Raises RefusedError."""
    making.expect_maps(step)
    making.expect_unpadded()
    making.add(step, "max_pool2d", _window(making, step))


def average_pooling2d(making: Making, step: Step) -> None:
    """The mean of each window; padding does not count, zeros that a layer added do."""
    making.expect_maps(step)
    are_zeros = making.padding != NONE
    if step.config.get("padding", "valid") != "valid":
        making.expect_unpadded()
    settings = _window(making, step)
    making.add(step, "avg_pool2d", {**settings, "count_include_pad": are_zeros})


def _window(making: Making, step: Step) -> dict[str, Any]:
    size = pair(step, "pool_size", (2, 2))
    stride = pair(step, "strides", size)
    padding = making.slide(step, making.shape[0], size, stride)
    if any(max(added) > reach // 2 for added, reach in zip(padding, size, strict=True)):
        raise refuse(step, "padding")
    return {"size": list(size), "stride": list(stride), "padding": [list(each) for each in padding]}


def pooling_of_all(type_: str) -> Callable[[Making, Step], None]:
    """One value of each whole map, which Keras hands on as a vector."""

    def pool(making: Making, step: Step) -> None:
        making.expect_maps(step)
        making.expect_unpadded()
        making.add(step, type_)
        making.shape = (making.shape[0], 1, 1)
        if not flag(step, "keepdims", False):
            flatten(making, step)

    return pool


def flatten(making: Making, step: Step) -> None:
    """All values of maps in a row, the channels of each place together."""
    making.expect_unpadded()
    if len(making.shape) == 1:
        return
    channels, rows, cols = making.shape
    if channels is None or rows is None or cols is None:
        raise RefusedError("input_size", shape=making.shape)
    making.add(step, "flatten")
    making.flat = (rows, cols, channels)
    making.shape, making.is_plane = (math.prod(making.flat),), False


def reshape(making: Making, step: Step) -> None:
    """Another shape, where it is none, or a picture's own, or a flattening, or undoes one."""
    wanted = _wanted(making, step)
    making.expect_unpadded()
    channels, *places = making.shape
    last = making.entries[-1].type if making.entries else ""
    is_picture = len(making.shape) == 3 and not making.is_plane
    if making.is_front and len(wanted) == 3 and not is_picture:
        rows, cols, channels = wanted
        making.shape, making.is_plane = (channels, rows, cols), False
    elif len(wanted) == 1 and len(making.shape) == 3:
        flatten(making, step)
    elif len(wanted) == 3 and last == "flatten" and tuple(wanted) == making.flat:
        making.entries.pop()
        making.shape, making.flat = (wanted[2], wanted[0], wanted[1]), None
    elif wanted != [*places, channels] or making.is_plane:
        raise refuse(step, "target_shape")


def _wanted(making: Making, step: Step) -> list[int]:
    """The shape that is asked for, with the size that it leaves open."""
    told, held = step.config.get("target_shape"), making.shape
    known = [each for each in held if each is not None]
    if not isinstance(told, list) or len(known) < len(held) or not 1 <= len(told) <= 3:
        raise refuse(step, "target_shape")
    if any(not isinstance(each, int) or each < -1 or each == 0 for each in told):
        raise refuse(step, "target_shape")
    total, rest = math.prod(known), math.prod(each for each in told if each > 0)
    wanted = [each if each > 0 else total // rest for each in told]
    if told.count(-1) > 1 or math.prod(wanted) != total:
        raise refuse(step, "target_shape")
    return wanted


def resizing(making: Making, step: Step) -> None:
    """A size for pictures of any size; the page makes its pictures so large itself."""
    wanted = step.config.get("height"), step.config.get("width")
    is_open = making.is_front and len(making.shape) == 3 and making.shape[1:] == (None, None)
    if not is_open and making.shape[1:] != wanted:
        raise RefusedError("layer", layer=step.name, kind=step.kind)
    rows, cols = pair(Step(step.kind, step.name, {"size": list(wanted)}), "size")
    making.shape = (making.shape[0], rows, cols)


def nothing(making: Making, step: Step) -> None:
    """Of what only trains, or does nothing."""
