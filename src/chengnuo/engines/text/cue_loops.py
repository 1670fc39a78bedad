"""What speaks for candidates, by tables, as loops that numba compiles.

The same as `Cues` and `finding.settled` do for one value: no word is known here, they stand in
`cue_tables.py`. `cues_in_batches.py` does the most of it for all candidates at once by numpy.
"""

from typing import Final

import numpy as np

from chengnuo.engines.text.codes import PAD, Signs
from chengnuo.engines.text.cue_tables import CueTables
from chengnuo.engines.text.tables import Numbers, Tables
from chengnuo.engines.text.tokens import Bytes, Flags, Places

_REACH: Final = 48
_NEWLINE: Final = 10
_HAN: Final = 16
_KEY: Final = 2
_CONTEXT: Final = 4
_UNNAMED: Final = 8
LONGEST: Final = 4095
"""No value is longer, in signs."""
_PARTS: Final = 4
_ALNUM: Final = 36
_NOT_PERSONAL: Final = 63


def cues_before(  # noqa: C901, PLR0912, PLR0915  one loop, see above
    signs: Signs, places: Places, codes: Bytes, q: CueTables
) -> Bytes:
    """Return what the words right before each place say; 0 if nothing known."""
    letter, marks, goes_on = q.letter, q.marks, q.goes_on
    names, name_kind, numbering = q.names, q.name_kind, q.numbering
    words, word_kind = q.words, q.word_kind
    all_said = np.zeros(len(places), np.uint8)
    for number in range(len(places)):
        at = places[number]
        if number and places[number - 1] == at:
            all_said[number] = all_said[number - 1]
            continue
        first = max(PAD, at - _REACH)
        while at > first and marks[codes[signs[at - 1]]] & 4:
            at -= 1
        said = 0
        # The name that ends here, part by part: what its longest known ending says.
        reads = at > first and marks[codes[signs[at - 1]]] & 3 != 0
        while reads:
            state, parts, here, past, further = 0, 0, at, 0, 0
            is_live, is_numbering, is_digits = True, False, False
            part = marks[codes[signs[here - 1]]] & 3
            while True:
                if is_live:
                    state = names[state, letter[signs[here - 1]]]
                    is_live = state != 0
                here -= 1
                mark = marks[codes[signs[here - 1]]] if here > first else np.uint8(0)
                following = goes_on[part, mark & 3]
                if following:
                    part = following
                    if not is_live and (parts > 0 or part != 1):
                        break
                    continue
                parts += 1
                if is_live and name_kind[state]:
                    said = name_kind[state]
                ahead = 0
                if mark & 3:
                    ahead = here
                elif here - 1 > first and mark & 8 and marks[codes[signs[here - 2]]] & 3:
                    ahead = here - 1
                if parts == 1:
                    past, further, is_digits = here, ahead, part == 1
                    is_numbering = is_digits or (is_live and numbering[state])
                if not is_live or ahead == 0 or parts == _PARTS:
                    break
                here = ahead
                part = marks[codes[signs[here - 1]]] & 3
            # What only says that a number follows is passed over. A name begins with a letter:
            # digits before it are not its own, and end the search.
            if said or not is_numbering:
                at, reads = first, False
            elif further:
                at = further
            else:
                at, reads = first if is_digits else past, False
        while at > first and marks[codes[signs[at - 1]]] & 4:
            at -= 1
        if at > first and marks[codes[signs[at - 1]]] & 16:
            state, wanted = 0, _HAN
            while at > first:
                mark = marks[codes[signs[at - 1]]]
                if wanted == _HAN and mark & 3:
                    wanted = 3
                if not mark & wanted:
                    break
                state = words[state, letter[signs[at - 1]]]
                if state == 0:
                    break
                if word_kind[state]:
                    said = word_kind[state]
                at -= 1
        all_said[number] = said
    return all_said


def word_is(signs: Signs, start: int, end: int, q: CueTables) -> int:
    """Return what the word between two places says, in either tree; 0 if it is none."""
    name, word = 0, 0
    for at in range(end - 1, start - 1, -1):
        letter = q.letter[signs[at]]
        if letter == 0:
            return 0
        name = q.names[name, letter] if letter <= _ALNUM and (name or at == end - 1) else 0
        word = q.words[word, letter] if word or at == end - 1 else 0
        if name == 0 and word == 0:
            return 0
    return int(q.name_kind[name] if name and q.name_kind[name] else q.word_kind[word])


def cue_after(signs: Signs, at: int, codes: Bytes, q: CueTables) -> int:
    """Return what the words right after a place say; 0 if nothing known."""
    last = min(len(signs) - PAD, at + _REACH)
    while at < last and q.marks[codes[signs[at]]] & 32:
        at += 1
    end = at
    while end < last and q.marks[codes[signs[end]]] & 16:
        end += 1
    if end > at:
        for size in range(min(end - at, q.longest[0]), 0, -1):
            said = word_is(signs, at, at + size, q)
            if said:
                return said
        return 0
    while end < last and q.marks[codes[signs[end]]] & 2:
        end += 1
    return word_is(signs, at, end, q) if end > at else 0


def cue_around(signs: Signs, start: int, kind: int, q: CueTables) -> bool:
    """Tell whether a word of a kind stands before a place, in the same line and near it."""
    first = max(PAD, start - _REACH)
    for end in range(start, first, -1):
        if signs[end - 1] == _NEWLINE:
            return False
        name, word, at = 0, 0, end
        while at > first and signs[at - 1] != _NEWLINE:
            letter = q.letter[signs[at - 1]]
            name = q.names[name, letter] if letter <= _ALNUM and (name or at == end) else 0
            word = q.words[word, letter] if word or at == end else 0
            if name == 0 and word == 0:
                break
            at -= 1
            if end - at > 1 and (q.name_kind[name] == kind or q.word_kind[word] == kind):
                return True
    return False


def weighed(  # noqa: PLR0913, PLR0917  what is known of candidates
    signs: Signs, start: Places, end: Places, shapes: Numbers, said: Bytes, t: Tables, q: CueTables
) -> Numbers:
    """Return what speaks for each, with `_UNNAMED` if no cue right before does; 0 if nothing."""
    cues, named, alone, unless, beside = t.cues, t.named, t.alone, t.unless, t.beside
    evidence = np.zeros(len(start), np.int32)
    for number in range(len(start)):
        shape, of_cue = shapes[number], np.int64(said[number])
        if of_cue and cues[shape] >> of_cue & 1:
            evidence[number] = named[shape]
        elif of_cue == _NOT_PERSONAL and unless[shape]:
            evidence[number] = 0
        elif alone[shape]:
            evidence[number] = alone[shape] | _UNNAMED
        elif beside[shape]:
            after = cue_after(signs, end[number], t.codes, q)
            if after and cues[shape] >> np.int64(after) & 1:
                evidence[number] = _KEY | _UNNAMED
            elif cue_around(signs, start[number], t.kind[shape], q):
                evidence[number] = _CONTEXT | _UNNAMED
    return evidence


def rank(start: Places, end: Places, shape: Numbers, evidence: Numbers, one: int) -> int:
    """Return the rank of a candidate, the least of what counts first."""
    size = LONGEST - (end[one] - start[one])
    return int((np.int64(evidence[one]) << 12 | size) << 6 | shape[one])


def settle(start: Places, end: Places, shape: Numbers, evidence: Numbers) -> Flags:
    """Tell which candidates count, given in the order of their starts.

    Of two that overlap it is the one that a cue names, that more speaks for, that is longer, of the
    earlier shape, that begins earlier.
    """
    count = len(start)
    counts = np.zeros(count, np.bool_)
    first = 0
    while first < count:
        last, reach = first + 1, end[first]
        while last < count and start[last] < reach:
            reach = max(reach, end[last])
            last += 1
        if last - first == 1:
            counts[first] = True
        elif last - first == 2:  # noqa: PLR2004  nearly all that overlap
            is_first = rank(start, end, shape, evidence, first) <= rank(
                start, end, shape, evidence, first + 1
            )
            counts[first if is_first else first + 1] = True
        else:
            keys = np.empty(last - first, np.int64)
            for one in range(first, last):
                ranked = rank(start, end, shape, evidence, one)
                keys[one - first] = ranked << 40 | start[one]
            taken = np.zeros(reach - start[first], np.bool_)
            for one in np.argsort(keys):
                begin = start[first + one] - start[first]
                until = end[first + one] - start[first]
                is_free = True
                for at in range(begin, until):
                    is_free = is_free and not taken[at]
                if is_free:
                    for at in range(begin, until):
                        taken[at] = True
                    counts[first + one] = True
        first = last
    return counts


def spoken(  # noqa: PLR0913, PLR0917  numba compiles no objects
    signs: Signs,
    start: Places,
    end: Places,
    shape: Numbers,
    said: Bytes,
    t: Tables,
    q: CueTables,
) -> tuple[Places, Places, Numbers, Numbers]:
    """Return start, end, shape and evidence of the values that count, in order.

    Args:
        signs: The signs of a text.
        start: Where candidates begin, in order; the arrays that follow are as long.
        end: Where they end.
        shape: Their shapes.
        said: What the words right before each say.
        t: The shapes as arrays.
        q: The cues as arrays.

    """
    evidence = weighed(signs, start, end, shape, said, t, q)
    heard = np.flatnonzero(evidence)
    start, end, shape, evidence = start[heard], end[heard], shape[heard], evidence[heard]
    kept = np.flatnonzero(settle(start, end, shape, evidence))
    return start[kept] - PAD, end[kept] - PAD, shape[kept], evidence[kept] & 7


PARTS: Final = (word_is, cue_after, cue_around, weighed, rank, settle)
"""What `spoken` calls, what is called before what calls it."""
