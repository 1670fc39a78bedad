"""Automata made of the forms and checks of shapes, so that values are found by tables alone.

A form is a pattern of signs, sets, groups and counts; it becomes a deterministic automaton by the
construction of subsets. A check is followed from state to state. Both are tables over codes.
"""

import re
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.codes import sign_of_code
from chengnuo.engines.text.shape import Check
from chengnuo.engines.text.tokens import Bytes, Flags

DEAD: Final = -1

_COUNT: Final = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_PLAIN_COUNTS: Final[dict[str, tuple[int, int | None]]] = {
    "?": (0, 1),
    "*": (0, None),
    "+": (1, None),
}


@dataclass(frozen=True, slots=True)
class Automaton:
    """A deterministic automaton over codes; its first state is 0.

    Attributes:
        sorts: `(256,)` uint8, the column of each code; the last column is of codes that end all.
        then: `(states, columns)` int32, the state after a code of a column, or `DEAD`.
        accepts: `(states,)` bool, whether a value may end in a state.

    """

    sorts: Bytes
    then: NDArray[np.int32]
    accepts: Flags


def codes_in(body: str) -> int:
    """Return the codes that a set of signs has, written as inside brackets, as bits."""
    found = 0
    signs = re.findall(r"\\?(.)(?:-\\?(.))?", body, re.DOTALL) if body else []
    for first, last in signs:
        for code, sign in sign_of_code().items():
            if first <= sign <= (last or first):
                found |= 1 << code
    return found


class _Net:
    """A nondeterministic automaton in the making: steps on codes, and steps on nothing."""

    def __init__(self) -> None:
        self.on: list[list[tuple[int, int]]] = []
        self.free: list[list[int]] = []
        self._sets: dict[str, int] = {}

    def state(self) -> int:
        """Return a new state."""
        self.on.append([])
        self.free.append([])
        return len(self.on) - 1

    def reading(self, form: str, start: int) -> int:
        """Add a form from a state on; return the state after it."""
        end = self.state()
        for choice in _choices(form):
            at = start
            for piece, least, most in _pieces(choice):
                at = self._repeated(piece, least, most, at)
            self.free[at].append(end)
        return end

    def _repeated(self, piece: str, least: int, most: int | None, at: int) -> int:
        for _ in range(least):
            at = self._once(piece, at)
        if most is None:
            loop = self.state()
            self.free[at].append(loop)
            self.free[self._once(piece, loop)].append(loop)
            return loop
        end = self.state()
        for _ in range(most - least):
            self.free[at].append(end)
            at = self._once(piece, at)
        self.free[at].append(end)
        return end

    def _once(self, piece: str, at: int) -> int:
        if piece.startswith("(?:"):
            return self.reading(piece[3:-1], at)
        after = self.state()
        body = piece[1:-1] if piece.startswith("[") else piece
        if body not in self._sets:
            self._sets[body] = codes_in(body)
        self.on[at].append((self._sets[body], after))
        return after

    def around(self, states: Iterable[int]) -> frozenset[int]:
        """Return all states that are reached on nothing."""
        found = set(states)
        left = list(found)
        while left:
            for state in self.free[left.pop()]:
                if state not in found:
                    found.add(state)
                    left.append(state)
        return frozenset(found)

    def sets(self) -> list[int]:
        """Return the sets of codes that are told apart, once each."""
        return list(self._sets.values())


def _pieces(form: str) -> Iterable[tuple[str, int, int | None]]:
    """Yield the pieces of a form and how often each stands there."""
    at = 0
    while at < len(form):
        end = _end_of_piece(form, at)
        piece, at = form[at:end], end
        least: int = 1
        most: int | None = 1
        if at < len(form) and form[at] in _PLAIN_COUNTS:
            least, most = _PLAIN_COUNTS[form[at]]
            at += 1
        elif count := _COUNT.match(form, at):
            least = int(count[1])
            most = least if count[2] is None else int(count[3]) if count[3] else None
            at = count.end()
        yield piece, least, most


def _end_of_piece(form: str, at: int) -> int:
    if form[at] == "\\":
        return at + 2
    if form[at] == "[":
        end = at + 1
        while form[end] != "]":
            end += 2 if form[end] == "\\" else 1
        return end + 1
    if form[at] != "(":
        return at + 1
    depth = 0
    while True:
        depth += {"(": 1, ")": -1}.get(form[at], 0)
        if not depth:
            return at + 1
        at = at + 1 if form[at] == ")" else _next(form, at)


def _next(form: str, at: int) -> int:
    """Return the place after a sign, passing over sets whole."""
    return _end_of_piece(form, at) if form[at] in "\\[" else at + 1


def _choices(form: str) -> Iterable[str]:
    """Yield the alternatives of a form."""
    begin, at = 0, 0
    while at < len(form):
        if form[at] == "|":
            yield form[begin:at]
            begin = at = at + 1
        else:
            at = _end_of_piece(form, at)
    yield form[begin:]


def of_forms(forms: Sequence[str]) -> Automaton:
    """Return the automaton that accepts what one of some forms matches whole."""
    net = _Net()
    start = net.state()
    ends = {net.reading(form, start) for form in forms}
    sorts, kinds = _sorted(net.sets())
    first = net.around([start])
    number, left, then = {first: 0}, deque([first]), []
    while left:
        states = left.popleft()
        row = [DEAD] * (len(kinds) + 1)
        steps = [step for state in states for step in net.on[state]]
        for column, code in enumerate(kinds):
            if reached := {state for codes, state in steps if codes >> code & 1}:
                after = net.around(reached)
                if after not in number:
                    number[after] = len(number)
                    left.append(after)
                row[column] = number[after]
        then.append(row)
    accepts = [not ends.isdisjoint(states) for states in number]
    return Automaton(sorts, np.array(then, np.int32), np.array(accepts))


def of_check(check: Check, codes: int) -> Automaton:
    """Return the automaton of a check, over the codes that the forms of its shape have."""
    sorts, then, states = _followed(check.first, check.step, codes)
    return Automaton(sorts, then, np.array([bool(check.accepts(state)) for state in states]))


@lru_cache(maxsize=64)
def _followed(
    first: Hashable, step: Callable[[Hashable, str], Hashable | None], codes: int
) -> tuple[Bytes, NDArray[np.int32], list[Hashable]]:
    """Return columns and rows of an automaton that follows steps, and its states in order."""
    signs = {code: sign for code, sign in sign_of_code().items() if codes >> code & 1}
    number: dict[Hashable, int] = {first: 0}
    left, then = deque([first]), []
    while left:
        state = left.popleft()
        row = []
        for sign in signs.values():
            try:
                after = step(state, sign)
            except (KeyError, ValueError):  # a rule has no number for what no form has there
                after = None
            if after is None:
                row.append(DEAD)
                continue
            if after not in number:
                number[after] = len(number)
                left.append(after)
            row.append(number[after])
        then.append([*row, DEAD])
    sorts = np.full(256, len(signs), np.uint8)
    sorts[list(signs)] = np.arange(len(signs))
    return sorts, np.array(then, np.int32), list(number)


def _sorted(sets: list[int]) -> tuple[Bytes, list[int]]:
    """Return the column of each code, and one code of every column that a set has."""
    columns: dict[tuple[bool, ...], int] = {}
    kinds: list[int] = []
    sorts = np.zeros(256, np.uint8)
    nowhere = []
    for code in range(256):
        told = tuple(bool(codes >> code & 1) for codes in sets)
        if not any(told):
            nowhere.append(code)
            continue
        if told not in columns:
            columns[told] = len(columns)
            kinds.append(code)
        sorts[code] = columns[told]
    sorts[nowhere] = len(kinds)
    return sorts, kinds
