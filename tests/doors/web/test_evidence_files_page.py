"""The page of evidence files: who may ask, that a second person releases, what is recorded."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import consent, erase_content, provide, readings, staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding import consent_controls, rights_controls
from chengnuo.doors.http.exchange import LANG_COOKIE
from chengnuo.doors.web import console_evidence_export
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence import releasing
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.individual_entry import person_key

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "examples" / "shop" / "register"
PAGE = "/console/evidence/files"
REASON = "法院调取证据，案号另附"
ACCOUNT = "account-1887-lu"
FORM = re.compile(r'action="(/console/evidence/files/[0-9a-f]+/(release|decline|file))"')


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """A service for tests that leave nothing behind."""
    made = start(tmp_path_factory.mktemp("files") / "data", register=str(SAMPLE))
    yield made
    made.service.close()


def person_of(kit: Kit) -> PersonKey:
    person = person_key(kit.service.services.tokens, ACCOUNT)
    provide(kit, person)
    consent(kit, person)
    return person


def second_reviewer(kit: Kit) -> Browser:
    """Return the browser of one more reviewer."""
    services = kit.service.services
    account = Account(
        id=AccountId("second-reviewer"),
        name="second.reviewer",
        role=Role.REVIEWER,
        enabled=True,
        created_at=kit.clock.now(),
    )
    services.accounts.store.add(account, password_hash="none")  # noqa: S106  fits nothing
    browser = Browser(kit.service.app, origin=kit.web.public_url)
    token = services.sign_in.open_for_identity(account).token
    browser.client.cookies.set("chengnuo-staff", token)
    return browser


def ask(browser: Browser, **said: str) -> httpx.Response:
    return browser.submit(PAGE, PAGE, {"about": "duty-6", "reason": REASON, **said})


def ask_for_person(browser: Browser, **said: str) -> httpx.Response:
    return ask(browser, about="person", account=ACCOUNT, **said)


def forms(browser: Browser) -> dict[str, str]:
    """Which acts the page offers, and where they go."""
    return {act: path for path, act in FORM.findall(browser.get(PAGE).text)}


def press(browser: Browser, act: str) -> httpx.Response:
    offered = forms(browser)
    assert act in offered, browser.get(PAGE).text  # the page says what became of the request
    return browser.submit(PAGE, offered[act])


def steps(kit: Kit) -> list[dict[str, Tree]]:
    """What is recorded of requests, oldest first."""
    return [
        values
        for values in recorded(kit, Kind.CONFIGURATION)
        if str(values["what"]).startswith("evidence-file")
    ]


def recorded(kit: Kit, kind: Kind) -> list[dict[str, Tree]]:
    """What records of a kind say, oldest first."""
    evidence = kit.service.services.evidence
    found = evidence.browse(kind=kind, count=10_000).records
    return [
        json.loads(evidence.payloads.opened(record).payload or b"{}") for record in reversed(found)
    ]


def verified(kit: Kit, data: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command on a file."""
    file = folder / "evidence.zip"
    file.write_bytes(data)
    vkey = str(kit.service.services.evidence.log.keys().in_force[0].vkey)
    command = Path(sys.executable).with_name("chengnuo-verify")
    return subprocess.run(  # noqa: S603  our own program
        [str(command), str(file), "--key", vkey],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "CHENGNUO_LANG": "en"},
    )


@pytest.mark.real
def test_a_file_about_a_person_is_asked_for_released_by_another_and_verified(
    kit: Kit, tmp_path: Path
) -> None:
    person = person_of(kit)
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    assert ask_for_person(staff).status_code == 303
    assert set(forms(staff)) == {"decline"}
    assert "等待复核" in staff.get(PAGE).text
    assert recorded(kit, Kind.EXPORT) == []
    assert set(forms(reviewer)) == {"release", "decline"}
    assert ACCOUNT in reviewer.get(PAGE).text
    assert press(reviewer, "release").status_code == 303
    assert forms(reviewer) == {}
    file = press(staff, "file")
    assert file.status_code == 200
    assert file.headers["cache-control"] == "no-store"
    name = re.fullmatch(
        r'attachment; filename="(chengnuo-evidence-\d+-[0-9a-f]{8}\.zip)"',
        file.headers["content-disposition"],
    )
    assert name is not None
    assert name[1] in staff.get(PAGE).text
    said = verified(kit, file.content, tmp_path)
    assert (said.returncode, said.stderr) == (0, ""), said.stdout
    with zipfile.ZipFile(io.BytesIO(file.content)) as opened:
        assert "proof.json" in opened.namelist()
    evidence = kit.service.services.evidence
    export, reading = evidence.mine(person)[:2]
    assert (export.leaf.kind, reading.leaf.kind) == ("export", "operator-read")
    read = json.loads(evidence.payloads.opened(reading).payload or b"")
    assert (read["by"], read["reason"]) == ("staff-of-the-log", REASON)
    assert read["what"].endswith("released by reviewer-of-the-log")
    handed = json.loads(evidence.payloads.opened(export).payload or b"")
    assert handed["sha256"] == sha256(file.content).hexdigest()
    assert handed["by"] == "staff-of-the-log"
    assert [(one["what"], one["by"]) for one in steps(kit)] == [
        ("evidence-file-asked", "staff-of-the-log"),
        ("evidence-file-released", "reviewer-of-the-log"),
        ("evidence-file-taken", "staff-of-the-log"),
    ]
    assert {one["single_person"] for one in steps(kit)} == {False}


def test_a_step_about_a_person_says_nothing_of_them_in_the_open_chain(kit: Kit) -> None:
    person = person_of(kit)
    staff = staff_of(kit, Role.STAFF)
    staff_of(kit, Role.REVIEWER)
    ask_for_person(staff)
    said = json.dumps(steps(kit), ensure_ascii=False)
    assert "one individual" in said
    for secret in (ACCOUNT, person, REASON):
        assert secret not in said


@pytest.mark.real
def test_who_is_alone_gets_the_file_at_once_and_it_is_recorded_so(kit: Kit, tmp_path: Path) -> None:
    person_of(kit)
    alone = staff_of(kit, Role.REVIEWER)
    assert "单人操作" in alone.get(PAGE).text
    assert ask(alone).status_code == 303
    assert set(forms(alone)) == {"file"}
    file = press(alone, "file")
    assert verified(kit, file.content, tmp_path).returncode == 0
    assert recorded(kit, Kind.EXPORT)[-1]["single_person"] is True
    assert {one["single_person"] for one in steps(kit)} == {True}
    ask_for_person(alone)
    assert str(recorded(kit, Kind.OPERATOR_READ)[-1]["what"]).endswith("single person")


def test_nobody_releases_their_own_request(kit: Kit) -> None:
    person_of(kit)
    reviewer, other = staff_of(kit, Role.REVIEWER), second_reviewer(kit)
    ask_for_person(reviewer)
    assert set(forms(reviewer)) == {"decline"}
    path = forms(other)["release"]
    refused = reviewer.submit(PAGE, path)
    assert refused.status_code == 403
    assert "申请人之外的复核员" in refused.text
    assert staff_of(kit, Role.STAFF).submit(PAGE, path).status_code == 403
    assert recorded(kit, Kind.EXPORT) == []
    assert other.submit(PAGE, path).status_code == 303
    assert len(recorded(kit, Kind.EXPORT)) == 1
    assert other.submit(PAGE, path).status_code == 409
    assert len(recorded(kit, Kind.EXPORT)) == 1


def test_only_who_asked_takes_the_file(kit: Kit) -> None:
    person_of(kit)
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    ask_for_person(staff)
    early = forms(staff)["decline"].replace("decline", "file")
    assert staff.submit(PAGE, early).status_code == 409
    press(reviewer, "release")
    path = forms(staff)["file"]
    before = len(steps(kit))
    assert reviewer.submit(PAGE, path).status_code == 404
    assert staff_of(kit, Role.AUDITOR).post(path, {}).status_code == 403
    assert Browser(kit.service.app).post(path, {}).status_code in {401, 403}
    assert staff.post(path, {}).status_code == 403  # no form of ours
    assert staff.get(path).status_code == 405
    assert len(steps(kit)) == before


def test_a_request_is_declined_or_taken_back_and_no_file_is_made(kit: Kit) -> None:
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    ask(staff)
    assert press(reviewer, "decline").status_code == 303
    assert "退回人" in staff.get(PAGE).text
    ask(staff)
    assert press(staff, "decline").status_code == 303
    assert [one["what"] for one in steps(kit)][1::2] == [
        "evidence-file-declined",
        "evidence-file-taken-back",
    ]
    assert forms(staff) == forms(reviewer) == {}
    assert recorded(kit, Kind.EXPORT) == []


def test_an_admin_asks_for_duties_and_sees_no_request_about_a_person(kit: Kit) -> None:
    person_of(kit)
    admin, staff = staff_of(kit, Role.ADMIN), staff_of(kit, Role.STAFF)
    ask_for_person(staff)
    page = admin.get(PAGE).text
    assert "一个人的记录" not in page
    assert 'name="account"' not in page
    assert "/console/evidence/records" not in page
    assert ask_for_person(admin).status_code == 403
    assert ask(admin).status_code == 303
    assert "duty-6" in admin.get(PAGE).text


def test_an_auditor_reads_the_list_and_does_nothing(kit: Kit) -> None:
    person_of(kit)
    staff, auditor = staff_of(kit, Role.STAFF), staff_of(kit, Role.AUDITOR)
    ask_for_person(staff)
    page = auditor.get(PAGE).text
    assert "一个人的记录" in page
    assert "staff.of.the.log" in page
    assert ACCOUNT not in page
    assert REASON not in page
    assert "<form" not in page.split("<main", 1)[1].split("</main>", 1)[0]
    assert auditor.post(PAGE, {"about": "duty-6", "reason": REASON}).status_code == 403


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param({"reason": "看看"}, "请写明理由", id="reason too short"),
        pytest.param({"reason": "好" * 301}, "请写明理由", id="reason too long"),
        pytest.param({"about": "person", "account": " "}, "请填写账户标识", id="no account"),
        pytest.param({"about": "person", "account": "nobody"}, "没有找到", id="no chain"),
        pytest.param({"about": "duty-99"}, "法规目录中没有这一条", id="no such duty"),
        pytest.param({"start": "yesterday"}, "日期不对", id="no day"),
        pytest.param({"end": "0001-01-01"}, "日期不对", id="before there were instants"),
        pytest.param({"start": "2026-11-22", "end": "2026-11-21"}, "时间段不对", id="backwards"),
    ],
)
def test_a_wrong_form_is_said_and_nothing_is_asked_for(
    shared: Kit, said: dict[str, str], words: str
) -> None:
    staff = staff_of(shared, Role.STAFF)
    answer = ask(staff, **said)
    assert answer.status_code == 400
    assert words in answer.text
    assert steps(shared) == []


def test_a_file_holds_the_period_asked_for_and_no_other(kit: Kit) -> None:
    person = person_of(kit)
    kit.clock.pass_by(timedelta(days=2))
    provide(kit, person)
    alone = staff_of(kit, Role.STAFF)
    ask_for_person(alone, start="2026-11-21", end="2026-11-21")
    with zipfile.ZipFile(io.BytesIO(press(alone, "file").content)) as opened:
        readme = opened.read("README.en.md").decode()
        shown = json.loads(opened.read("proof.json"))
    assert "2026-11-21" in readme
    assert len(shown["disclosed"]) == 2
    assert "operator-read" not in readme


def test_why_no_file_could_be_made_is_said_on_the_page(kit: Kit) -> None:
    alone = staff_of(kit, Role.STAFF)
    ask(alone, about="duty-16")
    page = alone.get(PAGE).text
    assert "没有生成" in page
    assert "nothing-recorded" not in page
    assert forms(alone) == {}
    assert recorded(kit, Kind.EXPORT) == []


def test_what_is_erased_is_not_in_the_file(kit: Kit) -> None:
    person = person_of(kit)
    erase_content(kit, person)
    alone = staff_of(kit, Role.STAFF)
    ask_for_person(alone)
    with zipfile.ZipFile(io.BytesIO(press(alone, "file").content)) as opened:
        assert not any("崩溃分析".encode() in opened.read(name) for name in opened.namelist())


def test_nothing_is_handed_out_when_the_reading_cannot_be_recorded(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_of(kit)
    alone = staff_of(kit, Role.STAFF)
    real = Recorder.record

    def full(self: Recorder, kind: Kind, *given: object, **more: object) -> object:
        if kind is Kind.OPERATOR_READ:
            raise releasing.ChengnuoError("the disk is full")
        return real(self, kind, *given, **more)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(Recorder, "record", full)
    ask_for_person(alone)
    assert forms(alone) == {}
    assert "没有生成" in alone.get(PAGE).text
    assert readings(kit) == 0


def test_while_a_file_is_being_made_the_page_says_so_and_the_next_one_waits(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_of(kit)
    alone = staff_of(kit, Role.STAFF)
    go_on, real = Event(), releasing.EvidenceRequests._made  # noqa: SLF001  the slow step itself
    at_work: list[int] = []

    def slow(
        self: releasing.EvidenceRequests, request: releasing.FileRequest
    ) -> releasing.EvidenceFile:
        at_work.append(1)
        assert len(at_work) == 1
        assert go_on.wait(30)
        made = real(self, request)
        at_work.pop()
        return made

    monkeypatch.setattr(releasing.EvidenceRequests, "_made", slow)
    monkeypatch.setattr(console_evidence_export, "_PATIENCE_S", 0.05)
    ask(alone)
    ask_for_person(alone)
    page = alone.get(PAGE).text
    assert page.count("status-note") >= 2
    assert "有文件正在生成" in page
    assert 'role="status"' in page
    assert "http-equiv" not in page
    assert forms(alone) == {}
    go_on.set()
    ask(alone, about="duty-5")
    monkeypatch.setattr(console_evidence_export, "_PATIENCE_S", 30)
    ask(alone, about="duty-1")
    assert alone.get(PAGE).text.count("可以下载") == 4


def test_requests_lapse_and_cannot_pile_up(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "MOST_OPEN", 3)
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    for _ in range(3):
        assert ask(staff).status_code == 303
    full = ask(staff)
    assert (full.status_code, "已达上限" in full.text) == (400, True)
    path = forms(reviewer)["release"]
    reviewer.submit(PAGE, path)
    assert set(forms(staff)) == {"decline", "file"}
    kit.clock.pass_by(releasing.HELD + timedelta(seconds=1))
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    assert set(forms(staff)) == {"decline"}
    kit.clock.pass_by(releasing.WAITS)
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    assert forms(staff) == {}
    assert reviewer.submit(PAGE, path).status_code == 404


def test_the_oldest_files_make_room_for_new_ones(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "MOST_HELD_BYTES", 10)
    alone = staff_of(kit, Role.STAFF)
    ask(alone, about="duty-1")
    ask(alone, about="duty-2")
    page = alone.get(PAGE).text
    assert page.count("可以下载") == 1
    assert forms(alone)["file"]
    assert press(alone, "file").status_code == 200


def test_the_page_is_linked_and_said_in_english(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    assert f'href="{PAGE}"' in staff.get("/console/evidence").text
    staff.client.cookies.set(LANG_COOKIE, "en")
    page = staff.get(PAGE).text
    assert "Evidence files" in page
    assert "Single person" in page


def test_without_another_reviewer_the_page_says_whom_to_ask(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    staff_of(kit, Role.AUDITOR)
    assert "没有可用的复核员" in staff.get(PAGE).text
    staff_of(kit, Role.REVIEWER)
    assert "没有可用的复核员" not in staff.get(PAGE).text


def test_a_stopping_service_lets_the_file_it_makes_be_finished_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = start(tmp_path / "data", register=str(SAMPLE))
    alone = staff_of(kit, Role.STAFF)
    go_on, real = Event(), releasing.EvidenceRequests._made  # noqa: SLF001  the slow step itself
    made: list[int] = []

    def slow(
        self: releasing.EvidenceRequests, request: releasing.FileRequest
    ) -> releasing.EvidenceFile:
        assert go_on.wait(30)
        file = real(self, request)
        made.append(file.records)
        return file

    monkeypatch.setattr(releasing.EvidenceRequests, "_made", slow)
    monkeypatch.setattr(console_evidence_export, "_PATIENCE_S", 0.05)
    ask(alone)
    stopping = Thread(target=kit.service.close)
    stopping.start()
    stopping.join(0.3)
    assert stopping.is_alive()
    go_on.set()
    stopping.join(30)
    assert not stopping.is_alive()
    assert len(made) == 1


@pytest.mark.real
def test_a_no_fault_file_is_asked_for_released_by_another_and_verified(
    kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_evidence_export, "_PATIENCE_S", 60)  # summaries take seconds
    person_of(kit)
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    wanted = {"about": "no-fault", "account": ACCOUNT, "category": "PI-BASIC-PHONE"}
    wrong = ask(staff, **{**wanted, "category": "PI-NO-SUCH"})
    assert (wrong.status_code, ACCOUNT in wrong.text) == (400, True)
    assert ask(staff, **wanted).status_code == 303
    assert "PI-BASIC-PHONE" in reviewer.get(PAGE).text
    assert press(reviewer, "release").status_code == 303
    data = press(staff, "file").content
    whole = verified(kit, data, tmp_path)
    assert (whole.returncode, "举证文件完好" in whole.stdout) == (0, True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        trace = json.loads(archive.read("trace.json"))
        controls = {one["id"] for one in json.loads(archive.read("controls.json"))["controls"]}
    assert trace["category"] == "PI-BASIC-PHONE"
    over_consent, over_rights = consent_controls.CONTROLS[0].id, rights_controls.CONTROLS[0].id
    assert {over_consent, over_rights, "incident-lessons-carried-out"} <= controls


def test_an_admin_asks_for_no_no_fault_file(shared: Kit) -> None:
    admin = staff_of(shared, Role.ADMIN)
    assert 'value="no-fault"' not in admin.get(PAGE).text
    refused = admin.submit(PAGE, PAGE, {"about": "no-fault", "account": ACCOUNT, "reason": REASON})
    assert refused.status_code == 403
