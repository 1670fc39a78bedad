"""Wrapping the vault's keys under epoch keys, and changing the epoch so that any crash resumes.

The order of a change: the wanted epoch is raised in the transaction that erases; the key of the
new epoch is made; from then on new keys are wrapped under it; the old rows follow in chunks, each
one transaction, with its epoch in the row; the log is truncated; then the older epoch keys are
destroyed. Every step may be done again, so whoever opens the vault next to write goes on where it
stopped, but with an epoch of its own where the key was not made yet: a process that lost the right
to write to the database may still stand within making a key in a token, which knows of no such
right, and two keys of one epoch there could not be told apart. Between two chunks others get their
turn: a log goes on sealing while a million keys are wrapped.

The context of a wrapped key is the ordinal (8 bytes), a byte for its class, and the person key: a
wrapped key moved to another individual, or from content to proof, does not open, and nor does one
whose row was changed.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from time import sleep
from typing import NoReturn

from chengnuo.adapters.evidence.key_rows import KeyRows
from chengnuo.adapters.evidence.key_vault_schema import KeyRow, KeyState
from chengnuo.ports.evidence_keys import (
    KeyHolder,
    KeyHolderError,
    MasterKeyError,
    PersonKeys,
    WrappedKeyError,
)
from chengnuo.ports.individuals import PersonKey

_CHUNK = 256
_LOOK = 16_384
_TURN_S = 0.001  # a lock that is let go and taken again at once is taken by nobody else
_CONTENT = b"\x01"
_PROOF = b"\x02"
_KNOWN = b"chengnuo evidence key vault v1\n\0"
_KNOWN_CONTEXT = bytes(8) + b"\x00"


class KeyEpochs:
    """The keys of the rows, opened and wrapped."""

    def __init__(self, rows: KeyRows, holder: KeyHolder) -> None:
        """Use a holder for the rows of a vault."""
        self._rows = rows
        self._holder = holder

    def begin(self, *, follows: bool) -> None:
        """Hold the epoch key against the vault, and finish what was interrupted.

        Args:
            follows: Whether another process writes; then nothing is made or finished.

        Raises:
            MasterKeyError: The epoch key is gone, or not the one that the keys are wrapped under.
            WrappedKeyError: The vault is a copy from before an erasure.
            KeyHolderError: The process that writes has made no keys yet.

        """
        with self._rows.reading():
            is_empty = self._rows.is_empty()
        if is_empty and follows:
            refuse_unmade()
        is_new = is_empty and self._make_tables()
        with self._rows.reading():
            self._check_state()
        if follows or not self.is_unfinished():
            return
        if not is_new:
            self._want_another()
        self.change()

    def is_unfinished(self) -> bool:
        """Tell whether keys or epoch keys of an earlier epoch are still there."""
        return self.unfinished() is not None

    def unfinished(self) -> tuple[int, int, int, int] | None:
        """Return how far an epoch change has come, or None if all is of one epoch."""
        with self._rows.reading():
            state = self._rows.state()
            behind = self._rows.behind(state.wanted, 0, 1)
            oldest = next(iter(self._holder.epochs()), 0)
            if state.made == state.wanted == oldest and not behind:
                return None
            return state.wanted, state.made, oldest, behind[0].ordinal if behind else 0

    def opened(self, rows: Sequence[KeyRow]) -> dict[PersonKey, PersonKeys]:
        """Return the keys of rows.

        Raises:
            WrappedKeyError: One does not open.
            KeyHolderError: The epoch key cannot be used.

        """
        found: dict[PersonKey, PersonKeys] = {}
        for epoch, group in groupby(sorted(rows, key=attrgetter("epoch")), attrgetter("epoch")):
            some = list(group)
            wrapped: list[tuple[bytes, bytes]] = []
            for row in some:
                wrapped.append((row.proof, _context(row.ordinal, _PROOF, row.person)))
                if row.content is not None:
                    wrapped.append((row.content, _context(row.ordinal, _CONTENT, row.person)))
            keys = iter(self._unwrapped(epoch, wrapped))
            for row in some:
                proof = next(keys)
                content = None if row.content is None else next(keys)
                found[row.person] = PersonKeys(ordinal=row.ordinal, content=content, proof=proof)
        return found

    def read(
        self, read: list[KeyRow], again: Callable[[], list[KeyRow]]
    ) -> dict[PersonKey, PersonKeys]:
        """Return the keys of rows that were read, whoever wraps them anew meanwhile.

        Args:
            read: The rows.
            again: Reads them anew, when they have changed before they were opened.

        Raises:
            WrappedKeyError: One does not open.
            KeyHolderError: The epoch key cannot be used.

        """
        while True:
            try:
                return self.opened(read)
            except WrappedKeyError:
                before, read = read, again()
                if read == before:
                    raise

    def _unwrapped(self, epoch: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        try:
            return self._holder.unwrap(epoch, wrapped)
        except KeyHolderError as error:
            # A holder that answers, but has no such epoch: then it is the row that is wrong.
            if epoch in self._holder.epochs():
                raise
            raise WrappedKeyError(f"it is of epoch {epoch}, whose key is not held") from error

    def wrapped(self, epoch: int, persons: dict[PersonKey, PersonKeys]) -> list[KeyRow]:
        """Return rows of keys, wrapped under an epoch that is made.

        Raises:
            KeyHolderError: The epoch key cannot be used.

        """
        plain: list[tuple[bytes, bytes]] = []
        for person, keys in persons.items():
            plain.append((keys.proof, _context(keys.ordinal, _PROOF, person)))
            if keys.content is not None:
                plain.append((keys.content, _context(keys.ordinal, _CONTENT, person)))
        wrapped = iter(self._holder.wrap(epoch, plain))
        rows = []
        for person, keys in persons.items():
            proof = next(wrapped)
            content = None if keys.content is None else next(wrapped)
            rows.append(KeyRow(keys.ordinal, person, epoch, content, proof))
        return rows

    def change(self) -> None:
        """Bring every key to the wanted epoch, then destroy the keys of the epochs before.

        Raises:
            KeyHolderError: The holder cannot be written; to be finished later.
            DatabaseUnavailableError: The database cannot be written; to be finished later.

        """
        finished = False
        while not finished:
            wanted = self._advance()
            after = 0
            while (last := self._wrap_some_anew(wanted, after)) is not None:
                after = last
                sleep(_TURN_S)
            self._rows.truncate_log()
            # False when somebody else has erased, and wants a later epoch, in the meantime.
            finished = self._none_behind(wanted) and self._destroy_before(wanted)

    def _make_tables(self) -> bool:
        with self._rows.writing():
            # Another process may have made the tables, and the first key, in the meantime.
            if not self._rows.is_empty():
                return False
            refuse_orphans(self._holder)
            self._rows.make_tables()
            return True

    def _want_another(self) -> None:
        """Want an epoch that no other process can be making, if the wanted one is not made yet.

        In a transaction of its own, before the key is made: whoever comes after an end in between
        takes the next number.
        """
        with self._rows.writing():
            state = self._rows.state()
            if state.made != state.wanted:
                self._rows.set_state(state._replace(wanted=state.wanted + 1))

    def _advance(self) -> int:
        with self._rows.writing():
            state = self._rows.state()
            if state.made != state.wanted:
                self._holder.make(state.wanted)
                (known,) = self._holder.wrap(state.wanted, [(_KNOWN, _KNOWN_CONTEXT)])
                self._rows.set_state(state._replace(made=state.wanted, known=known))
            return state.wanted

    def _wrap_some_anew(self, wanted: int, after: int) -> int | None:
        with self._rows.writing():
            rows = self._rows.behind(wanted, after, _CHUNK)
            if not rows:
                return None
            self._rows.replace(self.wrapped(wanted, self.opened(rows)))
            return rows[-1].ordinal

    def _none_behind(self, wanted: int) -> bool:
        """Look at all rows once more, some at a time; that none is behind stays so.

        Whoever writes a row does so under the epoch that was made last, and that is `wanted`.
        """
        after, last = 0, 0
        while after <= last:
            with self._rows.reading():
                last = self._rows.last_ordinal()
                if self._rows.behind(wanted, after, 1, to=after + _LOOK):
                    return False
            after += _LOOK
            sleep(0)
        return True

    def _destroy_before(self, wanted: int) -> bool:
        # The write lock is held, so that no other process wraps under what is destroyed.
        with self._rows.writing():
            if self._rows.state().wanted != wanted:
                return False
            for epoch in self._holder.epochs():
                if epoch < wanted:
                    self._holder.destroy(epoch)
            return True

    def _check_state(self) -> None:
        state = self._rows.state()
        while True:
            try:
                return self._check(state)
            except (WrappedKeyError, KeyHolderError, MasterKeyError):
                # Another process may have destroyed that epoch's key since the state was read.
                before, state = state, self._rows.state()
                if state == before:
                    raise

    def _check(self, state: KeyState) -> None:
        if not state.made:
            return
        held = self._holder.epochs()
        if state.made not in held:
            if held and held[0] > state.made:
                raise WrappedKeyError(
                    f"the key database is of epoch {state.made}, which was destroyed by an "
                    "erasure; it is an old copy"
                )
            raise MasterKeyError(f"the key of epoch {state.made} is not there any more")
        try:
            known = self._holder.unwrap(state.made, [(state.known, _KNOWN_CONTEXT)])
        except WrappedKeyError as error:
            raise MasterKeyError("it is not the one that was used before") from error
        if known != [_KNOWN]:
            raise MasterKeyError("it is not the one that was used before")


def refuse_orphans(holder: KeyHolder) -> None:
    """Refuse to begin a key database where the holder has keys already.

    Raises:
        MasterKeyError: It has; the first erasure would destroy what another database needs.

    """
    if holder.epochs():
        raise MasterKeyError(
            "there are epoch keys but no key database; they belong to one that is elsewhere"
        )


def refuse_unmade() -> NoReturn:
    """Refuse to read keys before whoever writes them has made the first.

    Raises:
        KeyHolderError: Always.

    """
    raise KeyHolderError("the process that writes has not made the first key yet")


def _context(ordinal: int, key_class: bytes, person: PersonKey) -> bytes:
    return ordinal.to_bytes(8, "big") + key_class + person.encode()
