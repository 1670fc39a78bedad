"""What was concluded of impact assessments and of recipients, out of the records of dossiers.

The log decides: an approval counts from its place among the records, so it cannot be dated back,
and an answer that names how many records it rests on comes out the same when it is replayed. What
was assessed is each activity as the register had it when the assessment was written last. A
recipient is given up once every supervision of it was ended, from the place of that record on.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from math import inf
from threading import RLock
from typing import Final

from chengnuo.base.canonical import Tree
from chengnuo.domain.dossier.sorts.assessment import (
    APPROVE,
    ASSESSMENT,
    BEGIN,
    REJECT,
    REOPEN,
    WRITE,
)
from chengnuo.domain.dossier.sorts.supervision import BEGIN as WATCH
from chengnuo.domain.dossier.sorts.supervision import END as GIVE_UP
from chengnuo.domain.dossier.sorts.supervision import SUPERVISION
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.register.assessing import NOT_KEPT, Approval, InDossiers
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.material import material_fingerprint
from chengnuo.domain.register.model import Register
from chengnuo.ports.evidence_log import LogReader, Position, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.versions import UnknownVersionError

_TAG: Final = open_tag(Kind.DOSSIER_ACT)
_LOOKED_AT: Final = {ASSESSMENT.id: None, SUPERVISION.id: frozenset({WATCH, GIVE_UP})}
"""Sorts, and the acts of each that conclude anything; None for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAct:
    """An act of an assessment, or the begin or end of a supervision, as its record tells.

    Attributes:
        position: Of the record.
        sort: Sort of the dossier.
        dossier: Id of the dossier.
        what: Id of the act.
        said: Its open fields.
        register: Version of the register that was in force.

    """

    position: int
    sort: str
    dossier: str
    what: str
    said: Mapping[str, Tree]
    register: str


@dataclass(slots=True)
class _Course:
    """How an assessment has gone so far."""

    activities: tuple[ActivityId, ...] = ()
    grounds: frozenset[str] = frozenset()
    written: str = ""


class KeptAssessments:
    """Tells what stands; safe to call from several threads.

    In the process that writes the log every act is announced by `changing`; another process looks
    again once a second; one that follows looks by `take_in` alone, so whoever asks waits for
    nothing.
    """

    def __init__(
        self,
        log: LogReader,
        payloads: Payloads,
        register_of: Callable[[str], Register],
        *,
        again: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take in nothing yet.

        Args:
            log: The log.
            payloads: Opens payloads.
            register_of: Returns the register of a kept version; raises `UnknownVersionError`.
            again: Tells whether it is time to look for acts that nobody announced.

        """
        self._log = log
        self._payloads = payloads
        self._register_of = register_of
        self._again = again
        self._stands: tuple[tuple[KeptAct, ...], InDossiers] = ((), NOT_KEPT)
        self._newest = -1
        self._changing = 0
        self._is_stale = True
        self._materials: dict[tuple[str, ActivityId], str] = {}
        self._lock = RLock()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Be told that records of dossiers are being made, for as long as it takes."""
        with self._lock:
            self._changing += 1
        try:
            yield
        finally:
            with self._lock:
                self._changing -= 1
                self._is_stale = True

    def acts(self) -> tuple[KeptAct, ...]:
        """Return every act that is looked at, the first first."""
        self._look_if_due()
        return self._stands[0]

    def level(self) -> int:
        """Return by how many first records of the log the newest act is there; 0 for none."""
        acts = self.acts()
        return acts[-1].position + 1 if acts else 0

    def by(self, position: int | None) -> InDossiers:
        """Return what stands by so many first records of the log.

        Args:
            position: How many records; None for all there are.

        Raises:
            LogDamagedError: A record cannot be read.

        """
        self._look_if_due()
        acts, now = self._stands  # at once: another thread may take in more
        if position is None or not acts or acts[-1].position < position:
            return now
        return self._folded([act for act in acts if act.position < position])

    def take_in(self, position: int) -> None:
        """Read what is new among so many first records; until then what was read before stands.

        Raises:
            LogDamagedError: A record cannot be read.

        """
        with self._lock:
            self._look(position)
            self._is_stale = False

    def _look_if_due(self) -> None:
        if self._is_stale or self._changing or self._again():
            with self._lock:
                self._look()
                self._is_stale = False  # not before: what could not be read is looked for again

    def _look(self, upto: float = inf) -> None:
        """Read what is new of the chain of acts in dossiers."""
        new: list[Record] = []
        mapped, last = self._log.last(_TAG)
        floor = max(mapped, self._newest + 1)
        recent = takewhile(lambda one: one.position >= floor, self._log.newest())
        new += [one for one in recent if one.leaf.tag == _TAG.hex()]
        while last is not None and last > self._newest:
            record = self._log.record(last)
            new.append(record)
            last = None if record.before is None else Position(record.before)
        new = [one for one in new if one.position < upto]
        if not new:
            return
        found = [act for record in reversed(new) if (act := self._act(record)) is not None]
        if found:
            acts = tuple(sorted((*self._stands[0], *found), key=lambda one: one.position))
            self._stands = (acts, self._folded(acts))
        self._newest = max(one.position for one in new)  # last: else what failed is passed over

    def _act(self, record: Record) -> KeptAct | None:
        payload = self._payloads.opened(record).payload
        said: dict[str, Tree] = {} if payload is None else json.loads(payload)
        fields = said.get("said")
        sort = str(said.get("sort", ""))
        if sort not in _LOOKED_AT or not isinstance(fields, dict):
            return None
        acts = _LOOKED_AT[sort]
        if acts is not None and said["what"] not in acts:
            return None
        return KeptAct(
            position=record.position,
            sort=sort,
            dossier=str(said["dossier"]),
            what=str(said["what"]),
            said=fields,
            register=record.leaf.register,
        )

    def _folded(self, acts: Sequence[KeptAct]) -> InDossiers:
        """Return what a course of acts comes to; a rejection ends earlier approvals."""
        courses: dict[str, _Course] = {}
        concluded: set[ActivityId] = set()
        stands: dict[tuple[ActivityId, str], Approval] = {}
        for act in (one for one in acts if one.sort == ASSESSMENT.id):
            course = courses.setdefault(act.dossier, _Course())
            if act.what == BEGIN:
                course.activities = tuple(map(ActivityId, _texts(act.said.get("activities"))))
                course.grounds = frozenset(_texts(act.said.get("grounds")))
            elif act.what == WRITE:
                course.written = act.register
            elif act.what == APPROVE:
                concluded.update(course.activities)
                for one in course.activities:
                    stands[one, act.dossier] = Approval(
                        dossier=act.dossier,
                        activity=one,
                        material=self._material(course.written, one),
                        grounds=course.grounds,
                        until=date.fromisoformat(str(act.said["valid-until"])),
                    )
            elif act.what == REJECT:
                concluded.update(course.activities)
                over = [key for key in stands if key[0] in course.activities]
                for key in over:
                    del stands[key]
            elif act.what == REOPEN:
                for one in course.activities:
                    stands.pop((one, act.dossier), None)
        return replace(
            NOT_KEPT,
            concluded=frozenset(concluded),
            approvals=tuple(stands.values()),
            given_up=_given_up(acts),
        )

    def _material(self, version: str, activity: ActivityId) -> str:
        """Return the fingerprint of what was assessed; empty where it cannot be read any more."""
        key = (version, activity)
        if not version:
            return ""
        if key not in self._materials:
            try:
                register = self._register_of(version)
            except UnknownVersionError:
                return ""
            found = register.activity_by_id.get(activity)
            self._materials[key] = "" if found is None else material_fingerprint(found, register)
        return self._materials[key]


def _given_up(acts: Iterable[KeptAct]) -> frozenset[RecipientId]:
    """Return the recipients that were supervised, and of which every supervision was ended."""
    watched: dict[str, RecipientId] = {}
    ended: set[str] = set()
    for act in acts:
        if act.sort != SUPERVISION.id:
            continue
        if act.what == WATCH:
            watched[act.dossier] = RecipientId(str(act.said["recipient"]))
        else:
            ended.add(act.dossier)
    running = {recipient for dossier, recipient in watched.items() if dossier not in ended}
    return frozenset(watched.values()) - running


def written_under(acts: Iterable[KeptAct], dossier: str) -> str:
    """Return the register version under which a dossier's assessment was written last."""
    found = [one.register for one in acts if one.dossier == dossier and one.what == WRITE]
    return found[-1] if found else ""


def _texts(value: Tree) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
