"""The model that follows from a state, for drawings to read: each part worked out once.

modeller = Modeller(gallery, classes, text, page.viewport, embed)
model = modeller.model(state)
model.trace["conv_1_1"]
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from cnnscope.nn.network import Network, Trace
from cnnscope.panels.tour.viewport import network_viewport
from cnnscope.pictures.gallery import Gallery
from cnnscope.state.state import Explained, State, explained
from cnnscope.state.views import ViewFacts
from cnnscope.text import Text, load_text
from cnnscope.views.registry import view_facts, view_of
from cnnscope.views.shared.detail_layout import DetailLayout
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_plan import Plan, Viewport, lay_out


class Modeller:
    """Makes the models of one page."""

    def __init__(
        self,
        gallery: Gallery,
        classes: Sequence[str],
        text: Text,
        viewport: Callable[[], Viewport],
        embed: str | None,
    ) -> None:
        """Make models of a gallery's pictures; ``text`` is the language unless one is chosen."""
        self.gallery = gallery
        self.classes = classes
        self.preferred = text
        self.viewport = viewport
        self.window = viewport()
        self.is_framed = embed is not None
        self._plan: Plan | None = None
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
        gallery, language = self.gallery, state.reading.language
        network = gallery.network(state.edits, relu=state.relu)
        picture = state.picture or gallery.samples[0]
        trace = gallery.trace(picture, state.edits, relu=state.relu)
        focus = explained(state.focus)
        return Model(
            network=network,
            classes=self.classes,
            text=self.preferred if language is None else load_text(language),
            state=state,
            trace=trace,
            plan=plan,
            detail=None if focus is None else self.detail(focus, plan),
            numbers=None if focus is None else self.numbers(focus, network, trace),
            facts=None if focus is None else self.facts(focus),
            source=gallery,
        )

    def plan(self, state: State) -> Plan:
        """Where the network stands in what of the window is its own; worked out once a window."""
        window = network_viewport(
            self.window, is_touring=state.tour.stop is not None, is_framed=self.is_framed
        )
        known = self._plan
        if known is None or known.viewport != window:
            plan = lay_out(self.gallery.trained, window)
            if known is not None and replace(plan, viewport=known.viewport) == known:
                plan = replace(known, viewport=window)  # the same drawing in another window
            self._plan = plan
            return plan
        return known

    def detail(self, focus: Explained, plan: Plan) -> DetailLayout:
        """Where the explanation stands; worked out once a node and plan."""
        known = self._detail
        if known is None or known[0] is not plan or known[1] != focus:
            view = view_of(self.gallery.trained, focus)
            made = view.lay_out(self.gallery.trained, plan, focus.node)
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

    def facts(self, focus: Explained) -> ViewFacts:
        """What is known of the view that explains a node."""
        facts = view_facts(self.gallery.trained, focus.node)
        return next(each for each in facts if each.mode == focus.view)
