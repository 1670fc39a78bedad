"""Values as a person reads them, in the manner of Java."""

from collections.abc import Callable

from chengnuo.base.columns import plain
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import Program, parameters_of
from chengnuo.engines.program.values import Kind, Value, Values, one_of

_MOST_CHARACTERS = 60
_ELLIPSIS = "…"


def simple_name(descriptor: bytes) -> str:
    """Return the name of a type without its package: `Lcom/example/A$B;` is `A.B`."""
    name = text_of(descriptor)
    return name.removesuffix(";").rpartition("/")[2].removeprefix("L").replace("$", ".")


def shown(program: Program, value: Value) -> str:
    """Return a value as text; what is not known, or deeper than it was told, as an ellipsis."""
    if value.number < 0 and value.kind in _NAMED:
        return _ELLIPSIS
    writes = _WRITES.get(value.kind)
    return writes(program, value) if writes else _ELLIPSIS


def shown_values(program: Program, values: Values) -> str:
    """Return what may be held, the texts sorted and joined by a bar."""
    return " | ".join(sorted(shown(program, one) for one in values)) or _ELLIPSIS


def _field(program: Program, value: Value) -> str:
    owner = simple_name(program.types[program.field_type[value.number]])
    return f"{owner}.{text_of(program.names[program.field_name[value.number]])}"


def _call(program: Program, value: Value) -> str:
    owner = simple_name(program.types[program.method_type[value.number]])
    types = parameters_of(program.proto_of(value.number))
    # Of what comes first, a receiver or a context, nothing is told that a person would miss.
    given = value.arguments[max(0, len(value.arguments) - len(types)) :]
    shown_ones = (
        _truth(one) or shown_values(program, one) if of == b"Z" else shown_values(program, one)
        for one, of in zip(given, types, strict=False)
    )
    told = ", ".join(one for one in shown_ones if one != _ELLIPSIS)
    return f"{owner}.{text_of(program.name_of(value.number))}({told})"


def _truth(values: Values) -> str:
    """Return `true` or `false` for the numbers that stand for them, else nothing."""
    only = one_of(values)
    return (
        "" if only is None or only.kind is not Kind.NUMBER else ("false", "true")[only.number & 1]
    )


def _short(text: str) -> str:
    safe = plain(text)
    return safe if len(safe) <= _MOST_CHARACTERS else safe[:_MOST_CHARACTERS] + _ELLIPSIS


_NAMED = frozenset({Kind.FIELD, Kind.ANSWER, Kind.CLASS, Kind.NEW})
_WRITES: dict[Kind, Callable[[Program, Value], str]] = {
    Kind.TEXT: lambda _, value: f'"{_short(value.text)}"',
    Kind.NUMBER: lambda _, value: str(value.number),
    Kind.CLASS: lambda program, value: f"{simple_name(program.types[value.number])}.class",
    Kind.NEW: lambda program, value: f"new {simple_name(program.types[value.number])}()",
    Kind.FIELD: _field,
    Kind.ANSWER: _call,
    Kind.NOT: lambda program, value: f"!{shown_values(program, value.arguments[0])}",
}
