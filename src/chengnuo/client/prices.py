"""An explained price over HTTP, for whom it was quoted to."""

from datetime import datetime

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.consents import Words


class PriceStep(msgspec.Struct, frozen=True):
    """One step: what it is, of which column and rule, and what it adds."""

    kind: str
    name: Words
    column: str
    rule: str
    published: bool
    amount: float


class PriceRange(msgspec.Struct, frozen=True):
    """From where to where, give-aways added."""

    low: float
    high: float


class PriceOthers(msgspec.Struct, frozen=True):
    """The others in the same conditions; `range` and `lower` only where five persons are there."""

    count: int
    range: PriceRange | None
    lower: int | None


class PriceFamily(msgspec.Struct, frozen=True):
    """What the standing audit says of a family of attributes."""

    family: str
    name: Words
    verdict: str


class PriceAudit(msgspec.Struct, frozen=True):
    """What the standing audit says, of which time, and whether the quote lies in it."""

    verdict: str
    families: tuple[PriceFamily, ...]
    since: datetime
    until: datetime
    covers: bool


class PriceTold(msgspec.Struct, frozen=True, rename="camel"):
    """An explained price: `paid` is the sum of `steps`; `unexplained` is a share of 1."""

    quote: str
    item: str
    at: datetime
    currency: str
    window_seconds: int
    paid: float
    listed: float
    steps: tuple[PriceStep, ...]
    others: PriceOthers
    unexplained: float | None
    expected: PriceRange | None
    usual: bool | None
    untold: tuple[str, ...]
    audit: PriceAudit | None


def price_explained(client: Client, person: str, quote: str) -> PriceTold:
    """Return how a quoted price came about, by a key with `automated:read`.

    Raises:
        ServiceRefusedError: There is no such quote, or it was made to somebody else.
        ServiceSilentError: There is no answer.

    """
    return client.post("/v1/prices:explain", {"person": person, "quote": quote}, PriceTold)
