import json
from io import BytesIO

import numpy as np
import pytest

from cnnscope_notebook.errors import ModelError
from cnnscope_notebook.models import opened_of
from cnnscope_notebook.network_file import arrays_of
from support.model_files.keras_files import conv, dense, keras_archive, sequential, tfjs
from support.networks import lenet


@pytest.fixture
def torch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    torch.set_num_threads(1)
    return torch


def answers(model, opened, shape):
    """What a model and its network make of a picture: probabilities."""
    import torch

    x = np.random.default_rng(3).random(shape, np.float32)
    with torch.no_grad():
        expected = model.eval()(torch.from_numpy(x)[None])[0].softmax(0).numpy()
    return expected, opened.network(x)[opened.network.layers[-1].name]


def course_network(torch, side=28):
    nn = torch.nn
    torch.manual_seed(1)
    return nn.Sequential(
        nn.Conv2d(1, 4, 5, padding=2), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Dropout(), nn.Linear(4 * (side // 2) ** 2, 5),
    )  # fmt: skip


def test_a_pytorch_model_answers_as_it_does_there_and_stays_as_it_was(torch):
    model = course_network(torch).train()
    before = [each.clone() for each in model.state_dict().values()]
    opened = opened_of(model, None, None)
    assert model.training
    kept = zip(before, model.state_dict().values(), strict=True)
    assert all(torch.equal(one, other) for one, other in kept)
    assert opened.network.input_shape == (1, 28, 28)  # found, as no other usual size fits
    expected, got = answers(model, opened, (1, 28, 28))
    assert got == pytest.approx(expected, abs=1e-6)


def test_a_model_that_fits_many_sizes_is_asked_for_its_pictures(torch):
    nn = torch.nn
    model = nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)
    )
    with pytest.raises(ModelError, match=r"input_shape=\(channels, rows, columns\)"):
        opened_of(model, None, None)
    opened = opened_of(torch.nn.DataParallel(model), (3, 20, 24), "signed")
    assert opened.network.input_shape == (3, 20, 24)
    assert opened.network.scale.name == "signed"


def test_the_layer_that_is_not_understood_is_named_as_the_model_names_it(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.features = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.Mish())
            self.head = torch.nn.Linear(2 * 26 * 26, 3)

        def forward(self, x):
            return self.head(self.features(x).flatten(1))

    with pytest.raises(ModelError, match=r"features\.1 \(Mish\)"):
        opened_of(Net(), None, None)


def test_arrays_of_a_model_alone_are_a_guess(torch):
    with pytest.warns(UserWarning, match="without their architecture"):
        opened = opened_of(course_network(torch, 32).state_dict(), (1, 32, 32), None)
    assert opened.network.input_shape == (1, 32, 32)


def test_a_model_whose_own_code_fails_is_told_with_its_words(torch):
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.Linear(7, 2))
    with pytest.raises(ModelError, match=r"cannot export .* \(1, 28, 28\).*shapes"):
        opened_of(model, (1, 28, 28), None)


class KerasLike:
    """What a model of Keras has that is asked for."""

    def __init__(self, content, *, built=True):
        self.content, self.built = content, built

    def save(self, path):
        with open(path, "wb") as file:
            file.write(self.content)


Model = type("Model", (KerasLike,), {"__module__": "keras.src.models.model"})


def test_a_keras_model_is_read_from_the_file_that_it_saves():
    layers = [conv(2, 1, 3), ("Flatten", {}, {}), dense(3, 2 * 4 * 4)]
    content = keras_archive(layers, (6, 6, 1))
    assert opened_of(Model(content), None, None).kind == "keras"
    with pytest.raises(ModelError, match="call it on a picture once"):
        opened_of(Model(content, built=False), None, None)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Keras itself
def test_a_real_keras_model_answers_as_it_does_there(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    pytest.importorskip("torch", reason="PyTorch is not installed")
    keras = pytest.importorskip("keras", reason="Keras is not installed")
    model = keras.Sequential([
        keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3, activation="relu"),
        keras.layers.Flatten(), keras.layers.Dense(5, activation="softmax"),
    ])  # fmt: skip
    x = np.random.default_rng(3).random((3, 8, 8), np.float32)
    network = opened_of(model, None, None).network
    expected = model.predict(x.transpose(1, 2, 0)[None], verbose=0)[0]
    assert network(x)[network.layers[-1].name] == pytest.approx(expected, abs=1e-6)


def test_what_is_beside_a_file_and_belongs_to_it_is_read_with_it(tmp_path):
    files = tfjs([conv(2, 1, 3), ("Flatten", {}, {}), dense(3, 2 * 4 * 4)], (6, 6, 1))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    name = next(each for each in files if each.endswith(".json"))
    assert opened_of(tmp_path / name, None, None).network.input_shape == (1, 6, 6)
    assert opened_of([str(tmp_path / each) for each in files], None, None).kind == "tfjs"


def test_the_scale_is_what_was_asked_for(tmp_path):
    content = BytesIO()
    np.savez(content, **arrays_of(lenet()))
    (tmp_path / "net.npz").write_bytes(content.getvalue())
    opened = opened_of(tmp_path / "net.npz", None, ([0.5], [0.25]))
    assert (opened.network.scale.mean, opened.network.scale.std) == ((0.5,), (0.25,))
    with pytest.raises(ModelError, match="scale: expected unit, signed"):
        opened_of(tmp_path / "net.npz", None, "upside down")


def test_refusals_are_the_pages_own_sentences(tmp_path):
    (tmp_path / "notes.txt").write_text("no network")
    with pytest.raises(ModelError, match="no file of a network that this page knows"):
        opened_of(tmp_path / "notes.txt", None, None)
    model = sequential([], (6, 6, 1))
    model["config"]["layers"].append({"class_name": "LSTM", "config": {"name": "memory"}})
    (tmp_path / "model.json").write_text(json.dumps({"modelTopology": {"model_config": model}}))
    with pytest.raises(ModelError):
        opened_of(tmp_path / "model.json", None, None)


@pytest.mark.parametrize("model", [5, None, object(), {"a": 1}])
def test_what_is_no_model_is_told_what_is_one(model):
    with pytest.raises(ModelError, match=f"expected .* got {type(model).__name__}"):
        opened_of(model, None, None)


@pytest.mark.parametrize("shape", [(28, 28), (2, 28, 28), (28, 28, 1), (1, 0, 28)])
def test_a_shape_of_no_picture_is_refused(shape):
    with pytest.raises(ModelError, match="input_shape: expected"):
        opened_of("net.pt", shape, None)
