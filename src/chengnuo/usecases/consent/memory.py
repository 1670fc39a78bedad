"""What was read of individuals, remembered as long as nothing of theirs changes.

Most decisions are about people who were asked about a moment ago. Only somebody with one name is
remembered: what happens under another name of theirs would change it unseen. Whoever changes the
store says so here afterwards and before the change is acknowledged; what was read before such a
change and arrives later is used once and not remembered.
"""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Final

from chengnuo.ports.consents import Kept
from chengnuo.ports.individuals import PersonKey

MOST_REMEMBERED: Final = 1 << 16


class Memory:
    """Reads through; any number of threads read and one changes."""

    def __init__(self, read: Callable[[PersonKey], Kept], *, most: int = MOST_REMEMBERED) -> None:
        """Remember nothing yet.

        Args:
            read: Reads all that is kept of somebody.
            most: How many are remembered; with one more all are forgotten.

        """
        self._read = read
        self._most = most
        self._lock = Lock()
        self._changes = 0
        self._kept: dict[PersonKey, Kept] = {}

    def of(self, person: PersonKey) -> Kept:
        """Return all that is kept of somebody.

        Raises:
            DatabaseUnavailableError: It is not remembered and cannot be read.

        """
        found = self._kept.get(person)
        if found is not None:
            return found
        changes = self._changes
        found = self._read(person)
        if found.names == {person}:
            with self._lock:
                if changes == self._changes:
                    if len(self._kept) >= self._most:
                        self._kept.clear()
                    self._kept[person] = found
        return found

    def has(self, person: PersonKey) -> bool:
        """Tell whether somebody is remembered, so that no disk is waited for."""
        return person in self._kept

    def changed(self, persons: Iterable[PersonKey]) -> None:
        """Forget people whose kept content has changed, or may have."""
        with self._lock:
            self._changes += 1
            for person in persons:
                self._kept.pop(person, None)

    def all_changed(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._changes += 1
            self._kept.clear()
