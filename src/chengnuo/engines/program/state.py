"""The state of a search: what was found so far, one entry for each method, type or reference."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.handed import Found, HandedOver
from chengnuo.engines.program.handing import Handings
from chengnuo.engines.program.links import Links
from chengnuo.engines.program.marks import Jump, Looks, Mark
from chengnuo.engines.program.receivers import Receivers
from chengnuo.engines.program.unit import Ids

_NOT_YET = 255


@dataclass(slots=True)
class State:
    """The state of the search; one entry for each method, type or reference.

    Attributes:
        marks, before, before_pc, why, order: As in `Reached`.
        made: Types of which an object was made.
        initialised: Types whose static initialiser was run.
        active: References that were called on an object.
        active_row: The call that came first.
        receivers: Tells which calls of a reference are made on which objects.
        sure_calls, sure_types, sure_fields: How surely each record is run, once its method is.
        new_methods, new_types, new_references: Found in this round.
        shows: `(references,)` bool, whether a call may show a layout, though it is an own method.
        leads_out: Of each reference whether a call into the system may lead back; -1 not known.
        waiting: Methods called back, by the layer that begins with them.
        waiting_jumps: Methods and jumps in them, by the layer that takes them.

    """

    links: Links
    handings: Handings
    looks: Looks
    receivers: Receivers
    level: Mark = Mark.CERTAIN
    pairs: int = 0
    found: int = 0
    marks: NDArray[np.uint8] = field(init=False)
    before: Ids = field(init=False)
    before_pc: Ids = field(init=False)
    why: NDArray[np.uint8] = field(init=False)
    order: Ids = field(init=False)
    made: NDArray[np.bool_] = field(init=False)
    initialised: NDArray[np.bool_] = field(init=False)
    active: NDArray[np.bool_] = field(init=False)
    active_row: NDArray[np.intp] = field(init=False)
    sure_calls: NDArray[np.uint8] = field(init=False)
    sure_types: NDArray[np.uint8] = field(init=False)
    sure_fields: NDArray[np.uint8] = field(init=False)
    new_methods: list[Ids] = field(default_factory=list)
    new_types: list[Ids] = field(default_factory=list)
    new_references: list[Ids] = field(default_factory=list)
    handed_over: HandedOver = field(init=False)
    shows: NDArray[np.bool_] = field(init=False)
    leads_out: NDArray[np.int8] = field(init=False)
    waiting: dict[int, list[Found]] = field(default_factory=dict)
    waiting_jumps: dict[int, list[tuple[int, Jump]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make room."""
        program = self.links.program
        methods, types = len(program.defined_method), len(program.types)
        references = len(program.method_type)
        self.marks = np.full(methods, Mark.UNREACHABLE, np.uint8)
        self.before = np.full(methods, -1, np.int32)
        self.before_pc = np.full(methods, -1, np.int32)
        self.why = np.zeros(methods, np.uint8)
        self.order = np.full(methods, -1, np.int32)
        self.handed_over = HandedOver(self.handings, self.looks, np.zeros(types, np.bool_))
        self.made, self.initialised = self.handed_over.made, np.zeros(types, np.bool_)
        named = np.asarray([self.looks.shows_by(name) for name in program.names], np.bool_)
        self.shows = named[program.signature_name[program.method_signature]]
        self.leads_out = np.full(references, -1, np.int8)
        self.active = np.zeros(references, np.bool_)
        self.active_row = np.zeros(references, np.intp)
        self.sure_calls = np.full(len(program.invocations.pc), _NOT_YET, np.uint8)
        self.sure_types = np.full(len(program.types_named.pc), _NOT_YET, np.uint8)
        self.sure_fields = np.full(len(program.fields_touched.pc), _NOT_YET, np.uint8)


@dataclass(frozen=True, slots=True)
class SoFar:
    """What a search came to so far; `Runs` for whoever asks."""

    state: State

    def calls(self, row: int) -> bool:
        """Tell whether a call runs."""
        return int(self.state.sure_calls[row]) <= self.state.level

    def writes(self, row: int) -> bool:
        """Tell whether a field is touched."""
        return int(self.state.sure_fields[row]) <= self.state.level

    def names(self, row: int) -> bool:
        """Tell whether a type is named."""
        return int(self.state.sure_types[row]) <= self.state.level

    def has_made(self, type_id: int) -> bool:
        """Tell whether an object of a type was made, in whatever way."""
        return bool(self.state.made[type_id])

    def enters(self, defined: int) -> bool:
        """Tell whether a method runs, however it is called."""
        return int(self.state.marks[defined]) != Mark.UNREACHABLE
