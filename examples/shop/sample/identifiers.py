"""Identifiers that pass every check digit and yet belong to nobody.

- Resident identity numbers (GB 11643): the birth year is 120 years too early, so the bearer
  would be older than anybody alive; the check digit is right.
- Mobile numbers: eleven digits in segments that are given to no carrier (154, 161, 164, 168).
- Bank cards: prefixes that payment services reserve for tests, with a right Luhn digit.
- Unified social credit codes (GB 32100): both check digits are right, the body reads EXAMPLE.
"""

from datetime import date

from sample.dice import Dice

YEARS_TOO_EARLY = 120
UNASSIGNED_SEGMENTS = ("154", "161", "164", "168")
TEST_CARD_PREFIXES = ("620000", "620550", "424242", "411111", "555555")
UNIONPAY_TEST_PREFIXES = TEST_CARD_PREFIXES[:2]
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_TEN = 10


def id_check_digit(first17: str) -> str:
    """Return the eighteenth place of a resident identity number (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def luhn_digit(body: str) -> str:
    """Return the last digit that makes a card number pass the Luhn check."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled >= _TEN else doubled
    return str(-total % 10)


def credit_code(division: str, body: str) -> str:
    """Return the unified social credit code of a company: its division and 8-place body."""
    weighed = sum(
        _BODY_ALPHABET.index(sign) * weight
        for sign, weight in zip(body, _BODY_WEIGHTS, strict=True)
    )
    remainder = -weighed % 11
    organisation = body + ("X" if remainder == _TEN else str(remainder))
    first17 = f"91{division}{organisation}"
    total = sum(
        _CREDIT_ALPHABET.index(sign) * weight
        for sign, weight in zip(first17, _CREDIT_WEIGHTS, strict=True)
    )
    return first17 + _CREDIT_ALPHABET[-total % 31]


def identity_number(dice: Dice, *, division: str, born: date, female: bool) -> str:
    """Return an identity number whose bearer cannot be alive, its check digit right."""
    sequence = dice.below(499) * 2 + (0 if female else 1)
    first17 = f"{division}{born.year - YEARS_TOO_EARLY}{born:%m%d}{sequence:03d}"
    return first17 + id_check_digit(first17)


def phone_number(dice: Dice) -> str:
    """Return a mobile number of a segment that no carrier has."""
    return dice.pick(UNASSIGNED_SEGMENTS) + dice.digits(8)


def card_number(dice: Dice) -> str:
    """Return a bank card number of a test prefix: 19 digits for UnionPay, else 16."""
    prefix = dice.lean(TEST_CARD_PREFIXES)
    length = 19 if prefix in UNIONPAY_TEST_PREFIXES else 16
    body = prefix + dice.digits(length - len(prefix) - 1)
    return body + luhn_digit(body)


def masked_name(name: str) -> str:
    """Return a name of which only the first sign is left."""
    return name[0] + "*" * max(1, len(name) - 1)


def masked_phone(phone: str) -> str:
    """Return a phone number without its four middle digits."""
    return f"{phone[:3]}****{phone[-4:]}"
