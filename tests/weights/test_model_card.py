"""The model card beside the weights: its tables add up to what was counted."""

import json

import numpy as np

from support.training import CLASSES, WEIGHTS


def test_model_card_adds_up():
    card = (WEIGHTS / "README.md").read_text(encoding="utf-8")
    confusions = card.split("| true \\ answered |")[1].splitlines()[2:12]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in confusions]
    assert [row[0] for row in rows] == CLASSES
    counts = np.array([[int(cell.replace("·", "0")) for cell in row[1:]] for row in rows])
    assert counts.sum(axis=1).tolist() == [50] * 10
    assert (
        f"| right (first answer) | {np.trace(counts) / counts.sum():.1%}".replace("%", " %") in card
    )
    for name, right, answered in zip(CLASSES, np.diag(counts), counts.sum(axis=0), strict=True):
        assert f"| {name} | {right / 50:.0%} | {right / answered:.0%} |" in card


def test_the_model_card_says_what_was_counted():
    card = (WEIGHTS / "README.md").read_text(encoding="utf-8")
    measured = json.loads((WEIGHTS / "evaluation.json").read_text(encoding="utf-8"))
    for name, row in zip(CLASSES, measured["confusions"], strict=True):
        assert f"| {name} | " + " | ".join(str(n or "·") for n in row) + " |" in card
    assert measured["right"] == np.trace(measured["confusions"])
    assert f"| right (first answer) | {measured['right'] / measured['pictures']:.1%}"[:-1] in card
    plain = " ".join(card.split())
    shares = {
        name: f"{count / 500:.0%}".replace("%", " %") for name, count in measured["changed"].items()
    }
    assert f"turned grey it is right on {shares['grey']}" in plain
    assert f"exchanged on {shares['red and blue exchanged']}" in plain
    assert f"inverted on {shares['colours inverted']}" in plain
    assert f"mirrored {shares['mirrored']}, upside down {shares['upside down']}" in plain
    assert f"are right on {shares['half the size']} only" in plain
    noise = measured["noise"]
    assert f'{noise["times"]} of 500 pictures of random noise are "{noise["answer"]}"' in plain
