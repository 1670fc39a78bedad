"""`Scratch` as one SQLite file a request, for its owner's eyes only, gone when the request closes.

The file holds keys of rows and how they refer to each other, never contents. It is written without
waiting for the disk, and made durable by `save` before anything is carried out by it.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.sqlite.rights_scratch_schema import TABLES
from chengnuo.domain.rights.kinds import SHARED, Kind
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.rights_scratch import CLAIMS, OWNS, Found, Stay, Walk

_BY_TEXT = "CREATE INDEX IF NOT EXISTS refs_by_text ON refs (e, text)"
_NO_WALK = Walk(-1, -1)
"""Tells in `stays` that rows of a kind stay, also where they refer to nothing."""
_GIVEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class SqliteScratches:
    """`Scratches` in a folder of their own."""

    folder: Path

    def open(self, request: RequestId, *, part: str = "") -> "SqliteScratch":
        """See `Scratches.open`."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(request, part)
        path.touch(mode=0o600)
        return SqliteScratch(path)

    def drop(self, request: RequestId, *, part: str = "") -> None:
        """See `Scratches.drop`."""
        path = self._path(request, part)
        for end in ("-wal", "-shm", ""):
            path.with_name(path.name + end).unlink(missing_ok=True)

    def requests(self) -> frozenset[RequestId]:
        """See `Scratches.requests`."""
        return frozenset(
            RequestId(path.name.partition(".")[0]) for path in self.folder.glob("*.db*")
        )

    def _path(self, request: RequestId, part: str) -> Path:
        return self.folder / (f"{request}.{part}.db" if part else f"{request}.db")


class SqliteScratch:
    """`Scratch` over one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(TABLES)
        self._connection.execute("BEGIN")
        (last,) = self._one("SELECT coalesce(max(id), 0) FROM found")
        self._last = int(last)

    def add(self, table: int, rows: Sequence[Found]) -> Sequence[int]:
        """See `Scratch.add`."""
        run, first = self._connection.executemany, self._last + 1
        added = run(
            "INSERT OR IGNORE INTO found (id, t, key, belongs, mask) VALUES (?, ?, ?, ?, ?)",
            [
                (first + position, table, row.key, row.belongs, row.mask)
                for position, row in enumerate(rows)
            ],
        ).rowcount
        self._last += len(rows)
        fresh: Sequence[int] = range(len(rows))
        if added != len(rows):
            there = self._connection.execute("SELECT id FROM found WHERE id >= ?", (first,))
            fresh = sorted(int(at) - first for (at,) in there)
        names = [
            (number, first + position, text)
            for position in fresh
            for number, text in rows[position].names
        ]
        refs = [
            (edge, first + position, text, tie)
            for position in fresh
            for edge, text, tie in rows[position].refs
        ]
        if names:
            run("INSERT INTO names (n, id, text) VALUES (?, ?, ?)", names)
        if refs:
            run("INSERT INTO refs (e, id, text, tie) VALUES (?, ?, ?, ?)", refs)
        return fresh

    def known(self, table: int, keys: Sequence[str]) -> set[str]:
        """See `Scratch.known`."""
        rows = self._connection.execute(
            f"SELECT key FROM found WHERE t = ? AND key IN {_GIVEN}",  # noqa: S608  no value in it
            (table, json.dumps(keys)),
        )
        return {str(key) for (key,) in rows}

    def names_after(self, name: int, after: int, limit: int) -> tuple[Sequence[str], int]:
        """See `Scratch.names_after`."""
        return self._page(
            "SELECT id, text FROM names WHERE n = ? AND id > ? ORDER BY id LIMIT ?",
            (name, after, limit),
            after,
        )

    def claims_after(self, walk: Walk, after: int, limit: int) -> tuple[Sequence[str], int]:
        """See `Scratch.claims_after`."""
        return self._unmet(CLAIMS, walk, after, limit)

    def unmet(self, walk: Walk, after: int, limit: int) -> tuple[Sequence[str], int]:
        """See `Scratch.unmet`."""
        return self._unmet(OWNS, walk, after, limit)

    def raise_named(self, name: int, texts: Iterable[str], belongs: int) -> None:
        """See `Scratch.raise_named`."""
        self._connection.execute(
            "UPDATE found SET belongs = ?1 WHERE belongs < ?1 AND id IN (SELECT id FROM names "  # noqa: S608  no value in it
            f"WHERE n = ?2 AND text IN {_GIVEN.replace('?', '?3')})",
            (belongs, name, json.dumps(list(texts))),
        )

    def raise_referring(self, edge: int, texts: Iterable[str], belongs: int) -> None:
        """See `Scratch.raise_referring`."""
        self._connection.execute(_BY_TEXT)
        self._connection.execute(
            "UPDATE found SET belongs = ?1 WHERE belongs < ?1 AND id IN (SELECT id FROM refs "  # noqa: S608  no value in it
            f"WHERE e = ?2 AND tie = ?4 AND text IN {_GIVEN.replace('?', '?3')})",
            (belongs, edge, json.dumps(list(texts)), OWNS),
        )

    def spread_shared(self, walks: Sequence[Walk]) -> None:
        """See `Scratch.spread_shared`."""
        run = self._connection.execute
        run("DELETE FROM wave")
        run("INSERT INTO wave SELECT id FROM found WHERE belongs = ?", (SHARED,))
        if self._one("SELECT count(*) FROM wave") == (0,):
            return
        run(_BY_TEXT)
        while self._one("SELECT count(*) FROM wave") != (0,):
            run("DELETE FROM next_wave")
            for walk in walks:
                run(
                    "INSERT OR IGNORE INTO next_wave SELECT r.id FROM wave w "
                    "CROSS JOIN names m ON m.n = ? AND m.id = w.id "
                    "CROSS JOIN refs r ON r.e = ? AND r.text = m.text AND r.tie = ? "
                    "CROSS JOIN found f ON f.id = r.id AND f.belongs < ?",
                    (walk.name, walk.edge, OWNS, SHARED),
                )
                run(
                    "INSERT OR IGNORE INTO next_wave SELECT m.id FROM wave w "
                    "CROSS JOIN refs r ON r.e = ? AND r.id = w.id AND r.tie = ? "
                    "CROSS JOIN names m ON m.n = ? AND m.text = r.text "
                    "CROSS JOIN found f ON f.id = m.id AND f.belongs < ?",
                    (walk.edge, CLAIMS, walk.name, SHARED),
                )
            run("UPDATE found SET belongs = ? WHERE id IN (SELECT id FROM next_wave)", (SHARED,))
            run("DELETE FROM wave")
            run("INSERT INTO wave SELECT id FROM next_wave")

    def count_others(self, walk: Walk, counts: Mapping[str, int]) -> None:
        """See `Scratch.count_others`."""
        self._connection.executemany(
            "INSERT INTO others SELECT ?1, id, ?2 FROM names WHERE n = ?3 AND text = ?4 "
            "ON CONFLICT (e, id) DO UPDATE SET rows = rows + excluded.rows",
            [(walk.edge, count, walk.name, text) for text, count in counts.items()],
        )

    def pin(self, stays: Sequence[Stay]) -> None:
        """See `Scratch.pin`."""
        run = self._connection.execute
        run("DELETE FROM stays")
        self._connection.executemany(
            "INSERT INTO stays VALUES (?, ?, ?, ?, ?, ?)",
            [
                (one.table, *self._of(one.kind), walk.edge, walk.name)
                for one in stays
                for walk in (_NO_WALK, *one.walks)
            ],
        )
        run("DELETE FROM wave")
        run(
            "INSERT INTO wave SELECT id FROM found f WHERE (t, belongs, mask, pinned) IN "
            "(SELECT t, belongs, mask, pinned FROM stays)"
        )
        while self._one("SELECT count(*) FROM wave") != (0,):
            run("DELETE FROM next_wave")
            run(
                "INSERT OR IGNORE INTO next_wave SELECT p.id FROM wave w "
                "CROSS JOIN found f ON f.id = w.id "
                "CROSS JOIN stays s ON s.t = f.t AND s.belongs = f.belongs AND s.mask = f.mask "
                "AND s.pinned = f.pinned "
                "CROSS JOIN refs r ON r.e = s.e AND r.id = f.id "
                "CROSS JOIN names m ON m.n = s.n AND m.text = r.text "
                "CROSS JOIN found p ON p.id = m.id AND p.pinned = 0 AND NOT EXISTS (SELECT 1 FROM "
                "stays o WHERE o.t = p.t AND o.belongs = p.belongs AND o.mask = p.mask "
                "AND o.pinned = 0)"
            )
            run("UPDATE found SET pinned = 1 WHERE id IN (SELECT id FROM next_wave)")
            run("DELETE FROM wave")
            run("INSERT INTO wave SELECT id FROM next_wave")

    def kinds(self, table: int) -> Sequence[tuple[Kind, int]]:
        """See `Scratch.kinds`."""
        rows = self._connection.execute(
            "SELECT belongs, mask, pinned, count(*) FROM found WHERE t = ? "
            "GROUP BY belongs, mask, pinned ORDER BY belongs, mask, pinned",
            (table,),
        )
        return [(Kind(belongs, mask, bool(pinned)), count) for belongs, mask, pinned, count in rows]

    def kind_of(self, table: int, key: str) -> Kind | None:
        """See `Scratch.kind_of`."""
        row = self._connection.execute(
            "SELECT belongs, mask, pinned FROM found WHERE t = ? AND key = ?", (table, key)
        ).fetchone()
        return None if row is None else Kind(int(row[0]), int(row[1]), bool(row[2]))

    def keys(self, table: int, kind: Kind, after: int, limit: int) -> tuple[Sequence[str], int]:
        """See `Scratch.keys`."""
        rows = self._connection.execute(
            "SELECT id, key FROM found WHERE t = ? AND id > ? AND belongs = ? AND mask = ? "
            "AND pinned = ? ORDER BY id LIMIT ?",
            (table, after, *self._of(kind), limit),
        ).fetchall()
        return [str(key) for _, key in rows], int(rows[-1][0]) if rows else after

    def referrers(
        self, table: int, kind: Kind, walks: Sequence[Walk]
    ) -> Sequence[tuple[int, int, int]]:
        """See `Scratch.referrers`."""
        self._connection.execute(_BY_TEXT)
        of_kind = (
            "found f WHERE f.t = ?2 AND f.belongs = ?3 AND f.mask = ?4 AND f.pinned = ?5 AND f.id"
        )
        found: list[tuple[int, int, int]] = []
        for walk in walks:
            own, theirs = self._one(
                "SELECT (SELECT count(*) FROM refs r WHERE r.e = ?1 AND r.text IN (SELECT m.text "  # noqa: S608  no value in it
                f"FROM names m WHERE m.n = ?6 AND EXISTS (SELECT 1 FROM {of_kind} = m.id))), "
                "(SELECT coalesce(sum(o.rows), 0) FROM others o WHERE o.e = ?1 AND EXISTS "
                f"(SELECT 1 FROM {of_kind} = o.id))",
                (walk.edge, table, *self._of(kind), walk.name),
            )
            if own or theirs:
                found.append((walk.edge, own, theirs))
        return found

    @staticmethod
    def _of(kind: Kind) -> tuple[int, int, int]:
        return kind.belongs, kind.mask, int(kind.pinned)

    def note_end(self, table: int, bit: int, mask: int, until: int | None) -> None:
        """See `Scratch.note_end`."""
        self._connection.execute(
            "INSERT INTO ends VALUES (?, ?, ?, ?) ON CONFLICT (t, bit, mask) DO UPDATE SET "
            "until = CASE WHEN until IS NULL OR excluded.until IS NULL THEN NULL "
            "ELSE max(until, excluded.until) END",
            (table, bit, mask, until),
        )

    def ends(self, table: int, bit: int, mask: int) -> int | None:
        """See `Scratch.ends`."""
        row = self._connection.execute(
            "SELECT until FROM ends WHERE t = ? AND bit = ? AND mask = ?", (table, bit, mask)
        ).fetchone()
        return None if row is None or row[0] is None else int(row[0])

    def remember(self, what: str, text: str) -> None:
        """See `Scratch.remember`."""
        self._connection.execute("INSERT OR REPLACE INTO noted VALUES (?, ?)", (what, text))

    def recall(self, what: str) -> str | None:
        """See `Scratch.recall`."""
        row = self._connection.execute("SELECT text FROM noted WHERE what = ?", (what,)).fetchone()
        return None if row is None else str(row[0])

    def total(self) -> int:
        """See `Scratch.total`."""
        (count,) = self._one("SELECT count(*) FROM found")
        return int(count)

    def save(self) -> None:
        """See `Scratch.save`."""
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file = os.open(self._path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
        self._connection.execute("BEGIN")

    def close(self) -> None:
        """See `Scratch.close`."""
        self._connection.rollback()
        self._connection.close()

    def _one(self, statement: str, given: tuple[int, ...] = ()) -> tuple[int, ...]:
        row = self._connection.execute(statement, given).fetchone()
        return tuple(int(value) for value in row)

    def _page(
        self, statement: str, given: tuple[int, ...], after: int
    ) -> tuple[Sequence[str], int]:
        rows = self._connection.execute(statement, given).fetchall()
        texts = dict.fromkeys(str(text) for _, text in rows)
        return tuple(texts), int(rows[-1][0]) if rows else after

    def _unmet(self, tie: int, walk: Walk, after: int, limit: int) -> tuple[Sequence[str], int]:
        return self._page(
            "SELECT id, text FROM refs r WHERE e = ? AND id > ? AND tie = ? AND NOT EXISTS "
            "(SELECT 1 FROM names m WHERE m.n = ? AND m.text = r.text) ORDER BY id LIMIT ?",
            (walk.edge, after, tie, walk.name, limit),
            after,
        )
