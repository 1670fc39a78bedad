"""Rows that follow from orders: items, payments, refunds, invoices, shipments, coupons."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sample.dice import Dice
from sample.identifiers import card_number, credit_code, masked_phone
from sample.moments import DAY_S, ago, written
from sample.people import Customer
from sample.rows import Row
from sample.sentences import NOTES, REFUND_REASONS
from sample.trade import COUPONS, Order

_CHANNELS = ("alipay", "wechat_pay", "unionpay")
_COMPANY_STARTS = ("示例甲", "示例乙", "示例丙", "示例丁", "示例戊")
_COMPANY_ENDS = ("信息技术有限公司", "餐饮管理有限公司", "文化传媒有限公司", "建材商行")
_CARD_KEPT_DAYS = 30
_BODY = "ABCDEFGHJKLMNPQRTUWXY"


def coupon_rows() -> Iterator[Row]:
    """Yield what takes money off, and who may take it."""
    for number, (title, open_to, off, at_least, first, last) in enumerate(COUPONS, 1):
        opens, closes = written(ago(first * DAY_S)), written(ago(last * DAY_S - 30 * DAY_S))
        yield (number, title, open_to, off, at_least, opens, closes)


def order_rows(found: Sequence[Order], dice: Dice) -> Iterator[Row]:
    """Yield the orders, each with a copy of where it goes."""
    for order in found:
        note = dice.pick(NOTES) if dice.chance(140) else None
        stamp = f"{order.placed_at:%y%m%d}{order.order_id:09d}{dice.digits(3)}"
        yield (
            order.order_id,
            stamp,
            order.customer.customer_id,
            order.to.name,
            order.to.phone,
            order.to.line,
            note,
            order.status,
            order.goods_fen,
            order.coupon_fen,
            order.total_fen,
            written(order.placed_at),
        )


def item_rows(found: Sequence[Order]) -> Iterator[Row]:
    """Yield every line of every order at the price of its product."""
    for order in found:
        for line_no, line in enumerate(order.lines, 1):
            price = line.product.price_fen
            yield (order.order_id, line_no, line.product.product_id, line.quantity, price)


def customer_coupon_rows(
    people: Sequence[Customer], found: Sequence[Order], dice: Dice
) -> Iterator[Row]:
    """Yield the coupons that customers took, used or not, each once."""
    used = {
        (order.customer.customer_id, order.coupon + 1): order
        for order in found
        if order.coupon is not None
    }
    for person in people:
        for number in range(1, len(COUPONS) + 1):
            order = used.get((person.customer_id, number))
            keeps = dice.chance(90) and person.shops and not person.left
            if order is not None:
                at = order.placed_at - timedelta(seconds=dice.below(3 * DAY_S))
                taken = max(at, person.registered_at)
                yield (person.customer_id, number, written(taken), order.order_id)
            elif keeps:
                yield (person.customer_id, number, written(person.registered_at), None)


def payment_rows(found: Sequence[Order], dice: Dice) -> Iterator[Row]:
    """Yield one payment for each order paid; its number is the order's."""
    for order in found:
        channel, trade = dice.lean(_CHANNELS), dice.digits(10)
        if order.paid:
            paid = order.placed_at + timedelta(seconds=dice.between(5, 900))
            account = (
                f"62****{dice.digits(4)}"
                if channel == "unionpay"
                else masked_phone(order.customer.phone)
            )
            number = f"{order.placed_at:%Y%m%d}{trade}{order.order_id:010d}"
            yield (
                order.order_id,
                order.order_id,
                channel,
                number,
                account,
                order.total_fen,
                written(paid),
            )


def refund_rows(found: Sequence[Order], dice: Dice) -> Iterator[Row]:
    """Yield refunds; some go to a bank card, which is kept for thirty days."""
    number = 0
    for order in found:
        back, by_card, card = dice.chance(55), dice.chance(400), card_number(dice)
        if back and order.status == "done":
            number += 1
            line_no = dice.between(1, len(order.lines))
            line = order.lines[line_no - 1]
            amount = min(line.product.price_fen * line.quantity, order.total_fen)
            asked = min(order.placed_at + timedelta(days=dice.between(3, 12)), ago(60))
            done = asked + timedelta(days=dice.between(1, 4))
            named = by_card and done > ago(_CARD_KEPT_DAYS * DAY_S)
            yield (
                number,
                order.order_id,
                order.order_id,
                line_no,
                dice.pick(REFUND_REASONS),
                amount,
                order.customer.name if named else None,
                card if named else None,
                written(asked),
                written(done) if done < ago(0) else None,
            )


def invoice_rows(found: Sequence[Order], dice: Dice) -> Iterator[Row]:
    """Yield the invoices that were asked for, to a person or a company."""
    number = 0
    for order in found:
        asks, company = dice.chance(170), dice.chance(240)
        if asks and order.status == "done":
            number += 1
            title = order.customer.name
            taxpayer = None
            if company:
                title = dice.pick(_COMPANY_STARTS) + dice.pick(_COMPANY_ENDS)
                taxpayer = credit_code(order.to.division.code, "EX" + dice.letters(6, _BODY))
            mail = f"fp{order.customer.customer_id}@mail.example"
            issued = min(order.placed_at + timedelta(days=dice.between(8, 20)), ago(0))
            kind = "company" if company else "person"
            yield (
                number,
                order.order_id,
                kind,
                title,
                taxpayer,
                mail,
                order.total_fen,
                written(issued),
            )


def shipment_rows(found: Sequence[Order], dice: Dice) -> Iterator[Row]:
    """Yield what each courier was given: a name, a number that only forwards, an address."""
    number = 0
    for order in found:
        courier, forward = dice.lean(("yunlu", "fanxing")), f"154{dice.digits(8)}"
        if order.sent:
            number += 1
            given = min(order.placed_at + timedelta(hours=dice.between(2, 40)), ago(600))
            arrived = given + timedelta(hours=dice.between(20, 110))
            shown = order.to.name[0] + ("女士" if dice.chance(500) else "先生")
            waybill = f"{courier[:2].upper()}{order.order_id:010d}{dice.digits(3)}"
            delivered = written(arrived) if order.status == "done" else None
            yield (
                number,
                order.order_id,
                courier,
                waybill,
                shown,
                forward,
                order.to.line,
                written(given),
                delivered,
            )
