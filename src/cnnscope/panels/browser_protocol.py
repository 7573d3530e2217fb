"""What the application asks of a page; a browser has one, and tests have another."""

from collections.abc import Callable
from typing import Protocol

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Pose
from cnnscope.views.shared.network_plan import Viewport


class Page(Protocol):
    """All that is asked of a page."""

    def viewport(self) -> Viewport: ...  # noqa: D102
    def read_hash(self) -> str: ...  # noqa: D102
    def write_hash(self, text: str, *, push: bool, own: str | None = None) -> None: ...  # noqa: D102
    def own_network(self) -> str: ...  # noqa: D102
    def holds(self, key: str, name: str, value: str) -> bool: ...  # noqa: D102
    def mount(self, region: str, markup: str) -> None: ...  # noqa: D102
    def flush_layout(self) -> None: ...  # noqa: D102
    def pose(self, pose: Pose) -> None: ...  # noqa: D102
    def paint(self, key: str, rgba: Rgba) -> None: ...  # noqa: D102
    def focus(self, key: str) -> None: ...  # noqa: D102
    def focused(self) -> str: ...  # noqa: D102
    def scroll_into_view(self, key: str) -> None: ...  # noqa: D102
    def reveal(self, key: str) -> None: ...  # noqa: D102
    def later(self, call: Callable[[], None]) -> None: ...  # noqa: D102
    def animate(self, tick: Callable[[float], None] | None, clock: str) -> None: ...  # noqa: D102
    def is_still(self) -> bool: ...  # noqa: D102
    def sample_address(self, sample: str) -> str: ...  # noqa: D102
    def fetch_network(self, name: str, done: Callable[[bytes | None], None]) -> None: ...  # noqa: D102
    def speak(self, language: str) -> None: ...  # noqa: D102
    def link(self, address: str) -> str: ...  # noqa: D102
    def copy(self, text: str, done: Callable[[bool], None]) -> None: ...  # noqa: D102
    def announce(self, text: str) -> None: ...  # noqa: D102
    def alert(self, text: str | None) -> None: ...  # noqa: D102
    def notice(self, *said: str | None) -> None: ...  # noqa: D102
