"""Redis as a store (redis-py, the extra `redis`): one server, or a primary with its replicas.

What a table is, `redis_tables` says. Rows asked for by the columns in a key are looked up without a
scan; all else goes through SCAN. A cluster is not spoken to: it could not change many keys as one.
How long a key lives is never changed; of single fields of a hash it is lost when they are set.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    NoPermissionError,
    OutOfMemoryError,
    RedisError,
    ResponseError,
    WatchError,
)
from redis.retry import Retry

from chengnuo.adapters.connectors.redis_changing import RedisChanges
from chengnuo.adapters.connectors.redis_reading import (
    KeyReader,
    RedisRow,
    WrongTypeError,
    as_bytes,
    text_or_bytes,
)
from chengnuo.adapters.connectors.redis_tables import KeyTable
from chengnuo.adapters.connectors.scanning import (
    SortedKeys,
    declared_columns,
    is_before,
    matcher,
)
from chengnuo.domain.register.store import Store
from chengnuo.domain.rights.schema import StoreSchema
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import (
    PAGE,
    Changes,
    Lack,
    Match,
    StoreRefusedError,
    StoreUnavailableError,
)

_CONNECT_S, _ANSWER_S = 5.0, 30.0


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Which keys can hold what is asked for.

    Attributes:
        keys: The only keys; None for all of the table.
        rows: The only keys of rows; None where they are not known.
        known: Values of columns of the keys that a key can be misread without.

    """

    keys: Collection[str] | None = None
    rows: Collection[RowKey] | None = None
    known: Sequence[Mapping[str, str]] = ()


class RedisSource:
    """`RecordSource` over Redis."""

    def __init__(self, store: Store, address: str) -> None:
        """Connect when something is first asked.

        Args:
            store: The store of the register; its tables are patterns of keys.
            address: `redis://…`, `rediss://…` over TLS, or `unix://…`.

        Raises:
            StoreUnavailableError: The address is none.

        """
        self._store = str(store.store)
        self._tables = {
            table.table: KeyTable(table.table, declared_columns(table)) for table in store.tables
        }
        self._listing: tuple[tuple[str, _Asked], SortedKeys] | None = None
        self._is_looked_at = False
        try:
            self._client = Redis.from_url(
                address,
                socket_connect_timeout=_CONNECT_S,
                socket_timeout=_ANSWER_S,
                # A change that was sent is never sent again unasked.
                retry=Retry(NoBackoff(), 0),
                decode_responses=False,
            )
        except (ValueError, TypeError):
            message = "expected an address that begins with `redis://`, `rediss://` or `unix://`"
            raise StoreUnavailableError(self._store, message) from None

    @property
    def store(self) -> str:
        """See `RecordSource.store`."""
        return self._store

    @property
    def lacks(self) -> frozenset[Lack]:
        """See `RecordSource.lacks`."""
        return frozenset({Lack.SCHEMA})

    def schema(self, tables: Sequence[str]) -> StoreSchema:
        """See `RecordSource.schema`; it is what the register says."""
        with self._our_errors():
            self._look()
        found = (self._tables[one].schema() for one in dict.fromkeys(tables) if one in self._tables)
        return StoreSchema(store=self._store, tables=tuple(found))

    def rows(
        self, table: str, columns: Sequence[str], match: Match, *, after: RowKey | None = None
    ) -> Sequence[tuple[Value, ...]]:
        """See `RecordSource.rows`."""
        about = self._table(table)
        awkward = [one for one in about.known(match) if about.can_be_misread(one)]
        asked = _Asked(keys=about.keys_of(match), rows=about.row_keys_of(match), known=awkward)
        return self._page(table, columns, matcher(match), after, asked)

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

        return self._page(table, columns, is_older, after, _Asked())

    def distinct(self, table: str, column: str) -> Iterator[Value]:
        """See `RecordSource.distinct`."""
        found = SortedKeys()
        try:
            with self._our_errors():
                values = (row.value(column) for row in self._found(table, None, _Asked()))
                found.add((value,) for value in values if value is not None)
            for (value,) in found.each():
                yield value
        finally:
            found.close()

    @contextmanager
    def changes(self, *, trial: bool = False) -> Iterator[Changes]:
        """See `RecordSource.changes`."""
        with self._our_errors():
            self._look()
            changes = RedisChanges(self._store, self._client, self._tables)
            try:
                yield changes
                if not trial:
                    changes.execute()
            finally:
                changes.end()

    def keys_like(self, table: KeyTable) -> Iterator[str]:
        """Yield the keys of a table, whatever they hold, in any order, some more than once.

        Keys that are no text are passed over.

        Raises:
            StoreUnavailableError: Redis does not answer.

        """
        with self._our_errors():
            self._look()
            for raw in self._client.scan_iter(match=table.scan_pattern(), count=PAGE):
                key = text_or_bytes(raw)
                if isinstance(key, str) and table.parse(key) is not None:
                    yield key

    def type_of(self, key: str) -> str:
        """Return what a key holds, as Redis calls it.

        Raises:
            StoreUnavailableError: Redis does not answer.

        """
        with self._our_errors():
            return bytes(self._client.type(key)).decode()  # type: ignore[arg-type]  # no texts are decoded

    def fields_of(self, keys: Collection[str]) -> dict[str, None]:
        """Return the names of the fields of hashes, each once; fields that are no text left out.

        Raises:
            StoreUnavailableError: Redis does not answer.

        """
        found: dict[str, None] = {}
        with self._our_errors():
            for key in keys:
                names = (text_or_bytes(as_bytes(name)) for name in self._client.hkeys(key))
                found.update((name, None) for name in names if isinstance(name, str))
        return found

    def close(self) -> None:
        """See `RecordSource.close`."""
        if self._listing is not None:
            self._listing[1].close()
            self._listing = None
        self._client.close()

    def _page(
        self,
        table: str,
        columns: Sequence[str],
        wanted: Callable[[Callable[[str], Value]], bool],
        after: RowKey | None,
        asked: "_Asked",
    ) -> Sequence[tuple[Value, ...]]:
        with self._our_errors():
            rows = (row for row in self._found(table, after, asked) if wanted(row.value))
            return [tuple(row.value(one) for one in columns) for row in islice(rows, PAGE)]

    def _found(self, table: str, after: RowKey | None, asked: "_Asked") -> Iterator[RedisRow]:
        """Yield rows after one in the order of their keys; listed once for pages that follow."""
        self._look()
        reader = KeyReader(self._client, self._table(table))
        if after is None or self._listing is None or self._listing[0] != (table, asked):
            if self._listing is not None:
                self._listing[1].close()
            listing = SortedKeys()
            self._listing = (table, asked), listing
            if asked.rows is not None:
                listing.add(asked.rows)
            else:
                found = reader.scan() if asked.keys is None else asked.keys
                listing.add(chain.from_iterable(reader.row_keys(key) for key in found))
        yield from reader.read(self._listing[1].each(after), asked.known)

    def _table(self, table: str) -> KeyTable:
        found = self._tables.get(table)
        if found is None:
            raise StoreUnavailableError(self._store, f"the register has no table `{table}` in it")
        return found

    def _look(self) -> None:
        """See once that it is no cluster; a server that does not tell is taken at its word."""
        if self._is_looked_at:
            return
        try:
            is_cluster = bool(self._client.info("cluster").get("cluster_enabled"))
        except NoPermissionError:
            is_cluster = False
        if is_cluster:
            raise StoreUnavailableError(self._store, "a cluster of Redis is not supported")
        self._is_looked_at = True

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        """Turn errors into ours."""
        try:
            yield
        except WrongTypeError as error:
            raise StoreUnavailableError(self._store, str(error)) from error
        except RedisError as error:
            error.args = ()  # a server's own message may hold a key
            raise self._ours(error) from None
        except OSError as error:
            what = f"no answer ({type(error).__name__})"
            raise StoreUnavailableError(self._store, what) from None

    def _ours(self, error: RedisError) -> StoreRefusedError | StoreUnavailableError:
        kind = type(error).__name__
        match error:
            case WatchError():
                rule = "a key changed while it was looked at"
                return StoreRefusedError(self._store, "", rule)
            case OutOfMemoryError():
                return StoreRefusedError(self._store, "", "it has no memory left")
            case NoPermissionError():
                return StoreRefusedError(self._store, "", "a command is not permitted")
            case AuthenticationError():
                return StoreUnavailableError(self._store, "it does not take the password")
            case ResponseError():
                return StoreUnavailableError(self._store, f"it refuses a command ({kind})")
            case _:
                return StoreUnavailableError(self._store, f"no answer ({kind})")
