"""Files as a store: tables in files, and files that are rows themselves, in a folder or a bucket.

The name of a table says which: `orders/*.parquet`, `logs/**/*.csv.gz` and the like are tables in
files, any other name is a folder whose files are the rows. Files change one by one, each as a
whole: all are written beside first, and put only when all could be written. A stop in between
leaves some of them done; doing it again does the rest and nothing twice.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from chengnuo.adapters.connectors.blobs import CONTENT, Blob, BlobTable
from chengnuo.adapters.connectors.files_changing import FilesChanges
from chengnuo.adapters.connectors.files_csv import Delimited
from chengnuo.adapters.connectors.files_folder import Folder
from chengnuo.adapters.connectors.files_forms import Form
from chengnuo.adapters.connectors.files_jsonl import JsonLines
from chengnuo.adapters.connectors.files_parquet import Parquet
from chengnuo.adapters.connectors.files_places import Place, PlaceError, PlaceRefusedError
from chengnuo.adapters.connectors.files_tables import FileTable
from chengnuo.adapters.connectors.scanning import (
    SortedKeys,
    declared_columns,
    is_before,
    matcher,
)
from chengnuo.domain.register.store import Store, Table
from chengnuo.domain.rights.schema import StoreSchema
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import (
    PAGE,
    Changes,
    Lack,
    Match,
    PageTooLargeError,
    StoreRefusedError,
    StoreUnavailableError,
)

MOST_PAGE_BYTES = 64 * 1024 * 1024
"""How much content one page may hold."""
FORMS: tuple[tuple[tuple[str, ...], Callable[[], Form]], ...] = (
    ((".csv", ".tsv", ".csv.gz", ".tsv.gz"), Delimited),
    ((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), JsonLines),
    ((".parquet",), Parquet),
)
"""How the names of tables in files end, and what reads each."""


class FilesSource:
    """`RecordSource` over files."""

    def __init__(self, store: Store, address: str) -> None:
        """Open the place of the files.

        Args:
            store: The store of the register; its tables are the patterns and folders.
            address: `file:///folder`, or `s3://bucket/prefix` as `Bucket` takes it.

        Raises:
            StoreUnavailableError: It cannot be opened, an extra is missing, or a table of files
                that are rows has not exactly one column for their names.

        """
        self._store = str(store.store)
        self._listing: tuple[str, SortedKeys] | None = None
        with self._our_errors():
            self._place = _place(address)
        self._tables: dict[str, FileTable] = {}
        self._forms: dict[str, Form] = {}
        self._blobs: dict[str, BlobTable] = {}
        try:
            for table in store.tables:
                self.add(table)
        except BaseException:
            self._place.close()
            raise

    def add(self, table: Table) -> None:
        """Take one more table.

        Raises:
            StoreUnavailableError: An extra is missing, or a table of files that are rows has not
                exactly one column for their names.

        """
        columns = declared_columns(table)
        for endings, make in FORMS:
            if table.table.endswith(endings):
                try:
                    form = make()
                except ImportError as error:
                    what = "the extra `parquet` is not installed"
                    raise StoreUnavailableError(self._store, what) from error
                self._forms[table.table] = form
                self._tables[table.table] = FileTable(table.table, columns, self._place, form)
                return
        try:
            self._blobs[table.table] = BlobTable(table.table, columns, self._place)
        except ValueError as error:
            what = f"`{table.table}` needs exactly one column that names its files"
            raise StoreUnavailableError(self._store, what) from error

    @property
    def store(self) -> str:
        """See `RecordSource.store`."""
        return self._store

    @property
    def lacks(self) -> frozenset[Lack]:
        """See `RecordSource.lacks`."""
        return frozenset({Lack.TRANSACTIONS, Lack.SCHEMA})

    def schema(self, tables: Sequence[str]) -> StoreSchema:
        """See `RecordSource.schema`; a table in files is there when it has a file."""
        with self._our_errors():
            found = [
                self._blobs[table].schema()
                if table in self._blobs
                else self._tables[table].schema()
                for table in dict.fromkeys(tables)
                if table in self._blobs or table in self._tables
            ]
        return StoreSchema(store=self._store, tables=tuple(one for one in found if one is not None))

    def rows(
        self, table: str, columns: Sequence[str], match: Match, *, after: RowKey | None = None
    ) -> Sequence[tuple[Value, ...]]:
        """See `RecordSource.rows`."""
        if table in self._tables:
            rows = self._tables[table]
            is_match = matcher(rows.by_content(match))
            return self._page_of_rows(table, columns, is_match, after, rows.files_of(match))
        keys = self._blob_table(table).keys_of(match)
        return self._page_of_blobs(table, columns, matcher(match), after, keys)

    def older(
        self,
        table: str,
        columns: Sequence[str],
        column: str,
        before: Value,
        *,
        after: RowKey | None = None,
    ) -> Sequence[tuple[Value, ...]]:
        """See `RecordSource.older`."""

        def is_older(get: Callable[[str], Value]) -> bool:
            return is_before(get(column), before)

        page = self._page_of_rows if table in self._tables else self._page_of_blobs
        return page(table, columns, is_older, after, None)

    def distinct(self, table: str, column: str) -> Iterator[Value]:
        """See `RecordSource.distinct`; contents of files are not listed."""
        if column == CONTENT and table in self._blobs:
            return
        found = SortedKeys()
        try:
            with self._our_errors():
                values = self._values(table, column)
                found.add((value,) for value in values if value is not None)
            for (value,) in found.each():
                yield value
        finally:
            found.close()

    def changes(self, *, trial: bool = False) -> AbstractContextManager[Changes]:
        """See `RecordSource.changes`; refused as a trial."""
        if trial:
            raise StoreRefusedError(self._store, "", "files have no transaction to try in")
        return self._changing()

    @contextmanager
    def _changing(self) -> Iterator[Changes]:
        folders = tuple(dict.fromkeys(table.folder for table in self._tables.values()))
        with self._our_errors(), self._place.changing(folders):
            changes = FilesChanges(self._store, self._place, self._forms, self._blobs)
            try:
                yield changes
                changes.put()
            finally:
                changes.drop()

    def all_names(self) -> list[str]:
        """Return the names of all files of the place, in order.

        Raises:
            StoreUnavailableError: It does not answer.

        """
        with self._our_errors():
            return sorted(self._place.names(""))

    def files_of(self, table: str) -> list[str] | None:
        """Return the files whose rows a table has; None of a table whose rows are the files."""
        if table not in self._tables:
            return None
        with self._our_errors():
            return self._tables[table].names()

    def rows_in(self, table: str, file: str, columns: Sequence[str]) -> Iterator[tuple[Value, ...]]:
        """Yield the rows of one file of a table in files, in their order.

        Raises:
            StoreUnavailableError: It cannot be read.

        """
        with self._our_errors():
            for row in self._tables[table].rows(only=frozenset({file})):
                yield tuple(row.value(one) for one in columns)

    def close(self) -> None:
        """See `RecordSource.close`."""
        if self._listing is not None:
            self._listing[1].close()
            self._listing = None
        self._place.close()

    def _blob_table(self, table: str) -> BlobTable:
        found = self._blobs.get(table)
        if found is None:
            raise StoreUnavailableError(self._store, f"the register has no table `{table}` in it")
        return found

    def _page_of_rows(
        self,
        table: str,
        columns: Sequence[str],
        wanted: Callable[[Callable[[str], Value]], bool],
        after: RowKey | None,
        only: frozenset[str] | None,
    ) -> Sequence[tuple[Value, ...]]:
        with self._our_errors():
            rows = (row for row in self._tables[table].rows(after, only) if wanted(row.value))
            return [tuple(row.value(one) for one in columns) for row in islice(rows, PAGE)]

    def _page_of_blobs(
        self,
        table: str,
        columns: Sequence[str],
        wanted: Callable[[Callable[[str], Value]], bool],
        after: RowKey | None,
        keys: Collection[str] | None,
    ) -> Sequence[tuple[Value, ...]]:
        found: list[tuple[Value, ...]] = []
        total = 0
        blobs = self._blob_table(table)
        with self._our_errors():
            for blob in self._found(blobs, after, keys):
                if not wanted(partial(blobs.value, blob)):
                    continue
                total += blob.found.size if CONTENT in columns else 0
                if total > MOST_PAGE_BYTES:
                    raise PageTooLargeError(table, MOST_PAGE_BYTES)
                found.append(tuple(blobs.value(blob, one) for one in columns))
                if len(found) == PAGE:
                    break
        return found

    def _values(self, table: str, column: str) -> Iterator[Value]:
        """Yield what a column holds in each row."""
        if table in self._tables:
            yield from (row.value(column) for row in self._tables[table].rows())
            return
        blobs = self._blob_table(table)
        if column == blobs.key_column:
            yield from blobs.all_keys()
        else:
            yield from (blobs.value(blob, column) for blob in self._found(blobs, None, None))

    def _found(
        self, blobs: BlobTable, after: RowKey | None, keys: Collection[str] | None
    ) -> Iterator[Blob]:
        """Yield files after one, in the order of their keys; all of them where none are named."""
        last = None if after is None else str(after[0])
        named = keys if keys is not None else self._listed(blobs, after)
        for key in named:
            if last is None or key > last:
                blob = blobs.find(key)
                if blob is not None:
                    yield blob

    def _listed(self, blobs: BlobTable, after: RowKey | None) -> Iterator[str]:
        """Yield keys after one; listed once for all pages that follow each other."""
        if after is None or self._listing is None or self._listing[0] != blobs.table:
            if self._listing is not None:
                self._listing[1].close()
            listing = SortedKeys()
            self._listing = (blobs.table, listing)
            listing.add((key,) for key in blobs.all_keys())
        for (key,) in self._listing[1].each(after):
            yield str(key)

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except PlaceError as error:
            raise StoreUnavailableError(self._store, str(error)) from error
        except PlaceRefusedError as error:
            raise StoreRefusedError(self._store, "", str(error)) from error


def _place(address: str) -> Place:
    """Return the place of an address.

    Raises:
        PlaceError: It is none, or cannot be opened.

    """
    scheme = address.partition(":")[0]
    if scheme == "file":
        parts = urlsplit(address)
        if parts.netloc or not parts.path.startswith("/") or parts.query or parts.fragment:
            raise PlaceError("expected `file:///folder`")
        return Folder(Path(unquote(parts.path)))
    if scheme != "s3":
        raise PlaceError("expected an address that begins with `file:///` or `s3://`")
    try:
        # Only here, so that a folder needs no boto3.
        bucket = import_module("chengnuo.adapters.connectors.files_s3").Bucket
    except ImportError as error:
        raise PlaceError("the extra `s3` is not installed") from error
    return cast("Place", bucket(address))
