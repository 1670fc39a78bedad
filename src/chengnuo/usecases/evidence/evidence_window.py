"""Which records an evidence file takes, and how many at the most."""

from dataclasses import dataclass

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.receipt_words import instant_text
from chengnuo.ports.evidence_log import Record
from chengnuo.usecases.evidence.proving import WindowError

MOST_CHAIN = 200_000
MOST_RECORDS = 50_000
MOST_RECEIPTS = 2_000


class EvidenceTooLargeError(InvalidInputError):
    """An evidence file would hold more than the bounds allow."""

    code = "evidence-file-too-large"

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"the evidence file would hold more than {most} {what}; ask for less time")
        self.what = what
        self.most = most


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A period: first and last instant that count, microseconds since 1970.

    Raises:
        WindowError: It ends before it begins.

    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise WindowError("ends before it begins")

    def __contains__(self, at: int) -> bool:
        return self.start <= at <= self.end

    def __str__(self) -> str:
        return f"{instant_text(self.start)}/{instant_text(self.end)}"


class Chosen:
    """Tells which records lie in a window, and refuses when they become too many."""

    def __init__(self, window: Window) -> None:
        """Take the window."""
        self._window, self._count = window, 0

    def __call__(self, record: Record) -> bool:
        """Tell whether a record lies in the window.

        Raises:
            EvidenceTooLargeError: It is one too many.

        """
        chosen = record.leaf.at in self._window
        self._count += chosen
        if self._count > MOST_RECORDS:
            raise EvidenceTooLargeError("records of the period", MOST_RECORDS)
        return chosen
