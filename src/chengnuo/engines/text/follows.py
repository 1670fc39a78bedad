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


def firsts_of(form: Automaton, lead: int) -> Flags:
    """Return with which codes the first token may begin, after so many signs at most."""
    rows = form.then[_before_tokens(form, lead)][:, form.sorts]
    return cast("Flags", (rows >= 0).any(axis=0))


@dataclass(frozen=True, slots=True)
class Follow:
    """What may follow the first token of a value and the one sign behind it.

    Attributes:
        tokens: `(257,)` bool, of which code the next token may be; the last: whether there may be
            none.
        ends: `(256,)` bool, of which code the sign after that token may be.

    """

    tokens: Flags
    ends: Flags

    @staticmethod
    def of(form: Automaton, lead: int, then: str) -> "Follow":
        """Return what follows where one of some signs follows the token; all if none is told."""
        tokens, ends = np.ones(257, np.bool_), np.ones(256, np.bool_)
        if not then:
            return Follow(tokens, ends)
        states = found = _before_tokens(form, lead)
        for _ in range(len(form.then)):
            states = np.setdiff1d(_after(form, states, _IN_TOKENS), found)
            if not len(states):
                break
            found = np.union1d(found, states)
        signs = flags_of(codes_in("".join(f"\\{sign}" for sign in then)))
        parted = _after(form, found, signs)
        over = form.accepts[parted].any()
        tokens[256] = over or len(_after(form, parted, ~_IN_TOKENS)) > 0
        ends = np.zeros(256, np.bool_)
        for made, codes in _SIGNS.items():
            states = parted
            for size in range(1, LONG):
                states = _after(form, states, codes)
                if not len(states):
                    break
                goes_on = (form.then[states][:, form.sorts] >= 0).any(axis=0) & ~_IN_TOKENS
                goes_on |= form.accepts[states].any()
                tokens[made | size] = goes_on.any()
                ends |= goes_on
        long = np.append(np.arange(256) & LONG == LONG, np.zeros(1, np.bool_))
        return Follow(tokens | long | over, ends | over)
