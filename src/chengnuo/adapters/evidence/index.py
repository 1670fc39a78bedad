"""The projection of the log: the map of chain heads, how far it has come, and what it counts.

One SQLite file, written once per checkpoint in one transaction that also moves the position it has
reached; whatever a crash took from it is replayed from the segments. Raw `sqlite3`, because the
map's pages are read and written by the ten thousand.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from chengnuo.adapters.evidence.index_progress import COLUMNS, Progress, Step, from_row, to_row
from chengnuo.engines.merkle.sparse_map import EMPTY, Entry, MapProof, PagedMap
from chengnuo.engines.merkle.tiles import RightEdge
from chengnuo.ports.evidence_log import LogDamagedError, LogUnavailableError

FILE_NAME = "index.db"
_BUSY_MS = 15_000
_UPPER_LEVELS = 4  # of pages, of 16 slots each: at most 4,369 of them
_VERSION = 1
_SCHEMA = (
    "CREATE TABLE page (path BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID",
    """CREATE TABLE progress (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        size INTEGER NOT NULL, last BLOB NOT NULL, map_root BLOB NOT NULL, signed_at INTEGER,
        synced INTEGER NOT NULL, edge BLOB NOT NULL, digest BLOB NOT NULL)""",
    "CREATE TABLE kind (kind TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE growth (day TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID",
)


@dataclass(slots=True)
class _Pages:
    """Pages of the map in the database, with those of the transaction at hand in memory."""

    connection: sqlite3.Connection
    fresh: dict[bytes, bytes] = field(default_factory=dict)
    upper: dict[bytes, bytes] | None = None

    def page(self, path: bytes) -> bytes | None:
        """See `PageStore.page`."""
        found = self.fresh.get(path)
        if found is None and self.upper is not None:
            found = self.upper.get(path)
        if found is None:
            query = "SELECT data FROM page WHERE path = ?"
            row = self.connection.execute(query, (path,)).fetchone()
            found = None if row is None else row[0]
            if found is not None and self.upper is not None and len(path) < _UPPER_LEVELS:
                self.upper.setdefault(path, found)  # not over a newer one of `advance`
        return found

    def keep(self, path: bytes, page: bytes) -> None:
        """See `PageStore.keep`."""
        self.fresh[path] = page


class Index:
    """The projection in one SQLite file."""

    def __init__(self, path: Path, *, write: bool) -> None:
        """Open it, making it if it is to be written.

        Raises:
            LogDamagedError: The file is no projection of a log.
            LogUnavailableError: It cannot be opened.

        """
        self._lock = RLock()
        # Pages near the root, for looking heads up; only who writes knows when they change.
        self._upper: dict[bytes, bytes] | None = None
        self._path = path
        if not write and not path.exists():
            raise LogDamagedError(FILE_NAME, "it is not there; the writer makes it anew")
        try:
            self._open("mode=rwc" if write else "mode=ro", write=write)
        except LogUnavailableError:
            # A closed projection in a folder that cannot be written: SQLite cannot lock it there.
            if write or path.with_name(f"{FILE_NAME}-wal").exists():
                raise
            self._open("mode=ro&immutable=1", write=False)

    def _open(self, how: str, *, write: bool) -> None:
        with self._reading():
            self._connection = self._connect(how)
            try:
                self._prepare(write=write)
                if write:  # the writer looks heads up beside a transaction that takes its time
                    self._look, self._look_lock = self._connect("mode=ro"), RLock()
                    self._upper = {}
                else:
                    self._look, self._look_lock = self._connection, self._lock
                self._map = PagedMap(_Pages(self._look, upper=self._upper))
            except BaseException:
                self._connection.close()
                raise

    def _connect(self, how: str) -> sqlite3.Connection:
        uri = f"{self._path.absolute().as_uri()}?{how}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cache_size=-65536")
        return connection

    def _prepare(self, *, write: bool) -> None:
        run = self._connection.execute
        if write:
            run("PRAGMA journal_mode=WAL")
            run("PRAGMA synchronous=FULL")
        found = run("PRAGMA user_version").fetchone()[0]
        if found == 0 and write:
            start = Progress(
                size=0, last=b"", map_root=EMPTY, signed_at=None, synced=0, edge=RightEdge()
            )
            run("BEGIN IMMEDIATE")
            for statement in _SCHEMA:
                run(statement)
            self._note(start)
            run(f"PRAGMA user_version={_VERSION}")
            run("COMMIT")
        elif found != _VERSION:
            raise LogDamagedError(FILE_NAME, f"it has version `{found}`; expected `{_VERSION}`")

    def close(self) -> None:
        """Close the file."""
        with self._look_lock, self._lock:
            self._look.close()
            self._connection.close()

    @contextmanager
    def snapshot(self) -> Generator[None]:
        """Let everything read within be of one moment, whoever writes meanwhile."""
        with self._lock:
            with self._reading():
                self._connection.execute("BEGIN")
            try:
                yield
            finally:
                with suppress(sqlite3.Error):  # nothing was written that this could lose
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def _reading(self, lock: "RLock | None" = None) -> Generator[None]:
        """Keep other threads away, and turn what SQLite or a damaged page raises into ours."""
        with self._lock if lock is None else lock:
            try:
                yield
            except sqlite3.OperationalError as error:
                raise LogUnavailableError(f"`{FILE_NAME}`: {error}") from error
            except (sqlite3.DatabaseError, IndexError, TypeError, ValueError) as error:
                raise LogDamagedError(FILE_NAME, "what it holds is not what was written") from error

    def progress(self) -> Progress:
        """Return how far the projection has come."""
        with self._reading():
            return self._progress()

    def _progress(self) -> Progress:
        row = self._connection.execute(f"SELECT {COLUMNS} FROM progress").fetchone()  # noqa: S608  constants
        return from_row(row, FILE_NAME)

    def _note(self, progress: Progress) -> None:
        self._connection.execute(
            f"INSERT OR REPLACE INTO progress (one, {COLUMNS}) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  constants
            to_row(progress),
        )

    def head(self, tag: bytes) -> Entry | None:
        """Return the head of a chain as of `progress().size`, or None."""
        with self._reading(self._look_lock):
            return self._map.find(tag)

    def proof(self, tag: bytes) -> tuple[int, bytes, MapProof]:
        """Return size, root and proof of the map for a tag, all of one moment."""
        with self.snapshot(), self._reading():
            progress = self._progress()
            proof = PagedMap(_Pages(self._connection)).proof(tag)
        return progress.size, progress.map_root, proof

    def advance(self, step: Step) -> bytes:
        """Take a publication in and return the new root of the map; durable on return.

        Raises:
            LogUnavailableError: It cannot be written; nothing was.

        """
        with self._reading():
            run = self._connection.execute
            try:
                run("BEGIN IMMEDIATE")
                pages = _Pages(self._connection)
                paged = PagedMap(pages)
                root = paged.update(step.heads) if step.heads else paged.root()
                self._connection.executemany(
                    "INSERT OR REPLACE INTO page VALUES (?, ?)", pages.fresh.items()
                )
                self._connection.executemany(
                    "INSERT INTO kind VALUES (?, ?)"
                    " ON CONFLICT DO UPDATE SET count = count + excluded.count",
                    step.kinds.items(),
                )
                self._connection.executemany(
                    "INSERT OR REPLACE INTO growth VALUES (?, ?)", step.days.items()
                )
                self._note(
                    replace(
                        self._progress(),
                        size=step.size,
                        last=step.last,
                        map_root=root,
                        signed_at=step.signed_at,
                    )
                )
                if self._upper is not None:
                    self._upper.clear()  # an interrupt after COMMIT must leave no older page
                run("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    run("ROLLBACK")
                raise
            if self._upper is not None:
                fresh = pages.fresh.items()
                self._upper.update({p: page for p, page in fresh if len(p) < _UPPER_LEVELS})
        return root

    def synced(self, edge: RightEdge) -> None:
        """Note that the tiles up to an edge are durable."""
        with self._reading():
            self._note(replace(self._progress(), synced=edge.size, edge=edge))

    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Return how many records of each kind there are."""
        with self._reading():
            return tuple(self._connection.execute("SELECT kind, count FROM kind ORDER BY kind"))

    def growth(self) -> tuple[tuple[str, int], ...]:
        """Return the size at the end of each day, oldest first."""
        with self._reading():
            return tuple(self._connection.execute("SELECT day, size FROM growth ORDER BY day"))

    def map_root(self) -> bytes:
        """Return the root of the map as its pages are now, computed anew from the topmost."""
        with self._reading():
            return PagedMap(_Pages(self._connection)).root()

    def pages(self) -> tuple[tuple[bytes, bytes], ...]:
        """Return every page of the map."""
        with self._reading():
            return tuple(self._connection.execute("SELECT path, data FROM page"))

    def is_sound(self) -> bool:
        """Tell whether SQLite finds its own structure whole."""
        with self._lock:
            try:
                found: tuple[str] = self._connection.execute("PRAGMA integrity_check").fetchone()
            except sqlite3.DatabaseError:
                return False
        return found[0] == "ok"
