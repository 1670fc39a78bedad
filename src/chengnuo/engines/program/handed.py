"""What has been handed over to the system so far, and which methods this calls back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.framework import When
from chengnuo.engines.program.handing import Handing, Handings
from chengnuo.engines.program.marks import Looks
from chengnuo.engines.program.program import Rows
from chengnuo.engines.program.unit import Touch


class Found(NamedTuple):
    """A method that is called back, and the place that hands its object over."""

    defined: int
    when: When
    before: int
    pc: int


class _Place(NamedTuple):
    """A method and a place in it."""

    defined: int
    pc: int


@dataclass(slots=True)
class HandedOver:
    """What has been handed over.

    Attributes:
        handings: What the rules come to.
        looks: Tells which objects a call hands over.
        made: `(types,)` bool, types of which an object was made so far; the search fills it.

    """

    handings: Handings
    looks: Looks
    made: NDArray[np.bool_]
    _anything: dict[tuple[int, int], tuple[Handing, _Place]] = field(default_factory=dict)
    _rules: dict[int, set[int]] = field(default_factory=dict, repr=False)
    _exactly: dict[int, dict[tuple[int, int], tuple[Handing, _Place]]] = field(default_factory=dict)

    def by_calls(self, rows: Rows) -> Iterator[Found]:
        """Take calls into the system that run now; yield what they call back."""
        records = self.handings.links.program.invocations
        distinct, numbers = np.unique(records.method[rows], return_inverse=True)
        hands = np.asarray([bool(self.handings.of_call(one)) for one in distinct.tolist()], bool)
        for row in rows[hands[numbers]].tolist() if len(rows) else ():
            place = _Place(int(records.caller[row]), int(records.pc[row]))
            for handing in self.handings.of_call(int(records.method[row])):
                if (handing.type_id, handing.rule) not in self._anything:
                    objects = self.looks.handed(place.defined, place.pc, handing.argument)
                    yield from self._handed(handing, objects, place)

    def by_fields(self, rows: Rows) -> Iterator[Found]:
        """Take writes of fields that run now; yield what those of the system call back."""
        program = self.handings.links.program
        records = program.fields_touched
        puts = (records.how[rows] == Touch.PUT) | (records.how[rows] == Touch.STATIC_PUT)
        outside = program.class_of[program.field_type[records.what[rows]]] < 0
        for row in rows[puts & outside].tolist():
            type_id = int(program.field_of[records.what[row]])
            if self.handings.takes(type_id) and (type_id, -1) not in self._anything:
                place = _Place(int(records.caller[row]), int(records.pc[row]))
                yield from self._handed(Handing(0, type_id, -1), None, place)

    def by_making(self, types: Iterable[int]) -> Iterator[Found]:
        """Take types of which objects are made for the first time; yield what is called back."""
        hierarchy = self.handings.links.hierarchy
        for type_id in types:
            for defined in self.handings.actions_of(type_id):
                yield Found(defined, When.ON_ACTION, -1, -1)
            known = dict(self._exactly.pop(type_id, {}))
            for above in hierarchy.types_above(type_id).tolist():
                for rule in sorted(self._rules.get(above, ())):
                    known.setdefault((above, rule), self._anything[above, rule])
            for handing, place in known.values():
                yield from self._back(type_id, handing, place)

    def _handed(
        self, handing: Handing, objects: tuple[int, ...] | None, place: _Place
    ) -> Iterator[Found]:
        key = (handing.type_id, handing.rule)
        if objects is None:
            self._anything[key] = (handing, place)
            self._rules.setdefault(handing.type_id, set()).add(handing.rule)
            below = self.handings.links.hierarchy.types_below(handing.type_id)
            for type_id in below[self.made[below]].tolist():
                yield from self._back(type_id, handing, place)
            return
        for type_id in objects:
            if self.made[type_id]:
                yield from self._back(type_id, handing, place)
            else:
                self._exactly.setdefault(type_id, {}).setdefault(key, (handing, place))

    def _back(self, type_id: int, handing: Handing, place: _Place) -> Iterator[Found]:
        for called in self.handings.called_back(type_id, handing):
            yield Found(called.defined, called.when, place.defined, place.pc)
