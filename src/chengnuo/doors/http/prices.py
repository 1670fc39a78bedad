"""`/v1/prices:explain`: why somebody's quote cost what it did, for programs of the operator.

POST with the account id in the body, and a key with `automated:read`. It is what the individual
sees at `/centre/prices`: their own quotes only, of others no more than a range.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Protocol

from chengnuo.doors.http.posted import Operation, Posted, operation
from chengnuo.doors.http.programs import STATUS
from chengnuo.doors.price_bodies import PriceAskedBody, PriceToldBody
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.individuals import PersonKey

PATH = "/v1/prices"


class PriceTeller(Protocol):
    """Explains prices."""

    def told(self, person: PersonKey, account: str, quote: str) -> PriceToldBody:
        """Return the explanation of a quote.

        Args:
            person: Whose it has to be.
            account: The operator's account id of the same.
            quote: Its id.

        Raises:
            NoSuchQuoteError: They have none of this id.
            NothingComparableError: Too few others were quoted the item.
            QuoteTwiceError: The log has several of this id.
            QuoteUnusableError: The log lacks something of it.
            UnavailableError: It could not be looked up now.

        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices(Posted):
    """The ASGI callable.

    Attributes:
        teller: Explains.

    """

    statuses: ClassVar[Mapping[str, int]] = {
        **STATUS,
        "no-such-quote": 404,
        "price-nothing-comparable": 422,
        "price-quote-twice": 422,
        "price-quote-unusable": 422,
    }
    teller: PriceTeller

    def operation_at(self, path: str) -> Operation:
        """See `Posted.operation_at`."""
        return OPERATIONS[path]

    def explain(self, body: PriceAskedBody) -> PriceToldBody:
        """Explain the price of a quote to whom it was made."""
        return self.teller.told(self.person(body.person), body.person, body.quote)


_operation = partial(operation, PATH)
OPERATIONS: Mapping[str, Operation] = {
    one.path: one
    for one in (
        _operation(
            "explain", ApiScope.AUTOMATED_READ, PriceAskedBody, PriceToldBody, Prices.explain
        ),
    )
}
"""Every route by its path."""
