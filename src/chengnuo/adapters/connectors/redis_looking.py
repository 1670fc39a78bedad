"""Looking into Redis: the keys of the register's tables, and all others by what they look like.

Keys are found by SCAN. Keys that no table takes are put together by their form: `session:8f3a` and
`session:77b1` are `session:{part2}`, and what stands there is a column. Of hashes the fields
of some keys are taken as columns. Keys that are no text are passed over.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from chengnuo.adapters.connectors.redis import RedisSource
from chengnuo.adapters.connectors.redis_tables import (
    FIELD,
    KEY,
    MEMBER,
    SCORE,
    VALUE,
    Holds,
    KeyTable,
)
from chengnuo.adapters.connectors.scanning import declared_columns, is_before
from chengnuo.domain.register.store import Store, Table
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import PAGE, Match
from chengnuo.ports.store_look import LookedTable

MOST_KEYS = 100_000
"""How many keys without a table are looked at to tell their forms."""
_MOST_FORMS = 200
_KEYS_OF_FORM = 50
_MOST_FIELDS = 200
_ANY = Match(columns=(), values=((),))
_COLUMNS = {
    "string": (VALUE,),
    "set": (MEMBER,),
    "zset": (MEMBER, SCORE),
    "list": (MEMBER,),
}

_Row = tuple[Value, ...]


class RedisLook:
    """`StoreLook` over Redis."""

    def __init__(self, store: Store, address: str) -> None:
        """Connect when something is first asked.

        Raises:
            StoreUnavailableError: The address is none.

        """
        self._store, self._address = store, address
        self._source = RedisSource(store, address)
        self._names: list[str] | None = None

    def tables(self) -> Sequence[LookedTable]:
        """See `StoreLook.tables`; a table is there when it has a key."""
        if self._names is None:
            self._source.schema(())
            tables = [*self._with_fields(), *self._others()]
            self._source.close()
            self._source = RedisSource(replace(self._store, tables=tuple(tables)), self._address)
            self._names = [table.table for table in tables]
        return [LookedTable(schema=one) for one in self._source.schema(self._names).tables]

    def rows(self, table: str) -> int | None:
        """See `StoreLook.rows`; Redis does not tell."""
        del table
        return None

    def pages(
        self, table: str, columns: Sequence[str], most: int | None
    ) -> Iterator[Sequence[_Row]]:
        """See `StoreLook.pages`; some are the first in the order of the keys."""
        if self._names is None:
            self.tables()
        key = self._key_of(table)
        left = most
        after: RowKey | None = None
        while left is None or left > 0:
            found = self._source.rows(table, [*columns, *key], _ANY, after=after)
            page = [row[: len(columns)] for row in found][:left]
            if page:
                yield page
            if len(found) < PAGE:
                return
            left = None if left is None else left - len(page)
            after = tuple(found[-1][len(columns) :])

    def oldest(self, table: str, column: str) -> Value:
        """See `StoreLook.oldest`."""
        least: Value = None
        for page in self.pages(table, [column], None):
            for (value,) in page:
                if value not in {None, ""} and (least is None or is_before(value, least)):
                    least = value
        return least

    def close(self) -> None:
        """See `StoreLook.close`."""
        self._source.close()

    def _key_of(self, table: str) -> tuple[str, ...]:
        schema = self._source.schema([table]).by_name[table]
        return schema.key

    def _with_fields(self) -> Iterator[Table]:
        """Yield the tables of the register that have keys, of hashes with all their fields."""
        for table in self._store.tables:
            about = KeyTable(table.table, declared_columns(table))
            keys = list(islice(self._source.keys_like(about), _KEYS_OF_FORM))
            if not keys:
                continue
            fields = self._source.fields_of(keys) if about.holds is Holds.HASH else {}
            more = [one for one in fields if one not in {*about.columns, KEY, FIELD, MEMBER}]
            yield replace(table, not_personal=(*table.not_personal, *more[:_MOST_FIELDS]))

    def _others(self) -> Iterator[Table]:
        declared = [KeyTable(table.table, declared_columns(table)) for table in self._store.tables]
        loose = (
            key
            for key in self._source.keys_like(KeyTable("*", ()))
            if all(one.parse(key) is None for one in declared)
        )
        of_form = forms_of(list(islice(loose, MOST_KEYS)))
        for form, keys in islice(of_form.items(), _MOST_FORMS):
            kind = self._source.type_of(keys[0])
            if kind != "stream":
                some = [one for one in keys[:_KEYS_OF_FORM] if self._source.type_of(one) == kind]
                fields = tuple(self._source.fields_of(some)) if kind == "hash" else ()
                yield Table(table=form, not_personal=_COLUMNS.get(kind, fields[:_MOST_FIELDS]))


def forms_of(keys: Sequence[str]) -> dict[str, list[str]]:
    """Return keys by the pattern that they are of, in which nothing of anybody stands.

    A part of a key stays in the pattern only if it is a word that many keys have in that place;
    any other is a column of its own, so that it is looked at.

    >>> list(forms_of([f"session:{name}:seen" for name in ("a1", "b2", "lin", "wu")]))
    ['session:{part2}:seen']

    """
    split = [(key, _PARTS.split(key)) for key in dict.fromkeys(keys)]
    words: Counter[tuple[int, int, str]] = Counter()
    in_place: dict[tuple[int, int], int] = Counter()
    for _, parts in split:
        for at, part in enumerate(parts):
            words[len(parts), at, part] += 1
            in_place[len(parts), at] += 1
    different = Counter((size, at) for size, at, _ in words)
    found: dict[str, list[str]] = {}
    for key, parts in split:
        form = ""
        for at, part in enumerate(parts):
            place = len(parts), at
            is_word = _WORD.fullmatch(part) is not None and (
                at == 0 or in_place[place] >= _OFTEN * different[place]
            )
            form += part if at % 2 or is_word else f"{{part{at // 2 + 1}}}"
        found.setdefault(form, []).append(key)
    return found


_PARTS = re.compile(r"([:/|.])")
_WORD = re.compile(r"[A-Za-z_\-]{1,40}")
_OFTEN = 4
