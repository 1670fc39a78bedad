"""The controls over the register as runs to be recorded: what the board of the day found."""

from chengnuo.base.digest import sha256_hex
from chengnuo.domain.finding.all_controls import CONTROLS
from chengnuo.domain.finding.board import ControlRun
from chengnuo.domain.finding.live import MOST_FAULTS, Fault, LiveOutcome, LiveResult
from chengnuo.usecases.finding.recording_runs import Found
from chengnuo.usecases.register_desk import Served


def found_in_register(served: Served, law: str) -> dict[str, Found]:
    """Return what each control over the register found, by its id, in the order of the list.

    They ran when the register was taken up, or the day began; what they looked at is its version,
    beside the law and the day.
    """
    looked = f"register={served.version}\nlaw={law}\non={served.board.on.isoformat()}\n"
    digest = sha256_hex(looked.encode())
    runs = {run.control.id: run for row in served.board.rows for run in row.runs}
    return {
        one.id: Found(control=one.id, result=_result(runs[one.id]), digest=digest)
        for one in CONTROLS
        if one.id in runs
    }


def _result(run: ControlRun) -> LiveResult:
    found = run.result
    return LiveResult(
        outcome=LiveOutcome(found.outcome.value),
        looked_at=found.looked_at,
        faults=tuple(
            Fault(position=-1, what=one.title, finding=one.id)
            for one in found.findings[:MOST_FAULTS]
        ),
        wrong=len(found.findings),
    )
