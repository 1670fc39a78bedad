"""Automated decisions and switches over everybody, as the pledge board looks at them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chengnuo.base.instant import to_us
from chengnuo.domain.consent.setting import SWITCH, Setting
from chengnuo.domain.decision.automated import Alarm
from chengnuo.domain.finding.automated_controls import run_automated
from chengnuo.domain.finding.automated_records import AutomatedRecords, DecidedSeen, TurnedOn
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.finding.live_board import PERIOD_DAYS
from chengnuo.ports.consent_figures import ConsentFigures
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.evidence.desk import EvidenceDesk

MOST = 5_000
NOT_BY_INDIVIDUAL = frozenset(
    {"batch", "console", "default", "import", "migration", "sdk", "server", "staff", "system"}
)
"""Surfaces on which no individual acts; a switch that came on there came on by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedFigures:
    """Runs the controls.

    Attributes:
        automated: The decisions.
        figures: The acts on switches.
        evidence: The log.

    """

    automated: AutomatedDesk
    figures: ConsentFigures
    evidence: EvidenceDesk

    def runs(self, now: datetime) -> tuple[LiveRun, ...]:
        """Run the controls over the period before an instant.

        Raises:
            UnavailableError: Records cannot be read now.

        """
        return run_automated(self.of_period(now))

    def of_period(self, now: datetime) -> AutomatedRecords:
        """Return what the period before an instant holds."""
        since = to_us(now - timedelta(days=PERIOD_DAYS))
        decided = tuple(
            DecidedSeen(
                position=seen.position,
                personal=row.personal,
                off=row.off,
                looks_at_traits=Alarm.PERSONAL_INPUT in row.alarms,
                explained=None if seen.record is None else seen.explained is not None,
            )
            for row, seen in self.automated.since(since, limit=MOST + 1)
        )
        settings = self.figures.switches(MOST * 10)
        return AutomatedRecords(
            decided=decided,
            turned_on=tuple(self._turned_on(settings, since)),
            kept_off=_kept_off(settings, since),
            too_many=len(decided) > MOST or len(settings) == MOST * 10,
        )

    def _turned_on(self, settings: tuple[Setting, ...], since: int) -> Iterator[TurnedOn]:
        """Yield acts that turned on what the same individual had turned off."""
        stands: dict[tuple[str, str], bool] = {}
        for one in settings:
            before = stands.get((one.alias, one.what))
            stands[one.alias, one.what] = one.allows
            if one.allows and before is False and one.at >= since and one.what.startswith(SWITCH):
                surface = self._surface(one.position)
                yield TurnedOn(
                    position=one.position,
                    surface=surface,
                    by_individual=None if surface is None else surface not in NOT_BY_INDIVIDUAL,
                )

    def _surface(self, position: int) -> str | None:
        record = self.evidence.log.record(Position(position))
        payload = self.evidence.payloads.opened(record).payload
        return None if payload is None else str(json.loads(payload)["surface"])


def _kept_off(settings: tuple[Setting, ...], since: int) -> int:
    newest = {(one.alias, one.what): one for one in settings if one.what.startswith(SWITCH)}
    return sum(not one.allows and one.at >= since for one in newest.values())
