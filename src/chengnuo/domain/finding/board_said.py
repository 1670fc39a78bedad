"""What a board says as a whole, as it is recorded, and as its publication is held to it.

Of each row its status; of each control how it ended, what it looks at, and the rows that it stands
on. Nothing of it tells which record, request, row or person was found wrong, nor how many, so the
whole record may be disclosed.
"""

from collections.abc import Iterable
from typing import Protocol

from chengnuo.base.canonical import Tree
from chengnuo.domain.finding.board import RowStatus
from chengnuo.law.duty import Duty


class StandingRow(Protocol):
    """A row of a board, as staff or as the public see it."""

    @property
    def duty(self) -> Duty:
        """The duty."""
        ...

    @property
    def status(self) -> RowStatus:
        """What the board says of it."""
        ...

    @property
    def outcomes(self) -> tuple[tuple[str, str, str], ...]:
        """Of each control on it the id, what it looks at and how it ended."""
        ...


def board_said(rows: Iterable[StandingRow]) -> dict[str, Tree]:
    """Return what a board says: `rows` in their order, `controls` in that of their first row."""
    stand: list[Tree] = []
    ended: dict[str, tuple[str, str]] = {}
    on: dict[str, list[str]] = {}
    for row in rows:
        stand.append({"duty": str(row.duty.id), "status": row.status.value})
        for control, over, outcome in row.outcomes:
            ended[control] = (over, outcome)
            on.setdefault(control, []).append(str(row.duty.id))
    controls: list[Tree] = [
        {"control": one, "over": over, "outcome": outcome, "rows": list[Tree](on[one])}
        for one, (over, outcome) in ended.items()
    ]
    return {"rows": stand, "controls": controls}
