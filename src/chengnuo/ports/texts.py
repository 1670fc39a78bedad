"""Text that is read piece by piece from wherever it is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Protocol

from chengnuo.base.errors import InvalidInputError, UnavailableError


class NotTextError(InvalidInputError):
    """What was given is no text in an encoding that is read."""

    code: ClassVar[str] = "not-text"

    def __init__(self, name: str, line: int) -> None:
        super().__init__(
            f"`{name}`, line {line}: neither UTF-8, UTF-16 with a mark, nor GB18030; not text"
        )
        self.name = name
        self.line = line


class TextUnreadableError(UnavailableError):
    """A file of text cannot be read."""

    code: ClassVar[str] = "text-unreadable"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"`{name}` cannot be read: {why}")
        self.name = name


class TextSource(Protocol):
    """Reads text."""

    def pieces(self, file: Path | None) -> Iterator[str]:
        """Yield the text of a file, or of standard input if `None`, in pieces of whole lines.

        Raises:
            NotTextError: It is not text; raised where it is met, after what came before.
            TextUnreadableError: It cannot be read.

        """
        ...
