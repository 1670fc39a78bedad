"""A rule about stores: one row of a table, decidable from what was seen and what is declared.

Its hits name a column of a table and counts, never a value.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import shortened
from chengnuo.domain.finding.rule import Hit, RuleWords, Word
from chengnuo.domain.finding.stores_look import Pair, StoresLook
from chengnuo.domain.observation.stores import ColumnSeen

StoresCheck: TypeAlias = Callable[[StoresLook], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRule(RuleWords):
    """One rule about stores; `check` finds where it does not hold."""

    check: StoresCheck


def table_hit(pair: Pair, key: str = "", *, field: str | None = None, **words: Word) -> Hit:
    """Return a hit on a table.

    Args:
        pair: The table.
        key: What tells it from another hit of the same rule on it.
        field: Field of the row; the table if not given.
        words: What the words of the rule are filled in with, beside `value`, the table.

    """
    return Hit(
        row=pair.row,
        field=pair.field() if field is None else field,
        value=shortened(pair.seen.table),
        key=f"{pair.seen.table}.{key}" if key else pair.seen.table,
        words=words,
    )


def column_hit(look: StoresLook, pair: Pair, one: ColumnSeen, **words: Word) -> Hit:
    """Return a hit on a column, with its kind, counts and category as words.

    Args:
        look: What the rule looks at.
        pair: Its table.
        one: The column.
        words: Further words of the rule.

    """
    declared = pair.column(one.place)
    category = "" if one.category is None else look.catalogue.category(one.category).text
    return Hit(
        row=pair.row,
        field=pair.field() if declared is None else pair.field(declared[0]),
        value=shortened(f"{pair.seen.table}.{one.column}"),
        key=f"{pair.seen.table}.{one.column}",
        words={
            "kind": look.title(one.kind),
            "category": category,
            "held": one.held,
            "filled": one.filled,
            "rows": counted_rows(pair, one),
            **words,
        },
    )


def counted_rows(pair: Pair, one: ColumnSeen) -> Text:
    """Return how many values of a column were looked at, in words."""
    if pair.seen.is_whole and one.rows >= pair.seen.looked_at:
        return Text("整列", "the whole column")
    return Text(f"抽取的 {one.rows} 行", f"{one.rows} rows looked at")
