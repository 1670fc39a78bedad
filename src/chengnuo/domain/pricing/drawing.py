"""Which quotes of a log are looked at one by one: whole windows of items, drawn by fixed rules.

Some things take the columns of a log themselves, and sums over all of it will not do. They are
worked out from quotes drawn so that whatever is compared with each other is drawn together, and
that the same log always gives the same ones: the number of the window decides, by arithmetic that
every engine of tables has, and where whole windows are too large, a digest of item and window too.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from chengnuo.domain.pricing.in_memory import Table, column_of
from chengnuo.domain.pricing.spec import Spec
from chengnuo.engines.fairness.cells import KEY_DIGITS, key_of

MOST_DRAWN: Final = 20_000
"""About as many quotes are drawn."""
MULTIPLIER: Final = 2_654_435_761
"""Spreads neighbouring windows evenly over `MODULUS` (Knuth's multiplicative hash)."""
MODULUS: Final = 2**32
SIGN: Final = "|"
_LEAST_WINDOWS: Final = 24
_HOUR_S: Final = 3600
_KEY_BITS: Final = 4 * KEY_DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Which quotes are drawn.

    Attributes:
        windows_below: Those of windows whose number times `MULTIPLIER` is below this modulo
            `MODULUS`.
        units_below: And of those, whose key of item and window, a text of twelve hex digits, is
            below this; empty for all.

    """

    windows_below: int
    units_below: str


def draw_of(spec: Spec, quotes: int, hours: int, most: int = MOST_DRAWN) -> Draw:
    """Return which quotes to draw.

    Args:
        spec: What is audited.
        quotes: Quotes of the log.
        hours: Hours in which there are any.
        most: About how many to draw; all if there are no more.

    """
    windows = max(hours * _HOUR_S // spec.window_s, 1)
    share = min(1.0, max(most / max(quotes, 1), _LEAST_WINDOWS / windows))
    units = min(1.0, most / max(quotes * share, 1.0))
    below = f"{int(units * 2**_KEY_BITS):0{KEY_DIGITS}x}" if units < 1 else ""
    return Draw(windows_below=int(share * MODULUS), units_below=below)


def drawn_in_memory(spec: Spec, table: Table, draw: Draw) -> Table:
    """Return the drawn rows of a table, all of whose quotes are priced, dated and complete.

    Raises:
        UnknownColumnError: The table lacks a column.

    """
    window = column_of(table, spec.time).astype(np.int64) // spec.window_s
    is_drawn = window * MULTIPLIER % MODULUS < draw.windows_below
    if draw.units_below:
        item = column_of(table, spec.item)
        units = np.array(
            [
                f"{key_of(f'{one}{SIGN}{at}') >> (64 - _KEY_BITS):0{KEY_DIGITS}x}"
                for one, at in zip(item.tolist(), window.tolist(), strict=True)
            ]
        )
        is_drawn &= units < draw.units_below
    return {name: column[is_drawn] for name, column in table.items()}
