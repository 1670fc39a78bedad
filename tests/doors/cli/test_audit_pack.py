"""`chengnuo audit pack` over the sample shop with real acts: whole, complete, without a person."""

import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.doors.browser_kit import Browser
from tests.doors.web.test_releases_page import PACKAGE, inspected
from tests.doors.web.test_rights_real import RealShop, asked_for, shop
from tests.usecases.evidence.tea_log import verified

from chengnuo.adapters.clock import SystemClock
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.cli.root import run
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.usecases.evidence.statements import StatementRecorder
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.pricing.statement_names import AUDIT_KEY, AUDIT_PREDICATE
from chengnuo.wiring.program import Program

pytestmark = [pytest.mark.service, pytest.mark.real]
__all__ = ["shop"]
PERIOD = "2026Q4"
STAFF = Actor(id="acc-staff-zhang", party=Party.STAFF)
REVIEWER = Actor(id="acc-reviewer-li", party=Party.REVIEWER)
WORDS = ("我叫王小明，电话 13800138000", "备份盘被陈某带走", "举报人李四要求回电")
"""What people wrote in words; it may not be in a pack."""
Files = dict[str, bytes]


@dataclass(frozen=True)
class Acted:
    """A data folder in which everything happened, its pack, and whom it was about."""

    data: Path
    database: Path
    pack: Path
    told: str


def signed_in(real: RealShop, name: str, role: Role) -> Browser:
    services = real.service.services
    account = Account(
        id=AccountId(name), name=name, role=role, enabled=True, created_at=SystemClock().now()
    )
    services.accounts.store.add(account, password_hash="none")  # noqa: S106  fits nothing
    browser = Browser(real.service.app, origin="http://127.0.0.1:8700")
    token = services.sign_in.open_for_identity(account).token
    browser.client.cookies.set("chengnuo-staff", token)
    return browser


def release(real: RealShop) -> None:
    """Submit a package, have it inspected, and sign it off by a second person."""
    staff = signed_in(real, "zhang.staff", Role.STAFF)
    reviewer = signed_in(real, "li.reviewer", Role.REVIEWER)
    answer = staff.client.post(
        "/console/releases/new",
        data={"csrf_token": staff.form_token("/console/releases"), "app": "jishi-app"},
        files={"package": ("shop.apk", PACKAGE.read_bytes(), "application/octet-stream")},
    )
    href = answer.headers["location"]
    inspected(staff, href)
    reason = {"reason": "测试包，缺口已知，仅用于演练"}
    assert reviewer.submit(href, f"{href}/sign-off", reason).status_code == 303


def everything(real: RealShop) -> None:
    """A request carried out, a complaint, an incident, a filing, a transfer, a release."""
    where = asked_for(real.come_in(minutes_ago=1), "access", {"scope": "all"})
    real.work()
    assert real.stage(where).is_final
    services = real.service.services
    desk = services.dossiers
    assert desk is not None
    person = person_key(services.tokens, real.account)
    known = {"channel": "hotline", "received-on": "2026-11-02", "cause": "rights"}
    desk.open("complaint", "take-down", STAFF, {**known, "text": WORDS[0]}, person=person)
    desk.open("complaint", "take-down", STAFF, {**known, "text": WORDS[2]})
    found = {"kind": "leak", "discovered-at": "2026-11-20T02:00:00Z", "how": "monitoring"}
    desk.open("incident", "discover", STAFF, {**found, "what": WORDS[1]})
    crossed = {"kind": "standard-contract", "crossed-on": "2026-11-10", "recipient": "sentry"}
    desk.open("filing", "open", STAFF, crossed)
    plan = {
        "title": "2026 年度",
        "kind": "regular",
        "by-whom": "internal",
        "auditor": "内审部",
        "period-from": "2026-01-01",
        "period-to": "2026-12-31",
        "end-by": "2027-03-31",
    }
    desk.open("audit", "plan", STAFF, plan)
    given = {"categories": ["PI-LOC-PRECISE"], "purpose": "崩溃分析", "method": "SDK"}
    rows = Rows(activity="nearby-stores", recipient="sentry")
    desk.recorder.record(Kind.PROVISION, given, person=person, rows=rows)
    release(real)


@pytest.fixture(scope="module")
def acted(shop: RealShop, tmp_path_factory: pytest.TempPathFactory) -> Acted:
    everything(shop)
    shop.service.services.evidence.log.publish()
    folder = tmp_path_factory.mktemp("audit-pack")
    beside = folder / "beside.zip"
    data = shop.database.parent / "data"
    told = command("audit", "pack", "--period", PERIOD, "--data", data, "-o", beside)
    assert told.returncode == 0, told.stderr
    shop.service.close()
    with Program().evidence_writing(data, None) as writing:
        assert writing.reading.signer is not None
        StatementRecorder(
            recorder=writing.recorder,
            signer=writing.reading.signer,
            kept=writing.statements,
            by="cli",
        ).attest(
            key=AUDIT_KEY,
            subject=[("audit", "0" * 64)],
            predicate_type=AUDIT_PREDICATE,
            predicate={"verdict": "found", "proved": False, "days": 30, "quotes": 10},
        )
        writing.witnessing.stamps.keep_note(writing.log.publish())
    pack = folder / "pack.zip"
    asked = ["audit", "pack", "--period", PERIOD, "--data", str(data), "-o", str(pack)]
    assert run(Program(), asked) == 0
    return Acted(data, shop.database, pack, told.stderr)


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "chengnuo", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def files_of(pack: Path) -> Files:
    with zipfile.ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(files: Files, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[f"parts/{name}.json"])
    return found


def test_the_verifier_finds_it_whole_and_every_kind_complete(acted: Acted) -> None:
    assert verified(acted.pack) == (0, "audit-whole")
    said = subprocess.run(  # noqa: S603  our own verifier
        [sys.executable, "-m", "chengnuo_verify", str(acted.pack), "--json"],
        capture_output=True,
        check=False,
    )
    first = json.loads(said.stdout)["messages"][0]
    kinds = {"request-state", "complaint", "incident", "dossier-act", "attestation"}
    assert kinds <= set(first["complete"].split(", "))
    assert first["records"] == sum(
        row["count"] for row in part(files_of(acted.pack), "17-records")["rows"]
    )


def test_each_part_has_what_was_done(acted: Acted) -> None:
    files = files_of(acted.pack)
    (request,) = part(files, "05-rights")["rows"]
    assert (request["inTime"], request["stage"]["en"]) == (True, "fulfilled")
    assert len(part(files, "07-complaints")["rows"]) == 2
    (incident,) = part(files, "06-incidents")["rows"]
    assert "级别" not in incident["said"]["zh"]
    assert "怎样发现" in incident["said"]["zh"]
    (abroad,) = part(files, "08-transfers")["rows"]
    assert (abroad["recipient"], abroad["provisions"]) == ("sentry", 1)
    assert abroad["country"]["en"] == "United States"
    (filing,) = part(files, "09-transfer-filings")["rows"]
    assert filing["opened"]
    (made,) = part(files, "13-releases")["rows"]
    assert verified_bytes(files[made["attestation"]], acted.pack.parent) == (0, "attested")
    statements = part(files, "14-statements")["rows"]
    assert any(row["file"] for row in statements)
    (audit,) = part(files, "01-papers")["rows"]
    assert f"papers/{audit['audit']}.xlsx" in files
    (version,) = part(files, "02-rules")["rows"]
    assert f"{version['folder']}/jishi-app.sharing-list.zh.xlsx" in files
    assert any(name.startswith("checkpoints/") for name in files)


def verified_bytes(data: bytes, folder: Path) -> tuple[int, str]:
    file = folder / "one.json"
    file.write_bytes(data)
    return verified(file)


def test_sheets_reports_and_papers_say_what_the_json_says(
    acted: Acted, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(Program(), ["audit", "check", str(acted.pack), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["differ"] == []
    assert said["compared"] > 20
    paper = next(one for one in files_of(acted.pack) if re.fullmatch(r"papers/[^.]+\.json", one))
    assert json.loads(files_of(acted.pack)[paper])["logSize"] == 0


def test_no_code_of_ours_stands_where_people_read_words(acted: Acted) -> None:
    files = files_of(acted.pack)
    pages = pdf_text(files["report.zh.pdf"]) + pdf_text(files["report.en.pdf"])
    read = "".join(pages.split())  # a narrow column breaks a word
    for code in (
        "exempt-volume",
        "PI-DEVICE",
        "urn:chengnuo",
        "request_state",
        "T02:0",
    ):
        assert code not in read
    assert "隐私中心" in read
    assert "美国" in read


def test_what_there_is_not_is_said_with_how_it_was_looked_for(acted: Acted) -> None:
    files = files_of(acted.pack)
    none = part(files, "12-kits")
    assert none["rows"] == []
    assert "SDK" in none["looked"]["zh"]
    for lang, words in (("zh", "没有"), ("en", "none")):
        head = files[f"README.{lang}.md"].decode()
        line = next(line for line in head.splitlines() if "12-kits" in line)
        assert words in line
        assert none["looked"][lang] in line


def test_headers_are_chinese_and_the_report_has_every_chapter(acted: Acted) -> None:
    files = files_of(acted.pack)
    book = load_workbook(io.BytesIO(files["parts/05-rights.xlsx"]), read_only=True)
    heads = [str(cell.value) for cell in next(iter(book.worksheets[1].iter_rows()))]
    assert heads[:3] == ["请求编号", "权利", "由谁提出"]
    text = pdf_text(files["report.zh.pdf"])
    assert all(title in text for title in ("个人权利请求与期限", "投诉与举报", "期间内的日志记录"))


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def plain(name: str, data: bytes) -> str:
    """All that somebody reads in a file, or a program finds."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "\n".join(book.read(one).decode() for one in book.namelist())
    return pdf_text(data) if name.endswith(".pdf") else data.decode()


def people(database: Path) -> set[str]:
    """What the shop keeps of people: names, telephones, addresses, numbers of documents."""
    wanted = re.compile(
        r"name|phone|email|address|id_no|id_card|customer_id|openid|device", re.IGNORECASE
    )
    found = set[str]()
    with closing(sqlite3.connect(database)) as opened:
        tables = [
            name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        for table in tables:
            columns = [row[1] for row in opened.execute(f"PRAGMA table_info({table})")]
            if "customer_id" not in columns:
                continue
            for column in filter(wanted.search, columns):
                values = opened.execute(f"SELECT DISTINCT {column} FROM {table}")  # noqa: S608  ours
                found |= {str(one) for (one,) in values if isinstance(one, str) and len(one) >= 3}
    return found


def test_no_file_names_anybody(acted: Acted) -> None:
    values = people(acted.database) | {*WORDS, "13800138000", "王小明", "陈某"}
    staff = {"zhang.staff", "li.reviewer", STAFF.id, REVIEWER.id}
    assert len(values) > 100
    for name, data in files_of(acted.pack).items():
        text = plain(name, data)
        assert {one for one in values | staff if one in text} == set(), name


def test_the_same_state_gives_the_same_bytes(acted: Acted, tmp_path: Path) -> None:
    """Nothing is recorded beside a writer, so that two packs are of one state."""
    made = []
    for number in (1, 2):
        data = tmp_path / f"data-{number}"
        shutil.copytree(acted.data, data)
        made.append(tmp_path / f"{number}.zip")
        with Program().evidence_writing(data, None):
            done = command("audit", "pack", "--period", PERIOD, "--data", data, "-o", made[-1])
        assert done.returncode == 0, done.stderr
        assert "没有记入日志" in done.stderr
    first, second = (sha256(one.read_bytes()).hexdigest() for one in made)
    assert first == second
    assert verified(made[0]) == (0, "audit-signed")


def test_beside_a_running_service_it_is_made_and_that_it_is_not_recorded_is_said(
    acted: Acted,
) -> None:
    assert "没有记入日志" in acted.told


def test_handing_it_out_is_recorded_with_its_hash(acted: Acted) -> None:
    with Program().evidence_reading(acted.data, None) as reading:
        newest = next(one for one in reading.log.newest() if one.leaf.kind == Kind.EXPORT)
        said = json.loads(reading.payloads.opened(newest).payload or b"")
    assert said["sha256"] == sha256(acted.pack.read_bytes()).hexdigest()
    assert said["scope"] == "audit pack 2026-10-01..2026-12-31"


def repacked(files: Files, to: Path) -> Path:
    from chengnuo.domain.evidence.pack import zip_of  # noqa: PLC0415

    to.write_bytes(zip_of(files))
    return to


def flipped(name: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        data = bytearray(files[name])
        data[len(data) // 2] ^= 1
        files[name] = bytes(data)

    return change


def test_a_changed_byte_in_any_file_is_found(acted: Acted, tmp_path: Path) -> None:
    whole = files_of(acted.pack)
    for name in whole:
        files = dict(whole)
        flipped(name)(files)
        status, code = verified(repacked(files, tmp_path / "changed.zip"))
        assert status > 0, name
        if name not in {"attestation.json", "proof.json"}:
            assert (status, code) == (1, "damaged"), name


@pytest.mark.parametrize(
    ("given", "status"), [("2026Q5", 2), ("2026-13", 2), ("2026-11-30..2026-11-01", 2), ("", 2)]
)
def test_a_period_of_another_form_is_refused(
    acted: Acted, tmp_path: Path, given: str, status: int
) -> None:
    out = tmp_path / "none.zip"
    asked = ["audit", "pack", "--period", given, "--data", str(acted.data), "-o", str(out)]
    assert run(Program(), asked) == status
    assert not out.exists()


def test_a_period_before_the_log_began_is_empty_and_proved_so(acted: Acted, tmp_path: Path) -> None:
    out = tmp_path / "early.zip"
    asked = ["audit", "pack", "--period", "2025", "--data", str(acted.data), "-o", str(out)]
    assert run(Program(), asked) == 0
    assert verified(out) == (0, "audit-whole")
    assert all(row["count"] == 0 for row in part(files_of(out), "17-records")["rows"])
