"""Publications of the pledge board as ZIPs of one folder of the data folder, and a state file."""

import json
import os
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.evidence.pack import unpacked, zip_of
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.board_shelf import BoardAsked, BoardStep, ShelfState
from chengnuo.ports.publication_place import PublicationDamagedError, PublicationNotWrittenError

_NAME = re.compile(r"([0-9]{6})\.zip")
_STATE = "state.json"


@dataclass(frozen=True, slots=True)
class BoardShelfFolder:
    """`BoardShelf` over a folder; made when the first publication is asked for."""

    root: Path

    def state(self) -> ShelfState:
        """See `BoardShelf.state`."""
        try:
            read = json.loads((self.root / _STATE).read_bytes())
            asked = read["asked"]
            return ShelfState(
                current=int(read["current"]), asked=None if asked is None else _asked(asked)
            )
        except FileNotFoundError:
            return ShelfState()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PublicationDamagedError("board", "its state cannot be read") from error

    def set(self, state: ShelfState) -> None:
        """See `BoardShelf.set`."""
        asked = state.asked
        tree = {
            "current": state.current,
            "asked": None
            if asked is None
            else {"step": asked.step.value, "by": asked.by, "at": to_us(asked.at)},
        }
        self._write(_STATE, json.dumps(tree).encode())

    def newest(self) -> int:
        """See `BoardShelf.newest`."""
        found: list[str] = []
        with suppress(FileNotFoundError, NotADirectoryError):
            found = [one.name for one in self.root.iterdir()]
        numbers = [int(named[1]) for name in found if (named := _NAME.fullmatch(name))]
        return max(numbers, default=0)

    def keep(self, files: Mapping[str, bytes]) -> int:
        """See `BoardShelf.keep`."""
        number = self.newest() + 1
        self._write(f"{number:06}.zip", zip_of(files))
        return number

    def archive(self, number: int) -> bytes:
        """See `BoardShelf.archive`."""
        try:
            return (self.root / f"{number:06}.zip").read_bytes()
        except OSError as error:
            raise PublicationDamagedError(str(number), "it cannot be read") from error

    def files(self, number: int) -> Mapping[str, bytes]:
        """See `BoardShelf.files`; the publication asked for last is held in memory."""
        return _opened(self, number)

    def _write(self, name: str, data: bytes) -> None:
        coming = self.root / f"{name}.part"
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            with coming.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            coming.replace(self.root / name)
        except OSError as error:
            raise PublicationNotWrittenError(error.strerror or "the disk refused") from error


@lru_cache(maxsize=1)
def _opened(shelf: BoardShelfFolder, number: int) -> Mapping[str, bytes]:
    try:
        return unpacked(shelf.archive(number))
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise PublicationDamagedError(str(number), "it is no ZIP") from error


def _asked(read: Mapping[str, object]) -> BoardAsked:
    return BoardAsked(
        step=BoardStep(str(read["step"])),
        by=AccountId(str(read["by"])),
        at=from_us(int(str(read["at"]))),
    )
