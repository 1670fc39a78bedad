"""Modules are laid out as the house asks: small, named for one thing, imports at the top."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.sources import PACKAGE, modules, name_of, tree_of

# "Under about 300 lines": a module that passes this is two.
LINES = 340
# Lazy imports keep start-up short, in these places only.
LAZY = frozenset(
    {
        "src/chengnuo/wiring/knowledge.py",
        "src/chengnuo/wiring/program.py",
        "src/chengnuo/doors/cli/root.py",
    }
)
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "handlers", "common"})

IMPORTS = (ast.Import, ast.ImportFrom)


def inner_imports(tree: ast.Module) -> Iterator[int]:
    """Yield the lines of imports that stand inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from (inner.lineno for inner in ast.walk(node) if isinstance(inner, IMPORTS))


def beyond_docstring(tree: ast.Module) -> list[ast.stmt]:
    """Return what a module holds after its docstring."""
    return tree.body[1:] if ast.get_docstring(tree) else tree.body


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_a_module_keeps_the_rules_of_the_house(module: Path) -> None:
    text, tree = module.read_text(encoding="utf-8"), tree_of(module)
    assert ast.get_docstring(tree), "it opens with the rule it keeps"
    assert len(text.splitlines()) <= LINES, "one concept, under about 300 lines"
    assert module.stem not in EMPTY_NAMES, "it is named for what it holds"
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [node.lineno for node in froms if node.level] == [], "no relative import"
    assert [node.lineno for node in froms if node.names[0].name == "*"] == [], "no star import"
    if name_of(module) not in LAZY:
        assert list(inner_imports(tree)) == [], "no import inside a function"
    if module.name == "__init__.py":
        assert beyond_docstring(tree) == [], "a package's __init__ is a docstring"


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {module.parent for module in modules()}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_wiring_stays_a_roof() -> None:
    # Why it is a share and not 400 lines stands in docs/adr/0017.
    def lines(found: list[Path]) -> int:
        return sum(len(one.read_text(encoding="utf-8").splitlines()) for one in found)

    of_it = [one for one in modules() if one.is_relative_to(PACKAGE / "wiring")]
    assert 0 < lines(of_it) <= 0.015 * lines(modules())


def test_an_inner_import_is_seen() -> None:
    tree = ast.parse("import a\ndef f():\n    if a:\n        import b\n")
    assert list(inner_imports(tree)) == [4]
