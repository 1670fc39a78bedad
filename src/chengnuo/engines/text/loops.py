"""What has the form of a value, by tables, as loops over the signs of a text that numba compiles.

Nothing here knows a kind: that stands in `tables.py`. `batches.py` does the same for all at once by
numpy; `cue_loops.py` reads the cues. Places count from the first of `PAD` ends of lines before
the text. One step follows the other for the whole text, because a call for each candidate would
cost more than what it does.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.codes import PAD, Signs
from chengnuo.engines.text.tables import Numbers, Tables
from chengnuo.engines.text.tokens import (
    DIGITS,
    HEXES,
    LETTERS,
    LONG,
    MIXED,
    Bytes,
    Places,
)

CHUNK: Final = 8
"""How many signs are passed over at once where no token is."""
Words = NDArray[np.uint64]
UNHEARD: Final = 255
"""What stands where nothing was asked yet of what is said before a value."""


def begun(  # noqa: C901, PLR0912, PLR0915  one loop, see above
    signs: Signs, busy: Words, t: Tables
) -> tuple[Places, Places]:
    """Return the tokens that may begin a value: where each begins, and the starts as bits.

    A token is judged when the two after it are known.
    """
    classes, codes, by_token = t.classes, t.codes, t.by_token
    first, second, by_pair = t.first, t.second, t.by_pair
    by_then, by_before, banned = t.by_then, t.by_before, t.banned
    by_next, by_end, by_third, by_third_end = t.by_next, t.by_end, t.by_third, t.by_third_end
    sought, seekers, reach = t.sought, t.seekers, t.reach
    size, found, at = len(signs), 0, 0
    places, starts = np.empty(size // 2 + 1, np.int64), np.empty(size // 2 + 1, np.int64)
    stands = np.zeros(len(sought), np.int64)
    # The token that is judged, and the next: none yet.
    place, past, code = -1, -1, 0
    next_start, next_end, next_code = -1, -1, 0
    rest = 2
    while rest > 0:
        while at < size:
            if busy[at // CHUNK] == 0:
                at = (at // CHUNK + 1) * CHUNK
            elif classes[signs[at]]:
                break
            else:
                at += 1
        start, shared = at, 0xFF
        while at < size:
            of_sign = classes[signs[at]]
            if of_sign == 0:
                break
            shared &= of_sign
            at += 1
        length = at - start
        if length <= 0:  # past the end: a token next to none
            start, rest = size + 2, rest - 1
        made = MIXED
        if shared & 1:
            made = DIGITS
        elif shared & 2:
            made = HEXES
        elif shared & 4:
            made = LETTERS
        left = 0
        if place >= 0:
            left = by_token[code] & by_then[codes[signs[past]]]
            left &= by_before[codes[signs[place - 1]]]
            left &= by_pair[first[codes[signs[place]]], second[codes[signs[place + 1]]]]
        if left:
            if next_start == past + 1:
                left &= by_next[next_code] & by_end[codes[signs[next_end]]]
                if start == next_end + 1:
                    left &= by_third[min(length, LONG) | made] & by_third_end[codes[signs[at]]]
                else:
                    left &= by_third[256]
            else:
                left &= by_next[256]
            further, nearer = codes[signs[place - 2]], codes[signs[place - 1]]
            left &= ~(banned[0, further] & banned[1, nearer])
            left &= ~(banned[2, further] & banned[3, nearer])
            for one in range(len(sought)):
                if left & seekers[one]:
                    here, last = max(stands[one], place), min(size, place + reach[one])
                    while here < last and codes[signs[here]] != sought[one]:
                        here += 1
                    stands[one] = here
                    if here >= last:
                        left &= ~seekers[one]
            if left:
                places[found], starts[found] = place, left
                found += 1
        place, past, code = next_start, next_end, next_code
        next_start, next_end, next_code = start, at, min(length, LONG) | made
    return places[:found], starts[:found]


def spans(  # noqa: C901, PLR0912, PLR0915  one loop, see above
    signs: Signs, places: Places, starts: Places, said: Bytes, t: Tables
) -> tuple[Places, Places, Numbers, Bytes]:
    """Return start, end and shape of what has the form of a shape and its inner structure.

    With it stands what was said before it: `UNHEARD` where it begins before its first token.
    """
    codes, by_cue = t.codes, t.by_cue
    shape_of, bit_of, leads, side, then, accepts = t.shape, t.bit, t.lead, t.side, t.then, t.accepts
    form_of, form_sorts, checked = t.form, t.form_sorts, t.checked
    check_of, check_sorts = t.check, t.check_sorts
    room, found = 0, 0
    for number in range(len(places)):
        left = starts[number] & by_cue[said[number]]
        while left:
            left &= left - 1
            room += 1
    begins, ends = np.empty(room, np.int64), np.empty(room, np.int64)
    shapes, heard = np.empty(room, np.int32), np.empty(room, np.uint8)
    for number in range(len(places)):
        place = places[number]
        left = starts[number] & by_cue[said[number]]
        while left:
            low = left & -left
            left ^= low
            shape = shape_of[bit_of[low % 67]]
            end, begin = 0, place
            for lead in range(min(leads[shape], place - PAD), -1, -1):
                begin = place - lead
                before = side[shape, codes[signs[begin - 1]]]
                if before & 1:
                    continue
                if before & 40:
                    beside = side[shape, codes[signs[begin - 2]]]
                    if (before & 8 and beside & 4) or (before & 32 and beside & 16):
                        continue
                form, at = form_of[shape], begin
                while True:
                    form = then[form + form_sorts[shape, codes[signs[at]]]]
                    if form < 0:
                        break
                    at += 1
                    if accepts[form]:
                        after = side[shape, codes[signs[at]]]
                        if after & 2:
                            continue
                        if after & 64 and side[shape, codes[signs[at + 1]]] & 128:
                            continue
                        end = at
                if end and checked[shape]:
                    check = check_of[shape]
                    for at in range(begin, end):
                        check = then[check + check_sorts[shape, codes[signs[at]]]]
                    if not accepts[check]:
                        end = 0
                if end:
                    break
            if end == 0:
                continue
            spot = found
            while spot > 0 and begins[spot - 1] > begin:
                begins[spot], ends[spot] = begins[spot - 1], ends[spot - 1]
                shapes[spot], heard[spot] = shapes[spot - 1], heard[spot - 1]
                spot -= 1
            begins[spot], ends[spot], shapes[spot] = begin, end, shape
            heard[spot] = said[number] if begin == place else UNHEARD
            found += 1
    return begins[:found], ends[:found], shapes[:found], heard[:found]
