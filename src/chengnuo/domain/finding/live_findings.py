"""What controls over records found wrong, as findings: which duties, how put, how grave."""

from collections.abc import Iterable, Iterator, Sequence

from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.finding.making import strongest_standing
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import DutyId
from chengnuo.law.standing import Standing


def failing(runs: Iterable[LiveRun]) -> Iterator[LiveRun]:
    """Yield the runs that found something wrong."""
    return (run for run in runs if run.result.faults)


def offended(run: LiveRun) -> Sequence[DutyId]:
    """Return the duties that a fault offends: the articles said, or else the rows of the board."""
    return run.control.rests_on or run.control.duties


def standing_of_run(run: LiveRun, catalogue: Catalogue) -> Standing:
    """Return how what a run found may be put forward."""
    return strongest_standing(offended(run), catalogue)


def severity_of_run(run: LiveRun, catalogue: Catalogue) -> Severity:
    """Return how much it matters: a record shows that a duty was not kept, not that it may be."""
    law = standing_of_run(run, catalogue) is Standing.LAW
    return Severity.HIGH if law else Severity.LOW
