"""Rows about looking around: browsing, searching, places, videos, labels, carts, crashes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sample.account_rows import device_kind, ip_address
from sample.dice import Dice
from sample.goods import Product, video_title
from sample.moments import DAY_S, ago, written
from sample.people import Customer
from sample.rows import Row
from sample.sentences import FAILURES, LABELS, comment, search_words

_HALF_YEAR_S = 182 * DAY_S
_MONTH_S = 29 * DAY_S
_QUARTER_S = 89 * DAY_S
_AUTHORS_PERMILLE = 200
_VIDEOS_EACH = 12


def _within(person: Customer, longest_s: int, dice: Dice) -> datetime:
    """Return an instant since somebody registered, and not older than is kept."""
    known_s = int((ago(0) - person.registered_at).total_seconds())
    return ago(dice.below(max(1, min(known_s, longest_s))))


def browse_rows(people: Sequence[Customer], goods: Sequence[Product], dice: Dice) -> Iterator[Row]:
    """Yield products looked at in the last half year, mostly of a few favoured shelves."""
    number = 0
    for person in people:
        if person.left:
            continue
        taste = dice.below(len(goods))
        for _ in range(dice.count(11)):
            number += 1
            near = (taste + dice.below(30)) % len(goods)
            product = goods[near] if dice.chance(600) else dice.pick(goods)
            device = dice.pick(person.devices)
            seen = written(_within(person, _HALF_YEAR_S, dice))
            stayed = dice.between(1, 180)
            yield (number, person.customer_id, device, product.product_id, stayed, seen)


def search_rows(people: Sequence[Customer], goods: Sequence[Product], dice: Dice) -> Iterator[Row]:
    """Yield what was searched for in the last half year."""
    number = 0
    for person in people:
        if not person.left:
            for _ in range(dice.count(5)):
                number += 1
                words = search_words(dice, dice.pick(goods))
                at = written(_within(person, _HALF_YEAR_S, dice))
                yield (number, person.customer_id, words, int(dice.chance(40)), at)


def location_rows(people: Sequence[Customer], dice: Dice) -> Iterator[Row]:
    """Yield where those who allowed it looked for shops nearby, thirty days at most."""
    number = 0
    for person in people:
        allowed = dice.chance(260)
        for _ in range(dice.count(5) if allowed and person.shops and not person.left else 0):
            number += 1
            place = person.home.division
            latitude = int(place.latitude * 1_000_000) + dice.between(-40_000, 40_000)
            longitude = int(place.longitude * 1_000_000) + dice.between(-40_000, 40_000)
            at = written(_within(person, _MONTH_S, dice))
            yield (number, person.customer_id, latitude, longitude, dice.between(5, 60), at)


def favourite_rows(
    people: Sequence[Customer], goods: Sequence[Product], dice: Dice, typical: int
) -> Iterator[Row]:
    """Yield products that somebody marked, each once."""
    for person in people:
        marked: set[int] = set()
        for _ in range(0 if person.left else dice.count(typical)):
            product = dice.pick(goods).product_id
            at = written(_within(person, _HALF_YEAR_S * 3, dice))
            if product not in marked:
                marked.add(product)
                yield (person.customer_id, product, at)


def cart_rows(people: Sequence[Customer], goods: Sequence[Product], dice: Dice) -> Iterator[Row]:
    """Yield what lies in carts."""
    buyers = [person for person in people if person.shops]
    for customer_id, product, at in favourite_rows(buyers, goods, dice, 2):
        yield (customer_id, product, 1 + dice.below(3) * int(dice.chance(200)), at)


def video_rows(people: Sequence[Customer], goods: Sequence[Product], dice: Dice) -> Iterator[Row]:
    """Yield short videos, most of the shop's own, some by grown customers."""
    grown = [person for person in people if person.shops and not person.left]
    for number in range(1, len(goods) * _VIDEOS_EACH // 10 + 1):
        product, author = dice.pick(goods), dice.pick(grown)
        by = author.customer_id if dice.chance(_AUTHORS_PERMILLE) else None
        at = written(_within(author, _HALF_YEAR_S * 3, dice))
        yield (
            number,
            by,
            product.product_id,
            video_title(dice, product),
            dice.between(12, 180),
            at,
        )


def view_rows(people: Sequence[Customer], videos: int, dice: Dice) -> Iterator[Row]:
    """Yield which videos were watched, each once per person."""
    for person in people:
        watched: set[int] = set()
        for _ in range(0 if person.left else dice.count(9)):
            video = dice.between(1, videos)
            row = (
                dice.between(1, 180),
                int(dice.chance(120)),
                written(_within(person, _HALF_YEAR_S, dice)),
            )
            if video not in watched:
                watched.add(video)
                yield (person.customer_id, video, *row)


def comment_rows(people: Sequence[Customer], videos: int, dice: Dice) -> Iterator[Row]:
    """Yield remarks under videos; an answer points to an earlier remark on the same video."""
    number = 0
    last: dict[int, int] = {}
    for person in people:
        for _ in range(0 if person.left or not person.shops else dice.count(1)):
            number += 1
            video = dice.between(1, videos)
            answers = last.get(video) if dice.chance(450) else None
            last[video] = number
            body = comment(dice, answering=answers is not None)
            shown = person.home.division.province
            at = written(_within(person, _HALF_YEAR_S, dice))
            yield (number, video, person.customer_id, answers, body, shown, at)


def label_rows(people: Sequence[Customer], dice: Dice) -> Iterator[Row]:
    """Yield what the feed has learned about those who leave it on; nothing about children."""
    for person in people:
        start, count, on = dice.below(len(LABELS)), dice.count(3), dice.chance(880)
        if on and person.shops and not person.left:
            for place in range(min(count, len(LABELS))):
                label = LABELS[(start + place) % len(LABELS)]
                source = dice.lean(("browse", "video", "chosen"))
                at = written(_within(person, _HALF_YEAR_S, dice))
                yield (person.customer_id, label, dice.between(50, 1000), source, at)


def crash_rows(people: Sequence[Customer], dice: Dice) -> Iterator[Row]:
    """Yield crashes of the last ninety days; Apple devices report abroad if that was agreed to."""
    number = 0
    for person in people:
        crashes = dice.chance(90) and person.shops and not person.left
        for _ in range(dice.between(1, 3) if crashes else 0):
            number += 1
            device = dice.pick(person.devices)
            abroad = device_kind(device)[0] == "ios" and dice.chance(500)
            at = written(_within(person, _QUARTER_S, dice))
            version = dice.pick(("6.4.0", "6.3.2"))
            failure = dice.pick(FAILURES)
            yield (number, device, version, failure, "sentry" if abroad else "bugly", at)


def risk_rows(people: Sequence[Customer], dice: Dice) -> Iterator[Row]:
    """Yield doubts that fraud control raised; whatever it held back, a person looked at."""
    number = 0
    for person in people:
        if dice.chance(22) and person.shops and not person.left:
            number += 1
            outcome = dice.lean(("passed", "step_up", "held"))
            kind = dice.pick(("login_guess", "coupon_farming", "payment_doubt"))
            seen = int(outcome == "held" or dice.chance(100))
            at = written(_within(person, _HALF_YEAR_S, dice))
            row = (dice.pick(person.devices), ip_address(dice), kind, outcome, seen, at)
            yield (number, person.customer_id, *row)
