"""Decisions for somebody known by their ordinal, and for many at once.

What is so about them is read from planes. Of an ordinal beyond the planes nothing is known. Planes
that are out of date (an old snapshot) answer no, whoever is asked about.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from chengnuo.domain.decision.decision import Decision, Outcome, Ruling
from chengnuo.domain.decision.engine import SHAPES_KEPT, Compiled, Shape
from chengnuo.domain.decision.request import Request
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.decision.state_bits import NO
from chengnuo.engines.planes.keys import MOST_LANES, Answered, Answers, keys_of, split
from chengnuo.engines.planes.lane import Bytes, Ordinals
from chengnuo.engines.planes.planes import TIMED, Planes

OUTDATED = Decision(outcome=Outcome.REFUSE, by=(Ruling(Rule.STATE, "", "expired"),))
"""The answer of planes that are out of date."""
OUTCOMES = tuple(Outcome)
"""The outcomes in the order of their codes in `Audience.outcomes`."""

_Column = tuple[memoryview, tuple[int, int, int, int]]


class Look:
    """One shape of request on some planes: what a worker asks over and over."""

    __slots__ = (
        "_answers",
        "_capacity",
        "_columns",
        "_flags",
        "_good_until",
        "_lock",
        "_many",
        "_met",
        "_numbers",
        "_planes",
        "_shape",
        "_view",
    )

    def __init__(self, shape: Shape, planes: Planes) -> None:
        """Find the lanes that a shape asks for; one that is not there reads 0 for everybody."""
        self._shape, self._planes = shape, planes
        self._many: Answers | None = None
        self._met: list[Decision] = []
        self._numbers: dict[Decision, int] = {}
        self._lock = Lock()
        self._answers, self._view = shape.answers, planes.flags
        self._capacity, self._good_until = planes.capacity, planes.good_until
        there = [one for one in shape.columns if one.lane in planes.lanes]
        lacking = [one for one in shape.columns if one.lane not in planes.lanes]
        views = [planes.lanes[one.lane].view for one in there]
        self._columns = (
            _worthwhile(zip(views, (one.worth for one in there), strict=True)),
            _worthwhile(zip(views, (one.worth_of_child for one in there), strict=True)),
        )
        more = (
            sum(one.worth[0] for one in lacking),
            sum(one.worth_of_child[0] for one in lacking),
        )
        self._flags = tuple(worth + more[worth & 1] for worth in shape.flags)

    def decide(self, ordinal: int, at: int) -> Decision:
        """Return the answer for somebody.

        Args:
            ordinal: Their dense number; any number.
            at: Microseconds since 1970, on the day of the book.

        """
        if at >= self._good_until:
            return OUTDATED
        if not 0 <= ordinal < self._capacity:
            return self._slowly(ordinal, at)
        # The lanes are read before the flags: a value with an end is written after its flag.
        flags = self._view
        key = self._flags[flags[ordinal]]
        at_byte, shift = ordinal >> 2, (ordinal & 3) << 1
        for view, worth in self._columns[key & 1]:
            key += worth[view[at_byte] >> shift & 3]
        if flags[ordinal] & TIMED:
            return self._slowly(ordinal, at)
        found = self._answers.get(key)
        return self._shape.answer(key) if found is None else found

    def many(self, ordinals: Ordinals, at: int) -> tuple[Answered, list[Decision]]:
        """Return the answers for many, and which decision each number of them is."""
        lanes = tuple(column.lane for column in self._shape.columns)
        if at >= self._good_until:
            outdated = Answers(lambda _: (0, OUTCOMES.index(OUTDATED.outcome)), lanes=0)
            return outdated.of(ordinals, lambda part: part * 0), [OUTDATED]
        if len(lanes) > MOST_LANES:  # keys that would not fit: one by one
            return self._one_by_one(ordinals, at)
        if self._many is None:
            self._many = Answers(self._numbered_key, lanes=len(lanes))
        found = self._many.of(ordinals, lambda part: keys_of(self._planes, part, lanes, at=at))
        return found, self._met

    def _one_by_one(self, ordinals: Ordinals, at: int) -> tuple[Answered, list[Decision]]:
        answers = Answers(lambda one: self._numbered(self.decide(one, at)), lanes=MOST_LANES)
        return answers.of(ordinals, lambda part: part), self._met

    def _numbered_key(self, key: int) -> tuple[int, int]:
        shape = self._shape
        return self._numbered(shape.answer(shape.key(*split(key, len(shape.columns)))))

    def _numbered(self, decision: Decision) -> tuple[int, int]:
        with self._lock:
            number = self._numbers.get(decision)
            if number is None:
                number = self._numbers[decision] = len(self._met)
                self._met.append(decision)
        return number, OUTCOMES.index(decision.outcome)

    def _slowly(self, ordinal: int, at: int) -> Decision:
        planes = self._planes
        values: list[int] = []
        for column in self._shape.columns:
            value = planes.value(column.lane, ordinal)
            is_over = value != NO and planes.end(column.lane, ordinal) <= at
            values.append(0 if is_over else value)
        return self._shape.answer(self._shape.key(planes.flags_of(ordinal), values))


def _worthwhile(columns: Iterable[_Column]) -> tuple[_Column, ...]:
    return tuple(one for one in columns if any(one[1]))


class Lookup:
    """A compiled book on some planes; swapped whole when either changes."""

    def __init__(self, compiled: Compiled, planes: Planes) -> None:
        """Take both as they are."""
        self.compiled, self.planes = compiled, planes
        self._looks: dict[Shape, Look] = {}

    def look(self, request: Request) -> Look:
        """Return what answers a request here."""
        shape = self.compiled.shape(request)
        found = self._looks.get(shape)
        if found is None:
            if len(self._looks) >= SHAPES_KEPT:
                self._looks = {}
            found = self._looks[shape] = Look(shape, self.planes)
        return found

    def decide(self, request: Request, ordinal: int, at: int) -> Decision:
        """Return the answer to a request about somebody (see `Look.decide`)."""
        return self.look(request).decide(ordinal, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """What was answered for many.

    Attributes:
        outcomes: `(m,)` uint8, the place in `OUTCOMES` for each ordinal, in their order.
        decisions: The distinct answers with how many got each.
        left_out: How many were kept out by each ruling; who was by several counts for each.

    """

    outcomes: Bytes
    decisions: tuple[tuple[Decision, int], ...]
    left_out: dict[tuple[Outcome, Ruling], int]

    def count(self, outcome: Outcome) -> int:
        """Return how many got an outcome."""
        return sum(count for decision, count in self.decisions if decision.outcome is outcome)


def audience(lookup: Lookup, request: Request, ordinals: Ordinals, at: int) -> Audience:
    """Answer one request about many.

    Args:
        lookup: Book and planes.
        request: What is asked.
        ordinals: `(m,)` int64, in any order, repeated or not, known or not.
        at: Microseconds since 1970, on the day of the book.

    """
    found, met = lookup.look(request).many(ordinals, at)
    decisions = tuple((met[number], count) for number, count in found.counts.items())
    left_out: Counter[tuple[Outcome, Ruling]] = Counter()
    for decision, count in decisions:
        if not decision.permits:
            for ruling in decision.by:
                left_out[decision.outcome, ruling] += count
    return Audience(
        outcomes=found.codes,
        decisions=decisions,
        left_out=dict(left_out),
    )
