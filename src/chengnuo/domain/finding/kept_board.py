"""The pledge board from runs that were kept: nothing runs while it is put together.

What a run found wrong stays wrong until another run finds it mended, however old it is. A run that
found nothing wrong counts as long as its control says, and is stale afterwards. A control that
never ran shows nothing. One that was renamed says so, and keeps what was found wrong before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.finding.declared_control import DeclaredControl
from chengnuo.domain.finding.live import LiveOutcome, LiveResult, LiveRun, OverRecords
from chengnuo.law.civil import civil_date


def kept_runs(
    controls: Iterable[OverRecords], kept: Mapping[str, KeptRun], *, now: datetime
) -> tuple[LiveRun, ...]:
    """Return the newest run of each control as it counts at an instant."""
    return tuple(
        LiveRun(control=one, result=_counts(one, newest_of(one, kept), now)) for one in controls
    )


def newest_of(control: DeclaredControl, kept: Mapping[str, KeptRun]) -> KeptRun | None:
    """Return the newest run of a control: under its own id, else under one that it had before."""
    own = kept.get(control.id)
    before = (kept[name] for name in control.formerly if name in kept)
    return own or max(before, key=lambda run: run.position, default=None)


def _counts(control: OverRecords, run: KeptRun | None, now: datetime) -> LiveResult:
    if run is None:
        return _NEVER_RAN
    day = civil_date(run.at).isoformat()
    if run.control != control.id and not run.wrong:
        return replace(
            _NEVER_RAN,
            why=Text(
                f"这项检查改过名，原名 {run.control}，上次运行是 {day}；改名后还没有运行过。",
                f"It was `{run.control}` before and ran last on {day}; it has not run since.",
            ),
        )
    if run.wrong or abs(now - run.at) <= control.fresh_for:
        return run.result
    if run.at > now:
        return LiveResult(
            outcome=LiveOutcome.STALE,
            looked_at=run.looked_at,
            why=Text(
                f"服务器的时钟往回调过：上次运行记在 {day}，比现在晚。",
                f"The clock was set back: its last run stands at {day}, after now.",
            ),
            newest=run.newest,
        )
    return LiveResult(
        outcome=LiveOutcome.STALE,
        looked_at=run.looked_at,
        why=Text(
            f"上次运行是 {day}，已超过它的间隔。",
            f"It ran last on {day}, longer ago than it may have.",
        ),
        newest=run.newest,
    )


_NEVER_RAN = LiveResult(
    outcome=LiveOutcome.NOT_SHOWN,
    looked_at=0,
    why=Text("还没有运行过。", "It has not run yet."),
)
