"""Finds a quote in a process of its own, so that a service stays small and answers in time.

DuckDB takes 50 to 80 MB once it is loaded, and a log may be damaged or as large as one likes. A
process for each search costs its start, about a second, and takes its memory with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from chengnuo.adapters.packages.in_child import (
    Bounds,
    Crashed,
    Declined,
    Done,
    OutOfMemory,
    Tell,
    TimedOut,
    alone,
)
from chengnuo.adapters.quotes.log_files import QuoteLogError, QuoteLogUnavailableError, place_of
from chengnuo.adapters.quotes.one_quote import QuoteFilesFinder
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.pricing.coding import UnknownColumnError
from chengnuo.domain.pricing.spec import PriceSpecError, Spec
from chengnuo.ports.one_quote import (
    FoundQuote,
    NoSuchQuoteError,
    QuoteLack,
    QuoteSearchError,
    QuoteTwiceError,
    QuoteUnusableError,
)

_BESIDE_BYTES: Final = 1 << 30
"""Address space that DuckDB and its threads reserve beside the memory they use."""
_Facts = Mapping[str, str | int]
_ERRORS: Final[Mapping[str, Callable[[_Facts], ChengnuoError]]] = {
    NoSuchQuoteError.code: lambda _: NoSuchQuoteError(),
    QuoteTwiceError.code: lambda _: QuoteTwiceError(),
    QuoteUnusableError.code: lambda facts: QuoteUnusableError(
        str(facts["column"]), QuoteLack(str(facts["lack"]))
    ),
    QuoteLogError.code: lambda facts: QuoteLogError(str(facts["file"]), str(facts["what"])),
    UnknownColumnError.code: lambda facts: UnknownColumnError(str(facts["column"])),
    PriceSpecError.code: lambda facts: PriceSpecError(str(facts["what"])),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFinder:
    """A `QuoteFinder` in a child.

    Attributes:
        memory_bytes: Memory that DuckDB may take there.
        threads: How many threads read.
        wall_s: How long a search may take, in seconds.

    """

    memory_bytes: int
    threads: int
    wall_s: float

    def find(
        self, patterns: Sequence[str], spec: Spec, quote: str, *, person: str | None = None
    ) -> FoundQuote:
        """Find a quote; see `QuoteFinder.find`."""
        finder = QuoteFilesFinder(memory_bytes=self.memory_bytes, threads=self.threads)
        searching = _Searching(finder, tuple(patterns), spec, quote, person)
        with TemporaryDirectory(prefix="chengnuo-prices-") as scratch:
            bounds = Bounds(
                memory_bytes=self.memory_bytes + _BESIDE_BYTES,
                wall_s=self.wall_s,
                reads=tuple(map(place_of, patterns)),
                scratch=Path(scratch),
            )
            outcome = alone(searching, FoundQuote, bounds=bounds, tell=lambda _: None)
        match outcome:
            case Done(result=result):
                return result
            case Declined(code=code, facts=facts) if code in _ERRORS:
                raise _ERRORS[code](dict(facts))
            case Declined(facts=facts):
                raise QuoteLogUnavailableError(str(dict(facts).get("what", "it was refused")))
            case TimedOut(wall_s=wall_s):
                what = f"it was ended after {wall_s:g} s"
                raise QuoteSearchError(what)
            case OutOfMemory():
                what = "memory gave out"
                raise QuoteSearchError(what)
            case Crashed():
                what = "it ended unexpectedly"
                raise QuoteSearchError(what)


@dataclass(frozen=True, slots=True)
class _Searching:
    """What the child does."""

    finder: QuoteFilesFinder
    patterns: tuple[str, ...]
    spec: Spec
    quote: str
    person: str | None

    def __call__(self, _: Tell) -> FoundQuote:
        return self.finder.find(self.patterns, self.spec, self.quote, person=self.person)
