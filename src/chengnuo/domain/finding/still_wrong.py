"""What a run found wrong before, where the run after it did not look at that again.

A control that could not run has found nothing mended, so what was wrong stays wrong. One that
looked at the newest of too many records did not look at older ones: what was wrong with a record
stays so for as long as the control looks back.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.finding.live import PERIOD_DAYS, Fault, LiveOutcome, LiveResult


def still_wrong(
    result: LiveResult, before: KeptRun | None, at: Callable[[int], datetime], now: datetime
) -> LiveResult:
    """Return the result of a run with what the run before it found wrong and it did not look at.

    Args:
        result: What the run found.
        before: The run before it; None before the first.
        at: Returns the instant of a record of the log by its position.
        now: The instant of the run.

    """
    if before is None or not before.wrong or result.wrong:
        return result
    if result.outcome is LiveOutcome.COULD_NOT_RUN:
        return replace(
            result,
            faults=before.faults,
            wrong=before.wrong,
            why=_also(result.why, _NOT_AGAIN),
        )
    if result.outcome is not LiveOutcome.SAMPLED:
        return result
    since = now - timedelta(days=PERIOD_DAYS)

    def is_young(fault: Fault) -> bool:
        return fault.position > 0 and at(fault.position) >= since

    young = tuple(filter(is_young, before.faults))
    if not young:
        return result
    return replace(
        result,
        outcome=LiveOutcome.FAILED,
        faults=young,
        wrong=len(young),
        why=_also(result.why, _NOT_AGAIN),
    )


def _also(why: Text | None, more: Text) -> Text:
    if why is None or more.zh in why.zh:
        return why or more
    return Text(f"{why.zh}{more.zh}", f"{why.in_lang(Lang.EN)} {more.in_lang(Lang.EN)}")


_NOT_AGAIN = Text(
    "上次发现的不符没有再看到，仍然算数。",
    "What was found wrong before was not looked at again and stands.",
)
