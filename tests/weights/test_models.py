"""The network as it is trained against the one that is shipped (with PyTorch)."""

import pytest

from support.training import LAYERS, scripts


def test_folded_network_computes_what_the_trained_one_does():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (models,) = scripts("models")
    torch.manual_seed(0)
    student = models.Student(10)
    with torch.no_grad():
        for norm in student.norm.values():  # far from the identity, some shifts negative
            norm.weight.uniform_(0.2, 3)
            norm.bias.uniform_(-1, 1)
            norm.running_mean.uniform_(-1, 1)
            norm.running_var.uniform_(0.1, 4)
        x = torch.rand(4, 3, 64, 64)
        trace = models.plain_forward(models.folded(student, temperature=1.5), x)
        torch.testing.assert_close(
            trace["logits"] * 1.5, student.eval()(x), rtol=1e-4, atol=1e-4
        )  # fmt: skip
    assert list(trace) == LAYERS


def test_a_normalisation_that_turns_signs_is_not_folded():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (models,) = scripts("models")
    student = models.Student(10)
    with torch.no_grad():
        student.norm["conv_2_1"].weight[3] = -1
    with pytest.raises(ValueError, match="conv_2_1: expected positive scales"):
        models.folded(student, temperature=1.0)
    student.keep_scales_positive()
    models.folded(student, temperature=1.0)


def test_unfolded_network_computes_what_the_bare_one_does(shipped):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (models,) = scripts("models")
    arrays = {name: array for name, array in shipped.items() if name != "architecture"}
    x = torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    student = models.unfolded(arrays, x)
    expected = models.plain_forward(arrays, x)["logits"]
    with torch.no_grad():
        torch.testing.assert_close(student.eval()(x), expected, rtol=1e-4, atol=1e-3)
        # Its normalisations are those of x, so that training on pictures like x starts smoothly.
        torch.testing.assert_close(student.train()(x), expected, rtol=1e-3, atol=1e-2)
