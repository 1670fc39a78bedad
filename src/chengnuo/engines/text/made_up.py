"""Made-up values with the form of real ones: check digits are right, what they tell is not.

The same value has the same made-up one under a key. Addresses of networks are of the ranges kept
for documentation (RFC 5737, RFC 3849), hardware addresses are locally administered, mail goes to
`example.com` (RFC 2606). No such range is kept for telephones, cards or identity numbers in China:
a made-up one may be somebody's, and is for tests and statistics, never to be called or charged.
"""

import hmac
from datetime import date, timedelta
from hashlib import sha256
from string import ascii_uppercase
from typing import Final

from chengnuo.engines.text.check_digits import (
    is_credit_code,
    is_luhn,
    is_residence_permit,
    is_resident_id,
)
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.masking import LONG_SURNAMES, SHORTEST_KEY_BYTES, Mask

_CODE_ENDS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_ENDS: Final = "0123456789X"
_DIGITS: Final = "0123456789"
_LOWER: Final = "abcdefghjkmnpqrstuvwxyz"
_FIRST_BIRTH: Final = date(1950, 1, 1)
_BIRTHS: Final = 20_000
_NETS: Final = ("192.0.2", "198.51.100", "203.0.113")
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_ILLNESSES: Final = ("流感", "湿疹", "痛风", "骨折", "哮喘", "偏头痛")
_GIVEN: Final = "安宁和平知远若初时雨清言书予明川"


class _Draw:
    """Numbers that a value and a key decide (HMAC-SHA-256 in counter mode)."""

    def __init__(self, value: str, kind: Kind, key: bytes) -> None:
        self._seed = f"{kind.name}\0{value}".encode("utf-8", "surrogatepass")
        self._key = key
        self._turn = 0

    def below(self, limit: int) -> int:
        """Return the next number from 0 up to a limit; the limit is far below 2 to the 64."""
        self._turn += 1
        turned = self._seed + self._turn.to_bytes(8, "big")
        return int.from_bytes(hmac.digest(self._key, turned, sha256)[:8], "big") % limit

    def one_of(self, signs: str) -> str:
        """Return the next sign out of some."""
        return signs[self.below(len(signs))]

    def like(self, value: str) -> str:
        """Return a value in which digits are other digits, letters other letters of their case."""
        return "".join(self._like(sign) for sign in value)

    def _like(self, sign: str) -> str:
        if sign in _DIGITS:
            return self.one_of(_DIGITS)
        if sign.isascii() and sign.isalpha():
            drawn = self.one_of(_LOWER)
            return drawn if sign.islower() else drawn.upper()
        return sign


def made_up(key: bytes) -> Mask:
    """Return the mask that puts a made-up value of the same form in the place of each.

    Args:
        key: At least `SHORTEST_KEY_BYTES` bytes.

    Raises:
        ValueError: The key is shorter.

    """
    if len(key) < SHORTEST_KEY_BYTES:
        msg = f"a key of a mask has at least {SHORTEST_KEY_BYTES} bytes"
        raise ValueError(msg)

    def mask(given: str, kind: Kind) -> str:
        value = folded(given)
        draw = _Draw(value, kind, key)
        made = _made(value, kind, draw)
        while made == value:
            made = _made(value, kind, draw)
        return made

    return mask


def _made(value: str, kind: Kind, draw: _Draw) -> str:
    maker = _MAKERS.get(kind)
    return draw.like(value) if maker is None else maker(value, draw)


def _mobile(value: str, draw: _Draw) -> str:
    """Keep what stands before the last eight digits: country and segment."""
    cut = _place_of_digit(value, -8)
    return value[:cut] + draw.like(value[cut:])


def _landline(value: str, draw: _Draw) -> str:
    """Keep what stands before the last six digits: country, area and exchange."""
    cut = _place_of_digit(value, -6)
    return value[:cut] + draw.like(value[cut:])


def _document(value: str, draw: _Draw) -> str:
    """Keep the letters, which tell what document it is, and a first digit that does."""
    kept = max(1, len(value) - len(value.lstrip(ascii_uppercase)))
    return value[:kept] + "".join(
        draw.one_of(_DIGITS) if sign in _DIGITS else sign for sign in value[kept:]
    )


def _residence_permit(value: str, draw: _Draw) -> str:
    if not value.startswith("9"):
        return _document(value, draw)
    born = (_FIRST_BIRTH + timedelta(days=draw.below(_BIRTHS))).strftime("%Y%m%d")
    body = value[:3] + draw.like(value[3:6]) + born + f"{draw.below(1000):03d}"
    return next(body + end for end in _ID_ENDS if is_residence_permit(body + end))


def _account(value: str, draw: _Draw) -> str:
    """Keep the first signs, which tell whose numbers these are."""
    kept = len("wxid_") if value.startswith("wxid_") else 1
    return value[:kept] + draw.like(value[kept:])


def _payment_account(value: str, draw: _Draw) -> str:
    return value[:4] + draw.like(value[4:])


def _device_id(value: str, draw: _Draw) -> str:
    """Keep the first four signs: codes of a country or an issuer are longer of no kind."""
    return value[:4] + "".join(_hex_like(sign, draw) for sign in value[4:])


def _hex_like(sign: str, draw: _Draw) -> str:
    if sign in _DIGITS or not sign.isalpha():
        return draw.one_of(_DIGITS) if sign in _DIGITS else sign
    drawn = draw.one_of("abcdef")
    return drawn if sign.islower() else drawn.upper()


def _resident_id(value: str, draw: _Draw) -> str:
    born = (_FIRST_BIRTH + timedelta(days=draw.below(_BIRTHS))).strftime("%Y%m%d")
    division = value[:2] + f"{1 + draw.below(20):02d}{1 + draw.below(30):02d}"
    if len(value) == len("110105491231002"):
        return division + born[2:] + f"{draw.below(1000):03d}"
    body = division + born + f"{draw.below(1000):03d}"
    return next(body + end for end in _ID_ENDS if is_resident_id(body + end))


def _card(value: str, draw: _Draw) -> str:
    """Keep the issuer's first six digits; the last makes the number right."""
    cut = _place_of_digit(value, 6)
    body = value[:cut] + draw.like(value[cut:-1])
    joined = "".join(sign for sign in body if sign in _DIGITS)
    return body + next(end for end in _DIGITS if is_luhn(joined + end))


def _handset(value: str, draw: _Draw) -> str:
    if not value.isdecimal():
        return draw.like(value)
    body = value[:2] + draw.like(value[2:-1])
    return body + next(end for end in _DIGITS if is_luhn(body + end))


def _credit_code(value: str, draw: _Draw) -> str:
    body = value[:8] + "".join(draw.one_of(_DIGITS) for _ in range(9))
    return next(body + end for end in _CODE_ENDS if is_credit_code(body + end))


def _mailbox(value: str, draw: _Draw) -> str:
    local = value.partition("@")[0]
    return "".join(draw.one_of(_LOWER) for _ in local) + "@example.com"


def _address(_value: str, draw: _Draw) -> str:
    return f"{_NETS[draw.below(len(_NETS))]}.{draw.below(256)}"


def _long_address(_value: str, draw: _Draw) -> str:
    return f"2001:db8::{1 + draw.below(0xFFFE):x}:{1 + draw.below(0xFFFE):x}"


def _hardware(value: str, draw: _Draw) -> str:
    """Set the bit of an address that is administered locally, clear that of a group."""
    plain = [sign for sign in value if sign.isalnum()]
    digits = iter("02" + "".join(draw.one_of("0123456789abcdef") for _ in plain[2:]))
    return "".join(next(digits) if sign.isalnum() else sign for sign in value)


def _birth_date(value: str, draw: _Draw) -> str:
    born = _FIRST_BIRTH + timedelta(days=draw.below(_BIRTHS))
    # Day 1 to 9 of month 1 to 9, padded as the value is, has every form that a date may have.
    numbers = {4: str(born.year), 2: f"0{1 + draw.below(9)}", 1: str(1 + draw.below(9))}
    if value.isdecimal():
        return born.strftime("%Y%m%d")
    pieces: list[str] = []
    run = ""
    for sign in value + "\0":
        if sign in _DIGITS:
            run += sign
            continue
        pieces += numbers.get(len(run), ""), sign
        run = ""
    return "".join(pieces)[:-1]


def _location(value: str, draw: _Draw) -> str:
    """Keep the degrees: what is behind the point is made up."""
    pieces: list[str] = []
    behind = False
    for sign in value:
        behind = sign == "." or (behind and sign in _DIGITS)
        pieces.append(draw.one_of(_DIGITS) if behind and sign in _DIGITS else sign)
    return "".join(pieces)


def _name(value: str, draw: _Draw) -> str:
    """Keep the form: a surname of two signs has one after it, a dot stays a dot."""
    if value.isascii():
        return draw.like(value)
    surname = draw.one_of(_SURNAMES)
    if value[:2] in LONG_SURNAMES:
        surname = sorted(LONG_SURNAMES)[draw.below(len(LONG_SURNAMES))]
    return surname + "".join(
        draw.one_of(_GIVEN) if sign.isalnum() else sign for sign in value[len(surname) :]
    )


def _postal_address(_value: str, draw: _Draw) -> str:
    return f"示例市示例路{1 + draw.below(999)}号"


def _health(_value: str, draw: _Draw) -> str:
    return _ILLNESSES[draw.below(len(_ILLNESSES))]


def _place_of_digit(value: str, count: int) -> int:
    """Return the place of a digit of a value, counted as lists are."""
    return [place for place, sign in enumerate(value) if sign in _DIGITS][count]


_MAKERS: Final = {
    Kind.MOBILE: _mobile,
    Kind.LANDLINE: _landline,
    Kind.PASSPORT: _document,
    Kind.HMT_PERMIT: _document,
    Kind.FOREIGN_PERMIT: _residence_permit,
    Kind.ALIPAY: _payment_account,
    Kind.WECHAT: _account,
    Kind.QQ: _account,
    Kind.POSTCODE: _account,
    Kind.DEVICE_ID: _device_id,
    Kind.RESIDENT_ID: _resident_id,
    Kind.BANK_CARD: _card,
    Kind.IMEI: _handset,
    Kind.CREDIT_CODE: _credit_code,
    Kind.EMAIL: _mailbox,
    Kind.IPV4: _address,
    Kind.IPV6: _long_address,
    Kind.MAC: _hardware,
    Kind.BIRTH_DATE: _birth_date,
    Kind.LOCATION: _location,
    Kind.NAME: _name,
    Kind.ADDRESS: _postal_address,
    Kind.HEALTH: _health,
}
