"""One quote found in a log, with what it is compared with."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from chengnuo.base.errors import InvalidInputError, UnavailableError
from chengnuo.domain.pricing.explaining import QuoteFacts
from chengnuo.domain.pricing.spec import Spec


class NoSuchQuoteError(InvalidInputError):
    """The log holds no such quote, or none of the person it is looked for by."""

    code = "no-such-quote"

    def __init__(self) -> None:
        super().__init__("the log holds no such quote, or it is not this person's")


class QuoteTwiceError(InvalidInputError):
    """Several rows of the log have the id, so there is no one price to explain."""

    code = "price-quote-twice"

    def __init__(self) -> None:
        super().__init__("several rows of the log have this quote id; expected one for each quote")


class QuoteLack(StrEnum):
    """What a row lacks."""

    PRICE = "a price above zero"
    TIME = "a time that can be read"
    NAMES = "a person and an item"
    FACTOR = "a value of a declared factor"


class QuoteUnusableError(InvalidInputError):
    """The quote is there and lacks something, so that it cannot be compared."""

    code = "price-quote-unusable"

    def __init__(self, column: str, lack: QuoteLack) -> None:
        super().__init__(f"the quote cannot be explained: `{column}` is not {lack.value}")
        self.column = column
        self.lack = lack


class QuoteSearchError(UnavailableError):
    """The search for a quote was ended, or another one is going on."""

    code = "price-quote-search"

    def __init__(self, what: str) -> None:
        super().__init__(f"the quote was not looked up: {what}; try again later")
        self.what = what


class FoundQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A quote.

    Attributes:
        at_s: When, whole seconds since 1970 UTC.
        item: Of what, as the log writes it.
        currency: In which currency, as the log writes it; empty if it does not say.
        facts: The price and what it is compared with.

    """

    at_s: int
    item: str
    currency: str
    facts: QuoteFacts


class QuoteFinder(Protocol):
    """Finds one quote in a log of any size, within bounds of memory."""

    def find(
        self, patterns: Sequence[str], spec: Spec, quote: str, *, person: str | None = None
    ) -> FoundQuote:
        """Find a quote.

        Args:
            patterns: Paths, or patterns of paths; files of one kind.
            spec: Names the columns.
            quote: Its id, as text.
            person: Only a quote of this person, as the log names them; None for anybody's.

        Raises:
            NoSuchQuoteError: There is none; nobody can tell whether it is somebody else's.
            QuoteTwiceError: There are several.
            QuoteUnusableError: It lacks a price, a time, a name or a factor.
            QuoteSearchError: It took too long.
            InvalidInputError: The files are no log, or the specification names no quote ids.
            UnavailableError: What reads it is not installed, or memory or disk gave out.

        """
