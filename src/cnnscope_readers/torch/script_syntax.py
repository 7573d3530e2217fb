"""The code in TorchScript files: expressions and statements, taken apart by a small parser.

    parse_expression('torch.relu((_0).forward(x, ))')     # Call(Attribute(Name("torch"), ...), ...)

It knows what PyTorch itself writes there, and nothing of it is run. Python's own parser would end
a browser's page by a line that is nested deep; here lines are nested ``DEEPEST`` at most.
"""

import re
from dataclasses import dataclass
from typing import Any

from cnnscope_readers.errors import RefusedError

DEEPEST = 40
"""Brackets in brackets."""

LONGEST = 20_000
"""Characters of a line."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')
    |(?P<number>-?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|inf\b|nan\b))
    |(?P<name>[A-Za-z_]\w*)|(?P<sign>[()\[\].,=:{}]|->))""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Constant:
    """A number, a word, a truth value, or None."""

    value: Any


@dataclass(frozen=True)
class Name:
    """A name."""

    name: str


@dataclass(frozen=True)
class Attribute:
    """What has a name in something."""

    of: "Expression"
    name: str


@dataclass(frozen=True)
class Call:
    """A call, its arguments, and those with a name."""

    called: "Expression"
    args: tuple["Expression", ...]
    named: tuple[tuple[str, "Expression"], ...]


@dataclass(frozen=True)
class Several:
    """A list, or a tuple."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Item:
    """What stands at a place of something."""

    of: "Expression"
    at: "Expression"


Expression = Constant | Name | Attribute | Call | Several | Item

WORDS = {"True": True, "False": False, "None": None}


def parse_expression(text: str) -> Expression:
    """What a line says. Raises RefusedError: damaged, too_deep, too_large."""
    parser = _Parser(_tokens(text))
    found = parser.expression()
    if parser.next() is not None:
        raise RefusedError("damaged", where=text)
    return found


def parts(text: str, sign: str = ",") -> list[str]:
    """A text cut at a sign, but not within brackets or words. Raises RefusedError: damaged."""
    found, start, depth = [], 0, 0
    for kind, token, at in _tokens(text):
        if kind != "sign":
            continue
        depth += (token in "([{") - (token in ")]}")
        if token == sign and depth == 0:
            found.append(text[start:at])
            start = at + 1
    return [*found, text[start:]]


Token = tuple[str, str, int]
"""Its kind, what it says, and where it stands."""


def _tokens(text: str) -> list[Token]:
    if len(text) > LONGEST:
        raise RefusedError("too_large", what="line", limit=LONGEST, got=len(text))
    found: list[Token] = []
    at = depth = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise RefusedError("damaged", where=text[at:])
        token = match[match.lastgroup]
        depth += (token in ("(", "[", "{")) - (token in (")", "]", "}"))
        if depth > DEEPEST:
            raise RefusedError("too_deep", limit=DEEPEST)
        found.append((match.lastgroup, token, match.start(match.lastgroup)))
        at = match.end()
    return found


class _Parser:
    """Tokens that are being read, one after the other."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def next(self) -> str | None:
        """What the next token says; None at the end."""
        return self._tokens[self._at][1] if self._at < len(self._tokens) else None

    def take(self, expected: str = "") -> Token:
        """The next token, which has to be there. Raises RefusedError: damaged."""
        if self._at >= len(self._tokens) or (expected and self.next() != expected):
            raise RefusedError("damaged", where=self.next() or "code")
        self._at += 1
        return self._tokens[self._at - 1]

    def expression(self) -> Expression:
        """A value, and what is taken or called of it."""
        found = self._value()
        for _ in range(DEEPEST):
            if self.next() not in (".", "(", "["):
                return found
            sign = self.take()[1]
            if sign == ".":
                found = Attribute(found, self.take()[1])
            elif sign == "[":
                found = Item(found, self.expression())
                if self.next() == ",":  # types have several: Tuple[int, int]
                    self._several("]")
                else:
                    self.take("]")
            else:
                found = Call(found, *self._arguments())
        raise RefusedError("too_deep", limit=DEEPEST)

    def _value(self) -> Expression:
        kind, token, _ = self.take()
        match kind:
            case "text":
                return Constant(token[1:-1])
            case "number":
                is_whole = token.lstrip("-").isdigit() and len(token) < 20
                return Constant(int(token) if is_whole else float(token))
            case "name":
                return Constant(WORDS[token]) if token in WORDS else Name(token)
        if token == "(":
            return self._in_brackets()
        if token == "[":
            return Several(self._several("]"))
        raise RefusedError("damaged", where=token)

    def _in_brackets(self) -> Expression:
        """What stands in brackets: a tuple where there is a comma."""
        if self.next() == ")":
            self.take()
            return Several(())
        first = self.expression()
        if self.next() == ")":
            self.take()
            return first
        return Several((first, *self._several(")")))

    def _several(self, end: str) -> tuple[Expression, ...]:
        """Expressions with commas between them, up to a bracket."""
        found: list[Expression] = []
        while self.next() != end:
            if self.next() == ",":
                self.take()
                continue
            found.append(self.expression())
        self.take(end)
        return tuple(found)

    def _arguments(self) -> tuple[tuple[Expression, ...], tuple[tuple[str, Expression], ...]]:
        """What is given to a call."""
        found: list[Expression] = []
        named: list[tuple[str, Expression]] = []
        while self.next() != ")":
            if self.next() == ",":
                self.take()
                continue
            each = self.expression()
            if self.next() == "=" and isinstance(each, Name):
                self.take()
                named.append((each.name, self.expression()))
            else:
                found.append(each)
        self.take(")")
        return tuple(found), tuple(named)
