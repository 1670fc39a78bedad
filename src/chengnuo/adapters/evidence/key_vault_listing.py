"""What the vault lists beside keys: erasures, statutory holds, and faults of the file itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from chengnuo.adapters.evidence.key_vault_rows import KeyRows
from chengnuo.adapters.evidence.key_vault_schema import (
    DIGEST_BYTES,
    KeysDamagedError,
    digest_of,
    either,
)
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Erasure, Hold
from chengnuo.ports.individuals import PersonKey

_MOST_FAULTS = 100
_ERASURE = "person, key, at, under, position"
_HOLD = "person, duty, since, until"


class Listing:
    """The tables `erasure` and `hold`."""

    def __init__(self, rows: KeyRows) -> None:
        """List what is in a vault's file."""
        self._rows = rows

    def add_erasure(self, person: PersonKey, erasure: Erasure) -> bool:
        """List an erasure, within a transaction; tell whether it was not listed before."""
        row = (person, erasure.key.value, to_us(erasure.at), erasure.under, erasure.position)
        digest = digest_of("erasure", row)
        added = self._rows.execute(
            f"INSERT INTO erasure ({_ERASURE}, digest) VALUES (?, ?, ?, ?, ?, ?) "  # noqa: S608 - constants
            "ON CONFLICT DO NOTHING",
            (*row, digest),
        )
        if added.rowcount != 1:
            return False
        self._rows.note_listed(digest)
        return True

    def erasures(self, person: PersonKey) -> tuple[Erasure, ...]:
        """See `KeyVault.erasures`."""
        with self._rows.reading():
            found = self._rows.execute(
                f"SELECT {_ERASURE}, digest FROM erasure WHERE person = ? ORDER BY number",  # noqa: S608 - constants
                (person,),
            ).fetchall()
        return tuple(
            Erasure(key=KeyClass(key), at=from_us(at), under=under, position=position)
            for _, key, at, under, position in _as_written("erasure", found)
        )

    def hold(self, hold: Hold) -> None:
        """See `KeyVault.hold`."""
        until = None if hold.until is None else to_us(hold.until)
        row = (hold.person, hold.duty, to_us(hold.since), until)
        digest = digest_of("hold", row)
        with self._rows.writing():
            self._take_off(hold.person, hold.duty)
            self._rows.execute(
                f"INSERT INTO hold ({_HOLD}, digest) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - constants
                (*row, digest),
            )
            self._rows.note_listed(digest)

    def holds(self, person: PersonKey | None) -> tuple[Hold, ...]:
        """See `KeyVault.holds`; ties by since, individual and duty."""
        with self._rows.reading():
            found = self._rows.execute(
                f"SELECT {_HOLD}, digest FROM hold WHERE ?1 IS NULL OR person = ?1 "  # noqa: S608 - constants
                "ORDER BY until NULLS LAST, since, person, duty",
                (person,),
            ).fetchall()
        return tuple(
            Hold(
                person=whose,
                duty=duty,
                since=from_us(since),
                until=None if until is None else from_us(until),
            )
            for whose, duty, since, until in _as_written("hold", found)
        )

    def lift(self, person: PersonKey, duty: str) -> None:
        """See `KeyVault.lift`."""
        with self._rows.writing():
            self._take_off(person, duty)

    def _take_off(self, person: PersonKey, duty: str) -> None:
        which = (person, duty)
        found = self._rows.execute(
            "SELECT digest FROM hold WHERE person = ? AND duty = ?", which
        ).fetchone()
        if found is not None:
            self._rows.note_listed(found[0])
            self._rows.execute("DELETE FROM hold WHERE person = ? AND duty = ?", which)

    def count(self) -> int:
        """See `KeyVault.count`."""
        with self._rows.reading():
            (count,) = self._rows.execute("SELECT count(*) FROM individual").fetchone()
        return int(count)

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with pages, erasures and holds; nothing if they are sound."""
        with self._rows.snapshot():
            found = self._rows.execute(f"PRAGMA integrity_check({_MOST_FAULTS})").fetchall()
        yield from (f"key database: {text}" for (text,) in found if text != "ok")
        listed = bytes(DIGEST_BYTES)
        with self._rows.snapshot():
            self._rows.is_empty()  # holds the schema to the one that was made
            state = self._rows.state()
            for table, columns in (("erasure", _ERASURE), ("hold", _HOLD)):
                rows = self._rows.execute(f"SELECT {columns}, digest FROM {table}")  # noqa: S608 - constants
                for row in _as_written(table, rows):
                    listed = either(listed, digest_of(table, row))
        if listed != state.listed:
            yield "key database: the erasures and holds are not those that were listed"


def _as_written(table: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows without their digests.

    Raises:
        KeysDamagedError: One is not what its digest is of.

    """
    for *values, digest in rows:
        if digest_of(table, values) != digest:
            raise KeysDamagedError(f"a row of the list `{table}` is not what was written")
        yield tuple(values)
