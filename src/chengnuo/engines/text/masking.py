"""Values hidden in a text: partly, wholly, under a keyed name, or behind a made-up one.

A mask is a function from a value and its kind to what stands in its place. What a mask leaves is
never found again, but for made-up values, which have the form of real ones on purpose.
"""

import hmac
import re
from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
_MANY: Final = 64
"""From how many values on it takes less time to mask them at once."""
_BY_WORDS: Final = (Kind.NAME, Kind.ADDRESS)
_JOINT_SIGNS: Final = np.zeros(1 << 16, np.bool_)
_JOINT_SIGNS[[ord(sign) for sign in _JOINTS]] = True

Places = NDArray[np.int64]


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
    hits = list(hits)
    if isinstance(mask, Partly) and len(hits) >= _MANY:
        start, end, kind = np.array([(hit.start, hit.end, hit.kind) for hit in hits]).T
        return mask.many(text, start, end, kind).decode("utf-8", "surrogatepass")
    pieces: list[str] = []
    at = 0
    for hit in hits:
        pieces += text[at : hit.start], mask(text[hit.start : hit.end], hit.kind)
        at = hit.end
    pieces.append(text[at:])
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Partly:
    """The mask that leaves the ends of a value and what joins its parts.

    Of a value as short as what is to be left, nothing is left. What is masked has as many signs as
    the value.

    Args:
        kept: What stays readable of each kind.

    """

    kept: Mapping[Kind, Kept] = field(default_factory=lambda: KEPT)

    def __call__(self, value: str, kind: Kind) -> str:
        """Return what stands in the place of a value."""
        kept = self.kept
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

    def many(self, text: str, start: Places, end: Places, kinds: NDArray[np.integer]) -> bytes:
        """Return a text in UTF-8 with many values masked at once, by whole arrays.

        Args:
            text: The text; half a pair of surrogates may stand in it.
            start: `(n,)` int64, where the values begin, in order, none overlapping another.
            end: `(n,)` int64, the places after their last signs.
            kinds: `(n,)`, the numbers of their kinds.

        """
        is_ascii = text.isascii()
        coded = text.encode("ascii" if is_ascii else "utf-32-le", "surrogatepass")
        signs: NDArray[np.unsignedinteger] = np.frombuffer(
            bytearray(coded), np.uint8 if is_ascii else np.uint32
        )
        for at in np.flatnonzero(np.isin(kinds, _BY_WORDS)).tolist():
            first, last = int(start[at]), int(end[at])
            shown = self(text[first:last], Kind(int(kinds[at])))
            signs[first:last] = [ord(sign) for sign in shown]
        end = np.where(kinds == Kind.EMAIL, _first_at(signs, start, end), end)
        end = np.where(np.isin(kinds, _BY_WORDS), start, end)
        signs[self._covered(signs, start, end, kinds)] = ord(STAR)
        if is_ascii:
            return signs.tobytes()
        hidden = signs.tobytes().decode("utf-32-le", "surrogatepass")
        return hidden.encode("utf-8", "surrogatepass")

    def _covered(
        self,
        signs: NDArray[np.unsignedinteger],
        start: Places,
        end: Places,
        kinds: NDArray[np.integer],
    ) -> Places:
        """Return the places of the signs that give way to stars."""
        places = _in_ranges(start, end)
        of_parts = ~_JOINT_SIGNS[np.minimum(signs[places], np.uint32(len(_JOINT_SIGNS) - 1))]
        places = places[of_parts]
        # How many signs of parts there are up to each value, and with it.
        passed = np.append(0, np.cumsum(of_parts))
        ends = passed[np.cumsum(end - start)]
        begins = np.append(0, ends[:-1])[: len(ends)]
        # Of the parts of a value only the last `own` signs count.
        first, last, own = self._kept_arrays()[:, kinds]
        begins = np.where(own > 0, np.maximum(begins, ends - own), begins)
        is_long = ends - begins > first + last
        covered: Places = places[_in_ranges(begins + first * is_long, ends - last * is_long)]
        return covered

    def _kept_arrays(self) -> NDArray[np.int64]:
        """Return what stays of each kind, `(3, kinds)` by its number."""
        found = np.zeros((3, max(Kind) + 1), np.int64)
        for kind, kept in self.kept.items():
            found[:, kind] = kept.first, kept.last, kept.own
        return found


def _in_ranges(start: Places, end: Places) -> Places:
    """Return the numbers of ranges, one range after the other."""
    sizes = end - start
    upto = np.cumsum(sizes)
    count = int(upto[-1]) if len(upto) else 0
    found: Places = np.repeat(start - upto + sizes, sizes) + np.arange(count)
    return found


def _first_at(signs: NDArray[np.unsignedinteger], start: Places, end: Places) -> Places:
    """Return where the first `@` of each value stands; its end if it has none."""
    where = np.append(np.flatnonzero(signs == ord("@")), len(signs))
    found: Places = np.minimum(where[np.searchsorted(where, start)], end)
    return found


def partly(kept: Mapping[Kind, Kept] = KEPT) -> Partly:
    """Return the mask that leaves the ends of a value and what joins its parts."""
    return Partly(kept)


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
    first, last = own + kept.first, max(0, len(value) - kept.last)
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
