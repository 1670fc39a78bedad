"""An audit pack from the console: by four eyes, recorded as an export, verified by the command."""

import io
import json
import re
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.test_evidence_files_page import PAGE, SAMPLE, press, recorded, second_reviewer

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.service
PATIENCE_S = 120
ASKED = {
    "about": "audit-pack",
    "start": "2026-10-01",
    "end": "2026-12-31",
    "reason": "年度合规审计，交给审计机构",
}


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("packs") / "data", register=str(SAMPLE))
    yield made
    made.service.close()


def ready(browser: Browser) -> str:
    """Return the page once nothing is being made any more."""
    until = time.monotonic() + PATIENCE_S
    while "正在生成。" in (text := browser.get(PAGE).text):
        assert time.monotonic() < until
        time.sleep(0.2)
    return text


def test_a_pack_waits_for_a_second_person_and_verifies(kit: Kit, tmp_path: Path) -> None:
    staff, reviewer = staff_of(kit, Role.STAFF), second_reviewer(kit)
    assert staff.submit(PAGE, PAGE, ASKED).status_code == 303
    assert "等待复核" in staff.get(PAGE).text
    assert press(reviewer, "release").status_code == 303
    assert "可以下载" in ready(staff)
    file = press(staff, "file")
    assert file.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(file.content)) as pack:
        names = set(pack.namelist())
        papers = json.loads(pack.read("parts/17-records.json"))
    assert {"attestation.json", "leaves.jsonl", "report.zh.pdf", "README.en.md"} <= names
    assert sum(row["count"] for row in papers["rows"]) > 0
    out = tmp_path / "pack.zip"
    out.write_bytes(file.content)
    vkey = str(kit.service.services.evidence.log.keys().in_force[0].vkey)
    done = subprocess.run(  # noqa: S603  our own verifier
        [sys.executable, "-m", "chengnuo_verify", str(out), "--key", vkey, "--json"],
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout)["code"] == "audit-whole"
    export = recorded(kit, Kind.EXPORT)[-1]
    assert export["sha256"] == sha256(file.content).hexdigest()
    assert export["scope"] == "audit pack 2026-10-01..2026-12-31"
    steps = [str(one["detail"]) for one in recorded(kit, Kind.CONFIGURATION)]
    assert any("audit pack" in one for one in steps)


def test_a_pack_lies_on_disk_for_its_owner_alone_and_survives_a_restart(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    data = tmp_path_factory.mktemp("restarted") / "data"
    first = start(data, register=str(SAMPLE))
    staff = staff_of(first, Role.STAFF)
    assert staff.submit(PAGE, PAGE, ASKED).status_code == 303
    assert "可以下载" in ready(staff)
    known, paper = sorted((data / "packs").iterdir())[::-1][:1], sorted((data / "packs").iterdir())
    assert [one.suffix for one in paper] == [".json", ".zip"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in paper} == {0o600}
    assert stat.S_IMODE((data / "packs").stat().st_mode) == 0o700
    whole = known[0].read_bytes()
    first.service.close()

    again = start(data, register=str(SAMPLE))
    staff = staff_of(again, Role.STAFF)
    assert "可以下载" in staff.get(PAGE).text
    file = press(staff, "file")
    assert file.content == whole
    assert file.headers["cache-control"] == "no-store"
    assert ".zip" in file.headers["content-disposition"]

    known[0].write_bytes(whole[:-1] + b"?")  # what was changed on disk is not handed out
    assert press(staff, "file").status_code == 404
    assert "可以下载" not in staff.get(PAGE).text
    again.service.close()


def test_a_pack_is_gone_from_disk_after_a_day(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    assert list((Path(kit.settings.data) / "packs").glob("*.zip"))
    kit.clock.pass_by(timedelta(days=1, seconds=1))
    kit.service.services.sweep()
    assert list((Path(kit.settings.data) / "packs").iterdir()) == []
    assert "可以下载" not in staff.get(PAGE).text


def test_who_asked_does_not_release_it(kit: Kit) -> None:
    reviewer = staff_of(kit, Role.REVIEWER)
    assert reviewer.submit(PAGE, PAGE, ASKED).status_code == 303
    released = re.findall(r'action="([^"]+/release)"', reviewer.get(PAGE).text)
    assert released == []
    assert press(reviewer, "decline").status_code == 303


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"start": ""}, "审计包要写明起止日期"),
        ({"end": ""}, "审计包要写明起止日期"),
        ({"start": "2026-12-31", "end": "2026-10-01"}, "起止颠倒"),
        ({"start": "2020-01-01"}, "1100 天"),
        ({"start": "2026-13-01"}, "日期不对"),
    ],
)
def test_a_wrong_period_comes_back_with_what_was_typed(
    kit: Kit, changed: dict[str, str], told: str
) -> None:
    answer = staff_of(kit, Role.STAFF).submit(PAGE, PAGE, ASKED | changed)
    assert answer.status_code == 400
    assert told in answer.text
    assert ASKED["reason"] in answer.text
    assert '<option value="audit-pack" selected' in answer.text


def test_an_admin_may_ask_for_one_and_an_auditor_only_looks(kit: Kit) -> None:
    assert 'value="audit-pack"' in staff_of(kit, Role.ADMIN).get(PAGE).text
    assert 'name="about"' not in staff_of(kit, Role.AUDITOR).get(PAGE).text
