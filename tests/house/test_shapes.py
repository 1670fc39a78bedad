"""Whatever is read into a type of ours goes through `ready`, for threads may come at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.sources import PACKAGE, PARTS, modules, name_of, tree_of

_READS = {
    "msgspec.json.decode",
    "msgspec.msgpack.decode",
    "msgspec.yaml.decode",
    "msgspec.toml.decode",
    "msgspec.convert",
    "msgspec.json.Decoder",
    "msgspec.msgpack.Decoder",
}
# msgspec knows these from the start.
_PLAIN = {
    "bool", "bytes", "date", "datetime", "dict", "float", "frozenset", "int", "list",
    "object", "set", "str", "tuple",
}  # fmt: skip
_THE_RULE = PACKAGE / "base" / "shapes.py"


def _kind(call: ast.Call) -> ast.expr | None:
    """Return the type that a call reads into, if it names one."""
    said = [one.value for one in call.keywords if one.arg == "type"]
    if said:
        return said[0]
    function = ast.unparse(call.func)
    place = 0 if function.endswith("Decoder") else 1
    taken = function.endswith(("Decoder", "convert")) and len(call.args) > place
    return call.args[place] if taken else None


def unready(tree: ast.Module) -> Iterator[str]:
    """Yield what is read into without `ready`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) not in _READS:
            continue
        kind = _kind(node)
        if kind is None:
            continue
        if isinstance(kind, ast.Call) and ast.unparse(kind.func) == "ready":
            continue
        if {one.id for one in ast.walk(kind) if isinstance(one, ast.Name)} <= _PLAIN:
            continue
        yield f"line {node.lineno}: {ast.unparse(kind)}"


def _read(module: Path) -> list[str]:
    return [] if module == _THE_RULE else list(unready(tree_of(module)))


@pytest.mark.parametrize("part", PARTS)
def test_every_type_is_ready_before_it_is_read_into(part: str) -> None:
    found = {
        name_of(module): _read(module) for module in modules(part) if PACKAGE in module.parents
    }
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "msgspec.json.decode(data, type=Wanted)",
        "msgspec.convert(tree, Wanted, strict=False)",
        "msgspec.json.Decoder(tuple[Wanted, ...])",
    ],
)
def test_a_type_that_is_not_is_seen(line: str) -> None:
    assert list(unready(ast.parse(line))) != []


def test_what_msgspec_knows_needs_nothing() -> None:
    assert list(unready(ast.parse("msgspec.json.decode(data, type=dict[str, int])"))) == []
    assert list(unready(ast.parse("msgspec.convert(tree, ready(Wanted))"))) == []
