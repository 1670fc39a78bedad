"""What a draft register says where nobody has said anything yet.

A draft made from another format or from a package loads like any register, so fields that its
source does not know hold a marked text. The mark is what a person, the check and the files' own
comments go by; a text loses it by being written. Where a field takes no text, a value stands in
it that cannot be taken for a true one.
"""

from collections.abc import Iterator
from datetime import date

from chengnuo.base.text import Text
from chengnuo.domain.register.codec import leaves, write
from chengnuo.domain.register.kinds import RowRef, rows
from chengnuo.domain.register.model import Register

MARK = Text("待补：", "to be completed: ")
UNKNOWN_DAY = date(1970, 1, 1)
"""Stands in drafts for a day that nobody has said yet."""
UNKNOWN_COUNTRY = "ZZ"
"""Stands in drafts for a country abroad that nobody has said yet (ISO 3166, user-assigned)."""
UNKNOWN_COUNT = 999
"""Stands in drafts for a number of taps, levels or days that nobody has said yet; over any limit,
so that the check objects to it."""


def to_complete(what: Text) -> Text:
    """Return the marked text for something that has to be written yet.

    >>> to_complete(Text("处理目的", "purpose"))
    Text(zh='待补：处理目的', en='to be completed: purpose')

    """
    return Text(MARK.zh + what.zh, None if what.en is None else f"{MARK.en}{what.en}")


def is_to_complete(text: Text) -> bool:
    """Tell whether a text is still the mark of a draft."""
    return text.zh.startswith(MARK.zh)


def left_to_complete(register: Register) -> Iterator[tuple[RowRef, str, Text]]:
    """Yield each marked text of a register: its row, its field, and what is to be written."""
    for ref, row in rows(register).items():
        for path, leaf in leaves(write(row)):
            if isinstance(leaf, str) and leaf.startswith(MARK.zh):
                yield ref, path.removesuffix(".zh"), Text(leaf.removeprefix(MARK.zh))
