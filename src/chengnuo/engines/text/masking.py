"""Values hidden in a text: partly, wholly, under a keyed name, or behind a made-up one.

A mask is a function from a value and its kind to what stands in its place. What a mask leaves is
never found again, but for made-up values, which have the form of real ones on purpose.
"""

import hmac
import re
from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from chengnuo.engines.text.kinds import Hit, Kind

Mask = Callable[[str, Kind], str]
"""From a value and its kind to what stands in its place."""

STAR: Final = "*"
LONG_SURNAMES: Final = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "尉迟",
        "夏侯",
        "皇甫",
        "东方",
        "公孙",
        "令狐",
        "慕容",
        "长孙",
        "宇文",
        "司徒",
        "司空",
        "轩辕",
        "端木",
        "百里",
        "南宫",
        "西门",
        "呼延",
        "独孤",
        "澹台",
        "申屠",
        "太史",
        "闻人",
        "钟离",
        "淳于",
        "濮阳",
        "鲜于",
        "闾丘",
        "赫连",
        "完颜",
        "纳兰",
        "拓跋",
    ]
)
"""Surnames of two signs; they stay readable whole."""
# What of an address tells no more than the county: it stays readable.
_REGION: Final = re.compile(
    "(?:[^省市区县]{2,8}?(?:省|自治区|特别行政区))?(?:[^省市区县]{1,10}?(?:市|自治州|地区|盟))?(?:[^省市区县路街号0-9]{1,10}?[区县市旗])?(?<=[省区市县旗州盟])"
)
SHORTEST_KEY_BYTES: Final = 16
_JOINTS: Final = frozenset(" -_.:,/@·()（），")
_NO_JOINT: Final = re.compile(f"[^{re.escape(''.join(sorted(_JOINTS)))}]")
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
    Kind.ADDRESS: Kept(0, 0),
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
        match kind:
            case Kind.EMAIL:
                head, at, domain = value.partition("@")
                return _starred(head, kept[kind]) + at + domain
            case Kind.ADDRESS:
                region = _REGION.match(value)
                shown = 0 if region is None or region.end() == len(value) else region.end()
                return value[:shown] + _starred(value[shown:], kept[kind])
            case Kind.NAME if value[:2] in LONG_SURNAMES and len(value) > len(value[:2]):
                return value[:2] + STAR * (len(value) - 2)
            case _:
                return _starred(value, kept[kind])

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
    own = max(0, len(value) - kept.own) if kept.own else 0
    first, last = own + kept.first, len(value) - kept.last
    ends = value[:first] + value[last:]
    hidden = value[first:last]
    if hidden and value.isalnum():
        return value[:first] + STAR * (last - first) + value[last:]
    # Nearly all values: nothing that joins parts stands at the ends that are kept.
    if hidden and not kept.own and (not ends or ends.isalnum()):
        stars = _NO_JOINT.sub(STAR, hidden)
        if STAR in stars:
            return value[:first] + stars + value[last:]
    return _starred_between(value, kept)


def _starred_between(value: str, kept: Kept) -> str:
    """Return the same for a value with signs that join its parts, or with a part before it."""
    places = [place for place, sign in enumerate(value) if sign not in _JOINTS][-kept.own :]
    if len(places) <= kept.first + kept.last:
        shown: set[int] = set()
    else:
        shown = {*places[: kept.first], *places[len(places) - kept.last :]}
    covered = set(places) - shown
    return "".join(STAR if place in covered else sign for place, sign in enumerate(value))
