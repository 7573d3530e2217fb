"""The model that follows from a state, for drawings to read: each part worked out once.

modeller = Modeller(networks.of, text, page.viewport, embed)
model = modeller.model(state)
model.trace["conv_1_1"]
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.panels.pad.place import beside_pad, is_shown
from cnnscope.panels.tour.viewport import network_viewport
from cnnscope.pictures.gallery import Gallery
from cnnscope.state.state import Card, Explained, Focus, Node, State, explained, is_own
from cnnscope.state.views import ViewFacts
from cnnscope.text import Text, load_text
from cnnscope.views.registry import view_facts, view_of
from cnnscope.views.shared.detail_layout import DetailLayout
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_columns import (
    MANY_CLASSES,
    TOP_CLASSES,
    Shown,
    may_page,
    paged_with,
)
from cnnscope.views.shared.network_plan import Plan, Viewport, lay_out

OWN_LINE = 44
"""Height of the line that says which network the visitor opened, px."""


class Modeller:
    """Makes the models of one page."""

    def __init__(
        self,
        gallery_of: Callable[[State], Gallery],
        text: Text,
        viewport: Callable[[], Viewport],
        embed: str | None,
    ) -> None:
        """Make models of what states show; ``text`` is the language unless one is chosen."""
        self.gallery_of = gallery_of
        self.preferred = text
        self.viewport = viewport
        self.window = viewport()
        self.is_framed = embed is not None
        self._plan: tuple[Network, Shown, Plan] | None = None
        self._detail: tuple[Plan, Explained, DetailLayout] | None = None
        self._numbers: tuple[Trace, Explained, Any] | None = None
        self._latest: tuple[State, Plan, Model] | None = None

    def measure(self) -> None:
        """Lay the network out for the window as it is from now on."""
        self.window = self.viewport()

    def model(self, state: State) -> Model:
        """All that follows from a state."""
        plan, known = self.plan(state), self._latest
        if known is None or known[0] is not state or known[1] is not plan:
            known = self._latest = state, plan, self.make(state, plan)
        return known[2]

    def make(self, state: State, plan: Plan) -> Model:
        """A model of a state, as the network is laid out."""
        gallery, language = self.gallery_of(state), state.reading.language
        network = gallery.network(state.edits, relu=state.relu)
        trace = self.trace(state)
        focus = explained(state.focus)
        return Model(
            network=network,
            classes=gallery.classes,
            text=self.preferred if language is None else load_text(language),
            state=state,
            trace=trace,
            plan=plan,
            detail=None if focus is None else self.detail(gallery.trained, focus, plan),
            numbers=None if focus is None else self.numbers(focus, network, trace),
            facts=None if focus is None else facts_of(gallery.trained, focus),
            source=gallery,
        )

    def plan(self, state: State) -> Plan:
        """Where the network stands in what of the window is its own; worked out once a window."""
        network, shown = self.gallery_of(state).trained, self.shown(state)
        window = network_viewport(
            self.window, is_touring=state.tour.stop is not None,
            is_framed=self.is_framed or state.reading.present,
        )  # fmt: skip
        if is_own(state.network):
            window = replace(window, height=window.height - OWN_LINE)
        if is_shown(state, network):
            window = beside_pad(window)
        known = self._plan
        if known is not None and known[:2] == (network, shown) and known[2].viewport == window:
            return known[2]
        plan = lay_out(network, window, shown)
        if known is not None and replace(plan, viewport=known[2].viewport) == known[2]:
            is_same = known[2].viewport == window
            plan = known[2] if is_same else replace(known[2], viewport=window)
        self._plan = network, shown, plan
        return plan

    def shown(self, state: State) -> Shown:
        """Which channels and classes are drawn of layers that have too many for all of them.

        What is open is among them.
        """
        gallery = self.gallery_of(state)
        network, last = gallery.trained, gallery.trained.layers[-1].name
        opened = state.focus.node if isinstance(state.focus, Card | Explained) else None
        named = (*(Node(*page) for page in state.pages), opened)
        pages = {
            paged_with(network, node.layer): node.channel
            for node in named
            if node is not None and may_page(network, node)
        }
        if network.shapes[last][0] <= MANY_CLASSES:
            return Shown(tuple(pages.items()))
        logits = self.trace(state)[network.before(last)]
        wanted = opened.channel if opened is not None and opened.layer == last else None
        return Shown(tuple(pages.items()), ranked_classes(logits, state.focus, wanted))

    def trace(self, state: State) -> Trace:
        """What the network computes for the picture of a state."""
        gallery = self.gallery_of(state)
        picture = state.picture or gallery.samples[0]
        return gallery.trace(picture, state.edits, state.changes, relu=state.relu)

    def detail(self, trained: Network, focus: Explained, plan: Plan) -> DetailLayout:
        """Where the explanation stands; worked out once a node and plan."""
        known = self._detail
        if known is None or known[0] is not plan or known[1] != focus:
            view = view_of(trained, focus)
            lay_out_all = view.unfolded or view.lay_out
            arrange = lay_out_all if focus.unfolded else view.lay_out
            made = arrange(trained, plan, focus.node)
            if known is not None and known[1] == focus and known[2] == made:
                made = known[2]
            known = self._detail = plan, focus, made
        return known[2]

    def numbers(self, focus: Explained, network: Network, trace: Trace) -> Any:
        """The numbers behind the node that is explained; worked out once a trace."""
        known = self._numbers
        if known is None or known[0] is not trace or known[1] != focus:
            found = view_of(network, focus).explain(network, trace, focus.node)
            known = self._numbers = trace, focus, found
        return known[2]


def facts_of(trained: Network, focus: Explained) -> ViewFacts:
    """What is known of the view that explains a node."""
    facts = view_facts(trained, focus.node)
    return next(each for each in facts if each.mode == focus.view)


def ranked_classes(logits: Array, focus: Focus, opened: int | None) -> tuple[int, ...]:
    """The most probable classes, among them that which is open.

    So are those whose logits were changed to be among them; the others keep their places while a
    logit is being changed.
    """
    ranked = most_probable(logits)
    changed = dict(focus.logits) if isinstance(focus, Explained) else {}
    shown = logits.copy()
    shown[list(changed)] = list(changed.values())
    wanted = [each for each in most_probable(shown) if each in changed]
    wanted += [] if opened is None else [opened]
    more = [each for each in dict.fromkeys(wanted) if each not in ranked][-TOP_CLASSES:]
    return (*ranked[: TOP_CLASSES - len(more)], *more)


def most_probable(logits: Array) -> list[int]:
    """Where the largest logits are, the largest first."""
    return [int(each) for each in (-logits).argsort(kind="stable")[:TOP_CLASSES]]
