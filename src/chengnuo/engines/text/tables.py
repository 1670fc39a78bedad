"""The shapes as arrays: all that the search by tables needs to know of them."""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.text.automata import DEAD, Automaton, codes_in, of_check, of_forms
from chengnuo.engines.text.beginnings import STARTS
from chengnuo.engines.text.codes import code_of_sign
from chengnuo.engines.text.follows import Follow, firsts_of, flags_of
from chengnuo.engines.text.shape import Check, Side
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
        by_first, by_then, by_before: `(256,)` int64, the starts of tokens that begin with a sign of
            a code, that are followed by one, and that have one before them.
        by_next: `(257,)` int64, the starts where one sign and then a token of a code may follow;
            the last is for one sign and then no token.
        by_end: `(256,)` int64, the starts where the sign after that next token may be of a code.
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
    by_first: Places
    by_then: Places
    by_before: Places
    by_next: Places
    by_end: Places
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
    follows = [Follow.of(forms[place], SHAPES[place].lead, then) for place, then, _ in starts]
    return Tables(
        classes=classes,
        codes=codes,
        by_token=_by_bits(of_token),
        by_first=_by_bits([firsts_of(forms[place], SHAPES[place].lead) for place, _, _ in starts]),
        by_then=_by_bits([_fits(then) for _, then, _ in starts]),
        by_before=_by_bits([_fits(after) for _, _, after in starts]),
        by_next=_by_bits([follow.tokens for follow in follows]),
        by_end=_by_bits([follow.ends for follow in follows]),
        shape=np.array([place for place, _, _ in starts], np.int32),
        bit=bit,
        lead=np.array([shape.lead for shape in SHAPES], np.int32),
        side=np.array([_sides(shape.form.left, shape.form.right) for shape in SHAPES]),
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


def _fits(signs: str) -> Flags:
    """Return which codes one of some signs has; all, and an edge, if there is no sign."""
    if not signs:
        return np.ones(256, np.bool_)
    return flags_of(codes_in("".join(f"\\{sign}" for sign in signs)))


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
