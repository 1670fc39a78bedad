"""The side of the files: what a data folder holds, read beside its service, then held still."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from chengnuo.adapters.evidence.checkpoint_file import read_checkpoint
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.key_vault import FILE_NAME
from chengnuo.adapters.evidence.key_vault_rows import SqliteKeyRows
from chengnuo.adapters.evidence.log_keys import read_log_keys
from chengnuo.adapters.evidence.moved_mark import mark_moved
from chengnuo.adapters.evidence.opening import has_log, signed_by_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.reading import PUBLIC, WAL
from chengnuo.adapters.evidence.segments import Segments
from chengnuo.adapters.evidence.writer_lock import WriterLock
from chengnuo.adapters.moving.segment_batches import RawBatch, raw_batches
from chengnuo.adapters.moving.tables import Key, MovedTable, Row, tables_in
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.ports.evidence_log import LogDamagedError, NoLogError

KEYS_SCHEMA = "chengnuo_keys"
_REVISION = "alembic_version"


class FilesSide:
    """`FromSide`: the SQLite file, the key database and the segments of a data folder."""

    def __init__(self, place: Place) -> None:
        """Open what a data folder holds.

        Raises:
            NoLogError: There is no log.
            DataNewerThanProgramError: A newer program wrote the folder; nothing was changed.

        """
        if not has_log(place) or not (place.folder / FILE_NAME).exists():
            raise NoLogError(str(place.data))
        self._place = place
        self._files = RealFiles()
        self.origin = read_log_keys(self._files, place.public).origin
        self._database = SqliteDatabase(place.data, although_moved=True)
        self._keys = SqliteKeyRows(place.folder / FILE_NAME)
        self._end: int | None = None  # where the log ends, once nobody writes

    def tables(self) -> list[MovedTable]:
        """Return the tables of the stores and of the keys."""
        return [
            *tables_in(self._of_stores, without=frozenset({_REVISION})),
            *tables_in(self._of_keys, schema=KEYS_SCHEMA, without=frozenset()),
        ]

    def rows(self, table: MovedTable, low: Key | None, high: Key | None, limit: int) -> list[Row]:
        """See `FromSide.rows`.

        Raises:
            MoveValueError: A value is not of the type of its column.

        """
        select = self._of_keys if table.schema else self._of_stores
        return table.checked(select(*table.selection(low, high, limit)))

    def checkpoint(self) -> SignedCheckpoint | None:
        """Return the newest checkpoint; None before the first.

        Raises:
            LogDamagedError: It does not bear a good signature of the log.

        """
        signed = read_checkpoint(self._files, self._place.public)
        if signed is not None and not signed_by_log(self._place)(signed):
            raise LogDamagedError(PUBLIC, "its newest checkpoint is not signed by its key")
        return signed

    def batches(self, start: int, stop: int) -> Iterator[RawBatch]:
        """Yield the batches from one position up to another, as they stand in the segments."""
        yield from raw_batches(self._files, self._place.folder / WAL, self.origin, start, stop)

    def durable(self) -> int:
        """Return up to where records are durable for certain: a later one may yet be torn."""
        if self._end is not None:
            return self._end
        signed = self.checkpoint()
        return 0 if signed is None else signed.checkpoint.size

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nobody else write the folder.

        Raises:
            LogLockedError: A service writes it.

        """
        with ExitStack() as still:
            lock = WriterLock(self._place.folder)
            still.callback(lock.close)
            still.enter_context(self._database.write())
            still.enter_context(self._keys.writing())
            segments = Segments(self._place.folder / WAL, self.origin, self._files)
            try:
                self._end = segments.recover(least=self.durable()).position
            finally:
                segments.close()
            try:
                yield
            finally:
                self._end = None

    def mark(self, to: str) -> None:
        """Say in the folder that it was moved; what it holds is history from then on."""
        mark_moved(self._place.data, to)

    def close(self) -> None:
        """Close the files."""
        self._keys.close()
        self._database.close()

    def _of_stores(self, statement: str, values: Sequence[object]) -> list[Row]:
        with self._database.read() as connection:
            found = connection.exec_driver_sql(statement, tuple(values))
            return [*map(tuple, found.all())]

    def _of_keys(self, statement: str, values: Sequence[object]) -> list[Row]:
        with self._keys.reading():
            return [tuple(row) for row in self._keys.execute(statement, values).fetchall()]
