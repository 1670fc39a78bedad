"""The check character of the unified social credit code (GB 32100-2015)."""

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18
_MODULUS = len(_CHARACTERS)
_WEIGHT_BASE = 3


def check_character(body: str) -> str:
    """Return the character that completes the first 17 of a code.

    Raises:
        ValueError: A character is not among the 31 that a code may have.

    >>> check_character("91350100M000100Y4")
    '3'

    """
    total = sum(
        _CHARACTERS.index(character) * pow(_WEIGHT_BASE, place, _MODULUS)
        for place, character in enumerate(body)
    )
    return _CHARACTERS[-total % _MODULUS]


def is_credit_code(code: str) -> bool:
    """Tell whether a text is 18 characters of the code's alphabet with the right last one.

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y44")
    (True, False)

    """
    if len(code) != _LENGTH or any(character not in _CHARACTERS for character in code):
        return False
    return check_character(code[:-1]) == code[-1]
