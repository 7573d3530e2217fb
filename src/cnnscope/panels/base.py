"""What the parts of the application (commands, keys, addresses, player...) ask of it."""

from collections.abc import Sequence
from typing import Any, Protocol

from cnnscope.nn.network import Network, Trace
from cnnscope.panels.browser_protocol import Browser
from cnnscope.pictures.gallery import Gallery
from cnnscope.state.state import State
from cnnscope.text import Text
from cnnscope.views.shared.context import Context
from cnnscope.views.shared.detail_layout import DetailLayout
from cnnscope.views.shared.network_plan import Plan


class Pressed(Protocol):
    """A part of the page that has keys of its own."""

    def press(self, key: str) -> bool: ...  # noqa: D102


class Explaining(Protocol):
    """An application that explains a node."""

    browser: Browser
    state: State
    trained: Network
    plan: Plan
    embed: str | None

    @property
    def text(self) -> Text: ...  # noqa: D102
    @property
    def known_pictures(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def guide(self) -> Pressed: ...  # noqa: D102
    def trained_trace(self, picture: str | None = None) -> Trace: ...  # noqa: D102
    @property
    def context(self) -> Context: ...  # noqa: D102
    @property
    def expansion(self) -> DetailLayout | None: ...  # noqa: D102
    @property
    def explanation(self) -> Any: ...  # noqa: D102

    def act(self, name: str, argument: str = "") -> None: ...  # noqa: D102
    def dispatch(self, name: str, *arguments: Any) -> None: ...  # noqa: D102
    def point(self, frame: str, row: int, col: int) -> None: ...  # noqa: D102
    def word_about_picture(self) -> str | None: ...  # noqa: D102
    def begin(self) -> None: ...  # noqa: D102
    def hush(self) -> None: ...  # noqa: D102
    def say_value(self) -> None: ...  # noqa: D102
    def fill_card(self) -> None: ...  # noqa: D102


class Showing(Explaining, Protocol):
    """An application that can be given another state to show."""

    classes: Sequence[str]
    gallery: Gallery
    screen: Any

    @property
    def picture(self) -> str: ...  # noqa: D102

    def settle(self, state: State, before: State | None = None) -> State: ...  # noqa: D102
    def show(self, state: State) -> None: ...  # noqa: D102
