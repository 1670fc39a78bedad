"""The values of a column as one buffer, and what arrays tell of each value at once.

A value ends with a line feed; one that holds line feeds has spaces in their place. What is told
here of a value is never more than `find_in` would find: a value of which an array is sure is
found so, and the others are looked at one by one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import digits
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.check_digits import ID_CHECKS, ID_WEIGHTS, PROVINCES, is_date
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.structure import READABLE

Signs = NDArray[np.uint8]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

BLOCK: Final = 1 << 14
"""How many values are looked at in one go: what they take fits into the cache."""
LEAST_DIGITS: Final = 7
"""A text with fewer digits and without `@` is taken to hold no number of somebody."""
_LF: Final = 10
_AT: Final = 64
_DOT: Final = 46
_ZERO: Final = 48
_WIDE: Final = (0xEF, 0xBC)
"""How the full-width forms begin in UTF-8; their digits end with 0x90 to 0x99, `@` with 0xA0."""
_ENDINGS: Final = (b".com", b".cn", b".net", b".org")
_MOST_MAIL: Final = 60
_BETWEEN, _OTHER = 1, 2
_CARDS: Final = (16, 19)
_DOUBLED: Final = np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9], np.uint8)
_OLDEST, _YEARS, _LEAP_DAY = 1900, 200, 229


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Some values of a column.

    Attributes:
        signs: `(bytes,)` uint8: the values in UTF-8, each with a line feed after it.
        starts: `(n,)` int64: where each value begins.
        ends: `(n,)` int64: where its line feed stands.

    """

    signs: Signs
    starts: Places
    ends: Places

    def rows(self, length: int) -> tuple[Places, Signs]:
        """Return which values have a length in bytes, and their signs, `(length, rows)`."""
        sizes = self.ends - self.starts
        at = np.flatnonzero(sizes == length)
        if len(at) == len(sizes):
            whole = self.signs.reshape(len(at), length + 1)[:, :length]
        else:
            whole = self.signs[self.starts[at, None] + np.arange(length)]
        return at, np.ascontiguousarray(whole.T)


def blocks(values: Sequence[str]) -> Iterator[tuple[int, Block]]:
    """Yield the values in blocks, each with the place of its first value."""
    for first in range(0, len(values), BLOCK):
        part = values[first : first + BLOCK]
        signs = _joined(part)
        ends = np.flatnonzero(signs == _LF)
        if len(ends) != len(part):
            signs = _joined([value.replace("\n", " ") for value in part])
            ends = np.flatnonzero(signs == _LF)
        starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))
        yield first, Block(signs, starts, ends)


def _joined(part: Sequence[str]) -> Signs:
    """Return values in UTF-8, each with a line feed after it."""
    return np.frombuffer("\n".join([*part, ""]).encode("utf-8", "surrogatepass"), np.uint8)


def may_hold(value: str) -> bool:
    """Tell whether a text has enough digits, or an `@`, to hold a number of somebody."""
    plain = folded(value)
    return sum(sign in digits for sign in plain) >= LEAST_DIGITS or "@" in plain


def may_hold_each(block: Block) -> Flags:
    """Return the same for each value of a block."""
    signs = block.signs
    counted = signs - np.uint8(48) < 10  # noqa: PLR2004  ten digits
    is_at = signs == _AT
    first = np.flatnonzero(signs[:-2] == _WIDE[0])
    first = first[signs[first + 1] == _WIDE[1]]
    third = signs[first + 2]
    counted[first] = third - np.uint8(0x90) < 10  # noqa: PLR2004  ten digits
    is_at[first] = third == 0xA0  # noqa: PLR2004  full-width @
    found: Flags = _per_value(block, counted) >= LEAST_DIGITS
    found[np.searchsorted(block.ends, np.flatnonzero(is_at))] = True
    return found


def _per_value(block: Block, flags: Flags) -> Places:
    """Return how many flags each value has."""
    where = np.flatnonzero(flags)
    return np.bincount(np.searchsorted(block.ends, where), minlength=len(block.ends))


def surely(block: Block, kind: Kind) -> Flags:
    """Return which values surely are of a kind as a whole; none where no array tells."""
    found = np.zeros(len(block.starts), np.bool_)
    match kind:
        case Kind.MOBILE:
            at, signs = block.rows(11)
            found[at] = _mobile(signs)
        case Kind.RESIDENT_ID:
            at, signs = block.rows(18)
            found[at] = _resident(signs)
        case Kind.BANK_CARD:
            for length in _CARDS:
                at, signs = block.rows(length)
                found[at] = _card(signs)
        case Kind.EMAIL:
            found = _email(block)
        case Kind.IPV4:
            found = _ipv4(block)
        case _:
            pass
    return found


SURE: Final = (Kind.MOBILE, Kind.RESIDENT_ID, Kind.BANK_CARD, Kind.EMAIL, Kind.IPV4)
"""The kinds of which arrays can be sure."""


def _digits(signs: Signs) -> tuple[Signs, Flags]:
    """Return digits as numbers, and of which values all signs are digits."""
    numbers = signs - np.uint8(48)
    ok: Flags = numbers[0] < 10  # noqa: PLR2004  ten digits
    for row in numbers[1:]:
        ok &= row < 10  # noqa: PLR2004  ten digits
    return numbers, ok


def _mobile(signs: Signs) -> Flags:
    numbers, ok = _digits(signs)
    prefix = np.minimum(numbers[:3], 9).astype(np.int16)
    ok &= _segments()[prefix[0] * 100 + prefix[1] * 10 + prefix[2]]
    return ok


@cache
def _segments() -> Flags:
    """Return which three digits a mobile number begins with, told by its own shape."""
    form = next(shape.form for shape in SHAPES if shape.kind is Kind.MOBILE).pattern
    return np.array([form.fullmatch(f"{first:03}00000000") is not None for first in range(1000)])


def _resident(signs: Signs) -> Flags:
    numbers, ok = _digits(signs[:17])
    n = np.minimum(numbers, 9).astype(np.int16)
    year = n[6] * 1000 + n[7] * 100 + n[8] * 10 + n[9] - _OLDEST
    day = n[10] * 1000 + n[11] * 100 + n[12] * 10 + n[13]
    ok &= (year >= 0) & (year < _YEARS) & _provinces()[n[0] * 10 + n[1]]
    ok &= _days()[np.clip(year, 0, _YEARS - 1), day]
    total = np.zeros(len(ok), np.int16)
    for row, weight in zip(n, ID_WEIGHTS, strict=True):
        total += row * np.int16(weight)
    checks = np.frombuffer(ID_CHECKS.encode(), np.uint8)[total % 11]
    ok &= (signs[17] == checks) | ((signs[17] == ord("x")) & (checks == ord("X")))
    return ok


@cache
def _days() -> Flags:
    """Return `(200, 10000)`: which month and day there is in each year from 1900."""
    found = np.zeros((_YEARS, 10_000), np.bool_)
    months = [100 * month + day for month in range(1, 13) for day in range(1, 32)]
    for one in months:
        # Every year but for the one day that some have.
        found[:, one] = is_date(_OLDEST + 1, one // 100, one % 100)
    for year in range(_YEARS):
        found[year, _LEAP_DAY] = is_date(_OLDEST + year, *divmod(_LEAP_DAY, 100))
    return found


@cache
def _provinces() -> Flags:
    return np.array([f"{first:02}" in PROVINCES for first in range(100)])


def _card(signs: Signs) -> Flags:
    numbers, ok = _digits(signs)
    n = np.minimum(numbers, 9)
    total = np.zeros(len(ok), np.uint8)
    for place, row in enumerate(n[::-1]):
        total += _DOUBLED[row] if place % 2 else row
    ok &= (n[0] == 6) & (n[1] == 2) & (total % 10 == 0)  # noqa: PLR2004  62: UnionPay
    return ok


@cache
def _classes() -> Signs:
    """Return of each byte whether it is of a word (0), stands between words (1) or ends them."""
    found = np.full(256, _OTHER, np.uint8)
    found[[*range(48, 58), *range(65, 91), *range(97, 123)]] = 0
    found[[*b"._-"]] = _BETWEEN
    return found


def _email(block: Block) -> Flags:
    """Return which values are plain addresses of mail: words of letters and digits, one domain."""
    signs, starts, ends = block.signs, block.starts, block.ends
    where = np.flatnonzero(signs == _AT)
    if len(where) == len(ends) and (where >= starts).all() and (where < ends).all():
        at, found = where, np.ones(len(ends), np.bool_)
    else:
        value = np.searchsorted(ends, where)
        at = np.zeros(len(ends), np.int64)
        at[value] = where
        found = np.bincount(value, minlength=len(ends)) == 1
    if not found.any():
        return found
    classes = _classes()[signs]
    strange = (classes == _OTHER) & (signs != _AT) & (signs != _LF)
    # Signs between words that touch one another, an end or the `@`.
    strange[1:] |= (classes[1:] != 0) & (classes[:-1] != 0) & (signs[1:] != _LF)
    found[np.searchsorted(ends, np.flatnonzero(strange))] = False
    dot = ends - _endings(signs, ends)
    between = np.concatenate((np.full(1, -1), np.flatnonzero(classes == _BETWEEN)))
    found &= (at > starts) & (signs[starts] != _DOT) & (dot > at + 1) & (dot < ends)
    # Nothing but one word from the `@` to the last full stop.
    found &= between[np.searchsorted(between, dot) - 1] < at
    found &= ends - starts <= _MOST_MAIL
    return found


def _endings(signs: Signs, ends: Places) -> Places:
    """Return how long the ending of each value is, `.com` and the like; 0 if it has none."""
    last = np.zeros(len(ends), np.uint32)
    for back in (4, 3, 2, 1):
        last = last << np.uint32(8) | signs[np.maximum(ends - back, 0)]
    found = np.zeros(len(ends), np.int64)
    for ending in _ENDINGS:
        mask = np.uint32((1 << 8 * len(ending)) - 1)
        found[(last & mask) == np.uint32(int.from_bytes(ending))] = len(ending)
    return found


def _ipv4(block: Block) -> Flags:
    """Return which values are four numbers of an address that anybody may have (RFC 6890)."""
    signs, starts, ends = block.signs, block.starts, block.ends
    digits_of = signs - np.uint8(48)
    where = np.flatnonzero(digits_of >= 10)  # noqa: PLR2004  ten digits
    if len(where) == 4 * len(ends) and (where[3::4] == ends).all():
        rows = np.arange(len(ends))
    else:
        value = np.searchsorted(ends, where)
        rows = np.flatnonzero(np.bincount(value, minlength=len(ends)) == 4)  # noqa: PLR2004  three dots and the end
        where = where[np.isin(value, rows)]
    begins = starts[rows]
    ok = np.ones(len(rows), np.bool_)
    readable = np.ones(len(rows), np.bool_)
    for place in range(4):
        stops = where[place::4]
        sizes = stops - begins
        number = digits_of[np.maximum(stops - 1, 0)].astype(np.int16)
        number += np.where(sizes > 1, digits_of[np.maximum(stops - 2, 0)], 0) * np.int16(10)
        number += np.where(sizes > 2, digits_of[np.maximum(stops - 3, 0)], 0) * np.int16(100)  # noqa: PLR2004  three digits
        ok &= (sizes > 0) & (sizes < 4) & (number < 256)  # noqa: PLR2004  a byte
        ok &= (sizes == 1) | (signs[begins] != _ZERO)
        if place == 0:
            ok &= (number != 0) & (number != 127) & (number < 224)  # noqa: PLR2004  RFC 6890
        if place < 3:  # noqa: PLR2004  the end of the value is no full stop
            ok &= signs[stops] == _DOT
        readable &= number <= READABLE
        begins = stops + 1
    found = np.zeros(len(ends), np.bool_)
    found[rows] = ok & ~readable
    return found
