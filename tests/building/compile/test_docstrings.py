"""Source without docstrings is the same program, line for line."""

import ast

import pytest

from building.compile.docstrings import without_docstrings
from support.sites import ROOT

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
ODD = {
    "alone": 'def f():\n    """Says."""\n',
    "over lines": 'def f():\n    """Says\n    more.\n    """\n    return 1\n',
    "beside code": 'def f(): "Says."; return 1\n',
    "in brackets": 'def f():\n    ("Says "\n     "more.")\n    return 1\n',
    "only it, in brackets": 'def f():\n    ("Says.")\n',
    "before a comment": 'class A:\n    "Says."  # why\n    x = 1\n',
    "not of ASCII": 'def f():\n    "Sägt “mehr”."; ä = "ö"; return ä\n',
    "of a module": '"""Says.\n\nMore.\n"""\nfrom __future__ import annotations\nx = 1\n',
    "at the end of a file": 'async def f():\n    "Says."',
    "with carriage returns": 'def f():\r\n    """Says\r\n    more."""\r\n    return 1\r\n',
}


def statements(source: bytes) -> list[tuple[str, int]]:
    """Every statement with its line, but what stands where a docstring stands."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, DOCUMENTED):
            continue
        match node.body:
            case [ast.Expr(ast.Constant()), *rest]:
                node.body = rest
    found = (node for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return [(ast.dump(node), node.lineno) for node in found]


def docstrings(source: bytes) -> set[str]:
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, DOCUMENTED))
    return {found.strip() for node in nodes if (found := ast.get_docstring(node, clean=False))}


@pytest.mark.parametrize("case", ODD)
def test_nothing_but_docstrings_goes_wherever_they_stand(case: str) -> None:
    source = ODD[case].encode()
    left = without_docstrings(source, "a.py")
    assert docstrings(source)
    assert docstrings(left) <= {""}
    assert statements(left) == statements(source)


def test_nothing_but_docstrings_goes_from_the_project_itself() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        source = path.read_bytes()
        left = without_docstrings(source, path.name)
        assert docstrings(left) <= {""}, path
        assert statements(left) == statements(source), path


def test_a_class_keeps_a_blank_one_which_a_dataclass_takes_for_its_own() -> None:
    left = without_docstrings(b'class A:\n    """Says."""\n', "a.py")
    space: dict[str, type] = {}
    exec(left, space)
    assert space["A"].__doc__ == " "
