"""The inner structure of values, told sign by sign, so that automata can be made of it.

Every rule stands here a second time: of a value whole, where one is asked about, it is a function
of `check_digits` or `structure`. A generated test holds the two equal.
"""

from collections.abc import Callable, Hashable
from typing import Final

from chengnuo.engines.text.check_digits import (
    CODE_CLASSES,
    CODE_VALUES,
    CODE_WEIGHTS,
    DAYS,
    ID_CHECKS,
    ID_WEIGHTS,
    PROVINCES,
    is_credit_code,
    is_luhn,
    is_old_resident_id,
    is_residence_permit,
    is_resident_id,
)
from chengnuo.engines.text.shape import Check
from chengnuo.engines.text.structure import (
    ANTIMERIDIAN,
    CHINA,
    FILES,
    PLATE_DIGITS,
    POLE,
    READABLE,
    is_address,
    is_birthday,
    is_body,
    is_card,
    is_handle,
    is_handset,
    is_hardware,
    is_in_china,
    is_long_address,
    is_mailbox,
    is_on_earth,
    is_plate,
    is_public,
    is_union_card,
)

_Date = tuple[str, int, int]
_DOUBLED: Final = tuple(2 * digit // 10 + 2 * digit % 10 for digit in range(10))
_BEFORE_YEAR: Final[_Date] = ("year", 0, 0)
_IN_THE_19TH: Final[_Date] = ("year", 2, 19)
_DATED: Final[_Date] = ("dated", 0, 0)
_TOO_LONG: Final = 20
_CENTURIES: Final = frozenset({19, 20})
_SEPARATORS: Final = frozenset("年月日号-/.")


def _year(seen: int, value: int, digit: int) -> _Date | None:
    """Return the state of a date after one more digit of its year: leap or not, in the end."""
    match seen:
        case 0:
            return ("year", 1, digit)
        case 1:
            century = 10 * value + digit
            return ("year", 2, century) if century in _CENTURIES else None
        case 2:  # of the tens only matters whether they are even, and whether it may be 1900
            return ("year", 3, digit % 2 + (2 if (value, digit) == (19, 0) else 0))
        case _:
            is_leap = (2 * (value % 2) + digit) % 4 == 0 and not (value > 1 and digit == 0)
            return ("month", int(is_leap), -1)


def _days(leap: int, month: int) -> _Date | None:
    if not 1 <= month <= len(DAYS):
        return None
    return ("day", 28 + leap if month == 2 else DAYS[month - 1], -1)  # noqa: PLR2004  February


def _date(state: _Date, digit: int) -> _Date | None:
    """Return the state of a date after one more digit."""
    part, known, value = state
    match part:
        case "year":
            return _year(known, value, digit)
        case "month":
            return ("month", known, digit) if value < 0 else _days(known, 10 * value + digit)
        case "day" if value < 0:
            return ("day", known, digit)
        case "day" if 1 <= 10 * value + digit <= known:
            return _DATED
        case _:
            return None


def _birthday(state: _Date, sign: str) -> _Date | None:
    if sign not in _SEPARATORS:
        return _date(state, int(sign))
    part, known, value = state
    return _days(known, value) if part == "month" and value >= 0 else state


def _is_birthday(state: _Date) -> bool:
    part, known, value = state
    return part == "dated" or (part == "day" and (value < 0 or 1 <= value <= known))


_Numbered = tuple[int, int, _Date]


def _identity(state: _Numbered, sign: str) -> _Numbered | None:
    """Follow 18 signs: where, the remainder of 11, and the date; the form tells the province."""
    place, remainder, date = state
    if place < 0:
        return None
    if place < len(ID_WEIGHTS):
        remainder = (remainder + int(sign) * ID_WEIGHTS[place]) % 11
        if 6 <= place < 14:  # noqa: PLR2004  where the day of birth stands
            then = _date(date, int(sign))
            return None if then is None else (place + 1, remainder, then)
        return (place + 1, remainder, date)
    return (-1, 0, date) if ID_CHECKS[remainder] == sign.upper() else None


def _old(state: tuple[int, _Date], sign: str) -> tuple[int, _Date] | None:
    """Follow 15 digits: the province first, and the date from the seventh on."""
    place, date = state
    if place == 0:
        return (1, ("province", 0, int(sign)))
    if place == 1:
        return (2, _IN_THE_19TH) if f"{date[2]}{sign}" in PROVINCES else None
    if 6 <= place < 12:  # noqa: PLR2004  where the day of birth stands
        then = _date(date, int(sign))
        return None if then is None else (place + 1, then)
    return (min(place + 1, 12), date)


_Coded = tuple[int, int, str]


def _code(state: _Coded, sign: str) -> _Coded | None:
    """Follow 18 signs: where, the remainder of 31; the first sign, then `letter` if one was."""
    place, remainder, known = state
    value = CODE_VALUES[sign]
    if place == len(CODE_WEIGHTS):
        return (-1, 0, known) if (remainder + value) % 31 == 0 else None
    if place == 0:
        return (1, value, sign)
    is_wrong = place < 0 or (2 <= place < 8 and not sign.isdecimal())  # noqa: PLR2004
    if place == 1:
        is_wrong = sign not in CODE_CLASSES.get(known, "")
        known = "" if known.isdecimal() else "letter"
    known = known if sign.isdecimal() else "letter"
    return None if is_wrong else (place + 1, (remainder + value * CODE_WEIGHTS[place]) % 31, known)


_Sums = tuple[int, int]


def _luhn(state: _Sums, sign: str) -> _Sums:
    """Follow the sums of the Luhn formula: were this digit the last, and were it the one before."""
    last, earlier = state
    digit = int(sign)
    return ((earlier + digit) % 10, (last + _DOUBLED[digit]) % 10)


def _handset(state: tuple[_Sums, str], sign: str) -> tuple[_Sums, str] | None:
    sums, first = state
    if first == "":
        return (_luhn(sums, sign), sign) if sign in "83" else None
    if first in "83" and first + sign not in {"86", "35"}:
        return None
    return (_luhn(sums, sign), "known")


def _card(state: tuple[_Sums, str], sign: str) -> tuple[_Sums, str]:
    sums, same = state
    if sign in " -":
        return state
    return (_luhn(sums, sign), sign if same in {"", sign} else "mixed")


def _union(state: tuple[_Sums, int], sign: str) -> tuple[_Sums, int]:
    return state if sign in " -" else (_luhn(state[0], sign), min(state[1] + 1, _TOO_LONG))


def _plate(state: int, sign: str) -> int:
    return min(PLATE_DIGITS, state + (sign in "0123456789"))


def _mailbox(state: str | None, sign: str) -> str | None:
    """Follow what stands after the last full stop, as long as a name of a file may end with it."""
    if sign == ".":
        return None if state == "" else ""
    tail = state + sign.lower() if state is not None and state != "?" else "?"
    return tail if any(name.startswith(tail) for name in FILES) else "?"


_Octets = tuple[bool, bool, int]


def _octets(state: _Octets, sign: str) -> _Octets | None:
    """Follow an IPv4 address: past the first part, one part that is no version's, this part."""
    past, large, value = state
    if sign != ".":
        value = min(max(value, 0) * 10 + int(sign), 256)
        return (past, large or value > READABLE, min(value, READABLE) if past else value)
    if not past and (value in {-1, 0, 127} or value >= 224):  # noqa: PLR2004  RFC 6890
        return None
    return (True, large, 0)


_Groups = tuple[int, int, bool, str, str]


def _groups(state: _Groups, sign: str) -> _Groups | None:
    """Follow an IPv6 address.

    The state: groups, colons in a row, whether some were left out, how the first group begins, and
    what all amounts to as far as it is nothing (``), one (`1`) or more (`more`).
    """
    groups, colons, left_out, first, amount = state
    if sign == ":":
        if colons == 2 or (colons == 1 and left_out):  # noqa: PLR2004
            return None
        return (groups, colons + 1, left_out or colons == 1, first, "more" if amount else "")
    if colons or not groups:
        groups += 1
    if groups > 8 - left_out:
        return None
    if groups == 1 and len(first) < 2:  # noqa: PLR2004  two signs tell multicast
        first = first + "f" if sign in "fF" else "no"
    more = amount + sign.lstrip("0") if amount else sign.lstrip("0")
    return (groups, 0, left_out, first, more if more in {"", "1"} else "more")


def _hardware(state: str, sign: str) -> str:
    if sign in ":.-":
        return state
    return sign.lower() if state in {"", sign.lower()} else "mixed"


_Degrees = tuple[str, bool, int, str]


def _degrees(
    sort: Callable[[int, bool, bool], str],
) -> Callable[[_Degrees, str], _Degrees | None]:
    """Return how to follow one or two numbers: sort of the first, minus, whole part, and sorts.

    Args:
        sort: From whole part, whether more follows the point, and minus, to what sort of number it
            is.

    """

    def step(state: _Degrees, sign: str) -> _Degrees | None:
        first, minus, whole, sorts = state
        if sign in "0123456789":
            if not sorts:
                return (first, minus, min(max(whole, 0) * 10 + int(sign), ANTIMERIDIAN + 1), "")
            return (first, minus, whole, sorts[1] * 2 if sign != "0" else sorts)
        if sign == ".":
            return (first, False, 0, sort(whole, False, minus) + sort(whole, True, minus))  # noqa: FBT003
        if sorts:
            first, minus = sorts[0], False
        return (first, minus or sign == "-", -1, "")

    return step


def _earthly(whole: int, more: bool, _minus: bool) -> str:  # noqa: FBT001
    if whole + more <= POLE:
        return "p"
    return "a" if whole + more <= ANTIMERIDIAN else "x"


def _chinese(whole: int, more: bool, minus: bool) -> str:  # noqa: FBT001
    south, north, west, east = CHINA
    if minus:
        return "x"
    if south <= whole and whole + more <= north:
        return "p"
    return "a" if west <= whole and whole + more <= east else "x"


def _both(state: _Degrees) -> str:
    return state[0] + state[3][:1]


def _handle(state: bool, sign: str) -> bool:  # noqa: FBT001
    return state or sign in "0123456789-_"


def _whole(state: tuple[Hashable, ...]) -> bool:
    return state[0] == -1


_NOTHING: Final[_Degrees] = ("", False, -1, "")
_START: Final = (0, 0, _BEFORE_YEAR)
RESIDENT_ID: Final = Check(is_resident_id, _START, _identity, _whole)
RESIDENCE_PERMIT: Final = Check(is_residence_permit, _START, _identity, _whole)
OLD_RESIDENT_ID: Final = Check(
    is_old_resident_id, (0, _IN_THE_19TH), _old, lambda s: s[1] == _DATED
)
CREDIT_CODE: Final = Check(is_credit_code, (0, 0, ""), _code, _whole)
BODY: Final = Check(is_body, (0, 0, ""), _code, lambda s: _whole(s) and s[2] == "letter")
LUHN: Final = Check(is_luhn, (0, 0), _luhn, lambda s: s[0] == 0)
HANDSET: Final = Check(is_handset, ((0, 0), ""), _handset, lambda s: s[0][0] == 0)
CARD: Final = Check(is_card, ((0, 0), ""), _card, lambda s: s[0][0] == 0 and s[1] == "mixed")
UNION_CARD: Final = Check(
    is_union_card, ((0, 0), 0), _union, lambda s: s[0][0] == 0 and s[1] in {16, 19}
)
PLATE: Final = Check(is_plate, 0, _plate, lambda s: s == PLATE_DIGITS)
MAILBOX: Final = Check(is_mailbox, "?", _mailbox, lambda s: s not in FILES)
PUBLIC: Final = Check(is_public, (False, False, -1), _octets, lambda s: s[0])
ADDRESS: Final = Check(is_address, (False, False, -1), _octets, lambda s: s[0] and s[1])
LONG_ADDRESS: Final = Check(
    is_long_address,
    (0, 0, False, "", ""),
    _groups,
    lambda s: s[3] != "ff" and s[4] not in {"", "1"},
)
HARDWARE: Final = Check(is_hardware, "", _hardware, lambda s: s == "mixed")
ON_EARTH: Final = Check(
    is_on_earth, _NOTHING, _degrees(_earthly), lambda s: _both(s) in {"p", "a", "pp", "pa", "ap"}
)
IN_CHINA: Final = Check(
    is_in_china, _NOTHING, _degrees(_chinese), lambda s: _both(s) in {"pa", "ap"}
)
BIRTHDAY: Final = Check(is_birthday, _BEFORE_YEAR, _birthday, _is_birthday)
HANDLE: Final = Check(is_handle, False, _handle, bool)  # noqa: FBT003
