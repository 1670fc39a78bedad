"""What an answer holds at the places that a probe looks at (JSON Pointer, RFC 6901)."""

import math
import re
from hashlib import sha256

import msgspec

from chengnuo.domain.pricing.probe_rounds import Lack, Observed
from chengnuo.domain.pricing.probe_spec import Outcome, Reading

_MISSING = object()
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
_MOST_PLACES = 1000
_MOST_ID = 200


def observed(body: bytes, reading: Reading, outcome: Outcome, item: str) -> Observed:
    """Return what an answer brings, or what it lacks.

    Args:
        body: The answer.
        reading: Where to look.
        outcome: What for.
        item: What was asked for.

    """
    try:
        tree = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Observed(lack=Lack.NOT_JSON)
    if reading.item_at and _as_id(at_pointer(tree, reading.item_at)) != item:
        return Observed(lack=Lack.ITEM)
    if reading.currency_at and at_pointer(tree, reading.currency_at) != reading.currency:
        return Observed(lack=Lack.CURRENCY)
    found = at_pointer(tree, reading.value)
    if outcome is Outcome.PRICE:
        price = _price(found)
        return Observed(lack=Lack.NO_VALUE) if price is None else Observed(price=price)
    places = _terms(found) if outcome is Outcome.TERMS else _places(found, reading.entry)
    return Observed(lack=Lack.NO_VALUE) if places is None else Observed(places=places)


def at_pointer(tree: object, pointer: str) -> object:
    """Return the value at a pointer, or a value that is nothing else where there is none."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(tree, dict):
            tree = tree.get(key, _MISSING)
        elif isinstance(tree, list) and _INDEX.fullmatch(key) and int(key) < len(tree):
            tree = tree[int(key)]
        else:
            return _MISSING
    return tree


def _price(found: object) -> float | None:
    """Return an amount of money above 0: a number, or a text that is nothing but one."""
    if isinstance(found, str) and _AMOUNT.fullmatch(found):
        found = float(found)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        price = float(found)
    except OverflowError:
        return None
    return price if price > 0 and math.isfinite(price) else None


def _places(found: object, entry: str) -> tuple[str, ...] | None:
    if not isinstance(found, list):
        return None
    ids = [_as_id(at_pointer(one, entry)) for one in found[:_MOST_PLACES]]
    return None if None in ids else tuple(one for one in ids if one is not None)


def _terms(found: object) -> tuple[str, ...] | None:
    if found is _MISSING:
        return None
    return (sha256(msgspec.json.encode(found, order="sorted")).hexdigest(),)


def _as_id(found: object) -> str | None:
    if isinstance(found, bool) or not isinstance(found, str | int):
        return None
    text = str(found)
    return text if len(text) <= _MOST_ID else sha256(text.encode()).hexdigest()
