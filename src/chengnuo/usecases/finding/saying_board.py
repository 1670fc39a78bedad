"""Recording what the board says as a whole: when that changes, and once a day.

It is recorded as the controls run, before anybody decides what to publish; a publication is held
to that record by whoever verifies it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.board_said import StandingRow, board_said
from chengnuo.domain.finding.control_run import KeptStatus
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.law.civil import civil_date
from chengnuo.ports.clock import Clock
from chengnuo.ports.control_runs import ControlRunStore
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.finding.recording_runs import BOARD


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSaying:
    """Records what the board says.

    Attributes:
        recorder: Records it.
        store: Keeps what was recorded of each row; None where no runs are kept.
        clock: Tells the day.

    """

    recorder: Recorder
    store: ControlRunStore | None
    clock: Clock

    def record(self, rows: Sequence[StandingRow]) -> Position:
        """Record what rows say, unless the newest record of this day says the same.

        Returns:
            Where that is recorded.

        Raises:
            LogUnavailableError: It could not be recorded.
            DatabaseUnavailableError: It was recorded and cannot be kept now; it will be made up.

        """
        said = board_said(rows)
        newest = self._newest_of_today()
        if newest is not None and self._says(newest, said):
            return newest
        failing = sum(row.status is RowStatus.FAILING for row in rows)
        draft = self.recorder.draft(
            Kind.CONTROL_RUN,
            {
                "control": BOARD,
                "outcome": (LiveOutcome.FAILED if failing else LiveOutcome.PASSED).value,
                "looked_at": len(rows),
                "wrong": failing,
                "digest": sha256_hex(canonical_json(said)),
                **said,
            },
        )
        appended = self.recorder.log.append([draft])
        day = civil_date(from_us(appended.at))
        if self.store is not None:
            stand = {row.duty.id: row.status for row in rows}.items()
            self.store.keep(
                (),
                [
                    KeptStatus(day=day, duty=duty, status=status, position=appended.first)
                    for duty, status in stand
                ],
            )
        return appended.first

    def _newest_of_today(self) -> Position | None:
        if self.store is None:
            return None
        today = civil_date(self.clock.now())
        found = (Position(one.position) for one in self.store.statuses(today, today))
        return max(found, default=None)

    def _says(self, position: Position, said: dict[str, Tree]) -> bool:
        payload = self.recorder.payloads.opened(self.recorder.log.record(position)).payload
        if payload is None:
            return False
        found = msgspec.json.decode(payload, type=dict[str, object])
        return {name: found.get(name) for name in said} == said
