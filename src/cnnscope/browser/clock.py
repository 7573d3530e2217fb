"""The browser's clock: its frames, and calls that come later."""

from collections.abc import Callable

from js import requestAnimationFrame, setTimeout, window
from pyodide.ffi import create_once_callable
from pyscript.ffi import create_proxy

IDLE_DELAY = 1000  # ms, where a browser does not say when it is idle

Tick = Callable[[float], None]
"""Called with the time of a frame, in seconds."""


class Clock:
    """Calls functions at each frame, one for each name, while there are any."""

    def __init__(self) -> None:
        """Nothing runs yet, and nobody is told of a tick that fails."""
        self.ticks: dict[str, Tick] = {}
        self.fail: Callable[[Exception], None] = lambda error: None
        self.is_waiting = False
        self.frame = create_proxy(self.on_frame)

    def run(self, tick: Tick | None, name: str) -> None:
        """Call ``tick`` with the time in seconds at each frame; None stops that of the name."""
        if tick is None:
            self.ticks.pop(name, None)
        else:
            self.ticks[name] = tick
        self.wait()

    def wait(self) -> None:
        """Ask for the next frame, once."""
        if self.ticks and not self.is_waiting:
            self.is_waiting = True
            requestAnimationFrame(self.frame)

    def on_frame(self, milliseconds: float) -> None:
        """A frame: the time is that of its beginning."""
        self.is_waiting = False
        try:
            for name in tuple(self.ticks):
                self.tick(name, milliseconds / 1000)
        finally:
            self.wait()

    def tick(self, name: str, seconds: float) -> None:
        """Call one function; one that fails is told of and not called again."""
        tick = self.ticks.get(name)
        if tick is None:
            return
        try:
            tick(seconds)
        except Exception as error:
            self.ticks.pop(name, None)
            self.fail(error)
            raise

    def next(self, call: Callable[[], None]) -> None:
        """Call something once, at the next frame."""
        requestAnimationFrame(create_once_callable(lambda _time: call()))

    def idle(self, call: Callable[[], None]) -> None:
        """Call something once when the browser has nothing better to do."""
        wait = getattr(window, "requestIdleCallback", None) or (lambda f: setTimeout(f, IDLE_DELAY))
        wait(create_once_callable(lambda *_deadline: call()))

    def after(self, milliseconds: int, call: Callable[[], None]) -> None:
        """Call something once, so many milliseconds from now."""
        setTimeout(create_once_callable(call), milliseconds)
