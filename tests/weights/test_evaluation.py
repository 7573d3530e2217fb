"""What is counted of the answers, and how pictures are changed for that (with PyTorch)."""

import json

import numpy as np
import pytest

from support.training import CLASSES, WEIGHTS, scripts


def test_evaluation_counts_answers_to_changed_pictures(tmp_path):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    dataset, evaluation, models = scripts("dataset", "evaluation", "models")
    pixels = torch.randint(0, 256, (6, 3, 64, 64), dtype=torch.uint8)
    arrays = models.load(str(WEIGHTS / "tiny_vgg.npz"))
    answers = models.plain_forward(arrays, dataset.unit(pixels))["output"].argmax(1)
    test_split = dataset.Pictures(pixels, (answers + torch.tensor([0, 0, 0, 0, 1, 1])) % 10, ())
    measured = evaluation.evaluate(arrays, test_split, CLASSES)
    assert (measured["pictures"], measured["right"]) == (6, 4)
    assert np.array(measured["confusions"]).sum() == 6
    assert np.trace(measured["confusions"]) == 4
    evaluation.save(measured, tmp_path / "evaluation.json")
    assert json.loads((tmp_path / "evaluation.json").read_text(encoding="utf-8")) == measured


def test_pictures_are_changed_as_they_say():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (evaluation,) = scripts("evaluation")
    x = torch.rand(2, 3, 64, 64)
    changed = {name: change(x) for name, change in evaluation.CHANGES.items()}
    assert {tuple(each.shape) for each in changed.values()} == {tuple(x.shape)}
    torch.testing.assert_close(
        changed["grey"][:, 0], x[:, 0] * 0.299 + x[:, 1] * 0.587 + x[:, 2] * 0.114
    )
    assert torch.equal(changed["red and blue exchanged"][:, 0], x[:, 2])
    assert torch.equal(changed["mirrored"][..., 0], x[..., -1])
    assert torch.equal(changed["upside down"][:, :, 0], x[:, :, -1])
    torch.testing.assert_close(changed["half the size"][:, :, 16, 16], x[:, :, :2, :2].mean((2, 3)))
    assert (changed["half the size"][:, :, 15] == 0.5).all()
