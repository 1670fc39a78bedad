"""Which methods lead to something that a search has not found yet.

Only of these it matters how surely their places are run: what the others lead to has its mark
already. They need not be looked into, which is most of the cost.
"""

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.program import Rows, rows_of_many
from chengnuo.engines.program.state import State
from chengnuo.engines.program.unit import Call, Ids, Naming, Touch


def leading_on(state: State, methods: Ids) -> Ids:
    """Return those of some methods, ascending, that lead to something new."""
    program = state.links.program
    calls = rows_of_many(program.invocations, methods)
    types = rows_of_many(program.types_named, methods)
    fields = rows_of_many(program.fields_touched, methods)
    callers = (
        program.invocations.caller[calls[_new_by_calls(state, calls)]],
        program.types_named.caller[types[_new_by_types(state, types)]],
        program.fields_touched.caller[fields[_new_by_fields(state, fields)]],
    )
    return np.unique(np.concatenate(callers))


def _initialises(state: State, types: Ids) -> NDArray[np.bool_]:
    """Tell of each type whether its static initialisers are still to run."""
    return ~state.initialised[types] & state.links.has_initialiser[types]


def _new_by_calls(state: State, rows: Rows) -> NDArray[np.bool_]:
    program, links = state.links.program, state.links
    records = program.invocations
    fixed, method = links.fixed[rows], records.method[rows]
    named = method >= 0
    leads: NDArray[np.bool_] = (fixed >= 0) & (state.marks[fixed] > state.level)
    static = named & (records.call[rows] == Call.STATIC)
    # The class that defines a static method may be above the one that is named.
    owners = program.method_type[method]
    target = links.target[method]
    owners = np.where(target >= 0, program.class_type[program.defined_class[target]], owners)
    leads |= static & _initialises(state, owners)
    possible = links.is_defined[program.method_signature[method]]
    new = ~state.active[method] | state.receivers.narrow[method]
    leads |= links.is_virtual[rows] & new & possible
    leads |= named & state.shows[method]
    outside = named & (target < 0)
    distinct, numbers = np.unique(method[outside], return_inverse=True)
    for one in distinct[state.leads_out[distinct] < 0].tolist():
        state.leads_out[one] = bool(state.handings.of_call(one)) or state.looks.jumps_by(
            program.name_of(one)
        )
    leads[outside] |= state.leads_out[distinct][numbers] > 0
    return leads


def _new_by_types(state: State, rows: Rows) -> NDArray[np.bool_]:
    records = state.links.program.types_named
    what = records.what[rows]
    made: NDArray[np.bool_] = (records.how[rows] == Naming.NEW) & (what >= 0)
    is_new = (state.links.program.class_of[what] >= 0) & ~state.made[what]
    made &= is_new | _initialises(state, what)
    return made


def _new_by_fields(state: State, rows: Rows) -> NDArray[np.bool_]:
    program = state.links.program
    records = program.fields_touched
    what, how = records.what[rows], records.how[rows]
    owners = program.field_type[what]
    static = (how == Touch.STATIC_GET) | (how == Touch.STATIC_PUT)
    puts = (how == Touch.PUT) | (how == Touch.STATIC_PUT)
    handed = puts & (program.class_of[owners] < 0)
    leads: NDArray[np.bool_] = static & _initialises(state, owners)
    leads |= handed
    return leads & (what >= 0)
