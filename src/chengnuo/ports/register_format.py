"""Another format that a register is read from and written to, and what became of each thing.

Nothing is silently lost: what a file says is either carried, changed (and how), or cannot be
carried; what our register needs and the file does not say becomes an open question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from chengnuo.base.text import Text
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.problems import Problem, RegisterRefusedError
from chengnuo.domain.register.tree import Place


class FormatRefusedError(RegisterRefusedError):
    """What was given is not of the format named; `problems` holds every reason."""

    code = "format-refused"

    def __init__(self, format_name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.format_name = format_name

    def __str__(self) -> str:
        count = len(self.problems)
        plural = "s" if count > 1 else ""
        return f"this is no {self.format_name}: {count} problem{plural}; first: {self.problems[0]}"


class Fate(StrEnum):
    """What became of one thing that a file says, or does not say."""

    CARRIED = "carried"
    CHANGED = "changed"
    LOST = "lost"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNote:
    """What became of one thing.

    Attributes:
        fate: Carried, changed, lost, or an open question.
        place: File and line of the thing, or of what the question is about.
        source: Its path in the file, as `system[0].privacy_declarations[1].data_use`.
        row: Row of the register that it became part of, or that the question is about.
        field: Field of that row.
        said: How it was changed, why it is lost, or what is to be answered; empty if carried.

    """

    fate: Fate
    place: Place
    source: str
    row: RowRef | None = None
    field: str = ""
    said: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """A register read from another format.

    Attributes:
        register: The register; a draft where there are open questions.
        notes: What became of everything, in the order of files and lines.

    """

    register: Register
    notes: Sequence[ImportNote]

    def of(self, fate: Fate) -> Sequence[ImportNote]:
        """Return the notes of one fate, in order."""
        return [note for note in self.notes if note.fate is fate]

    def questions(self) -> Iterator[tuple[RowRef, Text]]:
        """Yield each open question about a row, marked, for remarks above the row."""
        for note in self.of(Fate.OPEN):
            if note.row is not None and note.said is not None:
                yield note.row, to_complete(note.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something of a register that a format cannot say in words of its own.

    Attributes:
        row: The row.
        field: Its field.
        said: What readers of the format will not see, and where it is kept for us.

    """

    row: RowRef
    field: str
    said: Text


class RegisterFormat(Protocol):
    """One format."""

    @property
    def name(self) -> str:
        """What the format is called on the command line."""
        ...

    @property
    def suffix(self) -> str:
        """What names of its files end with, dot included."""
        ...

    def write(self, register: Register) -> bytes:
        """Return a register in this format; the same register gives the same bytes."""
        ...

    def lacks(self, register: Register) -> Sequence[Lack]:
        """List what readers of the format will not see of a register."""
        ...


class ReadableFormat(RegisterFormat, Protocol):
    """A format that registers are also read from."""

    def read(self, path: Path) -> ImportResult:
        """Read a file, or every file of a folder, into one register.

        Raises:
            FormatRefusedError: It is not of this format; carries every problem found.
            RegisterRefusedError: It holds a register of ours that does not hold together.

        """
        ...
