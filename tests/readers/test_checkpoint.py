"""Files of ``torch.save``: weights by name, however they are wrapped and packed."""

import zipfile
from io import BytesIO

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Weights
from cnnscope_readers.torch.checkpoint import is_checkpoint, read_checkpoint
from support.found_networks import answer
from support.model_files.torch_files import (
    Call,
    Name,
    archive,
    old,
    ordered,
    pickled,
    saved,
    saved_old,
    storage,
    tensor,
    tensors,
    zipped,
)
from support.plain_networks import plain_entries
from support.sample_networks import FOLDER, content, entry, expected, picture, sample_networks

RANDOM = np.random.default_rng(3)
ARRAYS = {
    "conv.weight": RANDOM.normal(size=(4, 1, 3, 3)).astype("f4"),
    "conv.bias": RANDOM.normal(size=4).astype("f4"),
    "fc.weight": RANDOM.normal(size=(2, 16)).astype("f4"),
}


def read(file: bytes) -> Weights:
    assert is_checkpoint(file)
    found = read_checkpoint({"net.pth": file}, "net.pth")
    assert isinstance(found, Weights)
    assert all(array.dtype == np.float32 for array in found.arrays.values())
    return found


def same(found, arrays=ARRAYS):
    assert list(found.arrays) == list(arrays)
    assert all(np.array_equal(found.arrays[name], arrays[name]) for name in arrays)


def reason(file: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        read_checkpoint({"net.pth": file}, "net.pth")
    return refused.value.reason


@pytest.mark.parametrize("write", [saved, saved_old])
def test_a_state_dict_is_read_in_its_order(write):
    same(read(write(ARRAYS)))


@pytest.mark.parametrize("kind", ["f8", "f2"])
def test_floats_of_other_sizes_become_float32(kind):
    rounded = {name: array.astype(kind) for name, array in ARRAYS.items()}
    same(read(saved(rounded)), {name: array.astype("f4") for name, array in rounded.items()})


def test_bfloat16_is_the_upper_half_of_a_float32():
    halves = np.array([1, -2, 0.15625], "<f4").view("<u4") >> 16
    file = archive({"w": tensor("0", "bf16", (3,))}, {"0": halves.astype("<u2").tobytes()})
    assert read(file).arrays["w"].tolist() == [1, -2, 0.15625]


def test_big_endian_numbers_are_turned():
    made, storages = tensors({name: array.astype(">f4") for name, array in ARRAYS.items()})
    same(read(archive(made, storages, is_big=True)))


def test_whole_numbers_are_no_weights():
    same(read(saved({**ARRAYS, "norm.num_batches_tracked": np.array(7, "i8")})))


def test_views_are_taken_out_of_their_storage():
    numbers = np.arange(24, dtype="f4")
    turned = tensor("0", "f4", (3, 4), numbers=24, offset=2, strides=(1, 3))
    found = read(archive({"w": turned}, {"0": numbers.tobytes()}))
    assert np.array_equal(found.arrays["w"], numbers[2:14].reshape(4, 3).T)


WRAPPED = {
    "state_dict": lambda net: {"epoch": 3, "state_dict": net, "optimizer": {"state": {0: {}}}},
    "model_state_dict": lambda net: {"model_state_dict": net, "loss": tensor("0", "f4", (1,))},
    "model": lambda net: {"model": net, "opt": {"model": {}}},
    "two levels": lambda net: {"checkpoint": {"epoch": 1, "net": net}},
    "a name of their own": lambda net: {"my cnn": net, "optimizer_state": net},
    "in a tuple": lambda net: (net, 17),
}


@pytest.mark.parametrize("wrap", WRAPPED.values(), ids=WRAPPED)
def test_a_checkpoint_is_unwrapped(wrap):
    made, storages = tensors(ARRAYS)
    same(read(archive(wrap(ordered(made)), storages)))


@pytest.mark.parametrize("prefix", ["module.", "_orig_mod.", "module._orig_mod."])
def test_what_wrappers_put_before_names_is_dropped(prefix):
    same(read(saved({prefix + name: array for name, array in ARRAYS.items()})))


def test_lightning_puts_the_model_in_a_module():
    made, storages = tensors({f"model.{name}": array for name, array in ARRAYS.items()})
    file = {"pytorch-lightning_version": "2.4.0", "state_dict": ordered(made)}
    same(read(archive(file, storages)))


def test_a_name_that_only_some_begin_with_stays():
    arrays = {"module.a": ARRAYS["conv.bias"], "b": ARRAYS["conv.bias"]}
    same(read(saved(arrays)), arrays)


CLASSES = {
    "classes": ["ants", "bees"], "class_names": ("ants", "bees"),
    "class_to_idx": {"bees": 1, "ants": 0}, "idx_to_class": {1: "bees", 0: "ants"},
}  # fmt: skip


@pytest.mark.parametrize(("key", "value"), CLASSES.items())
def test_names_of_classes_are_taken_from_beside_the_weights(key, value):
    made, storages = tensors(ARRAYS)
    found = read(archive({"model": ordered(made), key: value}, storages))
    assert found.classes == ("ants", "bees")


@pytest.mark.parametrize("value", [["ants", 3], {"ants": 0, "bees": 2}, "ants", ["ants", "ants"]])
def test_what_are_no_names_of_classes_is_left(value):
    made, storages = tensors(ARRAYS)
    assert read(archive({"model": ordered(made), "classes": value}, storages)).classes == ()


def test_storages_of_a_plain_pickle_are_files_in_it():
    inner = old(storage("0", "f4", 4), {"0": (4, ARRAYS["conv.bias"].tobytes())})
    alone = Call("torch.storage._load_from_bytes", (inner,))
    value = Call("torch._utils._rebuild_tensor_v2", (alone, 0, (4,), (1,), False, {}))
    same(read(pickled({"conv.bias": value})), {"conv.bias": ARRAYS["conv.bias"]})


def of_one(**changes):
    """A file of one tensor of nine numbers, something about it changed."""
    numbers = changes.pop("stored", bytes(36))
    return archive(
        {"w": tensor("0", "f4", changes.pop("shape", (3, 3)), **changes)}, {"0": numbers}
    )


LYING = {
    "no strides": (of_one(strides=(0, 0), numbers=1, stored=bytes(4)), "setting"),
    "nine million numbers": (of_one(shape=(3000, 3000), strides=(0, 0), numbers=1), "setting"),
    "more than there is": (of_one(numbers=10, stored=bytes(36)), "damaged"),
    "beyond the storage": (of_one(numbers=9, offset=1), "damaged"),
    "before the storage": (of_one(offset=-1), "damaged"),
    "backwards": (of_one(strides=(3, -1)), "damaged"),
    "as many strides": (of_one(strides=(3,)), "damaged"),
    "a shape that wraps around": (of_one(shape=(2**32, 2**32)), "too_large"),
    "a side below zero": (of_one(shape=(-3, -3)), "shapes"),
    "no number": (of_one(stored=np.full(9, np.nan, "f4").tobytes()), "not_finite"),
    "quantised": (archive({"w": Call("torch._utils._rebuild_qtensor", ())}, {}), "setting"),
    "complex": (archive({"w": tensor("0", "c8", (1,))}, {}), "setting"),
    "no storage": (archive({"w": tensor("0", "f4", (3,))}, {}), "missing_file"),
    "nothing in it": (archive({}, {}), "not_a_network"),
    "a number": (archive(7, {}), "not_a_network"),
    "only whole numbers": (saved({"n": np.array(3, "i8")}), "not_a_network"),
    "a learner": (archive(Call("fastai.learner.Learner", ()), {}), "fastai_export"),
    "an old learner": (archive({"cls": Name("fastai.basic_train.Learner")}, {}), "fastai_export"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "why"), LYING.values(), ids=LYING)
def test_what_cannot_be_is_refused(file, why):
    assert reason(file) == why


def test_many_views_of_one_storage_do_not_blow_up():
    numbers = np.zeros(1000, "f4").tobytes()
    views = {f"w{at}": tensor("0", "f4", (900,), numbers=1000, offset=at) for at in range(50)}
    assert reason(archive(views, {"0": numbers})) == "too_large"


def test_weights_that_are_tied_are_read_once():
    tied = {"a": tensor("0", "f4", (4,)), "b": tensor("0", "f4", (4,))}
    found = read(archive(tied, {"0": ARRAYS["conv.bias"].tobytes()}))
    assert found.arrays["a"] is found.arrays["b"]


def test_a_call_beside_the_weights_is_not_made(tmp_path):
    made, storages = tensors(ARRAYS)
    trace = tmp_path / "called"
    same(read(archive({**made, "x": Call("os.system", (f"touch {trace}",))}, storages)))
    assert not trace.exists()


def test_an_archive_that_unpacks_to_much_more_is_refused():
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("net/data.pkl", pickled({"w": tensor("0", "f4", (1,))}))
        file.writestr("net/data/0", bytes(40 << 20))
    assert reason(made.getvalue()) == "too_large"


def test_other_archives_are_none():
    assert not is_checkpoint(zipped({"config.json": b"{}"}))
    assert not is_checkpoint(archive({}, {}, others={"constants.pkl": b"", "code/a.py": b""}))
    assert not is_checkpoint(b"\x89HDF\r\n\x1a\n")


BLOCKS = ", ".join(2 * ["conv {0}, relu, conv {0}, relu, max"]) + ", flatten, dense"
NETWORKS = {
    "fastbook_simple_cnn": ", relu, ".join(5 * ["conv 1 2"]) + ", flatten",
    "learnpytorch_tinyvgg_05": BLOCKS.format(0),
    "learnpytorch_fashion_v2": BLOCKS.format(1),
    "d2l_lenet": "conv 2, sigmoid, mean, conv, sigmoid, mean, flatten, dense, sigmoid, dense,"
    "sigmoid, dense",
    "yunjey_convnet": "conv 2, norm, relu, max, conv 2, norm, relu, max, flatten, dense",
    "nn_tutorial_mnist": "conv 1 2, relu, conv 1 2, relu, conv 1 2, relu, mean 4, flatten",
    "udacity_cifar": "conv 1, relu, max, conv 1, relu, max, conv 1, relu, max, flatten, dense,"
    "relu, dense",
    "pytorch_cifar_net": "conv, relu, max, conv, relu, max, flatten, dense, relu, dense, relu,"
    "dense",
}
"""How networks of the sample files are connected, which is not in them."""

SAMPLES = (
    "fastbook_simple_cnn.pth", "learnpytorch_tinyvgg_05.pth", "d2l_lenet.pth",
    "yunjey_convnet.pth", "nn_tutorial_mnist.pth", "udacity_cifar.pth", "cifar_net_legacy.pth",
    "convnet_checkpoint.tar", "fashion_v2_dataparallel.pt", "fashion_v2_lightning.ckpt",
    "fashion_v2_fastai_save.pth", "fashion_v2_bfloat16.pth", "nn_tutorial_mnist_bigendian.pth",
)  # fmt: skip


@pytest.mark.parametrize("file", sample_networks(*SAMPLES))
def test_samples_answer_as_in_their_framework(file):
    weights = read(content(file))
    made = answer(picture(file), plain_entries(NETWORKS[entry(file)["network"]], weights.arrays))
    assert np.allclose(made, expected(file), atol=2e-6)


def test_a_trained_sample_answers_as_in_its_framework():
    file = "trained_tinyvgg_digits.pth"
    if not FOLDER.is_dir():
        pytest.skip("no folder of sample networks (CNNSCOPE_SHARED)")
    line, digits = NETWORKS[entry(file)["network"]], np.load(FOLDER / entry(file)["input"])
    layers = plain_entries(line, read(content(file)).arrays)
    for digit, answers in zip(digits, entry(file)["expected"], strict=True):
        assert np.allclose(answer(digit[None], layers), answers, atol=1e-5)
