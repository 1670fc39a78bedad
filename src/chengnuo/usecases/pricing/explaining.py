"""Explaining one price: to staff any, to an individual only their own.

An individual's quote is found by its id together with the name that the log has for them, so that
nobody learns whether somebody else's quote exists. One search runs at a time.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Final

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.explaining import (
    Explanation,
    NothingComparableError,
    explained,
)
from chengnuo.domain.pricing.family_verdicts import family_verdicts
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Family, Spec, spec_of
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.one_quote import (
    NoSuchQuoteError,
    QuoteFinder,
    QuoteSearchError,
    QuoteTwiceError,
    QuoteUnusableError,
)

_HOUR: Final = 3600
WAIT_S: Final = 10.0
"""How long one waits for the search of somebody else to end."""
_QUEUE: Final = 5
_BUSY: Final = "others are being looked up"
_OF_THE_QUOTE: Final = (
    NoSuchQuoteError,
    QuoteTwiceError,
    QuoteUnusableError,
    NothingComparableError,
)


class AuditSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What the standing audit says.

    Attributes:
        verdict: Over all.
        families: Of prices by family, the worst of its attributes each.
        from_s: Begin of what it covers, seconds since 1970 UTC.
        until_s: Its end.
        covers: Whether the quote lies in between.

    """

    verdict: Verdict
    families: dict[Family, Verdict]
    from_s: int
    until_s: int
    covers: bool


class PriceTold(msgspec.Struct, frozen=True, kw_only=True):
    """An explained price.

    Attributes:
        quote: Its id.
        at_s: When it was quoted, seconds since 1970 UTC.
        item: Of what, as the log writes it.
        currency: As the log writes it; empty if it does not say.
        window_s: Quotes at most this far apart were compared.
        explanation: The explanation.
        audit: What the standing audit says; None where none is given.

    """

    quote: str
    at_s: int
    item: str
    currency: str
    window_s: int
    explanation: Explanation
    audit: AuditSaid | None


def explain_price(  # noqa: PLR0913  what is asked, of whom, and what is known
    finder: QuoteFinder,
    patterns: Sequence[str],
    spec: Spec,
    quote: str,
    *,
    person: str | None = None,
    audit: Audit | None = None,
) -> PriceTold:
    """Explain the price of a quote.

    Args:
        finder: Finds it.
        patterns: Files of the log, or patterns of them.
        spec: What is compared.
        quote: Its id.
        person: Only a quote of this person, as the log names them; None for anybody's.
        audit: The standing audit.

    Raises:
        NothingComparableError: Too few others were quoted the item.
        InvalidInputError: There is no such quote or several, it lacks something, or it is no log.
        UnavailableError: It could not be looked up now.

    """
    found = finder.find(patterns, spec, quote, person=person)
    return PriceTold(
        quote=quote,
        at_s=found.at_s,
        item=found.item,
        currency=found.currency,
        window_s=spec.window_s,
        explanation=explained(found.facts, spec),
        audit=None if audit is None else _said(audit, found.at_s),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceExplainer:
    """Explains any price of a log to whoever holds the log.

    Attributes:
        read: Reads a TOML file.
        finder: Finds quotes.

    """

    read: Callable[[Path], dict[str, object]]
    finder: QuoteFinder

    def explain(
        self, spec_file: Path, patterns: Sequence[str], quote: str, audit: Audit | None
    ) -> PriceTold:
        """Explain the price of a quote by the specification of a file.

        Raises:
            SettingsFileError: The file cannot be read or is not TOML.
            PriceSpecError: It is no specification.
            PersonalFactorError: A factor about the person has no rule.
            ChengnuoError: Whatever `explain_price` raises.

        """
        spec = spec_of(self.read(spec_file))
        return explain_price(self.finder, patterns, spec, quote, audit=audit)


class Turns:
    """Lets one search run and few wait, so that threads are left for everybody else.

    Args:
        wait_s: How long one waits for the search of somebody else to end.

    """

    def __init__(self, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s
        self._one = Lock()
        self._queue = BoundedSemaphore(_QUEUE)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take one's turn.

        Raises:
            QuoteSearchError: Too many wait, or it did not come in time.

        """
        if not self._queue.acquire(blocking=False):
            raise QuoteSearchError(_BUSY)
        try:
            if not self._one.acquire(timeout=self._wait_s):
                raise QuoteSearchError(_BUSY)
            try:
                yield
            finally:
                self._one.release()
        finally:
            self._queue.release()


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceDesk:
    """Explains to individuals their own prices.

    Attributes:
        finder: Finds quotes.
        patterns: Files of the log, or patterns of them.
        spec: What is compared.
        named: Gives the name that the log has for an account id; None where the log knows people
            by the key that the service has for them.
        audit: Gives the standing audit; None where there is none.
        turns: Lets one search run at a time.

    """

    finder: QuoteFinder
    patterns: tuple[str, ...]
    spec: Spec
    named: Callable[[str], str] | None
    audit: Callable[[], Audit | None]
    turns: Turns = field(default_factory=Turns)

    def explain(self, person: PersonKey, account: str, quote: str) -> PriceTold:
        """Explain the price of a quote to whom it was made.

        Args:
            person: Whose it has to be.
            account: The operator's account id of the same; empty where it is not known.
            quote: The quote's id.

        Raises:
            NoSuchQuoteError: They have none of this id.
            QuoteUnusableError: The log lacks something of it.
            NothingComparableError: Too few others were quoted the item.
            QuoteTwiceError: Several rows have the id.
            UnavailableError: It could not be looked up now.

        """
        if self.named is not None and not account:
            raise NoSuchQuoteError
        name = person if self.named is None else self.named(account)
        with self.turns.taken():
            try:
                return explain_price(
                    self.finder, self.patterns, self.spec, quote, person=name, audit=self.audit()
                )
            except _OF_THE_QUOTE:
                raise
            except InvalidInputError as error:  # of the operator's files a visitor knows nothing
                what = "the operator's log, specification or audit does not hold"
                raise QuoteSearchError(what) from error


def _said(audit: Audit, at_s: int) -> AuditSaid:
    from_s, until_s = audit.first_hour * _HOUR, (audit.last_hour + 1) * _HOUR
    return AuditSaid(
        verdict=audit.verdict,
        families=family_verdicts(audit),
        from_s=from_s,
        until_s=until_s,
        covers=from_s <= at_s < until_s,
    )
