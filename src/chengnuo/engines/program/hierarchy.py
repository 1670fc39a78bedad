"""Which types are above and below which, and which method a reference means.

Types above a class are its superclasses and their interfaces, its own and those of both; a type
that no unit defines (of the system, or absent) has nothing above it. A class that is its own
superclass is an error at run time (ClassCircularityError, JVMS 5.3.5), so that what follows from
the circle is cut where it closes, and said.

A method is looked for in the class and its superclasses, then in the interfaces (JVMS 5.4.3.3,
5.4.6; ART does the same). Access is not checked: code that breaks it does not run at all.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import ABSTRACT, INTERFACE, NONE, Program, in_parts, spread
from chengnuo.engines.program.unit import Damage, Ids

MOST_PAIRS = 8_000_000
"""How many pairs of a class and a type above it are kept; real packages have under a million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """The types of a program, ordered.

    Attributes:
        program: The program.
        superclass: `(types,)` int32, -1 for none; circles are cut.
        above, above_starts: Types above each type, itself first, then by distance, the superclass
            before the interfaces; type `t` has `above[starts[t]:starts[t + 1]]`.
        below, below_starts: Types below each type, itself too, ascending.
        keys: `(method references,)` int64, ascending: type and signature in one number.
        in_interfaces: `(signatures,)` bool, whether an interface defines a method of it.
        target: `(method references,)` int32, the defined method that each one means, or -1.
        damages: Circles, and that a limit was met.

    """

    program: Program
    superclass: Ids
    above: Ids
    above_starts: Ids
    below: Ids
    below_starts: Ids
    keys: NDArray[np.int64]
    in_interfaces: NDArray[np.bool_]
    target: Ids
    damages: tuple[Damage, ...]
    _defaults: dict[tuple[int, int], int] = field(default_factory=dict, repr=False, compare=False)

    def types_above(self, type_id: int) -> Ids:
        """Return a type and those above it, the nearest first."""
        return self.above[self.above_starts[type_id] : self.above_starts[type_id + 1]]

    def types_below(self, type_id: int) -> Ids:
        """Return a type and those below it, ascending."""
        return self.below[self.below_starts[type_id] : self.below_starts[type_id + 1]]

    def is_below(self, type_id: int, other: int) -> bool:
        """Tell whether a type is another one, or extends or implements it."""
        return bool(np.any(self.types_above(type_id) == other))

    def chain(self, type_id: int) -> list[int]:
        """Return a type and its superclasses, as far as they are known."""
        found = []
        while type_id >= 0:
            found.append(type_id)
            type_id = int(self.superclass[type_id])
        return found

    def overrides(self, type_id: int, signature: int) -> Ids:
        """Return the defined methods of a signature in types below a type, ascending."""
        below = self.types_below(type_id)
        found = self._defined(below, np.full(len(below), signature, np.int32))
        return np.sort(found[found >= 0])

    def resolve(self, types: Ids, signatures: Ids) -> Ids:
        """Return what runs when a method is called on objects of these types.

        Args:
            types: `(n,)` int32.
            signatures: `(n,)` int32, one for each type.

        Returns:
            `(n,)` int32: the defined method, with or without code, or -1 if no unit defines it.

        """
        found = np.full(len(types), -1, np.int32)
        rows = np.flatnonzero(self.program.class_of[types] >= 0)
        at = types[rows]
        while len(rows):
            here = self._defined(at, signatures[rows])
            found[rows] = here
            at = self.superclass[at]
            more = (here < 0) & (at >= 0)
            rows, at = rows[more], at[more]
        left = np.flatnonzero(
            (found < 0)
            & self.in_interfaces[signatures]
            & (self.above_starts[types + 1] - self.above_starts[types] > 1)
        )
        sizes = self.above_starts[types[left] + 1] - self.above_starts[types[left]]
        for rows in in_parts(left, sizes):
            found[rows] = self._defaults_of(types[rows], signatures[rows])
        return found

    def _defaults_of(self, types: Ids, signatures: Ids) -> Ids:
        """Return the method of an interface above each of some types, or -1.

        Where only one type above defines one, it is this; few have several to choose from.
        """
        low, high = self.above_starts[types], self.above_starts[types + 1]
        rows = np.repeat(np.arange(len(types)), high - low)
        here = self._defined(self.above[spread(low, high)], signatures[rows])
        defining = np.flatnonzero(here >= 0)
        found = np.full(len(types), -1, np.int32)
        found[rows[defining]] = here[defining]
        counts = np.bincount(rows[defining], minlength=len(types))
        for row in np.flatnonzero(counts > 1).tolist():
            found[row] = self._default(int(types[row]), int(signatures[row]))
        return found

    def _defined(self, types: Ids, signatures: Ids) -> Ids:
        """Return the methods that are defined in just these types, or -1."""
        wanted = types.astype(np.int64) << 32 | signatures
        places = np.searchsorted(self.keys, wanted)
        places[places == len(self.keys)] = 0
        return np.where(self.keys[places] == wanted, self.program.definition[places], -1)

    def _default(self, type_id: int, signature: int) -> int:
        """Return the method of an interface above: one with code first, the most special one."""
        key = (type_id, signature)
        if key not in self._defaults:
            self._defaults[key] = self._most_special(type_id, signature)
        return self._defaults[key]

    def _most_special(self, type_id: int, signature: int) -> int:
        program = self.program
        above = self.types_above(type_id)
        here = self._defined(above, np.full(len(above), signature, np.int32))
        pairs = [(int(t), int(m)) for t, m in zip(above, here, strict=True) if m >= 0]
        whole = [(t, m) for t, m in pairs if not program.defined_access[m] & ABSTRACT]
        for owner, method in whole or pairs:
            if not any(t != owner and self.is_below(t, owner) for t, _ in whole or pairs):
                return method
        return pairs[0][1] if pairs else -1


def hierarchy_of(program: Program, *, most_pairs: int = MOST_PAIRS) -> Hierarchy:
    """Return the hierarchy of the types of a program.

    Args:
        program: The program.
        most_pairs: How many pairs of a class and a type above it are kept; with more of them,
            which is said, the farthest are left out.

    """
    count = len(program.types)
    superclass = np.full(count, -1, np.int32)
    owners = np.flatnonzero(program.class_of >= 0)
    superclass[owners] = program.class_super[program.class_of[owners]]
    circles = _on_circles(superclass)
    superclass[circles] = -1
    pairs, whole = _pairs(program, superclass, most_pairs)
    classes, above = (pairs >> 32).astype(np.int32), (pairs & 0xFFFF_FFFF).astype(np.int32)
    # Rounds went by distance, so a stable order by class keeps the nearest first.
    order = np.argsort(classes, kind="stable")
    inside = program.class_access[program.defined_class] & INTERFACE != 0
    in_interfaces = np.zeros(len(program.signature_name), np.bool_)
    in_interfaces[program.method_signature[program.defined_method[inside]]] = True
    under = np.lexsort((classes, above))
    ends = np.arange(count + 1)
    said = [
        Damage(where=f"class {text_of(program.types[one])}", why="it is its own superclass; cut")
        for one in circles.tolist()
    ]
    if not whole:
        said.append(Damage(where="class hierarchy", why=f"more than {most_pairs} pairs; cut"))
    bare = Hierarchy(
        program=program,
        superclass=superclass,
        above=above[order],
        above_starts=np.searchsorted(classes[order], ends).astype(np.int32),
        below=classes[under],
        below_starts=np.searchsorted(above[under], ends).astype(np.int32),
        keys=program.method_type.astype(np.int64) << 32 | program.method_signature,
        in_interfaces=in_interfaces,
        target=NONE,
        damages=tuple(said),
    )
    target = bare.resolve(program.method_type, program.method_signature)
    return replace(bare, target=target)


def _on_circles(superclass: Ids) -> Ids:
    """Return the types that are their own superclass, by jumps of doubling length."""
    if not len(superclass):
        return NONE
    jump = np.append(superclass, np.int32(-1))
    for _ in range(len(superclass).bit_length()):
        jump = jump[jump]
    return np.unique(jump[jump >= 0])


def _pairs(program: Program, superclass: Ids, limit: int) -> tuple[NDArray[np.int64], bool]:
    """Return each type with each type above it, by distance, and whether they are all."""
    starts, parents = _parents(program, superclass)
    all_types = np.arange(len(program.types), dtype=np.int64)
    known = frontier = all_types << 32 | all_types
    rounds = [known]
    while len(frontier):
        at = frontier & 0xFFFF_FFFF
        low, high = starts[at], starts[at + 1]
        if len(known) + int((high - low).sum()) > limit:
            break
        reached = np.repeat(frontier >> 32, high - low) << 32 | parents[spread(low, high)]
        distinct, places = np.unique(reached, return_index=True)
        new = np.isin(distinct, known, assume_unique=True, invert=True)
        # In the order of the parents, so that the superclass stands before the interfaces.
        frontier = distinct[new][np.argsort(places[new], kind="stable")]
        known = np.concatenate([known, frontier])
        rounds.append(frontier)
    return np.concatenate(rounds), not len(frontier)


def _parents(program: Program, superclass: Ids) -> tuple[NDArray[np.intp], Ids]:
    """Return, type by type, its superclass and then its interfaces."""
    owners = np.flatnonzero(program.class_of >= 0)
    classes = program.class_of[owners]
    low, high = program.class_interface_starts[classes], program.class_interface_starts[classes + 1]
    children = np.concatenate([owners, np.repeat(owners, high - low)])
    parents = np.concatenate([superclass[owners], program.class_interfaces[spread(low, high)]])
    kept = parents >= 0
    children, parents = children[kept], parents[kept]
    order = np.argsort(children, kind="stable")
    starts = np.searchsorted(children[order], np.arange(len(program.types) + 1))
    return starts, parents[order]
