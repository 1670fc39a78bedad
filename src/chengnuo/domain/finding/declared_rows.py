"""Rows of the pledge board that people declared not to apply, and when that counts.

A control that fails is stronger than what is declared: the row stays failing, and says that it was
declared not to apply. After the day by which it had to be looked at again it counts no more, and
never for more than a year: whoever declares it cannot put off the next look for good.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.board import Board, BoardRow, RowStatus
from chengnuo.law.ids import DutyId

A_YEAR: Final = timedelta(days=366)
"""For how long a declaration counts without another look; a yardstick of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredRow:
    """A declaration that was approved.

    Attributes:
        duty: The row.
        reasons: Why it does not apply, as people wrote it.
        on: Civil day of the approval, or of the last look.
        until: Last day before it has to be looked at again.
        dossier: Where it was declared and approved.
        by: Account that declared it.
        approved_by: Account that approved it, or looked at it last.

    """

    duty: DutyId
    reasons: str
    on: date
    until: date
    dossier: str
    by: str
    approved_by: str

    @property
    def ends(self) -> date:
        """The last day on which it counts."""
        return min(self.until, self.on + A_YEAR)

    @property
    def single_person(self) -> bool:
        """Whether one person did both, which is so where there is one alone."""
        return self.by == self.approved_by


def with_declared(board: Board, declared: Mapping[DutyId, DeclaredRow]) -> Board:
    """Return a board with what people declared not to apply.

    Args:
        board: The board with everything that controls found.
        declared: What was declared, by row.

    """
    if not declared:
        return board
    return replace(
        board,
        rows=tuple(_row(row, declared.get(row.duty.id), board.on) for row in board.rows),
    )


def _row(row: BoardRow, said: DeclaredRow | None, on: date) -> BoardRow:
    if said is None or row.status is RowStatus.NOT_APPLICABLE:
        return row
    if row.status is RowStatus.FAILING:
        return replace(row, declared=said.dossier, why=_joined(row.why, _although(said)))
    if on > said.ends:
        return replace(row, declared=said.dossier, why=_joined(row.why, _over(said)))
    return replace(
        row, declared=said.dossier, status=RowStatus.NOT_APPLICABLE, why=_does_not_apply(said)
    )


def _does_not_apply(said: DeclaredRow) -> Text:
    on, until = said.on.isoformat(), said.ends.isoformat()
    who = (
        Text("单人登记", "by one person")
        if said.single_person
        else Text("一人登记、另一人批准", "declared by one person, approved by another")
    )
    reasons = said.reasons.strip().rstrip("。.")
    return Text(
        f"{reasons}。{on} {who.zh}；{until} 前复核。",
        f"{reasons}. As of {on}, {who.en}; to be looked at again by {until}.",
    )


def _although(said: DeclaredRow) -> Text:
    on = said.on.isoformat()
    return Text(
        f"{on} 登记为不适用，但有控制不通过，仍按不通过显示。",
        f"Declared not to apply on {on}; a control fails, so it stays failing.",
    )


def _over(said: DeclaredRow) -> Text:
    until = said.ends.isoformat()
    return Text(
        f"登记为不适用，应在 {until} 前复核，没有复核，不再算数。",
        f"Declared not to apply; that had to be looked at again by {until} and counts no more.",
    )


def _joined(one: Text, other: Text) -> Text:
    return Text(f"{one.zh}{other.zh}", f"{one.in_lang(Lang.EN)} {other.in_lang(Lang.EN)}")
