"""`board.json`: the published pledge board for programs, and reading one that was published before.

Format: `docs/formats/board.md`. A reader takes any member that it does not know as said by a later
minor change, and refuses another version. Nothing here is verified: the attestation beside it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.public_board import (
    FEWEST,
    PublicBoard,
    PublicControl,
    PublicRow,
    set_of,
)
from chengnuo.law.catalogue import Catalogue

FORMAT: Literal["chengnuo-board"] = "chengnuo-board"
VERSION: Literal[1] = 1
MOST_BYTES = 4 << 20


class BoardFileError(InvalidInputError):
    """A file is no published board, or of a version that is not read."""

    code = "board-file"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is no published pledge board of version {VERSION}: {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBoard:
    """What an earlier publication said: the day, the log's size, and the status of each row."""

    on: date
    register: str
    log_size: int | None
    statuses: Mapping[str, RowStatus]


class _Log(msgspec.Struct, frozen=True):
    size: int


class _Row(msgspec.Struct, frozen=True):
    id: str
    status: RowStatus


class _File(msgspec.Struct, frozen=True):
    format: str
    version: int
    on: date
    register: str
    rows: list[_Row]
    log: _Log | None = None


def read_published(data: bytes) -> PublishedBoard:
    """Return what a published `board.json` says.

    Raises:
        BoardFileError: It is none, or of another version.

    """
    if len(data) > MOST_BYTES:
        raise BoardFileError(f"it is over {MOST_BYTES} bytes")
    try:
        read = msgspec.json.decode(data, type=ready(_File))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BoardFileError("it has not the members expected") from error
    if read.format != FORMAT or read.version != VERSION:
        raise BoardFileError("its format or version is another")
    statuses = {row.id: row.status for row in read.rows}
    if len(statuses) != len(read.rows):
        raise BoardFileError("a row stands twice")
    return PublishedBoard(
        on=read.on,
        register=read.register,
        log_size=None if read.log is None else read.log.size,
        statuses=statuses,
    )


def board_json(
    board: PublicBoard,
    catalogue: Catalogue,
    proofs: Mapping[str, str],
    record: int | None = None,
) -> bytes:
    """Return the file, canonical JSON and a line feed.

    Args:
        board: The board.
        catalogue: Cites the articles.
        proofs: Name of the file with the proof of each row that has one.
        record: Where the log has recorded what the board says as a whole; None where it has not.

    """
    return canonical_json(_board(board, catalogue, proofs, record)) + b"\n"


def row_statuses(board: PublicBoard) -> dict[str, Tree]:
    """Return the status of each row, as the attestation says it, too."""
    return {str(row.duty.id): row.status.value for row in board.rows}


def _board(
    board: PublicBoard, catalogue: Catalogue, proofs: Mapping[str, str], record: int | None
) -> Tree:
    return {
        "format": FORMAT,
        "version": VERSION,
        "on": board.on.isoformat(),
        "until": board.until.isoformat(),
        "handler": _text(board.handler),
        "register": board.register,
        "law": board.law,
        "log": None
        if board.log is None
        else {"origin": board.log.origin, "size": board.log.size, "vkey": board.log.vkey},
        "counts": {status.value: count for status, count in board.counts().items()},
        "fewest": FEWEST,
        "record": record,
        "rows": [_row(row, catalogue, proofs.get(str(row.duty.id))) for row in board.rows],
    }


def _row(row: PublicRow, catalogue: Catalogue, proof: str | None) -> Tree:
    duty = row.duty
    return {
        "id": str(duty.id),
        "set": set_of(duty.id),
        "title": _text(duty.title),
        "summary": _text(duty.summary),
        "cites": [
            {"id": str(one)} | {lang.value: catalogue.citation(one, lang) for lang in Lang}
            for one in (duty.id, *row.rests_on)
        ],
        "status": row.status.value,
        "why": _text(row.why),
        "controls": [_control(one) for one in row.controls],
        "proof": proof,
    }


def _control(one: PublicControl) -> Tree:
    return {
        "id": one.id,
        "title": _text(one.title),
        "looks_at": _text(one.looks_at),
        "fails_when": _text(one.fails_when),
        "how_often": _text(one.how_often),
        "over": one.over,
        "outcome": one.outcome,
        "looked_at": one.looked_at,
        "ran": None if one.ran is None else one.ran.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "position": one.position,
    }


def _text(given: Text) -> Tree:
    return {"zh": given.zh, "en": given.en or given.zh}
