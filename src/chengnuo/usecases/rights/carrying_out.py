"""Carrying out what a plan says for one store: page by page, in one transaction.

The keys come from the scratch, the values from the plan and the secret of the run, so that a
repeated execution writes the same. Whether an execution whose commit nobody heard of was committed
is looked up in the store: all of it was, or nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.domain.rights.filling import fill
from chengnuo.domain.rights.kinds import Kind
from chengnuo.domain.rights.masking import Filling
from chengnuo.domain.rights.plan import Plan, RowFate, Step, StorePlan
from chengnuo.domain.rights.request import CorrectionAsked
from chengnuo.domain.rights.schema import StoreSchema, TableSchema
from chengnuo.domain.rights.values import RowKey, Value, decode_key, encode_key, instant_of
from chengnuo.ports.record_source import (
    MOST_VALUES,
    Changes,
    Lack,
    Match,
    RecordSource,
)
from chengnuo.ports.rights_scratch import Scratch
from chengnuo.usecases.rights.planner_values import Beat, Carried

SET = "set-"
"""A group of this name and a number is the one row that this change of a correction is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """One store's part of a plan, with what it is carried out by.

    Attributes:
        plan: The plan.
        store: The store's part.
        schema: Its schema now.
        source: The store.
        scratch: Keys of the rows.
        beat: Called between pages.

    """

    plan: Plan
    store: StorePlan
    schema: StoreSchema
    source: RecordSource
    scratch: Scratch
    beat: Beat

    def run(self, *, trial: bool = False) -> Carried:
        """Do it, or find that it is done.

        Args:
            trial: Take everything back at the end.

        """
        begun = f"begun:{self.store.store}"
        is_whole = Lack.TRANSACTIONS not in self.source.lacks
        if not trial:
            if is_whole and self.scratch.recall(begun) is not None and self._is_done():
                return Carried(
                    deleted=self._rows(RowFate.DELETE),
                    changed=self._rows(RowFate.CHANGE),
                    before=True,
                )
            self.scratch.save()  # lets go of what was read: another execution may have begun too
            self.scratch.remember(begun, "yes")
            self.scratch.save()
        deleted = changed = 0
        with self.source.changes(trial=trial) as changes:
            for step in self.store.steps:
                if step.fate is RowFate.DELETE:
                    deleted += self._delete(step, changes)
                elif step.fate is RowFate.CHANGE:
                    alike = self._of_same_row(step)
                    if step == alike[0]:
                        count = self._change(alike, changes) * len(alike)
                        changed += 0 if step.cuts else count
        return Carried(deleted=deleted, changed=changed)

    def wrong(self) -> Iterator[tuple[str, int]]:
        """Yield tables and how many of their rows are not as the plan says, looked up by keys."""
        for step in self.store.steps:
            if step.fate is RowFate.DELETE or (step.fate is RowFate.CHANGE and not step.cuts):
                count = sum(self._wrong(step, keys) for keys in self.pages(step))
                if count:
                    yield step.table, count

    def fillings(self, step: Step, table: TableSchema) -> tuple[Filling, ...]:
        """Return what a step writes into the columns of its rows."""
        fates = {one.column: one.fate for one in step.columns}
        given: dict[str, Value] = {}
        asked = self.plan.request.asked
        if isinstance(asked, CorrectionAsked):
            at = int(step.group.removeprefix(SET))
            given = {asked.changes[at].column: asked.changes[at].value}
        return fill(table, fates, given).fillings or ()

    def values(
        self, fillings: Sequence[Filling], table: TableSchema, key: RowKey
    ) -> Mapping[str, Value]:
        """Return what one row gets, by column; the same however often it is asked."""
        from_run = bytes.fromhex(self.scratch.recall("secret") or "")
        name = f"{self.store.store}.{table.table}"
        return {one.column.column: one.value(from_run, name, encode_key(key)) for one in fillings}

    def pages(self, step: Step) -> Iterator[Sequence[RowKey]]:
        """Yield the keys of the rows of a step."""
        if step.group.startswith(SET):
            found = self.scratch.recall(step.group)
            if found is not None:
                yield [decode_key(found)]
            return
        number = int(self.scratch.recall(f"table:{self.store.store}.{step.table}") or -1)
        for texts in key_pages(self.scratch, number, Kind.of_group(step.group)):
            yield [decode_key(text) for text in texts]

    def _rows(self, fate: RowFate) -> int:
        return sum(one.rows for one in self.store.steps if one.fate is fate and not one.cuts)

    def _is_done(self) -> bool:
        """Tell whether an earlier try was committed, by the first page of a step that tells."""
        for fate in (RowFate.DELETE, RowFate.CHANGE):
            for step in self.store.steps:
                if step.fate is fate and not step.cuts:
                    for keys in self.pages(step):
                        return self._wrong(step, keys) < len(keys)
        return True

    def _wrong(self, step: Step, keys: Sequence[RowKey]) -> int:
        """Return how many of these rows are not as the step leaves them."""
        table = self.schema.by_name[step.table]
        fillings = () if step.fate is RowFate.DELETE else self.fillings(step, table)
        columns = (*table.key, *(one.column.column for one in fillings))
        match = Match(columns=table.key, values=tuple(keys))
        self.beat()
        rows = self.source.rows(step.table, columns, match)
        if step.fate is RowFate.DELETE:
            return len(rows)
        width = len(table.key)
        return sum(
            1
            for row in rows
            if not all(
                is_same(value, wanted)
                for value, wanted in zip(
                    row[width:], self.values(fillings, table, row[:width]).values(), strict=True
                )
            )
        )

    def _delete(self, step: Step, changes: Changes) -> int:
        deleted = 0
        for keys in self.pages(step):
            self.beat()
            deleted += changes.delete(step.table, keys)
        return deleted

    def _of_same_row(self, step: Step) -> tuple[Step, ...]:
        """Return the steps of a correction that change the same row, all written at once.

        A row that its connector names by what it holds cannot be found a second time.
        """
        row = self.scratch.recall(step.group) if step.group.startswith(SET) else None
        if row is None:
            return (step,)
        return tuple(
            one
            for one in self.store.steps
            if one.table == step.table
            and one.group.startswith(SET)
            and self.scratch.recall(one.group) == row
        )

    def _change(self, steps: Sequence[Step], changes: Changes) -> int:
        """Change the rows of steps that are about the same ones; return how many rows."""
        step = steps[0]
        table = self.schema.by_name[step.table]
        fillings = [filling for one in steps for filling in self.fillings(one, table)]
        changed = 0
        for keys in self.pages(step):
            self.beat()
            changed += changes.update(
                step.table, [(key, self.values(fillings, table, key)) for key in keys]
            )
        return changed


def key_pages(scratch: Scratch, table: int, kind: Kind) -> Iterator[Sequence[str]]:
    """Yield the keys of the rows of a kind that a survey found, as they are encoded."""
    after = 0
    while True:
        texts, after = scratch.keys(table, kind, after, MOST_VALUES)
        if not texts:
            return
        yield texts


def is_same(value: Value, wanted: Value) -> bool:
    """Tell whether a store holds what was written, whatever form it gives it back in."""
    if value == wanted:
        return True
    if value is None or wanted is None:
        return False
    told, meant = instant_of(value), instant_of(wanted)
    if told is not None and meant is not None and not isinstance(value, int):
        return told == meant
    return str(value).rstrip() == str(wanted).rstrip()
