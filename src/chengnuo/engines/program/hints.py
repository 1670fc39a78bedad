"""Which methods may hold a test of consent, told from their records without looking into them.

Most methods hold none, and need not be decoded to know that nothing in them is guarded. A method
may hold one if it names something with a word of consent in it, if it calls a method of the
package that answers with a plain value and may itself, or if it reads a plain field that such a
method sets. This says yes too often, never too seldom, as far as values are followed.
"""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.answers import MOST_NESTED_CALLS
from chengnuo.engines.program.conditions import is_plain
from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.unit import Ids, Touch, Unit

Marked = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of the methods of a program.

    Attributes:
        near: `(defined methods,)` bool, whether each one may hold a test of consent.

    """

    near: Marked

    def may(self, defined: int) -> bool:
        """Tell whether a method may hold a test of consent."""
        return bool(self.near[defined])


def hints_of(hierarchy: Hierarchy, words: Collection[bytes]) -> Hints:
    """Find the methods that may hold a test of consent.

    Args:
        hierarchy: Types.
        words: In small letters. Whatever is judged to be of consent has one of them in its name
            or in a key, in whatever letters; its owner may only speak against it.

    """
    program = hierarchy.program
    calls, touched = program.invocations, program.fields_touched
    near = _by_words(program, words)
    plain_proto = np.asarray([is_plain(one[one.find(b")") + 1 :]) for one in program.protos], bool)
    signature = program.method_signature
    plain = np.append(plain_proto[program.signature_proto[signature]], np.False_)[calls.method]
    target = hierarchy.target[calls.method]
    fixed = plain & (target >= 0) & program.defined_has_code[target]
    # Which method an abstract one is, its signature alone tells here.
    other = plain & ~fixed & (program.class_of[program.method_type[calls.method]] >= 0)
    of_field = np.asarray([is_plain(program.types[one]) for one in program.field_of], bool)
    is_plain_field = np.append(of_field, np.False_)[touched.what]
    gets = is_plain_field & ((touched.how == Touch.GET) | (touched.how == Touch.STATIC_GET))
    puts = is_plain_field & ~gets
    own = signature[program.defined_method]
    for _ in range(MOST_NESTED_CALLS):
        by_signature = _at(len(program.signature_name), own[near])
        by_field = _at(len(program.field_of), touched.what[puts][near[touched.caller[puts]]])
        near = near.copy()
        near[calls.caller[fixed][near[target[fixed]]]] = True
        near[calls.caller[other][by_signature[signature[calls.method[other]]]]] = True
        near[touched.caller[gets][by_field[touched.what[gets]]]] = True
    return Hints(near)


def _by_words(program: Program, words: Collection[bytes]) -> Marked:
    """Mark the methods that name something with a word in it."""
    near = np.zeros(len(program.defined_method), np.bool_)
    for unit, part in zip(program.units, program.parts, strict=True):
        strings = _with_words(unit, words)
        methods, fields = strings[unit.method_name], strings[unit.field_name]
        for callers, what, marked in (
            (unit.invocations.caller, unit.invocations.method, methods),
            (unit.fields_touched.caller, unit.fields_touched.what, fields),
            (unit.strings_used.caller, unit.strings_used.what, strings),
        ):
            near[callers[np.append(marked, np.False_)[what]] + part.defined] = True
    return near


def _with_words(unit: Unit, words: Collection[bytes]) -> Marked:
    """Mark the strings of a unit that have a word in them."""
    together = b"\n".join(unit.strings).lower()
    sizes = np.fromiter(map(len, unit.strings), np.int64, len(unit.strings))
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
