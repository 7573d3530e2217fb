import gzip
import io

import numpy as np

from cnnscope.pictures.samples import differences, load_samples, restored


def test_nothing_is_lost_on_the_way():
    picture = np.random.default_rng(3).integers(0, 256, (64, 64, 3), np.uint8)
    planes = differences(picture)
    assert planes.shape == (3, 64, 64)
    assert planes.dtype == np.uint8
    np.testing.assert_array_equal(restored(planes), picture)


def test_extremes_survive_too():
    for picture in (np.zeros((5, 7, 3), np.uint8), np.full((5, 7, 3), 255, np.uint8)):
        np.testing.assert_array_equal(restored(differences(picture)), picture)


def test_a_smooth_picture_is_packed_smaller():
    row, col = np.mgrid[0:64, 0:64]
    picture = np.stack([2 * row + col, 3 * col + 5, 200 - row], axis=-1).astype(np.uint8)
    packed, plain = (len(gzip.compress(each.tobytes())) for each in (differences(picture), picture))
    assert packed < 0.75 * plain


def test_an_archive_gives_every_picture_by_its_key(tmp_path):
    pictures = {
        key: np.random.default_rng(seed).integers(0, 256, (8, 8, 3), np.uint8)
        for seed, key in enumerate(("koala", "pizza"))
    }
    buffer = io.BytesIO()
    np.savez(buffer, **{key: differences(picture) for key, picture in pictures.items()})
    (tmp_path / "samples.npz").write_bytes(buffer.getvalue())
    found = load_samples(tmp_path / "samples.npz")
    assert list(found) == ["koala", "pizza"]
    for key, picture in pictures.items():
        np.testing.assert_array_equal(found[key], picture)
