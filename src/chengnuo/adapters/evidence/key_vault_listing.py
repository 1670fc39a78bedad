"""What the vault lists beside keys: erasures, statutory holds, and faults of the file itself.

A content key that is destroyed is listed with its position, which tells what no longer opens. Of a
proof key only the day is listed: the position would lead from the person to a record of the chain.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chengnuo.adapters.evidence.key_rows import KeyRows
from chengnuo.adapters.evidence.key_vault_schema import (
    DIGEST_BYTES,
    KeysDamagedError,
    digest_of,
    either,
)
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Erasure, Hold, Intention
from chengnuo.ports.individuals import PersonKey

_MOST_KNOWN = 1 << 16
"""Of how many individuals it is remembered what was erased; of most of them nothing was."""
_ERASURE = "person, key, at, under, position"
_HOLD = "person, duty, since, until"
_INTENTION = "person, key, under, position, payload"
_LISTS = (("erasure", _ERASURE), ("hold", _HOLD), ("intention", _INTENTION))


class Listing:
    """The tables `erasure`, `hold` and `intention`."""

    def __init__(self, rows: KeyRows) -> None:
        """List what is in a vault's file."""
        self._rows = rows
        self._erasures: dict[PersonKey, tuple[Erasure, ...]] = {}
        self._changes_of_others = 0

    def add_erasure(self, person: PersonKey, erasure: Erasure) -> bool:
        """List an erasure, within a transaction; tell whether it was not listed before."""
        self._remove("intention", person)
        self._erasures.pop(person, None)
        number = None
        if erasure.key is KeyClass.PROOF:
            self._remove("erasure", person)
            self._remove("hold", person)
            number = -1 - secrets.randbits(62)
            erasure = replace(erasure, at=_end_of_day(erasure.at), position=number)
        row = (person, erasure.key.value, to_us(erasure.at), erasure.under, erasure.position)
        digest = digest_of("erasure", row)
        added = self._rows.execute(
            f"INSERT INTO erasure (number, {_ERASURE}, digest) VALUES (coalesce(?, "  # noqa: S608 - constants
            "(SELECT coalesce(max(number), 0) + 1 FROM erasure WHERE number > 0)), "
            "?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (number, *row, digest),
        )
        if added.rowcount != 1:
            return False
        self._rows.note_listed(digest)
        return True

    def intend(self, person: PersonKey, intention: Intention) -> None:
        """See `KeyVault.intend`."""
        row = (
            person,
            intention.key.value,
            intention.under,
            intention.position,
            intention.payload,
        )
        digest = digest_of("intention", row)
        with self._rows.writing():
            self._remove("intention", person)
            self._rows.execute(
                f"INSERT INTO intention ({_INTENTION}, digest) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - constants
                (*row, digest),
            )
            self._rows.note_listed(digest)

    def intentions(self) -> dict[PersonKey, Intention]:
        """See `KeyVault.intentions`."""
        with self._rows.reading():
            found = self._rows.execute(f"SELECT {_INTENTION}, digest FROM intention").fetchall()  # noqa: S608 - constants
        return {
            person: Intention(key=KeyClass(key), under=under, position=position, payload=payload)
            for person, key, under, position, payload in _as_written("intention", found)
        }

    def withdraw(self, person: PersonKey) -> None:
        """See `KeyVault.withdraw`."""
        with self._rows.writing():
            self._remove("intention", person)

    def erasures(self, person: PersonKey) -> tuple[Erasure, ...]:
        """See `KeyVault.erasures`."""
        with self._rows.reading():
            changes = self._rows.changes_of_others()
            known = self._erasures
            if changes != self._changes_of_others or len(known) >= _MOST_KNOWN:
                self._changes_of_others = changes
                known.clear()
            if person not in known:
                found = self._rows.execute(
                    f"SELECT {_ERASURE}, digest FROM erasure WHERE person = ? ORDER BY at, number",  # noqa: S608 - constants
                    (person,),
                ).fetchall()
                known[person] = tuple(
                    Erasure(key=KeyClass(key), at=from_us(at), under=under, position=position)
                    for _, key, at, under, position in _as_written("erasure", found)
                )
            return known[person]

    def erased(self) -> tuple[PersonKey, ...]:
        """See `KeyVault.erased`."""
        with self._rows.reading():
            found = self._rows.execute("SELECT DISTINCT person FROM erasure ORDER BY person")
            return tuple(PersonKey(person) for (person,) in found.fetchall())

    def every(self) -> tuple[tuple[PersonKey, Erasure], ...]:
        """Return all erasures, in the order they were listed, those of a day first."""
        with self._rows.reading():
            found = self._rows.execute(
                f"SELECT {_ERASURE}, digest FROM erasure ORDER BY number"  # noqa: S608 - constants
            ).fetchall()
        return tuple(
            (person, Erasure(key=KeyClass(key), at=from_us(at), under=under, position=position))
            for person, key, at, under, position in _as_written("erasure", found)
        )

    def end_at(self, position: int) -> None:
        """Let no erasure speak of records from a position on: the log was ended there."""
        over = [(who, one) for who, one in self.every() if one.position > position]
        with self._rows.writing():
            for person, erasure in over:
                old = (
                    person,
                    erasure.key.value,
                    to_us(erasure.at),
                    erasure.under,
                    erasure.position,
                )
                self._rows.execute(
                    "DELETE FROM erasure WHERE person = ? AND key = ? AND position = ?",
                    (person, erasure.key.value, erasure.position),
                )
                self._rows.note_listed(digest_of("erasure", old))
                self.add_erasure(person, replace(erasure, position=position))

    def hold(self, hold: Hold) -> None:
        """See `KeyVault.hold`."""
        with self._rows.writing():
            hold = _joined(hold, self.holds(hold.person))
            until = None if hold.until is None else to_us(hold.until)
            row = (hold.person, hold.duty, to_us(hold.since), until)
            digest = digest_of("hold", row)
            self._remove("hold", hold.person, hold.duty)
            self._rows.execute(
                f"INSERT INTO hold ({_HOLD}, digest) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - constants
                (*row, digest),
            )
            self._rows.note_listed(digest)

    def holds(self, person: PersonKey | None) -> tuple[Hold, ...]:
        """See `KeyVault.holds`; ties by since, individual and duty."""
        where = "" if person is None else "WHERE person = ? "
        with self._rows.reading():
            found = self._rows.execute(
                f"SELECT {_HOLD}, digest FROM hold {where}"  # noqa: S608 - constants
                "ORDER BY until NULLS LAST, since, person, duty",
                () if person is None else (person,),
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
            self._remove("hold", person, duty)

    def _remove(self, table: str, person: PersonKey, duty: str | None = None) -> None:
        """Take rows of a person off a list, within a transaction."""
        where, which = "person = ?", [str(person)]
        if duty is not None:
            where, which = "person = ? AND duty = ?", [person, duty]
        found = self._rows.execute(f"SELECT digest FROM {table} WHERE {where}", which)  # noqa: S608 - constants
        for (digest,) in found.fetchall():
            self._rows.note_listed(digest)
        self._rows.execute(f"DELETE FROM {table} WHERE {where}", which)  # noqa: S608 - constants

    def count(self) -> int:
        """See `KeyVault.count`."""
        with self._rows.reading():
            (count,) = self._rows.execute("SELECT count(*) FROM individual").fetchone()
        return int(count)

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with pages, erasures and holds; nothing if they are sound."""
        yield from self._rows.faults()
        listed = bytes(DIGEST_BYTES)
        with self._rows.snapshot():
            self._rows.is_empty()  # holds the schema to the one that was made
            state = self._rows.state()
            for table, columns in _LISTS:
                rows = self._rows.execute(f"SELECT {columns}, digest FROM {table}")  # noqa: S608 - constants
                for row in _as_written(table, rows.fetchall()):
                    listed = either(listed, digest_of(table, row))
        if listed != state.listed:
            yield "key database: the erasures, holds and intentions are not those that were listed"


def _joined(hold: Hold, listed: Iterable[Hold]) -> Hold:
    """Return a hold that reaches as far as itself and the one listed under that duty."""
    for one in listed:
        if one.duty == hold.duty:
            ends = None in (one.until, hold.until)
            return Hold(
                person=hold.person,
                duty=hold.duty,
                since=min(one.since, hold.since),
                until=None if ends else max(filter(None, (one.until, hold.until))),
            )
    return hold


def _end_of_day(at: datetime) -> datetime:
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1, microseconds=-1)


def _as_written(table: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows without their digests.

    Raises:
        KeysDamagedError: One is not what its digest is of.

    """
    for *values, digest in rows:
        if digest_of(table, values) != digest:
            raise KeysDamagedError(f"a row of the list `{table}` is not what was written")
        yield tuple(values)
