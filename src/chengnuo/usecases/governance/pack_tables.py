"""How every part of an audit pack is put together: columns that say how their values are told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from chengnuo.base.text import Lang, Text
from chengnuo.domain.governance.audit_pack import PackColumn, PackPart, Value
from chengnuo.usecases.governance.pack_sources import PackPeriod

T = TypeVar("T")
_LEFT = Text(
    "另有 {left} 条此类记录不属于这里列出的任何一项，因此未证明完整。",
    " {left} records of this kind belong to nothing that stands here, so completeness is not"
    " proved.",
)


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """A column, and how its value is told of what a row is about.

    Attributes:
        name: Its member in JSON.
        text: Its heading.
        weight: Its share of the width.
        value: Tells its value.

    """

    name: str
    text: Text
    weight: int
    value: Callable[[T], Value]


def part_of(  # noqa: PLR0913  what a part is
    name: str,
    title: Text,
    looked: Text,
    columns: tuple[Shown[T], ...],
    about: Iterable[T],
    *,
    period: PackPeriod,
    records: Iterable[int] = (),
    kinds: Iterable[str] = (),
) -> PackPart:
    """Return a part, and say how many records of its kinds are in none of its rows.

    Args:
        name: Its id, as `05-rights`.
        title: Its title.
        looked: How it was looked for.
        columns: Its columns.
        about: What each row is about, in the order of rows.
        period: The period.
        records: Positions of the records that it rests on.
        kinds: Kinds of which no record of the period should be in none of its rows.

    """
    positions, whole = {*records}, tuple(kinds)
    left = sum(period.left_out(kind, positions) for kind in whole)
    beside = [_LEFT.in_lang(lang).format(left=left) if left else "" for lang in Lang]
    return PackPart(
        id=name,
        title=title,
        looked=Text(f"{looked.zh}{beside[0]}", f"{looked.in_lang(Lang.EN)}{beside[1]}"),
        columns=tuple(PackColumn(one.name, one.text, one.weight) for one in columns),
        rows=[tuple(one.value(each) for one in columns) for each in about],
        records=tuple(sorted(positions)),
        complete=() if left else whole,
    )
