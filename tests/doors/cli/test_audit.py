"""`chengnuo audit papers` and `chengnuo dossier …` over a data folder that a service left."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from tests.doors.clock_kit import StandingClock
from tests.doors.service_kit import Kit, start

from chengnuo.domain.dossier.audit_items.all_items import items_for
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.doors.cli.root import run
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.service
SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
STAFF = Actor(id="acc-1", party=Party.STAFF)
PLAN: Mapping[str, Value] = {
    "title": "2026 年度",
    "kind": "regular",
    "by-whom": "internal",
    "auditor": "内审部",
    "period-from": "2026-01-01",
    "period-to": "2026-12-31",
    "end-by": "2027-03-31",
}
Run = Callable[..., tuple[int, str, str]]
LIST = b"signed by 12 people of the security office"


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    def one(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
        status = run(Program(), ["--lang", lang, *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


def desk_of(kit: Kit) -> DossierDesk:
    desk = kit.service.services.dossiers
    assert desk is not None
    return desk


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Return a data folder with an audit and a safeguard, and their ids."""
    data = tmp_path_factory.mktemp("left") / "data"
    kit = start(data, register=str(SAMPLE))
    assert isinstance(kit.clock, StandingClock)
    desk = desk_of(kit)
    audit = desk.open("audit", "plan", STAFF, PLAN).dossier.id
    for item in [one.id for one in items_for("regular")][:2]:
        said: dict[str, Value] = {"item": item, "result": "conforms", "finding": "抽查无误"}
        desk.act(audit, "item", STAFF, said)
    declared: dict[str, Value] = {
        "measure": "training",
        "what": "新员工培训",
        "owner": "安全部",
        "first-due": "2027-01-31",
    }
    safeguard = desk.open("safeguard", "declare", STAFF, declared).dossier.id
    shown: dict[str, Value] = {
        "done-on": "2026-10-01",
        "who": "安全部 12 人",
        "evidence": "培训并考核",
        "file": sha256(LIST).hexdigest(),
        "next-due": "2027-10-01",
    }
    desk.act(safeguard, "show", STAFF, shown)
    access = declared | {"measure": "access", "what": "账号复核"}
    desk.open("safeguard", "declare", STAFF, access)
    kit.service.services.evidence.log.publish()
    kit.service.close()
    return data, audit, safeguard


@pytest.mark.parametrize("suffix", ["xlsx", "pdf", "json", "html", "md"])
def test_papers_are_written_the_same_twice(
    ran: Run, left: tuple[Path, str, str], tmp_path: Path, suffix: str
) -> None:
    data, audit, _ = left
    files = [tmp_path / f"{number}.{suffix}" for number in (1, 2)]
    for file in files:
        status, out, _ = ran("audit", "papers", "--data", data, "-o", file, lang="zh")
        assert status == 1
        assert audit in out
        assert "待审计" in out
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert len(first) > 5_000


def test_papers_as_json_name_what_answers_each_item(ran: Run, left: tuple[Path, str, str]) -> None:
    data, audit, _ = left
    status, out, _ = ran("audit", "papers", audit, "--data", data, "--json")
    tree = json.loads(out)
    assert status == 1
    assert tree["audit"] == audit
    assert tree["counts"]["conforms"] == 2
    by_item = {one["item"]: one for one in tree["items"]}
    assert len(by_item) == len(items_for("regular"))
    assert by_item["legal-basis"]["result"] == "conforms"
    assert by_item["legal-basis"]["position"] is not None
    sources = {answer["source"] for one in tree["items"] for answer in one["answers"]}
    assert sources == {"control", "records-control", "finding", "dossiers", "records"} - (
        set() if "finding" in sources else {"finding"}
    )
    records = [one for one in by_item["legal-basis"]["answers"] if one["source"] == "records"]
    assert records[0]["count"] >= 1
    assert len(records[0]["leaf"]) == 64


def test_the_proof_of_the_acts_stands_up_to_the_separate_verifier(
    ran: Run, left: tuple[Path, str, str], tmp_path: Path
) -> None:
    data, audit, _ = left
    proof = tmp_path / "proof.json"
    assert ran("audit", "papers", audit, "--data", data, "--proof", proof)[0] == 1
    verified = subprocess.run(  # noqa: S603  our own verifier
        [sys.executable, "-m", "chengnuo_verify", str(proof)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_what_there_is_not_is_refused(
    ran: Run, left: tuple[Path, str, str], tmp_path: Path
) -> None:
    data, _, safeguard = left
    assert ran("audit", "papers", safeguard, "--data", data)[0] == 2
    status, _, err = ran("audit", "papers", "--data", data, "-o", tmp_path / "papers.docx")
    assert status == 2
    assert ".xlsx" in err
    assert ran("audit", "papers", "--data", tmp_path / "none")[0] in {2, 3}


def test_a_file_is_the_one_that_was_entered_or_it_is_not(
    ran: Run, left: tuple[Path, str, str], tmp_path: Path
) -> None:
    data, _, safeguard = left
    same, other = tmp_path / "same.txt", tmp_path / "other.txt"
    same.write_bytes(LIST)
    other.write_bytes(LIST + b".")
    status, out, _ = ran("dossier", "check-file", safeguard, same, "--data", data)
    assert status == 0
    assert "the same: step 2 show" in out
    status, out, _ = ran("dossier", "check-file", safeguard, other, "--data", data, "--json")
    assert status == 1
    assert json.loads(out) == {
        "sha256": sha256(LIST + b".").hexdigest(),
        "same": False,
        "entered": 1,
        "acts": [],
    }
    gone = ran("dossier", "check-file", "sg-aaaaaaaaaa", same, "--data", data)
    assert gone[0] == 2


def test_what_is_seen_of_safeguards_is_told_and_recorded_where_declared(
    ran: Run, left: tuple[Path, str, str]
) -> None:
    data, _, _ = left
    status, out, _ = ran("dossier", "observe", "--data", data, "--dry-run", "--json")
    tree = json.loads(out)
    assert tree["recorded"] == []
    assert {one["measure"] for one in tree["seen"]} >= {"encryption"}
    assert status in {0, 1}
    assert ran("dossier", "observe", "--data", data, lang="zh")[0] in {0, 1}
