"""Which methods may hold a test of consent, told from their records without looking into them.

Most methods hold none, and need not be decoded to know that nothing in them is guarded. A method
may hold one if it names something that speaks of consent, if it calls a method of the package that
answers with a plain value and may itself, or with nothing and may throw, or if it reads a plain
field that such a method sets. This says yes too often, never too seldom, as far as values are
followed. The instructions that do so are told too: a test that none of them leads to is none of
consent.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.answers import MOST_NESTED_CALLS
from chengnuo.engines.program.conditions import is_plain
from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import Program, Rows, rows_of
from chengnuo.engines.program.unit import Ids, Invocations, Mentions, Touch

Marked = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of the methods of a program.

    Attributes:
        near: `(defined methods,)` bool, whether each one may hold a test of consent.
        saying: For the calls, fields touched and strings used of the program, in this order,
            `(records,)` bool: whether each may bring about a value of consent.

    """

    near: Marked
    saying: tuple[tuple[Invocations | Mentions, Marked], ...]

    def may(self, defined: int) -> bool:
        """Tell whether a method may hold a test of consent."""
        return bool(self.near[defined])

    def places(self, defined: int) -> list[int]:
        """Return the places of a method that may bring about a value of consent."""
        found: list[int] = []
        for records, marked in self.saying:
            rows = rows_of(records, defined)
            found += records.pc[rows][marked[rows]].tolist()
        return found


def hints_of(
    hierarchy: Hierarchy, words: Collection[bytes], speaks: Callable[[str], bool] = lambda _: True
) -> Hints:
    """Find the methods that may hold a test of consent.

    Args:
        hierarchy: Types.
        words: In small letters. Whatever is judged to be of consent has one of them in its name
            or in a key, in whatever letters; its owner may only speak against it.
        speaks: Tells of a name or key with such a word whether it speaks of consent.

    """
    program = hierarchy.program
    calls, touched, used = program.invocations, program.fields_touched, program.strings_used
    by_words = _by_words(program, words, speaks)
    near = np.zeros(len(program.defined_method), np.bool_)
    saying: tuple[tuple[Invocations | Mentions, Marked], ...]
    saying = ((calls, by_words[0]), (touched, by_words[1]), (used, by_words[2]))
    for records, marked in saying:
        near[records.caller[marked]] = True
    plain_proto = np.asarray([is_plain(one[one.find(b")") + 1 :]) for one in program.protos], bool)
    signature = program.method_signature
    is_plain_answer = np.append(plain_proto[program.signature_proto[signature]], np.False_)
    plain = np.flatnonzero(is_plain_answer[calls.method])
    target = hierarchy.target[calls.method[plain]]
    has_code = (target >= 0) & program.defined_has_code[target]
    fixed, target = plain[has_code], target[has_code]
    # Which method an abstract one is, its signature alone tells here.
    other = plain[~has_code]
    other = other[program.class_of[program.method_type[calls.method[other]]] >= 0]
    other_signature = signature[calls.method[other]]
    plain_types = np.asarray([is_plain(one) for one in program.types], np.bool_)
    is_plain_field = np.append(plain_types[program.field_of], np.False_)
    touching = np.flatnonzero(is_plain_field[touched.what])
    reads = np.isin(touched.how[touching], (Touch.GET, Touch.STATIC_GET))
    gets, puts = touching[reads], touching[~reads]
    got, put = touched.what[gets], touched.what[puts]
    own = signature[program.defined_method]
    for last in (*(False,) * MOST_NESTED_CALLS, True):
        by_signature = _at(len(program.signature_name), own[near])
        by_field = _at(len(program.field_of), put[near[touched.caller[puts]]])
        saying_calls = np.concatenate([fixed[near[target]], other[by_signature[other_signature]]])
        saying_gets = gets[by_field[got]]
        if last:
            by_words[0][saying_calls] = True
            by_words[1][saying_gets] = True
        else:
            near = near.copy()
            near[calls.caller[saying_calls]] = True
            near[touched.caller[saying_gets]] = True
    # What answers nothing may throw as long as nobody has agreed.
    throwing = _calls_that_answer_nothing(hierarchy)
    near[calls.caller[throwing[near[hierarchy.target[calls.method[throwing]]]]]] = True
    return Hints(near, saying)


def _calls_that_answer_nothing(hierarchy: Hierarchy) -> Rows:
    """Return the rows of calls of methods of the package without an answer."""
    program = hierarchy.program
    calls = program.invocations
    nothing = np.asarray([one.endswith(b")V") for one in program.protos], np.bool_)
    is_such = nothing[program.signature_proto[program.method_signature]]
    is_such &= np.append(program.defined_has_code, np.False_)[hierarchy.target]
    return np.flatnonzero(np.append(is_such, np.False_)[calls.method])


def _by_words(
    program: Program, words: Collection[bytes], speaks: Callable[[str], bool]
) -> tuple[Marked, Marked, Marked]:
    """Mark the calls, fields touched and strings used that name what speaks of consent."""
    # What has a longer word in it has the shorter one in that, too.
    least = [one for one in words if not any(other in one for other in words if other != one)]
    names = _that_speak(program.names, least, speaks)
    methods = np.append(names[program.signature_name[program.method_signature]], np.False_)
    fields = np.append(names[program.field_name], np.False_)
    return (
        methods[program.invocations.method],
        fields[program.fields_touched.what],
        _strings_that_speak(program, least, speaks)[program.strings_used.what],
    )


def _strings_that_speak(
    program: Program, words: Collection[bytes], speaks: Callable[[str], bool]
) -> Marked:
    """Mark the strings that code uses and that speak of consent; the last one is none."""
    found = np.zeros(sum(len(unit.strings) for unit in program.units) + 1, np.bool_)
    for unit, part in zip(program.units, program.parts, strict=True):
        is_used = np.zeros(len(unit.strings) + 1, np.bool_)
        is_used[unit.strings_used.what] = True
        places = np.flatnonzero(is_used[:-1])
        strings = [unit.strings[one] for one in places.tolist()]
        found[places[_that_speak(strings, words, speaks)] + part.strings] = True
    return found


def _that_speak(
    strings: Sequence[bytes], words: Collection[bytes], speaks: Callable[[str], bool]
) -> Marked:
    """Mark the strings that have a word in them and speak of consent."""
    found = _with_words(strings, words)
    for one in np.flatnonzero(found).tolist():
        found[one] = speaks(text_of(strings[one]))
    return found


def _with_words(strings: Sequence[bytes], words: Collection[bytes]) -> Marked:
    """Mark the strings that have a word in them."""
    together = b"\n".join(strings).lower()
    sizes = np.fromiter(map(len, strings), np.int64, len(strings))
    ends = np.cumsum(sizes + 1)
    found = np.zeros(len(sizes), np.bool_)
    places = ends.tolist()
    for word in words:
        at = together.find(word)
        while at >= 0:
            string = bisect_right(places, at)
            found[string] = True
            at = together.find(word, places[string])
    return found


def _at(size: int, places: Ids) -> Marked:
    marked = np.zeros(size, np.bool_)
    marked[places] = True
    return marked
