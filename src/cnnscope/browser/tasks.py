"""What takes its time: begun here, and kept until it is done.

The event loop itself would let go of it.

    tasks = Tasks()
    tasks.begin(read(file))

    await next_frame()   # within what was begun
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from js import window
from pyodide.ffi import create_once_callable


class Tasks:
    """What is under way."""

    def __init__(self) -> None:
        """Nothing is under way yet."""
        self.tasks: set[asyncio.Task[None]] = set()

    def begin(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run something that takes its time."""
        task = asyncio.ensure_future(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def next_frame() -> asyncio.Future[None]:
    """A future that is done when the browser draws its next frame."""
    frame: asyncio.Future[None] = asyncio.get_event_loop().create_future()
    window.requestAnimationFrame(create_once(frame))
    return frame


def create_once(frame: asyncio.Future[None]) -> Any:
    """A callback that ends a future and then frees itself."""
    return create_once_callable(lambda _time: frame.set_result(None))
