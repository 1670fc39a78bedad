"""Contracts of what is inspected and run: automated decisions, planes, controls, releases, kits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.adapters.sql.contract_kit import Whole, contract_of
from tests.domain.governance.test_kit_vetting import APPROVED, DECLINED, WAITING, WITHDRAWAL

from chengnuo.adapters.sql.automated import SqlAutomated
from chengnuo.adapters.sql.borders import SqlBorders
from chengnuo.adapters.sql.control_runs import SqlControlRuns
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.kit_vettings import SqlKitVettings
from chengnuo.adapters.sql.releases import SqlReleases
from chengnuo.adapters.sql.versions import SqlVersions
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.borders.counting import PlaneKey, Sort
from chengnuo.domain.decision.automated import Alarm
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.control_run import KeptRun, KeptStatus
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.live import Fault, LiveOutcome
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.governance.kit_vetting import KitVettingId
from chengnuo.domain.governance.release import (
    Release,
    ReleaseDecision,
    ReleaseId,
    ReleaseResult,
    ReleaseState,
)
from chengnuo.domain.register.ids import AppId, RecipientId
from chengnuo.engines.planes.people import people_of
from chengnuo.law.ids import DutyId
from chengnuo.ports.automated import AutomatedRow
from chengnuo.ports.borders import Reached
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.kit_vettings import NoSuchKitVettingError
from chengnuo.ports.releases import NoSuchReleaseError, ReleaseChangedError
from chengnuo.ports.versions import UnknownVersionError

AT = datetime(2026, 11, 28, 16, 30, 0, 123456, tzinfo=UTC)
ONE, OTHER = PersonKey("a" * 64), PersonKey("b" * 64)


@contract_of(SqlAutomated)
def test_automated(database: Database, whole: Whole) -> None:
    store = whole(SqlAutomated(database))
    row = AutomatedRow(
        key="k-1", person=ONE, position=None, at=1 << 50, personal=True, off=False,
        alarms=tuple(Alarm),
    )  # fmt: skip
    assert store.reserve(row) is None
    assert store.reserve(replace(row, person=OTHER, at=9)) == row
    assert (store.of(frozenset({ONE}), limit=9), store.since(0, limit=9)) == ((), ())
    settled = replace(row, position=(1 << 40) + 1)
    store.settle(settled)
    assert store.reserve(row) == settled
    at_once = replace(settled, key="k-2", person=OTHER, position=2, off=True, alarms=())
    newer = replace(settled, key="k-3", position=3, at=(1 << 50) + 1)
    for one in (at_once, newer):
        assert store.reserve(replace(one, position=None)) is None
        store.settle(one)
    assert store.of(frozenset({ONE, OTHER}), limit=9) == (newer, settled, at_once)
    assert store.of(frozenset({ONE}), limit=1) == (newer,)
    assert (store.at(2), store.at(4)) == (at_once, None)
    assert store.since(newer.at, limit=9) == (newer,)


@contract_of(SqlBorders)
def test_borders(database: Database, whole: Whole) -> None:
    store = whole(SqlBorders(database))
    assert store.reached() == Reached()
    key = PlaneKey(day=date(2026, 12, 31), recipient=RecipientId("maps"), sort=Sort.SENSITIVE)
    exempt = replace(key, scene="exempt-human-resources")
    earlier = replace(key, day=date(2025, 12, 31))
    few, many = (1, 70_000), range(2, 200_000, 3)
    store.add({key: people_of(few), earlier: people_of([5])}, [(7, 3)], Reached(position=4))
    store.add(
        {key: people_of(many), exempt: people_of([1 << 40])},
        [(7, 9), (3, 7), (2, 9)],
        Reached(position=1 << 40, at_most=2),
    )
    found = store.planes(2026)
    assert {one: people.ordinals().tolist() for one, people in found.items()} == {
        key: sorted({*few, *many}),
        exempt: [1 << 40],
    }
    assert store.planes(2024) == {}
    assert store.same() == ((3, 2), (7, 2), (9, 2))
    assert store.reached() == Reached(position=1 << 40, at_most=2)


def run(position: int, control: str = "c-1", **other: object) -> KeptRun:
    fault = Fault(position=-1, what=Text("错了", "wrong"), request="rq-1", dossier="d-1")
    made = KeptRun(
        control=control, at=AT + timedelta(seconds=position), looked_at=1 << 40, wrong=1,
        outcome=LiveOutcome.NOTHING_TO_CHECK, why=Text("没有"), position=position,
        digest=Digest("d" * 64), register="1" * 64, faults=(fault,), newest="rq-9",
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]  # fields by name


@contract_of(SqlControlRuns)
def test_control_runs(database: Database, whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chengnuo.adapters.sql.control_runs._AT_ONCE", 2)
    store = whole(SqlControlRuns(database))
    assert store.reached() == -1
    runs = [
        run(5),
        run(2, why=None, faults=()),
        run(3, "C-2", outcome=LiveOutcome.SAMPLED),
        run(4, "c-3"),
    ]
    day = date(2026, 11, 29)
    first, second = (
        KeptStatus(day=day, duty=DutyId(duty), status=RowStatus.NOT_APPLICABLE, position=8)
        for duty in ("PIPL-13", "PIPL-14")
    )
    before = replace(second, day=day - timedelta(days=1), position=7)
    for _ in range(2):
        store.keep(runs, [second, first, before])
    store.keep([], [replace(first, status=RowStatus.SHOWN, position=6)])
    assert store.latest() == {"C-2": runs[2], "c-3": runs[3], "c-1": runs[0]}
    in_order = sorted(runs, key=lambda one: one.position)
    assert list(store.between(AT, AT + timedelta(seconds=5))) == in_order[:3]
    assert list(store.between(AT, AT + timedelta(seconds=6))) == in_order
    assert list(store.newest({"c-1", "c-3", "none"}, 2)) == [runs[0], runs[3]]
    assert list(store.statuses(day - timedelta(days=1), day)) == [before, first, second]
    assert list(store.statuses(day, day, "PIPL-14")) == [second]
    assert store.reached() == 8


RESULT = ReleaseResult(
    verdict=GateVerdict.PASSES, version_name="3.1", version_code=1 << 40, app_id="org.example.tea",
    counts=((Severity.CRITICAL, 2),), report="cd" * 32, register="ef" * 32, law="law",
    knowledge="known", before=ReleaseId("9" * 16),
)  # fmt: skip
SUBMITTED = Release(
    id=ReleaseId("0" * 16), app=AppId("tea"), file_name="茶.apk", sha256="ab" * 32, size=1 << 40,
    submitted_by="a-1", submitted_at=AT, state=ReleaseState.SUBMITTED, changed_at=AT,
)  # fmt: skip
SIGNED = replace(
    SUBMITTED, id=ReleaseId("1" * 16), state=ReleaseState.SIGNED_OFF, result=RESULT,
    decision=ReleaseDecision(by="a-2", at=AT, reason="可以", single_person=True),
)  # fmt: skip


def rows_are_kept(
    store: Any,  # noqa: ANN401  of either kind
    rows: tuple[Any, ...],
    waits: Any,  # noqa: ANN401  as above
    nobodys: Callable[[str], str],
) -> None:
    """Hold a store of releases or kits to what both ports say.

    Args:
        store: The store.
        rows: What is put in, each submitted at the same instant.
        waits: One of them, alone in its state.
        nobodys: Makes an id.

    """
    for one in rows:
        store.add(one)
        assert store.one(one.id) == one
    newest = replace(waits, id=nobodys("A" * 16), submitted_at=AT + timedelta(microseconds=1))
    store.add(newest)
    assert store.every() == (newest, *sorted(rows, key=lambda one: str(one.id)))
    assert store.in_state(waits.state) == (waits, newest)
    ended = replace(waits, state=ReleaseState.WITHDRAWN, error="e")
    store.change(ended, was=waits.state)
    with pytest.raises(ReleaseChangedError):
        store.change(waits, was=waits.state)
    assert store.one(waits.id) == ended
    assert store.in_state(waits.state) == (newest,)


@contract_of(SqlReleases)
def test_releases(database: Database, whole: Whole) -> None:
    store = whole(SqlReleases(database))
    later = replace(SIGNED, id=ReleaseId("2" * 16), changed_at=AT + timedelta(microseconds=1))
    other_app = replace(later, id=ReleaseId("3" * 16), app=AppId("Tea"))
    assert store.last_signed_off(SIGNED.app) is None
    rows_are_kept(store, (SIGNED, SUBMITTED, later, other_app), SUBMITTED, ReleaseId)
    assert store.last_signed_off(SIGNED.app) == later
    with pytest.raises(NoSuchReleaseError):
        store.one(ReleaseId("f" * 16))


@contract_of(SqlKitVettings)
def test_kit_vettings(database: Database, whole: Whole) -> None:
    store = whole(SqlKitVettings(database))
    waits = replace(WAITING, submitted_at=AT)
    decided = (replace(one, submitted_at=AT) for one in (APPROVED, DECLINED, WITHDRAWAL))
    rows_are_kept(store, (*decided, waits), waits, KitVettingId)
    with pytest.raises(NoSuchKitVettingError):
        store.one(KitVettingId("f" * 16))


@contract_of(SqlVersions)
def test_versions(database: Database, whole: Whole) -> None:
    store = whole(SqlVersions(database))
    assert (store.latest(), store.versions()) == (None, ())
    signed = {"signature": b"\0s", "public_key": b"\0p", "by": "service"}
    first, second = (
        store.add(data, at=AT, note="备注", **signed)  # type: ignore[arg-type]  # as above
        for data in (b"\0one", b"two")
    )
    assert (first.id, first.position, first.data, first.note) == (
        sha256_hex(b"\0one"), 1, b"\0one", "备注",
    )  # fmt: skip
    assert store.add(b"\0one", at=AT + timedelta(1), note="", **signed) == first  # type: ignore[arg-type]  # as above
    assert store.versions() == (second, first)
    assert store.latest() == second
    assert store.version(first.id) == store.version(first.id[:7]) == first
    for nobodys in (first.id[:6], first.id[:7].upper(), "f" * 64, "_" * 7):
        with pytest.raises(UnknownVersionError):
            store.version(nobodys)
