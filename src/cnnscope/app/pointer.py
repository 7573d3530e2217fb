"""Pointing at nodes and maps, by mouse, pen or finger."""

from cnnscope.panels.base import Desk
from cnnscope.panels.playground.controller import PlaygroundPanel
from cnnscope.panels.playground.drawing import PREFIX
from cnnscope.state.state import Card, Explained, Node, Place
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.units import FRAME, unit_at
from cnnscope.views.dense.numbers import pointed_feature, weighed
from cnnscope.views.dense.selection import feature_under
from cnnscope.views.weighted_sum.cells import CELLS
from cnnscope.views.weighted_sum.layout import WeightedSumLayout
from cnnscope.views.weighted_sum.numbers import unit_of_cell


class Pointer:
    """The pointer of one page."""

    def __init__(self, desk: Desk, playground: PlaygroundPanel) -> None:
        """Point at a desk, and in its playground."""
        self.desk = desk
        self.playground = playground

    def point(self, frame: str, row: int, col: int) -> None:
        """The pointer over a cell of a map: in the card, of what is explained, to play with."""
        if frame.startswith(PREFIX):
            self.playground.point(frame, row, col)
            return
        model = self.desk.model
        if frame.startswith(CELLS) and isinstance(model.detail, WeightedSumLayout):
            self.mark(unit_of_cell(model.numbers, model.detail.grid, row, col))
            return
        match model.state.focus:
            case Card(cell=cell):
                if (row, col) != cell:
                    self.desk.dispatch("cell", row, col)
            case Explained() if model.has_features:
                self.point_feature(frame, row, col)
            case Explained() if frame == FRAME:
                self.point_unit(row, col)
            case Explained() if model.is_swept:
                self.point_window(frame, row, col)

    def point_window(self, frame: str, row: int, col: int) -> None:
        """Put the window where it makes an output cell, or where it is about an input cell."""
        model, place = self.desk.model, (row, col)
        if frame == "input":
            place = model.numbers.place_over(row, col)
        if place != model.sweep.place or model.sweep.playing:
            self.desk.dispatch("window", *place)

    def point_unit(self, row: int, col: int) -> None:
        """Point at the unit whose cell of a strip it is."""
        model = self.desk.model
        assert isinstance(model.detail, ChannelwiseLayout)
        if model.detail.units is not None:
            unit = unit_at(model, model.detail.units, row, col)
            if unit != model.state.pointer.node:
                self.desk.dispatch("hover", unit, None)

    def point_feature(self, frame: str, row: int, col: int) -> None:
        """Mark the feature of the flattened maps that a cell of a frame shows."""
        model = self.desk.model
        numbers = weighed(model, model.numbers)
        now = pointed_feature(model, numbers)
        feature = feature_under(model.trained, numbers, frame, (row, col), now)
        if feature is not None and feature != model.explained.feature:
            self.desk.dispatch("element", feature)

    def hover(self, node: Node | None, cell: Place | None) -> None:
        """The pointer over a node, or over none; over a source, the window goes there too."""
        self.desk.dispatch("hover", node, cell)
        model = self.desk.model
        if model.detail is None or node is None or cell is None:
            return
        if node in model.detail.sources:
            self.point(f"map/{node.channel}" if model.has_features else "input", *cell)

    def mark(self, channel: int | None) -> None:
        """The pointer over a class among softmax's numbers, or over none; over a map's bar.

        A map stays marked until another is.
        """
        model = self.desk.model
        if model.facts is not None and model.facts.maps:
            if channel not in (None, model.explained.marked_map):
                self.desk.dispatch("map", channel)
            return
        if channel != model.state.pointer.marked:
            self.desk.dispatch("mark", channel)
