"""The page about every field of a register, made from the rows themselves."""

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.kinds import KINDS
from chengnuo.domain.register.scalars import Frequency, Keep

HEAD = """\
# The register's fields

Written by `make golden` from the register's own types. *Needed* fields have no value of their own;
the others show theirs, if any.
A text is `{zh: …, en: …}`, or Chinese alone; a day is `2026-11-23`.
"""

WORDS: dict[object, str] = {
    Text: "text",
    str: "word",
    int: "whole number",
    bool: "`true` or `false`",
    date: "day",
    Period: "period, as `P30D`",
    Keep: "period, as `P30D`, or `forever`",
    Frequency: "frequency, as `3 per day`",
}
_ATTRIBUTES = re.compile(r"\nAttributes:\n(.*?)(?:\n\n\S|\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*?)(?=^ {4}\w+: |\Z)", re.DOTALL | re.MULTILINE)


def described(row: type) -> dict[str, str]:
    """Return what a row's docstring says of each field."""
    found = _ATTRIBUTES.search(inspect.getdoc(row) or "")
    pairs = _ATTRIBUTE.findall(found[1]) if found else []
    return {name: " ".join(text.split()) for name, text in pairs}


def anchor(row: type) -> str:
    """Return the anchor of a row's part of the page."""
    return row.__name__.lower()


def simple_words(of: object) -> str:
    """Return a type that is not made of others, as people write it."""
    if of in WORDS:
        return WORDS[of]
    if isinstance(of, typing.NewType):
        return f"id ({of.__name__.removesuffix('Id').lower()})"
    assert isinstance(of, type), of
    if issubclass(of, StrEnum):
        return "one of " + ", ".join(f"`{value}`" for value in of)
    assert dataclasses.is_dataclass(of), of
    return f"[{of.__name__}](#{anchor(of)})"


def type_words(of: object) -> str:
    """Return a field's type as people write it."""
    parts = [part for part in typing.get_args(of) if part is not types.NoneType]
    if typing.get_origin(of) is typing.Annotated:
        return type_words(parts[0])
    if typing.get_origin(of) in (types.UnionType, typing.Union):
        return " or ".join(type_words(part) for part in parts)
    if typing.get_origin(of) is tuple:
        return f"list of: {type_words(parts[0])}"
    return simple_words(of)


def default_words(field: dataclasses.Field[object]) -> str:
    """Return what a field is when it is not written."""
    if field.default is dataclasses.MISSING:
        return "*needed*"
    if field.default is None or field.default == ():
        return ""
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    if isinstance(field.default, tuple):
        return ", ".join(f"`{value}`" for value in field.default)
    return f"`{field.default}`"


def inner_rows(of: object) -> Iterator[type]:
    """Yield the rows of ours that a type names."""
    if dataclasses.is_dataclass(of) and isinstance(of, type) and of not in WORDS:
        yield of
    for inner in typing.get_args(of):
        yield from inner_rows(inner)


def section(row: type, title: str, level: int) -> str:
    """Return one row's part of the page."""
    says, hints = described(row), typing.get_type_hints(row, include_extras=True)
    lines = [
        f"{'#' * level} {title} {{ #{anchor(row)} }}",
        "",
        "| field | what | form | if absent |",
    ]
    lines.append("|---|---|---|---|")
    for field in dataclasses.fields(row):
        assert field.name in says, f"{row.__name__}.{field.name} is not described"
        words = type_words(hints[field.name])
        cells = (
            f"`{field.name.rstrip('_')}`",
            says[field.name].replace("|", "\\|"),
            words,
            default_words(field),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """Return the page about every field."""
    parts, seen = [HEAD], {kind.model for kind in KINDS}
    for kind in KINDS:
        title = f"`{kind.name}` · {kind.title.zh} · {kind.title.en}"
        parts.append(section(kind.model, title, 2))
        todo = [kind.model]
        while todo:
            row = todo.pop(0)
            for hint in typing.get_type_hints(row, include_extras=True).values():
                for inner in inner_rows(hint):
                    if inner not in seen:
                        seen.add(inner)
                        todo.append(inner)
                        parts.append(section(inner, inner.__name__, 3))
    return "\n".join(parts)
