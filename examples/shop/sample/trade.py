"""What was bought: orders as values, from which every trade table is written.

A price is the product's price: no row of the sample makes anybody pay by who they are. What
takes money off is a coupon that everybody of the same group could take.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sample.dice import Dice
from sample.goods import Product
from sample.moments import DAY_S, ago
from sample.people import Address, Customer

# title, open to, fen off, from fen, first and last day counted back from the sample
COUPONS = (
    ("满200减20", "everybody", 2_000, 20_000, 1_060, 0),
    ("满500减60", "everybody", 6_000, 50_000, 1_060, 0),
    ("新人立减15", "new_customers", 1_500, 1_500, 1_060, 0),
    ("双十一满300减40", "everybody", 4_000, 30_000, 366, 350),
    ("年货节满300减40", "everybody", 4_000, 30_000, 290, 262),
    ("童趣节联名满150减20", "campaign", 2_000, 15_000, 170, 120),
)
KEPT_DAYS = 1_064
_MONTH_DAYS = 30
_ADULT = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One product in an order."""

    product: Product
    quantity: int


@dataclass(frozen=True, slots=True)
class Order:
    """One order; `coupon` counts into `COUPONS`, and nothing is taken off without one."""

    order_id: int
    customer: Customer
    to: Address
    lines: tuple[Line, ...]
    coupon: int | None
    status: str
    placed_at: datetime

    @property
    def goods_fen(self) -> int:
        """What the goods cost together."""
        return sum(line.product.price_fen * line.quantity for line in self.lines)

    @property
    def coupon_fen(self) -> int:
        """What the coupon takes off."""
        return 0 if self.coupon is None else COUPONS[self.coupon][2]

    @property
    def total_fen(self) -> int:
        """What was to be paid."""
        return self.goods_fen - self.coupon_fen

    @property
    def paid(self) -> bool:
        """Whether money came in."""
        return self.status in {"paid", "shipped", "done"}

    @property
    def cross_border(self) -> bool:
        """Whether customs ask who buys."""
        return any(line.product.cross_border for line in self.lines)

    @property
    def sent(self) -> bool:
        """Whether a courier was told where to go."""
        return self.status in {"shipped", "done"}


def orders(people: Sequence[Customer], goods: Sequence[Product], dice: Dice) -> tuple[Order, ...]:
    """Return every order in the order of customers, numbered from one."""
    found: list[Order] = []
    home_goods = [product for product in goods if not product.cross_border]
    for person in people:
        used: set[int] = set()
        from_abroad = dice.chance(190) and person.age >= _ADULT
        choice = goods if from_abroad else home_goods
        wanted = dice.count(4) if person.shops and person.registered_at < ago(DAY_S) else 0
        for _ in range(wanted):
            order = _order(len(found) + 1, person, choice, dice, used)
            found.append(order)
            if order.coupon is not None:
                used.add(order.coupon)
    return tuple(found)


def _order(
    order_id: int, person: Customer, goods: Sequence[Product], dice: Dice, used: set[int]
) -> Order:
    until = person.ended_at or ago(0)
    span = max(2, int((until - person.registered_at).total_seconds()))
    placed = person.registered_at + timedelta(seconds=dice.below(span))
    lines = tuple(
        Line(product, dice.between(1, 3) if dice.chance(200) else 1)
        for product in _different(goods, dice)
    )
    total = sum(line.product.price_fen * line.quantity for line in lines)
    to = dice.pick(person.gifts) if person.gifts and dice.chance(300) else person.home
    coupon = _coupon(person, placed, total, used) if dice.chance(420) else None
    return Order(order_id, person, to, lines, coupon, _status(dice, placed), placed)


def _different(goods: Sequence[Product], dice: Dice) -> list[Product]:
    chosen: dict[int, Product] = {}
    for _ in range(dice.between(1, 2) if dice.chance(700) else dice.between(2, 5)):
        product = dice.pick(goods)
        chosen[product.product_id] = product
    return list(chosen.values())


def _coupon(person: Customer, placed: datetime, total: int, used: set[int]) -> int | None:
    """Return the best coupon that the order meets and the customer has not used."""
    days = (ago(0) - placed).days
    new = placed - person.registered_at <= timedelta(days=_MONTH_DAYS)
    best: int | None = None
    for place, (_, open_to, off, at_least, first, last) in enumerate(COUPONS):
        fits = total > off and total >= at_least and last <= days <= first and place not in used
        if fits and (open_to != "new_customers" or new):
            best = place if best is None or off > COUPONS[best][2] else best
    return best


def _status(dice: Dice, placed: datetime) -> str:
    recent = placed > ago(5 * DAY_S)
    if dice.chance(60):
        return "closed"
    if recent:
        return dice.pick(("placed", "paid", "shipped", "shipped"))
    return "done"
