"""Checkpoints and whole modules, as ``torch.save`` writes them.

read_checkpoint({"net.pth": content}, "net.pth")     # Weights, or Found for an nn.Sequential
"""

from collections.abc import Mapping
from dataclasses import replace

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry, Weights
from cnnscope_readers.torch.checkpoint_file import (
    folder_of,
    holds_code,
    is_pickle,
    open_checkpoint,
)
from cnnscope_readers.torch.finished_layers import finished
from cnnscope_readers.torch.layer_entries import PADDING
from cnnscope_readers.torch.module_entries import layer_of
from cnnscope_readers.torch.modules import Module, is_module, modules_in, tensors_in, unwrapped
from cnnscope_readers.torch.pickle_values import Made, Named, Value, mapping
from cnnscope_readers.torch.state_dict import saved_in, weights_of
from cnnscope_readers.torch.tensors import Store
from cnnscope_readers.zip_archive import is_zip, told_zip

LEARNER = "fastai."


def is_checkpoint(content: bytes) -> bool:
    """Whether a file is one of ``torch.save``, or any pickle; not one of ``torch.jit.save``."""
    if not is_zip(content):
        return is_pickle(content)
    archive = told_zip(content)
    folder = None if archive is None else folder_of(archive)
    return archive is not None and folder is not None and not holds_code(archive, folder)


def read_checkpoint(files: Mapping[str, bytes], name: str) -> Found | Weights:
    """The weights that a file holds, or the network where it is an ``nn.Sequential``.

    Raises RefusedError: fastai_export, not_a_network, and what is wrong with the file.
    """
    opened = open_checkpoint(files[name])
    if _is_learner(opened.value):
        raise RefusedError("fastai_export")
    saved = saved_in(opened.value)
    if is_module(saved.value):
        return _of_module(saved.value, opened.store, saved.classes)
    arrays = weights_of(saved.value, opened.store, is_lightning=saved.is_lightning)
    return Weights(arrays, classes=saved.classes)


def _is_learner(value: Value) -> bool:
    """Whether it is fastai's export: a learner, or in its first version what one is made from."""
    if isinstance(value, Made):
        return value.name.startswith(LEARNER)
    learner = (mapping(value) or {}).get("cls")
    return isinstance(learner, Named) and learner.name.startswith(LEARNER)


def _of_module(root: Value, store: Store, classes: tuple[str, ...]) -> Found | Weights:
    """A network where all runs in order; weights and settings where a class of its own runs it."""
    modules = list(modules_in(unwrapped(root)))
    arrays = weights_of(tensors_in(modules), store)
    if all(module.is_leaf or module.is_in_order for module in modules):
        layers = [_layer(module, arrays) for module in modules if module.is_leaf]
        return Found(None, finished([layer for layer in layers if layer]), classes=classes)
    return Weights(arrays, modules=_settings(modules, arrays), classes=classes)


def _layer(module: Module, arrays: Mapping[str, Array]) -> LayerEntry | None:
    """The layer that a module is, with its arrays."""
    if module.is_in_order:
        return None  # with nothing in it
    own = {name: module.path(name) for name in module.tensors}
    return layer_of(module, {name: arrays[path] for name, path in own.items() if path in arrays})


def _settings(modules: list[Module], arrays: Mapping[str, Array]) -> dict[str, LayerEntry]:
    """The settings of every module that is a layer of PyTorch's; others are left to be guessed."""
    found = {}
    for module in modules:
        if module.is_leaf and module.is_of_library:
            layer = _layer(module, arrays)
            if layer is not None and layer.type == PADDING:
                raise RefusedError("layer", layer=module.name, kind="ZeroPad2d")
            if layer is not None:
                found[module.name] = replace(layer, arrays={})
    return found
