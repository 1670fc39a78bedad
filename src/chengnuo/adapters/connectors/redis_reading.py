"""Reading keys of Redis: found by SCAN, never by KEYS, and read some hundred at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from redis import Redis

from chengnuo.adapters.connectors.redis_tables import (
    FIELD,
    KEY,
    MEMBER,
    SCORE,
    VALUE,
    Holds,
    KeyTable,
)
from chengnuo.domain.rights.values import RowKey, Value

_AT_ONCE = 500
_COUNT = 1_000
_EXPECTED: Mapping[Holds, frozenset[bytes]] = {
    Holds.TEXT: frozenset({b"string"}),
    Holds.HASH: frozenset({b"hash"}),
    Holds.ENTRIES: frozenset({b"hash"}),
    Holds.MEMBERS: frozenset({b"set", b"zset", b"list"}),
}
_NONE = b"none"


class WrongTypeError(Exception):
    """A key holds another type than its table; the argument says which, without the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisRow:
    """One row as it was read."""

    key: RowKey
    in_key: Mapping[str, str]
    values: Mapping[str, Value]

    def value(self, column: str) -> Value:
        """Return what a column holds."""
        if column == KEY:
            return self.key[0]
        if column in self.in_key:
            return self.in_key[column]
        return self.values.get(column)


def text_or_bytes(data: bytes) -> str | bytes:
    """Return bytes as the text that they are, or as they are."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def as_bytes(value: Value) -> bytes:
    """Return a value as it is written to Redis."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return b"1" if value else b"0"
    return str(value).encode()


class KeyReader:
    """Reads the keys of one table."""

    def __init__(self, client: Redis, table: KeyTable) -> None:
        """Read over a connection; errors of it pass through."""
        self._client = client
        self._table = table

    def scan(self) -> Iterator[str]:
        """Yield the keys of the table, in any order, some more than once.

        Raises:
            WrongTypeError: A key is no text.

        """
        for raw in self._client.scan_iter(match=self._table.scan_pattern(), count=_COUNT):
            key = text_or_bytes(raw)
            if isinstance(key, bytes):
                raise WrongTypeError(f"a key of `{self._table.table}` is not UTF-8 text")
            if self._table.parse(key) is not None:
                yield key

    def row_keys(self, key: str) -> Iterator[RowKey]:
        """Yield the keys of the rows that one key holds, in any order, some more than once.

        Raises:
            WrongTypeError: It holds another type.

        """
        if self._table.holds in {Holds.TEXT, Holds.HASH}:
            yield (key,)
            return
        (kind,) = self.types([key])
        for raw in self._parts(key, kind):
            yield (key, text_or_bytes(raw))

    def _parts(self, key: str, kind: bytes) -> Iterator[bytes]:
        if kind == b"hash":
            yield from (field for field, _ in self._client.hscan_iter(key, count=_COUNT))
        elif kind == b"set":
            yield from self._client.sscan_iter(key, count=_COUNT)
        elif kind == b"zset":
            yield from (member for member, _ in self._client.zscan_iter(key, count=_COUNT))
        elif kind == b"list":
            for start in range(0, int(self._client.llen(key)), _COUNT):
                for member in self._client.lrange(key, start, start + _COUNT - 1):
                    yield as_bytes(member)

    def types(self, keys: Sequence[str]) -> list[bytes]:
        """Return the types of keys; `none` of those that are not there.

        Raises:
            WrongTypeError: One holds another type than the table.

        """
        with self._client.pipeline(transaction=False) as asking:
            for key in keys:
                asking.type(key)
            found = [bytes(one) for one in asking.execute()]
        wanted = _EXPECTED[self._table.holds]
        for kind in found:
            if kind not in wanted and kind != _NONE:
                expected = " or ".join(sorted(one.decode() for one in wanted))
                raise WrongTypeError(
                    f"a key of `{self._table.table}` holds a {kind.decode()}; expected {expected}"
                )
        return found

    def read(
        self, row_keys: Iterator[RowKey], known: Sequence[Mapping[str, str]] = ()
    ) -> Iterator[RedisRow]:
        """Yield rows by their keys, in the order of these; those that are gone are left out.

        Args:
            row_keys: Their keys.
            known: Values of columns of the keys by which a key may be read in another way.

        Raises:
            WrongTypeError: A key holds another type.

        """
        while part := list(islice(row_keys, _AT_ONCE)):
            keys = [str(one[0]) for one in part]
            kinds = self.types(keys)
            with self._client.pipeline(transaction=False) as asking:
                for row_key, kind in zip(part, kinds, strict=True):
                    self._ask(asking, row_key, kind)
                answers = asking.execute()
            for row_key, kind, answer in zip(part, kinds, answers, strict=True):
                values = self._values(row_key, kind, answer)
                if values is None:
                    continue
                for in_key in self._readings(str(row_key[0]), known):
                    yield RedisRow(key=row_key, in_key=in_key, values=values)

    def _readings(
        self, key: str, known: Sequence[Mapping[str, str]]
    ) -> Iterator[Mapping[str, str]]:
        """Yield how a key can be read: as one that was asked for, else the shortest way."""
        for one in known:
            found = self._table.parse(key, one)
            if found is not None:
                yield found
                return
        plain = self._table.parse(key)
        if plain is not None:
            yield plain

    def _ask(self, asking: "Redis", row_key: RowKey, kind: bytes) -> None:
        key = str(row_key[0])
        part = as_bytes(row_key[1]) if len(row_key) > 1 else b""
        match self._table.holds, kind:
            case Holds.TEXT, _ if kind != _NONE:
                asking.get(key)
            case Holds.HASH, _ if kind != _NONE and self._table.columns:
                asking.hmget(key, list(self._table.columns))
            case Holds.ENTRIES, _ if kind != _NONE:
                asking.hget(key, part)
            case _, b"set":
                asking.sismember(key, part)  # type: ignore[arg-type]  # as above
            case _, b"zset":
                asking.zscore(key, part)
            case _, b"list":
                asking.lpos(key, part)  # type: ignore[arg-type]  # as above
            case _:
                asking.exists(key)

    def _values(self, row_key: RowKey, kind: bytes, answer: object) -> Mapping[str, Value] | None:
        """Return the values of a row; None where it is gone."""
        if kind == _NONE or answer is None or answer is False:
            return None
        part = row_key[1] if len(row_key) > 1 else None
        match self._table.holds:
            case Holds.TEXT:
                return {VALUE: _one(answer)}
            case Holds.HASH:
                found = answer if isinstance(answer, list) else []
                return dict(zip(self._table.columns, map(_one, found), strict=bool(found)))
            case Holds.ENTRIES:
                return {FIELD: part, VALUE: _one(answer)}
            case Holds.MEMBERS:
                if kind == b"set":
                    return {MEMBER: part} if answer else None
                score = float(answer) if kind == b"zset" and isinstance(answer, float) else None
                return {MEMBER: part, SCORE: score}


def _one(answer: object) -> Value:
    return text_or_bytes(answer) if isinstance(answer, bytes) else None
