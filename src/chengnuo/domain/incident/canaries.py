"""Canary values: invented, well formed, each from a key, a recipient and a number.

What is guaranteed differs by kind and is said. Mail and post go to the handler itself. For
telephones China keeps no range for such use: a number out of a block that the handler holds is its
own; without one the segment is taken that our recognisers know as given to nobody, which may change
and is no promise. A name may be somebody's. So one name proves nothing by itself.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text


class CanaryKind(StrEnum):
    """What a canary looks like."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"


class CanaryBaseError(InvalidInputError):
    """A canary of this kind needs something of the handler's own, or that has a wrong form."""

    code = "canary-base"

    def __init__(self, kind: CanaryKind, expected: str) -> None:
        super().__init__(f"a canary `{kind}` needs `--own`: {expected}")
        self.kind = kind
        self.expected = expected


UNASSIGNED_SEGMENT: Final = "154"
"""Begins no number that our recognisers take for one in use."""
_PHONE_DIGITS: Final = 11
_LEAST_OWN: Final = 3
_TAG: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_TAG_SIGNS: Final = 10
_SURNAMES: Final = "邝戚璩麴汲邴糜井富巫乌焦巴牧隗山谷侯宓蓬全郗班仰秋仲伊宫宁仇"
_GIVEN: Final = "旻桉栩澍珩璟甯皓砚祺稷竺筠絮翊艾芮苡荃莳葳蓁薏衍诩谌逸郁铎闳阙隽霁韫颀飏"
_BUILDINGS: Final = 60
_FLOORS: Final = 38
_ROOMS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryValue:
    """A value.

    Attributes:
        value: The value.
        out_of: Out of how many it was drawn.
        guarantee: What is guaranteed of it.

    """

    value: str
    out_of: int
    guarantee: Text


class _Draw:
    """Numbers that a keyed digest decides."""

    def __init__(self, seed: str) -> None:
        self._rest = int(seed, 16)

    def below(self, limit: int) -> int:
        self._rest, found = divmod(self._rest, limit)
        return found


def canary_value(kind: CanaryKind, seed: str, own: str) -> CanaryValue:
    """Return a value.

    Args:
        kind: What it looks like.
        seed: Keyed digest over kind, recipient and number: 64 hex digits.
        own: What is the handler's own: first digits of a block of numbers, a domain of mail, an
            address; may be empty for telephones and names.

    Raises:
        CanaryBaseError: It is missing, or has a wrong form.

    """
    draw = _Draw(seed)
    match kind:
        case CanaryKind.PHONE:
            return _phone(draw, own)
        case CanaryKind.EMAIL:
            return _email(draw, own)
        case CanaryKind.ADDRESS:
            return _address(draw, own)
        case CanaryKind.NAME:
            return _name(draw)


def _phone(draw: _Draw, own: str) -> CanaryValue:
    first = own or UNASSIGNED_SEGMENT
    is_block = first.isdecimal() and first.isascii() and first[0] == "1"
    if not (is_block and _LEAST_OWN <= len(first) < _PHONE_DIGITS):
        raise CanaryBaseError(
            CanaryKind.PHONE, "the first 3 to 10 digits of a block of numbers that is yours"
        )
    left = _PHONE_DIGITS - len(first)
    guarantee = (
        Text(
            "号码在您自己持有的号段内；是否确为您所有由您保证。",
            "The number lies in a block that you hold; that it is yours is for you to make sure.",
        )
        if own
        else Text(
            f"{UNASSIGNED_SEGMENT} 开头：据我们的识别规则目前没有分配给用户；法律没有保留号段，"
            "以后可能分配。不要拨打或者发送短信。",
            f"Begins with {UNASSIGNED_SEGMENT}: by our recognisers given to nobody now; no range is"
            " kept by law, and it may be given out later. Never call it or send to it.",
        )
    )
    return CanaryValue(
        value=f"{first}{draw.below(10**left):0{left}}", out_of=10**left, guarantee=guarantee
    )


def _email(draw: _Draw, own: str) -> CanaryValue:
    domain = own.strip().lower().removeprefix("@")
    if "." not in domain or any(sign.isspace() or sign in "@/" for sign in domain):
        raise CanaryBaseError(CanaryKind.EMAIL, "a domain of mail that is yours")
    tag = "".join(_TAG[draw.below(len(_TAG))] for _ in range(_TAG_SIGNS))
    return CanaryValue(
        value=f"{tag}@{domain}",
        out_of=len(_TAG) ** _TAG_SIGNS,
        guarantee=Text(
            f"邮件到达您自己的域名 {domain}；别人不能在其中设立邮箱。",
            f"Mail reaches your own domain {domain}, in which nobody else has a mailbox.",
        ),
    )


def _address(draw: _Draw, own: str) -> CanaryValue:
    base = own.strip()
    if not base:
        raise CanaryBaseError(CanaryKind.ADDRESS, "an address that is yours")
    building = 1 + draw.below(_BUILDINGS)
    floor, room = 2 + draw.below(_FLOORS), 1 + draw.below(_ROOMS)
    return CanaryValue(
        value=f"{base}{building}号楼{floor}{room:02}室",
        out_of=_BUILDINGS * _FLOORS * _ROOMS,
        guarantee=Text(
            "地址以您自己的地址开头；楼号房号是虚构的，是否恰好存在由您核对。",
            "It begins with your own address; building and room are invented, and that they are"
            " nobody's is for you to check.",
        ),
    )


def _name(draw: _Draw) -> CanaryValue:
    given = "".join(_GIVEN[draw.below(len(_GIVEN))] for _ in range(2))
    return CanaryValue(
        value=_SURNAMES[draw.below(len(_SURNAMES))] + given,
        out_of=len(_SURNAMES) * len(_GIVEN) ** 2,
        guarantee=Text(
            "少见的姓名，但可能确有其人；单独不能证明什么。",
            "A rare name that may be somebody's all the same; by itself it proves nothing.",
        ),
    )


def normal(value: str) -> str:
    """Return a value as it is compared: folded, in lower case, without blanks and signs of phones.

    >>> normal(" +86 154-0000 1234") == normal("15400001234")
    True

    """
    folded = unicodedata.normalize("NFKC", value).lower()
    kept = "".join(sign for sign in folded if not sign.isspace())
    digits = kept.replace("-", "").removeprefix("+86")
    return digits if digits.isdecimal() else kept


def commitment(opening: str, value: str) -> Digest:
    """Return what the log has of a canary: SHA-256 of the opening, a colon and the value."""
    return sha256_hex(f"{opening}:{value}".encode())
