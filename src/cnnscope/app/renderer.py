"""Rendering: a region is drawn or painted again when what it depends on changed.

renderer = Renderer(page, regions)
renderer.draw(model)          # everything
renderer.draw(model)          # nothing
renderer.forget("playground") # its place on the page is another
"""

from collections.abc import Collection, Hashable, Sequence

from cnnscope.panels.base import Region
from cnnscope.panels.browser_protocol import Page
from cnnscope.views.shared.model import Model


class Renderer:
    """Draws the regions of one page, in their order; none can hide another."""

    def __init__(self, page: Page, regions: Sequence[Region]) -> None:
        """Draw on a page; nothing is drawn yet. Raises ValueError for two regions of one name."""
        names = [region.name for region in regions]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"regions: expected each name once, got twice {sorted(twice)}")
        self.page = page
        self.regions = regions
        self.drawn: dict[str, Hashable] = {}
        self.mounted = 0  # how many regions were drawn

    def draw(self, model: Model, but: Collection[str] = ()) -> None:
        """Draw what is not as the model has it; ``but`` are regions that can wait."""
        for region in self.regions:
            if region.name in but:
                continue
            key = region.depends(model)
            if region.name not in self.drawn or self.drawn[region.name] != key:
                self.drawn[region.name] = key
                self.mounted += 1
                region.draw(model, self.page)

    def forget(self, prefix: str) -> None:
        """Have the regions whose names begin so be drawn anew."""
        self.drawn = {n: key for n, key in self.drawn.items() if not n.startswith(prefix)}
