"""The shipped weights, and the scripts that made them (those parts need PyTorch)."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

WEIGHTS = Path(__file__).parents[2] / "weights"
FIXTURE = Path(__file__).parents[1] / "fixtures" / "tiny_vgg_activations.npz"
CLASSES = [
    "lifeboat", "ladybug", "pizza", "bell pepper", "school bus",
    "koala", "espresso", "red panda", "orange", "sports car",
]  # fmt: skip
SHAPES = {
    "conv_1_1.kernel": (10, 3, 3, 3),
    "conv_1_1.bias": (10,),
    "conv_1_2.kernel": (10, 10, 3, 3),
    "conv_1_2.bias": (10,),
    "conv_2_1.kernel": (10, 10, 3, 3),
    "conv_2_1.bias": (10,),
    "conv_2_2.kernel": (10, 10, 3, 3),
    "conv_2_2.bias": (10,),
    "logits.kernel": (10, 1690),
    "logits.bias": (10,),
}
LAYERS = [
    "conv_1_1", "relu_1_1", "conv_1_2", "relu_1_2", "max_pool_1",
    "conv_2_1", "relu_2_1", "conv_2_2", "relu_2_2", "max_pool_2",
    "flatten", "logits", "output",
]  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> dict[str, np.ndarray]:
    with np.load(WEIGHTS / "tiny_vgg.npz", allow_pickle=False) as stored:
        return dict(stored)


def scripts(*names: str) -> list[ModuleType]:
    """Import modules of weights/, which is a folder of scripts and no package."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    sys.path.insert(0, str(WEIGHTS))
    try:
        return [__import__(name) for name in names]
    finally:
        sys.path.remove(str(WEIGHTS))


def test_classes_are_in_the_order_of_the_outputs():
    entries = json.loads((WEIGHTS / "classes.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in entries] == CLASSES
    assert all(entry["wnid"].startswith("n") and len(entry["wnid"]) == 9 for entry in entries)
    assert len({entry["wnid"] for entry in entries}) == len(CLASSES)


def test_weights_have_the_shapes_of_the_architecture(shipped):
    arrays = {name: array for name, array in shipped.items() if name != "architecture"}
    assert {name: array.shape for name, array in arrays.items()} == SHAPES
    assert {array.dtype for array in arrays.values()} == {np.dtype(np.float32)}
    assert sum(array.size for array in arrays.values()) == 19_920
    assert all(np.isfinite(array).all() for array in arrays.values())


def test_weights_describe_their_architecture(shipped):
    described = json.loads(str(shipped["architecture"]))
    assert described["input"] == [3, 64, 64]
    assert [layer["name"] for layer in described["layers"]] == LAYERS
    pools = [layer for layer in described["layers"] if layer["type"] == "max_pool2d"]
    assert all((pool["size"], pool["stride"]) == (2, 2) for pool in pools)


def test_no_feature_map_is_dead(shipped):
    with np.load(FIXTURE) as stored:
        assert (stored["max_pool_1"] > 0).mean() > 0.1
        assert (stored["max_pool_2"] > 0).mean() > 0.1
    for layer in ("conv_1_1", "conv_1_2", "conv_2_1", "conv_2_2"):
        assert (np.abs(shipped[f"{layer}.kernel"]).max(axis=(1, 2, 3)) > 0.01).all()


def test_training_script_explains_its_options():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    shown = subprocess.run(
        [sys.executable, str(WEIGHTS / "train.py"), "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for option in ("--data", "--stage", "--work", "--out", "--epochs", "--seed", "--threads"):
        assert option in shown


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


def jpeg(red: int) -> bytes:
    encoded = io.BytesIO()
    Image.new("RGB", (64, 64), (red, 40, 90)).save(encoded, "JPEG")
    return encoded.getvalue()


def test_pictures_are_read_alike_from_a_folder_and_from_the_official_zip(tmp_path):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (dataset,) = scripts("dataset")
    classes = [{"name": "koala", "wnid": "n01882714"}, {"name": "pizza", "wnid": "n07873807"}]
    with zipfile.ZipFile(tmp_path / "tiny.zip", "w") as archive:
        for label, entry in enumerate(classes):
            folder = tmp_path / "train" / entry["wnid"] / "images"
            folder.mkdir(parents=True)
            for number in range(3):
                name, encoded = f"{entry['wnid']}_{number}.JPEG", jpeg(100 * label + number * 9)
                (folder / name).write_bytes(encoded)
                archive.writestr(f"tiny-200/train/{entry['wnid']}/images/{name}", encoded)
        archive.writestr("tiny-200/val/images/val_0.JPEG", jpeg(200))
    unpacked = dataset.read_pictures(tmp_path, classes)
    zipped = dataset.read_pictures(tmp_path / "tiny.zip", classes)
    assert unpacked.pixels.shape == (6, 3, 64, 64)
    assert unpacked.labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert unpacked.names == zipped.names
    assert torch.equal(unpacked.pixels, zipped.pixels)
    with pytest.raises(FileNotFoundError, match="no train/n02509815/images"):
        dataset.read_pictures(tmp_path, [{"name": "red panda", "wnid": "n02509815"}])


def test_kept_back_pictures_never_take_part_in_training():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (dataset,) = scripts("dataset")
    names = tuple(f"{wnid}_{i}.JPEG" for wnid in ("n01882714", "n07873807") for i in range(30))
    labels = torch.tensor([0] * 30 + [1] * 30)
    pictures = dataset.Pictures(torch.zeros(60, 3, 1, 1, dtype=torch.uint8), labels, names)
    parts = dataset.split(pictures, kept_back=5, playground=2)
    assert torch.bincount(parts.kept_back.labels).tolist() == [5, 5]
    assert torch.bincount(parts.playground.labels).tolist() == [2, 2]
    assert torch.bincount(parts.training.labels).tolist() == [23, 23]
    together = parts.kept_back.names + parts.playground.names + parts.training.names
    assert sorted(together) == sorted(names)
    smallest = sorted(names[:30], key=lambda name: hashlib.sha256(name.encode()).digest())[:5]
    assert set(smallest) < set(parts.kept_back.names)


def test_views_vary_and_repeat_with_their_seed():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (dataset,) = scripts("dataset")
    noise = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (16, 3, 64, 64), generator=noise, dtype=torch.uint8)
    first, again, other = (
        dataset.augmented(pixels, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert first.shape == pixels.shape
    assert 0 <= float(first.min()) < float(first.max()) <= 1
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_nearly_plain_views_stay_near_the_picture():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (dataset,) = scripts("dataset")
    ramp = torch.arange(64, dtype=torch.uint8).mul(3).expand(32, 3, 64, 64).contiguous()
    views = dataset.nearly_plain(ramp, torch.Generator().manual_seed(5))
    mirrored = views[:, 0, 32, -8] < views[:, 0, 32, 8]
    assert 0 < int(mirrored.sum()) < 32
    upright = torch.where(mirrored[:, None, None, None], views.flip(3), views)
    assert not torch.equal(upright[0], upright[1])
    # 3 px to the side, a zoom by a tenth (3 px at the edge) and 8 % of the brightness at most
    inside = (upright - ramp / 255)[:, :, :, 8:56].abs()
    assert float(inside.max()) < 6.2 * 3 / 255 * 1.08 + 0.08 * 192 / 255


def test_blended_pictures_have_blended_targets():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (dataset,) = scripts("dataset")
    pixels = torch.arange(8.0)[:, None, None, None].expand(8, 3, 64, 64)
    targets = torch.eye(8)
    x, blend = dataset.mixed(pixels, targets, 0.5, torch.Generator().manual_seed(3))
    torch.testing.assert_close(blend.sum(1), torch.ones(8))
    # The target says how much of each picture there is, so it also says how bright the blend is.
    torch.testing.assert_close(x.mean(dim=(1, 2, 3)), blend @ torch.arange(8.0))
    assert torch.equal(x[4:], pixels[4:])


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


def test_evaluation_counts_answers_to_changed_pictures(tmp_path):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    dataset, evaluation, models = scripts("dataset", "evaluation", "models")
    pixels = torch.randint(0, 256, (6, 3, 64, 64), dtype=torch.uint8)
    arrays = models.load(str(WEIGHTS / "tiny_vgg.npz"))
    answers = models.plain_forward(arrays, dataset.unit(pixels))["output"].argmax(1)
    held = dataset.Pictures(pixels, (answers + torch.tensor([0, 0, 0, 0, 1, 1])) % 10, ())
    measured = evaluation.evaluate(arrays, held, CLASSES)
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


def test_fixture_is_what_the_script_makes(tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    models, report = scripts("models", "report")
    report.save_activations(models.load(str(WEIGHTS / "tiny_vgg.npz")), tmp_path / "made.npz")
    with np.load(tmp_path / "made.npz") as made, np.load(FIXTURE) as stored:
        assert sorted(made.files) == sorted(stored.files)
        for name in set(made.files) - {"origin"}:
            np.testing.assert_allclose(made[name], stored[name], rtol=0, atol=1e-5, err_msg=name)


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
