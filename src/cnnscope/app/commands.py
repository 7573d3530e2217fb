"""Actions of the page's elements, by name: open, close, play, choose, change."""

from collections.abc import Mapping

from cnnscope.app.announcer import Announcer
from cnnscope.app.pointer import Pointer
from cnnscope.panels.base import Action, Desk
from cnnscope.panels.player import Player
from cnnscope.state.state import (
    SOFTMAX,
    Card,
    Explained,
    InputCard,
    LayerCard,
    Node,
    parse_node,
)
from cnnscope.state.validation import has_node
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.turning import TURNS
from cnnscope.views.convolution.arithmetic import (
    PRESET,
    arithmetic_title,
    has_dock,
    shown_channel,
)
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.convolution.rows import OTHERS, row_keys
from cnnscope.views.overview.drawing import announcement
from cnnscope.views.overview.receptive_field import field_line
from cnnscope.views.registry import is_first_view, view_facts, view_of
from cnnscope.views.shared.model import Model, node_name
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.softmax.rows import name_key


class Commands:
    """The commands of one page that belong to no panel."""

    def __init__(self, desk: Desk, player: Player, pointer: Pointer, announcer: Announcer) -> None:
        """Carry them out at a desk."""
        self.desk = desk
        self.player = player
        self.pointer = pointer
        self.announcer = announcer
        plain = ("overview", "details", "parts")
        chosen = ("picture", "scale", "speed", "language", "layer")
        self.actions: Mapping[str, Action] = {
            **{name: self.plainly(name) for name in plain},
            **{name: self.with_argument(name) for name in chosen},
            "close": lambda _: self.close(),
            "leave": self.leave,
            "open": self.open,
            "channel": self.open_channel,
            "neighbour": self.open_neighbour,
            "normalise": lambda _: self.show_softmax(),
            "logits-shift": lambda _: self.shift_logits(),
            "logits-reset": lambda _: self.reset_logits(),
            "every-number": lambda _: self.show_every_number(),
            "maps": self.plainly("maps"),
            "map": self.mark_map,
            "rival": lambda argument: self.choose("rival", argument),
            "element": lambda argument: self.choose("element", argument),
            "original": lambda _: self.open_picture(),
            "field": lambda _: self.toggle_field(),
            "reset": lambda _: self.reset_kernels(),
            "relu": lambda _: self.toggle_relu(),
            "class": self.choose_class,
            "sum": self.show_sum,
            "page": self.show_page,
            "unfold": lambda _: self.unfold(),
            "unit": lambda _: self.open_pointed(),
        }

    def plainly(self, name: str) -> Action:
        """A step of the state, whatever the argument."""
        return lambda _: self.desk.dispatch(name)

    def with_argument(self, name: str) -> Action:
        """A step of the state with the argument."""
        return lambda argument: self.desk.dispatch(name, argument)

    def leave(self, where: str) -> None:
        """Close a card, by a press beside it; an explanation, by one on empty ground."""
        focus = self.desk.model.state.focus
        if isinstance(focus, Card | InputCard | LayerCard) or (
            where and isinstance(focus, Explained)
        ):
            self.close()

    def close(self) -> None:
        """Go one level up; a channel's arithmetic is a level only where it lies over the rest.

        Where the first view of a node is no other, it is the whole network.
        """
        model = self.desk.model
        is_top = has_dock(model) or is_first_view(model.trained, model.state.focus)
        self.desk.dispatch("overview" if is_top else "close")

    def show_softmax(self) -> None:
        """Go on from a class's logit to its probability, which is built up."""
        self.desk.dispatch("normalise")
        self.player.begin()

    def choose_class(self, channel: str) -> None:
        """Explain the probability of another class; the keyboard stays on its row."""
        match self.desk.model.state.focus:
            case Explained(Node(layer, shown), view) if (
                view == SOFTMAX and channel.isdecimal() and int(channel) != shown
            ):
                self.open(f"{layer}/{channel}")
                self.desk.page.focus(name_key(int(channel)))

    def show_sum(self, channel: str) -> None:
        """Show the sum that a class's logit is."""
        focus = self.desk.model.state.focus
        if isinstance(focus, Explained) and focus.view == SOFTMAX and channel.isdecimal():
            self.desk.dispatch("sum", int(channel))

    def show_every_number(self) -> None:
        """Go on from what each map adds to a logit to every number behind it."""
        self.desk.dispatch("every-number")
        self.player.begin()

    def mark_map(self, argument: str) -> None:
        """Lay over the picture what one of the last maps adds, or all of them."""
        if argument.isdecimal():
            self.pointer.mark(int(argument))

    def shift_logits(self) -> None:
        """Add one to every logit."""
        model = self.desk.model
        if model.facts is not None and model.facts.has_logits:
            self.desk.dispatch("logits", model.numbers.shifted(model.explained.logits, 1.0))

    def reset_logits(self) -> None:
        """Give the logits back, and say what that gives."""
        self.desk.dispatch("logits-reset")
        self.announcer.announce_value()

    def choose(self, name: str, argument: str) -> None:
        """Choose a class to compare with, or a feature to mark; say what that shows."""
        model = self.desk.model
        match model.state.focus:
            case Explained(contrast=contrast) if model.facts is not None:
                if argument.isdecimal():
                    self.desk.dispatch(name, int(argument))
                elif name == "rival" and contrast is not None:
                    self.desk.dispatch(name, contrast)
                if not model.facts.is_built_up:
                    self.announcer.announce_value()

    def has_no_field(self) -> bool:
        """Whether a view is open that stands on no cell: a class sees the whole picture."""
        model = self.desk.model
        match model.state.focus:
            case Explained(node) as focus:
                return view_of(model.network, focus).pointed_cell(model, node) is None
            case _:
                return False

    def open_picture(self) -> None:
        """Show the picture itself; in an explanation, what of it a value can see."""
        if isinstance(self.desk.model.state.focus, Explained):
            self.toggle_field()
        else:
            self.desk.dispatch("original")

    def toggle_field(self) -> None:
        """Draw receptive fields or no longer, and say which."""
        if self.has_no_field():
            return
        self.desk.dispatch("field")
        model = self.desk.model
        key = "field.on" if model.state.field else "field.off"
        self.desk.announce(model.text(key), field_line(model))

    def reset_kernels(self) -> None:
        """Give all kernels back and say so; the focus was on what is now hidden."""
        self.desk.dispatch("reset")
        model, page = self.desk.model, self.desk.page
        self.desk.announce(model.text("edited.none"), announcement(model))
        match model.state.focus:
            case Explained() if shown_channel(model) is not None:
                page.focus(PRESET)
            case Explained():
                page.focus(OUTPUT)
            case _:
                page.focus(str(model.plan.tab_stop(model.state.pointer.tab_stop)))

    def toggle_relu(self) -> None:
        """Leave the network's ReLUs out or put them back, and say what it answers then."""
        self.desk.dispatch("relu")
        model = self.desk.model
        key = "relu.back" if model.state.relu else "relu.without.said"
        self.desk.announce(model.text(key), announcement(model))

    def show_page(self, name: str) -> None:
        """Draw other channels of a layer; the keyboard stays on the way there."""
        node, page = parse_node(name), self.desk.page
        if node is not None:
            focused = page.focused()
            self.desk.dispatch("page", node)
            page.focus(focused)

    def open(self, name: str) -> None:
        """Open a node: as a channel of what is explained, as an explanation, or as a card."""
        model, node = self.desk.model, parse_node(name)
        if node is None or not has_node(model.trained, node):
            return
        if is_on_another_page(model, node):
            self.desk.dispatch("page", node)  # to be there when it is left
            model = self.desk.model
        if model.detail is not None and node in model.detail.sources:
            self.open_source(node)
        elif view_facts(model.trained, node):
            is_beside = (
                isinstance(model.detail, ChannelwiseLayout)
                and model.detail.node.layer == node.layer
            )
            self.desk.dispatch("turn" if is_beside else "expand", node)
            self.player.begin()
        else:
            self.desk.dispatch("open", node)

    def open_pointed(self) -> None:
        """Explain the unit that is pointed at among all of its layer."""
        model = self.desk.model
        pointed = model.state.pointer.node
        if model.has_units and pointed is not None and pointed != model.explained.node:
            self.open(str(pointed))
            self.desk.page.focus(OUTPUT)
            self.announcer.announce_value()

    def open_source(self, node: Node) -> None:
        """Open the arithmetic of a channel; of a class's last maps, mark a feature of one."""
        model = self.desk.model
        if isinstance(model.detail, ConvolutionLayout):
            self.open_channel(str(node.channel))
            return
        pointer = model.state.pointer
        if pointer.node != node or pointer.cell is None:  # else a cell is marked already
            _, rows, cols = model.trained.shapes[node.layer]
            self.pointer.point(f"map/{node.channel}", rows // 2, cols // 2)
        self.announcer.announce_value()

    def open_channel(self, argument: str) -> None:
        """Show the arithmetic of an input channel; say it where nothing opens for that."""
        if argument.isdecimal():
            self.desk.dispatch("channel", int(argument))
            self.announce_channel()

    def unfold(self) -> None:
        """List all parts of a sum, or only those that contribute most; the keyboard follows."""
        page, last = self.desk.page, len(row_keys(self.desk.model)) - 1 if self.has_rows() else 0
        focused = page.focused()
        self.desk.dispatch("unfold")
        if self.has_rows():
            model = self.desk.model
            focused = row_keys(model)[last] if model.explained.unfolded else OTHERS
        page.focus(focused)

    def has_rows(self) -> bool:
        """Whether a convolution is explained, with a row for each channel."""
        return isinstance(self.desk.model.detail, ConvolutionLayout)

    def announce_channel(self) -> None:
        """Say whose arithmetic is docked now."""
        model = self.desk.model
        channel = shown_channel(model)
        if has_dock(model) and channel is not None:
            self.desk.announce(arithmetic_title(model, model.numbers, channel))

    def open_neighbour(self, argument: str) -> None:
        """Show the channel before or after, or its arithmetic; after the last comes the first."""
        if argument not in ("1", "-1"):
            return
        model, by = self.desk.model, int(argument)
        shown = shown_channel(model)
        match model.state.focus:
            case Explained() if shown is not None:
                self.desk.dispatch("channel", (shown + by) % len(model.numbers.kernels))
                self.announce_channel()
            case Explained(Node(layer, channel)) if isinstance(model.detail, ChannelwiseLayout):
                channels = model.trained.shapes[layer][0]
                if channels == 1:
                    return
                self.open(str(Node(layer, (channel + by) % channels)))
                self.desk.page.focus(TURNS[by])
                model = self.desk.model
                self.desk.announce(node_name(model, model.explained.node))


def is_on_another_page(model: Model, node: Node) -> bool:
    """Whether a node is not drawn while nothing is open, as the page of its layer is another."""
    column = model.plan.column_of[node.layer]
    told = dict(model.state.pages).get(node.layer, 0)
    return column.is_paged and told // len(column.nodes) != node.channel // len(column.nodes)
