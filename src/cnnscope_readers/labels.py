"""Names of classes in a file beside a network's: ``labels.txt``, or ``metadata.json``.

labels_of({"model.json": b"...", "metadata.json": b'{"labels": ["cat", "dog"]}'}, "model.json")
"""

from collections.abc import Mapping

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.plain_json import read_json

LONGEST = 1 << 20
MOST = 10_000


def labels_of(files: Mapping[str, bytes], network: str) -> tuple[str, ...]:
    """The names in the first such file beside ``network``; none without one.

    Of lines that begin with their number, as Teachable Machine writes them, the number is left out.
    """
    for name, content in files.items():
        ending = name.rpartition(".")[2].casefold()
        if name == network or len(content) > LONGEST:
            continue
        if ending == "txt":
            return _lines(content.decode("utf-8-sig", "replace").splitlines())
        if ending == "json":
            labels = _listed(content)
            if labels:
                return labels
    return ()


def _lines(lines: list[str]) -> tuple[str, ...]:
    names = [line.strip() for line in lines if line.strip()][:MOST]
    numbered = [name.partition(" ") for name in names]
    if all(first == str(place) and rest for place, (first, _, rest) in enumerate(numbered)):
        names = [rest for _, _, rest in numbered]
    return tuple(names)


def _listed(content: bytes) -> tuple[str, ...]:
    """The labels in a JSON that lists them, or is a list."""
    try:
        told = read_json(content)
    except RefusedError:
        return ()
    labels = told.get("labels") if isinstance(told, dict) else told
    return tuple(map(str, labels[:MOST])) if isinstance(labels, list) else ()
