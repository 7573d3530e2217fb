"""What the article claims, computed: every number in it that the network decides."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from building.site.article import article_text
from cnnscope.drawing.scale import number
from cnnscope.nn.layers import Cell, Conv2d, Dense
from cnnscope.nn.ops import Array
from cnnscope.nn.receptive_field import receptive_field
from cnnscope.nn.weights import load_network
from cnnscope.pictures.resize import BRIGHTNESS, prepare, to_input
from cnnscope.pictures.shipped import read_shipped
from cnnscope.text import load_text
from prerender.figures.subject import Subject
from support.sites import ROOT

TEXTS = sorted((ROOT / "public" / "article").glob("*.html"))
NETWORK = load_network(ROOT / "weights" / "tiny_vgg.npz")
DIGITS = read_shipped((ROOT / "weights" / "digits.npz").read_bytes())
CLASSES = [
    entry["name"]
    for entry in json.loads((ROOT / "weights" / "classes.json").read_text(encoding="utf-8"))
]
MEASURED = json.loads((ROOT / "weights" / "evaluation.json").read_text(encoding="utf-8"))
SAMPLES: list[dict[str, Any]] = json.loads(
    (ROOT / "public" / "samples" / "samples.json").read_text(encoding="utf-8")
)
PICTURES = [entry["key"] for entry in SAMPLES]
ORANGE, GREEN, GREY = (255, 140, 0), (60, 160, 60), (128, 128, 128)
TINT = (1.0, 0.55, 0.1)  # what shades of grey are multiplied by to be shades of orange


def tree(path: Path) -> ElementTree.Element:
    """An article as a tree; raises where an element is not closed where it should be."""
    text = article_text(path).replace("&nbsp;", "\N{NO-BREAK SPACE}")
    return ElementTree.fromstring(f"<article>{text}</article>")


def ids(article: ElementTree.Element) -> list[str]:
    return [element.attrib["id"] for element in article.iter() if "id" in element.attrib]


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@cache
def sample(key: str) -> Array:
    """A sample picture as the network reads it, (3, 64, 64)."""
    with Image.open(ROOT / "public" / "samples" / f"{key}.webp") as picture:
        return to_input(prepare(np.asarray(picture.convert("RGB"))))


def grey(x: Array) -> Array:
    """The brightness of each pixel in all channels."""
    return np.repeat(np.tensordot(BRIGHTNESS, x, 1)[None], 3, 0).astype(np.float32)


def plain(colour: tuple[int, int, int]) -> Array:
    """A picture of nothing but a colour."""
    flat = np.array(colour, np.float32)[:, None, None] / 255
    return np.broadcast_to(flat, NETWORK.input_shape).copy()


def tinted(x: Array) -> Array:
    """Shades of grey made shades of orange."""
    return grey(x) * np.array(TINT, np.float32)[:, None, None]


def swapped(x: Array) -> Array:
    """Red and blue exchanged."""
    return np.ascontiguousarray(x[::-1])


def answer(x: Array) -> tuple[str, float]:
    """The most likely class, and its probability."""
    output = NETWORK(x)["output"]
    return CLASSES[int(output.argmax())], float(output.max())


def percents(share: float, decimals: int = 1) -> str:
    return f"{100 * share:.{decimals}f} %"


def sure(x: Array, name: str) -> str:
    """The probability of the answer to a picture, which has to be this class."""
    got, share = answer(x)
    assert got == name
    return percents(share)


@cache
def facts() -> dict[str, str]:
    """What stands in an article's elements with ``data-fact``, by that name."""
    return {
        **facts_of_network(), **facts_of_samples(), **facts_of_evaluation(), **facts_of_training(),
        **facts_of_digits(),
    }  # fmt: skip


def facts_of_digits() -> dict[str, str]:
    network = DIGITS.network
    dense = [layer for layer in network.layers if isinstance(layer, Dense)]
    return {
        "hidden-weights": f"{dense[0].kernel.size:,}",
        "digit-parameters": f"{network.parameters:,}",
        "digit-dense": percents(sum(each.parameters for each in dense) / network.parameters, 0),
    }


def facts_of_network() -> dict[str, str]:
    first = next(layer for layer in NETWORK.layers if isinstance(layer, Conv2d))
    dense = next(layer for layer in NETWORK.layers if isinstance(layer, Dense))
    values, pixels = np.prod(NETWORK.shapes[first.name]), np.prod(NETWORK.input_shape)
    fields = {
        f"field-{name}": len(receptive_field(NETWORK, name, Cell(0, 5, 5)).rows)
        for name in ("conv_1_2", "max_pool_1", "conv_2_1", "conv_2_2", "max_pool_2")
    }
    work = {row[0]: row[4] for row in parameter_rows()}
    return {
        "first-values": f"{values:,}",
        "first-dense": f"{values * pixels + values:,}",
        "first-conv": f"{first.parameters}",
        "dense-share": percents(dense.parameters / NETWORK.parameters, 0),
        "dense-work": percents(counted(work[dense.name]) / counted(work["all"])),
        **{name: f"{side}×{side}" for name, side in fields.items()},
    }


def facts_of_samples() -> dict[str, str]:
    car, cup = NETWORK(sample("sports_car")), NETWORK(sample("espresso"))
    first, second = np.argsort(car["logits"])[::-1][:2]
    assert (CLASSES[first], CLASSES[second]) == ("sports car", "ladybug")
    return {
        "car-first": number(float(car["logits"][first])),
        "car-second": number(float(car["logits"][second])),
        "car-share": percents(float(car["output"][first])),
        "car-next": percents(float(car["output"][second])),
        "zeros-relu_1_1": percents(float((cup["relu_1_1"] == 0).mean()), 0),
        "zeros-relu_2_2": percents(float((cup["relu_2_2"] == 0).mean()), 0),
        "orange-grey": sure(grey(sample("orange")), "espresso"),
        "bus-grey": sure(grey(sample("school_bus")), "sports car"),
        "pizza-swapped": sure(swapped(sample("pizza")), "sports car"),
        "orange-field": sure(plain(ORANGE), "orange"),
        "pepper-tinted": sure(tinted(sample("bell_pepper")), "orange"),
    }


def facts_of_evaluation() -> dict[str, str]:
    counts, total = np.array(MEASURED["confusions"]), MEASURED["pictures"]
    share = MEASURED["right"] / total

    def confused(true: str, given: str) -> str:
        return str(counts[CLASSES.index(true), CLASSES.index(given)])

    assert int(np.diag(counts).argmin()) == CLASSES.index("ladybug")
    wrong = counts - np.diag(np.diag(counts))
    assert wrong.max() == counts[CLASSES.index("sports car"), CLASSES.index("school bus")]
    return {
        "right": percents(share),
        "first-two": percents(MEASURED["right among the first two"] / total),
        "error": f"{100 * (share * (1 - share) / total) ** 0.5:.1f}",
        "moved": str(MEASURED["answers changed by moving"]["1"]),
        "ladybug": confused("ladybug", "ladybug"),
        "car-bus": confused("sports car", "school bus"),
        "pepper-orange": confused("bell pepper", "orange"),
        "orange-pepper": confused("orange", "bell pepper"),
        "wrong": str(total - MEASURED["right"]),
        "sure-wrong": str(MEASURED["wrong with confidence"]),
        "noise-times": str(MEASURED["noise"]["times"]),
        "half": percents(MEASURED["changed"]["half the size"] / total, 0),
    }


def counted(text: str) -> int:
    return int(text.replace(",", ""))


def parameter_rows() -> list[list[str]]:
    """The rows of the table of parameters: name, weights, biases, parameters, products."""
    rows, sums = [], [0, 0, 0, 0]
    for layer in NETWORK.layers:
        if not isinstance(layer, Conv2d | Dense):
            continue
        sides = [f"{side:,}" for side in layer.kernel.shape]
        places = np.prod(NETWORK.shapes[layer.name][1:], dtype=int)
        numbers = [layer.kernel.size, layer.bias.size, layer.parameters, layer.kernel.size * places]
        written = [f"{each:,}" for each in numbers]
        rows.append([layer.name, f"{' · '.join(sides)} = {written[0]}", *written[1:]])
        sums = [a + b for a, b in zip(sums, numbers, strict=True)]
    return [*rows, ["all", *(f"{each:,}" for each in sums)]]


def stranger_rows() -> list[tuple[str, str]]:
    """Answer and probability for each picture of no class, in the order of the table."""
    shown = [sample("cat"), sample("house"), plain(GREY), plain(GREEN)]
    rows = [(name, percents(share)) for name, share in map(answer, shown)]
    noise = MEASURED["noise"]
    return [*rows, (noise["answer"], percents(noise["mean probability"]))]


OF_TRAINING = {
    "calibration": r"the logits were divided by ([\d.]+), chosen on",
    "mean-probability": r"\| mean probability of the answer given \| ([\d.]+ %) \|",
    "learnt-from": r": ([\d,]+) to learn from,",
    "chosen-by": r", ([\d,]+) to choose by,",
    "teacher-parameters": r"Two teachers, residual networks of ([\d,]+) parameters each",
    "teacher-passes": r"learn from the [\d,]+ pictures for (\d+) passes",
    "teachers-right": r"On the kept-back pictures they are right on [^,]*, together on ([\d.]+ %)",
    "views": r"(\d+) varied views of each picture are stored",
    "softened": r"the mean of the teachers \(softened, at a temperature of ([\d.]+)\)",
    "passes": r"the true label: (\d+) passes over",
    "last-rate": r"It then goes on at (.*?) of the learning rate",
    "last-passes": r"of the learning rate, for (\d+) passes",
    "right-learnt": r"pictures it learnt from, the network is right on ([\d.]+ %)",
    "batch": r'add\("--batch", type=int, default=(\d+)',
}
"""Where the model card, or the script that trains, says what the article says of the training."""


def facts_of_training() -> dict[str, str]:
    card, script = ((ROOT / "weights" / name).read_text(encoding="utf-8")
                    for name in ("README.md", "train.py"))  # fmt: skip
    of_photos, _ = card.split("\n## The network of digits\n")
    told = re.sub(r"\s+", " ", of_photos + script)
    found = {name: re.findall(pattern, told) for name, pattern in OF_TRAINING.items()}
    assert {name: each for name, each in found.items() if len(each) != 1} == {}
    return {name: each for name, (each,) in found.items()}


@cache
def subject(language: str = "en") -> Subject:
    """What figures are drawn from, with their words in a language."""
    traces = {key: NETWORK(sample(key)) for key in PICTURES}
    labels = {
        entry["key"]: CLASSES.index(entry["class"]) if entry["class"] else None for entry in SAMPLES
    }
    return Subject(load_text(language), NETWORK, CLASSES, traces, labels, MEASURED)
