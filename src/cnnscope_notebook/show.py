"""Show and save: a model of one's own in the page.

show(model, classes=["cat", "dog"], picture="cat.jpg")         # in a notebook, a frame
save(model, "lesson.html", pictures=["cat.jpg", "dog.jpg"])    # one file
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from cnnscope.pictures.shipped import EXACT
from cnnscope_notebook.errors import ModelError
from cnnscope_notebook.frame import HEIGHT, Frame
from cnnscope_notebook.models import Scale, opened_of
from cnnscope_notebook.network_file import arrays_of, packed
from cnnscope_notebook.page import embedded, galleries, page_text
from cnnscope_notebook.pictures import named, taken
from cnnscope_own.opened import Opened, typed_names
from cnnscope_own.pictures import samples_for

Classes = str | Iterable[str] | Mapping[str, int] | None


def show(
    model: Any,
    *,
    classes: Classes = None,
    picture: Any = None,
    pictures: Any = None,
    scale: Scale = None,
    input_shape: Sequence[int] | None = None,
    exact: bool = False,
    height: int = HEIGHT,
) -> Frame:
    """The page with a model in it: in a notebook as the last line of a cell, else in the browser.

    ``classes`` are names in order, or a data set's ``class_to_idx``. ``picture``, or ``pictures``,
    are paths, Pillow's pictures or arrays: pixels as bytes or 0..1, or with ``exact`` what the
    model reads; without any, the page's own pictures are offered. ``scale`` says how pixels become
    numbers where the model does not: ``"unit"`` 0..1, ``"signed"`` -1..1, ``"bytes"``, ``"mnist"``,
    ``"imagenet"``, or means and standard deviations. ``input_shape`` is (channels, rows, columns),
    needed where more than one fits. ``height`` is in CSS pixels. Raises ModelError, which says
    which layer is not understood and why, and OSError.
    """
    shown = pictures if picture is None else picture
    frame = Frame(page_with(model, shown, classes, scale, input_shape, exact), height)
    if not in_notebook():
        frame.open()
    return frame


def save(
    model: Any,
    path: str | Path,
    *,
    classes: Classes = None,
    picture: Any = None,
    pictures: Any = None,
    scale: Scale = None,
    input_shape: Sequence[int] | None = None,
    exact: bool = False,
) -> Path:
    """Write the page with a model in it as one file, which opens by double-click; see ``show``."""
    shown = pictures if picture is None else picture
    return Frame(page_with(model, shown, classes, scale, input_shape, exact)).save(path)


def page_with(
    model: Any,
    pictures: Any = None,
    classes: Classes = None,
    scale: Scale = None,
    input_shape: Sequence[int] | None = None,
    exact: bool = False,
    page: str | None = None,
) -> str:
    """The page with a model and its pictures in it. Raises ModelError, OSError."""
    page = page_text() if page is None else page
    opened = with_classes(opened_of(model, input_shape, scale), names_of(classes))
    return embedded(
        page, file_of(opened, named(pictures) if has_any(pictures) else {}, page, exact)
    )


def file_of(opened: Opened, given: Mapping[str, Any], page: str, exact: bool) -> bytes:
    """A network with its pictures as the file that the page reads; those of the page, of none."""
    network = opened.network
    classes, arrays = opened.names(network), arrays_of(network)
    if not given:
        samples, strangers = samples_for(network, classes, galleries(page))
        return packed(arrays, classes, samples, strangers=sorted(strangers))
    samples, exactly = taken(given, opened, exact=exact)
    if exactly:
        arrays[EXACT] = np.stack(list(exactly.values()))
    return packed(arrays, classes, samples, exact=list(exactly))


def has_any(pictures: Any) -> bool:
    """Whether any picture is given; an array has no truth of its own."""
    return pictures is not None and not (isinstance(pictures, list | tuple | dict) and not pictures)


def names_of(classes: Classes) -> tuple[str, ...]:
    """Names of classes in their order."""
    match classes:
        case None:
            return ()
        case str():
            return typed_names(classes)
        case Mapping():
            return tuple(map(str, sorted(classes, key=lambda name: classes[name])))
    return tuple(map(str, classes))


def with_classes(opened: Opened, names: tuple[str, ...]) -> Opened:
    """The same with its classes called so. Raises ModelError where there are more or fewer."""
    if not names:
        return opened
    count = len(opened.names(opened.network))
    if len(names) != count:
        raise ModelError(f"classes: expected {count} names, got {len(names)}")
    return replace(opened, classes=names)


def in_notebook() -> bool:
    """Whether a notebook shows what a cell returns."""
    ipython: Any = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return getattr(shell, "kernel", None) is not None
