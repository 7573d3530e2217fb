"""Files of kinds that are not read are told by their bytes, and have a reason each."""

import pickle

import numpy as np
import pytest

from cnnscope_readers.errors import REASONS, RefusedError
from cnnscope_readers.other_kinds import is_other, other_kind, refuse_other
from support.model_files.onnx_files import encoded
from support.mutations import mutations, zipped

META_GRAPH = [(1, [(4, "serve")]), (2, [(1, [(1, "x"), (2, "Placeholder")])])]

FILES = {
    "tflite": (b"\x1c\0\0\0TFL3" + bytes(60), "tflite"),
    "SavedModel": (encoded([(1, 1), (2, META_GRAPH)]), "saved_model"),
    "SavedModel, zipped": (zipped([("net/saved_model.pb", b""), ("net/x", b"")]), "saved_model"),
    "frozen graph": (encoded([(1, [(1, "x"), (2, "Placeholder")]), (4, [(1, 9)])]), "saved_model"),
    "checkpoint": (bytes(60) + bytes.fromhex("57fb808b247547db"), "saved_model"),
    "graph model": (b'{"format": "graph-model", "modelTopology": {}}', "tfjs_graph"),
    "fastai": (b"\x80\x02cfastai.learner\nLearner\nq\0.", "fastai_export"),
    "sklearn": (b"\x80\x04\x95\x10\0\0\0\0\0\0\0\x8c\x0fsklearn.svm.svcq\0.", "not_a_network"),
    "pickle": (pickle.dumps({"a": [1, 2]}), "not_a_network"),
    "Core ML": (encoded([(1, 4), (2, [(1, "x")]), (500, [(1, "layer")])]), "not_a_network"),
    "GGUF": (b"GGUF\x03\0\0\0" + bytes(40), "not_a_network"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "not_a_network"),
    "page": (b"<!DOCTYPE html><title>404</title>", "not_a_network"),
    "text": (b"conv1.weight 3 3", None),
    "nothing": (b"", None),
    "zeros": (bytes(500), None),
    "archive": (zipped([("a.txt", b"x")]), None),
    "layers model": (b'{"format": "layers-model", "modelTopology": {}}', None),
    "array": (np.arange(9, dtype=np.float32).tobytes(), None),
}


@pytest.mark.parametrize("name", FILES)
def test_a_kind_has_its_reason(name):
    content, reason = FILES[name]
    assert other_kind(content) == reason
    assert is_other(content) == (reason is not None)
    with pytest.raises(RefusedError) as refused:
        refuse_other({name: content}, name)
    assert refused.value.reason == (reason or "unknown")
    assert REASONS[refused.value.reason] == ()


@pytest.mark.parametrize("name", FILES)
def test_damaged_ones_are_told_or_not_and_nothing_else(name):
    for broken in mutations(FILES[name][0], seed=8, count=10):
        assert other_kind(broken) in (None, *REASONS)
