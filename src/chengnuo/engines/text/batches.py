"""The search by tables for all candidates of a text at once, by whole arrays of numpy.

The same as `loops.py`, which says what each step means; a generated test holds them equal.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from chengnuo.engines.text.codes import PAD, Signs
from chengnuo.engines.text.cue_tables import NOT_PERSONAL, CueTables
from chengnuo.engines.text.cues_in_batches import cues_before
from chengnuo.engines.text.tables import (
    AFTER,
    BEFORE,
    FIRST_BEFORE,
    FIRST_BEFORE_TOO,
    LAST_AFTER,
    THEN_AFTER,
    THEN_BEFORE,
    THEN_BEFORE_TOO,
    Numbers,
    Tables,
)
from chengnuo.engines.text.tokens import CLASSES, Bytes, Flags, Places, tokens_of

Beside = Callable[[int, int, int], int]
"""From start, end and shape of a value to what speaks for it but for the words right before."""

UNNAMED: Final = 8
_CLASSES: Final = CLASSES.tobytes()


def candidates(
    signs: Signs, t: Tables, q: CueTables, beside: Beside
) -> tuple[Places, Places, Numbers, Numbers]:
    """Return start, end, shape and evidence of all candidates, in the order of their starts."""
    codes = np.take(t.codes, signs, mode="clip")
    token, starts = begun(codes, t)
    said = cues_before(signs, codes, token, q)
    place, shape, said = _apart(token, starts & t.by_cue[said], said, t)
    begin, end = _spans(codes, place, shape, t)
    found = np.flatnonzero(end)
    begin, end, shape, said = begin[found], end[found], shape[found], said[found]
    unheard = np.flatnonzero(begin != place[found])
    said[unheard] = cues_before(signs, codes, begin[unheard], q)
    is_named = said.astype(bool) & (t.cues[shape] >> said & 1).astype(bool)
    is_refused = t.unless[shape] & (said == NOT_PERSONAL)
    evidence = np.where(is_named, t.named[shape], np.where(is_refused, 0, t.alone[shape]))
    for at in np.flatnonzero(t.beside[shape] & ~is_named & ~is_refused & (evidence == 0)).tolist():
        evidence[at] = beside(int(begin[at]), int(end[at]), int(shape[at]))
    kept = np.flatnonzero(evidence)
    kept = kept[np.argsort(begin[kept], kind="stable")]
    evidence = np.where(is_named, evidence, evidence | UNNAMED)
    return begin[kept], end[kept], shape[kept], evidence[kept].astype(np.int32)


def begun(codes: Bytes, t: Tables) -> tuple[Places, Places]:
    """Return the tokens that may begin a value: where each begins, and the starts as bits."""
    tokens = tokens_of(np.frombuffer(codes.tobytes().translate(_CLASSES), np.uint8))
    start, end, code = tokens.start, tokens.end, tokens.code
    starts = t.by_token[code] & t.by_then[codes[end]]
    token = np.flatnonzero(starts)
    place, starts = start[token], starts[token]
    nearer = codes[place - 1]
    starts &= t.by_before[nearer] & t.by_pair[t.first[codes[place]], t.second[codes[place + 1]]]
    further = codes[place - 2]
    starts &= ~(t.banned[0][further] & t.banned[1][nearer])
    starts &= ~(t.banned[2][further] & t.banned[3][nearer])
    token, starts = _left(token, starts)
    # What follows; the last token is next to none.
    is_next = np.append(start[1:] == end[:-1] + 1, np.zeros(min(len(start), 1), np.bool_))
    second = np.where(is_next[token], token + 1, 0)
    of_second = t.by_next[code[second]] & t.by_end[codes[end[second]]]
    starts &= np.where(is_next[token], of_second, t.by_next[-1])
    token, starts = _left(token, starts)
    second = np.where(is_next[token], token + 1, 0)
    third = np.where(is_next[second], second + 1, 0)
    of_third = t.by_third[code[third]] & t.by_third_end[codes[end[third]]]
    of_third = np.where(is_next[second], of_third, t.by_third[-1])
    starts &= np.where(is_next[token], of_third, -1)
    for sought, seekers, reach in zip(t.sought, t.seekers, t.reach, strict=True):
        seeking = np.flatnonzero(starts & seekers)
        stands = np.append(np.flatnonzero(codes == sought), len(codes) + reach)
        place = start[token[seeking]]
        is_far = stands[np.searchsorted(stands, place)] - place >= reach
        starts[seeking[is_far]] &= ~seekers
    token, starts = _left(token, starts)
    return start[token], starts


def _left(token: Places, starts: Places) -> tuple[Places, Places]:
    left = np.flatnonzero(starts)
    return token[left], starts[left]


def _apart(token: Places, starts: Places, said: Bytes, t: Tables) -> tuple[Places, Numbers, Bytes]:
    """Return the same one by one: token, shape, and what is said before."""
    left = np.flatnonzero(starts)
    bits = np.unpackbits(starts[left].astype("<i8").view(np.uint8), bitorder="little")
    which, start = np.divmod(np.flatnonzero(bits), 64)
    which = left[which]
    return token[which], t.shape[start], said[which]


def _spans(codes: Bytes, place: Places, shape: Numbers, t: Tables) -> tuple[Places, Places]:
    """Return where values begin and end; an end of 0: there is none. The most lead counts."""
    begin, end = place.copy(), np.zeros(len(place), np.int64)
    for lead in range(int(t.lead.max()) + 1):
        chosen = np.flatnonzero((t.lead[shape] >= lead) & (place >= PAD + lead))
        at = place[chosen] - lead
        can = _can_begin(codes, at, shape[chosen], t)
        chosen, at = chosen[can], at[can]
        ended = _ends(codes, at, shape[chosen], t)
        reached = np.flatnonzero(ended)
        begin[chosen[reached]] = at[reached]
        end[chosen[reached]] = ended[reached]
    return begin, end


def _can_begin(codes: Bytes, at: Places, shape: Numbers, t: Tables) -> Flags:
    before, first = t.side[shape, codes[at - 1]], t.side[shape, codes[at - 2]]
    pair = (before & THEN_BEFORE != 0) & (first & FIRST_BEFORE != 0)
    pair |= (before & THEN_BEFORE_TOO != 0) & (first & FIRST_BEFORE_TOO != 0)
    can: Flags = (before & BEFORE == 0) & ~pair
    return can


def _ends(codes: Bytes, at: Places, shape: Numbers, t: Tables) -> Places:
    """Return the ends of values, following all automata in step; 0 for none."""
    ends = np.zeros(len(at), np.int64)
    of_form, of_check, side = t.form_sorts.ravel(), t.check_sorts.ravel(), t.side.ravel()
    row = shape.astype(np.int64) << 8
    form, check = t.form[shape], t.check[shape]
    live = np.arange(len(at))
    while len(live):
        sort = row + codes[at]
        form = t.then[form + of_form[sort]]
        alive = np.flatnonzero(form >= 0)
        if len(alive) < len(live):
            live, at, row, sort = live[alive], at[alive], row[alive], sort[alive]
            form, check = form[alive], check[alive]
        check = t.then[check + of_check[sort]]
        at = at + 1
        done = np.flatnonzero(t.accepts[form])
        if len(done):
            here, rows = at[done], row[done]
            after = side[rows + codes[here]]
            pair = (after & THEN_AFTER != 0) & (side[rows + codes[here + 1]] & LAST_AFTER != 0)
            fits = np.flatnonzero((after & AFTER == 0) & ~pair)
            right = t.accepts[check[done[fits]]]
            ends[live[done[fits]]] = np.where(right, here[fits], 0)
    return ends
