"""Moving a request: through the table of stages, into the store, into the evidence log.

The step is durable in the store before it is recorded and acknowledged only after, and nothing is
done on its strength before it is recorded. A stop in between leaves a line without position; it is
looked for in the log, and recorded if it is not there, so never twice and never not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import TYPE_CHECKING

import msgspec

from chengnuo.base.instant import to_us
from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.machine import Event, Stage, after
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_log import Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case, Line, RightsStore, Secret
from chengnuo.usecases.evidence.recording import Recorder

if TYPE_CHECKING:
    from chengnuo.base.canonical import Tree

_SLACK = timedelta(minutes=1)
_MOST_REASON = 500


class _Said(msgspec.Struct):
    request: str = ""
    root: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKeeper:
    """Moves cases.

    Attributes:
        store: Keeps them.
        recorder: Records what happens to them.
        clock: Tells the instant.

    """

    store: RightsStore
    recorder: Recorder
    clock: Clock
    _lock: RLock = field(default_factory=RLock, init=False, repr=False, compare=False)

    def now(self) -> datetime:
        """Return the instant."""
        return self.clock.now()

    def add(self, case: Case, secret: Secret, *, by: str) -> Case:
        """Take a case in; durable and recorded on return.

        Returns:
            It, or the one that has its id already.

        Raises:
            LogUnavailableError: It is kept, and will be recorded.

        """
        line = Line(number=0, at=case.request.received, event=None, stage=case.stage, by=by)
        with self._lock:
            if (before := self.store.case(case.request.id)) is not None:
                return before
            self.store.add(case, secret, line)
            self._record(case, line)
        return case

    def move(
        self,
        case: Case,
        event: Event,
        *,
        by: str = "system",
        note: str = "",
        fence: int | None = None,
    ) -> Case:
        """Take a case to its next stage; durable and recorded on return.

        Args:
            case: As it was read, with whatever else changes.
            event: What happens.
            by: Who does it.
            note: More in words.
            fence: Lease under which it happens.

        Raises:
            WrongStageError: The event leads nowhere from there.
            CaseMovedError: It is not as it was read, or the lease is not the newest.
            LogUnavailableError: It is moved, and will be recorded before anything follows.

        """
        stage = after(case.stage, event)
        return self._change(case, stage, event, by=by, note=note, fence=fence)

    def note(self, case: Case, *, by: str, note: str, fence: int | None = None) -> Case:
        """Change a case without moving it, with a line that says why.

        Raises:
            CaseMovedError: It is not as it was read.

        """
        return self._change(case, case.stage, None, by=by, note=note, fence=fence)

    def update(self, case: Case, *, fence: int | None = None) -> Case:
        """Keep what else changed of a case; nothing is recorded.

        Raises:
            CaseMovedError: It is not as it was read, or the lease is not the newest.

        """
        self.store.change(case, None, before=case.number, fence=fence)
        return case

    def mend(self) -> int:
        """Record the lines that a stop left unrecorded; return how many there were."""
        with self._lock:
            requests = self.store.unrecorded()
            if not requests:
                return 0
            lines = {one: self.store.lines(one) for one in requests}
            floor = min(
                line.at for some in lines.values() for line in some if line.position is None
            )
            in_log = self._in_log(set(requests), to_us(floor - _SLACK))
            mended = 0
            for request, some in lines.items():
                case = self.store.case(request)
                known = {line.position for line in some}
                found = [one for one in in_log.get(request, ()) if one not in known]
                for line in some:
                    if line.position is None and case is not None:
                        mended += 1
                        if found:
                            self.store.recorded(request, line.number, found.pop(0))
                        else:
                            self._record(case, line)
            return mended

    def has_recorded(self, case: Case, kind: Kind) -> bool:
        """Tell whether a record of a kind was made of the individual since the case was begun.

        Begun anew after it stood still: meanwhile the record of another request may have been made.
        """
        for record in self._since_begun(case):
            if record.leaf.kind == kind and (
                self.recorder.payloads.person(record) == case.request.person
            ):
                return True
        return False

    def has_recorded_batch(self, case: Case, root: str) -> bool:
        """Tell whether a deletion of nobody with this root was recorded since a case was begun."""
        for record in self._since_begun(case):
            if record.leaf.kind == Kind.DELETION and not record.ordinal:
                payload = self.recorder.payloads.opened(record).payload
                if (
                    payload is not None
                    and msgspec.json.decode(payload, type=ready(_Said)).root == root
                ):
                    return True
        return False

    def _since_begun(self, case: Case) -> Iterator[Record]:
        """Yield the records since a case was begun, newest first."""
        begun = None
        for line in self.store.lines(case.request.id):
            if line.event in {Event.STOPPED, Event.OUTDATED}:
                begun = None
            elif line.event is Event.PICKED and begun is None:
                begun = line.position
        for record in self.recorder.log.newest():
            if begun is None or record.position <= begun:
                return
            yield record

    def _change(  # noqa: PLR0913  one step
        self,
        case: Case,
        stage: Stage,
        event: Event | None,
        *,
        by: str,
        note: str,
        fence: int | None,
    ) -> Case:
        line = Line(
            number=case.number + 1, at=self.now(), event=event, stage=stage, by=by, note=note
        )
        moved = replace(case, stage=stage, number=line.number)
        with self._lock:
            self.store.change(moved, line, before=case.number, fence=fence)
            self._record(moved, line)
        return moved

    def _record(self, case: Case, line: Line) -> None:
        request = case.request
        values: dict[str, Tree] = {
            "request": request.id,
            "right": request.right.value,
            "state": line.stage.value,
            "due": case.due_on.isoformat(),
        }
        if line.note:
            values["reason"] = line.note[:_MOST_REASON]
        draft = self.recorder.draft(Kind.REQUEST_STATE, values, person=PersonKey(request.person))
        appended = self.recorder.log.append([draft])
        self.store.recorded(request.id, line.number, appended.first)

    def _in_log(self, wanted: set[RequestId], floor: int) -> dict[RequestId, list[int]]:
        """Return where the log has records of requests, ascending, back to an instant."""
        found: dict[RequestId, list[int]] = {}
        for record in self.recorder.log.newest():
            if record.leaf.at < floor:
                break
            if record.leaf.kind != Kind.REQUEST_STATE or not record.ordinal:
                continue
            payload = self.recorder.payloads.opened(record).payload
            said = (
                "" if payload is None else msgspec.json.decode(payload, type=ready(_Said)).request
            )
            if said in wanted:
                found.setdefault(RequestId(said), []).insert(0, record.position)
        return found
