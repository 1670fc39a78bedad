"""Redis keeps the contract of record sources: no KEYS, one transaction, lifetimes stay."""

from collections.abc import Iterator

import pytest
from redis import Redis
from tests.adapters.connectors.redis_kit import redis_server, redis_store
from tests.servers.throwaway import free_port

from chengnuo.adapters.connectors.redis import RedisSource
from chengnuo.domain.register.store import Table
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import (
    Match,
    StoreRefusedError,
    StoreUnavailableError,
)

pytestmark = [pytest.mark.real, pytest.mark.needs("redis-server")]
SESSIONS = Table(
    table="session:{customer_id}", identity=("customer_id",), not_personal=("ip", "at")
)
CARTS = Table(table="cart:{customer_id}:*", identity=("customer_id",), not_personal=("item",))
CODES = Table(table="code:{phone}", identity=("phone",), not_personal=("value",))
FANS = Table(table="fans:{shop}", identity=("member",), not_personal=("shop", "score"))
LAST = Table(table="last-seen", identity=("field",), not_personal=("value",))
TABLES = (SESSIONS, CARTS, CODES, FANS, LAST)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with redis_server() as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[Redis]:
    with Redis.from_url(address) as found:
        found.flushall()
        yield found


@pytest.fixture
def source(address: str, client: Redis) -> Iterator[RedisSource]:
    client.hset("session:1", mapping={"ip": "192.0.2.1", "at": "2026-01-01", "other": "x"})
    client.hset("session:2", mapping={"ip": "192.0.2.2"})
    client.hset("cart:1:a", mapping={"item": "lamp"})
    client.hset("cart:1:b", mapping={"item": "desk"})
    client.hset("cart:a:b:c", mapping={"item": "chair"})
    client.set("code:1", "123456", ex=600)
    client.sadd("fans:x", "1", "2")
    client.zadd("fans:y", {"1": 5.5, "3": 7})
    client.rpush("fans:z", "1", "2", "1")
    client.hset("last-seen", mapping={"1": "1767225600", "2": "1798761600"})
    found = RedisSource(redis_store(*TABLES), address)
    yield found
    found.close()


def of(column: str, *values: Value, also: tuple[tuple[str, Value], ...] = ()) -> Match:
    return Match(columns=(column,), values=tuple((value,) for value in values), also=also)


def found_in(source: RedisSource, table: Table, match: Match, *columns: str) -> list[object]:
    return list(source.rows(table.table, columns, match))


def test_the_columns_are_those_of_the_key_and_of_the_register(source: RedisSource) -> None:
    schema = source.schema([SESSIONS.table, FANS.table, "other"])
    columns = [[one.column for one in table.columns] for table in schema.tables]
    assert columns == [
        ["$key", "customer_id", "ip", "at"],
        ["$key", "shop", "member", "score"],
    ]
    assert [table.key for table in schema.tables] == [("$key",), ("$key", "member")]


@pytest.mark.parametrize(
    ("table", "match", "columns", "rows"),
    [
        pytest.param(
            SESSIONS,
            of("customer_id", 1, "9", None),
            ("$key", "customer_id", "ip", "at"),
            [("session:1", "1", "192.0.2.1", "2026-01-01")],
            id="a hash by its key",
        ),
        pytest.param(
            SESSIONS,
            of("ip", "192.0.2.2"),
            ("at", "ip"),
            [(None, "192.0.2.2")],
            id="by a field",
        ),
        pytest.param(
            SESSIONS, of("customer_id", 1, also=(("ip", "other"),)), ("ip",), [], id="also"
        ),
        pytest.param(
            CARTS, of("customer_id", "1"), ("item",), [("lamp",), ("desk",)], id="with a star"
        ),
        pytest.param(
            CARTS,
            of("customer_id", "a:b"),
            ("customer_id", "item"),
            [("a:b", "chair")],
            id="an id with a colon",
        ),
        pytest.param(CODES, of("phone", 1), ("value",), [("123456",)], id="a text"),
        pytest.param(
            FANS,
            of("member", "1"),
            ("shop", "member", "score"),
            [("x", "1", None), ("y", "1", 5.5), ("z", "1", None)],
            id="members of sets, sorted sets and lists",
        ),
        pytest.param(LAST, of("field", 1), ("value",), [("1767225600",)], id="an entry"),
    ],
)
def test_rows_are_found(
    source: RedisSource,
    table: Table,
    match: Match,
    columns: tuple[str, ...],
    rows: list[tuple[Value, ...]],
) -> None:
    assert found_in(source, table, match, *columns) == rows


def test_what_the_key_tells_is_looked_up_without_a_scan(source: RedisSource, client: Redis) -> None:
    client.config_resetstat()
    assert found_in(source, SESSIONS, of("customer_id", 1, 2), "ip")
    assert found_in(source, FANS, of("shop", "x"), "member")
    used = client.info("commandstats")
    assert "cmdstat_scan" not in used
    assert found_in(source, LAST, of("field", "1", "9"), "value") == [("1767225600",)]
    one = Match(columns=("$key", "member"), values=(("fans:y", "1"), ("fans:z", "9")))
    assert found_in(source, FANS, one, "score") == [(5.5,)]
    both = of("member", "1", also=(("shop", "y"),))
    assert found_in(source, FANS, both, "score") == [(5.5,)]
    used = client.info("commandstats")
    assert not {"cmdstat_hscan", "cmdstat_zscan"} & {*used}
    assert found_in(source, FANS, of("member", "1"), "member")
    used = client.info("commandstats")
    assert "cmdstat_scan" in used
    assert "cmdstat_keys" not in used


def test_different_values_and_older_rows_are_found(source: RedisSource) -> None:
    assert sorted(source.distinct(FANS.table, "member"), key=str) == ["1", "2", "3"]
    assert sorted(source.distinct(SESSIONS.table, "customer_id"), key=str) == ["1", "2"]
    assert list(source.distinct(SESSIONS.table, "at")) == ["2026-01-01"]
    assert source.older(LAST.table, ["field"], "value", 1798000000) == [("1",)]


def test_rows_of_each_kind_are_deleted(source: RedisSource, client: Redis) -> None:
    with source.changes() as changes:
        assert changes.delete(SESSIONS.table, [("session:1",), ("session:9",)]) == 1
        assert changes.delete(SESSIONS.table, [("session:1",)]) == 0
        assert changes.delete(LAST.table, [("last-seen", "1")]) == 1
        fans: list[RowKey] = [
            ("fans:x", "1"),
            ("fans:y", "1"),
            ("fans:z", "1"),
            ("fans:z", "9"),
        ]
        assert changes.delete(FANS.table, fans) == 3
        assert client.exists("session:1")  # nothing yet
    assert not client.exists("session:1")
    assert client.hgetall("last-seen") == {b"2": b"1798761600"}
    assert client.smembers("fans:x") == {b"2"}
    assert client.zrange("fans:y", 0, -1) == [b"3"]
    assert client.lrange("fans:z", 0, -1) == [b"2"]


def test_rows_are_changed_and_live_as_long_as_before(source: RedisSource, client: Redis) -> None:
    client.expire("session:1", 500)
    with source.changes() as changes:
        rows: list[tuple[RowKey, dict[str, Value]]] = [
            (("session:1",), {"ip": None, "at": "后"}),
            (("session:9",), {"ip": "x"}),
        ]
        assert changes.update(SESSIONS.table, rows) == 1
        assert changes.update(CODES.table, [(("code:1",), {"value": 7})]) == 1
        assert changes.update(FANS.table, [(("fans:y", "1"), {"score": 0})]) == 1
        assert changes.update(LAST.table, [(("last-seen", "1"), {"value": "0"})]) == 1
    after = {b"at": "后".encode(), b"other": b"x"}
    assert client.hgetall("session:1") == after
    assert not client.exists("session:9")
    assert client.get("code:1") == b"7"
    assert 0 < int(client.ttl("session:1")) <= 500
    assert 0 < int(client.ttl("code:1")) <= 600
    assert client.zscore("fans:y", "1") == 0
    assert client.hget("last-seen", "1") == b"0"


@pytest.mark.parametrize(
    ("table", "key", "values"),
    [
        (CODES, ("code:1",), {"value": None}),
        (FANS, ("fans:x", "1"), {"score": 1.0}),
        (FANS, ("fans:y", "1"), {"member": "2"}),
        (LAST, ("last-seen", "1"), {"field": "2"}),
        (SESSIONS, ("session:1",), {"customer_id": "2"}),
    ],
)
def test_what_redis_cannot_hold_is_refused_and_all_stays(
    source: RedisSource,
    client: Redis,
    table: Table,
    key: RowKey,
    values: dict[str, Value],
) -> None:
    with pytest.raises(StoreRefusedError), source.changes() as changes:  # noqa: PT012  as a block of changes is
        changes.delete(SESSIONS.table, [("session:2",)])
        changes.update(table.table, [(key, values)])
    assert client.exists("session:2")


def test_a_key_that_changes_meanwhile_takes_all_back(source: RedisSource, client: Redis) -> None:
    with pytest.raises(StoreRefusedError), source.changes() as changes:  # noqa: PT012  as above
        changes.delete(SESSIONS.table, [("session:1",)])
        changes.delete(SESSIONS.table, [("session:2",)])
        client.hset("session:2", "ip", "192.0.2.9")
    assert client.exists("session:1", "session:2") == 2


def test_a_key_of_another_type_stops_the_work_without_its_name(
    source: RedisSource, client: Redis
) -> None:
    client.set("session:zhang", "x")
    with pytest.raises(StoreUnavailableError) as stopped:
        found_in(source, SESSIONS, of("ip", "x"), "at")
    assert "holds a string; expected hash" in str(stopped.value)
    assert "zhang" not in str(stopped.value)


def test_bytes_that_are_no_text_come_as_bytes(source: RedisSource, client: Redis) -> None:
    client.hset("session:1", "ip", b"\xff")
    client.sadd("fans:x", b"\xfe")
    assert found_in(source, SESSIONS, of("customer_id", 1), "ip") == [(b"\xff",)]
    with source.changes() as changes:
        assert changes.delete(FANS.table, [("fans:x", b"\xfe")]) == 1
    assert client.scard("fans:x") == 2


def test_memory_that_is_full_refuses_all(source: RedisSource, client: Redis) -> None:
    client.config_set("maxmemory", "1")
    try:
        with pytest.raises(StoreRefusedError), source.changes() as changes:  # noqa: PT012  as above
            changes.delete(SESSIONS.table, [("session:2",)])
            changes.update(SESSIONS.table, [(("session:1",), {"ip": "192.0.2.9"})])
    finally:
        client.config_set("maxmemory", "0")
    assert client.hget("session:1", "ip") == b"192.0.2.1"
    assert client.exists("session:2")


def test_a_server_that_refuses_is_told_in_our_words(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with redis_server("--requirepass", "sample-word") as guarded:
        with_word = guarded.replace("redis://", "redis://:sample-word@")
        assert found_in(RedisSource(redis_store(*TABLES), with_word), CODES, of("phone", 1)) == []
        for wrong in (guarded, guarded.replace("redis://", "redis://:other-word@")):
            with pytest.raises(StoreUnavailableError) as refused:
                RedisSource(redis_store(*TABLES), wrong).schema([])
            assert "word@" not in str(refused.value)
            assert "127.0.0.1" not in str(refused.value)
    with pytest.raises(StoreUnavailableError):  # it is gone
        RedisSource(redis_store(*TABLES), guarded).schema([])
    monkeypatch.setattr("chengnuo.adapters.connectors.redis._ANSWER_S", 1.0)
    with pytest.raises(StoreUnavailableError):  # no TLS there, so that no answer comes
        RedisSource(redis_store(*TABLES), address.replace("redis:", "rediss:")).schema([])


def test_a_cluster_is_refused() -> None:
    # By itself its second port lies 10,000 above the first, which may be no port at all.
    with redis_server("--cluster-enabled", "yes", "--cluster-port", str(free_port())) as cluster:
        source = RedisSource(redis_store(*TABLES), cluster)
        with pytest.raises(StoreUnavailableError) as refused:
            source.schema([])
        assert "cluster" in str(refused.value)
        source.close()


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(StoreUnavailableError) as refused:
        RedisSource(redis_store(*TABLES), "http://word@127.0.0.1/")
    assert "word" not in str(refused.value)


def test_signs_of_patterns_are_taken_as_they_are(address: str, client: Redis) -> None:
    table = Table(table="a[1]?{{x}}:{id}", identity=("id",), not_personal=("value",))
    client.set("a[1]?{x}:7", "right")
    client.set("a1z{x}:7", "wrong")
    source = RedisSource(redis_store(table), address)
    assert found_in(source, table, of("value", "right", "wrong"), "id") == [("7",)]
    assert found_in(source, table, of("id", 7), "value") == [("right",)]
    source.close()
