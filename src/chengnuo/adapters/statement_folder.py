"""Statements as files of one folder of the data folder, each named by its position in the log."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chengnuo.domain.evidence.dsse import MOST_ENVELOPE_BYTES
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.statements import StatementNotKeptError

_NAME = re.compile(r"(0|[1-9][0-9]{0,14})\.json")


@dataclass(frozen=True, slots=True)
class StatementFolder:
    """`Statements` over a folder."""

    root: Path

    def keep(self, position: Position, envelope: bytes) -> None:
        """See `Statements.keep`."""
        coming, name = self.root / f"{position}.part", self.root / f"{position}.json"
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            with coming.open("wb") as file:
                file.write(envelope)
                file.flush()
                os.fsync(file.fileno())
            coming.replace(name)
        except OSError as error:
            raise StatementNotKeptError(position, error.strerror or "the disk refused") from error

    def all(self) -> Iterator[tuple[Position, bytes]]:
        """See `Statements.all`."""
        found: list[Path] = []
        with suppress(FileNotFoundError):
            found = [one for one in self.root.iterdir() if _NAME.fullmatch(one.name)]
        for file in sorted(found, key=lambda one: int(one.stem), reverse=True):
            with suppress(OSError), file.open("rb") as opened:
                yield Position(int(file.stem)), opened.read(MOST_ENVELOPE_BYTES + 1)
