"""Kinds of file that people take for a network's, or that hold one which cannot be read here.

    other_kind(content)     # "tflite": a reason of ``errors.REASONS``; None where nothing is known

They are told by their bytes after all that can be read, so that the page can say how to convert
them, and does not say "damaged" of what is whole.
"""

from collections.abc import Callable, Mapping
from typing import NoReturn

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.wire import Budget, parse
from cnnscope_readers.zip_archive import is_zip, told_zip

NEAR = 1 << 16
"""Bytes at the start in which names are looked for."""

FEW = 10_000
"""Fields of a message that are looked at."""

CHECKPOINT_END = bytes.fromhex("57fb808b247547db")
"""Last bytes of a TensorFlow checkpoint's index. Source: LevelDB's table format."""

COREML_MODELS = range(200, 3100)
"""Fields of a Core ML model, one of which says what it is. Source: coremltools, Model.proto."""

NO_NETWORKS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"<!DOCTYPE", b"<html", b"<svg", b"GGUF",
    b"ggml", b"MATLAB 5.0 MAT-file", b"\x93NUMPY", b"II*\0", b"MM\0*",
)  # fmt: skip
"""Beginnings of pictures, pages, language models, and arrays of another program."""


def is_other(content: bytes) -> bool:
    """Whether a file is of one of these kinds."""
    return other_kind(content) is not None


def refuse_other(files: Mapping[str, bytes], name: str) -> NoReturn:
    """Refuse such a file with the reason of its kind."""
    raise RefusedError(other_kind(files[name]) or "unknown")


def other_kind(content: bytes) -> str | None:
    """The reason for which a file is not read; None where its kind is not known."""
    return next((reason for is_it, reason in KINDS if is_it(content)), None)


def _is_tflite(content: bytes) -> bool:
    return content[4:8] == b"TFL3"


def _is_saved_model(content: bytes) -> bool:
    """TensorFlow's: the message itself, a checkpoint beside it, or an archive of the folder."""
    if is_zip(content):
        return "saved_model.pb" in _names(content)
    if content.endswith(CHECKPOINT_END):
        return True
    fields = _fields(content)
    if content[:2] == b"\x08\x01" and fields == {1, 2}:
        return any(sign in content[:NEAR] for sign in (b"\x05serve", b"Placeholder", b"Const"))
    return bool(fields) and fields <= {1, 2, 3, 4, 5} and b"\x12\x0bPlaceholder" in content[:NEAR]


def _is_tfjs_graph(content: bytes) -> bool:
    return content.lstrip()[:1] == b"{" and b'"graph-model"' in content[:NEAR]


def _is_fastai(content: bytes) -> bool:
    return _is_pickle(content) and b"fastai" in content[:NEAR]


def _is_pickle(content: bytes) -> bool:
    """Of protocol 2 or later, and whole."""
    return content[:1] == b"\x80" and content[1:2] in b"\2\3\4\5" and content[-1:] == b"."


def _is_coreml(content: bytes) -> bool:
    fields = _fields(content) if content[:1] == b"\x08" else set()
    return {1, 2} <= fields and any(field in COREML_MODELS for field in fields)


def _is_no_network(content: bytes) -> bool:
    return content.startswith(NO_NETWORKS) or (content[:4], content[8:12]) == (b"RIFF", b"WEBP")


def _fields(content: bytes) -> set[int]:
    """Numbers of a message's fields; none where the bytes are no message."""
    try:
        return set(parse(memoryview(content), Budget(limit=FEW)).fields)
    except RefusedError:
        return set()


def _names(content: bytes) -> set[str]:
    """What the members of an archive are called, without their folders."""
    archive = told_zip(content)
    return set() if archive is None else {name.rpartition("/")[2] for name in archive.names()}


KINDS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (_is_tflite, "tflite"),
    (_is_saved_model, "saved_model"),
    (_is_tfjs_graph, "tfjs_graph"),
    (_is_fastai, "fastai_export"),
    (_is_pickle, "not_a_network"),
    (_is_coreml, "not_a_network"),
    (_is_no_network, "not_a_network"),
)
"""What tells a kind, and the reason of its refusal."""
