"""Reading the JSON of an audit pack back: its head and its parts, as they were written.

Nothing here is verified: the attestation of the pack is. A member that is not known is left out.
"""

from typing import Literal

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Text
from chengnuo.domain.governance.audit_pack import PackColumn, PackFacts, PackPart, Value


class PackFileError(InvalidInputError):
    """A file of an audit pack has another form than this program writes."""

    code = "audit-pack-file"

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"`{name[:100]}` of the audit pack is not of a form that is read: {what}")
        self.name = name
        self.what = what


class _Words(msgspec.Struct, frozen=True):
    zh: str
    en: str

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class _Column(msgspec.Struct, frozen=True):
    name: str
    zh: str
    en: str
    width: int


class _Cited(msgspec.Struct, frozen=True):
    index: int


class _Part(msgspec.Struct, frozen=True):
    type: Literal["chengnuo-audit-part/1"]
    id: str
    title: _Words
    looked: _Words
    complete: tuple[str, ...]
    columns: tuple[_Column, ...]
    records: tuple[_Cited, ...]
    rows: list[dict[str, _Words | str | int | bool | None]]


class _Head(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    type: Literal["chengnuo-audit-head/1"]
    handler: _Words
    start: int
    end: int
    period: str
    origin: str
    records: int
    law: str
    program: str
    papers: tuple[str, ...]
    versions: tuple[str, ...]


_BROKEN = (msgspec.MsgspecError, UnicodeError, RecursionError)
_READ_PART, _READ_HEAD = msgspec.json.Decoder(ready(_Part)), msgspec.json.Decoder(ready(_Head))


def read_part(data: bytes, name: str) -> PackPart:
    """Return the part that a file holds.

    Raises:
        PackFileError: It holds none, or a row without one of its columns.

    """
    try:
        read = _READ_PART.decode(data)
        names = [one.name for one in read.columns]
        rows = [tuple(_value(row[each]) for each in names) for row in read.rows]
    except KeyError as error:
        raise PackFileError(name, "a row lacks one of its columns") from error
    except _BROKEN as error:
        raise PackFileError(name, "it has not the members expected") from error
    return PackPart(
        id=read.id,
        title=read.title.text,
        looked=read.looked.text,
        columns=tuple(
            PackColumn(one.name, Text(one.zh, one.en), one.width) for one in read.columns
        ),
        rows=rows,
        records=[one.index for one in read.records],
        complete=read.complete,
    )


def read_head(data: bytes, name: str, parts: tuple[PackPart, ...]) -> PackFacts:
    """Return what the head of a pack says, with its parts.

    Raises:
        PackFileError: The file holds no head.

    """
    try:
        read = _READ_HEAD.decode(data)
    except _BROKEN as error:
        raise PackFileError(name, "it has not the members expected") from error
    return PackFacts(
        handler=read.handler.text,
        start=read.start,
        end=read.end,
        period=read.period,
        origin=read.origin,
        records=read.records,
        law=read.law,
        program=read.program,
        parts=parts,
        papers=read.papers,
        versions=read.versions,
    )


def _value(value: _Words | str | int | bool | None) -> Value:  # noqa: FBT001  what a cell holds
    return value.text if isinstance(value, _Words) else value
