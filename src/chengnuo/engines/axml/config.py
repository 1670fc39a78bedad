"""Configurations as the compiled resource table keeps them (`ResTable_config`).

Two letters of a language or region are kept as they are; three letters of a language, or three
digits of a region, in 15 bits, marked by the highest bit of the first byte.
"""

from struct import Struct

from chengnuo.engines.axml.table import Config

SIZE = Struct("<I")
LONGEST = 256
LANGUAGE, REGION, DENSITY, SDK, SCRIPT = 8, 10, 14, 24, 36
SHORT = Struct("<H")
PACKED = 0x80
ANY_DENSITY = frozenset({0xFFFE, 0xFFFF})
"""`anydpi` and `nodpi`."""


def config_at(data: bytes, at: int, end: int) -> Config:
    """Read a configuration; what lies beyond its size, or beyond the end, is as for any device."""
    if at + SIZE.size > end:
        return Config()
    (size,) = SIZE.unpack_from(data, at)
    field = data[at : min(at + min(size, LONGEST), end)].ljust(SCRIPT + 4, b"\0")
    language = _code(field[LANGUAGE : LANGUAGE + 2], ord("a"))
    region = _code(field[REGION : REGION + 2], ord("0"))
    script = _letters(field[SCRIPT : SCRIPT + 4])
    (density,) = SHORT.unpack_from(field, DENSITY)
    (sdk,) = SHORT.unpack_from(field, SDK)
    return Config(
        locale="-".join(part for part in (language, script, region) if part),
        density=0 if density in ANY_DENSITY else density,
        sdk=sdk,
    )


def _code(data: bytes, base: int) -> str:
    if not data[0] & PACKED:
        return _letters(data)
    first = data[1] & 0x1F
    second = (data[1] >> 5) | (data[0] & 0x03) << 3
    third = (data[0] >> 2) & 0x1F
    return "".join(chr(base + one) for one in (first, second, third))


def _letters(data: bytes) -> str:
    text = data.rstrip(b"\0").decode("latin-1")
    return text if text.isascii() and text.isalnum() else ""
