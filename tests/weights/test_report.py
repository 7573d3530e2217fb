"""The tables of the report, and the activations that it stores (with PyTorch)."""

import numpy as np
import pytest

from support.training import FIXTURE, WEIGHTS, scripts


def test_report_counts_right():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (report,) = scripts("report")
    logits = torch.tensor([[4.0, 0], [4.0, 0], [0, 4.0], [4.0, 0]])
    text = report.tables(logits, torch.tensor([0, 0, 1, 1]), ["cat", "dog"])
    assert "4 pictures: 75.0% right, 100.0% among the first two" in text
    assert "| cat | 100% | 67% |" in text
    assert "| dog | 1 | 1 |" in text
    # All four answers have a probability of 98.2 %, three of four are right.
    assert report.calibration_error(logits.softmax(1), torch.tensor([0, 0, 1, 1])) == pytest.approx(
        0.982 - 0.75, abs=1e-3
    )


def test_fixture_is_what_the_script_makes(tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    models, report = scripts("models", "report")
    report.save_activations(models.load(str(WEIGHTS / "tiny_vgg.npz")), tmp_path / "made.npz")
    with np.load(tmp_path / "made.npz") as made, np.load(FIXTURE) as stored:
        assert sorted(made.files) == sorted(stored.files)
        for name in set(made.files) - {"origin"}:
            np.testing.assert_allclose(made[name], stored[name], rtol=0, atol=1e-5, err_msg=name)
