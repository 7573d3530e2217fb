"""Gallery: a network, the pictures it can be shown, and what it makes of each, worked out once.

gallery = Gallery(network, samples)
gallery.trace("pizza", edits=())["output"]   # what it computes with no kernel changed
gallery.take_up(pixels)
gallery.keys[-1]                             # OWN_PICTURE
"""

from collections.abc import Collection, Mapping, Sequence

from cnnscope.nn.kernels import edited_layer, with_layers, without_relu
from cnnscope.nn.layers import Layer
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.pictures.changes import changed
from cnnscope.pictures.resize import CENTRAL, Pixels, to_input
from cnnscope.state.changes import UNCHANGED, Changes
from cnnscope.state.state import OWN_PICTURE, Edit
from cnnscope.text import Text

Edits = tuple[Edit, ...]
Change = tuple[Edits, bool]
"""What the visitor made of the network: its changed kernels, and whether its ReLUs cut."""


class Gallery:
    """One network of a page, and its pictures."""

    def __init__(
        self,
        trained: Network,
        samples: Mapping[str, Pixels],
        out_of_distribution: Collection[str] = (),
        classes: Sequence[str] = (),
        arrays: Mapping[str, Array] | None = None,
    ) -> None:
        """Hold the samples; ``out_of_distribution`` are those of none of the classes.

        ``arrays`` are those of them that the network reads exactly as they are.
        """
        self.arrays = dict(arrays or {})
        self.classes = classes
        self.trained = trained
        self.samples = tuple(samples)
        self.out_of_distribution = out_of_distribution
        self.pictures = dict(samples)
        self.fit = CENTRAL  # how pictures that are brought are made to fit
        self.is_drawn = False  # whether the visitor's own picture was drawn on the pad
        self.notices: Sequence[str] = ()  # keys of words about the picture that the visitor brought
        self.idle_relus = without_relu(trained)
        self.edited: tuple[Change, Network] = ((), True), trained
        self.layers: dict[Edits, Layer] = {}  # changed ones, by their changes
        self.traces: dict[str, tuple[Change, Trace]] = {}
        self.changed: tuple[str, Changes, Change, Trace] | None = None  # of the newest changes
        self.trained_traces: dict[str, Trace] = {}  # of pictures shown while kernels are changed
        self.answers: dict[str, tuple[Changes, int, float]] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all pictures that can be shown."""
        return tuple(self.pictures)

    @property
    def own(self) -> Pixels | None:
        """The picture that the visitor brought."""
        return self.pictures.get(OWN_PICTURE)

    def input(self, key: str, changes: Changes = UNCHANGED) -> Array:
        """A picture as the network reads it; an array is not scaled, unless it is changed."""
        if key in self.arrays and not changes:
            return self.arrays[key]
        return self.trained.scale.numbers(self.pixels(key, changes))

    def pixels(self, key: str, changes: Changes = UNCHANGED) -> Array:
        """A picture in the network's channels, 0..1, as it is or changed."""
        return changed(to_input(self.pictures[key], self.trained.input_shape[0]), changes)

    def network(self, edits: Edits, *, relu: bool = True) -> Network:
        """The network with the kernels that the visitor changed, with its ReLUs or without."""
        if self.edited[0] != (edits, relu):
            by_layer: dict[str, Edits] = {}
            for edit in edits:
                by_layer[edit.node.layer] = (*by_layer.get(edit.node.layer, ()), edit)
            self.layers = {each: self.changed_layer(each) for each in by_layer.values()}
            changed = {layer.name: layer for layer in self.layers.values()}
            idle = {} if relu else self.idle_relus
            self.edited = (edits, relu), with_layers(self.trained, {**changed, **idle})
        return self.edited[1]

    def changed_layer(self, edits: Edits) -> Layer:
        """A layer with changes, the very same for the same ones."""
        if edits in self.layers:
            return self.layers[edits]
        layer = self.trained.layer(edits[0].node.layer)
        for edit in edits:
            layer = edited_layer(layer, edit.node.channel, edit.source, edit.values)
        return layer

    def trace(
        self, key: str, edits: Edits, changes: Changes = UNCHANGED, *, relu: bool = True
    ) -> Trace:
        """All activations for a picture; after a change, only from the first changed layer on."""
        network, now = self.network(edits, relu=relu), (edits, relu)
        if changes:
            return self.changed_trace(key, network, now, changes)
        known = self.traces.get(key)
        if known is None or known[0] != now:
            trace = network(self.input(key)) if known is None else network.rerun(known[1])
            known = self.traces[key] = now, trace
        return known[1]

    def changed_trace(self, key: str, network: Network, now: Change, changes: Changes) -> Trace:
        """All activations for a changed picture; only those of the newest changes are kept.

        A patch that is dragged makes others at every place.
        """
        known = self.changed
        if known is None or known[:2] != (key, changes):
            known = key, changes, now, network(self.input(key, changes))
        elif known[2] != now:
            known = key, changes, now, network.rerun(known[3])
        self.changed = known
        return known[3]

    def trained_trace(self, key: str) -> Trace:
        """What the network as it was trained computes for a picture."""
        if key not in self.trained_traces:
            self.trained_traces[key] = self.trained(self.input(key))
        return self.trained_traces[key]

    def trained_answer(self, key: str, changes: Changes = UNCHANGED) -> tuple[int, float]:
        """The class that the network as it was trained gives a picture, and its probability."""
        known = self.answers.get(key)
        if known is None or known[0] != changes:
            output = self.trained(self.input(key, changes))[self.trained.layers[-1].name]
            first = int(output.argmax())
            known = self.answers[key] = changes, first, float(output[first])
        return known[1:]

    def take_up(
        self, picture: Pixels, notices: Sequence[str] = (), *, is_drawn: bool = False
    ) -> None:
        """Take up a picture that the visitor brought or drew, in place of the one before.

        The notices, keys of words about this picture, stay as long as the picture.
        """
        self.is_drawn = is_drawn
        self.pictures[OWN_PICTURE] = picture
        self.notices = notices
        self.traces.pop(OWN_PICTURE, None)
        self.trained_traces.pop(OWN_PICTURE, None)
        self.answers.pop(OWN_PICTURE, None)
        if self.changed is not None and self.changed[0] == OWN_PICTURE:
            self.changed = None

    def notice_of(self, key: str, text: Text) -> str | None:
        """What there is to be said about a picture."""
        if key in self.out_of_distribution:
            return text("samples.stranger.notice")
        said = text.together(text(each) for each in self.notices) if key == OWN_PICTURE else ""
        return said or None
