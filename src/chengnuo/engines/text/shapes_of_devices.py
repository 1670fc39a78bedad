"""The shapes of what tells a device, a vehicle, a place or a day."""

from typing import Final

from chengnuo.engines.text.checks import (
    ADDRESS,
    BIRTHDAY,
    HANDSET,
    HARDWARE,
    IN_CHINA,
    LONG_ADDRESS,
    LUHN,
    ON_EARTH,
    PLATE,
    PUBLIC,
)
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.engines.text.shape import (
    LEFT,
    RIGHT,
    Shape,
    Side,
    digits,
    hexes,
    lettered,
    parted,
    whole,
)
from chengnuo.engines.text.structure import COORDINATE
from chengnuo.engines.text.tokens import LONG

PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
"""The signs of the provinces on plates (GA 36)."""

_ELECTRIC: Final = r"(?:[A-HJ-NP-Z][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[A-HJ-NP-Z])"
_BYTE: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_GROUP: Final = r"[0-9A-Fa-f]{1,4}"
_PAIR: Final = r"[0-9A-Fa-f]{2}"
_PAIRS: Final = rf"{_PAIR}(?:(?::{_PAIR}){{5}}|(?:-{_PAIR}){{5}})"
_NETWORK: Final = frozenset({Kind.IPV4, Kind.IPV6})

SHAPES_OF_DEVICES: Final = (
    Shape(
        Kind.PLATE,
        lettered(1, 7),
        whole(
            rf"[{PROVINCES}][A-HJ-NP-Z][·• \-]?(?:[0-9A-HJ-NP-Z]{{5}}|{_ELECTRIC}"
            r"|[0-9A-HJ-NP-Z]{4}[挂学警港澳])",
            left=Side(),
        ),
        PLATE,
        alone=Evidence.FORMAT,
        after=PROVINCES,
        lead=1,
    ),
    # Beside a word that names a plate, also one with more letters than plates of today have.
    Shape(
        Kind.PLATE,
        lettered(1, 7),
        whole(rf"[{PROVINCES}][A-HJ-NP-Z][·• \-]?[0-9A-HJ-NP-Z]{{5,6}}", left=Side()),
        after=PROVINCES,
        lead=1,
    ),
    Shape(
        Kind.IMEI,
        digits(15),
        whole(r"[0-9]{15}"),
        HANDSET,
        alone=Evidence.CHECKSUM,
        named=Evidence.CHECKSUM,
    ),
    Shape(
        Kind.IMEI,
        digits(15),
        whole(r"[0-9]{15}"),
        LUHN,
        cues=frozenset({Kind.IMEI, Kind.DEVICE_ID}),
    ),
    Shape(Kind.IMEI, hexes(14), whole(r"[0-9A-F]{14}")),
    Shape(
        Kind.DEVICE_ID,
        hexes(15, 16, 19, 20, 32, LONG) + hexes(8, then="-"),
        whole(
            r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
            r"[0-9A-Fa-f]{32}",
            r"[0-9A-Fa-f]{64}",
            r"[0-9A-Fa-f]{16}",
            r"460[0-9]{12}",
            r"8986[0-9A-Fa-f]{15,16}",
        ),
    ),
    Shape(
        Kind.MAC,
        hexes(2, then=":-"),
        whole(
            _PAIRS,
            left=LEFT.besides("", ("0-9A-Fa-f", r":\-")),
            right=RIGHT.besides("", (r":\-", "0-9A-Fa-f")),
        ),
        HARDWARE,
        alone=Evidence.FORMAT,
        unless=False,
    ),
    # `mac:` ends with a hexadecimal digit and a colon, as what goes on in a longer value does.
    Shape(
        Kind.MAC,
        hexes(2, then=":-"),
        whole(_PAIRS, right=RIGHT.besides("", (r":\-", "0-9A-Fa-f"))),
        HARDWARE,
    ),
    Shape(
        Kind.MAC,
        hexes(12) + hexes(4, then="."),
        whole(r"[0-9A-Fa-f]{12}", r"[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}"),
        HARDWARE,
    ),
    Shape(
        Kind.IPV4,
        digits(1, 2, 3, then="."),
        whole(
            rf"(?:{_BYTE}\.){{3}}{_BYTE}",
            left=LEFT.besides("", ("0-9A-Za-z", "."), ("A-Za-z", "/")),
            right=RIGHT.besides("", (".", "0-9A-Za-z")),
        ),
        ADDRESS,
        alone=Evidence.FORMAT,
        cues=_NETWORK,
    ),
    Shape(
        Kind.IPV4,
        digits(1, 2, 3, then="."),
        whole(
            rf"(?:{_BYTE}\.){{3}}{_BYTE}",
            left=LEFT.besides("."),
            right=RIGHT.besides("", (".", "0-9")),
        ),
        PUBLIC,
        cues=_NETWORK,
    ),
    Shape(
        Kind.IPV6,
        hexes(1, 2, 3, 4, then=":"),
        whole(
            rf"(?:{_GROUP}:){{7}}{_GROUP}",
            rf"(?:[23][0-9A-Fa-f]{{3}}|[Ff][CcDdEe][0-9A-Fa-f]{{2}})(?::{_GROUP}){{0,6}}::(?:{_GROUP}(?::{_GROUP}){{0,6}})?",
            left=LEFT.besides(":"),
            right=RIGHT.besides(":"),
        ),
        LONG_ADDRESS,
        alone=Evidence.FORMAT,
        cues=_NETWORK,
        unless=False,
    ),
    Shape(
        Kind.LOCATION,
        digits(1, 2, 3, then="."),
        whole(
            rf"{COORDINATE}°?[NSns]?(?:[,，;、/] ?| ){COORDINATE}(?:°?[EWew])?",
            left=LEFT.besides(r".\-"),
            right=RIGHT.besides("", (".", "0-9")),
        ),
        IN_CHINA,
        alone=Evidence.FORMAT,
        lead=1,
    ),
    Shape(
        Kind.LOCATION,
        digits(1, 2, 3, then="."),
        whole(
            rf"{COORDINATE}°?[NSns]?(?:[,，;、/] ?| ){COORDINATE}(?:°?[EWew])?",
            COORDINATE,
            left=LEFT.besides(r".\-"),
            right=RIGHT.besides("", (".", "0-9")),
        ),
        ON_EARTH,
        lead=1,
    ),
    Shape(
        Kind.BIRTH_DATE,
        digits(8) + digits(4, then="年-/."),
        whole(
            r"(?:19|20)[0-9]{2}年[01]?[0-9]月(?:[0-3]?[0-9][日号])?",
            *parted("(?:19|20)[0-9]{2}{0}[01]?[0-9]{0}[0-3]?[0-9]", "-/."),
            r"(?:19|20)[0-9]{2}[\-/.][01][0-9]",
            r"(?:19|20)[0-9]{6}",
            right=Side("0-9*●"),
        ),
        BIRTHDAY,
    ),
    Shape(Kind.POSTCODE, digits(6), whole(r"[0-8][0-9]{5}")),
)
"""Shapes of devices, networks, plates, places and days."""
