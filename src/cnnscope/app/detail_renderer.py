"""The explanation of one node on screen: mounted once, then posed and painted."""

from dataclasses import replace
from typing import Any

from cnnscope.drawing.element import fragment
from cnnscope.nn.network import Trace
from cnnscope.panels.browser_protocol import Browser
from cnnscope.state.state import Expanded, Focus, State
from cnnscope.views.convolution.channel_card import (
    arithmetic_card,
    arithmetic_paintings,
    arithmetic_pose,
)
from cnnscope.views.convolution.layout import ConvolutionLayout
from cnnscope.views.registry import View, view_of
from cnnscope.views.shared.context import Context
from cnnscope.views.shared.player_controls import OUTPUT


class Stage:
    """The place over the network where a node is explained."""

    def __init__(self, browser: Browser) -> None:
        """Draw with a browser; nothing is explained yet."""
        self.browser = browser
        self.latest: Context | None = None  # what is to be shown on the stage
        self.is_pending = False  # whether what is mounted still waits for its numbers
        self._known: tuple[Trace, Expanded, Any] | None = None

    def explanation(self, context: Context) -> Any:
        """The numbers behind the node that is explained; worked out once a trace."""
        assert isinstance(context.state.focus, Expanded)
        focus = replace(context.state.focus, channel=None)
        known = self._known
        if known is None or known[0] is not context.trace or known[1] != focus:
            found = view_of(context.network, focus).explain(
                context.network, context.trace, focus.node
            )
            known = self._known = context.trace, focus, found
        return known[2]

    def draw(self, context: Context) -> None:
        """Mount the explanation, or let it fade away."""
        if context.expansion is None:
            self.latest, self.is_pending = None, False
            self.browser.pose({"explainer": {"data-view": "overview"},
                               "stage.frame": {"data-open": False, "inert": True}})  # fmt: skip
            return
        view, explanation = shown_view(context), self.explanation(context)
        self.browser.mount("stage", str(view.stage(context, explanation, context.expansion)))
        self.latest, self.is_pending = context, True
        if self.browser.is_still():
            self.finish()
        else:
            self.browser.later(self.finish)  # it is not to be seen yet, and the motion can begin
        self.browser.settle()  # so that it comes from where it is, and not from nowhere
        self.browser.pose({"explainer": {"data-view": view.name},
                           "stage.frame": {"data-open": True, "inert": False}})  # fmt: skip

    def rebuild(self, context: Context) -> None:
        """Draw it anew, without what was left: that is as wide as another window was."""
        if context.expansion is None:
            self.browser.mount("stage", "")
        self.draw(context)

    def refresh(self, context: Context) -> None:
        """Draw what other numbers or other colours change."""
        if context.expansion is None:
            return
        view, explanation = shown_view(context), self.explanation(context)
        self.latest, self.is_pending = context, True
        self.browser.mount("stage.legends", fragment(view.stage_legends(context, explanation)))
        self.finish()
        match context.state.focus:
            case Expanded(_, int(channel)):
                self.fill_card(context, channel)

    def finish(self) -> None:
        """Fill what was mounted with the latest numbers and maps, unless that is done already."""
        context = self.latest
        if context is None or context.expansion is None or not self.is_pending:
            return
        self.is_pending = False
        view, explanation = shown_view(context), self.explanation(context)
        self.browser.pose(view.stage_pose(context, explanation, context.expansion))
        for key, rgba in view.stage_paintings(context, explanation):
            self.browser.paint(key, rgba)

    def rehearse(self, context: Context) -> None:
        """Work an explanation out and show nothing: the first is then no slower than others."""
        assert context.expansion is not None
        view = shown_view(context)
        explanation = view.explain(context.network, context.trace, context.expansion.node)
        str(view.stage(context, explanation, context.expansion))
        view.stage_pose(context, explanation, context.expansion)
        list(view.stage_paintings(context, explanation))

    def move(self, context: Context) -> None:
        """Draw what the window's place, its playing and its speed change."""
        if context.expansion is None:
            return
        self.latest = context
        explanation = self.explanation(context)
        if not self.is_pending:
            view = shown_view(context)
            self.browser.pose(view.window_pose(context, explanation, context.expansion))
        match context.state.focus:
            case Expanded(_, int(channel)):
                self.browser.pose(arithmetic_pose(context, explanation, channel))

    def draw_card(self, context: Context, channel: int) -> None:
        """Mount the arithmetic of one input channel."""
        assert isinstance(context.expansion, ConvolutionLayout)
        explanation = self.explanation(context)
        made = arithmetic_card(context, explanation, context.expansion, channel)
        focused = self.browser.focused()
        self.browser.mount("card", str(made))
        self.fill_card(context, channel)
        if focused.startswith("card."):  # on to another channel: the keyboard stays where it was
            self.browser.focus(focused)
        if context.expansion.is_sheet:
            self.browser.bring(f"channel/{channel}")

    def fill_card(self, context: Context, channel: int) -> None:
        """Paint the card's maps and fill in its numbers."""
        explanation = self.explanation(context)
        for key, rgba in arithmetic_paintings(context, explanation, channel):
            self.browser.paint(key, rgba)
        self.browser.pose(arithmetic_pose(context, explanation, channel))
        count = explanation.kernels[channel].size
        self.browser.pose({f"card.weight/{i}": {"aria-invalid": None} for i in range(count)})

    def move_focus(self, focus: Expanded, old: Focus) -> None:
        """Put the keyboard's focus on the enlarged map, into the card, or back on its row."""
        match focus, old:
            case Expanded(node, int()), Expanded(same, int()) if node == same:
                return  # another channel in the card that is open already
            case Expanded(_, int()), _:
                self.browser.focus("card.input")
            case Expanded(node), Expanded(same, int(channel)) if node == same:
                self.browser.focus(f"channel/{channel}")
            case Expanded(node), Expanded(same, is_normalised=True) if node == same:
                self.browser.focus("stage.softmax")
            case _:
                self.browser.focus(OUTPUT)


def shown_view(context: Context) -> View:
    """The view of the node that is explained."""
    assert isinstance(context.state.focus, Expanded)
    return view_of(context.network, context.state.focus)


def moving(state: State) -> tuple[object, ...]:
    """What the explanation shows beside its numbers."""
    return (
        state.window,
        state.reached,
        state.playing,
        state.speed,
        state.field,
        state.rival,
        state.logits,
        state.element,
    )
