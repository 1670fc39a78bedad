"""`ExportPlace` in a folder: one folder for each copy, everything in it sealed.

`key` holds the key of the copy, sealed by the installation; `state`, sealed as well, says how far
it is; `code` is the pass code until it is shown; `expires` is the one plain file. Rows are
`rows-NNNN`, parts `part-NNNN`; what still bears `.new` was never finished. A file gets its name
once it is durable, and the state names it after that: a crash at any moment leaves a copy that
goes on or is begun anew, never one that is half.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.exports.gathering import (
    NEW,
    FolderGathering,
    KeptTable,
    read_page,
    read_slice,
    unavailable,
)
from chengnuo.adapters.exports.part_members import PartMembers
from chengnuo.adapters.exports.sealed_stream import KEY_BYTES, SealedReader, SealedWriter
from chengnuo.adapters.exports.wiping import wiped
from chengnuo.adapters.exports.zip_stream import ZipStream
from chengnuo.base.shapes import ready
from chengnuo.domain.rights.export_contents import ExportIndex
from chengnuo.domain.rights.export_parts import PartPlan, Slice
from chengnuo.domain.rights.showing import shown
from chengnuo.ports.rights_exports import (
    ExportOrder,
    ExportOtherOrderError,
    ExportState,
    NoSuchExportError,
    PartMade,
)
from chengnuo.ports.rights_pages import Row
from chengnuo.ports.secrets import Sealer

RESERVE_BYTES = 256 << 20
"""Left free on the disk: the service itself lives there."""
_KEY, _STATE, _EXPIRES, _CODE = "key", "state", "expires", "code"
_ID = re.compile(r"[A-Za-z0-9-]{1,80}")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    name: str
    size: int
    sha256: str


class _State(msgspec.Struct, frozen=True, kw_only=True):
    order: str
    expires: datetime
    gathered: bool = False
    tables: tuple[KeptTable, ...] = ()
    parts: tuple[_Part, ...] = ()
    recorded: tuple[int, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SealedPart:
    """`ExportStream` of a finished part."""

    name: str
    size: int
    sha256: str
    reader: SealedReader

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """See `ExportStream.read`."""
        return self.reader.read(start, stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderExports:
    """Copies below one folder.

    Attributes:
        root: The folder; made when it is first needed.
        sealer: Seals keys and states.
        reserve_bytes: What is left free on the disk.

    """

    root: Path
    sealer: Sealer
    reserve_bytes: int = RESERVE_BYTES

    def free_bytes(self) -> int:
        """See `ExportPlace.free_bytes`."""
        there = next(one for one in (self.root, *self.root.parents) if one.exists())
        return shutil.disk_usage(there).free - self.reserve_bytes

    def begin(self, order: ExportOrder) -> ExportState:
        """See `ExportPlace.begin`."""
        folder = self._folder(order.export)
        digest = _digest(order)
        if (folder / _KEY).exists() and (folder / _STATE).exists():
            known = self._state(order.export)
            if known.order != digest:
                raise ExportOtherOrderError
            return _seen(known)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            RealFiles().replace(folder / _EXPIRES, order.expires.isoformat().encode())
            if order.pass_code:
                code = self.sealer.seal(
                    order.pass_code.encode(), context=_context(order.export, _CODE)
                )
                RealFiles().replace(folder / _CODE, code)
            key = self.sealer.seal(os.urandom(KEY_BYTES), context=_context(order.export, _KEY))
            RealFiles().replace(folder / _KEY, key)
            RealFiles().sync_paths([folder / _KEY])
        except OSError as error:
            raise unavailable(error) from error
        state = _State(order=digest, expires=order.expires)
        self._save(order.export, state)
        return _seen(state)

    @contextmanager
    def gather(self, order: ExportOrder) -> Iterator[FolderGathering]:
        """See `ExportPlace.gather`."""
        folder, key = self._folder(order.export), self._key(order.export)
        try:
            for path in folder.glob("rows-*"):
                path.unlink()
        except OSError as error:
            raise unavailable(error) from error
        begun = msgspec.structs.replace(self._state(order.export), gathered=False, tables=())

        def kept(tables: tuple[KeptTable, ...]) -> None:
            done = msgspec.structs.replace(begun, gathered=True, tables=tables)
            self._save(order.export, done)

        self._save(order.export, begun)
        gathering = FolderGathering(folder, key, order.formats, self.free_bytes, kept)
        with closing(gathering):
            yield gathering

    def rows(self, export: str, table: int, page: int) -> tuple[Row, ...]:
        """See `ExportPlace.rows`."""
        state = self._state(export)
        if not state.gathered or not 0 <= table < len(state.tables):
            raise NoSuchExportError
        kept = state.tables[table]
        if not 0 <= page < len(kept.pages) or not (self._folder(export) / kept.file).exists():
            raise NoSuchExportError
        return read_page(self._folder(export), self._key(export), kept, page)

    def make_part(
        self, order: ExportOrder, part: PartPlan, of: int, index: ExportIndex
    ) -> PartMade:
        """See `ExportPlace.make_part`."""
        folder, key = self._folder(order.export), self._key(order.export)
        state = self._state(order.export)
        names = [_part_name(order.export, number, of) for number in range(1, of + 1)]

        def rows(one: Slice) -> Iterator[Row]:
            kept, explained = state.tables[one.table], index.tables[one.table].explained
            places = [kept.columns.index(column.column) for column in explained.columns]
            whole = read_slice(folder, key, kept, one.first, one.end)
            found = (tuple(row[at] for at in places) for row in whole)
            return (shown(row, explained) for row in found) if index.masked else found

        members = PartMembers(
            index=index,
            formats=order.formats,
            number=part.number,
            names=names,
            slices=part.slices,
            rows=rows,
        )
        file = _part_file(part.number)
        digest = hashlib.sha256()
        try:
            with (folder / f"{file}{NEW}").open("wb") as opened:
                sealed = SealedWriter(opened, key, file)

                def sink(data: bytes) -> None:
                    digest.update(data)
                    sealed.write(data)

                archive = ZipStream(sink, at=index.at, pass_code=order.pass_code)
                for member in members:
                    archive.put(member)
                archive.close()
                sealed.close()
                opened.flush()
                os.fsync(opened.fileno())
            RealFiles().rename(folder / f"{file}{NEW}", folder / file)
        except OSError as error:
            raise unavailable(error) from error
        made = _Part(
            number=part.number,
            name=names[part.number - 1],
            size=sealed.size,
            sha256=digest.hexdigest(),
        )
        before = tuple(one for one in state.parts if one.number < part.number)
        self._save(order.export, msgspec.structs.replace(state, parts=(*before, made)))
        return _part_made(made)

    def recorded(self, order: ExportOrder, part: int) -> None:
        """See `ExportPlace.recorded`."""
        state = self._state(order.export)
        recorded = tuple(sorted({*state.recorded, part}))
        self._save(order.export, msgspec.structs.replace(state, recorded=recorded))

    def finish(self, order: ExportOrder) -> ExportState:
        """See `ExportPlace.finish`."""
        state = msgspec.structs.replace(self._state(order.export), whole=True)
        self._save(order.export, state)
        if order.formats:
            for path in self._folder(order.export).glob("rows-*"):
                path.unlink()
        return _seen(state)

    def state(self, export: str) -> ExportState:
        """See `ExportPlace.state`."""
        return _seen(self._state(export))

    def part(self, export: str, number: int) -> SealedPart:
        """See `ExportPlace.part`."""
        state = self._state(export)
        made = next((one for one in state.parts if one.number == number), None)
        if made is None or not state.whole:
            raise NoSuchExportError
        file = _part_file(number)
        reader = SealedReader(self._folder(export) / file, self._key(export), file)
        return SealedPart(made.name, made.size, made.sha256, reader)

    def code(self, export: str) -> str:
        """See `ExportPlace.code`."""
        try:
            return self._unsealed(export, _CODE).decode()
        except NoSuchExportError:
            return ""

    def forget_code(self, export: str) -> bool:
        """See `ExportPlace.forget_code`."""
        try:
            return wiped(self._folder(export) / _CODE)
        except OSError as error:
            raise unavailable(error) from error

    def exports(self) -> tuple[tuple[str, datetime], ...]:
        """See `ExportPlace.exports`; one that was half destroyed has long expired."""
        names = filter(_ID.fullmatch, RealFiles().names(self.root))
        return tuple((name, self._expires(name)) for name in names)

    def destroy(self, export: str) -> None:
        """See `ExportPlace.destroy`."""
        folder = self._folder(export)
        try:
            wiped(folder / _KEY)
            wiped(folder / _CODE)
            if folder.exists():
                RealFiles().sync_paths([folder])
                shutil.rmtree(folder)
        except OSError as error:
            raise unavailable(error) from error

    def _expires(self, export: str) -> datetime:
        folder = self._folder(export)
        if not (folder / _KEY).exists():
            return _LONG_AGO
        written = RealFiles().read(folder / _EXPIRES)
        return _LONG_AGO if written is None else datetime.fromisoformat(written.decode())

    def _folder(self, export: str) -> Path:
        if _ID.fullmatch(export) is None:
            raise NoSuchExportError
        return self.root / export

    def _key(self, export: str) -> bytes:
        return self._unsealed(export, _KEY)

    def _state(self, export: str) -> _State:
        return msgspec.json.decode(self._unsealed(export, _STATE), type=ready(_State))

    def _unsealed(self, export: str, name: str) -> bytes:
        sealed = RealFiles().read(self._folder(export) / name)
        if sealed is None:
            raise NoSuchExportError
        return self.sealer.unseal(sealed, context=_context(export, name))

    def _save(self, export: str, state: _State) -> None:
        sealed = self.sealer.seal(msgspec.json.encode(state), context=_context(export, _STATE))
        try:
            RealFiles().replace(self._folder(export) / _STATE, sealed)
        except OSError as error:
            raise unavailable(error) from error


def _context(export: str, name: str) -> str:
    return f"rights export {export} {name}"


def _digest(order: ExportOrder) -> str:
    said = (*order.formats, str(order.part_bytes), str(order.masked), order.pass_code)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _part_file(number: int) -> str:
    return f"part-{number:04}"


def _part_name(export: str, number: int, of: int) -> str:
    return f"chengnuo-{export}-{number}-of-{of}.zip"


def _part_made(part: _Part) -> PartMade:
    return PartMade(number=part.number, name=part.name, size=part.size, sha256=part.sha256)


def _seen(state: _State) -> ExportState:
    return ExportState(
        gathered=state.gathered,
        tables=tuple(one.as_kept() for one in state.tables),
        parts=tuple(_part_made(one) for one in state.parts),
        recorded=frozenset(state.recorded),
        whole=state.whole,
        expires=state.expires,
    )
