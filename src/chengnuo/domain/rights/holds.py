"""What keeps information although its deletion is due, and until when (PIPL Art. 47 para. 2).

Two things do: a duty of law that the register names for a column, from an event on; and a hold by
staff, as for a lawsuit, with a reason. A duty whose event a row tells (`Table.events`) runs from
there, by civil days at +08:00; where no column tells it, it runs from the request. Whatever is
over keeps nothing. What is kept may only be stored and protected.
"""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.instant import from_us, to_us
from chengnuo.base.text import Text
from chengnuo.domain.register.store import KeepDuty, Table
from chengnuo.domain.rights.values import Value, instant_of
from chengnuo.law.civil import after


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Something that staff keep back.

    Attributes:
        table: Table, `store.table`; empty for everything of the individual.
        reason: Why, in words; shown to the individual unless `secret`.
        until: When it ends; None while it stands.
        secret: Whether law demands that the handling stays secret or telling would hinder a
            state organ (PIPL Arts. 18, 35): then access is refused for it, too.

    """

    table: str = ""
    reason: Text
    until: datetime | None = None
    secret: bool = False

    def holds(self, table: str, at: datetime) -> bool:
        """Tell whether a table is held at an instant; one that ends exactly then is over."""
        return self.table in {"", table} and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyOfTable:
    """A duty that keeps columns of a table.

    Attributes:
        duty: The duty, its period and event.
        event: Column that tells the event's instant; empty where none does.
        columns: Columns that it keeps.

    """

    duty: KeepDuty
    event: str
    columns: tuple[str, ...]


def duties_of(table: Table) -> tuple[DutyOfTable, ...]:
    """Return the duties of a table, each once, in the order of its columns."""
    columns: dict[KeepDuty, list[str]] = {}
    for column in table.columns:
        if column.keep is not None:
            columns.setdefault(column.keep, []).append(column.column)
    events = {one.event: one.column for one in table.events}
    return tuple(
        DutyOfTable(duty=duty, event=events.get(duty.from_, ""), columns=tuple(names))
        for duty, names in columns.items()
    )


NOT_YET = -1
"""Stands for an end that is not known, because the event has not come about."""


def end_of_duty(one: DutyOfTable, told: Value, at: datetime) -> int:
    """Return when a duty ends for a row, in microseconds since 1970; `NOT_YET` where unknown.

    Args:
        one: The duty.
        told: What the row tells of the event.
        at: Instant of the request, from which it runs where no column tells the event.

    """
    if not one.event:
        return after(to_us(at), one.duty.keep)
    began = instant_of(told)
    return NOT_YET if began is None else after(to_us(began), one.duty.keep)


def keeps(end: int, at: datetime) -> bool:
    """Tell whether something with this end still keeps; one that ends exactly now does not."""
    return end == NOT_YET or end > to_us(at)


def until(end: int | None) -> datetime | None:
    """Return an end as an instant."""
    return None if end is None or end == NOT_YET else from_us(end)
