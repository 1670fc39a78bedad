"""A control: something that runs, and tells whether a duty is kept, as far as it can see.

A control over the register sees what is **declared**. For most duties that is only part of the
evidence; for a few, publishing what is declared is the duty itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.declared_control import DeclaredControl
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Finding


@dataclass(frozen=True, slots=True)
class Checked:
    """A register and what its check found; what a control over the register looks at."""

    facts: Facts
    report: CheckReport


class Reach(StrEnum):
    """How far a control's passing goes."""

    DECLARED = "declared"
    """It shows that the register says so; whether it is so, others have to observe."""
    PUBLISHED = "published"
    """What it looks at is itself the duty, once it has been published."""


class Outcome(StrEnum):
    """How a control ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOTHING_TO_CHECK = "nothing-to-check"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _OUTCOME_TEXTS[self]


_OUTCOME_TEXTS = {
    Outcome.PASSED: Text("已登记，未验证", "declared, not verified"),
    Outcome.FAILED: Text("不通过", "failing"),
    Outcome.NOTHING_TO_CHECK: Text("登记簿中没有此类内容", "nothing of the kind is declared"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlResult:
    """What one run of a control found.

    Attributes:
        outcome: How it ended.
        looked_at: How many things it looked at.
        findings: The open findings that made it fail, the worst first.

    """

    outcome: Outcome
    looked_at: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(DeclaredControl):
    """One control over the register.

    Attributes:
        reach: How far its passing goes.
        rules: Rules whose open findings make it fail.
        count: How many things there are to look at.

    """

    reach: Reach
    rules: frozenset[str]
    count: Callable[[Facts], int]

    @property
    def how_often(self) -> Text:
        """When it runs: what is declared changes with the register, what it means with the day."""
        return Text("登记簿改变时，以及每天", "On every change of the register, and every day")

    def run(self, checked: Checked) -> ControlResult:
        """Look at a checked register; waived findings and notes do not make it fail."""
        findings = tuple(one for one in checked.report.open_findings if one.rule in self.rules)
        looked_at = self.count(checked.facts)
        if findings:
            outcome = Outcome.FAILED
        else:
            outcome = Outcome.PASSED if looked_at else Outcome.NOTHING_TO_CHECK
        return ControlResult(outcome=outcome, looked_at=looked_at, findings=findings)
