"""Looking into files: tables in them, those that the register does not name included.

Of files that no table of the register takes, those of one folder and one ending are one table.
Whole files, as pictures, are listed and never opened.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from posixpath import basename, dirname

from chengnuo.adapters.connectors.files import FORMS, FilesSource
from chengnuo.adapters.connectors.files_tables import is_of
from chengnuo.adapters.connectors.scanning import is_before
from chengnuo.domain.register.store import Store, Table
from chengnuo.domain.rights.schema import OF_CONNECTOR
from chengnuo.domain.rights.values import Value
from chengnuo.ports.store_look import PAGE_ROWS, LookedTable

SPOTS = 20
"""From how many files of a table rows are taken."""
_DIGITS = re.compile(r"[^/]*[0-9@][^/]*")
"""A folder that may be called after somebody, or after a day: any folder of that place is meant."""
_ENDINGS = tuple(ending for endings, _ in FORMS for ending in endings)

_Row = tuple[Value, ...]


class FilesLook:
    """`PartedLook` over files in a folder or a bucket; each file is a part."""

    def __init__(self, store: Store, address: str) -> None:
        """Open the place of the files.

        Raises:
            StoreUnavailableError: It cannot be opened, or an extra is missing.

        """
        self._declared = store.tables
        self._source = FilesSource(store, address)
        self._is_listed = False
        self._names = [table.table for table in store.tables]

    def tables(self) -> Sequence[LookedTable]:
        """See `StoreLook.tables`."""
        if not self._is_listed:
            for pattern in self._undeclared():
                self._know(pattern)
            self._is_listed = True
        return [
            LookedTable(schema=one, readable=self._source.files_of(one.table) is not None)
            for one in self._source.schema(self._names).tables
        ]

    def rows(self, table: str) -> int | None:
        """See `StoreLook.rows`; it takes reading all files, so it is not told."""
        del table
        return None

    def pages(
        self, table: str, columns: Sequence[str], most: int | None
    ) -> Iterator[Sequence[_Row]]:
        """See `StoreLook.pages`; the first rows of some files, or all rows of all."""
        files = self.parts(table)
        if most is not None and len(files) > SPOTS:
            files = [files[at * (len(files) - 1) // (SPOTS - 1)] for at in range(SPOTS)]
        left = most
        for at, file in enumerate(files):
            # What small files leave is taken from those after them.
            share = None if left is None else -(-left // (len(files) - at))
            for page in self._pages(table, file, columns, share):
                left = None if left is None else left - len(page)
                yield page

    def oldest(self, table: str, column: str) -> Value:
        """See `StoreLook.oldest`."""
        return self.least(self.oldest_in(table, file, column) for file in self.parts(table))

    def parts(self, table: str) -> Sequence[str]:
        """See `PartedLook.parts`."""
        return self._source.files_of(table) or []

    def pages_in(self, table: str, part: str, columns: Sequence[str]) -> Iterator[Sequence[_Row]]:
        """See `PartedLook.pages_in`."""
        self._know(table)
        return self._pages(table, part, columns, None)

    def oldest_in(self, table: str, part: str, column: str) -> Value:
        """See `PartedLook.oldest_in`."""
        self._know(table)
        return self.least(value for (value,) in self._source.rows_in(table, part, [column]))

    def least(self, values: Iterable[Value]) -> Value:
        """See `PartedLook.least`."""
        least: Value = None
        for value in values:
            if value not in {None, ""} and (least is None or is_before(value, least)):
                least = value
        return least

    def close(self) -> None:
        """See `StoreLook.close`."""
        self._source.close()

    def _know(self, table: str) -> None:
        if table not in self._names:
            self._source.add(Table(table=table))
            self._names.append(table)

    def _pages(
        self, table: str, file: str, columns: Sequence[str], most: int | None
    ) -> Iterator[Sequence[_Row]]:
        rows = islice(self._source.rows_in(table, file, columns), most)
        while page := list(islice(rows, PAGE_ROWS)):
            yield page

    def _undeclared(self) -> list[str]:
        """Return a pattern for the files of each folder and ending that no table takes."""
        found: dict[str, None] = {}
        for name in self._source.all_names():
            ending = max((one for one in _ENDINGS if name.endswith(one)), key=len, default="")
            if not ending or any(is_of(name, table.table) for table in self._declared):
                continue
            folder = _DIGITS.sub("*", dirname(name))
            if not basename(name).startswith((".", OF_CONNECTOR)):
                found[f"{folder}/*{ending}" if folder else f"*{ending}"] = None
        return list(found)
