"""The pictures that the training reads, their splits and their views (with PyTorch)."""

import hashlib
import io
import zipfile

import pytest
from PIL import Image

from support.training import scripts


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


def test_the_test_and_validation_splits_never_take_part_in_training():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (dataset,) = scripts("dataset")
    names = tuple(f"{wnid}_{i}.JPEG" for wnid in ("n01882714", "n07873807") for i in range(30))
    labels = torch.tensor([0] * 30 + [1] * 30)
    pictures = dataset.Pictures(torch.zeros(60, 3, 1, 1, dtype=torch.uint8), labels, names)
    splits = dataset.split(pictures, test=5, validation=2)
    assert torch.bincount(splits.test.labels).tolist() == [5, 5]
    assert torch.bincount(splits.validation.labels).tolist() == [2, 2]
    assert torch.bincount(splits.training.labels).tolist() == [23, 23]
    together = splits.test.names + splits.validation.names + splits.training.names
    assert sorted(together) == sorted(names)
    smallest = sorted(names[:30], key=lambda name: hashlib.sha256(name.encode()).digest())[:5]
    assert set(smallest) < set(splits.test.names)


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


def test_weak_augmentations_stay_near_the_picture():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (dataset,) = scripts("dataset")
    ramp = torch.arange(64, dtype=torch.uint8).mul(3).expand(32, 3, 64, 64).contiguous()
    views = dataset.weak_augmentation(ramp, torch.Generator().manual_seed(5))
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
