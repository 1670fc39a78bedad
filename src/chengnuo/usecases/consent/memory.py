"""What was read of individuals, remembered as long as nothing of theirs changes.

Most decisions are about people who were asked about a moment ago. Only somebody with one name is
remembered: what happens under another name of theirs would change it unseen. Whoever changes the
store says so here afterwards and before the change is acknowledged; what was read before such a
change and arrives later is used once and not remembered.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Final

from chengnuo.ports.consents import ActKept, Change, Kept, SettingKept
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

    def grown(
        self,
        persons: Iterable[PersonKey],
        changes: Sequence[Change],
        *,
        anew: Iterable[PersonKey] = (),
    ) -> None:
        """Add acts that were just taken into the store to what is remembered of whom they are by.

        Args:
            persons: Whom the changes concern.
            changes: In the order of the log; with another among them than acts, or with one that
                is not later than what is remembered, everything is forgotten.
            anew: Of whom everything is forgotten: a new number may have made their past void.

        """
        acts = [one for one in changes if isinstance(one, ActKept | SettingKept)]
        is_plain, forgotten = len(acts) == len(changes), frozenset(anew)
        with self._lock:
            self._changes += 1
            for person in persons:
                kept = self._kept.pop(person, None)
                if kept is None or person in forgotten or not is_plain:
                    continue
                longer = _longer(kept, person, acts)
                if longer is not None:
                    self._kept[person] = longer

    def all_changed(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._changes += 1
            self._kept.clear()


def _longer(kept: Kept, person: PersonKey, acts: Sequence[ActKept | SettingKept]) -> Kept | None:
    """Return what is kept with later acts of the one name; None if they are not all later."""
    entries = [one.entry for one in acts if isinstance(one, ActKept)]
    settings = [one.setting for one in acts if isinstance(one, SettingKept)]
    entries = [one for one in entries if one.event.alias == person]
    settings = [one for one in settings if one.alias == person]
    positions = [*(one.event.position for one in entries), *(one.position for one in settings)]
    last = max(
        kept.entries[-1].event.position if kept.entries else -1,
        kept.settings[-1].position if kept.settings else -1,
    )
    if not positions or min(positions) <= last:
        return None
    return replace(kept, entries=(*kept.entries, *entries), settings=(*kept.settings, *settings))
