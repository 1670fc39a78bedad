"""Opened keys of individuals that are remembered, by person and by ordinal, within a bound."""

from collections import OrderedDict
from collections.abc import Mapping

from chengnuo.ports.evidence_keys import PersonKeys
from chengnuo.ports.individuals import PersonKey


class RememberedKeys:
    """The keys of those who were asked for last; not safe for several threads by itself."""

    def __init__(self, most: int) -> None:
        """Remember so many individuals at the most."""
        self._most = most
        self._keys: OrderedDict[PersonKey, PersonKeys] = OrderedDict()
        self._persons: dict[int, PersonKey] = {}

    def __len__(self) -> int:
        """Return how many individuals are remembered."""
        return len(self._keys)

    def of(self, person: PersonKey) -> PersonKeys | None:
        """Return the keys of somebody, or None if they are not remembered."""
        found = self._keys.get(person)
        if found is not None:
            self._keys.move_to_end(person)
        return found

    def of_ordinal(self, ordinal: int) -> tuple[PersonKey, PersonKeys] | None:
        """Return whose an ordinal is, with their keys, or None if they are not remembered."""
        person = self._persons.get(ordinal)
        keys = None if person is None else self.of(person)
        return None if person is None or keys is None else (person, keys)

    def put(self, opened: Mapping[PersonKey, PersonKeys]) -> None:
        """Remember keys; those are forgotten that were asked for longest ago."""
        for person, keys in opened.items():
            self.forget(person)
            self._keys[person] = keys
            self._persons[keys.ordinal] = person
        while len(self._keys) > self._most:
            self.forget(next(iter(self._keys)))

    def forget(self, person: PersonKey) -> None:
        """Forget somebody's keys."""
        keys = self._keys.pop(person, None)
        if keys is not None and self._persons.get(keys.ordinal) == person:
            del self._persons[keys.ordinal]

    def clear(self) -> None:
        """Forget everybody."""
        self._keys.clear()
        self._persons.clear()
