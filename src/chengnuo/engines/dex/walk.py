"""Where the instructions of many methods begin.

Instructions are found one after the other from the first code unit on, as the runtime's verifier
does. Payloads ("packed-switch-payload" and its kin) count as one instruction. A method whose code
has a unit that is no opcode, or an instruction that does not fit, has no instructions at all.

Two ways give the same marks: a loop, compiled where it can be, and numpy, which walks all methods
in lock-step and leaves what is odd or long to the loop.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.opcodes import UNIT_WIDTHS, WIDTHS
from chengnuo.engines.jit import Kernel

FEW: Final = 96
"""So few methods are walked faster one by one: most methods are short, a few are very long."""

KINDS: Final = 5

_WIDTHS: Final[list[int]] = WIDTHS.tolist()
_ANY: Final = [1] * 256


@dataclass(frozen=True, slots=True)
class Walked:
    """Instructions of methods that are of a kind asked for, sorted by kind.

    Attributes:
        bounds: Kind `k` has the entries from `bounds[k]` up to `bounds[k + 1]`.
        method: Which of the methods each belongs to, `(n,)`, ascending in a kind.
        place: Where each is among the code units of the file, `(n,)`, ascending in a method.
        faults: `(methods,)`: `pc` where a method cannot be decoded, or -1.

    """

    bounds: NDArray[np.int64]
    method: NDArray[np.int64]
    place: NDArray[np.int64]
    faults: NDArray[np.int64]


def mark_one_by_one(  # noqa: PLR0913, PLR0917 - numba compiles no objects
    units: NDArray[np.uint16] | Sequence[int],
    widths: NDArray[np.int64] | Sequence[int],
    values: NDArray[np.uint8] | Sequence[int],
    first: NDArray[np.int64] | Sequence[int],
    size: NDArray[np.int64] | Sequence[int],
    own: NDArray[np.int64] | Sequence[int],
    marks: NDArray[np.uint8] | bytearray,
    faults: NDArray[np.int64] | list[int],
) -> None:
    """Mark where the instructions of methods begin; numba compiles this.

    Called as plain Python it takes lists: numpy's numbers of 16 bits would overflow.

    Args:
        units: Code units of the file.
        widths: Width of each opcode, `(256,)`; 0 for none.
        values: What to mark an instruction with, by its opcode, `(256,)`; not 0.
        first: Where the code of each method begins, `(methods,)`.
        size: Its code units, all of them inside `units`.
        own: Where its stretch of the marks begins.
        marks: Set at the place of each instruction up to a fault.
        faults: Set to the `pc` of the first fault of a method that has one.

    """
    for method in range(len(first)):
        begin = first[method]
        place = begin
        end = begin + size[method]
        while place < end:
            unit = units[place]
            width = widths[unit & 0xFF]
            if unit & 0xFF == 0 and 0 < unit <= 0x0300:  # noqa: PLR2004 - a payload, not a nop
                left = end - place
                width = 0
                if unit == 0x0100 and left > 1:  # noqa: PLR2004 - packed-switch-payload
                    width = 4 + units[place + 1] * 2
                elif unit == 0x0200 and left > 1:  # noqa: PLR2004 - sparse-switch-payload
                    width = 2 + units[place + 1] * 4
                elif unit == 0x0300 and left > 3:  # noqa: PLR2004 - fill-array-data-payload
                    count = units[place + 2] | units[place + 3] << 16
                    width = 4 + (count * units[place + 1] + 1) // 2
            if width == 0 or place + width > end:
                faults[method] = place - begin
                break
            marks[own[method] + place - begin] = values[unit & 0xFF]
            place += width


def mark_in_lock_step(  # noqa: PLR0913, PLR0917 - as above
    units: NDArray[np.uint16],
    widths: NDArray[np.int64],  # noqa: ARG001 - as above
    values: NDArray[np.uint8],
    first: NDArray[np.int64],
    size: NDArray[np.int64],
    own: NDArray[np.int64],
    marks: NDArray[np.uint8],
    faults: NDArray[np.int64],
) -> None:
    """Mark where the instructions of methods begin, as `mark_one_by_one` does."""
    going = np.flatnonzero(size)
    place, end, shift = first[going], (first + size)[going], (own - first)[going]
    unit_values, listed = np.tile(values, 256), values.tolist()
    odd: list[tuple[int, int]] = []
    while len(going) > FEW:
        unit = units[place]
        after = place + UNIT_WIDTHS[unit]
        goes_on = after < end
        marks[place + shift] = unit_values[unit]
        if not goes_on.all():
            # A payload, no opcode, or an instruction that does not fit: the loop looks again.
            again = after > end
            marks[place[again] + shift[again]] = 0
            odd += zip(going[again].tolist(), place[again].tolist(), strict=True)
            going, after, end, shift = going[goes_on], after[goes_on], end[goes_on], shift[goes_on]
        place = after
    odd += zip(going.tolist(), place.tolist(), strict=True)
    for method, begin in odd:
        before = begin - int(first[method])
        rest = int(size[method]) - before
        codes = units[begin : begin + rest].tolist()
        found, fault = bytearray(rest), [-1]
        mark_one_by_one(codes, _WIDTHS, listed, [0], [rest], [0], found, fault)
        at = int(own[method]) + before
        marks[at : at + rest] = np.frombuffer(found, np.uint8)
        faults[method] = fault[0] + before if fault[0] >= 0 else -1


# A child that inspects keeps nothing compiled for the next: 2 s to load and compile, for a quarter
# of a second saved in each 16 million units.
_mark = Kernel(loop=mark_one_by_one, plain=mark_in_lock_step, worth=1 << 27)


def instruction_places(codes: Sequence[int]) -> list[int]:
    """Return where the instructions of one method begin, up to a fault."""
    found = bytearray(len(codes))
    mark_one_by_one(codes, _WIDTHS, _ANY, [0], [len(codes)], [0], found, [-1])
    return [place for place, mark in enumerate(found) if mark]


def walk(
    units: NDArray[np.uint16],
    kinds: NDArray[np.uint8],
    first: NDArray[np.int64],
    size: NDArray[np.int64],
) -> Walked:
    """Find the instructions of methods.

    Args:
        units: Code units of the file.
        kinds: Kind of each opcode, `(256,)`, from 0 up to `KINDS`; kind 0 is left out.
        first: Where the code of each method begins, `(methods,)`.
        size: Its code units; the caller has checked that they are in the file.

    """
    # Methods may share code: marks are kept per method, each in a stretch of its own.
    own = np.cumsum(size) - size
    marks = np.zeros(int(size.sum()), np.uint8)
    faults = np.full(len(first), -1, np.int64)
    values = np.where(kinds == 0, KINDS + 1, kinds).astype(np.uint8)
    _mark.best(len(marks))(units, WIDTHS, values, first, size, own, marks, faults)
    for method in np.flatnonzero(faults >= 0).tolist():
        marks[own[method] : own[method] + size[method]] = 0
    found = [np.flatnonzero(marks == kind) for kind in range(1, KINDS + 1)]
    bounds = np.append(own, len(marks))
    counts = [np.diff(np.searchsorted(places, bounds)) for places in found]
    numbers = np.arange(len(first))
    methods = np.concatenate([np.repeat(numbers, each) for each in counts])
    return Walked(
        bounds=np.cumsum([0, *map(len, found)]),
        method=methods,
        place=np.concatenate(found) + (first - own)[methods],
        faults=faults,
    )
