"""Nothing but a refusal leaves a reader of Keras files, whatever a file's bytes are, and soon."""

import time
from collections.abc import Mapping
from contextlib import suppress

import pytest

from cnnscope_readers.assemble import assemble
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras import read_keras, read_keras_h5, read_tfjs
from support.model_files.keras_files import Layer, conv, dense, keras_archive, keras_h5, norm, tfjs
from support.mutations import mutations
from support.sampling import sampled

SHAPE = (7, 6, 3)
LAYERS: list[Layer] = [
    ("Rescaling", {"scale": 1 / 255, "offset": [0.0, 0.1, 0.2]}, {}),
    ("ZeroPadding2D", {"padding": [[1, 0], [2, 1]]}, {}),
    conv(4, 3, 3, activation="relu", strides=[1, 2], padding="same"), norm(4),
    ("MaxPooling2D", {"pool_size": [2, 2], "padding": "same"}, {}), ("Flatten", {}, {}),
    dense(5, 48, activation={"class_name": "LeakyReLU", "config": {"alpha": 0.1}}),
    dense(3, 5, activation="softmax"),
]  # fmt: skip
READERS = {
    ".keras": (read_keras, {"net": keras_archive(LAYERS, SHAPE)}, "net"),
    ".h5": (read_keras_h5, {"net": keras_h5(LAYERS, SHAPE)}, "net"),
    "model.json": (read_tfjs, tfjs(LAYERS, SHAPE), "model.json"),
}
COUNT = 20


@pytest.mark.parametrize("kind", READERS)
def test_the_file_itself_is_read(kind: str) -> None:
    read, files, name = READERS[kind]
    assert assemble(read(files, name)).input_shape == (3, 7, 6)


@pytest.mark.parametrize("seed", sampled(range(41), every=41))
@pytest.mark.parametrize("kind", READERS)
def test_only_refusals_leave_a_reader(kind: str, seed: int) -> None:
    read, files, name = READERS[kind]
    for broken in mutations(files[name], seed, COUNT if seed == 0 else 10 * COUNT):
        whole: Mapping[str, bytes] = {**files, name: broken}
        begun = time.process_time()
        with suppress(RefusedError):
            assemble(read(whole, name))
        assert time.process_time() - begun < 2


def test_only_refusals_leave_a_reader_of_damaged_numbers() -> None:
    read, files, name = READERS["model.json"]
    for broken in mutations(files["group1-shard1of1.bin"], 3, COUNT):
        with suppress(RefusedError):
            assemble(read({**files, "group1-shard1of1.bin": broken}, name))
