"""What has the form of a value, by tables, as loops over the signs of a text that numba compiles.

Nothing here knows a kind: that stands in `tables.py`. `batches.py` does the same for all at once by
numpy, and `cue_loops.py` goes on with what is found. Places count from the first of
`PAD` ends of lines before the text. One step follows the other for the whole text, because a call
for each candidate would cost more than what it does.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.codes import PAD, Signs
from chengnuo.engines.text.tables import Numbers, Tables
from chengnuo.engines.text.tokens import Bytes, Flags, Places

CHUNK: Final = 64
"""How many signs are passed over at once where no token is."""


def scan(signs: Signs, busy: Flags, classes: Bytes) -> tuple[Places, Places, Bytes]:
    """Return start, end and code of each token, as `tokens_of` does.

    `busy` tells of every `CHUNK` signs whether one of them may be of a token.
    """
    size = len(signs)
    start = np.empty(size // 2 + 1, np.int64)
    end = np.empty(size // 2 + 1, np.int64)
    code = np.empty(size // 2 + 1, np.uint8)
    found, at = 0, 0
    while at < size:
        if not busy[at // CHUNK]:
            at = (at // CHUNK + 1) * CHUNK
            continue
        shared = classes[signs[at]]
        if shared == 0:
            at += 1
            continue
        first = at
        at += 1
        while at < size:
            of_sign = classes[signs[at]]
            if of_sign == 0:
                break
            shared &= of_sign
            at += 1
        start[found] = first
        end[found] = at
        made = min(at - first, 63)
        if shared & 1:
            made |= 0xC0
        elif shared & 2:
            made |= 0x80
        elif shared & 4:
            made |= 0x40
        code[found] = made
        found += 1
    return start[:found], end[:found], code[:found]


def longer(array: NDArray[np.signedinteger], room: int) -> NDArray[np.signedinteger]:
    """Return an array with the same numbers and room for more."""
    grown = np.empty(room, array.dtype)
    grown[: len(array)] = array
    return grown


def spans(  # noqa: C901, PLR0912, PLR0915  one loop, see above
    signs: Signs, token_start: Places, token_end: Places, token_code: Bytes, t: Tables
) -> tuple[Places, Places, Numbers]:
    """Return start, end and shape of what has the form of a shape and its inner structure."""
    codes, by_token, by_first = t.codes, t.by_token, t.by_first
    by_then, by_before, shape_of, bit_of = t.by_then, t.by_before, t.shape, t.bit
    by_next, by_end = t.by_next, t.by_end
    leads, side, then, accepts = t.lead, t.side, t.then, t.accepts
    form_of, form_sorts, checked = t.form, t.form_sorts, t.checked
    check_of, check_sorts = t.check, t.check_sorts
    room, found = max(64, len(token_start) // 4), 0
    starts, ends = np.empty(room, np.int64), np.empty(room, np.int64)
    shapes = np.empty(room, np.int32)
    for token in range(len(token_start)):
        place = token_start[token]
        left = by_token[token_code[token]] & by_first[codes[signs[place]]]
        left &= by_then[codes[signs[token_end[token]]]] & by_before[codes[signs[place - 1]]]
        if left == 0:
            continue
        if token + 1 < len(token_start) and token_start[token + 1] == token_end[token] + 1:
            left &= by_next[token_code[token + 1]] & by_end[codes[signs[token_end[token + 1]]]]
        else:
            left &= by_next[256]
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
                    first = side[shape, codes[signs[begin - 2]]]
                    if (before & 8 and first & 4) or (before & 32 and first & 16):
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
            if found == room:
                room *= 2
                starts, ends, shapes = (
                    longer(starts, room),
                    longer(ends, room),
                    longer(shapes, room),
                )
            spot = found
            while spot > 0 and starts[spot - 1] > begin:
                starts[spot], ends[spot] = starts[spot - 1], ends[spot - 1]
                shapes[spot] = shapes[spot - 1]
                spot -= 1
            starts[spot], ends[spot], shapes[spot] = begin, end, shape
            found += 1
    return starts[:found], ends[:found], shapes[:found]


def begun(signs: Signs, busy: Flags, t: Tables) -> tuple[Places, Places, Numbers]:
    """Return the same, of the tokens of a text."""
    token_start, token_end, token_code = scan(signs, busy, t.classes)
    return spans(signs, token_start, token_end, token_code, t)


PARTS: Final = (scan, longer, spans)
"""What `begun` calls, what is called before what calls it."""
