"""Typed values of Android's resource format (`Res_value` of ResourceTypes.h)."""

from struct import Struct

from chengnuo.engines.axml.element import Raw, Reference, Value
from chengnuo.engines.axml.string_pool import StringPool

RES_VALUE = Struct("<H2BI")
NULL = 0x00
REFERENCE = 0x01
THEME_ATTRIBUTE = 0x02
STRING = 0x03
FLOAT = 0x04
DIMENSION = 0x05
FRACTION = 0x06
DYNAMIC_REFERENCE = 0x07
DYNAMIC_ATTRIBUTE = 0x08
DECIMAL = 0x10
HEXADECIMAL = 0x11
BOOLEAN = 0x12
COLOUR = 0x1C
SIGN = 1 << 31
REFERENCES = frozenset({REFERENCE, DYNAMIC_REFERENCE, THEME_ATTRIBUTE, DYNAMIC_ATTRIBUTE})
THEMED = frozenset({THEME_ATTRIBUTE, DYNAMIC_ATTRIBUTE})


def value_of(kind: int, data: int, pool: StringPool) -> Value:
    """Return the value of a `dataType` and its 32 bits; a string outside its pool is empty."""
    if kind == STRING:
        return pool.get(data) or ""
    if kind == BOOLEAN:
        return data != 0
    if kind in {DECIMAL, HEXADECIMAL}:
        return signed(data) if kind == DECIMAL else data
    if kind in REFERENCES:
        return Reference(resource_id=data, is_theme=kind in THEMED)
    return Raw(kind=kind, data=data)


def signed(data: int) -> int:
    """Return 32 bits as a number with a sign."""
    return data - 2 * SIGN if data & SIGN else data
