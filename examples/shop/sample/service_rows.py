"""Rows about talking and taking part: reviews, chats, attachments, campaigns, the audit trail."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sample.dice import Dice
from sample.identifiers import masked_name, masked_phone
from sample.moments import DAY_S, ago, written
from sample.people import Customer
from sample.rows import Row
from sample.sentences import CAMPAIGN_ANSWERS, question, review, staff_answer
from sample.trade import Order

JOINT, RAFFLE = 1, 2
_ADULT = 18
_PRIZES = ("蓝牙耳机一副", "童趣礼盒一份", "50元代金券")
_STAFF = tuple(f"KF-{number:03d}" for number in range(1, 41))


def review_rows(found: Sequence[Order], dice: Dice) -> Iterator[Row]:
    """Yield reviews with the name masked, as everybody may read them."""
    number = 0
    for order in found:
        if dice.chance(210) and order.status == "done":
            number += 1
            stars = 5 - dice.lean((0, 1, 2, 4))
            person = order.customer
            written_at = min(order.placed_at + timedelta(days=dice.between(4, 30)), ago(0))
            line_no = dice.between(1, len(order.lines))
            body = review(dice, stars=stars, phone=person.phone)
            shown = "匿名" if dice.chance(350) else masked_name(person.name)
            public = int(not dice.chance(30))
            row = (person.customer_id, order.order_id, line_no, shown, stars, body, public)
            yield (number, *row, written(written_at))


def chat_rows(people: Sequence[Customer], found: Sequence[Order], dice: Dice) -> Iterator[Row]:
    """Yield talks with customer service, turn by turn, within the last three years."""
    bought: dict[int, Order] = {order.customer.customer_id: order for order in found}
    number = 0
    for person in people:
        talks, staff = dice.chance(280), dice.pick(_STAFF)
        if not talks or person.left or not person.shops:
            continue
        order = bought.get(person.customer_id)
        about = order.order_id if order is not None else None
        start = order.placed_at if order is not None else person.registered_at
        at = start
        for _ in range(dice.between(1, 4)):
            asked = question(dice, phone=person.phone, address=person.home.line)
            for side, who, body in (
                ("customer", None, asked),
                ("staff", staff, staff_answer(dice)),
            ):
                number += 1
                at = min(at + timedelta(seconds=dice.between(10, 240)), ago(0))
                yield (number, person.customer_id, about, side, who, body, written(at))


def attachment_rows(counts: dict[str, int], dice: Dice) -> Iterator[Row]:
    """Yield pictures and videos that hang on reviews, refunds and chat messages.

    Args:
        counts: The number of rows in each owner's table; its keys are numbered from one.
        dice: What decides which rows carry something.

    """
    number = 0
    for kind, permille in (("review", 160), ("refund", 520), ("chat_message", 40)):
        for owner in range(1, counts[kind] + 1):
            if dice.chance(permille):
                number += 1
                media = "video/mp4" if dice.chance(120) else "image/jpeg"
                key = f"up/{dice.letters(24)}/{number:08d}"
                yield (number, kind, owner, key, media, written(ago(dice.below(300 * DAY_S))))


def campaign_rows() -> Iterator[Row]:
    """Yield the two campaigns: one together with another company, one with a public list."""
    joint = (written(ago(170 * DAY_S)), written(ago(120 * DAY_S)))
    raffle = (written(ago(75 * DAY_S)), written(ago(45 * DAY_S)))
    yield (JOINT, "童趣节联名活动", "joint", *joint)
    yield (RAFFLE, "八月晒单抽奖", "raffle", *raffle)


def participants(people: Sequence[Customer], dice: Dice) -> tuple[tuple[int, Customer], ...]:
    """Return who takes part in which campaign; only grown people may."""
    grown = [person for person in people if person.age >= _ADULT and not person.left]
    return tuple(
        (campaign, person)
        for campaign, permille in ((JOINT, 70), (RAFFLE, 90))
        for person in grown
        if dice.chance(permille) and person.registered_at < ago(180 * DAY_S)
    )


def participant_rows(taking: Sequence[tuple[int, Customer]], dice: Dice) -> Iterator[Row]:
    """Yield the entries; the partner gets those who agreed to it."""
    for campaign, person in taking:
        opened = 170 if campaign == JOINT else 75
        joined = ago(opened * DAY_S - dice.below(28 * DAY_S))
        agrees = dice.chance(640) and campaign == JOINT
        given = written(joined + timedelta(hours=6)) if agrees else None
        answer = dice.pick(CAMPAIGN_ANSWERS) or None
        row = (person.name, person.phone, answer, written(joined), given)
        yield (campaign, person.customer_id, *row)


def winner_rows(taking: Sequence[tuple[int, Customer]], dice: Dice) -> Iterator[Row]:
    """Yield who won; only who agreed stands on the public list, and only with masks."""
    for campaign, person in taking:
        wins, agrees = dice.chance(60), dice.chance(780)
        if campaign == RAFFLE and wins:
            told = ago(44 * DAY_S - dice.below(DAY_S))
            shown = (masked_name(person.name), masked_phone(person.phone))
            published = written(ago(40 * DAY_S)) if agrees else None
            agreed = written(told) if agrees else None
            yield (campaign, person.customer_id, dice.pick(_PRIZES), *shown, agreed, published)


def audit_rows(people: Sequence[Customer], dice: Dice) -> Iterator[Row]:
    """Yield who among staff looked at whose data, and why."""
    number = 0
    for person in people:
        if dice.chance(90):
            number += 1
            act, table, reason = dice.pick(
                (
                    ("read", "orders", "客户来电核对订单"),
                    ("read", "addresses", "改址请求"),
                    ("update", "refunds", "人工退款"),
                    ("read", "real_name_records", "清关退单核实"),
                )
            )
            until = person.ended_at or ago(0)
            span = max(2, int((until - person.registered_at).total_seconds()))
            at = written(until - timedelta(seconds=dice.below(span)))
            row = ("staff", dice.pick(_STAFF), act, table, str(person.customer_id))
            yield (number, *row, person.customer_id, reason, at)
