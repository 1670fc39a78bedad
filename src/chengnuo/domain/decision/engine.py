"""Decisions compiled: equal to the reference, from tables instead of rules.

Requests fall into few shapes. For each, what is so about the individual that matters is folded to
one number, the key, and the answer stands in a table under it. The table is filled by asking the
reference about the state that the key stands for; so the answers, reasons and duties are the
reference's own, and equal answers are one object.

A compiled book never changes. A new register is another compiled book: whoever holds one swaps
the whole reference, and every answer is by the old one or by the new one.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.case import case_of, needed_items
from chengnuo.domain.decision.columns import (
    ACCOUNT,
    CHILD,
    ITEMS,
    RESTRICTED,
    SUPPRESSED,
    Column,
    Place,
    act_of,
    item_column,
    objection_column,
    switch_column,
    worth_of_flags,
)
from chengnuo.domain.decision.decision import Decision
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.state_bits import (
    ACCOUNTS,
    AGES,
    NO,
    OBJECTED,
    OFF,
    ON,
    UNSET,
    Lanes,
    flags_of,
    lane_of_objection,
    lane_of_switch,
)
from chengnuo.domain.individual.standing import Individual
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import SwitchId
from chengnuo.engines.planes.planes import Value, Whole
from chengnuo.law.age import AgeBand
from chengnuo.law.legal_basis import LegalBasis

SHAPES_KEPT: Final = 1 << 14
ANSWERS_KEPT: Final = 1 << 16
"""Shapes of a book, and answers of a shape; what is beyond is worked out anew."""

_SOMEBODY = Individual(age=AgeBand.ADULT)
_A_CHILD = Individual(age=AgeBand.UNDER_14)


class Shape:
    """All requests that differ in nothing that matters."""

    __slots__ = (
        "_book",
        "_interned",
        "_objection",
        "_places",
        "_request",
        "_switch",
        "_switch_id",
        "answers",
        "bits",
        "columns",
        "flags",
    )

    def __init__(
        self, request: Request, book: Book, lanes: Lanes, interned: dict[Decision, Decision]
    ) -> None:
        """Compile a shape; use `Compiled.shape`."""
        self._request, self._book, self._interned = request, book, interned
        self.answers: dict[int, Decision] = {}
        activity = book.register.activity_by_id.get(request.activity)
        if activity is None or request.only_deletes:
            activity = None  # nothing about the individual matters
        self.flags = self._worth_of_flags(activity)
        shift = ITEMS
        self._switch = self._objection = -1
        self._switch_id = _switch_of(activity)
        columns: list[Column] = []
        if self._switch_id is not None:
            self._switch, shift = shift, shift + 1
            switch = book.register.switch_by_id[self._switch_id]
            columns.append(switch_column(switch, self._switch))
        if activity is not None and activity.basis is LegalBasis.ALREADY_PUBLIC:
            self._objection, shift = shift, shift + 1
            columns.append(objection_column(activity.activity, self._objection))
        places: list[Place] = []
        for item, of_child, of_others in self._needed(activity):
            places.append(Place(lanes.items[item], shift, of_child, of_others))
            shift += 2
        columns += [item_column(place) for place in places]
        self._places = tuple(places)
        self.columns = tuple(columns)
        self.bits = shift

    def decide(self, bits: Whole, at: int) -> Decision:
        """Return the answer for somebody.

        Args:
            bits: What is so about them (`Lanes.bits_of`).
            at: Microseconds since 1970, on the day of the book.

        """
        key = self.flags[bits.flags]
        of_child = key & CHILD
        values = bits.values
        for column in self.columns:
            value = values.get(column.lane)
            worth = column.worth_of_child if of_child else column.worth
            if value is None or value.end <= at:
                key += worth[NO if value is not None and value.value == NO else 0]
            else:
                key += worth[value.value]
        found = self.answers.get(key)
        return self.answer(key) if found is None else found

    def decide_for(self, state: State, at: int) -> Decision:
        """Return the answer for somebody whose state is at hand.

        Args:
            state: What is so about them.
            at: Microseconds since 1970, on the day of the book.

        """
        values = {
            place.lane.name: place.lane.value(state.consents.get(place.lane.item.id))
            for place in self._places
        }
        if self._switch_id is not None:
            is_on = state.switches.get(self._switch_id)
            value = UNSET if is_on is None else ON if is_on else OFF
            values[lane_of_switch(self._switch_id)] = Value(value)
        if self._objection >= 0 and self._request.activity in state.objects_to:
            values[lane_of_objection(self._request.activity)] = Value(OBJECTED)
        return self.decide(Whole(flags=flags_of(state.individual), values=values), at)

    def key(self, flags: int, values: Iterable[int]) -> int:
        """Return the key of flags and the values of `columns`, none of which has ended."""
        key = self.flags[flags]
        for column, value in zip(self.columns, values, strict=True):
            key += (column.worth_of_child if key & CHILD else column.worth)[value]
        return key

    def answer(self, key: int) -> Decision:
        """Return the answer that stands under a key."""
        found = self.answers.get(key)
        if found is None:
            found = decide(self._request, self._state(key), book=self._book, at=0)
            found = self._interned.setdefault(found, found)
            if len(self.answers) < ANSWERS_KEPT:
                self.answers[key] = found
        return found

    def _worth_of_flags(self, activity: ProcessingActivity | None) -> tuple[int, ...]:
        if activity is None:
            return (0,) * 256
        of_age = (State(individual=Individual(age=age)) for age in AGES)
        return worth_of_flags(
            frozenset(
                state.individual.age
                for state in of_age
                if case_of(self._request, activity, state, self._book, 0).is_child
            )
        )

    def _needed(
        self, activity: ProcessingActivity | None
    ) -> list[tuple[ConsentItemId, bool, bool]]:
        if activity is None:
            return []
        needed = [
            {
                item.id
                for item in needed_items(
                    case_of(self._request, activity, State(individual=one), self._book, 0)
                )
            }
            for one in (_A_CHILD, _SOMEBODY)
        ]
        return [
            (item.id, item.id in needed[0], item.id in needed[1])
            for item in self._book.items_of[activity.activity]
            if item.id in needed[0] | needed[1]
        ]

    def _state(self, key: int) -> State:
        """Return a state that the key stands for."""
        of_child = bool(key & CHILD)
        consents = {
            place.lane.item.id: act_of(place.lane, key >> place.shift & 3, by_guardian=of_child)
            for place in self._places
            if key >> place.shift & 3
        }
        switch = self._switch_id
        return State(
            individual=Individual(
                age=AgeBand.UNDER_14 if of_child else AgeBand.ADULT,
                account=ACCOUNTS[key >> ACCOUNT & 3],
                restricted=bool(key >> RESTRICTED & 1),
                suppressed=bool(key >> SUPPRESSED & 1),
            ),
            consents=consents,
            switches={} if switch is None else {switch: not key >> self._switch & 1},
            objects_to=frozenset(
                {self._request.activity}
                if self._objection >= 0 and key >> self._objection & 1
                else ()
            ),
        )


class Compiled:
    """A book with tables for the shapes of request that were asked."""

    def __init__(self, book: Book) -> None:
        """Compile a book; shapes are compiled when they are first asked for."""
        self.book = book
        self.lanes = Lanes(book.register, book.catalogue)
        self._interned: dict[Decision, Decision] = {}
        self._shapes: dict[Request, Shape] = {}
        self._met: dict[int, tuple[Request, Shape]] = {}

    def decide(self, request: Request, state: State, at: int) -> Decision:
        """Return the answer to a request, as the reference gives it.

        Args:
            request: What is asked.
            state: What is so about the individual.
            at: Microseconds since 1970, on the day of the book.

        """
        return self.shape(request).decide_for(state, at)

    def shape(self, request: Request) -> Shape:
        """Return the shape of a request; a request met before is known by what it is."""
        met = self._met.get(id(request))
        if met is not None and met[0] is request:
            return met[1]
        shape = self._shape(self._plain(request))
        if len(self._met) >= SHAPES_KEPT:
            self._met = {}
        self._met[id(request)] = (request, shape)
        return shape

    def _shape(self, plain: Request) -> Shape:
        shape = self._shapes.get(plain)
        if shape is None:
            shape = Shape(plain, self.book, self.lanes, self._interned)
            if len(self._shapes) >= SHAPES_KEPT:
                self._shapes, self._interned = {}, {}
            self._shapes[plain] = shape
        return shape

    def _plain(self, request: Request) -> Request:
        """Return a request with a count that says only on which side of the limit it is."""
        activity = self.book.register.activity_by_id.get(request.activity)
        most = None if activity is None else activity.method.at_most
        if request.recent is None:
            return request
        recent = None if most is None else min(request.recent, most.count)
        if most is not None and request.recent < most.count:
            recent = min(0, most.count - 1)
        return request if recent == request.recent else replace(request, recent=recent)


def _switch_of(activity: ProcessingActivity | None) -> SwitchId | None:
    return None if activity is None or not activity.automated else activity.automated.off_switch
