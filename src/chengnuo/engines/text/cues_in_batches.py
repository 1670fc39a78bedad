"""The words before many places at once, by whole arrays: the same as `loops.cue_before`."""

import numpy as np

from chengnuo.engines.text.codes import PAD, Signs
from chengnuo.engines.text.cue_tables import BETWEEN, DIGIT, JOINT, OF_HAN, OF_NAME, CueTables
from chengnuo.engines.text.cues import MOST_PARTS, REACH
from chengnuo.engines.text.tokens import Bytes, Places


def cues_before(signs: Signs, codes: Bytes, at: Places, q: CueTables) -> Bytes:
    """Return what the words right before each place say, 0 where nothing known."""
    first = np.maximum(PAD, at - REACH)
    at = _without_joints(codes, at, first, q)
    said = np.zeros(len(at), np.uint8)
    named = np.flatnonzero((at > first) & (q.marks[codes[at - 1]] & OF_NAME != 0))
    of_name, begins = _of_names(signs, codes, at[named], first[named], q)
    said[named], at[named] = of_name, begins
    left = np.flatnonzero(at)
    at[left] = _without_joints(codes, at[left], first[left], q)
    left = left[(at[left] > first[left]) & (q.marks[codes[at[left] - 1]] & OF_HAN != 0)]
    said[left] = _of_words(signs, codes, at[left], first[left], q)
    return said


def _without_joints(codes: Bytes, at: Places, first: Places, q: CueTables) -> Places:
    at = at.copy()
    live = np.arange(len(at))
    while len(live):
        here = at[live]
        live = live[(here > first[live]) & (q.marks[codes[here - 1]] & JOINT != 0)]
        at[live] -= 1
    return at


def _of_words(signs: Signs, codes: Bytes, at: Places, first: Places, q: CueTables) -> Bytes:
    """Return what Chinese words say that end at places, with letters before them if they have."""
    said = np.zeros(len(at), np.uint8)
    state = np.zeros(len(at), np.int64)
    wanted = np.full(len(at), OF_HAN, np.uint8)
    live = np.arange(len(at))
    while len(live):
        here = at[live]
        mark = q.marks[codes[here - 1]]
        wanted[live[mark & OF_NAME != 0]] = OF_NAME
        live = live[(here > first[live]) & (mark & wanted[live] != 0)]
        here = at[live] - 1
        at[live] = here
        state[live] = q.words[state[live], q.letter[signs[here]]]
        live = live[state[live] != 0]
        kind = q.word_kind[state[live]]
        said[live] = np.where(kind, kind, said[live])
    return said


class _Names:
    """Names read backwards in step, from where each ends.

    Attributes:
        said: What the longest ending says; 0: nothing known.
        past: Where the last part begins.
        further: Where the part before it ends, 0 if there is none.
        numbering: Whether the last part only says that a number follows.
        digits: Whether the last part is of digits.

    """

    def __init__(self, signs: Signs, codes: Bytes, at: Places, first: Places, q: CueTables) -> None:
        self._signs, self._codes, self._first, self._q = signs, codes, first, q
        size = len(at)
        self._here = at.copy()
        self._state = np.zeros(size, np.int64)
        self._part = q.marks[codes[at - 1]] & OF_NAME
        self._parts = np.zeros(size, np.uint8)
        self._lives = np.ones(size, np.bool_)
        self.said = np.zeros(size, np.uint8)
        self.past = np.zeros(size, np.int64)
        self.further = np.zeros(size, np.int64)
        self.numbering = np.zeros(size, np.bool_)
        self.digits = np.zeros(size, np.bool_)
        live = np.arange(size)
        while len(live):
            live = self._step(live)

    def _step(self, live: Places) -> Places:
        q, codes = self._q, self._codes
        here = self._here[live] - 1
        self._here[live] = here
        # Flat places, because two indices at once take thrice the time.
        row = self._state[live] * q.names.shape[1]
        state = np.take(q.names, row + np.take(q.letter, self._signs[here]))
        self._state[live] = state
        lives = self._lives[live] & (state != 0)
        self._lives[live] = lives
        mark = np.take(q.marks, codes[here - 1])
        mark[here <= self._first[live]] = 0
        part = self._part[live]
        goes_on = np.take(q.goes_on, part * np.uint8(q.goes_on.shape[1]) + (mark & OF_NAME))
        self._part[live] = np.where(goes_on, goes_on, part)
        may = lives | ((goes_on == DIGIT) & (self._parts[live] == 0))
        over = np.flatnonzero(goes_on == 0)
        begun = self._begun(live[over], here[over], mark[over])
        return np.concatenate([live[np.flatnonzero(may & (goes_on != 0))], begun])

    def _begun(self, live: Places, here: Places, mark: Bytes) -> Places:
        """Take note of the parts that begin here; return the names that go on before them."""
        q, codes = self._q, self._codes
        self._parts[live] += 1
        lives, state = self._lives[live], self._state[live]
        kind = np.where(lives, q.name_kind[state], 0)
        self.said[live] = np.where(kind, kind, self.said[live])
        parted = (here - 1 > self._first[live]) & (mark & BETWEEN != 0)
        parted &= q.marks[codes[here - 2]] & OF_NAME != 0
        ahead = np.where(mark & OF_NAME, here, np.where(parted, here - 1, 0))
        is_first = self._parts[live] == 1
        chosen = live[is_first]
        self.past[chosen], self.further[chosen] = here[is_first], ahead[is_first]
        self.digits[chosen] = self._part[chosen] == DIGIT
        known = lives[is_first] & q.numbering[state[is_first]]
        self.numbering[chosen] = self.digits[chosen] | known
        on = lives & (ahead != 0) & (self._parts[live] < MOST_PARTS)
        self._here[live[on]] = ahead[on]
        self._part[live[on]] = q.marks[codes[ahead[on] - 1]] & OF_NAME
        going: Places = live[on]
        return going


def _of_names(
    signs: Signs, codes: Bytes, at: Places, first: Places, q: CueTables
) -> tuple[Bytes, Places]:
    """Return what names say that end at places, and 0, or where those begin that only number."""
    said, begins = np.zeros(len(at), np.uint8), np.zeros(len(at), np.int64)
    left = np.arange(len(at))
    while len(left):
        names = _Names(signs, codes, at, first[left], q)
        said[left] = names.said
        ends = (names.said == 0) & names.numbering
        over = ends & (names.further == 0) & ~names.digits
        begins[left[over]] = names.past[over]
        on = ends & (names.further != 0)
        left, at = left[on], names.further[on]
    return said, begins
