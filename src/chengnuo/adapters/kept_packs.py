"""Audit packs that wait to be fetched: files of one folder of the data folder, for a day.

A pack lies beside a JSON of the request that it was made for, which is written last: what has one
is whole. Only the owner reads either. A pack holds no personal information, so that erasing people
leaves it alone; working papers have what auditors wrote in them, and go with it within the day.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path

import msgspec

from chengnuo.adapters.pack_folder import private
from chengnuo.base.shapes import ready
from chengnuo.ports.pack_shelf import KeptPack, PackFile, PackNotWrittenError

HELD = timedelta(days=1)
MOST_BYTES = 1 << 30
_NAME = re.compile(r"([0-9a-f]{1,32})\.(zip|json|zip\.part|json\.part)")


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file beside a pack."""

    name: str
    sha256: str
    records: int
    start: int
    end: int
    by: str
    reason: str
    reviewed_by: str
    single_person: bool
    asked_at: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True)
class KeptPackFolder:
    """`KeptPacks` over a folder, made when the first pack comes.

    Attributes:
        root: The folder.
        most_bytes: How much may lie there; the newest pack stays, however large.

    """

    root: Path
    most_bytes: int = MOST_BYTES

    def coming(self, wanted: str) -> Path:
        """See `KeptPacks.coming`."""
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise PackNotWrittenError(error.strerror or "the disk refused") from error
        return self._zip(wanted)

    def keep(self, pack: KeptPack) -> None:
        """See `KeptPacks.keep`."""
        kept = _Kept(
            name=pack.name,
            sha256=pack.sha256,
            records=pack.records,
            start=pack.start,
            end=pack.end,
            by=pack.by,
            reason=pack.reason,
            reviewed_by=pack.reviewed_by,
            single_person=pack.single_person,
            asked_at=pack.asked_at,
            made_at=pack.made_at,
        )
        coming = self.root / f"{pack.id}.json.part"
        try:
            with private(coming) as file:
                file.write(msgspec.json.encode(kept))
                file.flush()
                os.fsync(file.fileno())
            coming.replace(self.root / f"{pack.id}.json")
        except OSError as error:
            raise PackNotWrittenError(error.strerror or "the disk refused") from error
        self._hold_within()

    def all(self) -> Sequence[KeptPack]:
        """See `KeptPacks.all`."""
        return sorted(self._found(), key=lambda one: (one.made_at, one.id))

    def is_whole(self, pack: KeptPack) -> bool:
        """See `KeptPacks.is_whole`."""
        try:
            with pack.path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest() == pack.sha256
        except OSError:
            return False

    def drop(self, wanted: str) -> None:
        """See `KeptPacks.drop`."""
        for path in (self.root / f"{wanted}.json", self._zip(wanted)):
            path.unlink(missing_ok=True)

    def sweep(self, now: datetime) -> None:
        """See `KeptPacks.sweep`."""
        kept = {one.id: one.made_at for one in self._found()}
        for path in self._paths():
            named = path.name.partition(".")[0]
            with suppress(OSError):
                since = kept.get(named, datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo))
                if now - since > HELD:
                    path.unlink(missing_ok=True)

    def _zip(self, wanted: str) -> Path:
        return self.root / f"{wanted}.zip"

    def _paths(self) -> list[Path]:
        try:
            return [path for path in self.root.iterdir() if _NAME.fullmatch(path.name)]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _found(self) -> Iterator[KeptPack]:
        for path in self._paths():
            with suppress(OSError, msgspec.MsgspecError, UnicodeError):
                if path.suffix != ".json" or not self._zip(path.stem).is_file():
                    continue
                read = msgspec.json.decode(path.read_bytes(), type=ready(_Kept))
                yield KeptPack(
                    id=path.stem,
                    file=PackFile(name=read.name, sha256=read.sha256, records=read.records),
                    path=self._zip(path.stem),
                    start=read.start,
                    end=read.end,
                    by=read.by,
                    reason=read.reason,
                    reviewed_by=read.reviewed_by,
                    single_person=read.single_person,
                    asked_at=read.asked_at,
                    made_at=read.made_at,
                )

    def _hold_within(self) -> None:
        """Drop the oldest packs beyond the bound."""
        size = 0
        for number, one in enumerate(reversed(self.all())):
            size += one.path.stat().st_size
            if size > self.most_bytes and number:
                self.drop(one.id)
