"""Changes to Redis that belong together: MULTI and EXEC, under WATCH of every key.

A key is watched before its type is looked at, so that EXEC either finds all as it was looked at or
does nothing. Redis takes back nothing after EXEC began; with the types known, and what a server
refuses (memory, permissions) refused on queueing, no command is left that could fail there.
"""

from collections.abc import Mapping, Sequence

from redis import Redis

from chengnuo.adapters.connectors.redis_reading import KeyReader, as_bytes
from chengnuo.adapters.connectors.redis_tables import SCORE, VALUE, Holds, KeyTable
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import StoreRefusedError

Command = tuple[str | bytes, ...]


class RedisChanges:
    """`Changes` of Redis."""

    def __init__(self, store: str, client: Redis, tables: Mapping[str, KeyTable]) -> None:
        """Begin without a change; errors of the connection pass through."""
        self._store = store
        self._client = client
        self._tables = tables
        self._transaction = client.pipeline(transaction=True)
        self._commands: list[Command] = []
        self._gone: set[RowKey] = set()

    def delete(self, table: str, keys: Sequence[RowKey]) -> int:
        """See `Changes.delete`."""
        found = self._watched(table, keys)
        for key, kind in found.items():
            self._gone.add(key)
            self._commands.append(_removing(self._tables[table], key, kind))
        return len(found)

    def update(self, table: str, rows: Sequence[tuple[RowKey, Mapping[str, Value]]]) -> int:
        """See `Changes.update`."""
        changes = {key: values for key, values in rows if values}
        found = self._watched(table, list(changes))
        for key, kind in found.items():
            self._commands += self._setting(self._tables[table], key, kind, changes[key])
        return len(found)

    def execute(self) -> None:
        """Let all take effect at once.

        Raises:
            WatchError: A key changed since it was looked at; nothing was done.

        """
        if not self._commands:
            return
        self._transaction.multi()
        for command in self._commands:
            self._transaction.execute_command(*command)  # type: ignore[no-untyped-call]  # redis-py's own
        self._transaction.execute()

    def end(self) -> None:
        """Let go of the connection, and of what was not executed."""
        self._transaction.reset()

    def _watched(self, table: str, keys: Sequence[RowKey]) -> dict[RowKey, bytes]:
        """Return the rows that are there, with the types of their keys, all of these watched."""
        asked = [key for key in dict.fromkeys(keys) if key not in self._gone]
        names = list(dict.fromkeys(str(key[0]) for key in asked))
        if not names:
            return {}
        self._transaction.watch(*names)  # type: ignore[no-untyped-call]  # redis-py's own
        reader = KeyReader(self._client, self._tables[table])
        kinds = dict(zip(names, reader.types(names), strict=True))
        return {row.key: kinds[str(row.key[0])] for row in reader.read(iter(asked))}

    def _setting(
        self, table: KeyTable, key: RowKey, kind: bytes, values: Mapping[str, Value]
    ) -> list[Command]:
        """Return the commands that set columns; none of them touches how long the key lives."""
        name = str(key[0])
        for column, value in values.items():
            is_settable = {
                Holds.TEXT: column == VALUE and value is not None,
                Holds.HASH: column in table.columns,
                Holds.ENTRIES: column == VALUE and value is not None,
                Holds.MEMBERS: column == SCORE
                and kind == b"zset"
                and isinstance(value, int | float)
                and not isinstance(value, bool),
            }[table.holds]
            if not is_settable:
                rule = f"column `{column}` cannot be set to this in a {kind.decode()}"
                raise StoreRefusedError(self._store, table.table, rule)
        commands: list[Command] = []
        for column, value in values.items():
            match table.holds:
                case Holds.TEXT:
                    commands.append(("SET", name, as_bytes(value), "KEEPTTL"))
                case Holds.HASH if value is None:
                    commands.append(("HDEL", name, column))
                case Holds.HASH:
                    commands.append(("HSET", name, column, as_bytes(value)))
                case Holds.ENTRIES:
                    commands.append(("HSET", name, as_bytes(key[1]), as_bytes(value)))
                case Holds.MEMBERS:
                    commands.append(("ZADD", name, "XX", as_bytes(value), as_bytes(key[1])))
        return commands


def _removing(table: KeyTable, key: RowKey, kind: bytes) -> Command:
    name = str(key[0])
    match table.holds:
        case Holds.TEXT | Holds.HASH:
            return ("UNLINK", name)
        case Holds.ENTRIES:
            return ("HDEL", name, as_bytes(key[1]))
        case Holds.MEMBERS:
            if kind == b"list":
                return ("LREM", name, "0", as_bytes(key[1]))
            return ("SREM" if kind == b"set" else "ZREM", name, as_bytes(key[1]))
