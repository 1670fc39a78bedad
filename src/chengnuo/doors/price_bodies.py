"""An explained price as JSON; the only place of its wire names."""

from datetime import datetime
from typing import Annotated

import msgspec

from chengnuo.doors.decision_bodies import AccountText

QuoteText = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class PriceAskedBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A quote, and whom it was made to."""

    person: AccountText
    quote: QuoteText


class _Body(msgspec.Struct, frozen=True, rename="camel"):
    """A part of an answer."""


class WordsBody(_Body, frozen=True):
    """Words in both languages."""

    zh: str
    en: str


class PriceStepBody(_Body, frozen=True):
    """One step: what it is, of which column and rule, and what it adds."""

    kind: str
    name: WordsBody
    column: str
    rule: str
    published: bool
    amount: float


class PriceRangeBody(_Body, frozen=True):
    """From where to where, give-aways added."""

    low: float
    high: float


class PriceOthersBody(_Body, frozen=True):
    """The others in the same conditions; `range` and `lower` only where five persons are there."""

    count: int
    range: PriceRangeBody | None
    lower: int | None


class PriceFamilyBody(_Body, frozen=True):
    """What the standing audit says of a family of attributes."""

    family: str
    name: WordsBody
    verdict: str


class PriceAuditBody(_Body, frozen=True):
    """What the standing audit says, of which time, and whether the quote lies in it."""

    verdict: str
    families: tuple[PriceFamilyBody, ...]
    since: datetime
    until: datetime
    covers: bool


class PriceToldBody(_Body, frozen=True):
    """An explained price.

    `paid` is the sum of `steps`; `listed` is `paid` with give-aways added, which is what is held
    against others. `unexplained` is a share, 0.01 for one percent.
    """

    quote: str
    item: str
    at: datetime
    currency: str
    window_seconds: int
    paid: float
    listed: float
    steps: tuple[PriceStepBody, ...]
    others: PriceOthersBody
    unexplained: float | None
    expected: PriceRangeBody | None
    usual: bool | None
    untold: tuple[str, ...]
    audit: PriceAuditBody | None
