"""Which of the calls of a reference that run are made on objects of which types.

A call runs the methods of those objects alone that it may be made on, where this can be told; what
no call of a reference is made on yet waits for one that is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.links import Links
from chengnuo.engines.program.objects import ObjectsOfCalls
from chengnuo.engines.program.program import Rows
from chengnuo.engines.program.unit import Ids

_EVERYTHING = b"Ljava/lang/Object;"


@dataclass(slots=True)
class Receivers:
    """The calls of references that run so far, and what waits for one.

    Attributes:
        links: The program.
        objects: Tells on which objects a call is made. None: on any.
        narrow: `(references,)` bool, whether the objects of each call of a reference matter.

    """

    links: Links
    objects: ObjectsOfCalls | None
    narrow: NDArray[np.bool_] = field(init=False)
    _calls: dict[int, list[int]] = field(default_factory=dict)
    _waiting: dict[int, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make room."""
        self.narrow = np.zeros(len(self.links.program.method_type), np.bool_)

    def begin(self, references: Ids) -> None:
        """Take references that were not called before: those count that may mean several methods.

        A call on `Object` is made on so much that looking for it is in vain.
        """
        if self.objects is None or self.objects.left <= 0:
            return
        program, hierarchy = self.links.program, self.links.hierarchy
        for one in references.tolist():
            owner = int(program.method_type[one])
            signature = int(program.method_signature[one])
            if self.links.is_defined[signature] and program.types[owner] != _EVERYTHING:
                self.narrow[one] = len(hierarchy.overrides(owner, signature)) > 1

    def of_calls(self, rows: Rows) -> Iterator[tuple[int, int]]:
        """Take calls that run now; yield the methods that waited for one of them, and which."""
        if self.objects is None:
            return
        references = self.links.program.invocations.method[rows]
        for row in rows[self.narrow[references]].tolist():
            reference = int(self.links.program.invocations.method[row])
            self._calls.setdefault(reference, []).append(row)
            waiting = self._waiting.get(reference)
            if not waiting:
                continue
            types = self.objects.types(row)
            for type_id in sorted(waiting if types is None else types & waiting.keys()):
                yield waiting.pop(type_id), row

    def of_more(self) -> Iterator[tuple[int, int]]:
        """Yield the methods that waited until more runs, and the call that brings each about."""
        objects = self.objects
        runs = objects.origins.runs if objects else None
        if objects is None or runs is None:
            return
        objects.forget()
        for reference, waiting in self._waiting.items():
            for type_id in sorted(waiting):
                if runs.enters(waiting[type_id]):
                    del waiting[type_id]
                    continue
                row = self._row(reference, type_id)
                if row >= 0:
                    yield waiting.pop(type_id), row
        if objects.left <= 0 and not any(self._waiting.values()):
            self.narrow[:] = False

    def rows(self, references: Ids, types: Ids, found: Ids, first: Rows) -> Rows:
        """Return for pairs the call that brings each about; -1 where none does yet.

        Args:
            references: `(n,)`, what is called.
            types: `(n,)`, on an object of what.
            found: `(n,)`, the method that this runs.
            first: `(n,)`, the call of each reference that came first.

        """
        rows = first.copy()
        for at in np.flatnonzero(self.narrow[references]).tolist():
            reference, type_id = int(references[at]), int(types[at])
            rows[at] = self._row(reference, type_id)
            if rows[at] < 0:
                self._waiting.setdefault(reference, {})[type_id] = int(found[at])
        return rows

    def _row(self, reference: int, type_id: int) -> int:
        """Return the first call of a reference that may be made on objects of a type, or -1."""
        for row in self._calls.get(reference, ()):
            types = self.objects.types(row) if self.objects else None
            if types is None or type_id in types:
                return row
        return -1
