"""Ids of the register for keys of another format: kebab-case, unique, the same every time."""

import re

from chengnuo.base.digest import sha256_hex
from chengnuo.domain.register.shapes import MAX_ID_LENGTH

_OTHER = re.compile(r"[^a-z0-9]+")
_TAIL = 8


def kebab(key: str) -> str:
    """Return a key as an id; a key too long is cut and told apart by its digest.

    >>> kebab("cookie_house.Loyalty Database")
    'cookie-house-loyalty-database'

    """
    plain = _OTHER.sub("-", key.lower()).strip("-")
    if not plain:
        return f"x-{sha256_hex(key.encode())[:_TAIL]}"
    if len(plain) <= MAX_ID_LENGTH:
        return plain
    return f"{plain[: MAX_ID_LENGTH - _TAIL - 1].rstrip('-')}-{sha256_hex(plain.encode())[:_TAIL]}"


class Names:
    """Gives out ids of one kind, none twice."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = set(taken)

    def give(self, key: str) -> str:
        """Return an id for a key; a number is added where another key has it already."""
        wanted = kebab(key)
        found, number = wanted, 1
        while found in self._taken:
            number += 1
            found = kebab(f"{wanted[: MAX_ID_LENGTH - 1 - len(str(number))]}-{number}")
        self._taken.add(found)
        return found
