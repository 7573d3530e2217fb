"""What the elements of the page ask for by name: open, close, play, choose, change."""

from cnnscope.panels.base import Explaining
from cnnscope.panels.kernel_editor import KernelEditor
from cnnscope.panels.player import Player
from cnnscope.panels.playground.controller import PlaygroundController
from cnnscope.panels.playground.drawing import PREFIX
from cnnscope.panels.tour.controller import Guide
from cnnscope.state.state import Detail, Expanded, Focus, Node, Original, parse_node
from cnnscope.state.validation import has_window, is_expandable
from cnnscope.views.channelwise.drawing import TURNS
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.convolution.layout import ConvolutionLayout
from cnnscope.views.overview.drawing import announcement
from cnnscope.views.shared.context import node_name
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.receptive_field import field_line


class Commands:
    """The commands of one page."""

    def __init__(
        self,
        app: Explaining,
        player: Player,
        editor: KernelEditor,
        playground: PlaygroundController,
        guide: Guide,
    ) -> None:
        """Carry them out for an application, its player, editor, playground and guide."""
        self.app = app
        self.playground = playground
        self.guide = guide
        self.player = player
        self.editor = editor

    def act(self, name: str, argument: str = "") -> None:
        """Do what an element of the page asks for; its argument is text."""
        app = self.app
        match name, argument:
            case "leave", _:
                if isinstance(app.state.focus, Detail | Original):
                    app.dispatch("close")
            case "dismiss", _:
                app.hush()
                app.browser.focus("chooser")
            case "open", _:
                self.open(argument)
            case _, _ if name.startswith(PREFIX):
                self.playground.act(name.removeprefix(PREFIX), argument)
            case _, _ if name in self.player.actions:
                if has_window(app.trained, app.state.focus):
                    self.player.actions[name]()
            case _, _ if name in self.guide.actions:
                self.guide.actions[name](argument)
            case "channel", _ if argument.isdecimal():
                app.dispatch(name, int(argument))
            case "neighbour", "1" | "-1":
                self.open_neighbour(int(argument))
            case "normalise", _:
                app.dispatch(name)
                app.begin()
            case "logits-shift", "1":
                app.dispatch("logits", app.explanation.shifted(app.state.logits, 1.0))
            case "rival" | "element", _:
                self.choose(name, argument)
            case "logits-reset", _:
                app.dispatch(name)
                app.say_value()
            case "original" | "field", _ if is_normalised(app.state.focus):
                return  # every class sees the whole picture
            case "preset", _:
                self.editor.preset(argument)
            case "original", _ if app.expansion is not None:
                self.toggle_field()
            case "field", _:
                self.toggle_field()
            case "reset", _:
                app.dispatch(name)
                self.say_reset()
            case _, "":
                app.dispatch(name)
            case _:
                app.dispatch(name, argument)

    def choose(self, name: str, argument: str) -> None:
        """Choose a class to compare with, or an element to mark; say what that shows."""
        app = self.app
        if argument.isdecimal():
            app.dispatch(name, int(argument))
        elif name == "rival" and app.state.rival is not None:
            app.dispatch(name, app.state.rival)
        if not has_window(app.trained, app.state.focus) and isinstance(app.state.focus, Expanded):
            app.say_value()

    def toggle_field(self) -> None:
        """Draw receptive fields or no longer, and say which."""
        app = self.app
        app.dispatch("field")
        key = "field.on" if app.state.field else "field.off"
        app.browser.announce(app.text.together([app.text(key), field_line(app.context)]))

    def say_reset(self) -> None:
        """Say that the kernels are the trained ones again; the focus was on what is now hidden."""
        app = self.app
        said = [app.text("edited.none"), announcement(app.context)]
        app.browser.announce(app.text.together(said))
        match app.state.focus:
            case Expanded(_, int()):
                app.browser.focus("card.preset/trained")
            case Expanded():
                app.browser.focus(OUTPUT)
            case _:
                app.browser.focus(str(app.state.cursor or app.plan.columns[0].nodes[0]))

    def open(self, name: str) -> None:
        """Open a node: as a channel of what is explained, as an explanation, or as a card."""
        app = self.app
        node = parse_node(name)
        if node is None or node not in app.plan.boxes:
            return
        expansion = app.expansion
        if expansion is not None and node in expansion.sources:
            self.open_source(node)
        elif is_expandable(app.trained, node):
            is_beside = (
                isinstance(expansion, ChannelwiseLayout) and expansion.node.layer == node.layer
            )
            app.dispatch("turn" if is_beside else "expand", node)
            app.begin()
        else:
            app.dispatch("open", node)

    def open_source(self, node: Node) -> None:
        """Open the arithmetic of a channel; of a class's last maps, mark an element of one."""
        app = self.app
        if isinstance(app.expansion, ConvolutionLayout):
            app.dispatch("channel", node.channel)
            return
        if app.state.hover != node or app.state.cell is None:  # else a cell is marked already
            _, rows, cols = app.trained.shapes[node.layer]
            app.point(f"map/{node.channel}", rows // 2, cols // 2)
        app.say_value()

    def open_neighbour(self, by: int) -> None:
        """Show the channel before or after, or its arithmetic; after the last comes the first."""
        app = self.app
        match app.state.focus:
            case Expanded(_, int(channel)):
                app.dispatch("channel", (channel + by) % len(app.explanation.inputs))
            case Expanded(Node(layer, channel)) if isinstance(app.expansion, ChannelwiseLayout):
                channels = app.trained.shapes[layer][0]
                if channels == 1:
                    return
                self.open(str(Node(layer, (channel + by) % channels)))
                app.browser.focus(TURNS[by])
                app.browser.announce(node_name(app.context, app.state.focus.node))


def is_normalised(focus: Focus) -> bool:
    """Whether it is a class's probability that is explained."""
    return isinstance(focus, Expanded) and focus.is_normalised
