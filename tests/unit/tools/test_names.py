"""Names in code are nouns for things and verbs for deeds: no bare participle, no house word."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("exposure_index", "tables", "index_builder", "app", "loadtests", "tools")
PARTICIPLES = frozenset({"told", "asked", "shown", "typed", "taken", "answered", "opened", "held"})
HOUSE_WORDS = frozenset({"desk", "room", "stage", "way", "ways"})
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def names(module: Path):
    """Every name that the module gives: to itself, classes, functions, arguments and variables."""
    yield module.stem, 1
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno


def ill_named(module: Path):
    forbidden = PARTICIPLES | HOUSE_WORDS
    return [f"{n}:{line}" for n, line in names(module) if n.lower().strip("_") in forbidden]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_name_is_a_bare_participle_or_a_house_word(module):
    assert [] == ill_named(module)


def test_a_bare_participle_is_noticed(tmp_path):
    module = tmp_path / "opened.py"
    module.write_text("class Typed: ...\ndef f(told):\n    way = held = told\n", "utf-8")
    assert 5 == len(ill_named(module))
