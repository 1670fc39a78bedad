"""What the service sees of safeguards: each look with and without a fault, recorded as evidence."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.usecases.dossier.dossier_house import REVIEWER, ROWS, STAFF, DossierHouse
from tests.usecases.dossier.ways import WAYS, filled

from chengnuo.adapters.protection_look import FolderProtectionLook
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import DossierFieldError, Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.standing import ActRefusedError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.ports.accounts import Account, AccountId, ExternalIdentity, Role
from chengnuo.ports.protection import ConnectionSeen, KeyFileSeen, OnTheWay
from chengnuo.usecases.dossier.checking_file import check_file
from chengnuo.usecases.dossier.safeguard_figures import SafeguardFigures
from chengnuo.usecases.dossier.safeguard_looks import (
    DRILL_COUNTS_FOR,
    UNUSED_AFTER,
    access_look,
    drill_look,
    encryption_look,
)
from chengnuo.usecases.dossier.safeguarding import Safeguarding
from chengnuo.usecases.dossier.seen import Actor

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
FIRST_ROWS = {kind: ids[0] for kind, ids in ROWS.items()}
STORE = Store(
    store=StoreId("main"),
    name=Text("主库", "Main"),
    kind=StoreKind.POSTGRESQL,
    connection="SHOP_DB",
)


def account(**said: object) -> Account:
    given: dict[str, object] = {
        "id": AccountId("acc"),
        "name": "lin.wei",
        "role": Role.STAFF,
        "enabled": True,
        "created_at": NOW - timedelta(days=10),
        "has_totp": True,
    }
    return Account(**(given | said))  # type: ignore[arg-type]  # one word for each field


@pytest.mark.parametrize(
    ("accounts", "faults"),
    [
        pytest.param([account()], 0, id="in order"),
        pytest.param([account(has_totp=False)], 1, id="no second factor"),
        pytest.param(
            [account(has_totp=False, identity=ExternalIdentity(issuer="i", subject="s"))],
            0,
            id="the identity provider asks for it",
        ),
        pytest.param([account(last_sign_in_at=NOW - UNUSED_AFTER)], 0, id="used on the last day"),
        pytest.param(
            [account(last_sign_in_at=NOW - UNUSED_AFTER - timedelta(seconds=1))], 1, id="unused"
        ),
        pytest.param(
            [account(), account(enabled=False, has_totp=False, created_at=NOW - UNUSED_AFTER * 9)],
            0,
            id="disabled accounts ask for nothing",
        ),
    ],
)
def test_accounts_are_counted_and_nobody_is_named(accounts: list[Account], faults: int) -> None:
    look = access_look(accounts, NOW)
    assert look is not None
    assert len(look.faults) == faults
    assert look.looked_at == len(accounts)
    assert "lin.wei" not in look.text.zh + (look.text.en or "")


def test_without_an_account_there_is_nothing_to_see() -> None:
    assert access_look([], NOW) is None
    assert access_look([account(enabled=False)], NOW) is None


@pytest.mark.parametrize(
    ("way", "faults", "shows"),
    [
        (OnTheWay.CHECKED, 0, True),
        (OnTheWay.LOCAL, 0, True),
        (OnTheWay.ENCRYPTED, 1, True),
        (OnTheWay.PLAIN, 1, True),
        (OnTheWay.UNKNOWN, 0, False),
    ],
)
def test_each_way_to_a_store(way: OnTheWay, faults: int, shows: bool) -> None:
    look = encryption_look([ConnectionSeen(store="main", way=way)], [], [STORE])
    assert look is not None
    assert (len(look.faults), look.shows) == (faults, shows)


def test_a_key_file_that_others_may_read_is_a_fault() -> None:
    files = [KeyFileSeen(name="seal.key", closed=True), KeyFileSeen(name="a.pem", closed=False)]
    look = encryption_look([], files, [])
    assert look is not None
    assert len(look.faults) == 1
    assert "a.pem" in look.faults[0].zh
    assert encryption_look([], [], []) is None


@pytest.mark.parametrize(
    ("kind", "address", "way"),
    [
        (StoreKind.POSTGRESQL, "postgresql://u:p@db.example/x?sslmode=verify-full", "checked"),
        (StoreKind.POSTGRESQL, "postgresql://u:p@db.example/x?sslmode=require", "encrypted"),
        (
            StoreKind.POSTGRESQL,
            "postgresql://u@h/x?sslmode=require&sslrootcert=f",
            "checked",
        ),
        (StoreKind.POSTGRESQL, "postgresql://u:p@db.example/x?sslmode=prefer", "plain"),
        (StoreKind.POSTGRESQL, "postgresql://u:p@db.example/x", "plain"),
        (StoreKind.POSTGRESQL, "postgresql://u:p@127.0.0.1/x", "local"),
        (StoreKind.MYSQL, "mysql://u:p@db.example/x?ssl_ca=/ca.pem", "checked"),
        (StoreKind.MYSQL, "mysql://u:p@db.example/x", "plain"),
        (StoreKind.REDIS, "rediss://cache.example:6379/0", "checked"),
        (StoreKind.REDIS, "redis://cache.example:6379/0", "plain"),
        (StoreKind.REDIS, "unix:///run/redis.sock", "local"),
        (StoreKind.SQLITE, "sqlite:////srv/x.db", "local"),
        (StoreKind.FILES, "/srv/files", "local"),
        (StoreKind.WEBHOOK, "https://hook.example", "checked"),
        (StoreKind.REDIS, "cache.example", "unknown"),
        (StoreKind.POSTGRESQL, "", "unknown"),
        (StoreKind.POSTGRESQL, "postgresql://[broken", "unknown"),
    ],
)
def test_the_way_is_told_by_the_address(kind: StoreKind, address: str, way: str) -> None:
    look = FolderProtectionLook(connected={"SHOP_DB": address}, keys=())
    (seen,) = look.connections([replace(STORE, kind=kind)])
    assert seen == ConnectionSeen(store=str(STORE.store), way=OnTheWay(way))


@given(st.text(max_size=60))
def test_no_address_ends_a_look(address: str) -> None:
    for kind in StoreKind:
        look = FolderProtectionLook(connected={"SHOP_DB": address}, keys=())
        seen = look.connections([replace(STORE, kind=kind)])
        assert len(seen) == (kind not in {StoreKind.MANUAL, StoreKind.OTHER})
        assert all(one.way in OnTheWay for one in seen)


def test_modes_of_key_files_are_seen(tmp_path: Path) -> None:
    for name, mode in (("a.pem", 0o600), ("b.key", 0o640), ("c.key", 0o400)):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(mode)
    (tmp_path / "folder").mkdir()
    alone = tmp_path / "folder" / "alone.key"
    alone.write_text("x")
    alone.chmod(0o604)
    found = FolderProtectionLook(connected={}, keys=(tmp_path, alone)).key_files()
    assert [(one.name, one.closed) for one in found] == [
        ("a.pem", True),
        ("b.key", False),
        ("c.key", True),
        ("alone.key", False),
    ]
    assert os.access(alone, os.R_OK)


@dataclass
class Told:
    """What a look at the installation would tell."""

    way: OnTheWay = OnTheWay.CHECKED
    files: list[KeyFileSeen] = field(default_factory=list)

    def connections(self, stores: Sequence[Store]) -> tuple[ConnectionSeen, ...]:
        assert isinstance(stores, tuple)
        return (ConnectionSeen(store="main", way=self.way),)

    def key_files(self) -> tuple[KeyFileSeen, ...]:
        return tuple(self.files)


class NoRegister:
    """A desk of registers that serves none."""

    def current(self) -> None:
        return None


def declared(house: DossierHouse, measure: str) -> DossierId:
    said: dict[str, Value] = dict(WAYS["safeguard"][0][2]) | {"measure": measure}
    return house.desk.open("safeguard", "declare", STAFF, said).dossier.id


def observing(house: DossierHouse, told: Told, accounts: list[Account]) -> Safeguarding:
    return Safeguarding(
        desk=house.desk,
        register=NoRegister(),  # type: ignore[arg-type]  # nothing of it is asked but this
        accounts=lambda: accounts,
        protection=told,
    )


def outcome(house: DossierHouse, measure: str) -> LiveOutcome:
    runs = SafeguardFigures(desk=house.desk).runs(house.clock.now())
    return next(
        run.result.outcome for run in runs if run.control.id == f"safeguard-{measure}-shown"
    )


def test_what_is_seen_is_dated_evidence_and_is_recorded_when_it_changes(
    house: DossierHouse,
) -> None:
    told = Told()
    safeguarding = observing(house, told, [account(created_at=house.clock.now())])
    assert safeguarding.observe() == ()
    wanted = declared(house, "encryption")
    assert outcome(house, "encryption") is LiveOutcome.NOT_SHOWN
    assert safeguarding.observe() == (wanted,)
    assert safeguarding.observe() == ()
    assert outcome(house, "encryption") is LiveOutcome.PASSED
    told.way = OnTheWay.PLAIN
    assert safeguarding.observe() == (wanted,)
    assert outcome(house, "encryption") is LiveOutcome.FAILED
    told.way = OnTheWay.CHECKED
    assert safeguarding.observe() == (wanted,)
    assert outcome(house, "encryption") is LiveOutcome.PASSED
    house.clock.at += timedelta(days=30)
    assert safeguarding.observe() == (wanted,)
    house.clock.at += timedelta(days=120)
    assert outcome(house, "encryption") is LiveOutcome.STALE
    told.way = OnTheWay.UNKNOWN
    assert safeguarding.observe() == ()
    records = house.records(Kind.DOSSIER_ACT)
    said = [json.loads(house.payload(one)) for one in records]
    assert [one["what"] for one in said] == [
        "declare",
        "observe",
        "observe-fault",
        "observe",
        "observe",
    ]
    assert {one["by"] for one in said[1:]} == {"service"}


def test_what_people_enter_after_a_fault_is_held_to_what_is_seen(house: DossierHouse) -> None:
    told = Told(way=OnTheWay.PLAIN)
    safeguarding = observing(house, told, [])
    wanted = declared(house, "encryption")
    safeguarding.observe()
    shown: dict[str, Value] = dict(WAYS["safeguard"][1][2]) | {"done-on": "2026-11-01"}
    house.clock.at = NOW
    house.desk.act(wanted, "show", STAFF, shown)
    assert outcome(house, "encryption") is LiveOutcome.PASSED
    assert safeguarding.observe() == (wanted,)
    assert outcome(house, "encryption") is LiveOutcome.FAILED


@pytest.mark.parametrize("what", ["observe", "observe-fault"])
def test_only_the_service_itself_observes(house: DossierHouse, what: str) -> None:
    wanted = declared(house, "access")
    said: dict[str, Value] = {"done-on": "2026-11-01", "evidence": "x", "looked-at": 1}
    if what == "observe":
        said["next-due"] = "2027-01-01"
    house.clock.at = NOW
    key = Actor(id="key-of-a-program", party=Party.SERVICE)
    with pytest.raises(ActRefusedError):
        house.desk.act(wanted, what, key, said)


def test_training_is_shown_by_who_and_a_file(house: DossierHouse) -> None:
    house.clock.at = NOW
    wanted = declared(house, "training")
    shown: dict[str, Value] = dict(WAYS["safeguard"][1][2]) | {"done-on": "2026-11-01"}
    with pytest.raises(ActRefusedError):
        house.desk.act(wanted, "show", STAFF, shown | {"who": "安全部 12 人"})
    whole = shown | {"who": "安全部 12 人", "file": "ab" * 32}
    seen = house.desk.act(wanted, "show", STAFF, whole)
    assert seen.state.id == "shown"
    assert check_file(seen.sort, seen.dossier, "ab" * 32).is_same
    other = check_file(seen.sort, seen.dossier, "cd" * 32)
    assert (other.is_same, other.entered) == (False, 1)


def test_evidence_of_a_day_that_lies_ahead_is_refused(house: DossierHouse) -> None:
    house.clock.at = NOW
    wanted = declared(house, "rules")
    shown: dict[str, Value] = dict(WAYS["safeguard"][1][2]) | {"done-on": "2026-11-21"}
    with pytest.raises(DossierFieldError):
        house.desk.act(wanted, "show", STAFF, shown)


def test_a_drill_counts_once_it_came_to_its_end_and_for_a_year(house: DossierHouse) -> None:
    house.clock.at = NOW
    incidents: list[DossierId] = []
    for drill in (True, False):
        seen = None
        for what, party, fields in WAYS["incident"]:
            said = filled(fields, FIRST_ROWS)
            if what == "discover":
                said |= {"drill": drill}
            actor = REVIEWER if party is Party.REVIEWER else STAFF
            if seen is None:
                seen = house.desk.open("incident", what, actor, said)
                assert drill_look(house.desk.store.every(["incident"]), NOW) is None or not drill
            else:
                seen = house.desk.act(seen.dossier.id, what, actor, said)
        assert seen is not None
        incidents.append(seen.dossier.id)
    every = house.desk.store.every(["incident"])
    look = drill_look(every, NOW)
    assert look is not None
    assert (look.looked_at, look.faults) == (1, ())
    assert drill_look([one for one in every if one.id == incidents[1]], NOW) is None
    late = every[0].acts[-1].at + DRILL_COUNTS_FOR
    assert drill_look(every, late) is not None
    assert drill_look(every, late + timedelta(seconds=1)) is None
    wanted = declared(house, "drill")
    assert observing(house, Told(), []).observe() == (wanted,)
    assert outcome(house, "drill") is LiveOutcome.PASSED


@given(days=st.integers(0, 400), second=st.booleans())
def test_looks_of_the_same_have_the_same_hash(days: int, second: bool) -> None:
    one = access_look([account(created_at=NOW - timedelta(days=days), has_totp=second)], NOW)
    same = access_look([account(created_at=NOW - timedelta(days=days), has_totp=second)], NOW)
    other = access_look([account()] * 2, NOW)
    assert one is not None
    assert same is not None
    assert other is not None
    assert one.digest == same.digest != other.digest
