"""The pictures that can be shown, and what the network makes of each, worked out once.

gallery = Gallery(network, samples)
gallery.trace("pizza", edits=())["output"]   # what it computes with no kernel changed
gallery.bring(pixels)
gallery.keys[-1]                             # OWN_PICTURE
"""

from collections.abc import Collection, Mapping

from cnnscope.nn.kernels import with_kernel
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.pictures.resize import Pixels, to_input
from cnnscope.state.state import OWN_PICTURE, Edit
from cnnscope.text import Text


class Gallery:
    """The pictures of one page."""

    def __init__(
        self,
        trained: Network,
        samples: Mapping[str, Pixels],
        out_of_distribution: Collection[str] = (),
    ) -> None:
        """Hold the samples; ``out_of_distribution`` are those that belong to none of the classes."""
        self.trained = trained
        self.samples = tuple(samples)
        self.out_of_distribution = out_of_distribution
        self.pictures = dict(samples)
        self.notice: str | None = None  # key of a word about the picture that the visitor brought
        self.edited: tuple[tuple[Edit, ...], Network] = (), trained
        self.traces: dict[str, Trace] = {}
        self.trained_traces: dict[str, Trace] = {}  # of pictures shown while kernels are changed
        self.answers: dict[str, tuple[int, float]] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all pictures that can be shown."""
        return tuple(self.pictures)

    @property
    def own(self) -> Pixels | None:
        """The picture that the visitor brought."""
        return self.pictures.get(OWN_PICTURE)

    def input(self, key: str) -> Array:
        """A picture as the network reads it."""
        return to_input(self.pictures[key], self.trained.input_shape[0])

    def network(self, edits: tuple[Edit, ...]) -> Network:
        """The network with the kernels that the visitor changed."""
        if self.edited[0] != edits:
            network = self.trained
            for edit in edits:
                network = with_kernel(network, *edit.node, edit.source, edit.values)
            self.edited = edits, network
            self.traces.clear()
        return self.edited[1]

    def trace(self, key: str, edits: tuple[Edit, ...]) -> Trace:
        """All activations for a picture; computed once a picture, until other kernels change."""
        network = self.network(edits)
        if key not in self.traces:
            self.traces[key] = network(self.input(key))
        return self.traces[key]

    def trained_trace(self, key: str) -> Trace:
        """What the network as it was trained computes for a picture."""
        if key not in self.trained_traces:
            self.trained_traces[key] = self.trained(self.input(key))
        return self.trained_traces[key]

    def trained_answer(self, key: str) -> tuple[int, float]:
        """The class that the network as it was trained gives a picture, and its probability."""
        if key not in self.answers:
            output = self.trained(self.input(key))[self.trained.layers[-1].name]
            first = int(output.argmax())
            self.answers[key] = first, float(output[first])
        return self.answers[key]

    def bring(self, picture: Pixels, notice: str | None = None) -> None:
        """Take up a picture that the visitor brought, in place of the one brought before.

        The notice, the key of a word about this picture, stays as long as the picture.
        """
        self.pictures[OWN_PICTURE] = picture
        self.notice = notice
        for known in (self.traces, self.trained_traces, self.answers):
            known.pop(OWN_PICTURE, None)

    def word(self, key: str, text: Text) -> str | None:
        """What there is to be said about a picture."""
        if key in self.out_of_distribution:
            return text("samples.stranger.notice")
        return text(self.notice) if self.notice and key == OWN_PICTURE else None
