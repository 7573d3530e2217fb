"""Presets: networks of well-known courses, told by the names and shapes of their weights.

    preset = known(blocks)                 # None where it is of no course
    preset.source, preset.answers          # "learnpytorch.io, chapter 05", Answers(...)

Widths of layers and the number of classes are free, as people change them. What a preset answers
is a guess, if a good one, until it is proved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

from cnnscope.nn.input_scale import InputScale
from cnnscope_readers.architecture.answers import (
    GLOBAL,
    PLAIN_ORDER,
    RELU,
    Activated,
    Answers,
    Arrangement,
    Bare,
    Ending,
    Order,
    Place,
    Pool,
    Pooling,
)
from cnnscope_readers.architecture.blocks import Block
from cnnscope_readers.architecture.stages import classes, features

DIGITS = tuple(map(str, range(10)))
CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
)  # fmt: skip
CIFAR = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip
FOOD = ("pizza", "steak", "sushi")

UNIT, SIGNED = InputScale.unit(), InputScale.signed()
MNIST = InputScale.standardised((0.1307,), (0.3081,))

HALF = Pool(2, 2)
VALID, VALID_HALF = Place(), Place(1, 0, HALF)
SAME, SAME_HALF = Place(1, 1), Place(1, 1, HALF)
SAME_5_HALF = Place(1, 2, HALF)
STRIDED, STRIDED_GLOBAL = Place(2, 1), Place(2, 1, GLOBAL)
SIGMOID = Activated("sigmoid")


@dataclass(frozen=True)
class Preset:
    """A well-known network: its short name, who teaches it, and all answers."""

    name: str
    source: str
    answers: Answers


@dataclass(frozen=True)
class Course:
    """What a course's network looks like, and what its weights do not say."""

    name: str
    source: str
    layers: str  # the names of all that hold weights
    picture: tuple[int, int]  # channels, rows
    kernel: int  # rows of each
    cells: int  # of the last maps
    places: tuple[Place, ...]
    classes: tuple[str, ...]
    scale: InputScale = field(default_factory=InputScale.unit)
    activation: Activated = RELU
    pooling: Pooling = "max"
    order: Order = PLAIN_ORDER
    bare: Bare = ""
    ending: Ending = "logits"

    def is_of(self, blocks: Sequence[Block]) -> bool:
        """Whether names and shapes are those of the course."""
        if _own([block.source for block in blocks]) != _own(self.layers.split()):
            return False
        convs = [block for block in blocks if block.kind == "conv2d"]
        kernels = {block.shape[2:] for block in convs}
        cells = (features(blocks) or convs[-1].gives) / convs[-1].gives
        are_alike = kernels == {(self.kernel, self.kernel)} and cells == self.cells
        are_whole = all(block.groups == 1 for block in convs) and len(convs) == len(self.places)
        return are_alike and are_whole and convs[0].reads == self.picture[0]

    def preset(self, blocks: Sequence[Block]) -> Preset:
        """Its answers, for weights of these widths."""
        _, rows = self.picture
        side = round(self.cells**0.5)
        maps = [block.gives for block in blocks if block.kind == "conv2d"][-1], side, side
        assert prod(maps[1:]) == self.cells
        named = self.classes if len(self.classes) == classes(blocks) else ()
        answers = Answers(
            Arrangement((rows, rows), self.places, maps), self.activation, self.pooling,
            self.order, self.bare, self.ending, self.scale, named,
        )  # fmt: skip
        return Preset(self.name, self.source, answers)


TINY_VGG = "conv_block_1.0 conv_block_1.2 conv_block_2.0 conv_block_2.2 classifier.1"

COURSES = (
    Course(
        "learnpytorch_05", "learnpytorch.io, chapter 05: TinyVGG", TINY_VGG, (3, 64), 3, 169,
        (VALID, VALID_HALF, VALID, VALID_HALF), FOOD,
    ),
    Course(
        "learnpytorch_04", "learnpytorch.io, chapter 04: TinyVGG", TINY_VGG, (3, 64), 3, 256,
        (SAME, SAME_HALF, SAME, SAME_HALF), FOOD,
    ),
    Course(
        "learnpytorch_03", "learnpytorch.io, chapter 03: FashionMNISTModelV2",
        "block_1.0 block_1.2 block_2.0 block_2.2 classifier.1", (1, 28), 3, 49,
        (SAME, SAME_HALF, SAME, SAME_HALF), CLOTHES,
    ),
    Course(
        "cifar_net", "pytorch.org: Training a Classifier",
        "conv1 conv2 fc1 fc2 fc3", (3, 32), 5, 25, (VALID_HALF, VALID_HALF), CIFAR, SIGNED,
    ),
    Course(
        "pytorch_mnist", "pytorch/examples: mnist", "conv1 conv2 fc1 fc2", (1, 28), 3, 144,
        (VALID, VALID_HALF), DIGITS, MNIST, ending="log_softmax",
    ),
    Course(
        "nn_tutorial", "pytorch.org: What is torch.nn really?", "conv1 conv2 conv3", (1, 28), 3, 1,
        (STRIDED, STRIDED, STRIDED_GLOBAL), DIGITS, pooling="avg",
    ),
    Course(
        "nn_tutorial", "pytorch.org: What is torch.nn really?", "0 2 4", (1, 28), 3, 1,
        (STRIDED, STRIDED, STRIDED_GLOBAL), DIGITS, pooling="avg",
    ),
    Course(
        "nn_tutorial", "pytorch.org: What is torch.nn really?", "1 3 5", (1, 28), 3, 1,
        (STRIDED, STRIDED, STRIDED_GLOBAL), DIGITS, pooling="avg",
    ),
    Course(
        "d2l_lenet", "d2l.ai: LeNet", "net.0 net.3 net.7 net.9 net.11", (1, 28), 5, 25,
        (SAME_5_HALF, VALID_HALF), CLOTHES, activation=SIGMOID, pooling="avg",
    ),
    Course(
        "d2l_bn_lenet", "d2l.ai: LeNet with batch normalization",
        "net.0 net.1 net.4 net.5 net.9 net.10 net.12 net.13 net.15", (1, 28), 5, 16,
        (VALID_HALF, VALID_HALF), CLOTHES, activation=SIGMOID, pooling="avg",
    ),
    Course(
        "yunjey", "yunjey/pytorch-tutorial: convolutional neural network",
        "layer1.0 layer1.1 layer2.0 layer2.1 fc", (1, 28), 5, 49,
        (SAME_5_HALF, SAME_5_HALF), DIGITS,
    ),
    Course(
        "udacity_cifar", "Udacity: CIFAR-10", "conv1 conv2 conv3 fc1 fc2", (3, 32), 3, 16,
        (SAME_HALF, SAME_HALF, SAME_HALF), CIFAR, SIGNED,
    ),
    Course(
        "jovian_cifar", "jovian.com: Cifar10CnnModel",
        "network.0 network.2 network.5 network.7 network.10 network.12 network.16 network.18 "
        "network.20", (3, 32), 3, 16,
        (SAME, SAME_HALF, SAME, SAME_HALF, SAME, SAME_HALF), CIFAR,
    ),
    Course(
        "fastbook", "fastbook, chapter 13: simple_cnn", "0.0 1.0 2.0 3.0 4", (1, 28), 3, 1,
        (STRIDED, STRIDED, STRIDED, STRIDED, STRIDED), ("3", "7"), bare="last",
    ),
)  # fmt: skip
"""Layers, preprocessing and classes as the courses have them."""


def known(blocks: Sequence[Block]) -> Preset | None:
    """The course whose names and shapes these are, with all its answers; None if it is of none."""
    return next((course.preset(blocks) for course in COURSES if course.is_of(blocks)), None)


def _own(sources: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Dotted names without what all of them begin with."""
    split = [tuple(source.split(".")) for source in sources]
    shared = 0
    while all(len(parts) > shared + 1 for parts in split):
        if len({parts[shared] for parts in split}) > 1:
            break
        shared += 1
    return tuple(parts[shared:] for parts in split)
