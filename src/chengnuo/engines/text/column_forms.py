"""What the values of a column look like as a whole, where no check digit tells.

Names, addresses and health are taken for such only under a column that is called so. Nothing here
is told of a single value.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from chengnuo.engines.text.column_data import may_hold
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.masking import STAR

_NAME: Final = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,10}(?:[·•][\u4e00-\u9fff]{1,10}){1,4}"
    r"|[A-Za-z]+(?:[ .'\-]{1,2}[A-Za-z]+){1,4}"
)
_PLACE: Final = re.compile(r"[省市区县旗镇乡村路街道巷弄号栋幢座室楼里庄]")
_PARTS_OF_PLACE: Final = 2
_HEX: Final = re.compile(r"(?:[0-9a-f]+|[0-9A-F]+)")
_DIGESTS: Final = frozenset({32, 40, 56, 64, 96, 128})
_KEYED: Final = re.compile(r"\$(?:2[abxy]|argon2\w*|pbkdf2[\w-]*|[156])\$.+|sha(?:1|256|512):.+")
_MASKED: Final = re.compile(rf"[{re.escape(STAR)}●•]|[xX×]{{3,}}")
_LETTER: Final = re.compile(r"[\u4e00-\u9fff ，。,;；]")
_HALF: Final = re.compile(
    r"(?P<before>.*?)(?P<half>latitude|longitude|lat|lng|lon|纬度|经度|weidu|jingdu)(?P<after>.*)",
    re.IGNORECASE,
)
_FIRST: Final = frozenset({"lat", "latitude", "纬度", "weidu"})
_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z_\-0-9]{0,39}|[\u4e00-\u9fff]{1,12}")
_MOST_PATHS: Final = 100
_MOST_DEPTH: Final = 6
_DEGREES: Final = re.compile(r"-?[0-9]{1,3}\.[0-9]{4,}")
_PARTS: Final = re.compile(r"-?[0-9]{6,10}")
_POLE, _ANTIMERIDIAN = 90, 180


def is_form_of(value: str, kind: Kind) -> bool:
    """Tell whether a value looks as values of a kind do that has no shape of its own."""
    match kind:
        case Kind.NAME:
            return _NAME.fullmatch(value) is not None
        case Kind.ADDRESS:
            return len(_PLACE.findall(value)) >= _PARTS_OF_PLACE
        case Kind.HEALTH:
            return True
        case _:
            return False


def is_masked(value: str) -> bool:
    """Tell whether a value is masked: stars in it, or a name that a key gave it."""
    return _MASKED.search(value) is not None


def is_digest(value: str) -> bool:
    """Tell whether a value is a digest: hexadecimal of such a length, or a hashed password."""
    if len(value) in _DIGESTS and _HEX.fullmatch(value):
        return True
    return _KEYED.fullmatch(value) is not None


def is_sentence(value: str) -> bool:
    """Tell whether a value is of words rather than one code."""
    return _LETTER.search(value) is not None


def degrees_in(value: str) -> float | None:
    """Return a number of degrees with as many decimals as tell a place to about ten metres.

    A whole number of that many digits is taken as millionths, or ten millionths, of a degree.
    """
    if _DEGREES.fullmatch(value):
        return float(value)
    if _PARTS.fullmatch(value):
        number = int(value) / 1_000_000
        return number if abs(number) <= _ANTIMERIDIAN else number / 10
    return None


def halves(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the columns that make a place together, latitude first, found by their names.

    >>> halves(["id", "home_lat", "home_lng", "lat"])
    [('home_lat', 'home_lng')]

    """
    found: dict[tuple[str, str], dict[bool, str]] = {}
    for name in names:
        if match := _HALF.fullmatch(name):
            key = match["before"].lower(), match["after"].lower()
            found.setdefault(key, {})[match["half"].lower() in _FIRST] = name
    return [(each[True], each[False]) for each in found.values() if len(each) == 2]  # noqa: PLR2004  two halves


def are_places(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the share of two columns' values that are degrees of a place, in this order."""
    pairs = [(one, other) for one, other in zip(first, second, strict=True) if one and other]
    fitting = sum(_is_place(degrees_in(one), degrees_in(other)) for one, other in pairs)
    return fitting / len(pairs) if pairs else 0.0


def _is_place(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return False
    return abs(first) <= _POLE and abs(second) <= _ANTIMERIDIAN


def paths_in(values: Iterable[str]) -> dict[str, list[str]] | None:
    """Return the values in texts of JSON by their path, as `buyer.phone`; None if they are none.

    Args:
        values: Texts; empty ones are passed over. Most have to be objects or lists.

    """
    found: dict[str, list[str]] = {}
    filled = parsed = 0
    for value in values:
        if not value:
            continue
        filled += 1
        if value[0] not in "{[":
            continue
        try:
            tree = json.loads(value)
        except (ValueError, RecursionError):
            continue
        parsed += 1
        _gather(tree, "", 0, found)
    return found if parsed and parsed * 5 >= filled * 4 else None


def _gather(tree: object, path: str, depth: int, found: dict[str, list[str]]) -> None:
    if depth > _MOST_DEPTH:
        return
    match tree:
        case dict():
            for key, value in tree.items():
                # A key that may be of somebody is no name of a path.
                name = STAR if may_hold(key) or not _KEY.fullmatch(key) else key
                _gather(value, f"{path}.{name}" if path else name, depth + 1, found)
        case list():
            for value in tree:
                _gather(value, path, depth + 1, found)
        case None | bool():
            return
        case _ if path in found or len(found) < _MOST_PATHS:
            found.setdefault(path, []).append(str(tree))
