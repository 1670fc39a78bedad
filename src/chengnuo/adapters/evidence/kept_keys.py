"""The key vault: keys of individuals made, opened, and destroyed for good.

Opened keys are remembered, so that a batch of records asks the database only about individuals
that are new to it; what is remembered is dropped when a key is destroyed here, or when another
process has changed the rows. (Python cannot wipe memory; the process's own memory is the operator's
to protect.)

An erasure of a content key is carried out once: the same position again changes nothing, so it may
be repeated without harm to a key made since. Of a proof key no position is kept; what ends with a
crash is finished by the intention that is listed before the deletion is recorded.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from threading import Lock
from time import sleep

from chengnuo.adapters.evidence.key_rows import KeyRows
from chengnuo.adapters.evidence.key_vault_epochs import KeyEpochs
from chengnuo.adapters.evidence.key_vault_listing import Listing
from chengnuo.adapters.evidence.key_vault_schema import KeyRow, KeysDamagedError
from chengnuo.adapters.evidence.key_wrapping import KEY_BYTES
from chengnuo.adapters.evidence.remembered_keys import RememberedKeys
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.evidence_keys import (
    Erasure,
    Hold,
    Intention,
    KeyHolder,
    PersonKeys,
    WrappedKeyError,
)
from chengnuo.ports.individuals import PersonKey

MOST_REMEMBERED = 65_536
_PAGE = 512
_TRIES = 20
_TRY_S = 0.05


def _nobody_seals() -> AbstractContextManager[int]:
    return nullcontext(0)


class KeptKeys:
    """`KeyVault` over rows; for any number of threads, and of processes."""

    def __init__(
        self,
        rows: KeyRows,
        holder: KeyHolder,
        *,
        most_remembered: int = MOST_REMEMBERED,
        follows: bool = False,
    ) -> None:
        """Make the tables if they are not there, and finish an interrupted erasure.

        Args:
            rows: Where the keys are; closed with the vault.
            holder: Holds the epoch keys of this vault and of no other.
            most_remembered: How many individuals' opened keys are remembered.
            follows: Whether another process writes, so that nothing is made or finished here.

        Raises:
            MasterKeyError: The epoch key is gone, or is not the one that was used before; nothing
                was changed.
            WrappedKeyError: The rows are a copy from before an erasure; nothing was changed.
            KeyHolderError: The holder cannot be read, or an epoch change cannot be finished.
            DatabaseUnavailableError: The rows cannot be read or written.
            KeysDamagedError: They are not what was written.

        """
        self._rows = rows
        self._listing = Listing(self._rows)
        self._epochs = KeyEpochs(self._rows, holder)
        self._erasing = Lock()
        self._remembered = RememberedKeys(most_remembered)
        self._changes_of_others = 0
        try:
            self._epochs.begin(follows=follows)
        except BaseException:
            self._rows.close()
            raise

    def ready(
        self, persons: Iterable[PersonKey], *, content: bool
    ) -> Mapping[PersonKey, PersonKeys]:
        """See `KeyVault.ready`."""
        found: dict[PersonKey, PersonKeys] = {}
        missing: dict[PersonKey, None] = {}
        with self._rows.reading():
            self._forget_if_changed()
            for person in persons:
                keys = self._remembered.of(person)
                if keys is None or (content and keys.content is None):
                    missing[person] = None
                else:
                    found[person] = keys
            if missing:
                found |= self._found_or_made(list(missing), content=content)
        return found

    def find(self, person: PersonKey) -> PersonKeys | None:
        """See `KeyVault.find`."""
        with self._rows.reading():
            self._forget_if_changed()
            return self._remembered.of(person) or self._opened([person]).get(person)

    def by_ordinal(self, ordinal: int) -> tuple[PersonKey, PersonKeys] | None:
        """See `KeyVault.by_ordinal`."""
        with self._rows.reading():
            self._forget_if_changed()
            if (known := self._remembered.of_ordinal(ordinal)) is not None:
                return known
            row = self._rows.of_ordinal(ordinal)
            keys = None if row is None else self._opened_as_read([row]).get(row.person)
            return None if row is None or keys is None else (row.person, keys)

    def erase(
        self,
        persons: Mapping[PersonKey, Erasure],
        *,
        during: Callable[[], AbstractContextManager[int]] = _nobody_seals,
    ) -> None:
        """See `KeyVault.erase`.

        An erasure is listed even of an individual without such a key: nothing sealed with it
        below that position opens either way.
        """
        if any(erasure.key is KeyClass.OPEN for erasure in persons.values()):
            raise ValueError(KeyClass.OPEN)
        with self._erasing:
            destroyed = False
            with during() as end, self._rows.writing():
                for person, given in persons.items():
                    erasure = given
                    if given.key is KeyClass.CONTENT:
                        erasure = replace(given, position=max(given.position, end))
                    if self._listing.add_erasure(person, erasure):
                        destroyed |= self._destroy(person, erasure.key)
                if destroyed:
                    state = self._rows.state()
                    wanted = max(state.wanted, state.made + 1)  # a number is never wanted again
                    self._rows.set_state(state._replace(wanted=wanted))
                # Before the commit, so that no thread is ever given a key that is gone.
                for person in persons:
                    self._remembered.forget(person)
            if destroyed:
                self._rows.truncate_log()
            if destroyed or self._epochs.is_unfinished():
                self._epochs.change()

    def erasures(self, person: PersonKey) -> tuple[Erasure, ...]:
        """See `KeyVault.erasures`."""
        return self._listing.erasures(person)

    def erased(self) -> tuple[PersonKey, ...]:
        """See `KeyVault.erased`."""
        return self._listing.erased()

    def intend(self, person: PersonKey, intention: Intention) -> None:
        """See `KeyVault.intend`."""
        self._listing.intend(person, intention)

    def intentions(self) -> Mapping[PersonKey, Intention]:
        """See `KeyVault.intentions`."""
        return self._listing.intentions()

    def withdraw(self, person: PersonKey) -> None:
        """See `KeyVault.withdraw`."""
        self._listing.withdraw(person)

    def hold(self, hold: Hold) -> None:
        """See `KeyVault.hold`."""
        self._listing.hold(hold)

    def holds(self, person: PersonKey | None = None) -> tuple[Hold, ...]:
        """See `KeyVault.holds`."""
        return self._listing.holds(person)

    def lift(self, person: PersonKey, duty: str) -> None:
        """See `KeyVault.lift`."""
        self._listing.lift(person, duty)

    def given(self) -> int:
        """See `KeyVault.given`."""
        with self._rows.reading():
            return self._rows.state().ordinal

    def count(self) -> int:
        """See `KeyVault.count`."""
        return self._listing.count()

    def check(self) -> Iterable[str]:
        """See `KeyVault.check`; other threads get their turn between pages."""
        try:
            yield from self._listing.faults()
            if self._stays_unfinished():
                yield "an epoch change is not finished; it is finished at the next start"
            after: int | None = 0
            while after is not None:
                faults, after = self._faults_of_page(after)
                yield from faults
        except KeysDamagedError as error:
            yield str(error)

    def close(self) -> None:
        """See `KeyVault.close`."""
        with self._rows.lock:
            self._remembered.clear()
            self._rows.close()

    def _found_or_made(
        self, persons: list[PersonKey], *, content: bool
    ) -> dict[PersonKey, PersonKeys]:
        found = self._opened(persons)
        if _lacking(persons, found, content=content):
            with self._rows.writing():
                # Anew: another process may have made some before the lock was ours.
                found = self._opened(persons)
                made = self._make(_lacking(persons, found, content=content), found, content=content)
            # Only now: what did not last is not remembered.
            self._remembered.put(made)
            found |= made
        return found

    def _make(
        self, persons: list[PersonKey], found: dict[PersonKey, PersonKeys], *, content: bool
    ) -> dict[PersonKey, PersonKeys]:
        state = self._rows.state()
        ordinal = state.ordinal
        random = os.urandom(2 * KEY_BYTES * len(persons))
        old: dict[PersonKey, PersonKeys] = {}
        new: dict[PersonKey, PersonKeys] = {}
        for number, person in enumerate(persons):
            start = 2 * KEY_BYTES * number
            one, two = random[start : start + KEY_BYTES], random[start + KEY_BYTES :][:KEY_BYTES]
            if person in found:
                known = found[person]
                old[person] = PersonKeys(ordinal=known.ordinal, content=one, proof=known.proof)
            else:
                ordinal += 1
                new[person] = PersonKeys(
                    ordinal=ordinal, content=one if content else None, proof=two
                )
        self._rows.replace(self._epochs.wrapped(state.made, old))
        self._rows.insert(self._epochs.wrapped(state.made, new))
        self._rows.set_state(state._replace(ordinal=ordinal))
        return old | new

    def _destroy(self, person: PersonKey, key: KeyClass) -> bool:
        for row in self._rows.of_persons([person]):
            if key is KeyClass.PROOF:
                self._rows.delete(row.ordinal)
                return True
            if row.content is not None:
                self._rows.replace([row._replace(content=None)])
                return True
        return False

    def _opened(self, persons: list[PersonKey]) -> dict[PersonKey, PersonKeys]:
        return self._opened_as_read(self._rows.of_persons(persons))

    def _opened_as_read(self, rows: list[KeyRow]) -> dict[PersonKey, PersonKeys]:
        persons = [row.person for row in rows]
        opened = self._epochs.read(rows, lambda: self._rows.of_persons(persons))
        self._remembered.put(opened)
        return opened

    def _forget_if_changed(self) -> None:
        changes = self._rows.changes_of_others()
        if changes != self._changes_of_others:
            self._changes_of_others = changes
            self._remembered.clear()

    def _faults_of_page(self, after: int) -> tuple[list[str], int | None]:
        before: list[KeyRow] = []
        while True:
            with self._rows.snapshot():
                given = self._rows.state().ordinal
                rows = self._rows.after(after, _PAGE)
            faults = [
                f"ordinal {row.ordinal} was never given; at most {given} was"
                for row in rows
                if row.ordinal > given
            ]
            faults += self._not_opening(rows)
            # Unless they are what they were, somebody else has wrapped them anew meanwhile.
            if not faults or rows == before:
                return faults, rows[-1].ordinal if rows else None
            before = rows

    def _stays_unfinished(self) -> bool:
        """Tell whether there is an epoch change that nobody is at."""
        stood = 0
        standing = self._epochs.unfinished()
        while standing is not None and stood < _TRIES:
            sleep(_TRY_S)
            now = self._epochs.unfinished()
            stood = stood + 1 if now == standing else 0
            standing = now
        return standing is not None

    def _not_opening(self, rows: list[KeyRow]) -> list[str]:
        try:
            self._epochs.opened(rows)
        except WrappedKeyError as error:
            if len(rows) == 1:
                return [f"the keys of ordinal {rows[0].ordinal}: {error}"]
            half = len(rows) // 2
            return self._not_opening(rows[:half]) + self._not_opening(rows[half:])
        return []


def _lacking(
    persons: list[PersonKey], found: Mapping[PersonKey, PersonKeys], *, content: bool
) -> list[PersonKey]:
    return [
        person
        for person in persons
        if person not in found or (content and found[person].content is None)
    ]
