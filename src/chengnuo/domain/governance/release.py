"""A release: one version of an app that was submitted to the gate, and how far it is.

    received → submitted → inspecting → inspected → signed off
                                │           ├─────→ sent back
                                └→ failed   └─────→ withdrawn

What is received lies on the disk and is not in the log yet; a process that died there is followed
by one that records it, once.
It is withdrawn by who submitted it at any time before it ends. An inspection that died is taken
up again; one that cannot be made (the file is no package, a limit was reached) has failed, and the
version is withdrawn. What ended stays as it is: a better build is a new release.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from chengnuo.base.errors import ConflictError
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.register.ids import AppId

ReleaseId = NewType("ReleaseId", str)
"""16 hex digits."""


class ReleaseState(StrEnum):
    """How far a release, or the vetting of a kit, is; the value is kept and never changes."""

    RECEIVED = "received"
    SUBMITTED = "submitted"
    INSPECTING = "inspecting"
    INSPECTED = "inspected"
    FAILED = "failed"
    SIGNED_OFF = "signed-off"
    SENT_BACK = "sent-back"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody, or the program, has still to act."""
        return bool(_FOLLOWS[self])

    def check_next(self, wanted: "ReleaseState") -> None:
        """Tell whether what is so far may come to a state.

        Raises:
            ReleaseStateError: It may not.

        """
        if wanted not in _FOLLOWS[self]:
            raise ReleaseStateError(self, wanted)


_FOLLOWS: dict[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.RECEIVED: frozenset(
        {ReleaseState.SUBMITTED, ReleaseState.INSPECTED, ReleaseState.WITHDRAWN}
    ),
    ReleaseState.SUBMITTED: frozenset({ReleaseState.INSPECTING, ReleaseState.WITHDRAWN}),
    ReleaseState.INSPECTING: frozenset(
        {
            ReleaseState.INSPECTING,
            ReleaseState.INSPECTED,
            ReleaseState.FAILED,
            ReleaseState.WITHDRAWN,
        }
    ),
    ReleaseState.INSPECTED: frozenset(
        {ReleaseState.SIGNED_OFF, ReleaseState.SENT_BACK, ReleaseState.WITHDRAWN}
    ),
    ReleaseState.FAILED: frozenset({ReleaseState.WITHDRAWN}),
    ReleaseState.SIGNED_OFF: frozenset(),
    ReleaseState.SENT_BACK: frozenset(),
    ReleaseState.WITHDRAWN: frozenset(),
}


class ReleaseStateError(ConflictError):
    """A release is not in the state that an act needs."""

    code = "release-state"

    def __init__(self, state: ReleaseState, wanted: ReleaseState) -> None:
        super().__init__(f"the release is `{state}`; it cannot become `{wanted}`")
        self.state = state
        self.wanted = wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseResult:
    """What the inspection of a release came to; the report itself is kept beside it.

    Attributes:
        verdict: What the gate says.
        version_name: Version as people see it, as the package says, or empty.
        version_code: Version as the store counts it, or -1.
        app_id: Application id of the package, or empty.
        counts: How many open findings there are of each severity that has any, the worst first.
        report: SHA-256 of the JSON report.
        register: Version of the register that it was held against.
        law: Version of the catalogue of the law.
        knowledge: Version of the knowledge that it was seen with.
        before: The signed-off release that it was compared with, if there was one.

    """

    verdict: GateVerdict
    version_name: str
    version_code: int
    app_id: str
    counts: tuple[tuple[Severity, int], ...]
    report: str
    register: str
    law: str
    knowledge: str
    before: ReleaseId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDecision:
    """How a release was decided.

    Attributes:
        by: Account that decided.
        at: When.
        reason: Why; empty where none is needed.
        single_person: Nobody else could have decided it.

    """

    by: str
    at: datetime
    reason: str
    single_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One submitted version.

    Attributes:
        id: Its id.
        app: App of the register that it is a version of.
        file_name: Name of the file as it was given.
        sha256: SHA-256 of the package.
        size: Its size in bytes.
        submitted_by: Account that submitted it.
        submitted_at: When.
        state: How far it is.
        changed_at: When it came to that.
        error: Code of what the inspection failed on, or empty.
        result: What was found, once it is inspected.
        decision: How it was decided, once it is.

    """

    id: ReleaseId
    app: AppId
    file_name: str
    sha256: str
    size: int
    submitted_by: str
    submitted_at: datetime
    state: ReleaseState
    changed_at: datetime
    error: str = ""
    result: ReleaseResult | None = None
    decision: ReleaseDecision | None = None
