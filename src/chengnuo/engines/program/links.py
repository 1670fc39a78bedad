"""What each call means before anything is known of the objects: fixed targets, types, receivers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.program import Program, spread
from chengnuo.engines.program.unit import Call, Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Calls of a program, seen with its hierarchy.

    Attributes:
        hierarchy: Types.
        fixed: `(calls,)` int32, the method that runs whatever the receiver is, or -1.
        is_virtual: `(calls,)` bool, whether the receiver decides.
        of_type: `(types + 1,)`: references to methods of type `t` are `of_type[t]..of_type[t+1]`.
        initialiser: `(types,)` int32, the static initialiser of each type, or -1.
        has_initialiser: `(types,)` bool, whether a type or a superclass has one.
        references_above: `(types,)` int64, how many references are to a type or one above it.
        is_defined: `(signatures,)` bool, whether any unit defines a method of the signature.

    """

    hierarchy: Hierarchy
    fixed: Ids
    is_virtual: NDArray[np.bool_]
    of_type: NDArray[np.intp]
    initialiser: Ids
    has_initialiser: NDArray[np.bool_]
    references_above: NDArray[np.int64]
    is_defined: NDArray[np.bool_]

    @property
    def target(self) -> Ids:
        """What each reference means, as in the hierarchy."""
        return self.hierarchy.target

    @property
    def program(self) -> Program:
        """The program."""
        return self.hierarchy.program


def links_of(hierarchy: Hierarchy) -> Links:
    """Return the calls of a program, seen with its hierarchy."""
    program = hierarchy.program
    calls = program.invocations
    is_virtual = (calls.call == Call.VIRTUAL) | (calls.call == Call.INTERFACE)
    fixed = np.append(hierarchy.target, np.int32(-1))[calls.method]
    fixed[is_virtual | (calls.call == Call.POLYMORPHIC)] = -1
    _mend_super(hierarchy, fixed)
    initialiser = np.full(len(program.types), -1, np.int32)
    ours = program.methods_named(b"<clinit>", proto=b"()V")
    initialiser[program.method_type[ours]] = program.definition[ours]
    of_type = np.searchsorted(
        program.method_type, np.arange(len(program.types) + 1, dtype=np.int32)
    )
    summed = np.concatenate([[0], np.cumsum(np.diff(of_type)[hierarchy.above], dtype=np.int64)])
    is_defined = np.zeros(len(program.signature_name), np.bool_)
    is_defined[program.method_signature[program.defined_method]] = True
    return Links(
        hierarchy=hierarchy,
        fixed=fixed.astype(np.int32),
        is_virtual=is_virtual & (calls.method >= 0),
        of_type=of_type,
        initialiser=initialiser,
        has_initialiser=_with_superclasses(hierarchy, initialiser >= 0),
        references_above=np.diff(summed[hierarchy.above_starts]),
        is_defined=is_defined,
    )


def _mend_super(hierarchy: Hierarchy, fixed: Ids) -> None:
    """Look from the superclass of the caller, where `super` names the caller's own class."""
    program, calls = hierarchy.program, hierarchy.program.invocations
    rows = np.flatnonzero((calls.call == Call.SUPER) & (calls.method >= 0))
    own = program.class_type[program.defined_class[calls.caller[rows]]]
    rows, own = (
        rows[program.method_type[calls.method[rows]] == own],
        own[program.method_type[calls.method[rows]] == own],
    )
    above = hierarchy.superclass[own]
    found = np.full(len(rows), -1, np.int32)
    known = above >= 0
    signatures = program.method_signature[calls.method[rows]]
    found[known] = hierarchy.resolve(above[known], signatures[known])
    fixed[rows] = found


def _with_superclasses(hierarchy: Hierarchy, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the types whose superclass is marked, or has one that is."""
    found = marked.copy()
    at = hierarchy.superclass.copy()
    while np.any(at >= 0):
        found |= (at >= 0) & marked[at]
        at = np.where(at >= 0, hierarchy.superclass[at], -1)
    return found


def pairs_of_types(links: Links, new: Ids, active: NDArray[np.bool_]) -> tuple[Ids, Ids]:
    """Return each active reference with each new type below its type: references, types."""
    hierarchy = links.hierarchy
    low, high = hierarchy.above_starts[new], hierarchy.above_starts[new + 1]
    above = hierarchy.above[spread(low, high)]
    types = np.repeat(new, high - low)
    low_refs, high_refs = links.of_type[above], links.of_type[above + 1]
    references = spread(low_refs, high_refs)
    types = np.repeat(types, high_refs - low_refs)
    kept = active[references]
    return references[kept].astype(np.int32), types[kept]


def pairs_of_references(links: Links, new: Ids, made: NDArray[np.bool_]) -> tuple[Ids, Ids]:
    """Return each new reference with each made type below its type: references, types."""
    hierarchy = links.hierarchy
    of = links.program.method_type[new]
    low, high = hierarchy.below_starts[of], hierarchy.below_starts[of + 1]
    types = hierarchy.below[spread(low, high)]
    references = np.repeat(new, high - low)
    kept = made[types]
    return references[kept], types[kept]
