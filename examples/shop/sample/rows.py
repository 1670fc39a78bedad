"""One row of a table, in the order of the table's columns."""

from typing import TypeAlias

Row: TypeAlias = "tuple[int | str | None, ...]"
