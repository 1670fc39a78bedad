"""What runs from given starts: rapid type analysis, layer by layer, in rounds over arrays.

A call on an object runs the methods of those classes of which an object was made in code that
runs (Bacon and Sweeney, Fast Static Analysis of C++ Virtual Function Calls, 1996), never those of
every class that there is. Layer by layer more is allowed: what is run without a test, then under
one, then behind one of consent, then after an action, then from other starts; each layer goes on
from the one before, so that everything gets the earliest mark that it can have.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.framework import FrameworkModel, When
from chengnuo.engines.program.guards import Sure
from chengnuo.engines.program.handed import Found
from chengnuo.engines.program.handing import Handings
from chengnuo.engines.program.leading import leading_on
from chengnuo.engines.program.links import Links, pairs_of_references, pairs_of_types
from chengnuo.engines.program.marks import Jump, Looks, Mark, Reached, Root, Why
from chengnuo.engines.program.objects import ObjectsOfCalls
from chengnuo.engines.program.program import NONE, Recorded, Rows, in_parts, rows_of_many
from chengnuo.engines.program.receivers import Receivers
from chengnuo.engines.program.state import SoFar, State
from chengnuo.engines.program.unit import Call, Ids, Naming, Touch

MOST_PAIRS = 60_000_000
"""How many pairs of a reference and a type are looked at; real packages stay below a tenth."""
_ALL = ((0, Sure.UNCONDITIONAL),)


def reach(
    links: Links,
    model: FrameworkModel,
    roots: Iterable[Root],
    looks: Looks,
    objects: ObjectsOfCalls | None = None,
) -> Reached:
    """Return what runs from roots, and when; the same for the same program and roots.

    Args:
        links: The program.
        model: The system.
        roots: Where the system begins.
        looks: Looks into methods.
        objects: Tells on which objects calls are made. None: on any that was made.

    """
    search = _Search(links, Handings(links, model), looks, Receivers(links, objects))
    if objects is not None:
        objects.origins.runs = SoFar(search)
    starts = sorted(roots, key=lambda one: (one.defined, one.type_id))
    for mark in (Mark.CERTAIN, Mark.CONDITIONAL, Mark.GUARDED, Mark.AFTER_ACTION, Mark.LATER):
        search.layer(mark, [one for one in starts if _ROOTS.get(mark) is one.at_start])
    return Reached(
        marks=search.marks,
        before=search.before,
        before_pc=search.before_pc,
        why=search.why,
        order=search.order,
        finished=search.pairs <= MOST_PAIRS,
    )


_ROOTS = {Mark.CERTAIN: True, Mark.LATER: False}


class _Search(State):
    """The search itself."""

    def layer(self, level: Mark, roots: Sequence[Root]) -> None:
        """Go on with what this layer allows, until nothing new is found."""
        self.level = level
        methods = np.asarray([one.defined for one in roots], np.int32)
        none = np.full(len(methods), -1, np.int32)
        self._add(methods, none, none, Why.START)
        types = np.asarray([one.type_id for one in roots if one.type_id >= 0], np.int32)
        self._make(types)
        self._initialise(types, none[: len(types)], none[: len(types)], Why.START)
        self._call_back(self.waiting.pop(level, []))
        for defined, jump in self.waiting_jumps.pop(level, []):
            self._jump(defined, jump)
        self._follow_calls(np.flatnonzero(self.sure_calls == level))
        self._follow_types(np.flatnonzero(self.sure_types == level))
        self._follow_fields(np.flatnonzero(self.sure_fields == level))
        while True:
            while self.new_methods or self.new_types or self.new_references:
                self._round()
            waited = list(self.receivers.of_more())
            if not waited:
                break
            found, rows = zip(*waited, strict=True)
            self._many(np.asarray(found, np.int32), np.asarray(rows, np.intp), Why.OVERRIDE)

    def _round(self) -> None:
        methods, self.new_methods = _sorted(self.new_methods), []
        if len(methods):
            calls, types, fields = self._enter(methods)
            self._follow_calls(calls)
            self._follow_types(types)
            self._follow_fields(fields)
        references, self.new_references = _sorted(self.new_references), []
        made, self.new_types = _sorted(self.new_types), []
        links, below = self.links, self.links.hierarchy.below_starts
        for part in in_parts(made, links.references_above[made]):
            self._dispatch(*pairs_of_types(links, part, self.active))
            self._call_back(self.handed_over.by_making(part.tolist()))
        of = links.program.method_type[references]
        for part in in_parts(references, below[of + 1] - below[of]):
            self._dispatch(*pairs_of_references(links, part, self.made))

    def _enter(self, methods: Ids) -> tuple[Rows, Rows, Rows]:
        """Look into new methods; return the rows of calls, types and fields that run now.

        A method is looked into only where the answer matters.
        """
        program = self.links.program
        matters = set(self._that_matter(methods).tolist())
        segments = [
            (defined << 32 | pc, sure)
            for defined in methods.tolist()
            for pc, sure in (self._segments(defined) if defined in matters else _ALL)
        ]
        entered = _Entered(
            methods,
            np.asarray([key for key, _ in segments], np.int64),
            np.asarray([*(sure for _, sure in segments), Sure.DEAD], np.uint8),
        )
        calls = entered.rows(program.invocations, self.sure_calls)
        types = entered.rows(program.types_named, self.sure_types)
        fields = entered.rows(program.fields_touched, self.sure_fields)
        self._find_jumps(calls)
        return (
            calls[self.sure_calls[calls] <= self.level],
            types[self.sure_types[types] <= self.level],
            fields[self.sure_fields[fields] <= self.level],
        )

    def _segments(self, defined: int) -> Sequence[tuple[int, Sure]]:
        """Return how surely the places of a method are run, as far as this layer asks for it."""
        if self.level > Mark.CERTAIN and not self.looks.may_guard(defined):
            return _ALL
        return self.looks.segments(defined)

    def _that_matter(self, methods: Ids) -> Ids:
        """Return the methods that lead to something that is not known yet.

        From the layer on that allows guarded places all are allowed, so that none matters.
        """
        if self.level >= Mark.GUARDED:
            return NONE
        return leading_on(self, methods)

    def _follow_calls(self, rows: Rows) -> None:
        """Follow calls that run now."""
        records, links = self.links.program.invocations, self.links
        fixed = links.fixed[rows]
        known = fixed >= 0
        custom = records.call[rows] == Call.CUSTOM
        self._many(fixed[known & ~custom], rows[known & ~custom], Why.CALL)
        self._many(fixed[known & custom], rows[known & custom], Why.CALLBACK)
        static = rows[(records.call[rows] == Call.STATIC) & (records.method[rows] >= 0)]
        target = links.target[records.method[static]]
        owners = np.where(
            target >= 0,
            links.program.class_type[links.program.defined_class[target]],
            links.program.method_type[records.method[static]],
        )
        self._initialise(owners, records.caller[static], records.pc[static])
        virtual = rows[links.is_virtual[rows]]
        references, places = np.unique(records.method[virtual], return_index=True)
        new = ~self.active[references]
        self.receivers.begin(references[new])
        for found, row in self.receivers.of_calls(virtual):
            self._many(np.full(1, found, np.int32), np.full(1, row, np.intp), Why.OVERRIDE)
        references, places = references[new], places[new]
        self.active[references] = True
        self.active_row[references] = virtual[places]
        self.new_references.append(references)
        outside = (records.method[rows] >= 0) & (links.target[records.method[rows]] < 0)
        self._call_back(self.handed_over.by_calls(rows[outside]))

    def _follow_types(self, rows: Rows) -> None:
        """Follow what makes objects."""
        records = self.links.program.types_named
        rows = rows[(records.how[rows] == Naming.NEW) & (records.what[rows] >= 0)]
        self._make(records.what[rows])
        self._initialise(records.what[rows], records.caller[rows], records.pc[rows])

    def _follow_fields(self, rows: Rows) -> None:
        """Follow static fields into their classes, and objects into fields of the system."""
        program = self.links.program
        records = program.fields_touched
        rows = rows[records.what[rows] >= 0]
        owners, how = program.field_type[records.what[rows]], records.how[rows]
        static = (how == Touch.STATIC_GET) | (how == Touch.STATIC_PUT)
        at = rows[static]
        self._initialise(owners[static], records.caller[at], records.pc[at])
        self._call_back(self.handed_over.by_fields(rows))

    def _make(self, types: Ids) -> None:
        """Note that objects of types are made."""
        new = np.unique(types[types >= 0])
        new = new[~self.made[new] & (self.links.program.class_of[new] >= 0)]
        self.made[new] = True
        self.new_types.append(new)

    def _initialise(
        self, types: Ids, callers: Ids, pcs: Ids, why: Why = Why.STATIC_INITIALISER
    ) -> None:
        """Run the static initialisers of types and of their superclasses (JVMS 5.5)."""
        while len(types):
            distinct, first = np.unique(types, return_index=True)
            new = ~self.initialised[distinct]
            types, callers, pcs = distinct[new], callers[first[new]], pcs[first[new]]
            self.initialised[types] = True
            found = self.links.initialiser[types]
            known = found >= 0
            self._add(found[known], callers[known], pcs[known], why)
            above = self.links.hierarchy.superclass[types]
            more = above >= 0
            types, callers, pcs = above[more], callers[more], pcs[more]

    def _dispatch(self, references: Ids, types: Ids) -> None:
        """Run what references mean on objects of types."""
        self.pairs += len(references)
        if self.pairs > MOST_PAIRS or not len(references):
            return
        program, links = self.links.program, self.links
        found = links.hierarchy.resolve(types, program.method_signature[references])
        kept = found >= 0
        kept[kept] = self.marks[found[kept]] == Mark.UNREACHABLE
        found, references, types = found[kept], references[kept], types[kept]
        rows = self.receivers.rows(references, types, found, self.active_row[references])
        known = rows >= 0
        found, references, rows = found[known], references[known], rows[known]
        same = links.target[references] == found
        self._many(found[same], rows[same], Why.CALL)
        self._many(found[~same], rows[~same], Why.OVERRIDE)

    def _many(self, methods: Ids, rows: Rows, why: Why) -> None:
        """Add methods that calls run."""
        records = self.links.program.invocations
        self._add(methods, records.caller[rows], records.pc[rows], why)

    def _call_back(self, found: Iterable[Found]) -> None:
        """Add what the system calls back, now or in the layer in which it does."""
        now: dict[Why, list[Found]] = {}
        for one in found:
            if one.when > self.level:
                self.waiting.setdefault(one.when, []).append(one)
            else:
                why = Why.ACTION if one.when is When.ON_ACTION else Why.CALLBACK
                now.setdefault(why, []).append(one)
        for why, ones in now.items():
            methods, _, before, pcs = (
                np.asarray(part, np.int32) for part in zip(*ones, strict=True)
            )
            self._add(methods, before, pcs, why)

    def _find_jumps(self, rows: Rows) -> None:
        """Look for jumps in methods that have just been reached."""
        program, records = self.links.program, self.links.program.invocations
        rows = rows[records.method[rows] >= 0]
        distinct, numbers = np.unique(records.method[rows], return_inverse=True)
        jumping = [
            bool(self.shows[one])
            or (self.links.target[one] < 0 and self.looks.jumps_by(program.name_of(one)))
            for one in distinct.tolist()
        ]
        places: dict[int, dict[int, int]] = {}
        for row in rows[np.asarray(jumping, np.bool_)[numbers]].tolist() if len(rows) else ():
            sures = places.setdefault(int(records.caller[row]), {})
            sures[int(records.pc[row])] = int(self.sure_calls[row])
        for defined, sures in places.items():
            for jump in self.looks.jumps(defined, sorted(sures)):
                level = max(sures[jump.pc], self.level)
                if level == self.level:
                    self._jump(defined, jump)
                elif level < Sure.DEAD:
                    self.waiting_jumps.setdefault(level, []).append((defined, jump))

    def _jump(self, defined: int, jump: Jump) -> None:
        """Follow a jump."""
        place = np.full(1, defined, np.int32), np.full(1, jump.pc, np.int32)
        if jump.type_id >= 0:
            types = np.full(1, jump.type_id, np.int32)
            self._initialise(types, *place)
            if jump.makes:
                self._make(types)
        for method in jump.methods:
            self._add(np.full(1, method, np.int32), *place, jump.why)
        self._call_back(Found(called, when, defined, jump.pc) for called, when in jump.called)

    def _add(self, methods: Ids, before: Ids, pcs: Ids, why: Why) -> None:
        """Add methods that were not reached yet, each with the first that leads to it."""
        new = np.flatnonzero(self.marks[methods] == Mark.UNREACHABLE)
        if not len(new):
            return
        distinct, first = np.unique(methods[new], return_index=True)
        rows = new[first]
        self.marks[distinct] = self.level
        self.before[distinct], self.before_pc[distinct] = before[rows], pcs[rows]
        self.why[distinct] = why
        self.order[distinct] = self.found + np.arange(len(distinct))
        self.found += len(distinct)
        self.new_methods.append(distinct)


class _Entered(NamedTuple):
    """Methods that are entered.

    Attributes:
        methods: `(m,)`, ascending.
        starts: `(n,)` int64, method and place in one number, ascending.
        sure: `(n + 1,)` uint8, how surely each place is run from each start on; dead at the end.

    """

    methods: Ids
    starts: NDArray[np.int64]
    sure: NDArray[np.uint8]

    def rows(self, records: Recorded, sure: NDArray[np.uint8]) -> Rows:
        """Return the rows of the methods, and note how surely each is run."""
        rows = rows_of_many(records, self.methods)
        keys = records.caller[rows].astype(np.int64) << 32 | records.pc[rows]
        # Before the first start lies -1, which is the dead one.
        sure[rows] = self.sure[np.searchsorted(self.starts, keys, "right") - 1]
        return rows


def _sorted(parts: list[Ids]) -> Ids:
    return np.unique(np.concatenate(parts)) if parts else NONE
