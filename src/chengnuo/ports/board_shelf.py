"""Publications of the pledge board that a service made, and which of them the public is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chengnuo.base.errors import ConflictError
from chengnuo.ports.accounts import AccountId


class BoardStep(StrEnum):
    """What is asked for."""

    PUBLISH = "publish"
    """The board as it is now."""
    BEFORE = "before"
    """The publication before the one that is shown."""


class BoardAskedError(ConflictError):
    """What was to be done about the public board is not due, or something else was asked for."""

    code = "board-asked"

    def __init__(self) -> None:
        super().__init__("the public board was asked for or settled meanwhile; look again")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAsked:
    """What waits for a second person.

    Attributes:
        step: What is asked for.
        by: Who asked.
        at: When.

    """

    step: BoardStep
    by: AccountId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfState:
    """What the shelf says.

    Attributes:
        current: Number of the publication that is shown; 0 for none.
        asked: What waits; None for nothing.

    """

    current: int = 0
    asked: BoardAsked | None = None


class BoardShelf(Protocol):
    """Keeps publications, numbered from 1 without gaps, and what is to be done about them."""

    def state(self) -> ShelfState:
        """Return which one is shown and what waits."""
        ...

    def set(self, state: ShelfState) -> None:
        """Keep a state; durable on return.

        Raises:
            PublicationNotWrittenError: The disk refused.

        """
        ...

    def newest(self) -> int:
        """Return the number of the newest publication; 0 for none."""
        ...

    def keep(self, files: Mapping[str, bytes]) -> int:
        """Keep a publication and return its number; durable on return.

        Raises:
            PublicationNotWrittenError: The disk refused.

        """
        ...

    def archive(self, number: int) -> bytes:
        """Return a publication as a ZIP.

        Raises:
            PublicationDamagedError: It is not there or cannot be read.

        """
        ...

    def files(self, number: int) -> Mapping[str, bytes]:
        """Return the files of a publication, by name.

        Raises:
            PublicationDamagedError: It is not there or cannot be read.

        """
        ...
