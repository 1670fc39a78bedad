"""The shapes as arrays: all that the search by tables needs to know of them."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.automata import DEAD, Automaton, codes_in, of_check, of_forms
from chengnuo.engines.text.beginnings import STARTS
from chengnuo.engines.text.codes import code_of_sign
from chengnuo.engines.text.cue_tables import NOT_PERSONAL
from chengnuo.engines.text.follows import Follow, flags_of, leads_of, pairs_of, reach_of
from chengnuo.engines.text.shape import Check, Shape, Side
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.tokens import CLASSES, Bytes, Flags, Places

Numbers = NDArray[np.int32]

# What a code may do beside a value of a shape.
BEFORE: Final = 1
AFTER: Final = 2
FIRST_BEFORE: Final = 4
THEN_BEFORE: Final = 8
FIRST_BEFORE_TOO: Final = 16
THEN_BEFORE_TOO: Final = 32
THEN_AFTER: Final = 64
LAST_AFTER: Final = 128


_ANYTHING: Final = Automaton(
    np.zeros(256, np.uint8), np.zeros((1, 1), np.int32), np.ones(1, np.bool_)
)


class Tables(NamedTuple):
    """Shapes, what may begin one, and automata.

    A start is a shape with what has to stand beside its first token; there are at most 63, one bit
    each. A state of an automaton is the place in `then` of its row; what it becomes on a code
    stands so many places further as the code's column.

    Attributes:
        classes: `(65536,)` uint8, what each sign is in a token, 0 for none.
        codes: `(65536,)` uint8, the code of each sign.
        by_token: `(256,)` int64, the starts of tokens of a code (`Tokens.code`).
        first, second: `(256,)` uint8, the row and the column in `by_pair` of a code.
        by_pair: `(rows, columns)` int64, the starts of tokens whose first sign, and the one after
            that, are of two codes.
        by_then, by_before: `(256,)` int64, the starts of tokens that are followed by a sign of a
            code, and that have one before them.
        banned: `(4, 256)` int64, the starts that no token has with two signs before it: the further
            of a code by the first row, the nearer by the second; so the third and the fourth.
        by_next: `(257,)` int64, the starts where one sign and then a token of a code may follow;
            the last is for one sign and then no token.
        by_end: `(256,)` int64, the starts where the sign after that next token may be of a code.
        by_third, by_third_end: The same of the token after the next.
        sought: `(n,)` uint8, codes that every value of some starts has a sign of.
        seekers: `(n,)` int64, which starts.
        reach: `(n,)` int64, how many signs after the beginning of the first token it stands at
            most.
        asking: `(1,)` int64, the starts of which none counts that is not named.
        by_cue: `(64,)` int64, the starts that count if this is said before the token, or may count.
        shape: `(63,)` int32, the shape of each start.
        bit: `(67,)` int32, the start of a bit, by what is left when it is divided by 67.
        lead: `(shapes,)` int32, as `Shape.lead`.
        side: `(shapes, 256)` uint8, what each code does beside a value.
        form, form_sorts: `(shapes,)` int32 and `(shapes, 256)` uint8, the first state of the
            form's automaton, and the columns of codes.
        check, check_sorts: The same of the check, which never ends.
        checked: `(shapes,)` bool, whether there is a check.
        then: int32, the rows of all automata, `DEAD` where they end.
        accepts: bool, whether a value may end in the state whose row begins there.
        kind: `(shapes,)` int32.
        cues: `(shapes,)` int64, the kinds that a cue may name, as bits.
        alone, named: `(shapes,)` int32, the evidence, 0 for none.
        beside, unless: `(shapes,)` bool, as in `Shape`.

    """

    classes: Bytes
    codes: Bytes
    by_token: Places
    first: Bytes
    second: Bytes
    by_pair: Places
    by_then: Places
    by_before: Places
    banned: Places
    by_next: Places
    by_end: Places
    by_third: Places
    by_third_end: Places
    sought: Bytes
    seekers: Places
    reach: Places
    asking: Places
    by_cue: Places
    shape: Numbers
    bit: Numbers
    lead: Numbers
    side: Bytes
    form: Numbers
    form_sorts: Bytes
    check: Numbers
    check_sorts: Bytes
    checked: Flags
    then: Numbers
    accepts: Flags
    kind: Numbers
    cues: Places
    alone: Numbers
    named: Numbers
    beside: Flags
    unless: Flags


class _Joined:
    """Automata put one behind the other."""

    def __init__(self) -> None:
        self.then: list[Numbers] = []
        self.accepts: list[Flags] = []
        self._size = 0

    def add(self, automaton: Automaton) -> int:
        """Add one; return the place of its first state."""
        states, columns = automaton.then.shape
        first = self._size
        rows = np.where(automaton.then < 0, DEAD, automaton.then * columns + first)
        accepts = np.zeros((states, columns), np.bool_)
        accepts[:, 0] = automaton.accepts
        self.then.append(rows.astype(np.int32).ravel())
        self.accepts.append(accepts.ravel())
        self._size += states * columns
        return first


@cache
def tables() -> Tables:
    """Return the tables of `SHAPES`."""
    joined = _Joined()
    forms = [of_forms(shape.form.forms) for shape in SHAPES]
    form = [joined.add(each) for each in forms]
    checks = [_checked(shape.check, each) for shape, each in zip(SHAPES, forms, strict=True)]
    place = {id(each): joined.add(each) for each in {id(each): each for each in checks}.values()}
    codes = code_of_sign()
    classes = np.where(codes < len(CLASSES) // 2, CLASSES[codes], 0).astype(np.uint8)
    starts = sorted({(start.place, start.then, start.after) for start in STARTS})
    bit = np.zeros(67, np.int32)
    bit[[(1 << number) % 67 for number in range(len(starts))]] = np.arange(len(starts))
    of_token = [
        np.logical_or.reduce([s.codes for s in STARTS if (s.place, s.then, s.after) == start])
        for start in starts
    ]
    side = np.array([_sides(shape.form.left, shape.form.right) for shape in SHAPES])
    follows = [
        Follow.of(
            forms[place],
            SHAPES[place].lead,
            then,
            ends_in_tokens=bool(np.any(side[place][CLASSES != 0] & AFTER == 0)),
        )
        for place, then, _ in starts
    ]
    first, second, by_pair = _pairs(
        [pairs_of(forms[place], SHAPES[place].lead) for place, _, _ in starts]
    )
    leads = [leads_of(forms[place], SHAPES[place].lead) for place, _, _ in starts]
    sides = [side[place] for place, _, _ in starts]
    sought = _sought(
        (forms[place], led | _only(then))
        for (place, then, _), led in zip(starts, leads, strict=True)
    )
    return Tables(
        classes=classes,
        codes=codes,
        by_token=_by_bits(of_token),
        first=first,
        second=second,
        by_pair=by_pair,
        by_then=_by_bits([_fits(then) for _, then, _ in starts]),
        by_before=_by_bits(
            [
                _fits(after) & ((of_side & BEFORE == 0) | led)
                for (_, _, after), of_side, led in zip(starts, sides, leads, strict=True)
            ]
        ),
        banned=_banned(sides, leads),
        by_next=_by_bits([follow.second.tokens for follow in follows]),
        by_end=_by_bits([follow.second.ends for follow in follows]),
        by_third=_by_bits([follow.third.tokens for follow in follows]),
        by_third_end=_by_bits([follow.third.ends for follow in follows]),
        sought=np.array([code for code, _ in sought], np.uint8),
        seekers=np.array(
            [sum(1 << number for number, _ in found) for _, found in sought], np.int64
        ),
        reach=np.array([max(reach for _, reach in found) for _, found in sought], np.int64),
        asking=np.array([_bits(_asks(SHAPES[place]) for place, _, _ in starts)], np.int64),
        by_cue=_by_bits([_heard(SHAPES[place]) for place, _, _ in starts]),
        shape=np.array([place for place, _, _ in starts], np.int32),
        bit=bit,
        lead=np.array([shape.lead for shape in SHAPES], np.int32),
        side=side,
        form=np.array(form, np.int32),
        form_sorts=np.array([each.sorts for each in forms]),
        check=np.array([place[id(each)] for each in checks], np.int32),
        check_sorts=np.array([each.sorts for each in checks]),
        checked=np.array([shape.check is not None for shape in SHAPES]),
        then=np.concatenate(joined.then),
        accepts=np.concatenate(joined.accepts),
        kind=np.array([shape.kind for shape in SHAPES], np.int32),
        cues=np.array([sum(1 << kind for kind in shape.cues) for shape in SHAPES], np.int64),
        alone=np.array([shape.alone or 0 for shape in SHAPES], np.int32),
        named=np.array([shape.named for shape in SHAPES], np.int32),
        beside=np.array([shape.beside for shape in SHAPES]),
        unless=np.array([shape.unless for shape in SHAPES]),
    )


def _checked(check: Check | None, form: Automaton) -> Automaton:
    """Return the automaton of a check, gone on for ever in a state that accepts nothing."""
    if check is None:
        return _ANYTHING
    ends_all = form.then.shape[1] - 1
    found = of_check(check, sum(1 << code for code in range(256) if form.sorts[code] < ends_all))
    states, columns = found.then.shape
    then = np.vstack([found.then, np.full((1, columns), states)])
    then[then == DEAD] = states
    return Automaton(found.sorts, then.astype(np.int32), np.append(found.accepts, False))


def _by_bits(flags: Sequence[Flags]) -> Places:
    """Return for every code which of some flags are true of it, as bits."""
    found = np.zeros(len(flags[0]), np.int64)
    for number, of_code in enumerate(flags):
        found |= of_code.astype(np.int64) << number
    return found


def _bits(flags: Iterable[bool]) -> int:
    return sum(1 << number for number, flag in enumerate(flags) if flag)


def _pairs(of_starts: Sequence[Flags]) -> tuple[Bytes, Bytes, Places]:
    """Return the row and the column of each code, and which starts begin with two signs."""
    found = np.zeros((256, 256), np.int64)
    for number, pairs in enumerate(of_starts):
        found |= pairs.astype(np.int64) << number
    rows, first = np.unique(found, axis=0, return_inverse=True)
    columns, second = np.unique(rows, axis=1, return_inverse=True)
    return first.ravel().astype(np.uint8), second.ravel().astype(np.uint8), columns.copy()


def _banned(sides: Sequence[Bytes], leads: Sequence[Flags]) -> Places:
    """Return which starts two signs before the first token ban, where none is of the value."""
    rows = []
    for first, then in ((FIRST_BEFORE, THEN_BEFORE), (FIRST_BEFORE_TOO, THEN_BEFORE_TOO)):
        rows.append(_by_bits([side & first != 0 for side in sides]))
        rows.append(
            _by_bits([(side & then != 0) & ~led for side, led in zip(sides, leads, strict=True)])
        )
    return np.array(rows)


def _sought(
    starts: Iterable[tuple[Automaton, Flags]],
) -> list[tuple[int, list[tuple[int, int]]]]:
    """Return codes that every value of some starts has, with the starts and how far it stands.

    Args:
        starts: The automaton of each, and the codes that stand right beside the first token.

    """
    found: dict[int, list[tuple[int, int]]] = {}
    for number, (form, beside) in enumerate(starts):
        may = (form.sorts < form.then.shape[1] - 1) & (CLASSES == 0) & ~beside
        codes = np.flatnonzero(may).tolist()
        reached = [(reach, code) for code in codes if (reach := reach_of(form, code)) is not None]
        if reached:
            reach, code = min(reached)
            found.setdefault(code, []).append((number, reach))
    return list(found.items())


def _asks(shape: Shape) -> bool:
    """Tell whether a value counts only if it is named by words that end right before its token."""
    return shape.alone is None and not shape.beside and not shape.lead


def _heard(shape: Shape) -> Flags:
    """Return with which words before a token a value may count, `(64,)` bool by what they say."""
    if shape.lead:
        return np.ones(64, np.bool_)
    heard = np.full(64, not _asks(shape))
    if shape.unless:
        heard[NOT_PERSONAL] = False
    heard[list(shape.cues)] = True
    return heard


def _fits(signs: str) -> Flags:
    """Return which codes one of some signs has; all, and an edge, if there is no sign."""
    if not signs:
        return np.ones(256, np.bool_)
    return flags_of(codes_in("".join(f"\\{sign}" for sign in signs)))


def _only(signs: str) -> Flags:
    """Return the code of a sign that is the only one; of more than one, none is sure."""
    return _fits(signs) if len(signs) == 1 else np.zeros(256, np.bool_)


def _sides(left: Side, right: Side) -> Bytes:
    (first, then), (first_too, then_too), *_ = (*left.pairs, ("", ""), ("", ""))
    (then_after, last_after), *_ = (*right.pairs, ("", ""))
    table = np.zeros(256, np.uint8)
    for bit, body in (
        (BEFORE, left.signs),
        (AFTER, right.signs),
        (FIRST_BEFORE, first),
        (THEN_BEFORE, then),
        (FIRST_BEFORE_TOO, first_too),
        (THEN_BEFORE_TOO, then_too),
        (THEN_AFTER, then_after),
        (LAST_AFTER, last_after),
    ):
        table[flags_of(codes_in(body))] |= bit
    return table
