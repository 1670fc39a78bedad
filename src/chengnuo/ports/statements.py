"""Signed statements that were recorded: kept beside the log, which holds their digests.

The log tells that a statement was made and cannot be changed; what it says is in the envelope.
"""

from collections.abc import Iterator
from typing import Protocol

from chengnuo.base.errors import UnavailableError
from chengnuo.ports.evidence_log import Position


class StatementNotKeptError(UnavailableError):
    """The disk refused a statement that stands in the log already."""

    code = "statement-not-kept"

    def __init__(self, position: Position, what: str) -> None:
        super().__init__(f"the statement recorded at {position} could not be kept: {what}")
        self.position = position
        self.what = what


class Statements(Protocol):
    """Keeps statements."""

    def keep(self, position: Position, envelope: bytes) -> None:
        """Keep the envelope of a statement whose digest stands at a position; durable on return.

        Raises:
            StatementNotKeptError: The disk refused.

        """
        ...

    def all(self) -> Iterator[tuple[Position, bytes]]:
        """Yield every statement kept, the newest first; what cannot be read is left out."""
        ...
