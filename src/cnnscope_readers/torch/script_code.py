"""The files of code in a TorchScript archive: classes and functions, and the statements in them.

code = ScriptCode(archive, "net/code/")
code.function("__torch__.torch.nn.functional", "relu")     # Function(("input", ...), ...)
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.script_syntax import Expression, Several, parse_expression, parts
from cnnscope_readers.zip_archive import ZipArchive

LARGEST = 400_000
"""Bytes of all files that are needed."""

LINES = 20_000
"""Of one file."""

STEP = 2
"""Spaces by which what stands in something is set in."""

NESTED = 20
"""Blocks in blocks."""


@dataclass(frozen=True)
class Assign:
    """Names, and the value that they get."""

    names: tuple[str, ...]
    value: Expression


@dataclass(frozen=True)
class Return:
    """The value of a function."""

    value: Expression


@dataclass(frozen=True)
class If:
    """What is done where something holds, and else."""

    condition: Expression
    then: tuple["Statement", ...]
    other: tuple["Statement", ...]


@dataclass(frozen=True)
class Repeat:
    """A loop, which no chain of layers has: its first line."""

    line: str


Statement = Assign | Return | If | Repeat


@dataclass(frozen=True)
class Function:
    """Names of what a function takes, what these are where nothing is given, and what it does."""

    names: tuple[str, ...]
    usual: dict[str, Expression]
    body: tuple[Statement, ...]


class ScriptCode:
    """The code of one archive; files and functions are taken apart when they are asked for."""

    def __init__(self, archive: ZipArchive, folder: str) -> None:
        """``folder`` is where the code is, as ``net/code/``."""
        self._archive = archive
        self._folder = folder
        self._read = 0
        self._files: dict[str, dict[tuple[str, str], list[str]]] = {}
        self._functions: dict[tuple[str, str, str], Function] = {}

    def function(self, path: str, name: str) -> Function:
        """A function of a module. Raises RefusedError: missing_file, damaged."""
        return self._of(path, "", name)

    def method(self, kind: str, name: str) -> Function:
        """A method of a class, by the dotted name of that. Raises RefusedError."""
        path, _, own = kind.rpartition(".")
        return self._of(path, own, name)

    def _of(self, path: str, kind: str, name: str) -> Function:
        if (path, kind, name) not in self._functions:
            self._functions[path, kind, name] = _function(self._lines(path, kind, name))
        return self._functions[path, kind, name]

    def _lines(self, path: str, kind: str, name: str) -> list[str]:
        """The lines of a function."""
        if path not in self._files:
            file = f"{self._folder}{path.replace('.', '/')}.py"
            self._read += self._archive.size(file)
            if self._read > LARGEST:
                raise RefusedError("too_large", what="code", limit=LARGEST, got=self._read)
            content = self._archive.read(file)
            self._files[path] = _functions(content)
        lines = self._files[path].get((kind, name))
        if lines is None:
            raise RefusedError("damaged", where=f"{path}.{kind}.{name}")
        return lines


def _functions(content: bytes) -> dict[tuple[str, str], list[str]]:
    """The lines of each function of a file, by its class and its name."""
    lines = content.decode("utf-8", "replace").split("\n")
    if len(lines) > LINES:
        raise RefusedError("too_large", what="code", limit=LINES, got=len(lines))
    found: dict[tuple[str, str], list[str]] = {}
    kind = ""
    current: list[str] = []
    for line in lines:
        inner = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if indent == 0 and inner.startswith("class "):
            kind, current = inner[len("class ") :].partition("(")[0], []
        elif inner.startswith("def ") and indent in (0, STEP):
            kind = kind if indent else ""
            current = found[kind, inner[len("def ") :].partition("(")[0]] = [line[indent:]]
        elif inner and current:
            current.append(line[STEP:] if kind else line)
    return found


def _function(lines: list[str]) -> Function:
    """A function of its lines, the first of which say what it takes.

    Raises RefusedError: damaged, too_deep, too_large.
    """
    head, at = "", 0
    while at < len(lines) and not head.endswith(":"):
        head += lines[at].strip()
        at += 1
    inside, arrow, _ = head.partition("(")[2].rpartition("->")
    names: list[str] = []
    usual: dict[str, Expression] = {}
    for said in parts(inside.strip().removesuffix(")")) if arrow else ():
        name, _, rest = said.strip().partition(":")
        _, *value = parts(rest, "=")
        names.append(name.strip())
        if value:
            usual[name.strip()] = parse_expression(value[0])
    inner = tuple(line[STEP:] for line in lines[at:])
    body, end = _block(inner, 0, 0)
    if end != len(inner):
        raise RefusedError("damaged", where=inner[end])
    return Function(tuple(names), usual, body)


def _block(lines: tuple[str, ...], at: int, indent: int) -> tuple[tuple[Statement, ...], int]:
    """The statements that are set in so far, and the line after them."""
    if indent > NESTED * STEP:
        raise RefusedError("too_deep", limit=NESTED)
    found: list[Statement] = []
    while at < len(lines) and _indent(lines[at]) >= indent:
        line = lines[at].strip()
        at += 1
        if line.startswith("if ") and line.endswith(":"):
            then, at = _block(lines, at, indent + STEP)
            other: tuple[Statement, ...] = ()
            if at < len(lines) and _indent(lines[at]) == indent and lines[at].strip() == "else:":
                other, at = _block(lines, at + 1, indent + STEP)
            found.append(If(parse_expression(line[3:-1]), then, other))
        elif line.startswith(("for ", "while ")):
            _, at = _block(lines, at, indent + STEP)
            found.append(Repeat(line))
        else:
            found += _statement(line)
    return tuple(found), at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _statement(line: str) -> Iterator[Statement]:
    """What a line says that stands for itself."""
    if line == "pass" or line.startswith(("#", "assert ")):
        return
    if line == "return" or line.startswith("return "):
        yield Return(parse_expression(line[len("return") :] or "None"))
        return
    names, *value = parts(line, "=")
    if not value:
        yield Assign((), parse_expression(line))
        return
    listed = [part.partition(":")[0].strip(" ()") for part in parts(names)]
    given = [parse_expression(part) for part in parts(value[0]) if part.strip()]
    whole = given[0] if len(given) == 1 else Several(tuple(given))
    yield Assign(tuple(name for name in listed if name), whole)
