"""The page of safeguards: a scan that is handed in while the service runs, and who may do that."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.duties.duty_kit import SAMPLE
from tests.usecases.dossier.ways import WAYS

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.finding.package_report import Drift
from chengnuo.domain.finding.stores_json import stores_report_json
from chengnuo.domain.finding.stores_report import StoresReport
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.domain.observation.stores import (
    ColumnSeen,
    StoreSeen,
    StoresSeen,
    TableSeen,
    Trouble,
    Unseen,
)
from chengnuo.domain.register.ids import Version
from chengnuo.doors.http.envelope import SCAN_LIMIT_BYTES, SCAN_PATH
from chengnuo.engines.text.columns import Holding
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import Role

PAGE = "/console/safeguards/measures"
NEW = "/console/safeguards/new/declare"
SEEN_ON = date(2026, 11, 19)


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("measures") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def staff(kit: Kit) -> Browser:
    return staff_of(kit, Role.STAFF)


@pytest.fixture(scope="module")
def report(catalogue: Catalogue) -> StoresReport:
    every = sorted(catalogue.categories.values(), key=lambda one: one.id)
    sensitive = next(one.id for one in every if one.is_sensitive)
    column = ColumnSeen(
        column="c", holding=Holding.MASKED, category=sensitive, rows=9, filled=9, held=9
    )
    table = TableSeen(table="t", all_columns=(), columns=(column,), is_whole=True)
    return StoresReport(
        seen=StoresSeen(
            knowledge=KnowledgeVersion(date="2026-11", digest="a" * 64),
            on=SEEN_ON,
            stores=(StoreSeen(store="elsewhere", tables=(table,)),),
        ),
        findings=(),
        drift=Drift(rows=()),
        register_version=Version("b" * 64),
        law_version=catalogue.version,
    )


def on(report: StoresReport, day: date) -> bytes:
    return written(replace(report, seen=replace(report.seen, on=day)))


def holding(report: StoresReport, how: Holding, trouble: Trouble | None = None) -> bytes:
    (store,) = report.seen.stores
    (table,) = store.tables
    column = replace(table.columns[0], holding=how)
    seen = replace(store, tables=(replace(table, columns=(column,), trouble=trouble),))
    return written(replace(report, seen=replace(report.seen, stores=(seen,))))


def written(report: StoresReport) -> bytes:
    return stores_report_json(report)


def handed_in(browser: Browser, content: bytes | None, page: str = PAGE) -> httpx.Response:
    given = {} if content is None else {"report": ("stores.json", content, "application/json")}
    return browser.client.post(
        SCAN_PATH,
        data={"csrf_token": browser.form_token(page)},
        files=given or {"other": ("a", b"a")},
        headers={"origin": browser.origin, "sec-fetch-site": "same-origin"},
    )


def declared(kit: Kit) -> Dossier:
    desk = kit.service.services.dossiers
    assert desk is not None
    (one,) = (
        one
        for one in desk.store.every(["safeguard"])
        if one.value("measure") == "de-identification"
    )
    return one


def test_a_scan_is_taken_while_the_service_runs_with_who_handed_it_in(
    kit: Kit, staff: Browser, report: StoresReport
) -> None:
    assert 'enctype="multipart/form-data"' in staff.get(PAGE).text
    early = handed_in(staff, written(report))
    assert early.status_code == 400
    assert "先登记，再交报告" in early.text
    said = {**WAYS["safeguard"][0][2], "measure": "de-identification"}
    fields = {name: str(value) for name, value in said.items()}
    assert staff.submit(NEW, NEW, fields).status_code == 303
    taken = handed_in(staff, written(report))
    assert (taken.status_code, taken.headers["location"]) == (303, f"{PAGE}?scan=recorded")
    assert "已记录。" in staff.get(taken.headers["location"]).text
    (act,) = declared(kit).acts[1:]
    assert (act.what, act.by, act.fields["done-on"]) == ("observe", "service", "2026-11-19")
    evidence = str(act.fields["evidence"])
    account = next(
        one.id for one in kit.service.services.accounts.store.accounts() if one.role is Role.STAFF
    )
    assert account in evidence
    assert sha256(written(report)).hexdigest() in evidence
    assert act.position is not None
    again = handed_in(staff, written(report))
    assert again.headers["location"] == f"{PAGE}?scan=known"
    older = handed_in(staff, on(report, date(2026, 11, 1)))
    assert older.headers["location"] == f"{PAGE}?scan=known"
    assert len(declared(kit).acts) == 2
    large = holding(report, Holding.VALUES) + b" " * (4 << 20)
    fault = handed_in(staff, large)
    assert fault.headers["location"] == f"{PAGE}?scan=recorded"
    assert declared(kit).acts[-1].what == "observe-fault"


def test_what_is_no_evidence_is_refused_with_why(
    kit: Kit, staff: Browser, report: StoresReport
) -> None:
    before = declared(kit)
    ahead, away = on(report, date(2027, 11, 19)), Trouble(unseen=Unseen.UNAVAILABLE)
    for content, why in (
        (None, "请选择报告文件"),
        (b"", "请选择报告文件"),
        (b"{", "不是可以读取的存储扫描报告"),
        (json.dumps({"form": 1}).encode(), "不是可以读取的存储扫描报告"),
        (b" " * (SCAN_LIMIT_BYTES + 1), "不是可以读取的存储扫描报告"),
        (ahead, "报告的日期还没有到"),
        (holding(report, Holding.MASKED, away), "不算证据"),
        (holding(report, Holding.NOTHING), "没有可以记录的"),
    ):
        answer = handed_in(staff, content)
        assert (answer.status_code, why in answer.text) == (400, True), why
    assert declared(kit) == before
    assert staff.get(SCAN_PATH).status_code == 200


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 403), (Role.ADMIN, 403)])
def test_who_does_not_work_on_safeguards_hands_nothing_in(
    kit: Kit, report: StoresReport, role: Role, status: int
) -> None:
    browser, before = staff_of(kit, role), declared(kit)
    assert handed_in(browser, written(report), "/console").status_code == status
    assert declared(kit) == before
    if role is Role.AUDITOR:
        assert SCAN_PATH not in browser.get(PAGE).text
