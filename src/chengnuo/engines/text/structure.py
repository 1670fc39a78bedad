"""The inner structure of values that have no check digit of their own, or more than one."""

import ipaddress
import re
from decimal import Decimal
from typing import Final

from chengnuo.engines.text.check_digits import is_credit_code, is_date, is_luhn

COORDINATE: Final = r"-?[0-9]{1,3}\.[0-9]{4,}"
"""A latitude or longitude in degrees, to some ten metres or better."""

# Names of files as `icon@2x.png` have the looks of an address.
FILES: Final = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "js", "css", "json", "html"})
READABLE: Final = 30
_DIGITS: Final = re.compile(r"[0-9]")
CHINA: Final = (3, 54, 73, 136)
_SHORTEST_CARD: Final = 13
_LONGEST_CARD: Final = 19
PLATE_DIGITS: Final = 3
POLE: Final = 90
ANTIMERIDIAN: Final = 180


def _joined(value: str) -> str:
    return value.replace(" ", "").replace("-", "")


def is_union_card(value: str) -> bool:
    """Tell whether a number is of a UnionPay card, which 62 begins, with its check digit."""
    number = _joined(value)
    return number.startswith("62") and len(number) in {16, 19} and is_luhn(number)


def is_card(value: str) -> bool:
    """Tell whether a number has the length and the check digit of a card (ISO/IEC 7812-1)."""
    number = _joined(value)
    fits = _SHORTEST_CARD <= len(number) <= _LONGEST_CARD
    return fits and len(set(number)) > 1 and is_luhn(number)


def is_body(value: str) -> bool:
    """Tell whether a credit code cannot be a resident identity number with a wrong digit."""
    return is_credit_code(value) and not value[:-1].isdecimal()


def is_handset(value: str) -> bool:
    """Tell whether 15 digits are an IMEI of the reporting bodies 86 (TAF) or 35 (BABT)."""
    return value.startswith(("86", "35")) and is_luhn(value)


def is_plate(value: str) -> bool:
    """Tell whether a plate has as many digits as plates have."""
    return len(_DIGITS.findall(value)) >= PLATE_DIGITS


def is_mailbox(value: str) -> bool:
    """Tell whether an address of mail is no name of a file."""
    return value.rpartition(".")[2].lower() not in FILES and ".." not in value


def is_public(value: str) -> bool:
    """Tell whether an address may be of somebody: no loopback, multicast or reserved one."""
    address = ipaddress.IPv4Address(value)
    return not (
        address.is_loopback or address.is_multicast or address.is_reserved or value[:2] == "0."
    )


def is_address(value: str) -> bool:
    """Tell the same of an address that is no number of a version either."""
    return is_public(value) and any(int(part) > READABLE for part in value.split("."))


def is_long_address(value: str) -> bool:
    """Tell whether an IPv6 address may be of somebody."""
    try:
        address = ipaddress.IPv6Address(value)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_multicast or address.is_unspecified)


def is_hardware(value: str) -> bool:
    """Tell whether a hardware address is no blank one."""
    return len(set(re.sub(r"[:.\-]", "", value).lower())) > 1


def _numbers(value: str) -> list[Decimal]:
    return [Decimal(number) for number in re.findall(COORDINATE, value)]


def is_on_earth(value: str) -> bool:
    """Tell whether one or two numbers may be degrees of latitude and longitude."""
    first, *rest = _numbers(value)
    if not rest:
        return abs(first) <= ANTIMERIDIAN
    low, high = sorted((abs(first), abs(rest[0])))
    return low <= POLE and high <= ANTIMERIDIAN


def is_in_china(value: str) -> bool:
    """Tell whether a pair lies in the box around China, in either order."""
    south, north, west, east = CHINA
    low, high = sorted(_numbers(value))
    return south <= low <= north and west <= high <= east


def is_handle(value: str) -> bool:
    """Tell whether a word is a name of an account rather than a word of a sentence."""
    return any(sign.isdecimal() or sign in "-_" for sign in value)


def is_birthday(value: str) -> bool:
    """Tell whether a year and month, or a date in any of its forms, is in the calendar."""
    parts = [int(part) for part in re.findall(r"[0-9]+", value)]
    if len(parts) == 1:
        parts = [int(value[:4]), int(value[4:6]), int(value[6:8])]
    year, month, day, *_ = (*parts, 1)
    return is_date(year, month, day)
