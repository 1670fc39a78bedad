"""How many places of the stack are taken before each instruction (JVMS 4.10, 2.6.2).

Every instruction takes and gives a number of places that does not depend on the way to it. In a
stretch without an instruction that control leaves for good, the depth is thus a sum; where a
stretch begins it is that of a branch to it, or 1 where it catches. Ways that do not agree, too
little or too much on the stack, or a branch to what is no instruction damage the method, as the
verifier would refuse it. Code that no way leads to begins as deep as it has to.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.classfile.code import CodeArrays
from chengnuo.engines.classfile.instructions import Instructions
from chengnuo.engines.classfile.opcodes import BRANCHES, GOTO_W, JSR, JSR_W, LEAVING, SWITCHES
from chengnuo.engines.classfile.walk import switch_of
from chengnuo.engines.program.unit import Ids

_UNKNOWN: Final = -(1 << 30)


@dataclass(frozen=True, slots=True)
class Depths:
    """Depth before each instruction, `(n,)`, and `(m,)` which methods are damaged."""

    depth: Ids
    bad: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Ways:
    """Ways from one instruction to another; `given` is what they have more on the stack."""

    source: NDArray[np.intp]
    target: NDArray[np.intp]
    given: Ids


def depths_of(code: CodeArrays, found: Instructions) -> Depths:
    """Return the depths of all instructions of a group."""
    count = len(found.ops)
    bad = found.bad.copy()
    if not count:
        return Depths(np.zeros(0, np.int32), bad)
    delta = found.gives - found.takes
    begins = np.concatenate(([True], LEAVING[found.ops[:-1]]))
    begins[code.bounds[:-1]] = True
    first = np.flatnonzero(begins)
    stretch = np.cumsum(begins) - 1
    before = np.cumsum(delta, dtype=np.int64) - delta
    relative = (before - before[first][stretch]).astype(np.int32)
    ways = _ways(code, found, delta, bad)
    catching = _catching(code, bad)
    base = np.full(len(first), _UNKNOWN, np.int64)
    base[stretch[catching]] = 1 - relative[catching]
    base[stretch[code.bounds[:-1]]] = 0
    more = relative[ways.source] + ways.given - relative[ways.target]
    _spread(base, stretch[ways.source], stretch[ways.target], more)
    live = base != _UNKNOWN
    least = np.minimum.reduceat(relative - found.takes, first)
    base[~live] = np.maximum(0, -least[~live])
    depth = base[stretch] + relative
    lives = live[stretch]
    wrong = (depth < found.takes) | (depth + delta > code.stack[found.method])
    bad[found.method[wrong & lives]] = True
    unlike = depth[ways.source] + ways.given != depth[ways.target]
    bad[found.method[ways.source[unlike & lives[ways.source] & lives[ways.target]]]] = True
    bad[found.method[catching[depth[catching] != 1]]] = True
    room = code.stack[found.method]
    return Depths(np.clip(depth, 0, room).astype(np.int32), bad)


def _ways(code: CodeArrays, found: Instructions, delta: Ids, bad: NDArray[np.bool_]) -> _Ways:
    """Return the branches; one to what is no instruction of its method is left out."""
    octets, places = code.octets, code.places
    near = np.flatnonzero(BRANCHES[found.ops])
    far = np.flatnonzero((found.ops == GOTO_W) | (found.ops == JSR_W))
    at = places[near]
    short = (octets[at + 1].astype(np.int16) << 8 | octets[at + 2]).astype(np.int64)
    long_ = np.zeros(len(far), np.int64)
    for byte in range(1, 5):
        long_ = long_ << 8 | octets[places[far] + byte]
    long_ = np.where(long_ >> 31, long_ - (1 << 32), long_)
    switches = np.flatnonzero(np.isin(found.ops, SWITCHES))
    targets: list[int] = []
    counts = []
    firsts = code.first[found.method[switches]].tolist()
    for begin, place in zip(firsts, places[switches].tolist(), strict=True):
        leads = switch_of(code.data, begin, place)[1]
        targets += [begin + lead for lead in leads]
        counts.append(len(leads))
    source = np.concatenate((near, far, np.repeat(switches, np.array(counts, np.intp))))
    target = np.concatenate((at + short, places[far] + long_, np.array(targets, np.int64)))
    index, there = _instruction_at(code, found.method[source], target)
    bad[found.method[source[~there]]] = True
    source, index = source[there], index[there]
    calls = np.flatnonzero((found.ops == JSR) | (found.ops == JSR_W))
    calls = calls[calls + 1 < code.bounds[found.method[calls] + 1]]
    return _Ways(
        np.concatenate((source, calls)),
        np.concatenate((index, calls + 1)),
        np.concatenate((delta[source], np.zeros(len(calls), np.int32))),
    )


def _instruction_at(
    code: CodeArrays, method: Ids, target: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the instructions at places of the data, and whether they are ones of the method."""
    index = np.searchsorted(code.places, target)
    there = (index >= code.bounds[method]) & (index < code.bounds[method + 1])
    index[~there] = 0
    return index, there & (code.places[index] == target)


def _catching(code: CodeArrays, bad: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the instructions that catch, the same one as often as it does."""
    counts = code.handler_count
    method = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(method)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = code.handlers[method] + 8 * within

    def number(offset: int) -> NDArray[np.int64]:
        high = code.octets[at + offset].astype(np.int64)
        value: NDArray[np.int64] = high << 8 | code.octets[at + offset + 1]
        return value

    index, there = _instruction_at(code, method.astype(np.int32), code.first[method] + number(4))
    there &= number(2) <= code.size[method]
    bad[method[~there]] = True
    return index[there]


def _spread(
    base: NDArray[np.int64],
    source: NDArray[np.intp],
    target: NDArray[np.intp],
    more: NDArray[np.int64] | Ids,
) -> None:
    """Give each stretch that a known one leads to its depth; every way is looked at once."""
    rows = np.flatnonzero(base[target] == _UNKNOWN)
    rows = rows[np.argsort(source[rows], kind="stable")]
    bounds = np.searchsorted(source[rows], np.arange(len(base) + 1)).tolist()
    targets, mores, depths = target[rows].tolist(), more[rows].tolist(), base.tolist()
    left = np.unique(source[rows][base[source[rows]] != _UNKNOWN]).tolist()
    while left:
        at = left.pop()
        for row in range(bounds[at], bounds[at + 1]):
            if depths[targets[row]] == _UNKNOWN:
                depths[targets[row]] = depths[at] + mores[row]
                left.append(targets[row])
    base[:] = depths
