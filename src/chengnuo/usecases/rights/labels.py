"""Labels that models keep about an individual: seen one by one, deleted one by one, gone for good.

The labels are in the operator's own stores, where the register says which table holds them and for
which model (`Table.labels`). They are read when they are shown and kept nowhere else; one is
deleted by a request like any other, and stays refused afterwards (算法推荐管理规定 17; PIPL 47).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.register.ids import ModelId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import LabelColumns, Store, Table
from chengnuo.domain.rights.alike import fits, in_type
from chengnuo.domain.rights.request import DeletionAsked, Ground, LabelAt, Scope
from chengnuo.domain.rights.schema import TableSchema
from chengnuo.domain.rights.values import Value
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.record_source import Lack, Match, RecordSource, StoreUnavailableError
from chengnuo.ports.rights import Case
from chengnuo.usecases.consent.one_label import deleted_labels, label_key
from chengnuo.usecases.rights.room import Room


class NoSuchLabelsError(InvalidInputError):
    """The register has no table of labels of that name, or for that model."""

    code = "no-such-labels"

    def __init__(self) -> None:
        super().__init__("the register has no table of labels of this name, or for this model")


class LabelDeletedError(ConflictError):
    """A label shall be kept that the individual has deleted."""

    code = "label-deleted"

    def __init__(self) -> None:
        super().__init__("the individual has deleted this label; it may not be kept or used")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSeen:
    """One label as it is kept.

    Attributes:
        table: Table of the register, `store.table`.
        label: The label.
        model: Model that keeps or uses it.
        learned_from: What it was learned from; empty where the store does not say.
        since: Since when it is kept, as the store writes it; empty likewise.
        deleted_at: When the individual had deleted it; None if they had not.

    """

    table: str
    label: str
    model: ModelId
    learned_from: str
    since: str
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelsSeen:
    """The labels about an individual.

    Attributes:
        labels: Each, in the order of the stores.
        away: Names of stores that hold labels and could not be asked now.

    """

    labels: tuple[LabelSeen, ...]
    away: tuple[Text, ...] = ()


class LabelDesk:
    """The use cases around single labels."""

    def __init__(self, room: Room) -> None:
        """Make it."""
        self._room = room

    def of(self, person: PersonKey, account: str) -> LabelsSeen:
        """Return the labels about an individual; one that came back is recorded as such, once.

        Raises:
            LogUnavailableError: That one came back could not be recorded.

        """
        found: list[LabelSeen] = []
        away: list[Text] = []
        for store in self._room.served().register.stores:
            tables = [one for one in store.tables if one.labels is not None and one.identity]
            try:
                if tables:
                    found += self._read(store, tables, person, account)
            except StoreUnavailableError:
                away.append(store.name)
        for one in found:
            if one.deleted_at is not None:
                self._room.consents.label_came_back(person, self._key(one.model, one.label))
        return LabelsSeen(labels=tuple(found), away=tuple(away))

    def deletion(self, table: str, label: str) -> DeletionAsked:
        """Return what is asked for to delete one label.

        Raises:
            NoSuchLabelsError: The register has no such table of labels.

        """
        if table not in {at for at, _ in _tables(self._room.served().register)}:
            raise NoSuchLabelsError
        scope = Scope(label=LabelAt(table=table, label=label))
        return DeletionAsked(ground=Ground.PURPOSE, scope=scope)

    def deleted(
        self, person: PersonKey, model: ModelId, labels: Sequence[str]
    ) -> tuple[datetime | None, ...]:
        """Tell of each label when the individual deleted it; None if it may be kept and used.

        Raises:
            NoSuchLabelsError: The register has no labels for that model.

        """
        if model not in {told.model for _, told in _tables(self._room.served().register)}:
            raise NoSuchLabelsError
        gone = deleted_labels(self._room.consents.settings(person))
        found = [gone.get(self._key(model, one)) for one in labels]
        return tuple(None if one is None else from_us(one.at) for one in found)

    def keep(self, person: PersonKey, model: ModelId, label: str) -> None:
        """Let a label be kept, unless the individual has deleted it.

        Raises:
            NoSuchLabelsError: The register has no labels for that model.
            LabelDeletedError: They have.

        """
        if self.deleted(person, model, [label]) != (None,):
            raise LabelDeletedError

    def _key(self, model: ModelId, label: str) -> str:
        return label_key(self._room.tokens, model, label)

    def _read(
        self, store: Store, tables: list[Table], person: PersonKey, account: str
    ) -> Iterator[LabelSeen]:
        gone, waiting = deleted_labels(self._room.consents.settings(person)), self._waiting(person)
        with closing(self._room.sources.open(store.store)) as source:
            if Lack.READ in source.lacks:
                raise StoreUnavailableError(store.store, "it cannot be read")
            schema = source.schema([one.table for one in tables])
            for table in tables:
                known, told = schema.by_name.get(table.table), table.labels
                if known is None or told is None:
                    raise StoreUnavailableError(store.store, "a table of labels is not there")
                for row in _rows(source, table, known, told, account):
                    one = _label(f"{store.store}.{table.table}", told, row)
                    deleted = gone.get(self._key(told.model, one.label))
                    if (one.table, one.label) not in waiting:
                        at = None if deleted is None else from_us(deleted.at)
                        yield replace(one, deleted_at=at)

    def _waiting(self, person: PersonKey) -> frozenset[tuple[str, str]]:
        """Return the labels whose deletion is under way."""
        store = self._room.store
        secrets = [
            store.secret(case.request.id)
            for case in store.of(self._room.names(person), open_only=True)
            if isinstance(case.request.asked, DeletionAsked)
        ]
        return frozenset(
            (one.asked.scope.label.table, one.asked.scope.label.label)
            for one in secrets
            if one is not None
            and isinstance(one.asked, DeletionAsked)
            and one.asked.scope.label is not None
        )


def refuse_label(room: Room, case: Case) -> None:
    """Let the one label that a case deletes be kept no more, also where a store is away still."""
    secret = room.store.secret(case.request.id)
    asked = None if secret is None else secret.asked
    if not isinstance(asked, DeletionAsked) or asked.scope.label is None:
        return
    one = asked.scope.label
    for at, told in _tables(room.served().register):
        if at == one.table:
            key = label_key(room.tokens, told.model, one.label)
            room.consents.delete_label(PersonKey(case.request.person), key)


def _rows(
    source: RecordSource, table: Table, known: TableSchema, told: LabelColumns, account: str
) -> Iterator[dict[str | None, Value]]:
    """Yield the rows of one account, by the names of the columns that say what a label is."""
    columns = (told.label, told.learned_from, told.since)
    named = tuple(dict.fromkeys(one for one in columns if one is not None))
    for column in table.identity:
        wanted = in_type(account, known.by_name[column].type)
        if fits(wanted, known.by_name[column].type):
            match = Match(columns=(column,), values=((wanted,),))
            for row in source.rows(table.table, named, match):
                yield dict(zip(named, row, strict=True))


def _label(at: str, told: LabelColumns, row: Mapping[str | None, Value]) -> LabelSeen:
    return LabelSeen(
        table=at,
        label=_text(row[told.label]),
        model=told.model,
        learned_from=_text(row.get(told.learned_from)),
        since=_text(row.get(told.since)),
    )


def _tables(register: Register) -> Iterator[tuple[str, LabelColumns]]:
    for store in register.stores:
        for table in store.tables:
            if table.labels is not None:
                yield f"{store.store}.{table.table}", table.labels


def _text(value: Value) -> str:
    return "" if value is None else str(value)
