"""What may follow the first token of a value, told by the automaton of its form.

Most tokens that could begin a value are ruled out by the sign and the token after them, before any
automaton is run.
"""

from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.automata import Automaton, codes_in
from chengnuo.engines.text.tokens import (
    CLASSES,
    DIGITS,
    HEXES,
    LETTERS,
    LONG,
    MIXED,
    Flags,
)

_IN_TOKENS: Final = CLASSES.astype(np.bool_)
_States = NDArray[np.int64]


def flags_of(codes: int) -> Flags:
    """Return codes given as bits as `(256,)` bool."""
    return np.array([bool(codes >> code & 1) for code in range(256)])


_SIGNS: Final = {
    DIGITS: flags_of(codes_in("0-9")),
    HEXES: flags_of(codes_in("0-9A-Fa-f")),
    LETTERS: flags_of(codes_in("A-Za-z")),
    MIXED: _IN_TOKENS,
}


def _after(form: Automaton, states: _States, codes: Flags) -> _States:
    """Return the states after one more sign, of some codes."""
    columns = np.unique(form.sorts[codes])
    reached = np.unique(form.then[states][:, columns])
    return reached[reached >= 0].astype(np.int64)


def _before_tokens(form: Automaton, lead: int) -> _States:
    """Return the states in which a first token may begin, after so many signs at most."""
    states = found = np.zeros(1, np.int64)
    for _ in range(lead):
        states = _after(form, states, ~_IN_TOKENS)
        found = np.union1d(found, states)
    return found


def _by_code(form: Automaton, states: _States) -> Flags:
    """Return after which codes a value goes on."""
    return cast("Flags", (form.then[states][:, form.sorts] >= 0).any(axis=0))


def pairs_of(form: Automaton, lead: int) -> Flags:
    """Return which two signs the first token may begin with, after so many signs at most.

    `(256, 256)` bool, by their codes; the second sign may be one behind the token, and behind the
    value, of which nothing is asked.
    """
    before = _before_tokens(form, lead)
    found = np.zeros((256, 256), np.bool_)
    for code in np.flatnonzero(_by_code(form, before) & _IN_TOKENS).tolist():
        states = _after(form, before, np.arange(256) == code)
        found[code] = _by_code(form, states) | form.accepts[states].any()
    return found


def leads_of(form: Automaton, lead: int) -> Flags:
    """Return which codes a sign of a value may have that stands right before its first token."""
    found, states = np.zeros(256, np.bool_), np.zeros(1, np.int64)
    for _ in range(lead):
        found |= _by_code(form, states) & ~_IN_TOKENS
        states = _after(form, states, ~_IN_TOKENS)
    return found


def reach_of(form: Automaton, code: int) -> int | None:
    """Return within how many signs a value has one of a code; `None`: it may have none."""
    states, others = np.zeros(1, np.int64), np.arange(256) != code
    for size in range(len(form.then)):
        if not len(states):
            return size
        if form.accepts[states].any():
            return None
        states = _after(form, states, others)
    return None


@dataclass(frozen=True, slots=True)
class Next:
    """What a token may be that one sign parts from the one before it.

    Attributes:
        tokens: `(257,)` bool, of which code it may be; the last: whether there may be none.
        ends: `(256,)` bool, of which code the sign after it may be.

    """

    tokens: Flags
    ends: Flags


@dataclass(frozen=True, slots=True)
class Follow:
    """What may follow the first token of a value: the next, and the one after that."""

    second: Next
    third: Next

    @staticmethod
    def of(form: Automaton, lead: int, then: str, *, ends_in_tokens: bool) -> "Follow":
        """Return what follows where one of some signs follows the first token.

        That is anything if no sign is told, or if values may end in the middle of a token.
        """
        if not then or ends_in_tokens:
            return Follow(_ANY, _ANY)
        states = _through(form, _before_tokens(form, lead))
        signs = flags_of(codes_in("".join(f"\\{sign}" for sign in then)))
        second, states = _next(form, _after(form, states, signs))
        if form.accepts[states].any():
            return Follow(second, _ANY)
        third, _ = _next(form, _after(form, states, ~_IN_TOKENS))
        return Follow(second, third)


_ANY: Final = Next(np.ones(257, np.bool_), np.ones(256, np.bool_))


def _through(form: Automaton, states: _States) -> _States:
    """Return the states before and after a token of any length, and in it."""
    found = states
    for _ in range(len(form.then)):
        states = np.setdiff1d(_after(form, states, _IN_TOKENS), found)
        if not len(states):
            break
        found = np.union1d(found, states)
    return found


def _next(form: Automaton, parted: _States) -> tuple[Next, _States]:
    """Return what a token may be that begins in some states, and the states it may end in."""
    over = form.accepts[parted].any()
    tokens, ends = np.zeros(257, np.bool_), np.zeros(256, np.bool_)
    tokens[256] = over or len(_after(form, parted, ~_IN_TOKENS)) > 0
    for made, codes in _SIGNS.items():
        states = parted
        for size in range(1, LONG):
            states = _after(form, states, codes)
            if not len(states):
                break
            goes_on = _by_code(form, states) & ~_IN_TOKENS
            goes_on |= form.accepts[states].any()
            tokens[made | size] = goes_on.any()
            ends |= goes_on
    long = np.append(np.arange(256) & LONG == LONG, np.zeros(1, np.bool_))
    told = Next(tokens | long | over, ends | over)
    return told, _through(form, parted)
