"""Looking into planted stores: every rule fires where it should, and nowhere else."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import URL
from tests.adapters.connectors.files_kit import LaidFolder
from tests.adapters.connectors.redis_kit import redis_server
from tests.adapters.connectors.sql_stands import (
    MariadbStand,
    PostgresqlStand,
    SqliteStand,
    SqlStand,
)
from tests.servers.databases import Mariadb, Postgresql
from tests.usecases.stores.planted_shop import (
    MEMBERS,
    TODAY,
    mobile,
    plant,
    planted_folder,
    secrets,
)

from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.name_weights import read_name_model
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.finding.store_check import check_stores
from chengnuo.domain.finding.stores_json import stores_report_json
from chengnuo.domain.finding.stores_look import StoresLook
from chengnuo.domain.finding.stores_report import StoresReport
from chengnuo.domain.observation.stores import Unseen
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.store import StoreKind, Table
from chengnuo.doors.stores_report_form import read_stores_report
from chengnuo.engines.text.columns import Holding
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.stores.scanning import StoreScans, Wanted
from chengnuo.wiring.knowledge import text_knowledge
from chengnuo.wiring.program import Program
from chengnuo.wiring.stores import LOOKS

FIRES = {
    ("store-holds-undeclared", "members.ext.buyer.phone"),
    ("store-holds-undeclared", "members.home_lat"),
    ("store-holds-undeclared", "members.home_lng"),
    ("store-holds-undeclared", "legacy_export.phone"),
    ("store-not-personal-holds", "members.card"),
    ("store-category-differs", "members.contact"),
    ("store-column-absent", "members"),
    ("store-table-absent", "gone"),
    ("store-sensitive-misplaced", "members.card"),
    ("store-sensitive-misplaced", "members.home_lat"),
    ("store-sensitive-misplaced", "members.home_lng"),
    ("store-retention-overrun", "members"),
    ("store-free-text-holds", "members.remark"),
}
Scan = Callable[..., StoresReport]
PLANTED_ONLY = Wanted(stores=("planted",))


@pytest.fixture(scope="module")
def knowledge() -> TextKnowledge:
    return text_knowledge()


@contextmanager
def planted(stand: SqlStand) -> Iterator[SqlStand]:
    plant(stand)
    yield stand


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.real, pytest.mark.service]),
        pytest.param("mariadb", marks=[pytest.mark.real, pytest.mark.service]),
    ]
)
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStand]:
    if request.param == "sqlite":
        with planted(SqliteStand(tmp_path)) as found:
            yield found
        return
    server: Postgresql | Mariadb = request.getfixturevalue(f"{request.param}_server")
    with server.database() as name:
        made = (
            PostgresqlStand(server, name)
            if isinstance(server, Postgresql)
            else MariadbStand(server, name)
        )
        with planted(made) as found:
            yield found


@pytest.fixture
def scan(tmp_path: Path, knowledge: TextKnowledge, catalogue: Catalogue) -> Scan:
    """Scans a planted shop against its register."""

    def one(
        stand: SqlStand,
        addresses: Mapping[str, str] | None = None,
        wanted: Wanted = PLANTED_ONLY,
    ) -> StoresReport:
        folder = planted_folder(tmp_path, stand.kind.value)
        register = Program().registers().load(folder).register
        given = {"PLANTED_DB": address(stand.url)} if addresses is None else addresses
        scans = StoreScans(knowledge=knowledge, model=read_name_model(), today=lambda: TODAY)
        looks = ConnectedStores(register.stores, given, LOOKS)
        seen = scans.scan(register.stores, looks, wanted, lambda _table, _done, _of: None)
        return check_stores(
            StoresLook(seen=seen, register=register, catalogue=catalogue, knowledge=knowledge)
        )

    return one


def address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def test_every_rule_fires_where_it_should_and_nowhere_else(stand: SqlStand, scan: Scan) -> None:
    report = scan(stand)
    written = stores_report_json(report)
    assert [one for one in secrets() if one.encode() in written] == []
    assert b"138****" in written
    assert {(one.rule, one.evidence) for one in report.findings} == FIRES
    (store,) = report.seen.stores
    members = next(one for one in store.tables if one.table == "members")
    holding = {one.column: (one.holding, one.held) for one in members.columns}
    assert holding["mobile"] == (Holding.VALUES, MEMBERS)
    assert holding["shown"][0] is Holding.MASKED
    assert holding["digest"][0] is Holding.DIGESTS
    assert holding["remark"] == (Holding.INSIDE, MEMBERS // 4)
    assert members.rows == members.looked_at == MEMBERS
    assert report.seen.is_complete
    sides = {(one.what, one.side) for one in report.drift.rows}
    assert ("PI-BASIC-PHONE", Side.AGREED) in sides
    assert ("PI-ID-NUMBER", Side.USED_NOT_DECLARED) in sides


def test_a_report_reads_back(tmp_path: Path, scan: Scan) -> None:
    stand = SqliteStand(tmp_path)
    plant(stand)
    report = scan(stand)
    written = stores_report_json(report)
    read = read_stores_report(written)
    assert read.seen.stores == report.seen.stores
    assert read.findings == report.findings
    assert read.drift == report.drift
    assert stores_report_json(read) == written


def test_a_store_that_is_not_there_is_said_and_the_rest_is_done(tmp_path: Path, scan: Scan) -> None:
    stand = SqliteStand(tmp_path)
    plant(stand)
    given = {"PLANTED_DB": address(stand.url), "SHOP_DB": "sqlite:////nowhere/at/all.db"}
    wanted = Wanted(stores=("planted", "main", "uploads"), examples=False)
    report = scan(stand, given, wanted)
    troubles = {one.store: one.trouble for one in report.seen.stores}
    assert troubles["planted"] is None
    assert [troubles[one].unseen for one in ("main", "uploads")] == [Unseen.UNAVAILABLE] * 2
    assert not report.seen.is_complete
    notes = [one.row.id for one in report.findings if one.rule == "store-not-looked-into"]
    assert notes == ["main", "uploads"]
    columns = (one for seen in report.seen.stores for table in seen.tables for one in table.columns)
    assert not any(one.examples for one in columns)


def test_a_store_that_others_read_is_said_to_be_one(
    tmp_path: Path, knowledge: TextKnowledge
) -> None:
    register = Program().registers().load(planted_folder(tmp_path, "sqlite")).register
    store = next(one for one in register.stores if one.store == "planted")
    manual = replace(store, kind=StoreKind.MANUAL)
    scans = StoreScans(knowledge=knowledge, model=read_name_model(), today=lambda: TODAY)
    looks = ConnectedStores((manual,), {}, LOOKS)
    seen = scans.scan((manual,), looks, Wanted(), lambda _table, _done, _of: None)
    assert [one.trouble.unseen for one in seen.stores if one.trouble] == [Unseen.NO_CONNECTOR]


@pytest.mark.real
@pytest.mark.needs("redis-server")
def test_keys_and_files_that_nobody_declared_are_seen(
    tmp_path: Path, knowledge: TextKnowledge, catalogue: Catalogue
) -> None:
    laid = LaidFolder(tmp_path / "files")
    rows = "".join(f"{at},{mobile(at)}\n" for at in range(20))
    laid.write("out/2026/all.csv", f"no,phone\n{rows}".encode())
    register = Program().registers().load(planted_folder(tmp_path, "sqlite")).register
    planted = next(one for one in register.stores if one.store == "planted")
    files = replace(planted, store=StoreId("files"), kind=StoreKind.FILES, tables=())
    keys = replace(
        planted,
        store=StoreId("keys"),
        kind=StoreKind.REDIS,
        connection="KEYS",
        tables=(Table(table="session:{member_id}", identity=("member_id",)),),
    )
    with redis_server() as at_redis, Redis.from_url(at_redis) as client:
        for at in range(20):
            client.hset(f"session:{at}", mapping={"phone": mobile(at), "seen": "1"})
            client.set(f"code:{mobile(at)}", "0000")
        given = {"PLANTED_DB": laid.address, "KEYS": at_redis}
        scans = StoreScans(knowledge=knowledge, model=read_name_model(), today=lambda: TODAY)
        looks = ConnectedStores((files, keys), given, LOOKS)
        seen = scans.scan((files, keys), looks, Wanted(), lambda _table, _done, _of: None)
    register = replace(register, stores=(*register.stores, files, keys))
    report = check_stores(
        StoresLook(seen=seen, register=register, catalogue=catalogue, knowledge=knowledge)
    )
    found = {(one.row.id, one.evidence) for one in report.findings}
    assert ("files", "out/*/*.csv.phone") in found
    assert ("keys", "session:{member_id}.phone") in found
    written = stores_report_json(report)
    assert ("keys", "code:{part2}.part2") in found
    assert [one for one in secrets() if one.encode() in written] == []
