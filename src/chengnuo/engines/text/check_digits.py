"""Check digits and inner structure of identifiers, one value at a time.

Sources: GB 11643-1999 (resident identity number: division, date, serial, ISO 7064 MOD 11-2), GB
32100-2015 (unified social credit code, MOD 31-3), ISO/IEC 7812-1 annex B (the Luhn formula; bank
cards and, by 3GPP TS 23.003 annex B, IMEI).
"""

from typing import Final

ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS: Final = "10X98765432"
PROVINCES: Final = frozenset(
    map(str, [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)])
) | frozenset(map(str, [*range(61, 66), 71, 81, 82, 83]))
_CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CODE_VALUES: Final = {letter: value for value, letter in enumerate(_CODE_ALPHABET)}
# Registration authority and class of body (GB 32100 table 1).
CODE_CLASSES: Final = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1239",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "123",
    "A": "19",
    "N": "1239",
    "Y": "1",
}
DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_OLDEST: Final = 1900
_NEWEST: Final = 2099


def is_date(year: int, month: int, day: int) -> bool:
    """Tell whether this is a day of the calendar from 1900 to 2099."""
    if not (_OLDEST <= year <= _NEWEST and 1 <= month <= len(DAYS) and 1 <= day <= DAYS[month - 1]):
        return False
    # In these two centuries only 1900 is divided by four and has no 29th of February.
    return (month, day) != (2, 29) or (year % 4 == 0 and year != _OLDEST)


def is_resident_id(number: str) -> bool:
    """Tell whether 18 characters are a resident identity number with a right check digit."""
    return number[:2] in PROVINCES and _is_id(number)


def is_residence_permit(number: str) -> bool:
    """Tell whether 18 characters are the number of a foreigner's permanent residence card.

    Cards issued since 2023 begin with 9 and are checked as resident identity numbers are.
    """
    return number[0] == "9" and _is_id(number)


def is_old_resident_id(number: str) -> bool:
    """Tell whether 15 digits may be a resident identity number issued before 1999."""
    year, month, day = int(number[6:8]), int(number[8:10]), int(number[10:12])
    return number[:2] in PROVINCES and is_date(1900 + year, month, day)


def is_credit_code(code: str) -> bool:
    """Tell whether 18 characters are a unified social credit code with a right check character."""
    if code[1] not in CODE_CLASSES.get(code[0], "") or not code[2:8].isdecimal():
        return False
    try:
        values = [CODE_VALUES[letter] for letter in code]
    except KeyError:
        return False
    total = sum(value * weight for value, weight in zip(values, CODE_WEIGHTS, strict=False))
    return values[-1] == -total % 31


def is_luhn(digits: str) -> bool:
    """Tell whether digits end with the check digit of the Luhn formula."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


def _is_id(number: str) -> bool:
    if not is_date(int(number[6:10]), int(number[10:12]), int(number[12:14])):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, ID_WEIGHTS, strict=False))
    return ID_CHECKS[total % 11] == number[-1].upper()
