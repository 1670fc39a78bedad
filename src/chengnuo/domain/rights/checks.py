"""Conditions that a store holds its rows to, read as far as they are simple.

Understood: comparisons of columns and constants, `IN`, `BETWEEN`, `IS NULL`, `AND`, `OR`, `NOT`,
sums and differences, in the spellings of SQLite, PostgreSQL (`= ANY (ARRAY[…])`, casts) and MySQL.
Anything else is not understood, and whoever asks is told so. Evaluated in the three values of SQL,
and a fourth for what depends on a column whose value is not known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from chengnuo.domain.rights.check_reading import Node, read
from chengnuo.domain.rights.values import Value


class Truth(StrEnum):
    """What came of a condition."""

    HOLDS = "holds"
    """True, or NULL, which a store lets pass."""
    FAILS = "fails"
    OPEN = "open"
    """It depends on what is not known."""


class _Open:
    """Stands for a value that is not known; `present` once it is known not to be NULL."""

    __slots__ = ("present",)

    def __init__(self, *, present: bool) -> None:
        self.present = present


_OPEN = _Open(present=False)
_Result = Value | _Open


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition that was understood."""

    root: Node

    def constants(self) -> tuple[Value, ...]:
        """Return the constants in it, in the order of the text, each once."""
        found: dict[tuple[type, Value], None] = {}
        waiting = [self.root]
        while waiting:
            node = waiting.pop(0)
            if node.op == "constant":
                found[type(node.constant), node.constant] = None
            waiting[:0] = node.parts
        return tuple(value for _, value in found)

    def columns(self) -> frozenset[str]:
        """Return the columns that it speaks of, in lower case."""
        found: set[str] = set()
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if node.op == "column":
                found.add(node.column)
            waiting.extend(node.parts)
        return frozenset(found)

    def truth(self, known: Mapping[str, Value], present: frozenset[str] = frozenset()) -> Truth:
        """Return what comes of it.

        Args:
            known: Values of columns, by name in lower case.
            present: Columns whose value is not known but never NULL.

        """
        value = _value(self.root, known, present)
        if isinstance(value, _Open):
            return Truth.OPEN
        return Truth.HOLDS if value is None or value else Truth.FAILS


def understand(sql: str) -> Condition | None:
    """Return the condition that a text states, or None where it is not understood."""
    root = read(sql)
    return None if root is None else Condition(root)


def _value(node: Node, known: Mapping[str, Value], present: frozenset[str]) -> _Result:  # noqa: PLR0911  one operation each
    if node.op == "constant":
        return node.constant
    if node.op == "column":
        if node.column in known:
            return known[node.column]
        return _Open(present=node.column in present)
    parts = [_value(part, known, present) for part in node.parts]
    match node.op:
        case "and":
            return _junction(parts, ends=False)
        case "or":
            return _junction(parts, ends=True)
        case "not":
            (one,) = parts
            return one if one is None or isinstance(one, _Open) else not one
        case "is null":
            (one,) = parts
            if isinstance(one, _Open):
                return False if one.present else _OPEN
            return one is None
        case "in":
            return _junction([_compare("=", parts[0], one) for one in parts[1:]], ends=True)
        case _:
            return _compare(node.op, parts[0], parts[1])


def _junction(parts: list[_Result], *, ends: bool) -> _Result:
    is_open = is_null = False
    for one in parts:
        if isinstance(one, _Open):
            is_open = True
        elif one is None:
            is_null = True
        elif bool(one) is ends:
            return ends
    if is_open:
        return _OPEN
    return None if is_null else not ends


def _compare(op: str, left: _Result, right: _Result) -> _Result:
    if left is None or right is None:
        return None
    if isinstance(left, _Open) or isinstance(right, _Open):
        return _OPEN
    match _alike(left), _alike(right):
        case (Decimal() as one, Decimal() as other):
            if op in _SUMS:
                return one + other if op == "+" else one - other
            return _SIGNS[op]((one > other) - (one < other))
        case (str() as word, str() as other_word) if op not in _SUMS:
            return _SIGNS[op]((word > other_word) - (word < other_word))
        case _:  # the store knows what it makes of that, we do not
            return _OPEN


_SUMS = frozenset({"+", "-"})
_SIGNS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def _alike(value: Value) -> Value:
    match value:
        case bool() | int() | float():
            return Decimal(value)
        case datetime():
            return value.replace(tzinfo=None).isoformat(sep=" ")
        case date():
            return value.isoformat()
        case _:
            return value
