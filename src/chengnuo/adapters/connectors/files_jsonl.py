"""Files of JSON objects, one a line: a changed value is cut in, all else stays byte for byte.

The columns are the members of the object at its top; a nested value is carried as its JSON text.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import BinaryIO

from chengnuo.adapters.connectors.files_forms import (
    ChangeRefusedError,
    Edit,
    FormError,
    Gone,
    Record,
    digest_of,
)
from chengnuo.adapters.connectors.files_text import (
    BOM,
    Line,
    encoding_of,
    lines_of,
    packed_like,
    text_of,
    unpacked,
)
from chengnuo.domain.rights.schema import ColumnSchema, ValueType
from chengnuo.domain.rights.values import Value

_LOOKED_AT = 1_000
"""How many rows are read to learn the columns."""
_SPACE = " \t\r\n"
_TYPES: dict[type, ValueType] = {
    str: ValueType.TEXT,
    bool: ValueType.BOOLEAN,
    int: ValueType.INTEGER,
    float: ValueType.REAL,
}
_READER = json.JSONDecoder()


class _Object:
    """One line with an object."""

    def __init__(self, line: Line, number: int, text: str) -> None:
        self.line, self.number, self.text = line, number, text

    @cached_property
    def digest(self) -> str:
        return digest_of(self.line.text)

    @cached_property
    def plain(self) -> dict[str, object]:
        found: object = None
        with suppress(ValueError, RecursionError):  # such an error would carry the line along
            found = _READER.decode(self.text)
        if found is None:
            raise FormError(f"record {self.number} is not JSON")
        if not isinstance(found, dict):
            raise FormError(f"record {self.number} is not an object")
        return found

    def value(self, column: str) -> Value:
        found = self.plain.get(column)
        if isinstance(found, str) and not found.isascii() and _has_surrogate(found):
            raise FormError(f"record {self.number} holds half a character")
        if found is None or isinstance(found, str | bool | int | float):
            return found
        return json.dumps(found, ensure_ascii=False)


class JsonLines:
    """`Form` of files of JSON lines."""

    def columns(self, file: BinaryIO) -> tuple[ColumnSchema, ...]:
        """See `Form.columns`; the first rows are looked at."""
        found: dict[str, ValueType] = {}
        for record in islice(self._objects(file), _LOOKED_AT):
            for name, value in record.plain.items():
                if value is not None:
                    found.setdefault(name, _TYPES.get(type(value), ValueType.JSON))
                else:
                    found.setdefault(name, ValueType.OTHER)
        return tuple(
            ColumnSchema(column=name, type=kind, nullable=True) for name, kind in found.items()
        )

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """See `Form.records`."""
        yield from self._objects(file)

    @staticmethod
    def _objects(file: BinaryIO) -> Iterator[_Object]:
        with unpacked(file) as data:
            encoding = encoding_of(data)
            number = 0
            for line in lines_of(data):
                text = text_of(line.text.removeprefix(BOM), encoding)
                if text.strip(_SPACE):
                    number += 1
                    yield _Object(line, number, text)

    def copy(self, file: BinaryIO, to: BinaryIO, edit: Callable[[Record], Edit]) -> None:
        """See `Form.copy`."""
        with packed_like(file, to) as out, unpacked(file) as data:
            encoding = encoding_of(data)
            number = 0
            for line in lines_of(data):
                bom = BOM if line.text.startswith(BOM) else b""
                text = text_of(line.text.removeprefix(BOM), encoding)
                if not text.strip(_SPACE):
                    out.write(line.text + line.end)
                    continue
                number += 1
                record = _Object(line, number, text)
                change = edit(record)
                if change is None:
                    out.write(line.text + line.end)
                elif isinstance(change, Gone):
                    out.write(bom)
                else:
                    out.write(bom + _changed(record, change).encode(encoding) + line.end)


def _changed(record: _Object, change: Mapping[str, Value]) -> str:
    """Return the text of an object with values cut in; a member that is not there is added."""
    _ = record.plain  # so that the text is known to be a JSON object
    text = record.text
    ascii_only = text.isascii()
    parts: list[str] = []
    copied = 0
    seen: set[str] = set()
    members = list(_members(text))
    for name, start, end in members:
        seen.add(name)
        if name in change:
            parts += [text[copied:start], _json(name, change[name], ascii_only=ascii_only)]
            copied = end
    rest = text[copied:]
    for name in change:
        if name not in seen and change[name] is not None:
            closing = rest.rindex("}")
            member = f"{json.dumps(name, ensure_ascii=ascii_only)}: " + _json(
                name, change[name], ascii_only=ascii_only
            )
            comma = ", " if seen else ""
            rest = rest[:closing] + comma + member + rest[closing:]
            seen.add(name)
    return "".join(parts) + rest


def _members(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield name, beginning and end of the value of each member of an object known to be good."""
    at = _skip(text, text.index("{") + 1)
    while text[at] != "}":
        name, at = _READER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)  # over the colon
        _, end = _READER.raw_decode(text, at)
        yield name, at, end
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= one <= "\udfff" for one in text)


def _skip(text: str, at: int) -> int:
    while text[at] in _SPACE:
        at += 1
    return at


def _json(column: str, value: Value, *, ascii_only: bool) -> str:
    if value is None or isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=ascii_only)
    raise ChangeRefusedError(column, f"JSON has no {type(value).__name__}")
