"""Rows for a copy, handed on while a survey finds them (PIPL Art. 45)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chengnuo.domain.register.store import About
from chengnuo.domain.rights.alike import is_account
from chengnuo.domain.rights.data_map import DataMap, MappedTable
from chengnuo.domain.rights.values import Value
from chengnuo.usecases.rights.planner_values import RowPage, RowTaker
from chengnuo.usecases.rights.survey_rows import RowReader


def exported(data: DataMap, scope: Mapping[int, frozenset[str]]) -> dict[int, tuple[str, ...]]:
    """Return the columns for a copy by number of the table.

    Args:
        data: The map.
        scope: What is asked for, by number of the table.

    """
    return {
        number: tuple(
            one.column
            for one in table.declared.columns
            if one.export
            and one.about is About.INDIVIDUAL
            and one.column in columns
            and one.column in table.schema.by_name
        )
        for number, columns in scope.items()
        if (table := data.tables[number]).declared is not None
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Copying:
    """Turns rows as they are found into pages for a copy.

    Attributes:
        taker: Takes the pages.
        account: The account id.
        scope: What is asked for, by number of the table.

    """

    taker: RowTaker
    account: str
    scope: Mapping[int, frozenset[str]]

    def take(
        self, table: MappedTable, rows: Sequence[tuple[Value, ...]], reader: RowReader
    ) -> None:
        """Hand one page on."""
        columns = reader.columns[len(reader.columns) - reader.exported :]
        if not columns:
            return
        pages = [row[len(row) - len(columns) :] for row in rows]
        places = [at for at, name in enumerate(columns) if name in table.identity]
        withheld = (
            frozenset(
                (number, at)
                for number, row in enumerate(pages)
                for at in places
                if row[at] is not None and not is_account(row[at], self.account)
            )
            if len(table.identity) > 1
            else frozenset()
        )
        if withheld:
            pages = [
                tuple(None if (number, at) in withheld else value for at, value in enumerate(row))
                for number, row in enumerate(pages)
            ]
        self.taker.take(
            RowPage(
                store=table.store,
                table=table.schema.table,
                columns=tuple(columns),
                rows=pages,
                withheld=withheld,
                left_out=len(rows) * self._others(table),
            )
        )

    def _others(self, table: MappedTable) -> int:
        declared = table.declared.columns if table.declared else ()
        return sum(
            1
            for one in declared
            if one.about is About.OTHER_PERSON
            and one.export
            and one.column in self.scope[table.number]
        )
