"""The language that the page speaks where Python does not draw it."""

from collections.abc import Hashable

from cnnscope.panels.base import language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.views.shared.model import Model


class Language:
    """Has the rest of the page speak another language, once one is chosen."""

    name = "language"

    def __init__(self) -> None:
        """Nothing was said yet; the page comes in the language that it is asked for in."""
        self.is_said = False

    def depends(self, model: Model) -> Hashable:
        """The language."""
        return language_of(model)

    def draw(self, model: Model, page: Page) -> None:
        """Speak it."""
        if self.is_said:
            page.speak(language_of(model))
        self.is_said = True
