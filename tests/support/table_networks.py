"""Networks that people have, by name, with drawn weights: those of courses and tutorials.

table_networks()["keras_mnist"].parameters   # 34_826
table_classes("keras_mnist")                 # ["0", "1", ...]

Sources: learnpytorch.io, pytorch.org (Training a Classifier, nn_tutorial, examples/mnist), d2l.ai,
yunjey/pytorch-tutorial, Udacity, jovian.com, fastbook, keras.io, tensorflow.org, tfjs-examples.
"""

import math
from functools import cache

import numpy as np

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.layers import (
    Activation,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dense,
    Flatten,
    MaxPool2d,
    Relu,
    SigmoidClasses,
    Softmax,
)
from cnnscope.nn.network import Network

UNIT, SIGNED = InputScale.unit(), InputScale.signed()
MNIST = InputScale.standardised((0.1307,), (0.3081,))
TEACHABLE = InputScale.standardised((127 / 255,), (127 / 255,))

DIGITS = [str(digit) for digit in range(10)]
CLOTHES = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
           "ankle boot"]  # fmt: skip
CIFAR = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
FOOD = ["pizza", "steak", "sushi"]
FLOWERS = ["daisy", "dandelion", "roses", "sunflowers", "tulips"]
HANDS = ["paper", "rock", "scissors"]
TINY = ["lifeboat", "ladybug", "pizza", "bell pepper", "school bus", "koala", "espresso",
        "red panda", "orange", "sports car"]  # fmt: skip

SPECS = {
    "tiny_vgg": ((3, 64, 64), UNIT, TINY, 19_920,
                 "c10 r c10 r m2 c10 r c10 r m2 f d10 softmax"),
    "learnpytorch_05": ((3, 64, 64), UNIT, FOOD, 8_083,
                        "c10 r c10 r m2 c10 r c10 r m2 f d3 logits"),
    "learnpytorch_04": ((3, 64, 64), UNIT, FOOD, 10_693,
                        "c10p1 r c10p1 r m2 c10p1 r c10p1 r m2 f d3 logits"),
    "learnpytorch_03": ((1, 28, 28), UNIT, CLOTHES, 7_740,
                        "c10p1 r c10p1 r m2 c10p1 r c10p1 r m2 f d10 logits"),
    "cifar_net": ((3, 32, 32), SIGNED, CIFAR, 62_006,
                  "c6k5 r m2 c16k5 r m2 f d120 r d84 r d10 logits"),
    "pytorch_mnist": ((1, 28, 28), MNIST, DIGITS, 1_199_882,
                      "c32 r c64 r m2 f d128 r d10 log_softmax"),
    "nn_tutorial": ((1, 28, 28), UNIT, DIGITS, 3_930,
                    "c16s2p1 r c16s2p1 r c10s2p1 r a4 f logits"),
    "d2l_lenet": ((1, 28, 28), UNIT, CLOTHES, 61_706,
                  "c6k5p2 sigmoid a2 c16k5 sigmoid a2 f d120 sigmoid d84 sigmoid d10 logits"),
    "d2l_bn_lenet": ((1, 28, 28), UNIT, CLOTHES, 44_878,
                     "c6k5 n sigmoid a2 c16k5 n sigmoid a2 f d120 n sigmoid d84 n sigmoid d10 "
                     "logits"),
    "yunjey": ((1, 28, 28), UNIT, DIGITS, 29_034,
               "c16k5p2 n r m2 c32k5p2 n r m2 f d10 logits"),
    "udacity_cifar": ((3, 32, 32), SIGNED, CIFAR, 541_094,
                      "c16p1 r m2 c32p1 r m2 c64p1 r m2 f d500 r d10 logits"),
    "jovian_cifar": ((3, 32, 32), UNIT, CIFAR, 5_851_338,
                     "c32p1 r c64p1 r m2 c128p1 r c128p1 r m2 c256p1 r c256p1 r m2 f "
                     "d1024 r d512 r d10 logits"),
    "fastbook": ((1, 28, 28), UNIT, ["3", "7"], 6_722,
                 "c4s2p1 r c8s2p1 r c16s2p1 r c32s2p1 r c2s2p1 f logits"),
    "keras_mnist": ((1, 28, 28), UNIT, DIGITS, 34_826,
                    "c32 r m2 c64 r m2 f d10 softmax"),
    "tf_cifar": ((3, 32, 32), UNIT, CIFAR, 122_570,
                 "c32 r m2 c64 r m2 c64 r f d64 r d10 logits"),
    "tf_flowers": ((3, 180, 180), UNIT, FLOWERS, 3_989_285,
                   "c16p1 r m2 c32p1 r m2 c64p1 r m2 f d128 r d5 logits"),
    "moroney_fashion": ((1, 28, 28), UNIT, CLOTHES, 243_786,
                        "c64 r m2 c64 r m2 f d128 r d10 softmax"),
    "moroney_hands": ((3, 150, 150), UNIT, HANDS, 3_473_475,
                      "c64 r m2 c64 r m2 c128 r m2 c128 r m2 f d512 r d3 softmax"),
    "tfjs_mnist": ((1, 28, 28), UNIT, DIGITS, 5_994,
                   "c8k5 r m2 c16k5 r m2 f d10 softmax"),
    "lenet_5": ((1, 32, 32), UNIT, DIGITS, 61_706,
                "c6k5 tanh a2 c16k5 tanh a2 f d120 tanh d84 tanh d10 softmax"),
    "short_mobilenet": ((1, 96, 96), TEACHABLE, FOOD, 2_331,
                        "c8s2p1b n relu6 w8p1b n relu6 c16k1b n relu6 w16s2p1b n relu6 c32k1b n "
                        "relu6 w32p1b n relu6 c24k1b n relu6 g f d3 softmax"),
    "yes_or_no": ((3, 32, 32), UNIT, ["cat", "dog"], 1_537,
                  "c8k3p2s2 leaky_relu M3s2p1 c16 gelu m2 f d1 sigmoid_classes"),
}  # fmt: skip
"""Input, scale, classes, parameters and layers; what the letters of a layer say, ``made`` knows."""


@cache
def table_networks() -> dict[str, Network]:
    """All of them by name, always the same; the last two are ours, of layers rarer in courses."""
    return {name: _network(name) for name in SPECS}


def table_classes(name: str) -> list[str]:
    """What the classes of one of them are called."""
    return list(SPECS[name][2])


def _network(name: str) -> Network:
    shape, scale, classes, _, spec = SPECS[name]
    network = network_of(shape, spec, scale, sum(map(ord, name)))
    assert network.shapes[network.layers[-1].name] == (len(classes),)
    return network


def network_of(input_shape, spec, scale=UNIT, seed=1) -> Network:
    """A network of a word for each layer, as ``made`` knows them, with drawn weights."""
    shape, layers, counts = input_shape, [], {}
    rng = np.random.default_rng(seed)
    for word in spec.split():
        layer = made(word, shape, counts, rng)
        layers.append(layer)
        shape = layer.output_shape(shape)
    return Network(input_shape, tuple(layers), scale)


def made(word, shape, counts, rng):
    """A layer from a letter and what follows it.

    ``c8k5s2p1b`` is a convolution to 8 channels, kernel 5, stride 2, padding 1, without bias;
    ``w8`` a depthwise one; ``m2`` and ``a2`` are poolings, ``g`` the mean of whole maps; ``n``
    normalises, ``f`` flattens, ``d10`` is dense; a function or an ending has its name.
    """
    if word in ("softmax", "log_softmax", "logits"):
        return Softmax("output", math.prod(shape), word)
    if word == "sigmoid_classes":
        return SigmoidClasses("output")
    if len(word) > 3 and word.replace("_", "").isalnum() and not word[1].isdigit():
        return Activation(_named(word, counts), word)
    letter, given = word[0].lower(), _settings(word)
    match letter:
        case "c" | "w":
            return _conv(shape, given, letter == "w", _named("conv", counts), rng)
        case "m":
            sliding = given["n"], given.get("s", given["n"]), given.get("p", 0)
            return MaxPool2d(_named("pool", counts), *sliding)
        case "a":
            return AvgPool2d(_named("pool", counts), given["n"], given["n"])
        case "g":
            return AvgPool2d(_named("pool", counts), shape[1:], shape[1:])
        case "r":
            return Relu(_named("relu", counts))
        case "f":
            return Flatten("flatten", shape)
        case "n":
            return _norm(shape[0], _named("norm", counts), rng)
        case "d":
            kernel = _drawn(rng, given["n"], *shape)
            return Dense(_named("dense", counts), kernel, _drawn(rng, given["n"]) / 10)
    raise ValueError(word)


def _conv(shape, given, is_depthwise, name, rng):
    out, size = given["n"], given.get("k", 3)
    kernel = _drawn(rng, out, 1 if is_depthwise else shape[0], size, size)
    has_bias = "b" not in given
    bias = _drawn(rng, out) / 10 if has_bias else np.zeros(out, np.float32)
    sliding = given.get("s", 1), given.get("p", 0), 1, shape[0] if is_depthwise else 1
    return Conv2d(name, kernel, bias, *sliding, has_bias=has_bias)


def _norm(channels, name, rng):
    gamma, beta, mean = (_drawn(rng, channels) for _ in range(3))
    variance = rng.uniform(0.5, 2, channels).astype(np.float32)
    return BatchNorm2d(name, 1 + gamma / 4, beta / 4, mean / 4, variance)


def _settings(word):
    found, digits = {}, ""
    for sign in reversed(word):
        if sign.isdigit():
            digits = sign + digits
        else:
            found[sign] = int(digits or 0)
            digits = ""
    found["n"] = found[word[0]]
    return found


def _named(kind, counts):
    counts[kind] = counts.get(kind, 0) + 1
    return f"{kind}_{counts[kind]}"


def _drawn(rng, *shape):
    fan_in = math.prod(shape[1:])
    values = rng.standard_normal(shape, np.float32)
    return values * np.float32(math.sqrt(2 / fan_in))
