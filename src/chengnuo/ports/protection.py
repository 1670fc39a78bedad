"""How this installation protects what it holds and how it reaches the stores, as far as seen.

No address, no password and no path comes out: names of the register, and what can be said of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from chengnuo.domain.register.store import Store


class OnTheWay(StrEnum):
    """How information goes between this service and a store."""

    CHECKED = "checked"
    """Encrypted, and the server shows who it is."""
    ENCRYPTED = "encrypted"
    """Encrypted; who answers is not checked."""
    PLAIN = "plain"
    """Over a network, not encrypted."""
    LOCAL = "local"
    """It does not leave the machine."""
    UNKNOWN = "unknown"
    """The connection is not set, or its kind says nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionSeen:
    """A store and how information goes there."""

    store: str
    way: OnTheWay


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFileSeen:
    """A key file of this installation.

    Attributes:
        name: Its name, without its folder.
        closed: Whether nobody but the owner may read or write it.

    """

    name: str
    closed: bool


class ProtectionLook(Protocol):
    """Looks; changes nothing and opens no connection."""

    def connections(self, stores: Sequence[Store]) -> tuple[ConnectionSeen, ...]:
        """Return how information goes to each store that this service connects to."""
        ...

    def key_files(self) -> tuple[KeyFileSeen, ...]:
        """Return the key files that this installation has, by name."""
        ...
