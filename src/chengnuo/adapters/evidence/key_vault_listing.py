"""What the vault lists beside keys: erasures, statutory holds, and faults of the file itself."""

from chengnuo.adapters.evidence.key_vault_rows import KeyRows
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import Erasure, Hold
from chengnuo.ports.individuals import PersonKey

_MOST_FAULTS = 100


class Listing:
    """The tables `erasure` and `hold`."""

    def __init__(self, rows: KeyRows) -> None:
        """List what is in a vault's file."""
        self._rows = rows

    def add_erasure(self, person: PersonKey, erasure: Erasure) -> bool:
        """List an erasure, within a transaction; tell whether it was not listed before."""
        added = self._rows.execute(
            "INSERT INTO erasure (person, key, at, under, position) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (person, erasure.key.value, to_us(erasure.at), erasure.under, erasure.position),
        )
        return added.rowcount == 1

    def erasures(self, person: PersonKey) -> tuple[Erasure, ...]:
        """See `KeyVault.erasures`."""
        with self._rows.reading():
            found = self._rows.execute(
                "SELECT key, at, under, position FROM erasure WHERE person = ? ORDER BY number",
                (person,),
            ).fetchall()
        return tuple(
            Erasure(key=KeyClass(key), at=from_us(at), under=under, position=position)
            for key, at, under, position in found
        )

    def hold(self, hold: Hold) -> None:
        """See `KeyVault.hold`."""
        until = None if hold.until is None else to_us(hold.until)
        with self._rows.writing():
            self._rows.execute(
                "INSERT OR REPLACE INTO hold (person, duty, since, until) VALUES (?, ?, ?, ?)",
                (hold.person, hold.duty, to_us(hold.since), until),
            )

    def holds(self, person: PersonKey | None) -> tuple[Hold, ...]:
        """See `KeyVault.holds`; ties by since, individual and duty."""
        with self._rows.reading():
            found = self._rows.execute(
                "SELECT person, duty, since, until FROM hold WHERE ?1 IS NULL OR person = ?1 "
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
            for whose, duty, since, until in found
        )

    def lift(self, person: PersonKey, duty: str) -> None:
        """See `KeyVault.lift`."""
        with self._rows.writing():
            self._rows.execute("DELETE FROM hold WHERE person = ? AND duty = ?", (person, duty))

    def count(self) -> int:
        """See `KeyVault.count`."""
        with self._rows.reading():
            (count,) = self._rows.execute("SELECT count(*) FROM individual").fetchone()
        return int(count)

    def faults(self) -> list[str]:
        """Return what SQLite finds wrong with its pages; nothing if they are sound."""
        with self._rows.reading():
            found = self._rows.execute(f"PRAGMA integrity_check({_MOST_FAULTS})").fetchall()
        return [f"key database: {text}" for (text,) in found if text != "ok"]
