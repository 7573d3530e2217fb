"""Addresses of the page, and what the history remembers of a step beside its address.

address_of("view=conv_1_1/3")      # "#view=conv_1_1/3"
step_of("own1")                    # "own/own1": of a network that no address names
"""

from typing import Any

from js import location

from cnnscope.state.mended import moved

OWN = "own"
"""State of a step in the history that this page made, which a typed address has not."""


def whole_address() -> str:
    """The page's own address, with what of its query belongs behind ``#`` there."""
    given = str(location.search), str(location.hash).removeprefix("#")
    query, fragment = moved(*given)
    if (query, fragment) == given:
        return str(location.href)
    return f"{page_address()}{query}{'#' if fragment else ''}{fragment}"


def page_address() -> str:
    """Where the page lies; with its host, as a path with two slashes would be taken for one."""
    return (
        f"{location.protocol}//{location.host}{location.pathname}"  # a file's origin says nothing
    )


def address_of(text: str) -> str:
    """An address with a fragment, or without one; whole: a frame's may have another's base."""
    here = str(location.href).partition("#")[0]
    return f"{here}#{text}" if text else here


def step_of(own: str) -> str:
    """What the history remembers of a step: that this page made it, and of which network."""
    return f"{OWN}/{own}" if own else OWN


def own_of_step(step: Any) -> str:
    """The visitor's network that a step was of."""
    return step.partition("/")[2] if isinstance(step, str) else ""
