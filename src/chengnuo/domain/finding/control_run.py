"""A run of a control as it is kept: when, how much was looked at, what came out, and its record.

What is kept is a record of the evidence log and a row made from it; the row can be made again
from the record at any time.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from chengnuo.base.digest import Digest
from chengnuo.base.text import Text
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.live import Fault, LiveOutcome, LiveResult
from chengnuo.law.ids import DutyId


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRun:
    """A run of a control, over the register or over records.

    Attributes:
        control: Id of the control.
        at: Instant of its record, aware, UTC.
        looked_at: How many things it looked at.
        wrong: How many of them are wrong.
        outcome: How it ended.
        why: Why it could not run, or what it counted; None where there is nothing to add.
        position: Position of its record in the evidence log.
        digest: SHA-256 over what was looked at, 64 hex digits (`digest_of_looked`).
        register: Version of the register in force; empty where there was none.
        faults: What is wrong, the newest first, at most `MOST_FAULTS`.
        newest: Id of the newest request or dossier that was looked at; may be empty.

    """

    control: str
    at: datetime
    looked_at: int
    wrong: int
    outcome: LiveOutcome
    why: Text | None
    position: int
    digest: Digest
    register: str = ""
    faults: tuple[Fault, ...] = ()
    newest: str = ""

    @property
    def result(self) -> LiveResult:
        """What the run found, as it was found then."""
        return LiveResult(
            outcome=self.outcome,
            looked_at=self.looked_at,
            faults=self.faults,
            wrong=self.wrong,
            why=self.why,
            newest=self.newest,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStatus:
    """What the board said of a row at the end of a day.

    Attributes:
        day: The civil day (+08:00).
        duty: The row.
        status: Its status, as it was recorded last on that day.
        position: Position of that record in the evidence log.

    """

    day: date
    duty: DutyId
    status: RowStatus
    position: int


def digest_of_looked(looked: Any) -> Digest:  # noqa: ANN401  any frozen dataclass of records
    """Return the SHA-256 over what was laid before controls.

    Args:
        looked: A frozen dataclass. Its fields are written one a line, `name=value`, in their order
            and as Python writes them; sets and mappings are sorted, so that what is equal has
            one digest.

    """
    said = hashlib.sha256()
    for one in fields(looked):
        value = getattr(looked, one.name)
        if isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, Mapping):
            value = sorted(value.items())
        said.update(f"{one.name}={value!r}\n".encode())
    return Digest(said.hexdigest())
