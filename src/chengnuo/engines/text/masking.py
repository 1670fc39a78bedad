"""Values hidden in a text: partly, wholly, under a keyed name, or behind a made-up one.

A mask is a function from a value and its kind to what stands in its place. What a mask leaves is
never found again, but for made-up values, which have the form of real ones on purpose.
"""

import hmac
from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from chengnuo.engines.text.kinds import Hit, Kind

Mask = Callable[[str, Kind], str]
"""From a value and its kind to what stands in its place."""

STAR: Final = "*"
SHORTEST_KEY_BYTES: Final = 16
_JOINTS: Final = frozenset(" -_.:,/@·()（），")
_NAME_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """How many signs of a value stay readable at either end.

    Attributes:
        first: How many of the first.
        last: How many of the last.
        own: How many of the last signs are the value: what stands before them, as the code of a
            country, stays; 0 for all.

    """

    first: int
    last: int
    own: int = 0


KEPT: Final[Mapping[Kind, Kept]] = {
    Kind.RESIDENT_ID: Kept(1, 1),
    Kind.FOREIGN_PERMIT: Kept(1, 1),
    Kind.PASSPORT: Kept(1, 2),
    Kind.HMT_PERMIT: Kept(1, 2),
    Kind.CREDIT_CODE: Kept(2, 4),
    Kind.MOBILE: Kept(3, 4, own=11),
    Kind.LANDLINE: Kept(0, 4),
    Kind.BANK_CARD: Kept(0, 4),
    Kind.ALIPAY: Kept(4, 2),
    Kind.WECHAT: Kept(1, 1),
    Kind.QQ: Kept(1, 2),
    Kind.PLATE: Kept(2, 1),
    Kind.IMEI: Kept(2, 2),
    Kind.DEVICE_ID: Kept(2, 2),
    Kind.MAC: Kept(2, 0),
    Kind.IPV4: Kept(2, 0),
    Kind.IPV6: Kept(4, 0),
    Kind.LOCATION: Kept(0, 0),
    Kind.BIRTH_DATE: Kept(4, 0),
    Kind.POSTCODE: Kept(2, 0),
    Kind.NAME: Kept(1, 0),
    Kind.ADDRESS: Kept(6, 0),
    Kind.HEALTH: Kept(0, 0),
    Kind.EMAIL: Kept(1, 0),
}
"""What stays readable if nothing else is asked for: the least by which a person knows their own."""


def masked(text: str, hits: Iterable[Hit], mask: Mask) -> str:
    """Return a text with the values of hits masked.

    Args:
        text: The text in which they were found.
        hits: In order, none overlapping another.
        mask: What stands in the place of each.

    """
    pieces: list[str] = []
    at = 0
    for hit in hits:
        pieces += text[at : hit.start], mask(text[hit.start : hit.end], hit.kind)
        at = hit.end
    pieces.append(text[at:])
    return "".join(pieces)


def partly(kept: Mapping[Kind, Kept] = KEPT) -> Mask:
    """Return the mask that leaves the ends of a value and what joins its parts.

    Of a value as short as what is to be left, nothing is left.
    """

    def mask(value: str, kind: Kind) -> str:
        head, at, domain = value.partition("@") if kind is Kind.EMAIL else (value, "", "")
        return _starred(head, kept[kind]) + at + domain

    return mask


def wholly(labels: Mapping[Kind, str]) -> Mask:
    """Return the mask that leaves only what kind a value was of, in brackets."""

    def mask(_value: str, kind: Kind) -> str:
        return f"[{labels[kind]}]"

    return mask


def named(key: bytes) -> Mask:
    """Return the mask that gives each value a name of its own under a key.

    The same value has the same name, so that texts can be joined by it; who has no key cannot try
    values out (HMAC-SHA-256, 80 bits).

    Args:
        key: At least `SHORTEST_KEY_BYTES` bytes.

    Raises:
        ValueError: The key is shorter.

    """
    if len(key) < SHORTEST_KEY_BYTES:
        msg = f"a key of a mask has at least {SHORTEST_KEY_BYTES} bytes"
        raise ValueError(msg)

    def mask(value: str, kind: Kind) -> str:
        return name_of(value, kind, key)

    return mask


def name_of(value: str, kind: Kind, key: bytes) -> str:
    """Return the name of a value under a key."""
    digest = hmac.digest(key, f"{kind.name}\0{value}".encode("utf-8", "surrogatepass"), sha256)
    # The star keeps the name from being taken for a value that the word before it names.
    return f"[{kind.name.lower()}*{b32encode(digest[:_NAME_BYTES]).decode().lower()}]"


def _starred(value: str, kept: Kept) -> str:
    places = [place for place, sign in enumerate(value) if sign not in _JOINTS][-kept.own :]
    if len(places) <= kept.first + kept.last:
        shown: set[int] = set()
    else:
        shown = {*places[: kept.first], *places[len(places) - kept.last :]}
    hidden = set(places) - shown
    return "".join(STAR if place in hidden else sign for place, sign in enumerate(value))
