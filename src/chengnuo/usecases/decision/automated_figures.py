"""Automated decisions and switches over everybody, as the pledge board looks at them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chengnuo.base.instant import to_us
from chengnuo.domain.consent.setting import LABEL, LABEL_BACK, SWITCH, Setting
from chengnuo.domain.decision.automated import Alarm
from chengnuo.domain.finding.automated_controls import CONTROLS
from chengnuo.domain.finding.automated_records import (
    AutomatedRecords,
    DecidedSeen,
    OffLost,
    TurnedOn,
)
from chengnuo.domain.finding.live import PERIOD_DAYS, LiveRun, run_all
from chengnuo.domain.register.ids import ActivityId
from chengnuo.ports.consent_figures import ConsentFigures
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.versions import UnknownVersionError
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
        return run_all(CONTROLS, self.of_period(now))

    def of_period(self, now: datetime) -> AutomatedRecords:
        """Return what the period before an instant holds."""
        since = to_us(now - timedelta(days=PERIOD_DAYS))
        decided = tuple(
            DecidedSeen(
                position=seen.position,
                personal=row.personal,
                off=row.off,
                looks_at_traits=Alarm.PERSONAL_INPUT in row.alarms,
                deleted_label=Alarm.DELETED_LABEL in row.alarms,
                alone_though_refused=Alarm.ALONE_THOUGH_REFUSED in row.alarms,
                explained=None if seen.record is None else seen.explained is not None,
            )
            for row, seen in self.automated.since(since, limit=MOST + 1)
        )
        settings = self.figures.settings(SWITCH, MOST * 10)
        labels = self.figures.settings(LABEL, MOST * 10)
        back = self.figures.settings(LABEL_BACK, MOST * 10)
        return AutomatedRecords(
            decided=decided,
            turned_on=tuple(self._turned_on(settings, since)),
            kept_off=_kept_off(settings, since),
            off_lost=tuple(self._off_lost(settings)),
            labels_deleted=len({(one.alias, one.what) for one in labels}),
            labels_back=tuple(_back(labels, back)),
            too_many=len(decided) > MOST or MOST * 10 in {len(settings), len(labels), len(back)},
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

    def _off_lost(self, settings: tuple[Setting, ...]) -> Iterator[OffLost]:
        """Yield what has no effect since an activity has another switch, or none.

        Told from the register of the day on which the first of those that stand was turned off.
        """
        served = self.automated.register.current()
        if served is None:
            return
        newest = {(one.alias, one.what): one for one in settings}
        off: dict[str, list[Setting]] = {}
        for one in newest.values():
            if not one.allows:
                off.setdefault(one.what.removeprefix(SWITCH), []).append(one)
        now = served.register
        for switch, acts in sorted(off.items()):
            first = min(acts, key=lambda one: one.position)
            for activity in sorted(self._governed_then(first.position, switch)):
                found = now.activity_by_id.get(activity)
                if found is None or found.automated is None:
                    continue
                other = found.automated.off_switch
                if other == switch or (
                    other is not None and not now.switch_by_id[other].default_on
                ):
                    continue
                lost = [one for one in acts if (one.alias, f"{SWITCH}{other}") not in newest]
                if lost:
                    yield OffLost(
                        position=min(one.position for one in lost),
                        switch=switch,
                        activity=activity,
                        individuals=len({one.alias for one in lost}),
                    )

    def _governed_then(self, position: int, switch: str) -> Iterator[ActivityId]:
        """Yield the activities of a switch by the register that a record names."""
        version = self.evidence.log.record(Position(position)).leaf.register
        try:
            register = self.automated.register.register_of(version).register
        except UnknownVersionError:
            return
        for one in register.activities:
            if one.automated is not None and one.automated.off_switch == switch:
                yield one.activity

    def _surface(self, position: int) -> str | None:
        record = self.evidence.log.record(Position(position))
        payload = self.evidence.payloads.opened(record).payload
        return None if payload is None else str(json.loads(payload)["surface"])


def _back(labels: tuple[Setting, ...], back: tuple[Setting, ...]) -> Iterator[int]:
    """Yield where a label came back that was not deleted again since."""
    newest = {(one.alias, one.what.removeprefix(LABEL)): one.position for one in labels}
    for one in back:
        if newest.get((one.alias, one.what.removeprefix(LABEL_BACK)), 0) < one.position:
            yield one.position


def _kept_off(settings: tuple[Setting, ...], since: int) -> int:
    newest = {(one.alias, one.what): one for one in settings if one.what.startswith(SWITCH)}
    return sum(not one.allows and one.at >= since for one in newest.values())
