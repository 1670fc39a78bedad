"""What a probe saw, round by round, and the differences that this comes to.

A price gives the logarithm of the ratio, other over one. A list gives how much further the twins
are apart than two answers to the same profile at the same moment: were answers not to depend on the
profile, the three answers of a round could change places, and that number its sign. Terms are
taken as lists of one item: their distance is 0 or 1.
"""

import math
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.pricing.probe_order import Role
from chengnuo.domain.pricing.probe_spec import Outcome
from chengnuo.engines.fairness.lists import list_distance


class Lack(StrEnum):
    """Why a request brought nothing to compare."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    REDIRECTED = "redirected"
    STATUS = "status"
    TOO_LARGE = "too-large"
    NOT_JSON = "not-json"
    NO_VALUE = "no-value"
    CURRENCY = "currency"
    ITEM = "item"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _LACK_TEXTS[self]


_LACK_TEXTS = {
    Lack.TIMEOUT: Text("超时", "no answer in time"),
    Lack.UNREACHABLE: Text("连接不上，或者中断", "no connection, or it broke off"),
    Lack.REDIRECTED: Text("转到别处（不跟随）", "sent elsewhere (not followed)"),
    Lack.STATUS: Text("状态码表示失败", "a status that says it failed"),
    Lack.TOO_LARGE: Text("答复过大", "the answer is too large"),
    Lack.NOT_JSON: Text("答复不是 JSON", "the answer is not JSON"),
    Lack.NO_VALUE: Text("答复里没有要比较的内容", "the answer holds nothing to compare"),
    Lack.CURRENCY: Text("币种不同", "another currency"),
    Lack.ITEM: Text("没有这件商品，或者答的是别的商品", "the item is missing, or another one"),
}


class Observed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one request brought.

    Attributes:
        price: The price, above 0, where prices are compared.
        places: Ids of a list from the first place on, or the digest of the terms.
        lack: Why it brought nothing.

    """

    price: float | None = None
    places: tuple[str, ...] | None = None
    lack: Lack | None = None


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """One round as it was sent and answered.

    Attributes:
        leg: Number of the leg.
        number: Number of the round in it.
        item: Which item.
        roles: Whom the requests were sent as, in the order in which they were sent.
        again: Whom `again` stands for.
        answers: What each brought, in the order of the roles.

    """

    leg: int
    number: int
    item: int
    roles: tuple[Role, ...]
    again: Role | None
    answers: tuple[Observed, ...]

    @property
    def is_repeat(self) -> bool:
        """Tell whether one profile was asked twice instead of both once."""
        return len(self.roles) == len((Role.ONE, Role.OTHER)) and self.again is not None

    @property
    def is_whole(self) -> bool:
        """Tell whether each request brought something."""
        return all(one.lack is None for one in self.answers)

    def of(self, role: Role) -> Observed:
        """Return what the request of a role brought."""
        return self.answers[self.roles.index(role)]


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """The differences of one leg, in the order of the rounds.

    Attributes:
        twins: Of each pair of twins, other against one; for distances the excess over `repeats`.
        repeats: Between two answers to one profile: later against earlier for prices, their
            distance else.
        lacks: Of each round, 1 where only the other lacks an answer, -1 where only the one does.
        rounds: How many rounds there were.
        broken: How many of them brought nothing to compare.
        why: How many requests lacked an answer, by why.

    """

    twins: tuple[float, ...]
    repeats: tuple[float, ...]
    lacks: tuple[float, ...]
    rounds: int
    broken: int
    why: dict[Lack, int]


def differences_of(rounds: Iterable[Round], outcome: Outcome) -> Differences:
    """Return the differences of the rounds of one leg."""
    twins: list[float] = []
    repeats: list[float] = []
    lacks: list[float] = []
    why: Counter[Lack] = Counter()
    count = broken = 0
    for one in rounds:
        count += 1
        why.update(answer.lack for answer in one.answers if answer.lack is not None)
        if not one.is_repeat:
            lacks.append(float(_lacks(one, Role.OTHER)) - float(_lacks(one, Role.ONE)))
        if not one.is_whole:
            broken += 1
        elif outcome.is_distance:
            repeated = _distance(one.of(one.again or Role.ONE), one.of(Role.AGAIN))
            twins.append(_distance(one.of(Role.ONE), one.of(Role.OTHER)) - repeated)
            repeats.append(repeated)
        elif one.is_repeat:
            repeats.append(_log_ratio(one.answers[1], one.answers[0]))
        else:
            twins.append(_log_ratio(one.of(Role.OTHER), one.of(Role.ONE)))
    return Differences(
        twins=tuple(twins),
        repeats=tuple(repeats),
        lacks=tuple(lacks),
        rounds=count,
        broken=broken,
        why=dict(sorted(why.items())),
    )


def _lacks(one: Round, role: Role) -> bool:
    return one.of(role).lack is not None


def _log_ratio(above: Observed, below: Observed) -> float:
    return math.log((above.price or math.nan) / (below.price or math.nan))


def _distance(one: Observed, other: Observed) -> float:
    return list_distance(one.places or (), other.places or ())
