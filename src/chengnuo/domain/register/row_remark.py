"""A comment line above a row of a register: what a draft asks there, or where it took the row from.

Drafts write such lines, in either language, and people edit them. A line that asks names the fields
that it asks about; it counts until it is gone from the file. Everything else is only shown.
"""

import re
from dataclasses import dataclass, replace

from chengnuo.domain.register.draft import MARK
from chengnuo.domain.register.tree import Place

_ASKS = re.compile(rf"(?:{re.escape(MARK.zh.strip())}|{re.escape((MARK.en or '').strip())})\s*")
_FIELD = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+|\[\d+\])*"
_FIELDS = re.compile(rf"(?P<fields>{_FIELD}(?:(?:、|, ){_FIELD})*)(?:：|: )")
_FROM = re.compile(r"(?:来源：|from: )")
_OF_FIELD = re.compile(rf"[（(](?P<field>{_FIELD})[）)](?:：|: )|^(?P<first>{_FIELD})(?:：|: )")
_BETWEEN = re.compile(r"、|, ")


@dataclass(frozen=True, slots=True)
class RowRemark:
    """One comment line above a row.

    Attributes:
        place: Where it stands.
        text: What it says, without the sign of a comment.

    """

    place: Place
    text: str

    @property
    def asks(self) -> bool:
        """Tell whether something is still to be decided by it."""
        return _ASKS.match(self.text) is not None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it asks about; none where it asks about the whole row.

        >>> RowRemark(Place("a.yaml", 1), "待补：basis、minors_under_14：法律依据").fields
        ('basis', 'minors_under_14')

        """
        found = _FIELDS.match(self._after_mark)
        return () if found is None else tuple(_BETWEEN.split(found["fields"]))

    @property
    def said(self) -> str:
        """What it says, without the mark and the fields."""
        if not self.asks:
            found = _FROM.match(self.text)
            return self.text if found is None else self.text[found.end() :]
        found = _FIELDS.match(self._after_mark)
        return self._after_mark if found is None else self._after_mark[found.end() :]

    @property
    def about(self) -> str:
        """The field that a line tells the source of; empty where it tells that of the row."""
        found = _OF_FIELD.search(self.said)
        return "" if found is None else found["field"] or found["first"] or ""

    def without(self, fields: frozenset[str]) -> "RowRemark | None":
        """Return it asking no more about some fields; None if nothing is left to ask.

        Args:
            fields: First names of the fields that are decided.

        >>> asks = RowRemark(Place("a.yaml", 1), "待补：basis、items：写明")
        >>> asks.without(frozenset({"items"})).text
        '待补：basis：写明'

        """
        left = [field for field in self.fields if root_of(field) not in fields]
        if not left:
            return None
        found = _FIELDS.match(self._after_mark)
        if found is None or len(left) == len(self.fields):
            return self
        start = len(self.text) - len(self._after_mark)
        between = "、" if "、" in found["fields"] or "：" in found[0] else ", "
        rest = self._after_mark[found.end("fields") :]
        return replace(self, text=f"{self.text[:start]}{between.join(left)}{rest}")

    @property
    def _after_mark(self) -> str:
        found = _ASKS.match(self.text)
        return self.text if found is None else self.text[found.end() :]


def root_of(field: str) -> str:
    """Return the first name of a field: `items` of `items[0].if_refused`."""
    return re.split(r"[.\[]", field, maxsplit=1)[0]
