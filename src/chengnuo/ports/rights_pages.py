"""Rows of an individual on their way into a copy or a view, page by page, as a survey finds them.

No more than one page is in memory; pages of different tables come in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.domain.rights.values import Value

Row = tuple[Value, ...]
"""Values of one row, in the order of the columns of its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFound:
    """Some rows of one table.

    Attributes:
        store: Id of the store.
        table: Name of the table.
        columns: Columns in the order of the values; the same for all pages of a table.
        rows: The rows; None stands where a value was left out.
        withheld: How many values were left out because they are somebody else's.

    """

    store: str
    table: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    withheld: int
