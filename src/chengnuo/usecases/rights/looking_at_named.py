"""The look afterwards at rows that their connector names, by all they hold where these are files.

A changed row has another name there and cannot be looked up by the one of the plan. So a row that
is found afresh and is none of the plan any more has to be as the plan leaves a changed row: what is
written into all rows alike stands in it, and what each row gets of its own is a value that the
secret of the run makes for a row of the plan. Anything else is residue: a change that did not take
effect, or a row that came in since.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from chengnuo.domain.rights.data_map import MappedTable
from chengnuo.domain.rights.masking import Filling
from chengnuo.domain.rights.plan import RowFate, Step
from chengnuo.domain.rights.schema import OF_CONNECTOR
from chengnuo.domain.rights.values import RowKey, Value, decode_key, encode_key, instant_of
from chengnuo.ports.record_source import Match
from chengnuo.usecases.rights.carrying_out import Carrying, is_same, key_pages
from chengnuo.usecases.rights.survey import Survey

_YES = "yes"


def is_named_by_connector(table: MappedTable) -> bool:
    """Tell whether a connector names the rows of a table, so that a change may rename them."""
    return table.schema.key[0].startswith(OF_CONNECTOR)


class NamedRows:
    """The rows of one such table: those of the plan that are still there, and all others."""

    def __init__(self, carrying: Carrying, table: MappedTable, survey: Survey) -> None:
        """Look up the rows of the plan.

        Args:
            carrying: The part of the plan that was carried out.
            table: The table, in the map as it is now.
            survey: The fresh survey, at its end.

        """
        self._carrying, self._table, self._survey = carrying, table, survey
        self._width = len(table.schema.key)
        self._changes = tuple(
            (step, carrying.fillings(step, table.schema))
            for step in carrying.store.steps
            if step.table == table.schema.table and step.fate is RowFate.CHANGE and not step.cuts
        )
        self._columns = tuple(
            dict.fromkeys(one.column.column for _, fillings in self._changes for one in fillings)
        )
        for keys in self._of_plan():
            for row in self._rows((), keys):
                survey.scratch.remember(self._still(encode_key(row)), _YES)
        for step, fillings in self._changes:
            if any(one.each for one in fillings):
                self._remember_own(step, fillings)

    def of_deletion(self) -> int:
        """Return how many rows are neither of the plan nor as it leaves those that it changes."""
        unknown = fitting = 0
        for row in self._unknown():
            unknown += 1
            fitting += any(self._fits(row, step, fillings) for step, fillings in self._changes)
        return unknown - min(fitting, sum(step.rows for step, _ in self._changes))

    def of_correction(self) -> int:
        """Return how many corrections stand in no row, apart from rows that are as they were."""
        missing = {
            step.group: (step, fillings)
            for step, fillings in self._changes
            if not any(any(self._rows((), keys)) for keys in self._carrying.pages(step))
        }
        for row in self._unknown():
            for group, (step, fillings) in tuple(missing.items()):
                if self._fits(row, step, fillings):
                    del missing[group]
        return len(missing)

    def _unknown(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows found afresh that are none of the plan, with the columns that change."""
        scratch = self._survey.scratch
        for kind, _ in scratch.kinds(self._table.number):
            for texts in key_pages(scratch, self._table.number, kind):
                keys = {
                    decode_key(text) for text in texts if scratch.recall(self._still(text)) is None
                }
                if keys:
                    for row in self._rows(self._columns, tuple(keys)):
                        if row[: self._width] in keys:
                            yield row

    def _fits(self, row: tuple[Value, ...], step: Step, fillings: Sequence[Filling]) -> bool:
        """Tell whether a row is as a step leaves one."""
        values = [row[self._width + self._columns.index(one.column.column)] for one in fillings]
        own = [value for value, one in zip(values, fillings, strict=True) if one.each]
        return all(
            is_same(value, one.constant)
            for value, one in zip(values, fillings, strict=True)
            if not one.each
        ) and (not own or self._survey.scratch.recall(self._own(step, own)) is not None)

    def _remember_own(self, step: Step, fillings: Sequence[Filling]) -> None:
        """Remember which values of their own the rows of a step were to get."""
        of_each = [one for one in fillings if one.each]
        for keys in self._carrying.pages(step):
            for key in keys:
                values = self._carrying.values(of_each, self._table.schema, key).values()
                self._survey.scratch.remember(self._own(step, tuple(values)), _YES)

    def _of_plan(self) -> Iterator[Sequence[RowKey]]:
        scratch = self._carrying.scratch
        number = int(scratch.recall(f"table:{self._table.name}") or -1)
        for kind, _ in scratch.kinds(number):
            for texts in key_pages(scratch, number, kind):
                yield [decode_key(text) for text in texts]

    def _rows(self, columns: Sequence[str], keys: Sequence[RowKey]) -> Iterator[tuple[Value, ...]]:
        key = self._table.schema.key
        match = Match(columns=key, values=tuple(keys))
        for page in self._survey.pages(self._table, (*key, *columns), match):
            yield from page

    def _still(self, key: str) -> str:
        return f"still:{self._table.number}:{key}"

    def _own(self, step: Step, values: Sequence[Value]) -> str:
        told = encode_key(tuple(_told(value) for value in values))
        return f"own:{self._table.number}:{step.group}:{sha256(told.encode()).hexdigest()}"


def _told(value: Value) -> str | None:
    """Return one text for what a store may give back in several forms, see `is_same`."""
    if value is None:
        return None
    instant = None if isinstance(value, int) else instant_of(value)
    return str(value).rstrip() if instant is None else instant.isoformat()
