"""The books that decisions look up: one for each register version and civil day, kept a while.

Register versions are swapped whole, so an answer is by the old one or by the new one.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.decision import Decision
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.register.assessing import NOT_KEPT, InDossiers
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

_KEPT = 32


class Assessed(Protocol):
    """Tells what the log holds of what was concluded in dossiers."""

    def level(self) -> int:
        """Return by how many first records of the log the newest of it is there; 0 for none."""
        ...

    def by(self, position: int | None) -> InDossiers:
        """Return what stands by so many first records of the log; None for all there are."""
        ...


class NoneAssessed:
    """`Assessed` of an installation without dossiers."""

    def level(self) -> int:
        """See `Assessed.level`."""
        return 0

    def by(self, position: int | None) -> InDossiers:
        """See `Assessed.by`."""
        del position
        return NOT_KEPT


NONE_ASSESSED: Final = NoneAssessed()
Decide = Callable[[Request, State, int], Decision]
"""Answers a request about a state at an instant (microseconds since 1970)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A register and its version.

    Attributes:
        version: Its version.
        register: The register.

    """

    version: Version
    register: Register


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBook:
    """A book, the versions it is of, and what decides by it.

    Attributes:
        book: Register and law on one day.
        register: Version of the register.
        law: Version of the law catalogue.
        decide: Decides by this book.

    """

    book: Book
    register: str
    law: str
    decide: Decide


def by_reference(book: Book) -> Decide:
    """Return what decides by a book, rule by rule."""

    def decided(request: Request, state: State, at: int) -> Decision:
        return decide(request, state, book=book, at=at)

    return decided


def by_engine(book: Book) -> Decide:
    """Return the compiled engine for a book: the same answers, many times as fast."""
    return Compiled(book).decide


class Books:
    """Opens books.

    The edition in force may change between two questions; a book never does.
    """

    def __init__(
        self,
        edition: Callable[[], Edition],
        catalogue: Catalogue,
        *,
        engine: Callable[[Book], Decide] = by_reference,
        assessed: Assessed = NONE_ASSESSED,
    ) -> None:
        """Open books of the edition in force.

        Args:
            edition: Returns the edition in force; raises where there is none.
            catalogue: The law.
            engine: Makes what decides by a book.
            assessed: Tells what was concluded in dossiers.

        """
        self._edition = edition
        self._catalogue = catalogue
        self._engine = engine
        self._assessed = assessed
        self._opened: OrderedDict[tuple[Version, date, InDossiers], OpenBook] = OrderedDict()
        # Telling two courses of approvals apart takes longer than a decision; most are the last.
        self._last: tuple[InDossiers, OpenBook] | None = None

    @property
    def law(self) -> str:
        """Version of the law catalogue."""
        return self._catalogue.version.digest

    def level(self) -> int:
        """Return how many records of the log an answer has to take into account at the least."""
        return self._assessed.level()

    def on(self, day: date, *, position: int | None = None) -> OpenBook:
        """Return the book of the edition in force, as it counts on a day.

        Args:
            day: Civil day.
            position: By how many records of the log; None for all.

        """
        return self.of(self._edition(), day, position=position)

    def of(self, edition: Edition, day: date, *, position: int | None = None) -> OpenBook:
        """Return the book of an edition, as it counts on a day by so many records of the log."""
        assessed, last = self._assessed.by(position), self._last
        if last is not None and last[0] is assessed:
            opened = last[1]
            if opened.register == edition.version and opened.book.day == day:
                return opened
        key = (edition.version, day, assessed)
        found = self._opened.get(key)
        if found is None:
            book = Book(
                register=edition.register, catalogue=self._catalogue, day=day, assessed=assessed
            )
            found = OpenBook(
                book=book, register=edition.version, law=self.law, decide=self._engine(book)
            )
            self._opened[key] = found
            while len(self._opened) > _KEPT:
                self._opened.popitem(last=False)
        self._last = (assessed, found)
        return found
