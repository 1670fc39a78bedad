"""Data frames held to what may be used of each person: pyarrow, polars and pandas.

None of them is needed by this package: a frame is handled by what it can do. Rows and columns are
treated as `rows` says: a row of which nothing may be used is left out, and a value whose category
may not be used is emptied.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from chengnuo.doors.guard.guard import Guard, Use, account_of
from chengnuo.doors.guard.rows import Columns, LeftOut, usable_categories

Frame = TypeVar("Frame")


class NoFrameError(TypeError):
    """A value is no data frame that is known here."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"`{kind}` is no frame; expected one of pyarrow, polars or pandas")


def held_frame(
    guard: Guard, frame: Frame, use: Use, columns: Columns, *, left_out: LeftOut | None = None
) -> Frame:
    """Return what may be used of a frame, as a frame of the same kind.

    Args:
        guard: Asks, about each person once.
        frame: A `pyarrow.Table`, a `polars.DataFrame` or a `pandas.DataFrame`.
        use: What it is used for; its categories are those of the columns.
        columns: What the columns hold.
        left_out: Counts what is not passed on; changed.

    Raises:
        NoFrameError: It is something else.
        UnmappedColumnError: A column is neither mapped nor free.
        NoAccountError: A row names nobody.
        UnavailableError: State or log cannot be used.

    """
    kind = type(frame).__module__.partition(".")[0]
    if kind not in _HOLD:
        raise NoFrameError(type(frame).__name__)
    names, persons = _NAMES[kind](frame), _VALUES[kind](frame, columns.person)
    columns.check(names)
    asked = columns.asked(use)
    answers = guard.ask_all([account_of(one) for one in persons], asked)
    usable = [usable_categories(answer, asked) for answer in answers]
    stay = [columns.stays(answer, one) for answer, one in zip(answers, usable, strict=True)]
    mapped = [category for name, category in columns.categories.items() if name in names]
    if left_out is not None:
        for answer, one, stays in zip(answers, usable, stay, strict=True):
            gone = (category for category in mapped if category not in one)
            left_out.add(answer, stays=stays, emptied=gone if stays else ())
    held = {
        name: [category in one for one, stays in zip(usable, stay, strict=True) if stays]
        for name, category in columns.categories.items()
        if name in names
    }
    found: Frame = _HOLD[kind](frame, stay, held)
    return found


def _arrow(table: Any, stay: Sequence[bool], held: dict[str, list[bool]]) -> Any:  # noqa: ANN401
    kept = table.filter(list(stay))
    for name, usable in held.items():
        at = kept.schema.get_field_index(name)
        values = [
            value if may else None
            for value, may in zip(kept.column(name).to_pylist(), usable, strict=True)
        ]
        emptied = type(table).from_pydict({name: values}, schema=kept.select([name]).schema)
        kept = kept.set_column(at, kept.schema.field(at), emptied.column(name))
    return kept


def _polars(frame: Any, stay: Sequence[bool], held: dict[str, list[bool]]) -> Any:  # noqa: ANN401
    kept = frame.filter(list(stay))
    for name, usable in held.items():
        column = kept[name]
        values = [value if may else None for value, may in zip(column, usable, strict=True)]
        kept = kept.with_columns(type(column)(name, values, dtype=column.dtype))
    return kept


def _pandas(frame: Any, stay: Sequence[bool], held: dict[str, list[bool]]) -> Any:  # noqa: ANN401
    kept = frame.loc[list(stay)].copy()
    for name, usable in held.items():
        kept[name] = kept[name].where(usable, None)
    return kept


_HOLD: dict[str, Callable[[Any, Sequence[bool], dict[str, list[bool]]], Any]] = {
    "pyarrow": _arrow,
    "polars": _polars,
    "pandas": _pandas,
}
_NAMES: dict[str, Callable[[Any], list[str]]] = {
    "pyarrow": lambda table: list(table.column_names),
    "polars": lambda frame: list(frame.columns),
    "pandas": lambda frame: list(frame.columns),
}
_VALUES: dict[str, Callable[[Any, str], list[Any]]] = {
    "pyarrow": lambda table, name: table.column(name).to_pylist(),
    "polars": lambda frame, name: frame[name].to_list(),
    "pandas": lambda frame, name: frame[name].tolist(),
}
