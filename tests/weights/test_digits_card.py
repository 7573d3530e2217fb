"""The model card's part about digits: its figures are those that were counted."""

import json

import numpy as np
import pytest

from support.training import WEIGHTS

DIGITS = [str(digit) for digit in range(10)]


@pytest.fixture(scope="module")
def card() -> str:
    return (WEIGHTS / "README.md").read_text(encoding="utf-8").split("# The network of digits")[1]


@pytest.fixture(scope="module")
def measured():
    return json.loads((WEIGHTS / "digits_evaluation.json").read_text(encoding="utf-8"))


def percent(share: float, places: int = 1) -> str:
    return f"{100 * share:.{places}f} %"


def test_the_figures_of_digits_kept_back_are_those_counted(card, measured):
    count, moved = measured["pictures"], measured["moved by 2 px"]
    assert count == 1000
    assert moved["pictures"] == 4000
    for row, told in (
        ("right (first answer)", percent(measured["right"] / count)),
        (
            "right answer among the first two",
            percent(measured["right among the first two"] / count),
        ),
        ("right, moved by 2 px to one of four sides", percent(moved["right"] / 4000)),
        ("negative log-likelihood", f"{measured['negative log-likelihood']:.3f}"),
        ("mean probability of the answer given", percent(measured["mean probability"])),
        ("expected calibration error, ten bins", percent(measured["calibration error"])),
    ):
        assert f"| {row} | {told} |" in card
    wrong, sure = count - measured["right"], measured["wrong with confidence"]
    was = "was" if sure == 1 else "were"
    plain = " ".join(card.split())
    assert f"Of the {wrong} wrong answers {sure} {was} given with more than 90 %" in plain


def test_the_confusions_are_those_counted(card, measured):
    counts = np.array(measured["confusions"])
    assert counts.sum(axis=1).tolist() == [100] * 10
    assert np.trace(counts) == measured["right"]
    for name, row in zip(DIGITS, counts, strict=True):
        assert f"| {name} | " + " | ".join(str(n or "·") for n in row) + " |" in card


def test_the_figures_of_drawings_are_those_counted(card, measured):
    drawings = measured["drawings"]
    for how in ("centred", "as drawn"):
        told = drawings[how]
        assert told["pictures"] == 10 * drawings["of each digit"] >= 1000
        assert sum(told["right of each"]) == told["right"]
        shares = [percent(n / drawings["of each digit"], 0) for n in told["right of each"]]
        whole = percent(told["right"] / told["pictures"])
        assert f"| {how} | {whole} | " + " | ".join(shares) + " |" in card


def test_what_the_network_cannot_do_is_what_was_counted(card, measured):
    plain = " ".join(card.split())
    changed = {name: percent(n / 1000, 0) for name, n in measured["changed"].items()}
    assert f"dark on light they are right on {changed['dark on light']}" in plain
    assert f"half their size on {changed['half the size']}" in plain
    assert f"turned by a quarter on {changed['turned by a quarter']}" in plain
    assert f"mirrored on {changed['mirrored']}, upside down on {changed['upside down']}" in plain
    two = measured["two digits"]
    assert f"{two['above 90 %']} of {two['pictures']:,} such pictures" in plain
    noise, nothing = measured["noise"], measured["nothing"]
    assert f'{noise["times"]} of 500 pictures of random noise are "{noise["answer"]}"' in plain
    assert f'is "{nothing["answer"]}" to it, at {percent(nothing["mean probability"], 0)}' in plain


def test_the_aims_are_met(measured):
    drawings = measured["drawings"]["centred"]
    assert measured["right"] >= 993
    assert measured["moved by 2 px"]["right"] >= 3960
    assert drawings["right"] >= 0.96 * drawings["pictures"]
