"""Which values take the place of those that go, so that no constraint of the table is broken.

For each column there are candidates; they are tried in order until no condition fails. What a
condition leaves open, because it also depends on columns that stay, the store will tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chengnuo.domain.rights.checks import Condition, Truth, understand
from chengnuo.domain.rights.masking import Filling, neutral, own
from chengnuo.domain.rights.plan import ColumnFate
from chengnuo.domain.rights.schema import Check, ColumnSchema, TableSchema, ValueType
from chengnuo.domain.rights.values import Value

_MOST_TRIES = 5_000
CHANGES = frozenset({ColumnFate.NULL, ColumnFate.MASK, ColumnFate.ANONYMISE, ColumnFate.SET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What came out.

    Attributes:
        fillings: What each changed column gets; None where no way was found.
        narrow: Columns that have to be unique and cannot be.
        failed: Conditions that cannot be met, where `fillings` is None.
        open: Conditions that only the store can tell.

    """

    fillings: tuple[Filling, ...] | None
    narrow: tuple[str, ...] = ()
    failed: tuple[Check, ...] = ()
    open: tuple[Check, ...] = ()

    @property
    def fates(self) -> dict[str, ColumnFate]:
        """What became of columns: `null` where NULL is written, `anonymise` elsewhere."""
        return {
            one.column.column: ColumnFate.NULL
            if not one.each and one.constant is None
            else ColumnFate.ANONYMISE
            for one in self.fillings or ()
        }


def fill(
    table: TableSchema,
    fates: Mapping[str, ColumnFate],
    given: Mapping[str, Value] | None = None,
    *,
    loosely: bool = False,
) -> Filled:
    """Return what is written into the columns that change.

    Args:
        table: The table.
        fates: What becomes of columns.
        given: Values of the columns that are `SET`.
        loosely: Whether something else than NULL may stand where NULL is asked for, and NULL
            where something else is.

    """
    changed = [
        table.by_name[name]
        for name, fate in fates.items()
        if fate in CHANGES and name in table.by_name
    ]
    names = {one.column for one in changed}
    concerned = [check for check in table.checks if _speaks_of(check, names)]
    conditions = [(check, understand(check.sql)) for check in concerned]
    understood = [one for _, one in conditions if one is not None]
    unique, narrow = _unique(table, changed, fates)
    if narrow:
        return Filled(fillings=None, narrow=narrow)
    options = [
        _candidates(
            one,
            fates[one.column],
            (given or {}).get(one.column),
            understood,
            is_unique=one.column in unique,
            loosely=loosely,
        )
        for one in changed
    ]
    present = frozenset(
        one.column.lower() for one in table.columns if not one.nullable and one.column not in names
    )
    chosen = _search(options, understood, present)
    if chosen is None:
        return Filled(fillings=None, failed=tuple(concerned))
    known = {one.column.column.lower(): one.sample for one in chosen}
    left = tuple(
        check
        for check, condition in conditions
        if condition is None or condition.truth(known, present) is Truth.OPEN
    )
    return Filled(fillings=chosen, open=left)


def _speaks_of(check: Check, names: set[str]) -> bool:
    condition = understand(check.sql)
    if condition is not None:
        return any(name.lower() in condition.columns() for name in names)
    return not check.columns or bool(names.intersection(check.columns))


def _unique(
    table: TableSchema, changed: list[ColumnSchema], fates: Mapping[str, ColumnFate]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the columns that get values of their own, and those that cannot."""
    unique: set[str] = set()
    narrow: list[str] = []
    for columns in (table.primary_key, *table.unique):
        among = [
            one
            for one in changed
            if one.column in columns
            and fates[one.column] in {ColumnFate.MASK, ColumnFate.ANONYMISE}
        ]
        if not among or any(fates.get(name) is ColumnFate.NULL for name in columns):
            continue
        able = [one.column for one in among if own(one)]
        if able:
            unique.add(able[0])
        elif len(among) == len(columns):
            narrow.extend(one.column for one in among)
        else:
            narrow.append(among[0].column)
    return frozenset(unique), tuple(dict.fromkeys(narrow))


def _candidates(  # noqa: PLR0913  all that bears on it
    column: ColumnSchema,
    fate: ColumnFate,
    given: Value,
    conditions: list[Condition],
    *,
    is_unique: bool,
    loosely: bool,
) -> tuple[Filling, ...]:
    if fate is ColumnFate.SET:
        return (Filling(column, given),)
    nothing = (Filling(column),) if column.nullable else ()
    if fate is ColumnFate.NULL and not loosely:
        return nothing
    constants = tuple(
        Filling(column, value) for value in (*neutral(column), *_allowed(column, conditions))
    )
    if is_unique:
        filled = own(column)
    elif fate is ColumnFate.MASK or column.type is not ValueType.TEXT:
        filled = constants
    else:
        filled = (*own(column), *constants)
    if fate is ColumnFate.NULL:
        return (*nothing, *filled)
    return (*filled, *nothing) if loosely else filled


def _allowed(column: ColumnSchema, conditions: list[Condition]) -> tuple[Value, ...]:
    found: list[Value] = []
    for condition in conditions:
        if column.column.lower() not in condition.columns():
            continue
        for value in condition.constants():
            match value:
                case str() if column.type is ValueType.TEXT:
                    if column.length is None or len(value) <= column.length:
                        found.append(value)
                case bool() if column.type is ValueType.BOOLEAN:
                    found.append(value)
                case int() if column.type is ValueType.INTEGER:
                    found.extend((value, value + 1, value - 1))
                case int() if column.type is ValueType.REAL:
                    found.extend(map(float, (value, value + 1, value - 1)))
                case int() | Decimal() if column.type is ValueType.DECIMAL:
                    found.extend(map(Decimal, (value, value + 1, value - 1)))
                case _:
                    pass
    return tuple(dict.fromkeys(found))


def _search(
    options: list[tuple[Filling, ...]], conditions: list[Condition], present: frozenset[str]
) -> tuple[Filling, ...] | None:
    """Return the first choice, column by column, under which no condition fails."""
    chosen: list[Filling] = []
    known: dict[str, Value] = {}
    tried = [0] * len(options)
    tries = 0
    while len(chosen) < len(options):
        place = len(chosen)
        taken = None
        while tried[place] < len(options[place]) and tries < _MOST_TRIES:
            one = options[place][tried[place]]
            tried[place] += 1
            tries += 1
            name = one.column.column.lower()
            known[name] = one.sample
            if all(
                condition.truth(known, present) is not Truth.FAILS
                for condition in conditions
                if name in condition.columns()
            ):
                taken = one
                break
            del known[name]
        if taken is not None:
            chosen.append(taken)
            continue
        if place == 0 or tries >= _MOST_TRIES:
            return None
        tried[place] = 0
        back = chosen.pop()
        del known[back.column.column.lower()]
    return tuple(chosen)
